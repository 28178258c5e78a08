"""The steps of a report, as components/steps.html reads them."""

import datetime
from typing import Any

from nouvea_sst.lib.affichage import format_date
from signalements.enums import EtatSignalement
from signalements.models import Signalement

SUITE = (
    EtatSignalement.NOUVEAU,
    EtatSignalement.QUALIFIE,
    EtatSignalement.EN_TRAITEMENT,
    EtatSignalement.MESURES_PRISES,
    EtatSignalement.CLOS,
)


def steps_of(signalement: Signalement, jour: datetime.date) -> list[dict[str, Any]]:
    """Each step with its day; the qualification that is awaited with its deadline."""
    jours = {
        EtatSignalement.NOUVEAU: signalement.recu_le,
        EtatSignalement.QUALIFIE: signalement.qualifie_le,
        EtatSignalement.EN_TRAITEMENT: signalement.commence_le,
        EtatSignalement.MESURES_PRISES: signalement.mesures_le,
        EtatSignalement.CLOS: signalement.clos_le,
    }
    if signalement.etat == EtatSignalement.REJETE:
        faites = [e for e in SUITE[:2] if jours[e]]
        return [_step(e.label, "is-done", format_date(jours[e])) for e in faites] + [
            _step(EtatSignalement.REJETE.label, "is-late", format_date(signalement.clos_le))
        ]
    rang = SUITE.index(EtatSignalement(signalement.etat))
    etapes = [_step(e.label, "is-done", format_date(jours[e])) for e in SUITE[: rang + 1]]
    etapes += [_step(e.label, "is-neutral", "") for e in SUITE[rang + 1 :]]
    if signalement.etat == EtatSignalement.NOUVEAU:
        retard = signalement.qualifier_avant < jour
        attendu = f"attendu le {format_date(signalement.qualifier_avant)}"
        etapes[1] = _step(EtatSignalement.QUALIFIE.label, "is-late" if retard else "is-soon", attendu)
    return etapes


def _step(libelle: str, classe: str, texte: str) -> dict[str, Any]:
    """One step."""
    return {"libelle": libelle, "classe": classe, "texte": texte}
