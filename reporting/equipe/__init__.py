"""« Mon équipe »: an encadrant's people, dates and measures only."""
