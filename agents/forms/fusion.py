"""Which of two values stays, field by field."""

from collections.abc import Sequence
from typing import Any

from django import forms

from agents.actions.agents import CHAMPS
from agents.fusion import field_label
from agents.models import Agent
from agents.rules.fusion import is_serious
from nouvea_sst.lib.affichage import VIDE, format_date
from nouvea_sst.lib.textes_longs import TexteLong

GARDE, FONDU = "garde", "fondu"


def word_field(agent: Agent, nom: str) -> str:
    """Write a field of an agent as a person reads it."""
    valeur = getattr(agent, nom)
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if valeur is None or valeur == "":
        return VIDE
    if nom.startswith("date_"):
        return format_date(valeur)
    champ: Any = Agent._meta.get_field(nom)
    return str(dict(champ.flatchoices).get(valeur, valeur))


def name_field(nom: str) -> str:
    """« Date de naissance »."""
    libelle = field_label(nom)
    return libelle[:1].upper() + libelle[1:]


class FusionForm(forms.Form):
    """One choice for each field in which the two files differ; the versions of both, and what was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    version_fondu = forms.IntegerField(widget=forms.HiddenInput)
    empreinte = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(
        self,
        *args: Any,
        garde: Agent,
        fondu: Agent,
        empreinte: str,
        desaccords: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        initial = {"version": garde.version, "version_fondu": fondu.version, "empreinte": empreinte}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.garde, self.fondu, self.desaccords = garde, fondu, desaccords
        if self.serious:
            self.fields["raison"] = forms.CharField(
                label="Pourquoi c’est une seule personne",
                max_length=300,
                widget=TexteLong(attrs={"rows": 2}),
                help_text="Gardé avec la fusion, pour qui voudra la défaire.",
            )
            self.fields["certain"] = forms.BooleanField(
                label=f"J’ai vérifié que {garde.nom_courant} et {fondu.nom_courant} sont la même personne",
                error_messages={"required": "Cochez pour confirmer, ou laissez deux fiches."},
            )
        for nom in CHAMPS:
            un, autre = getattr(garde, nom) or None, getattr(fondu, nom) or None
            if un != autre:
                self.fields[nom] = forms.ChoiceField(
                    label=name_field(nom),
                    choices=[(GARDE, word_field(garde, nom)), (FONDU, word_field(fondu, nom))],
                    initial=FONDU if un is None else GARDE,
                    widget=forms.RadioSelect,
                )

    @property
    def serious(self) -> bool:
        """Whether the two files look like two people."""
        return is_serious(self.desaccords)

    def against(self) -> list[dict[str, str]]:
        """Each fact on which the two files disagree, in words."""
        return [
            {
                "libelle": name_field(nom),
                "garde": word_field(self.garde, nom),
                "fondu": word_field(self.fondu, nom),
            }
            for nom in self.desaccords
        ]

    def last(self) -> list[forms.BoundField]:
        """What is asked where two people may be mixed up."""
        return [self[nom] for nom in ("raison", "certain") if nom in self.fields]

    @property
    def repris(self) -> list[str]:
        """Fields whose value comes from the file that goes."""
        return [nom for nom in CHAMPS if self.cleaned_data.get(nom) == FONDU]

    def lines(self) -> list[dict[str, Any]]:
        """Each field that differs, with the boxes that choose."""
        noms = (nom for nom in CHAMPS if nom in self.fields)
        return [{"libelle": name_field(nom), "choix": list(self[nom].subwidgets)} for nom in noms]

    def same(self) -> list[tuple[str, str]]:
        """Each field that both files fill alike, with its value."""
        mots = ((nom, word_field(self.garde, nom)) for nom in CHAMPS if nom not in self.fields)
        return [(name_field(nom), mot) for nom, mot in mots if mot != VIDE]


class DefaireForm(forms.Form):
    """The version of the agent whose merge is undone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
