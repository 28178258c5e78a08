"""Structures and posts."""

from typing import Any

from django import forms

from agents.enums import CategorieSuivi, NiveauStructure
from agents.forms.champs import JourField, StructureField, VersionField
from agents.models import Poste, Structure


class StructureAjoutForm(forms.Form):
    """A new node of the tree."""

    sigle = forms.CharField(label="Sigle", max_length=20)
    libelle = forms.CharField(label="Libellé", max_length=200)
    niveau = forms.ChoiceField(label="Niveau", choices=NiveauStructure.choices)
    parent = StructureField(
        label="Dépend de",
        required=False,
        empty_label="Rien : au sommet",
        queryset=Structure.objects.none(),
    )

    def __init__(self, *args: Any, user: Any, jour: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Structure.objects.visible_to(user).open_on(jour)

    def clean_sigle(self) -> str:
        """Capitals, single spaces."""
        return " ".join(self.cleaned_data["sigle"].upper().split())


class StructureForm(StructureAjoutForm):
    """A structure to rename, move or close."""

    date_fin = JourField(label="Fermée le", required=False, help_text="Ses agents restent à replacer.")
    version = VersionField()

    @staticmethod
    def initial_of(structure: Structure) -> dict[str, Any]:
        """Values to correct."""
        noms = ("sigle", "libelle", "niveau", "parent", "date_fin", "version")
        return {nom: getattr(structure, nom) for nom in noms}


class PosteForm(forms.Form):
    """A post: its title, the follow-up that its exposures ask for."""

    intitule = forms.CharField(label="Intitulé", max_length=200)
    categorie_suivi = forms.ChoiceField(
        label="Suivi médical", choices=CategorieSuivi.choices, widget=forms.RadioSelect
    )
    version = VersionField()

    @staticmethod
    def initial_of(poste: Poste) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(poste, nom) for nom in PosteForm.base_fields}
