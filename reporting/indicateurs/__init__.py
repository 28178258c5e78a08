"""Indicators: facts gathered from the other apps, rates, findings, links to the rows."""
