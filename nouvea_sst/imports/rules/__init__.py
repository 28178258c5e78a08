"""What the import engine decides, from plain values: no database, no clock."""
