"""A few invented follow-ups of the demonstration: exchanges, steps, one restricted, one closed."""

import datetime
from typing import Any

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.ville.lignes import Ville
from visites.actions import (
    amend_echange,
    close_accompagnement,
    end_etape,
    open_accompagnement,
    restrict_accompagnement,
    share_note,
    write_echange,
)
from visites.enums import FinEtape, Interlocuteur, NatureEchange
from visites.models import EtapeEchange, Visite

JOUR = datetime.timedelta(days=1)
FICTIF = "Échange fictif de démonstration."
# Days ago, kind, with whom, words, next step, when it is to be done as seen from this day.
SUIVIS: tuple[tuple[tuple[int, str, str, str, str, int | None], ...], ...] = (
    (
        (20, NatureEchange.APPEL, Interlocuteur.AGENT, "Souhaite changer d’horaires.", "En parler", 0),
        (9, NatureEchange.REUNION, Interlocuteur.ENCADRANT, "Deux essais proposés.", "Rappeler l’agent", 0),
    ),
    ((12, NatureEchange.ENTRETIEN, Interlocuteur.AGENT, "Trajet trop long.", "Écrire aux transports", 6),),
    ((6, NatureEchange.COURRIER, Interlocuteur.RH, "Demande de formation transmise.", "", None),),
    ((15, NatureEchange.COURRIEL, Interlocuteur.RH, "Logement de fonction.", "Demander la réponse", 2),),
    ((30, NatureEchange.NOTE, Interlocuteur.AUTRE, "Matériel reçu, l’agent remercie.", "", None),),
)
RESTREINT, MONTRE, FERME = 3, 1, 4


def write_echanges(ville: Ville, comptes: dict[str, Any]) -> None:
    """Follow-ups of agents seen lately: an exchange amended and shown, a step done, one restricted."""
    acteur = comptes[Role.COORDINATEUR.value]
    vus = Visite.objects.filter(etat="realisee", agent__compte__isnull=True).order_by("-date", "-pk")
    cles = list(dict.fromkeys(vus.values_list("agent_id", flat=True)[:60]))[2 : 2 + len(SUIVIS)]
    agents = Agent.objects.in_bulk(cles)
    for rang, (cle, lignes) in enumerate(zip(cles, SUIVIS, strict=False)):
        suivi = open_accompagnement(acteur=acteur, jour=ville.jour, agent=agents[cle])
        type(suivi).objects.filter(pk=suivi.pk).update(ouvert_le=ville.jour - lignes[0][0] * JOUR)
        echanges = [_echange(acteur, ville.jour, suivi, *ligne) for ligne in lignes]
        faits = {"acteur": acteur, "jour": ville.jour, "note": echanges[0]}
        if len(echanges) > 1:
            etape = EtapeEchange.objects.get(note=echanges[0])
            end_etape(acteur=acteur, jour=ville.jour, etape=etape, fin=FinEtape.FAITE)
        if rang == MONTRE:
            medecin = comptes[Role.MEDECIN.value]
            share_note(**faits, destinataire=medecin, jusqu_au=ville.jour + 30 * JOUR)
            texte = f"{FICTIF} Trajet trop long depuis le déménagement du dépôt."
            amend_echange(**faits, version=1, texte=texte, raison="Le lieu manquait.")
        if rang == RESTREINT:
            # What was foreseen some days ago and nobody did: the act takes no step of the past.
            EtapeEchange.objects.filter(note=echanges[-1]).update(prevue_le=ville.jour - 3 * JOUR)
        etat = {"acteur": acteur, "jour": ville.jour, "accompagnement": suivi, "version": 1}
        if rang == RESTREINT:
            restrict_accompagnement(**etat, restreint=True)
        if rang == FERME:
            close_accompagnement(**etat, ferme=True)


def _echange(
    acteur: Any,
    jour: datetime.date,
    suivi: Any,
    depuis: int,
    nature: str,
    avec: str,
    mots: str,
    etape: str,
    dans: int | None,
) -> Any:
    return write_echange(
        acteur=acteur,
        jour=jour,
        accompagnement=suivi,
        date=jour - depuis * JOUR,
        nature=nature,
        avec=avec,
        texte=f"{FICTIF} {mots}",
        etape=etape,
        prevue_le=None if dans is None else jour + dans * JOUR,
    )
