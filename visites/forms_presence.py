"""Forms of what is said of a half-day: who came, who excused himself, what agents answered."""

import datetime
from typing import Any

from django import forms

from visites.enums import Presence, Reponse, VoieReponse
from visites.forms import FormulaireActe
from visites.models import MotifExcuse
from visites.relecture import FormulaireRelu

DITES = [(p.value, p.label) for p in Presence if p != Presence.VU]
REPONSES = [(r.value, r.label) for r in Reponse if r != Reponse.ATTENDUE]
VOIES = [(v.value, v.label) for v in VoieReponse if v != VoieReponse.LIEN]


class PresenceForm(FormulaireRelu, FormulaireActe):
    """What is said of one appointment; who reads the visit reads the words of the excuse."""

    partage = "excuse_precision"

    presence = forms.ChoiceField(choices=DITES)
    arrivee = forms.TimeField(required=False, error_messages={"invalid": "Écrivez l’heure ainsi : 08:15."})
    excuse = forms.ModelChoiceField(queryset=MotifExcuse.objects.none(), required=False)
    excuse_precision = forms.CharField(max_length=200, required=False)
    version = forms.IntegerField()

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excuse"].queryset = MotifExcuse.objects.offered_on(jour)  # type: ignore[attr-defined]


class ReponseForm(FormulaireActe):
    """What the agent answered, and by which way."""

    reponse = forms.ChoiceField(choices=REPONSES)
    voie = forms.ChoiceField(choices=VOIES)
    version = forms.IntegerField()


class RemplacerForm(FormulaireActe):
    """Who takes which free hour."""

    due = forms.IntegerField(min_value=1, max_value=2**62)
    heure = forms.TimeField()
    version = forms.IntegerField()
