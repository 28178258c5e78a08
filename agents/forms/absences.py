"""An absence."""

from typing import Any

from django import forms

from agents.forms.champs import JourField, VersionField
from agents.models import Absence, TypeAbsence


class AbsenceForm(forms.Form):
    """An absence in calendar days, half days at either end."""

    type = forms.ModelChoiceField(label="Type", empty_label="Choisissez", queryset=TypeAbsence.objects.none())
    date_debut = JourField(label="Premier jour")
    debut_apres_midi = forms.BooleanField(label="À partir de l’après-midi", required=False)
    date_fin = JourField(label="Dernier jour, compris")
    fin_matin = forms.BooleanField(label="Jusqu’à midi seulement", required=False)
    prolongation = forms.BooleanField(
        label="Prolonge l’absence qui précède",
        required=False,
        help_text="L’arrêt précédent finit la veille ou le jour même, et son type s’y prête.",
    )

    def __init__(self, *args: Any, absence: Absence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = TypeAbsence.objects.offered(absence.type_id if absence else None)

    def absence_fields(self) -> dict[str, Any]:
        """Values for the action."""
        return {nom: self.cleaned_data[nom] for nom in AbsenceForm.base_fields}


class AbsenceCorrectionForm(AbsenceForm):
    """An absence that exists."""

    version = VersionField()

    @staticmethod
    def initial_of(absence: Absence) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(absence, nom) for nom in [*AbsenceForm.base_fields, "version"]}


class SuppressionForm(forms.Form):
    """The version of what is about to go."""

    version = VersionField()
