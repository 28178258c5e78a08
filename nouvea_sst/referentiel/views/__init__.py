"""HTTP of the reference data."""
