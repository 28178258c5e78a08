"""The session engine: Django's own in the database, each row saying whose session it is and since when."""

import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as SessionEnBase

from nouvea_sst.comptes.models import SessionCompte

# Kept in the session itself, copied to its row each time it is saved.
OUVERTE, VUE, NAVIGATEUR, ADRESSE = "ouverte_le", "vue_le", "navigateur", "adresse"


class SessionStore(SessionEnBase):
    """Sessions of comptes_sessioncompte."""

    @classmethod
    def get_model_class(cls) -> type[SessionCompte]:
        """The model of the rows."""
        return SessionCompte

    def create_model_instance(self, data: dict[str, Any]) -> SessionCompte:
        """Copy on the row what lists of sessions show."""
        ligne: Any = super().create_model_instance(data)
        ligne.compte_id = data.get(SESSION_KEY)
        ligne.ouverte_le, ligne.vue_le = moment_of(data.get(OUVERTE)), moment_of(data.get(VUE))
        ligne.navigateur, ligne.adresse = data.get(NAVIGATEUR, ""), data.get(ADRESSE, "")
        return ligne


def moment_of(horodatage: float | None) -> datetime.datetime | None:
    """Return the moment that a session keeps as seconds."""
    return None if horodatage is None else datetime.datetime.fromtimestamp(horodatage, datetime.UTC)


def start(session: Any, maintenant: datetime.datetime, navigateur: str = "", adresse: str = "") -> None:
    """Note in a session when it began, and from where."""
    secondes = maintenant.timestamp()
    session.update({OUVERTE: secondes, VUE: secondes, NAVIGATEUR: navigateur, ADRESSE: adresse})
