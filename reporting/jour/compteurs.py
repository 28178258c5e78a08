"""Counters of the menu: few, in one question, each the number of rows of the list that its entry opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from agents.querysets import CE_JOUR
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from reporting.indicateurs.liens import address_of
from signalements.models import Signalement
from visites.models import VisiteDue


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
        retards = VisiteDue.objects.visible_to(user).open().due_before(CE_JOUR)
        liste = address_of("visites:liste", echeance="retard")
        questions["visites:liste"] = retards, "en retard", "is-late", liste
    if user.has_perm("signalements.qualify_signalement"):
        nouveaux = Signalement.objects.visible_to(user).to_qualify()
        liste = address_of("signalements:liste", vue="a_qualifier")
        questions["signalements:liste"] = nouveaux, "à qualifier", "", liste
    if user.has_perm("comptes.approve_compte"):
        demandes = DemandeCompte.objects.visible_to(user).to_decide_by(user)
        questions["comptes:liste"] = demandes, "à approuver", "", reverse("comptes:demandes")
    nombres = count_rows(user, {nom: lignes for nom, (lignes, *_) in questions.items()})
    return {
        nom: Compteur(nombres[nom], mot, etat, url)
        for nom, (_, mot, etat, url) in questions.items()
        if nombres[nom]
    }


def count_rows(user: Any, questions: Mapping[str, QuerySet]) -> dict[str, int]:
    """Count the rows of each question, all in one statement; no statement for no question."""
    if not questions:
        return {}
    nombres = Utilisateur.objects.filter(pk=user.pk).values_list(*map(as_number, questions.values()))[0]
    return dict(zip(questions, nombres, strict=True))


def as_number(lignes: QuerySet) -> Coalesce:
    """The number of rows, as a piece of a larger question."""
    groupe = lignes.order_by().annotate(un=Value(1)).values("un")
    nombre = Subquery(groupe.annotate(nombre=Count("pk")).values("nombre"), output_field=IntegerField())
    return Coalesce(nombre, 0)
