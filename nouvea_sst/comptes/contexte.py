"""The request under way, for the journal: its identifier only, never its content."""

import logging
from contextvars import ContextVar

requete_en_cours: ContextVar[str] = ContextVar("requete_en_cours", default="")
consultation_notee: ContextVar[bool] = ContextVar("consultation_notee", default=False)


class SansAdresse(logging.Filter):
    """Has the technical log tell a failure by its number, as the page does, never by its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the number in the place of Django's sentence; the traceback stays."""
        if record.name == "django.request":
            record.msg, record.args = "panne %s", (requete_en_cours.get()[:8].upper(),)
        return True
