"""Forms of commitments to apply a measure."""

from typing import Any

from django import forms

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.textes_longs import TexteLong
from visites.enums import SuiteEngagement
from visites.forms import FormulaireActe, date_input
from visites.relecture import FormulaireRelu

MOTS_DU_TRAVAIL = "Avec des mots du travail : ni santé, ni diagnostic, ni traitement."


class SuiteForm(FormulaireRelu, FormulaireActe):
    """What was done of a measure."""

    partages = ("raison", "preuve")

    suite = forms.ChoiceField(
        label="La restriction est",
        choices=SuiteEngagement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce qu’il en est de la restriction."},
    )
    suite_le = forms.DateField(label="Depuis le", widget=date_input())
    raison = forms.CharField(
        label="Raison, si elle n’est pas appliquée en entier",
        required=False,
        max_length=500,
        widget=TexteLong(attrs={"rows": 3}),
        help_text=MOTS_DU_TRAVAIL,
    )
    preuve = forms.CharField(
        label="Preuve",
        required=False,
        max_length=200,
        help_text="Ce qui le montre : fiche de poste changée, planning, commande de matériel.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SuivreForm(FormulaireActe):
    """Who applies a measure, by when, and what follows."""

    destinataire = forms.ModelChoiceField(
        label="Encadrant chargé de l’appliquer",
        queryset=Utilisateur.objects.none(),
        required=False,
        empty_label="Tout encadrant de l’agent",
        help_text="Un autre encadrant n’a encore rien reçu : l’accusé et la suite repartent de zéro.",
    )
    echeance = forms.DateField(label="À appliquer avant le", widget=date_input())
    revue_le = forms.DateField(label="À revoir le", required=False, widget=date_input())
    chct_le = forms.DateField(
        label="CHCT informé le",
        required=False,
        widget=date_input(),
        help_text="Quand la restriction est refusée, ou appliquée en partie.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, comptes: list[Utilisateur], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offerts = Utilisateur.objects.filter(pk__in=[compte.pk for compte in comptes])
        self.fields["destinataire"].queryset = offerts.order_by(  # type: ignore[attr-defined]
            "last_name", "first_name", "pk"
        )


class CloreForm(FormulaireRelu, FormulaireActe):
    """Why the follow-up ends before the measure."""

    partage = "raison"

    raison = forms.CharField(
        label="Raison",
        max_length=200,
        help_text=MOTS_DU_TRAVAIL,
        error_messages={"required": "Dites pourquoi le suivi s’arrête."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AccuserForm(FormulaireActe):
    """The measures whose receipt is acknowledged, and the day of the paper when there is one."""

    cles = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Cochez au moins une restriction."}
    )
    recu_le = forms.DateField(
        label="Reçu sur papier le",
        required=False,
        widget=date_input(**{"class": "form-control date"}),
    )

    def __init__(self, *args: Any, cles: list[int], papier: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not papier:
            del self.fields["recu_le"]
        self.fields["cles"].choices = [(cle, str(cle)) for cle in cles]  # type: ignore[attr-defined]
