"""Pages of steering: the day, the dashboard, the editions."""
