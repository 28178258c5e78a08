"""Two people correct the same record: the second to save sees both texts and loses nothing.

The form posts the version it was filled from; the action, holding the row's lock, calls check_version; the
view catches VersionPerimee and shows its form again with components/conflict.html and compare_texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Model
from django.forms import BaseForm

from nouvea_sst.lib.affichage import format_date


class VersionPerimee(Exception):
    """Somebody else saved meanwhile; `objet` is the record as it stands now."""

    def __init__(self, objet: Model) -> None:
        super().__init__("Cette fiche a été modifiée entre-temps.")
        self.objet = objet


def check_version(objet: Any, version: int) -> None:
    """Raise VersionPerimee unless the record still has the version that the form was filled from."""
    if objet.version != version:
        raise VersionPerimee(objet)


def read_version(saisie: Mapping[str, Any], nom: str = "version") -> int:
    """Return the version that a form without fields posts; 0, which no record has, for anything else."""
    texte = str(saisie.get(nom, ""))
    return int(texte) if texte.isascii() and texte.isdecimal() and len(texte) < 10 else 0


def holds(objet: Any, faits: Mapping[str, Any]) -> bool:
    """Whether the record holds these values: the same form sent again, not another one under its token."""
    return all(getattr(objet, nom) == valeur for nom, valeur in faits.items())


@dataclass(frozen=True)
class Ecart:
    """One field whose typed and stored values differ, in words."""

    libelle: str
    saisi: str
    enregistre: str


def compare_texts(form: BaseForm, objet: Any) -> list[Ecart]:
    """Return the fields of a valid form that differ from the record, as a person reads them."""
    ecarts = []
    for nom, champ in form.fields.items():
        if hasattr(objet, nom) and nom in form.cleaned_data and not champ.widget.is_hidden:
            saisi, enregistre = form.cleaned_data[nom], getattr(objet, nom)
            if (saisi or None) != (enregistre or None):
                ecarts.append(Ecart(str(champ.label or nom), _words(champ, saisi), _words(champ, enregistre)))
    return ecarts


def _words(champ: Any, valeur: Any) -> str:
    """Write a value as its field shows it."""
    if valeur is None or valeur == "":
        return "(vide)"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, time):
        return f"{valeur:%H:%M}"
    if isinstance(valeur, date):
        return format_date(valeur)
    paires = getattr(champ, "choices", ())
    choix = {str(cle): str(mot) for cle, mot in paires if not isinstance(mot, list | tuple)}
    return choix.get(str(valeur), str(valeur))
