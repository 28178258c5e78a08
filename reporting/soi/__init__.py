"""« Mon dossier »: what the house holds about the agent whom an account is."""
