"""Bringing a file in, step by step: the file, its columns, what it would change, what it changed."""
