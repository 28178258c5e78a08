"""Input of the personnel file."""
