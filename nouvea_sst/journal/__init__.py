"""Reads the journal: it names every app's records, so it stands to the right of all of them."""
