"""The search box: one small source per kind of record, each from what the account may open."""
