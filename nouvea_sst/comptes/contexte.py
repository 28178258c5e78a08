"""The request under way, for the journal and the history: its identifier and who acts, never its content."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import pghistory

SYSTEME = "systeme"

requete_en_cours: ContextVar[str] = ContextVar("requete_en_cours", default="")
consultation_notee: ContextVar[bool] = ContextVar("consultation_notee", default=False)


class SansAdresse(logging.Filter):
    """Has the technical log tell a failure by its number, as the page does, never by its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the number in the place of Django's sentence; the traceback stays."""
        if record.name == "django.request":
            record.msg, record.args = "panne %s", (requete_en_cours.get()[:8].upper(),)
        return True


@contextmanager
def acting(acteur: Any, requete: str = "") -> Iterator[None]:
    """Name who acts on every row that triggers copy in the block; a job gets an identifier, as a request has.

    The triggers read it from the connection: it reaches bulk updates too. Without a block, they note nobody.
    """
    jeton = requete_en_cours.set(requete or str(uuid.uuid4()))
    connu = acteur is not None and getattr(acteur, "is_authenticated", False)
    try:
        with pghistory.context(
            acteur=acteur.get_username() if connu else SYSTEME,
            role=acteur.role if connu else "",
            requete=requete_en_cours.get(),
        ):
            yield
    finally:
        requete_en_cours.reset(jeton)


@contextmanager
def withhold_actor() -> Iterator[None]:
    """Leave out of what the block writes who acts, and of what request: other lines of it may name him.

    The triggers keep the request without a name until its end.
    """
    jeton = requete_en_cours.set(str(uuid.uuid4()))
    pghistory.context(acteur=SYSTEME, role="", requete=requete_en_cours.get())
    try:
        yield
    finally:
        requete_en_cours.reset(jeton)
