"""What the values that the house does not know stand for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from nouvea_sst.imports.models import CorrespondanceValeur
from nouvea_sst.imports.rules.cible import Champ, Cible
from nouvea_sst.imports.rules.valeurs import resembling

RIEN = "Ne rien choisir"
# In a longer list of the house nobody would look: only what resembles is offered.
LISTE_LONGUE = 200


def offer(valeur: str, maison: Mapping[str, str]) -> list[Any]:
    """Return the values of the house as choices, those that look like this one before all."""
    proches = resembling(valeur, maison)
    choix: list[Any] = [("Ressemble à", [(c, maison[c]) for c in proches])] if proches else []
    if len(maison) <= LISTE_LONGUE:
        restent = sorted((c for c in maison if c not in proches), key=lambda c: maison[c].casefold())
        choix.append(("Valeurs de la maison", [(c, maison[c]) for c in restent]))
    return choix


class ValeursForm(forms.Form):
    """For each unknown value of a file, which one of the house it stands for from now on."""

    inconnues: Sequence[Mapping[str, Any]] = ()

    def offer_values(self, cible: Cible, inconnues: Sequence[Mapping[str, Any]]) -> None:
        """Add a field for each unknown value of a field whose values are known."""
        self.cible = cible
        maisons = {nom: cible.champ(nom).house_values() for nom in {i["champ"] for i in inconnues}}
        self.inconnues = [inconnue for inconnue in inconnues if maisons[inconnue["champ"]]]
        for rang, inconnue in enumerate(self.inconnues):
            self.fields[f"valeur_{rang}"] = forms.ChoiceField(
                label=f"{cible.label(inconnue['champ'])}, {inconnue['valeur']}",
                required=False,
                choices=[("", RIEN), *offer(inconnue["valeur"], maisons[inconnue["champ"]])],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def value_rows(self) -> Iterator[dict[str, Any]]:
        """Each unknown value with its field, its rows and what it may stand for."""
        for rang, inconnue in enumerate(self.inconnues):
            libelle = self.cible.label(inconnue["champ"])
            yield {**inconnue, "libelle": libelle, "choix": self[f"valeur_{rang}"]}

    def matched(self) -> dict[tuple[str, str], str]:
        """The value of the house chosen for each value of the file, by field."""
        return {
            (inconnue["champ"], inconnue["valeur"]): choix
            for rang, inconnue in enumerate(self.inconnues)
            if (choix := self.cleaned_data.get(f"valeur_{rang}"))
        }


class CorrespondanceForm(forms.Form):
    """Another value of the house for a value of the files."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    choix = forms.ChoiceField(
        label="Valeur de la maison",
        help_text="Les fichiers déjà appliqués ne changent pas ; les suivants se liront ainsi.",
    )

    def __init__(self, *args: Any, champ: Champ, retenue: CorrespondanceValeur, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"initial": self.initial_of(retenue)}))
        maison = champ.house_values()
        actuelle = {} if retenue.choix in maison else {retenue.choix: f"{retenue.choix} (n’existe plus)"}
        self.fields["choix"].choices = [*actuelle.items(), *offer(retenue.valeur, maison)]

    @staticmethod
    def initial_of(retenue: Any) -> dict[str, Any]:
        """What was chosen so far."""
        return {"version": retenue.version, "choix": retenue.choix}
