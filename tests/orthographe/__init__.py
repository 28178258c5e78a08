"""Spelling of all that a person reads."""
