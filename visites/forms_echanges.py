"""Forms of follow-ups and of exchanges."""

from typing import Any

from django import forms

from nouvea_sst.comptes.models import Utilisateur
from visites.enums import Interlocuteur, NatureEchange
from visites.forms import ChampProfessionnel, FormulaireActe, date_input
from visites.forms_notes import AmenderForm, PartagerForm, TexteNoteForm
from visites.perms import nameable_on
from visites.rules.echanges import ETAPE_MAX, RAISON_MAX

LU_PAR = "Chiffré. Le lisent les personnes de l’accompagnement, et le soignant à qui vous le montrez."


class EchangeForm(TexteNoteForm):
    """An exchange, and what comes next with its day."""

    date = forms.DateField(label="Date de l’échange", widget=date_input())
    nature = forms.ChoiceField(label="Nature", choices=NatureEchange.choices)
    avec = forms.ChoiceField(label="Avec", choices=Interlocuteur.choices)
    etape = forms.CharField(
        label="Prochaine étape",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=f"Facultative : ce qui reste à faire, en {ETAPE_MAX} signes. Chiffrée comme le texte.",
    )
    prevue_le = forms.DateField(label="Prévue le", required=False, widget=date_input())
    field_order = ("date", "nature", "avec", "texte", "etape", "prevue_le")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["texte"])


class AmenderEchangeForm(AmenderForm):
    """A further version of an exchange, and why."""

    raison = forms.CharField(
        label="Pourquoi cette nouvelle version",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=f"{RAISON_MAX} signes au plus ; elle se lit avec la version.",
        error_messages={"required": "Dites pourquoi vous changez un texte signé."},
    )
    field_order = ("texte", "raison", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["texte"])


class MontrerForm(PartagerForm):
    """To whom an exchange is shown, up to which day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["destinataire"]
        champ.label = "Médecin du travail ou psychologue"
        champ.error_messages["invalid_choice"] = "Cette personne ne peut pas lire cet échange."


class NommerForm(FormulaireActe):
    """Whom to name on a follow-up."""

    compte = ChampProfessionnel(
        label="Personne",
        queryset=Utilisateur.objects.none(),
        help_text="Un coordinateur le tient avec vous ; un chef de section le lit.",
        error_messages={"invalid_choice": "Cette personne est déjà nommée, ou ne peut pas l’être."},
    )

    def __init__(self, *args: Any, accompagnement: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compte"].queryset = nameable_on(accompagnement)  # type: ignore[attr-defined]


def _reword(champ: Any) -> None:
    """The text of an exchange under its own name."""
    champ.label, champ.help_text = "Ce qui s’est dit", LU_PAR
    champ.widget.attrs["rows"] = 9
    champ.error_messages["required"] = "Écrivez l’échange : un texte vide ne se signe pas."
