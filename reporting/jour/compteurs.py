"""Counters of the menu: few, in one question, each the number of rows of the list that its entry opens."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from agents.querysets import CE_JOUR
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.models import Utilisateur
from reporting.indicateurs.liens import address_of
from signalements.models import Signalement
from visites.models import Suivi


@dataclass(frozen=True)
class Compteur:
    """What a menu entry counts, its words, its colour, the list of exactly these rows."""

    nombre: int
    mot: str
    etat: str
    url: str


def count_menu(user: Any) -> dict[str, Compteur]:
    """Return the counters of this account by URL name; an entry with nothing has none."""
    questions: dict[str, tuple[QuerySet, str, str, str]] = {}
    if user.has_perm("visites.view_suivi") and user.portee == Portee.TOUS:
        retards = Suivi.objects.visible_to(user).followed().due_before(CE_JOUR)
        liste = address_of("visites:liste", echeance="retard")
        questions["visites:liste"] = retards, "en retard", "is-late", liste
    if user.has_perm("signalements.qualify_signalement"):
        nouveaux = Signalement.objects.visible_to(user).to_qualify()
        liste = address_of("signalements:liste", vue="a_qualifier")
        questions["signalements:liste"] = nouveaux, "à qualifier", "", liste
    if not questions:
        return {}
    nombres = Utilisateur.objects.filter(pk=user.pk).values_list(
        *(_count(lignes) for lignes, *_ in questions.values())
    )
    return {
        nom: Compteur(nombre, mot, etat, url)
        for (nom, (_, mot, etat, url)), nombre in zip(questions.items(), nombres[0], strict=True)
        if nombre
    }


def _count(lignes: QuerySet) -> Coalesce:
    """The number of rows, as a piece of a larger question."""
    groupe = lignes.order_by().annotate(un=Value(1)).values("un")
    nombre = Subquery(groupe.annotate(nombre=Count("pk")).values("nombre"), output_field=IntegerField())
    return Coalesce(nombre, 0)
