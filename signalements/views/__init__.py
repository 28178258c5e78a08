"""Pages of reports, accidents and the plan of actions."""
