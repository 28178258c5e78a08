"""The request under way, for the journal: its identifier only, never its content."""

from contextvars import ContextVar

requete_en_cours: ContextVar[str] = ContextVar("requete_en_cours", default="")
consultation_notee: ContextVar[bool] = ContextVar("consultation_notee", default=False)
