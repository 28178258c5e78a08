"""Which year is drawn, and what the chief says of one consultation."""

from typing import Any

from django import forms

from nouvea_sst.comptes.enums import AvisConsultation
from nouvea_sst.lib.textes_longs import TexteLong


class TirageForm(forms.Form):
    """The year, among those that have consultations and no sample yet."""

    annee = forms.TypedChoiceField(label="Année", coerce=int)

    def __init__(self, *args: Any, annees: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["annee"].choices = [(annee, str(annee)) for annee in annees]


class AvisForm(forms.Form):
    """An opinion, and why it is not « justified »."""

    avis = forms.ChoiceField(label="Votre avis", choices=AvisConsultation.choices, widget=forms.RadioSelect)
    motif = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        widget=TexteLong(attrs={"rows": 2}),
        help_text="Demandée si la consultation n’est pas justifiée : ce qui manque, à qui vous l’avez "
        "demandé. Rien de médical.",
    )
