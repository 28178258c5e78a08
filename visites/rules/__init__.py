"""Decisions on visits: pure functions."""
