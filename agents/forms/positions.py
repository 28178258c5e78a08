"""An administrative position."""

from typing import Any

from django import forms

from agents.forms.champs import JourField, VersionField
from agents.models import PositionAdministrative, TypePosition


class PositionForm(forms.Form):
    """Where an agent stands towards his post, in whole days."""

    type = forms.ModelChoiceField(
        label="Position", empty_label="Choisissez", queryset=TypePosition.objects.none()
    )
    date_debut = JourField(label="Premier jour")
    date_fin = JourField(
        label="Dernier jour, compris", required=False, help_text="Vide si elle court encore."
    )

    def __init__(self, *args: Any, position: PositionAdministrative | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = TypePosition.objects.offered(position.type_id if position else None)

    def position_fields(self) -> dict[str, Any]:
        """Values for the action."""
        return {nom: self.cleaned_data[nom] for nom in PositionForm.base_fields}


class PositionCorrectionForm(PositionForm):
    """A position that exists."""

    version = VersionField()

    @staticmethod
    def initial_of(position: PositionAdministrative) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(position, nom) for nom in [*PositionForm.base_fields, "version"]}
