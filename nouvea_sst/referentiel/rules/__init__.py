"""Decisions on reference data: pure functions."""
