"""Decisions about sessions."""
