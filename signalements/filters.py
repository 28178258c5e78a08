"""Filters of the lists."""

from typing import Any

import django_filters as df
from django import forms
from django.db.models import QuerySet

from agents.filters import sites_of, structures_of
from agents.models import Structure
from nouvea_sst.comptes.models import Utilisateur
from signalements.enums import CategorieSignalement, EtatAction, Gravite, NatureAccident, OrigineAction
from signalements.forms.champs import PILOTES

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


def day_filter(champ: str, borne: str, libelle: str) -> df.DateFilter:
    """One end of a period, included."""
    return df.DateFilter(champ, borne, label=libelle, widget=forms.DateInput(attrs=JOUR))


def _structure() -> df.ModelChoiceFilter:
    """A structure with all those below it."""
    return df.ModelChoiceFilter(
        queryset=structures_of,
        method="under_structure",
        label="Structure, et celles qui en dépendent",
        empty_label="Toutes",
    )


class _ParStructure(df.FilterSet):
    """What the three lists share."""

    champ_structure = "structure"

    def under_structure(self, lignes: QuerySet, nom: str, valeur: Structure) -> QuerySet:
        """The structure and those below it."""
        return lignes.filter(**{f"{self.champ_structure}__chemin__startswith": valeur.chemin})


class SignalementFilter(_ParStructure):
    """Reports, by the day of their facts."""

    q = df.CharFilter(method="with_text", label="Texte ou numéro")
    categorie = df.ChoiceFilter(choices=CategorieSignalement.choices, label="Catégorie", empty_label="Toutes")
    gravite = df.ChoiceFilter(choices=Gravite.choices, label="Gravité", empty_label="Toutes")
    structure = _structure()
    site = df.ModelChoiceFilter(queryset=sites_of, label="Site", empty_label="Tous")
    du = day_filter("survenu_le", "gte", "Survenus à partir du")
    au = day_filter("survenu_le", "lte", "Survenus jusqu’au")

    def with_text(self, lignes: Any, nom: str, valeur: str) -> QuerySet:
        """Words of the report, or its number."""
        return lignes.with_text(valeur)


class AccidentFilter(_ParStructure):
    """Accidents, by their day: every figure of the dashboard is such an address."""

    agent = df.CharFilter(method="of_agent", label="Agent ou numéro")
    nature = df.ChoiceFilter(choices=NatureAccident.choices, label="Nature", empty_label="Toutes")
    arret = df.ChoiceFilter(
        choices=[("avec", "Avec arrêt"), ("sans", "Sans arrêt")],
        method="by_leave",
        label="Arrêt",
        empty_label="Avec ou sans",
    )
    rechute = df.ChoiceFilter(
        choices=[("sans", "Sans les rechutes"), ("seules", "Rechutes seules")],
        method="by_relapse",
        label="Rechutes",
        empty_label="Avec les rechutes",
    )
    structure = _structure()
    du = day_filter("date", "gte", "Du")
    au = day_filter("date", "lte", "Au")

    def of_agent(self, lignes: Any, nom: str, valeur: str) -> QuerySet:
        """By the number of the accident, or by the agent as far as the role may find him."""
        return lignes.about(valeur, self.request.user)

    def by_leave(self, lignes: Any, nom: str, valeur: str) -> QuerySet:
        """With or without a day of leave beyond the day itself."""
        return lignes.with_leave() if valeur == "avec" else lignes.without_leave()

    def by_relapse(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """First accidents, or relapses."""
        return lignes.filter(rechute_de__isnull=valeur == "sans")


class ActionFilter(_ParStructure):
    """Actions of the plan, by their deadline."""

    q = df.CharFilter(method="with_text", label="Texte ou numéro")
    origine = df.ChoiceFilter(choices=OrigineAction.choices, label="Origine", empty_label="Toutes")
    etat = df.ChoiceFilter(choices=EtatAction.choices, label="État", empty_label="Tous")
    pilote = df.ModelChoiceFilter(
        queryset=Utilisateur.objects.filter(role__in=PILOTES).order_by("last_name", "first_name", "pk"),
        label="Pilote",
        empty_label="Tous",
    )
    structure = _structure()
    du = day_filter("echeance", "gte", "Échéance à partir du")
    au = day_filter("echeance", "lte", "Échéance jusqu’au")

    def with_text(self, lignes: Any, nom: str, valeur: str) -> QuerySet:
        """Words of the action, or its number."""
        return lignes.with_text(valeur)
