"""Accidents that contradict what is known of the agent and of his absences."""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.contradictions import Contradiction, Gravite
from signalements.enums import NatureAccident
from signalements.models import Accident

LienArret: Any = Accident.absences.through
NOMME = ("signalements.view_accident", "agents.view_carriere")
ARRETS = (*NOMME, "agents.view_absence")


def _read(lignes: Any, user: Any) -> QuerySet:
    return lignes.select_related("agent__structure")


def _leave(**conditions: Any) -> QuerySet:
    """Leave counted on an accident of which these hold."""
    return LienArret.objects.filter(accident=OuterRef("pk"), **conditions).order_by()


def _after_departure(user: Any, jour: datetime.date) -> QuerySet:
    # A disease may show after the departure.
    accidents = Accident.objects.visible_to(user).exclude(nature=NatureAccident.MALADIE_PRO)
    return accidents.filter(date__gt=F("agent__date_depart"))


def _leave_before(user: Any, jour: datetime.date) -> QuerySet:
    return Accident.objects.visible_to(user).filter(Exists(_leave(absence__date_fin__lt=OuterRef("date"))))


def _leave_of_another(user: Any, jour: datetime.date) -> QuerySet:
    autres = _leave().exclude(absence__agent=OuterRef("agent"))
    return Accident.objects.visible_to(user).filter(Exists(autres))


def contradictions() -> tuple[Contradiction, ...]:
    """What this app declares."""
    communs: dict[str, Any] = {
        "nom": "accident",
        "agent": "agent",
        "gravite": Gravite.ERREUR,
        "lire": _read,
        "dire": lambda a: f"{a.numero}, le {format_date(a.date)}",
        "geste": "Corriger l’accident",
        "droit": "signalements.change_accident",
        "reparer": lambda a: reverse("signalements:modifier_accident", args=[a.pk]),
        "ouvrir": lambda a: reverse("signalements:accident", args=[a.pk]),
    }
    return (
        Contradiction(
            code="accident-apres-depart",
            libelle="Accident après le départ",
            pourquoi="L’agent avait quitté la Ville : la date de l’accident ou celle du départ est fausse.",
            question=_after_departure,
            droits=NOMME,
            **communs
            | {
                "dire": lambda a: (
                    f"{a.numero}, le {format_date(a.date)} ; parti le {format_date(a.agent.date_depart)}"
                )
            },
        ),
        Contradiction(
            code="arret-avant-accident",
            libelle="Arrêt fini avant l’accident qui l’a causé",
            pourquoi="Un arrêt compté dans un accident ne finit pas avant lui : ses jours seraient en trop.",
            question=_leave_before,
            droits=ARRETS,
            **communs,
        ),
        Contradiction(
            code="arret-autre-agent",
            libelle="Accident dont l’arrêt est celui d’un autre agent",
            pourquoi="L’arrêt compté est celui de la personne accidentée.",
            question=_leave_of_another,
            droits=ARRETS,
            **communs,
        ),
    )
