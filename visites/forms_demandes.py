"""Forms of requests for a visit."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nouvea_sst.lib.textes_longs import TexteLong
from visites.enums import OrigineDemande
from visites.forms import FormulaireActe, date_input
from visites.relecture import FormulaireRelu

SANS_SANTE = "N’écrivez ni diagnostic ni traitement."
LUE_PAR = {
    OrigineDemande.AGENT: "La section et le médecin du travail la lisent, pas votre encadrant.",
    OrigineDemande.SERVICE: "L’agent lira cette raison, comme la section et le médecin du travail.",
    OrigineDemande.MEDECIN: "L’agent lira cette raison, comme la section.",
}


class DemanderForm(FormulaireRelu, FormulaireActe):
    """A request for a visit: why, and before which day; in whose name when the account may choose."""

    partage = "raison"

    origine = forms.ChoiceField(
        label="Qui demande la visite\u202f?",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui demande la visite."},
    )
    raison = forms.CharField(
        label="Raison",
        max_length=1000,
        widget=TexteLong(attrs={"rows": 4}),
        error_messages={"required": "Dites pourquoi la visite est demandée, sans rien de médical."},
    )
    avant_le = forms.DateField(label="Souhaitée avant le", required=False, widget=date_input())

    def __init__(self, *args: Any, origines: Sequence[OrigineDemande], propre: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origine"].choices = [(o.value, o.label) for o in origines]  # type: ignore[attr-defined]
        if len(origines) == 1:
            self.fields["origine"].required = False
            self.fields["origine"].widget = forms.HiddenInput()
            self.initial["origine"] = origines[0].value
        seule = origines[0] if len(origines) == 1 else OrigineDemande.SERVICE
        lue = LUE_PAR[seule] if propre or seule != OrigineDemande.AGENT else "L’agent lira ce que vous notez."
        self.fields["raison"].help_text = f"{SANS_SANTE} {lue}"
        # One need not say why one wishes to see the doctor; whoever asks for another does.
        self.fields["raison"].required = not propre
        self.origines = origines

    def clean_origine(self) -> str:
        """The one that the account may give, when there is one."""
        return self.cleaned_data["origine"] or self.origines[0].value


class ReponseForm(FormulaireRelu, FormulaireActe):
    """The answer to a request; a refusal says why."""

    partage = "reponse"

    reponse = forms.CharField(
        label="Réponse",
        required=False,
        max_length=1000,
        widget=TexteLong(attrs={"rows": 3}),
        help_text=f"L’agent et qui a demandé la visite la lisent. {SANS_SANTE}",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, exigee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reponse"].required = exigee
        if exigee:
            self.fields["reponse"].error_messages["required"] = "Dites pourquoi la visite est refusée."


class RetirerForm(FormulaireActe):
    """Nothing to type: the request is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
