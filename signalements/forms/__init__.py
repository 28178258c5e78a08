"""Entry of reports, accidents and actions."""
