"""Filters of the list of commitments; visible_to(user) came first, a filter never widens."""

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from agents.filters import sites_of, structures_of
from agents.models import Agent
from visites.enums import EtatEngagement
from visites.models import Engagement, TypeRestriction

# What is to be done, each by the column that says it.
A_FAIRE: dict[str, tuple[str, str]] = {
    "retard": ("En retard", "en_retard"),
    "chct": ("CHCT à informer", "chct_a_dire"),
    "fin": ("Fin proche", "finit_bientot"),
    "revoir": ("À revoir", "a_revoir"),
}
TOUTES = "toutes"  # the list opens with what is alive
JOURS_MAX = 3660


def types_of(request: HttpRequest) -> QuerySet:
    """The measures that this account follows: another service's tell what is applied there."""
    suivis = Engagement.objects.visible_to(request.user).order_by()
    types = TypeRestriction.objects.filter(pk__in=suivis.values("restriction__type"))
    return types.order_by("ordre", "libelle")


class EngagementFilter(django_filters.FilterSet):
    """Commitments by agent, state, end, place and kind of measure."""

    q = django_filters.CharFilter(label="Agent", method="of_agent")
    etat = django_filters.ChoiceFilter(
        label="État",
        choices=[
            (TOUTES, "Toutes, finies comprises"),
            *((cle, mots) for cle, (mots, _) in A_FAIRE.items()),
            *EtatEngagement.choices,
        ],
        method="in_state",
        empty_label="En cours",
    )
    fin_sous = django_filters.NumberFilter(
        label="Finit dans, en jours", method="ends_within", min_value=0, max_value=JOURS_MAX
    )
    structure = django_filters.ModelChoiceFilter(
        label="Structure, et celles qui en dépendent",
        queryset=structures_of,
        method="under_structure",
        empty_label="Toutes",
    )
    site = django_filters.ModelChoiceFilter(
        label="Site", field_name="restriction__agent__site", queryset=sites_of, empty_label="Tous"
    )
    type = django_filters.ModelChoiceFilter(
        label="Mesure",
        field_name="restriction__type",
        queryset=types_of,
        empty_label="Toutes",
    )

    class Meta:
        model = Engagement
        fields: list[str] = []

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        self.jour = jour
        super().__init__(*args, **kwargs)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Leave out what is over, unless a state is asked for."""
        lignes = super().filter_queryset(queryset)
        return lignes if self.form.cleaned_data.get("etat") else lignes.filter(fini=False)

    def of_agent(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """By name, or any form of the matricule for who reads it."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return lignes.filter(restriction__agent__in=Agent.objects.search(valeur, numeros=numeros))

    def in_state(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """Those in a state of the day, or to which something is to be done."""
        if valeur == TOUTES:
            return lignes
        if valeur in A_FAIRE:
            return lignes.filter(**{A_FAIRE[valeur][1]: True})
        return lignes.filter(etat=valeur)

    def ends_within(self, lignes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """Those that end from this day to so many days later."""
        fin = self.jour + datetime.timedelta(days=int(valeur))
        return lignes.filter(restriction__date_fin__range=(self.jour, fin), clos_le__isnull=True)

    def under_structure(self, lignes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """Agents of the structure and of all those below it."""
        return lignes.filter(restriction__agent__structure__chemin__startswith=valeur.chemin)
