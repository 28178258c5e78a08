"""The form that asks for the letters of one or several days."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from documents.models import Signataire
from nouvea_sst.comptes.models import Utilisateur
from visites.forms import ChampProfessionnel, date_input, professionals_for

JOURS_MAX = 92


class SignataireForm(forms.Form):
    """Who signs the letters of a half-day."""

    signataire = forms.ModelChoiceField(
        Signataire.objects.none(),
        label="Signataire",
        required=False,
        empty_label="Le signataire du jour",
    )

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champs: Any = self.fields
        champs["signataire"].queryset = Signataire.objects.on(jour)


class LettresForm(forms.Form):
    """From which day to which, with whom, and what goes with the convocations."""

    du = forms.DateField(label="Rendez-vous du", widget=date_input())
    au = forms.DateField(label="Au", widget=date_input())
    professionnel = ChampProfessionnel(
        label="Professionnel", queryset=Utilisateur.objects.none(), required=False, empty_label="Tous"
    )
    avis = forms.BooleanField(
        label="Avis aux responsables",
        required=False,
        initial=True,
        help_text="Le jour et l’heure, sans motif.",
    )
    feuilles = forms.BooleanField(label="Feuilles de présence", required=False, initial=True)
    signataire = forms.ModelChoiceField(
        Signataire.objects.none(),
        label="Signataire",
        required=False,
        empty_label="Le signataire du jour",
    )

    def __init__(self, *args: Any, user: Any, jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champs: Any = self.fields
        champs["professionnel"].queryset = professionals_for(user)
        champs["signataire"].queryset = Signataire.objects.on(jour)
        if not self.initial.get("du"):
            self.initial = {**self.initial, "du": jour, "au": jour + datetime.timedelta(days=7)}

    @staticmethod
    def read(adresse: Mapping[str, str]) -> dict[str, Any]:
        """Return what an address asks for: « jour » and « professionnel », if they can be read."""
        try:
            jour = datetime.date.fromisoformat(adresse.get("jour", ""))
        except ValueError:
            return {}
        return {"du": jour, "au": jour, "professionnel": adresse.get("professionnel", "")}

    def clean(self) -> dict[str, Any]:
        """Days in their order, three months at most."""
        lus = super().clean() or self.cleaned_data
        du, au = lus.get("du"), lus.get("au")
        if du and au and au < du:
            self.add_error("au", "Le dernier jour précède le premier.")
        elif du and au and (au - du).days > JOURS_MAX:
            self.add_error("au", f"Choisissez {JOURS_MAX} jours au plus.")
        return lus
