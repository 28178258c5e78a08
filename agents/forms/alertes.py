"""Why an alert is set aside."""

from django import forms

from agents.enums import MotifEcart
from agents.forms.champs import VersionField


class EcarterAlerteForm(forms.Form):
    """A reason of the list, and a few words if need be."""

    version = VersionField()
    motif = forms.ChoiceField(label="Raison", choices=[("", "Choisir"), *MotifEcart.choices])
    commentaire = forms.CharField(
        label="Précision",
        max_length=200,
        required=False,
        help_text="Facultative, sans rien de médical.",
    )
