"""docs/etats.md, written from the transition tables of the apps."""

from collections.abc import Mapping
from typing import Any

from agents.rules.etats import ALERTE
from commissions.rules.etats import SEANCE
from nouvea_sst.comptes.documentation import table
from nouvea_sst.comptes.rules.etats import DEMANDE
from signalements.rules.etats import ACTION, SIGNALEMENT
from visites.rules.etats import DEMANDE as DEMANDE_VISITE
from visites.rules.etats import DEMI_JOURNEE
from visites.rules.etats import TRANSITIONS as VISITE

TABLES: dict[str, Mapping[Any, frozenset[Any]]] = {
    "Signalement": SIGNALEMENT,
    "Action du plan": ACTION,
    "Visite": VISITE,
    "Demi-journée": DEMI_JOURNEE,
    "Alerte d’absence": ALERTE,
    "Demande de visite": DEMANDE_VISITE,
    "Séance": SEANCE,
    "Demande sur un compte": DEMANDE,
}
ENTETE = """# États

Page écrite par `python manage.py documenter` à partir des tables de transition,
`rules/etats.py` de chaque application, qui seules se corrigent.
"""


def render_etats() -> str:
    """Return the page: for each kind of record, which states may follow each state."""
    parties = [ENTETE]
    for nom, transitions in TABLES.items():
        lignes = [
            (etat.label, ", ".join(suite.label for suite in type(etat) if suite in suites) or "fin")
            for etat, suites in transitions.items()
        ]
        parties += [f"## {nom}\n", table(("État", "Peut devenir"), lignes)]
    return "\n".join(parties)
