"""Filters of the team; the rows went through lecture.with_dates."""

import datetime
from typing import Any

import django_filters as df
from django.db.models import QuerySet

from agents.filters import structures_of
from agents.models import Agent, Structure
from nouvea_sst.lib.affichage import count_of
from reporting.equipe.lecture import Delais, days


class EquipeFilter(df.FilterSet):
    """The team by presence, visit and measure."""

    q = df.CharFilter(label="Nom", method="search")
    structure = df.ModelChoiceFilter(
        label="Structure, et celles qui en dépendent",
        empty_label="Toutes",
        queryset=structures_of,
        method="under",
    )
    presence = df.ChoiceFilter(
        label="Présence",
        empty_label="Indifférente",
        choices=[("presents", "Présents ce jour"), ("absents", "Absents ce jour")],
        method="by_presence",
    )
    visite = df.ChoiceFilter(
        label="Visite",
        empty_label="Indifférente",
        choices=[("bientot", "Bientôt"), ("placee", "Placée"), ("sans", "Aucune placée")],
        method="by_visit",
    )
    mesures = df.ChoiceFilter(
        label="Aménagement",
        empty_label="Indifférent",
        choices=[("avec", "Avec"), ("sans", "Sans")],
        method="by_measure",
    )

    class Meta:
        model = Agent
        fields: list[str] = []

    def __init__(self, *args: Any, jour: datetime.date, delais: Delais, **kwargs: Any) -> None:
        self.jour, self.delais = jour, delais
        super().__init__(*args, **kwargs)
        choix = dict(self.filters["visite"].extra["choices"])
        choix["bientot"] = f"Sous {count_of(delais.bientot, 'jour')}"
        self.filters["visite"].extra["choices"] = list(choix.items())

    def search(self, equipe: Any, nom: str, valeur: str) -> QuerySet:
        """By name or sigle; a manager sees no number."""
        return equipe.search(valeur, numeros=self.request.user.has_perm("agents.view_identite"))

    def under(self, equipe: Any, nom: str, valeur: Structure) -> QuerySet:
        """With the structures below."""
        return equipe.under(valeur)

    def by_presence(self, equipe: QuerySet, nom: str, valeur: str) -> QuerySet:
        """Absent on the day, or not."""
        return equipe.filter(absent_jusqu__isnull=valeur == "presents")

    def by_visit(self, equipe: QuerySet, nom: str, valeur: str) -> QuerySet:
        """By the day of the next visit."""
        if valeur == "bientot":
            return equipe.filter(visite_le__lte=self.jour + days(self.delais.bientot))
        return equipe.filter(visite_le__isnull=valeur == "sans")

    def by_measure(self, equipe: QuerySet, nom: str, valeur: str) -> QuerySet:
        """With a measure in force, or without."""
        return equipe.filter(a_mesure=valeur == "avec")
