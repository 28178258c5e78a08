"""Decisions about reports, accidents and actions."""
