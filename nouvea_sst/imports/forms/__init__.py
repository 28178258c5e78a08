"""The steps of an import as forms."""
