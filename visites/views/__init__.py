"""Pages of due dates, visits and restrictions."""
