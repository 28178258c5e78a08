"""A few invented notes of the demonstration: of the doctor, of the nurse, of the psychologist."""

import datetime
from typing import Any

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.ville.lignes import Ville
from visites.actions import amend_note, share_note, write_note
from visites.models import Visite

JOUR = datetime.timedelta(days=1)
FICTIVE = "Note fictive de démonstration."
TEXTES = {
    Role.MEDECIN: "Vu sur son poste : les rangements sont trop hauts. À revoir avec le chef d’équipe.",
    Role.INFIRMIER: "Entretien de suivi : a reçu ses équipements. Rappeler les consignes de chaleur.",
    Role.PSYCHOLOGUE: "Premier entretien : l’organisation des horaires. Un second est convenu.",
}
SUITE = "Le chef d’équipe a fait baisser deux étagères."


def write_notes(ville: Ville, comptes: dict[str, Any]) -> None:
    """Write a note of each profession about two agents seen lately; the doctor amends and shows one."""
    vus = Visite.objects.filter(etat="realisee", agent__compte__isnull=True).order_by("-date", "-pk")
    agents = Agent.objects.filter(pk__in=list(vus.values_list("agent_id", flat=True)[:2])).order_by("pk")
    for agent in agents:
        for role, texte in TEXTES.items():
            auteur = comptes[role.value]
            faits = {"acteur": auteur, "jour": ville.jour, "agent": agent, "date": ville.jour - 9 * JOUR}
            note = write_note(**faits, texte=f"{FICTIVE} {texte}")
            if role == Role.MEDECIN:
                suite = {"acteur": auteur, "jour": ville.jour, "note": note}
                amend_note(**suite, version=1, texte=f"{FICTIVE} {texte}\n\n{SUITE}")
                share_note(
                    **suite, destinataire=comptes[Role.INFIRMIER.value], jusqu_au=ville.jour + 30 * JOUR
                )
