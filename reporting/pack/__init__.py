"""The pack of the CHCT: its figures, how they are read again, how they are printed."""
