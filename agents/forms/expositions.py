"""What a post exposes to."""

from typing import Any

from django import forms

from agents.forms.champs import JourField, VersionField
from agents.models import ExpositionPoste, TypeExposition


class ExpositionForm(forms.Form):
    """An exposure, from a day to a day."""

    type = forms.ModelChoiceField(
        label="Exposition", empty_label="Choisissez", queryset=TypeExposition.objects.none()
    )
    date_debut = JourField(label="À partir du")
    date_fin = JourField(label="Jusqu’au, compris", required=False)

    def __init__(self, *args: Any, exposition: ExpositionPoste | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = TypeExposition.objects.offered(
            exposition.type_id if exposition else None
        )


class ExpositionCorrectionForm(ExpositionForm):
    """An exposure that exists."""

    version = VersionField()

    @staticmethod
    def initial_of(exposition: ExpositionPoste) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(exposition, nom) for nom in ExpositionCorrectionForm.base_fields}
