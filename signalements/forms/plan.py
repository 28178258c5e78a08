"""Entry of an action, and of its proof."""

import datetime
import uuid
from typing import Any

from django import forms

from agents.forms.champs import JourField
from nouvea_sst.lib.textes_longs import TexteLong
from signalements.forms.champs import PiloteChamp, StructureChamp
from signalements.models import Action


class ActionForm(forms.ModelForm):
    """What, who, until when. The view hands `faits` to the action; nothing saves here."""

    jeton = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    pilote = PiloteChamp(label="Pilote", empty_label="Choisir une personne")
    echeance = JourField(label="Échéance")
    structure = StructureChamp(label="Service", required=False, empty_label="Toute la Ville")

    class Meta:
        model = Action
        fields = ["intitule", "origine", "structure", "pilote", "echeance"]
        help_texts = {"intitule": "Un verbe et son objet : « Poser des caillebotis halle 2 »."}

    def __init__(self, *args: Any, user: Any, jour: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jour = jour
        self.fields["structure"].open_on(jour, user, self.instance.structure_id)
        self.initial.setdefault("jeton", uuid.uuid4())

    def clean_echeance(self) -> datetime.date:
        """A new deadline is not past; one that is kept may be."""
        echeance = self.cleaned_data["echeance"]
        if echeance < self.jour and echeance != self.initial.get("echeance"):
            raise forms.ValidationError("Cette échéance est déjà passée.")
        return echeance

    @property
    def faits(self) -> dict[str, Any]:
        """The columns entered."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}


class PreuveForm(forms.Form):
    """When an action was done, and what proves it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    faite_le = JourField(label="Faite le")
    preuve = forms.CharField(
        label="Preuve",
        max_length=1000,
        widget=TexteLong(attrs={"rows": 3}),
        help_text="Ce qui le montre : bon de travaux, photo, constat, référence d’un document.",
    )

    def __init__(self, *args: Any, decidee_le: datetime.date, jour: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.decidee_le, self.jour = decidee_le, jour
        self.initial.setdefault("faite_le", jour)

    def clean_faite_le(self) -> datetime.date:
        """Between the decision and today."""
        faite_le = self.cleaned_data["faite_le"]
        if faite_le > self.jour:
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        if faite_le < self.decidee_le:
            raise forms.ValidationError(f"L’action a été décidée le {self.decidee_le:%d/%m/%Y}.")
        return faite_le
