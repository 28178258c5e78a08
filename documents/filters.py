"""Filters of the register of letters and of the messages."""

from typing import Any

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet

from agents.filters import structures_of
from agents.models import Structure
from documents.enums import EtatCourriel, GenreLettre, ModeEnvoi
from documents.models import Courriel, LettreEmise
from nouvea_sst.lib.affichage import start_of
from nouvea_sst.lib.texte import fold

A_CORRIGER = "a_corriger"
JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


class LettreFilter(df.FilterSet):
    """Letters by agent, kind, way and day."""

    q = df.CharFilter(method="of_agent", label="Agent")
    genre = df.ChoiceFilter(
        "modele__type__genre", choices=GenreLettre.choices, label="Lettre", empty_label="Toutes"
    )
    mode = df.ChoiceFilter(choices=ModeEnvoi.choices, label="Envoi", empty_label="Tous")
    structure = df.ModelChoiceFilter(
        queryset=structures_of,
        method="under_structure",
        label="Structure, et celles qui en dépendent",
        empty_label="Toutes",
    )
    du = df.DateFilter(method="from_day", label="Établies à partir du", widget=forms.DateInput(attrs=JOUR))
    au = df.DateFilter(method="to_day", label="Établies jusqu’au", widget=forms.DateInput(attrs=JOUR))

    class Meta:
        model = LettreEmise
        fields: list[str] = []

    def of_agent(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """Words of a name, or a number."""
        voulu = Q()
        for mot in fold(valeur).split():
            voulu &= Q(agent__nom_cle__contains=mot) | Q(agent__matricule=mot)
        return lignes.filter(voulu)

    def under_structure(self, lignes: QuerySet, nom: str, valeur: Structure) -> QuerySet:
        """The structure and those below it."""
        return lignes.filter(agent__structure__chemin__startswith=valeur.chemin)

    def from_day(self, lignes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """From the first instant of a day."""
        return lignes.filter(emise_le__gte=start_of(valeur))

    def to_day(self, lignes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """Up to the end of a day."""
        return lignes.filter(emise_le__date__lte=valeur)


class CourrielFilter(df.FilterSet):
    """Messages by address or reference, state and day."""

    q = df.CharFilter(method="of_message", label="Adresse, n° ou référence")
    etat = df.ChoiceFilter(choices=EtatCourriel.choices, label="État", empty_label="Tous")
    vue = df.ChoiceFilter(
        method="to_correct", choices=[(A_CORRIGER, "Adresses à corriger")], label="Vue", empty_label="Toutes"
    )
    du = df.DateFilter(method="from_day", label="Écrits à partir du", widget=forms.DateInput(attrs=JOUR))

    class Meta:
        model = Courriel
        fields: list[str] = []

    def of_message(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """A part of an address or of a reference, or a number."""
        voulu = Q(adresse__icontains=valeur) | Q(reference__icontains=valeur)
        if valeur.isdecimal() and len(valeur) < 19:
            voulu |= Q(pk=int(valeur))
        return lignes.filter(voulu)

    def to_correct(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """Of each address whose last message was refused or came back, that one."""
        return lignes.last_refused()  # type: ignore[attr-defined]

    def from_day(self, lignes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """From the first instant of a day."""
        return lignes.filter(cree_le__gte=start_of(valeur))
