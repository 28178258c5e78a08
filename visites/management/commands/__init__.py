"""Commands of visites."""
