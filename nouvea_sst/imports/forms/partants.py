"""Who left, and when, among those whom a full file leaves out."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from nouvea_sst.imports.models import Partant

LIEN = {"form": "partants"}


class PartantsForm(forms.Form):
    """A box and a day for each person of the page; nobody is ticked beforehand."""

    def __init__(self, *args: Any, partants: Sequence[Partant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partants = partants
        for partant in partants:
            self.fields[f"parti_{partant.pk}"] = forms.BooleanField(
                label=f"{partant.libelle} est parti",
                required=False,
                initial=partant.retenu,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input", **LIEN}),
            )
            self.fields[f"jour_{partant.pk}"] = forms.DateField(
                label=f"Départ de {partant.libelle}",
                initial=partant.date_depart,
                widget=forms.DateInput(attrs={"class": "form-control form-control-sm", "size": 10, **LIEN}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a day before the hire of somebody who is ticked."""
        donnees = super().clean() or {}
        for partant in self.partants:
            nom = f"jour_{partant.pk}"
            parti, jour = donnees.get(f"parti_{partant.pk}"), donnees.get(nom)
            if parti and jour and partant.pas_avant and jour < partant.pas_avant:
                self.add_error(nom, f"L’embauche est du {partant.pas_avant:%d/%m/%Y}.")
        return donnees

    def departs(self) -> dict[int, datetime.date]:
        """The day of each person ticked, by key of the line."""
        donnees = self.cleaned_data
        return {p.pk: donnees[f"jour_{p.pk}"] for p in self.partants if donnees[f"parti_{p.pk}"]}
