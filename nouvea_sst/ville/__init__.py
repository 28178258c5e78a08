"""The demonstration city: invented people in a real tree. Built as plain rows, then written."""
