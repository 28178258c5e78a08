"""Filters of the list of due dates."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from agents.enums import CategorieSuivi, NiveauStructure, Statut
from agents.filters import directions_of, structures_of
from agents.models import Agent
from nouvea_sst.lib.affichage import count_of
from visites.models import Suivi

ETATS = {
    "retard": ("En retard", {"est_retard": True}),
    "bientot": ("Sous {}", {"est_bientot": True}),
    "a_jour": ("À jour", {"est_a_jour": True}),
    "jamais": ("Jamais vus", {"est_jamais": True}),
    "placees": ("Placées", {"est_placee": True}),
    "exclus": ("Hors du suivi", {"est_suivi": False}),
}


def state_words(a_venir: int) -> dict[str, str]:
    """The words of each state; « Sous 30 jours » as far as the reference data says."""
    return {cle: mots.format(count_of(a_venir, "jour")) for cle, (mots, _) in ETATS.items()}


def services_of(request: HttpRequest) -> QuerySet:
    """The services and sections that this account may filter by."""
    return structures_of(request).filter(niveau__in=[NiveauStructure.SERVICE, NiveauStructure.SECTION])


class SuiviFilter(django_filters.FilterSet):
    """Rows must have gone through Suivi.objects.on(jour, a_venir)."""

    q = django_filters.CharFilter(label="Nom ou matricule", method="filter_agent")
    echeance = django_filters.ChoiceFilter(
        label="État",
        method="filter_etat",
        empty_label="Tous les agents suivis",
    )
    avant = django_filters.DateFilter(
        label="Échéance avant le",
        field_name="echeance",
        lookup_expr="lt",
        widget=forms.DateInput(attrs={"placeholder": "jj/mm/aaaa", "inputmode": "numeric"}),
    )
    direction = django_filters.ModelChoiceFilter(
        label="Direction",
        queryset=directions_of,
        method="filter_structure",
        empty_label="Toutes",
    )
    structure = django_filters.ModelChoiceFilter(
        label="Service ou section",
        queryset=services_of,
        method="filter_structure",
        empty_label="Tous",
    )
    statut = django_filters.ChoiceFilter(
        label="Statut", field_name="agent__statut", choices=Statut.choices, empty_label="Tous"
    )
    categorie = django_filters.ChoiceFilter(
        label="Catégorie", choices=CategorieSuivi.choices, empty_label="Toutes"
    )

    class Meta:
        model = Suivi
        fields: list[str] = []

    def __init__(self, *args: Any, a_venir: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["echeance"].extra["choices"] = list(state_words(a_venir).items())

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Leave out those without follow-up unless they are asked for."""
        filtre = super().filter_queryset(queryset)
        return filtre if self.form.cleaned_data.get("echeance") == "exclus" else filtre.filter(est_suivi=True)

    def filter_agent(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By name or any form of the matricule."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return queryset.filter(agent__in=Agent.objects.search(value, numeros=numeros))

    def filter_etat(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By state of the due date on the day of the list."""
        return queryset.filter(**ETATS[value][1])

    def filter_structure(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """Agents of the structure and of all those below it."""
        return queryset.filter(agent__structure__chemin__startswith=value.chemin)
