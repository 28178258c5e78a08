"""Columns of the lists of imports."""
