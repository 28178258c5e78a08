"""From the bytes of a file to rows of cells. Nothing here knows what a row means."""
