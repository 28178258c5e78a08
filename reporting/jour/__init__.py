"""« Aujourd’hui »: what is due, late or waits, for each role."""
