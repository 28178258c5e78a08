"""Which column fills which field, and what the values that the house does not know stand for."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms

from nouvea_sst.imports.cibles import targets_of
from nouvea_sst.imports.forms.assemblages import AssemblagesForm
from nouvea_sst.imports.forms.valeurs import ValeursForm
from nouvea_sst.imports.models import Import, Profil
from nouvea_sst.imports.moteur.analyse import NOMS_ORDRE, Reglages
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.imports.rules.colonnes import as_profile
from nouvea_sst.lib.texte import fold


class ColonnesForm(AssemblagesForm, ValeursForm):
    """Which column fills which field, the key, the date order, the profile's name."""

    cle = forms.ChoiceField(
        label="Clé",
        required=False,
        help_text="Ce qui distingue deux lignes, et retrouve la même personne au prochain import.",
    )
    ordre_date = forms.ChoiceField(
        label="Ordre des dates",
        required=False,
        choices=[("", "D’après le fichier"), *((o.value, nom) for o, nom in NOMS_ORDRE.items())],
    )
    feuille = forms.ChoiceField(
        label="Feuille du classeur",
        required=False,
        help_text="Une autre feuille se lit avec ses propres colonnes : celles d’ici sont oubliées.",
    )
    contenu = forms.ChoiceField(
        label="Ce que contient le fichier",
        required=False,
        help_text="Un autre contenu se lit avec ses propres champs : les colonnes d’ici sont oubliées.",
    )
    nom_profil = forms.CharField(
        label="Garder ces réglages sous le nom",
        required=False,
        max_length=80,
        help_text="Le prochain fichier de même forme se lira avec ce profil.",
    )

    complet = forms.BooleanField(label="Ce fichier contient tout le personnel", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    # The print of the profile that one agrees to replace: another print, and one is asked again.
    remplacer = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    empreinte_profil = ""

    def __init__(self, *args: Any, depot: Import, cible: Cible, user: Any, **kwargs: Any) -> None:
        self.apercu, self.cible = depot.apercu, cible
        self.entetes: list[str] = depot.apercu["entetes"]
        super().__init__(*args, **(kwargs | {"initial": self.initial_of(depot)}))
        choix = [("", "Ne pas importer"), *((champ.nom, champ.libelle) for champ in cible.champs)]
        for rang, entete in enumerate(self.entetes):
            self.fields[self.name_of(rang)] = forms.ChoiceField(
                label=entete,
                required=False,
                choices=choix,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.fields["contenu"].choices = [(code, c.libelle) for code, c in targets_of(user).items()]
        self.offer_assemblages(cible, self.entetes)
        # A preview kept before sheets could be chosen names none.
        feuilles = self.apercu.get("feuilles", [""])
        self.fields["feuille"].choices = [(nom, nom) for nom in feuilles]
        self.plusieurs_feuilles = len(feuilles) > 1
        if not self.plusieurs_feuilles:
            del self.fields["feuille"]
        if cible.chercher_absents is None:
            del self.fields["complet"]
        # A preview kept before values could be matched names none.
        self.offer_values(cible, self.apercu.get("inconnues", []))
        automatique = f"D’après le fichier : {self.apercu['cle_libelle']}"
        self.fields["cle"].choices = [
            ("", automatique),
            *((cle.nom, cible.describe_key(cle)) for cle in cible.cles),
        ]

    @property
    def proposes_leavers(self) -> bool:
        """Whether a full file of this kind says who left."""
        return "complet" in self.fields

    @staticmethod
    def initial_of(depot: Any) -> dict[str, Any]:
        """What is decided so far."""
        reglages, lues = Reglages.from_json(depot.reglages), depot.apercu["colonnes"]
        rangs = range(len(depot.apercu["entetes"]))
        colonnes = {ColonnesForm.name_of(rang): lues.get(str(rang), "") for rang in rangs}
        assemblages = ColonnesForm.initial_assemblages(reglages.assemblages, depot.apercu["entetes"])
        return {
            **colonnes,
            **assemblages,
            "cle": reglages.cle,
            "ordre_date": reglages.ordre_date,
            "feuille": depot.apercu.get("feuille", ""),
            "nom_profil": depot.profil,
            "contenu": depot.cible,
            "complet": depot.complet,
            "version": depot.version,
        }

    @staticmethod
    def name_of(rang: int) -> str:
        """Name of the form field of a column."""
        return f"colonne_{rang}"

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each column of the file with its field and its first values."""
        for rang, entete in enumerate(self.entetes):
            champ = self[self.name_of(rang)]
            coupe = [self[f"{nom}_{rang}"] for nom in ("couper", "repere", "second")]
            ouvert = any(partie.value() or partie.errors for partie in coupe)
            exemples = self.apercu["exemples"][rang]
            yield {"entete": entete, "exemples": exemples, "champ": champ, "coupe": coupe, "ouvert": ouvert}

    def chosen(self) -> dict[int, str]:
        """Field of each column that is to be read."""
        donnees = self.cleaned_data
        return {r: c for r in range(len(self.entetes)) if (c := donnees.get(self.name_of(r)))}

    def other_sheet(self) -> str:
        """The sheet asked for when it is not the one whose columns are shown; else an empty string."""
        demandee = self.cleaned_data.get("feuille") or ""
        return "" if demandee == self.apercu.get("feuille", "") else demandee

    def other_target(self) -> str:
        """What the file is now said to hold, when it was read as something else; else an empty string."""
        demande = self.cleaned_data.get("contenu") or ""
        return "" if demande == self.cible.code else demande

    def is_anew(self) -> bool:
        """Whether the file is to be recognised again."""
        return bool(self.other_sheet() or self.other_target())

    def _hold_profile(self, nom: str) -> None:
        """Have whoever would change a profile of the others say so, of the profile as it stands."""
        profil = Profil.objects.filter(cible=self.cible.code, nom=nom).first()
        if profil is None:
            return
        cle = self.cleaned_data["cle"] or profil.cle
        assemblages = self.read_assemblages(self.chosen())
        voulu = [as_profile(self.entetes, self.chosen()), cle, self.cleaned_data["ordre_date"], assemblages]
        sien = profil.reglages
        tenu = [profil.colonnes, profil.cle, profil.ordre_date, sien.assemblages]
        if tenu == voulu:
            return
        empreinte = hashlib.sha256(
            json.dumps([*tenu[:3], sien.assemblages.as_json()], sort_keys=True).encode()
        ).hexdigest()
        if self.cleaned_data.get("remplacer") != empreinte:
            self.empreinte_profil = empreinte
            self.add_error(
                "nom_profil",
                f"Le profil « {nom} » existe avec d’autres réglages : cochez « Remplacer ce profil », "
                "ou tapez un autre nom.",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a field given twice, a required one not given, a key without its columns."""
        donnees = super().clean() or {}
        if self.is_anew():
            return donnees | {"nom_profil": ""}
        premiers: dict[str, int] = {}
        for rang, champ in self.chosen().items():
            premier = premiers.setdefault(champ, rang)
            if premier != rang and not donnees.get(f"joindre_{champ}"):
                deja = f"Déjà donné par la colonne « {self.entetes[premier]} »"
                self.add_error(self.name_of(rang), f"{deja} : dites plus bas comment les joindre.")
        self.check_cuts(self.chosen())
        seconds = {coupe.second for coupe in self.read_assemblages(self.chosen()).coupes.values()} - {""}
        fournis = self.cible.supplied(set(premiers) | seconds)
        manquants = [self.cible.label(c) for c in self.cible.obligatoires if c not in fournis]
        if manquants:
            noms = " et ".join(f"« {nom} »" for nom in manquants)
            raise forms.ValidationError(f"Choisissez la colonne qui donne {noms}.")
        cle = self.cible.cle_nommee(donnees.get("cle") or "")
        if cle is not None and not set(cle.champs) <= fournis:
            absents = ", ".join(f"« {self.cible.label(c)} »" for c in cle.champs if c not in fournis)
            self.add_error("cle", f"Aucune colonne ne donne {absents}.")
        if donnees.get("nom_profil") and not self.errors:
            self._hold_profile(donnees["nom_profil"])
        return donnees

    def as_reglages(self) -> Reglages:
        """What was decided; of another sheet or content, everything is to be found anew."""
        if self.is_anew():
            return Reglages(feuille=self.other_sheet())
        colonnes = {fold(self.entetes[rang]): champ for rang, champ in self.chosen().items()}
        lue = self.cleaned_data.get("feuille") or ""
        assemblages = self.read_assemblages(self.chosen())
        return Reglages(colonnes, self.cleaned_data["cle"], self.cleaned_data["ordre_date"], lue, assemblages)
