"""Filters of the lists of imports; visible_to(user) came first, a filter never widens."""

import datetime
from typing import Any

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import EtatImport, IssueReleve
from nouvea_sst.imports.models import FichierReleve, Import, LigneImport

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


def contents() -> list[tuple[str, str]]:
    """What a file may hold."""
    return [(code, cible.libelle) for code, cible in targets().items()]


class NuitFilter(df.FilterSet):
    """Rows of one night of the feed."""

    nuit = df.DateFilter(label="Relève du", method="of_night", widget=forms.DateInput(attrs=JOUR))

    def of_night(self, lignes: QuerySet, name: str, value: datetime.date) -> QuerySet:
        """Those of the feed that passed on this day."""
        nuit: QuerySet = lignes.taken_on(value)  # type: ignore[attr-defined]
        return nuit


class ImportFilter(NuitFilter):
    """Files brought in."""

    q = df.CharFilter(method="with_text", label="Fichier, personne ou empreinte")
    cible = df.ChoiceFilter(choices=contents, label="Contenu", empty_label="Tous")
    origine = df.ChoiceFilter(
        label="Origine",
        empty_label="Toutes",
        choices=[
            ("personne", "Déposé par une personne"),
            ("releve", "Relève de nuit"),
            ("suite", "Suite d’un import"),
            ("commande", "Ligne de commande"),
        ],
        method="from_origin",
    )
    etat = df.ChoiceFilter(choices=EtatImport.choices, label="État", empty_label="Tous")
    du = df.DateFilter(
        "depose_le", "date__gte", label="Déposés à partir du", widget=forms.DateInput(attrs=JOUR)
    )
    au = df.DateFilter("depose_le", "date__lte", label="Déposés jusqu’au", widget=forms.DateInput(attrs=JOUR))

    class Meta:
        model = Import
        fields: list[str] = []

    def from_origin(self, imports: QuerySet, name: str, value: str) -> QuerySet:
        """Files that somebody deposited, the feed took or a command brought in; rows taken up later."""
        if value == "releve":
            return imports.filter(passage__isnull=False)
        if value == "suite":
            return imports.filter(suite_de__isnull=False)
        return imports.filter(
            passage__isnull=True, suite_de__isnull=True, depose_par__isnull=value == "commande"
        )

    def with_text(self, lignes: QuerySet, nom: str, valeur: str) -> Any:
        """Part of the name of the file or of the person, or the beginning of the print."""
        return lignes.filter(
            Q(nom_fichier__icontains=valeur)
            | Q(depose_par__last_name__icontains=valeur)
            | Q(sha256__istartswith=valeur.strip())
        )


class FichierReleveFilter(NuitFilter):
    """Files of the feed by what became of them."""

    issue = df.ChoiceFilter(label="Issue", empty_label="Toutes", choices=IssueReleve.choices)

    class Meta:
        model = FichierReleve
        fields: list[str] = []


class LigneACorrigerFilter(NuitFilter):
    """Refused rows by night."""

    class Meta:
        model = LigneImport
        fields: list[str] = []
