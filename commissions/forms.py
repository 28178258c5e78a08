"""Entry of sessions and of points."""

import uuid
from typing import Any

from django import forms

from agents.forms.champs import JourField
from commissions.models import PointOrdreDuJour, Seance
from signalements.forms.champs import HeureChamp


class SeanceForm(forms.ModelForm):
    """When and where. The view hands `faits` to the action; nothing saves here."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    date = JourField(label="Date")
    heure = HeureChamp(label="Heure")

    class Meta:
        model = Seance
        fields = ["numero", "date", "heure", "lieu"]
        widgets = {"numero": forms.NumberInput(attrs={"class": "court", "min": 1})}

    @property
    def faits(self) -> dict[str, Any]:
        """The columns entered."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}


class PointForm(forms.ModelForm):
    """One point of the agenda."""

    jeton = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PointOrdreDuJour
        fields = ["intitule", "nature", "rapporteur"]
        help_texts = {"rapporteur": "Qui présente le point."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("jeton", uuid.uuid4())

    @property
    def faits(self) -> dict[str, Any]:
        """The columns entered."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}
