"""An absence."""

from typing import Any

from django import forms

from agents.enums import FamilleAbsence
from agents.forms.champs import JourField, VersionField
from agents.models import Absence, TypeAbsence
from nouvea_sst.lib.affichage import format_date


class AccidentField(forms.ModelChoiceField):
    """Accidents of one agent, by their date."""

    def label_from_instance(self, obj: Any) -> str:
        """Day of the accident; that of its leave where only this one is known."""
        if obj.date_accident:
            return f"Accident du {format_date(obj.date_accident)}"
        return f"Accident, arrêt du {format_date(obj.date_debut)}"


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
    accident = AccidentField(
        label="Accident d’origine",
        required=False,
        empty_label="Aucun : c’est un nouvel accident",
        queryset=Absence.objects.none(),
        help_text="Celui dont vient la rechute ou la prolongation.",
    )
    date_accident = JourField(
        label="Date de l’accident", required=False, help_text="Celle d’un nouvel accident."
    )
    sans_arret = forms.BooleanField(
        label="Sans arrêt de travail", required=False, help_text="Ses jours ne comptent pas."
    )

    def __init__(self, *args: Any, agent: int, absence: Absence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = TypeAbsence.objects.offered(absence.type_id if absence else None)
        accidents = Absence.objects.filter(agent=agent).of_accidents().order_by("-date_debut", "-pk")
        self.fields["type"].queryset = types
        self.fields["accident"].queryset = accidents.exclude(pk=absence.pk) if absence else accidents
        # The part of the page that only they ask for (static/js/selon.js).
        self.types_accident = " ".join(str(t.pk) for t in types if t.famille == FamilleAbsence.ACCIDENT)

    def clean(self) -> dict[str, Any]:
        """What the page hides of another kind says nothing; what comes from an accident has its date."""
        valeurs: dict[str, Any] = super().clean() or {}
        nature = valeurs.get("type")
        if nature is not None and nature.famille != FamilleAbsence.ACCIDENT:
            valeurs |= {"accident": None, "date_accident": None, "sans_arret": False}
        elif valeurs.get("accident"):
            valeurs["date_accident"] = None
        return valeurs

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
