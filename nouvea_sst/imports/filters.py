"""Filters of the history of imports."""

from typing import Any

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import EtatImport

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


def contents() -> list[tuple[str, str]]:
    """What a file may hold."""
    return [(code, cible.libelle) for code, cible in targets().items()]


class ImportFilter(df.FilterSet):
    """Files brought in."""

    q = df.CharFilter(method="with_text", label="Fichier, personne ou empreinte")
    cible = df.ChoiceFilter(choices=contents, label="Contenu", empty_label="Tous")
    etat = df.ChoiceFilter(choices=EtatImport.choices, label="État", empty_label="Tous")
    du = df.DateFilter(
        "depose_le", "date__gte", label="Déposés à partir du", widget=forms.DateInput(attrs=JOUR)
    )
    au = df.DateFilter("depose_le", "date__lte", label="Déposés jusqu’au", widget=forms.DateInput(attrs=JOUR))

    def with_text(self, lignes: QuerySet, nom: str, valeur: str) -> Any:
        """Part of the name of the file or of the person, or the beginning of the print."""
        return lignes.filter(
            Q(nom_fichier__icontains=valeur)
            | Q(depose_par__last_name__icontains=valeur)
            | Q(sha256__istartswith=valeur.strip())
        )
