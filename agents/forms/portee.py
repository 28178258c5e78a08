"""What an account answers for, and whose it is."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agents.forms.champs import JourField, StructureField
from agents.models import Collectivite, Responsabilite, Structure
from nouvea_sst.lib.affichage import format_date


class ResponsabiliteForm(forms.Form):
    """A structure or a collectivité, from a day to a day."""

    structure = StructureField(
        label="Structure, et celles qui en dépendent",
        queryset=Structure.objects.none(),
        required=False,
        empty_label="Aucune",
    )
    collectivite = forms.ModelChoiceField(
        label="Ou toute une collectivité",
        queryset=Collectivite.objects.all(),
        required=False,
        empty_label="Aucune",
    )
    date_debut = JourField(label="À partir du")
    date_fin = JourField(label="Jusqu’au, compris", required=False)

    def __init__(self, *args: Any, user: Any, jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = Structure.objects.visible_to(user).open_on(jour)

    @staticmethod
    def fields_of(tenue: Responsabilite, jour: datetime.date) -> dict[str, str]:
        """What gives again, from this day on, what stood before its end."""
        return {
            "structure": str(tenue.structure_id or ""),
            "collectivite": str(tenue.collectivite_id or ""),
            "date_debut": format_date(max(tenue.date_debut, jour)),
            "date_fin": format_date(tenue.date_fin),
        }

    def clean(self) -> dict[str, Any]:
        """One of the two, in order."""
        donnees = super().clean() or {}
        if bool(donnees.get("structure")) == bool(donnees.get("collectivite")):
            self.add_error("structure", "Choisissez une structure ou une collectivité.")
        debut, fin = donnees.get("date_debut"), donnees.get("date_fin")
        if debut and fin and fin < debut:
            self.add_error("date_fin", "La fin précède le début.")
        return donnees


class LienAgentForm(forms.Form):
    """The agent of an account, named twice."""

    matricule = forms.CharField(
        label="Matricule", max_length=15, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    nom = forms.CharField(
        label="Nom de l’agent", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_nom(self) -> str:
        """Without stray spaces."""
        nom = self.cleaned_data["nom"].strip()
        if not nom:
            raise ValidationError("Tapez le nom de l’agent.")
        return nom
