"""Rules of the indicators: pure functions."""
