"""The three panels of the dashboard: what is late, what gets worse, what is to be decided."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from commissions.models import Seance
from nouvea_sst.lib.affichage import count_of, format_date, plural
from reporting.indicateurs.ecriture import shown_change, write_ecart, write_taux
from reporting.indicateurs.faits import Situation
from reporting.indicateurs.liens import Liens
from reporting.rules.taux import Comparaison

LIGNES = 4
SUIVIS = (
    "absenteisme_medical",
    "at_avec",
    "jours_perdus",
    "tf1",
    "tg",
    "at_sans",
    "trajet",
    "visites_manquees",
    "visites_realisees",
    "actions_a_temps",
)


@dataclass(frozen=True)
class Ligne:
    """One line of a panel: words with their address, what stands at the right and its colour."""

    texte: str
    url: str
    droite: str = ""
    classe: str = "muted"


def list_late(situation: Situation, liens: Liens) -> list[Ligne]:
    """Return what is late on this day; nothing that is not."""
    lignes = [
        (
            situation.en_retard,
            "visite médicale,visites médicales",
            liens.visites("retard"),
        ),
        (
            situation.actions_en_retard,
            "action du plan de prévention,actions du plan de prévention",
            liens.actions_vue("en_retard"),
        ),
        (
            situation.signalements_en_retard,
            "qualification de signalement,qualifications de signalements",
            liens.signalements_vue("en_retard"),
        ),
    ]
    return [Ligne(count_of(n, mots), url, "en retard", "text-late") for n, mots, url in lignes if n]


def list_worse(figures: Mapping[str, Comparaison], adresses: Mapping[str, str]) -> list[Ligne]:
    """Return the figures that moved the wrong way, in the order in which one worries."""
    pires = [figures[code] for code in SUIVIS if figures[code].mieux is False and shown_change(figures[code])]
    return [
        Ligne(
            f"{deux.definition.nom}, {write_taux(deux.actuel)}",
            adresses.get(deux.definition.code, "") or f"#{deux.definition.code}",
            write_ecart(deux),
            "text-late",
        )
        for deux in pires[:LIGNES]
    ]


def list_to_decide(
    situation: Situation, liens: Liens, seance: Seance | None, jour: datetime.date
) -> list[Ligne]:
    """Return what waits for a decision of this account: reports, the agenda of the next session."""
    lignes = []
    if situation.signalements_a_qualifier and (url := liens.signalements_vue("a_qualifier")):
        nombre = situation.signalements_a_qualifier
        lignes.append(Ligne(count_of(nombre, "signalement à qualifier,signalements à qualifier"), url))
    if seance is not None:
        attente = (seance.date - jour).days
        lignes.append(
            Ligne(
                f"Ordre du jour du CHCT n° {seance.numero}",
                reverse("commissions:seance", args=[seance.pk]),
                "aujourd’hui" if attente == 0 else format_date(seance.date, "court"),
                "text-soon" if attente <= 15 else "muted",
            )
        )
    if situation.jamais_vus and (url := liens.visites("jamais")):
        nombre = situation.jamais_vus
        lignes.append(Ligne(f"{count_of(nombre, 'agent')} jamais vu{plural(nombre)} en visite", url))
    return lignes


def next_seance(user: Any, jour: datetime.date) -> Seance | None:
    """Return the next session, for who prepares them."""
    if not user.has_perm("commissions.change_seance"):
        return None
    return Seance.objects.visible_to(user).coming_on(jour).first()


def sum_up(lignes: Sequence[Ligne]) -> str:
    """Write how many points a panel holds."""
    return count_of(len(lignes), "point") if lignes else ""
