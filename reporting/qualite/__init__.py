"""« Qualité des données »: what every app finds against its own records."""
