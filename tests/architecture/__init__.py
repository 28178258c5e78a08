"""Checks of the house itself: its files, its code, its templates, its models, its URLs."""
