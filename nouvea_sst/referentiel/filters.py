"""Filters of the lists of reference data."""

from typing import Any

import django_filters as df
from django.db.models import Q, QuerySet

from nouvea_sst.referentiel.cles import all_cles
from nouvea_sst.referentiel.enums import Domaine, Fiabilite, NatureTexte
from nouvea_sst.referentiel.models import Parametre, Texte


def sujets() -> list[tuple[str, str]]:
    """The subjects that the apps declare, in their order."""
    return [(sujet, sujet) for sujet in dict.fromkeys(cle.sujet for cle in all_cles().values())]


class ParametreFilter(df.FilterSet):
    """Values in force, by subject."""

    q = df.CharFilter(label="Libellé ou source", method="search")
    sujet = df.ChoiceFilter(label="Sujet", choices=sujets, empty_label="Tous")
    domaine = df.ChoiceFilter(label="Domaine", choices=Domaine.choices, empty_label="Tous")
    fiabilite = df.ChoiceFilter(label="Fiabilité", choices=Fiabilite.choices, empty_label="Toutes")

    class Meta:
        model = Parametre
        fields: list[str] = []

    def search(self, lignes: QuerySet, name: str, value: str) -> QuerySet:
        """In the label, the source or the text."""
        return lignes.search(value)  # type: ignore[attr-defined]


class TexteFilter(df.FilterSet):
    """Texts."""

    q = df.CharFilter(label="Référence, titre ou ce qu’il fonde", method="search")
    nature = df.ChoiceFilter(label="Nature", choices=NatureTexte.choices, empty_label="Toutes")

    class Meta:
        model = Texte
        fields: list[str] = []

    def search(self, lignes: QuerySet, name: str, value: str) -> QuerySet:
        """In the words of the text."""
        return lignes.search(value)  # type: ignore[attr-defined]


class EntreeFilter(df.FilterSet):
    """Entries of a small list: by word or code of the former software."""

    q = df.CharFilter(label="Libellé ou code", method="search")
    actif = df.ChoiceFilter(
        label="État",
        choices=[("oui", "Proposées"), ("non", "Mises de côté")],
        method="offered",
        empty_label="Toutes",
    )

    def __init__(self, *args: Any, ancien: str, **kwargs: Any) -> None:
        self.ancien = ancien
        super().__init__(*args, **kwargs)

    def search(self, lignes: QuerySet, name: str, value: str) -> QuerySet:
        """In the label, or the code itself."""
        trouves = Q(libelle__icontains=value)
        if self.ancien:
            trouves |= Q(**{f"{self.ancien}__iexact": value.strip()})
        return lignes.filter(trouves)

    def offered(self, lignes: QuerySet, name: str, value: str) -> QuerySet:
        """Offered, or put aside."""
        return lignes.filter(actif=value == "oui")
