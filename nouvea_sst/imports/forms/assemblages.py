"""Columns that are cut, and those that are joined."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from nouvea_sst.imports.rules.assemblages import MANIERES, SEPARATEURS, Assemblages, Coupe
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.lib.texte import fold

COURT = {"class": "form-select form-select-sm"}


class AssemblagesForm(forms.Form):
    """For each column where it is cut; for each field that several columns fill, what stands between them."""

    entetes: Sequence[str] = ()

    def offer_assemblages(self, cible: Cible, entetes: Sequence[str]) -> None:
        """Add the fields; those that join are shown only where two columns fill the same field."""
        champs = [(champ.nom, champ.libelle) for champ in cible.champs]
        for rang, entete in enumerate(entetes):
            self.fields[f"couper_{rang}"] = forms.ChoiceField(
                label=f"Couper {entete}",
                required=False,
                choices=[("", "Ne pas couper"), *MANIERES.items()],
                widget=forms.Select(attrs=COURT),
            )
            self.fields[f"repere_{rang}"] = forms.CharField(
                label=f"Signe, ou nombre de signes, où couper {entete}",
                required=False,
                max_length=10,
                strip=False,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "size": 4}),
            )
            self.fields[f"second_{rang}"] = forms.ChoiceField(
                label=f"La fin de {entete} remplit",
                required=False,
                choices=[("", "Ne pas importer"), *champs],
                widget=forms.Select(attrs=COURT),
            )
        for nom, libelle in champs:
            self.fields[f"joindre_{nom}"] = forms.ChoiceField(
                label=f"{libelle} : joindre par",
                required=False,
                choices=[("", "Choisir"), *((code, mots) for code, (_, mots) in SEPARATEURS.items())],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @staticmethod
    def initial_assemblages(assemblages: Assemblages, entetes: Sequence[str]) -> dict[str, str]:
        """What is decided so far."""
        initial = {f"joindre_{nom}": code for nom, code in assemblages.jointures.items()}
        for rang, entete in enumerate(entetes):
            if coupe := assemblages.coupes.get(fold(entete)):
                initial |= {f"couper_{rang}": coupe.maniere, f"repere_{rang}": coupe.repere}
                initial[f"second_{rang}"] = coupe.second
        return initial

    def joined(self) -> Iterator[Any]:
        """The fields that several columns fill, each to say what stands between them."""
        vus: set[str] = set()
        for rang in range(len(self.entetes)):
            champ = self[f"colonne_{rang}"].value()
            if champ and champ in vus and f"joindre_{champ}" in self.fields:
                yield self[f"joindre_{champ}"]
            vus.add(champ)

    def read_assemblages(self, choisies: Mapping[int, str]) -> Assemblages:
        """What was asked, for the columns that are read."""
        donnees = self.cleaned_data
        doubles = {champ for champ in choisies.values() if list(choisies.values()).count(champ) > 1}
        coupes = {
            fold(self.entetes[rang]): Coupe(
                maniere, donnees.get(f"repere_{rang}") or "", donnees.get(f"second_{rang}") or ""
            )
            for rang in choisies
            if (maniere := donnees.get(f"couper_{rang}"))
        }
        return Assemblages(
            {champ: code for champ in sorted(doubles) if (code := donnees.get(f"joindre_{champ}"))}, coupes
        )

    def check_cuts(self, choisies: Mapping[int, str]) -> None:
        """Refuse a cut that does not say where, or whose second part has no field of its own."""
        donnees, pris = self.cleaned_data, set(choisies.values())
        for rang in range(len(self.entetes)):
            maniere, repere = donnees.get(f"couper_{rang}"), donnees.get(f"repere_{rang}") or ""
            if not maniere:
                continue
            if rang not in choisies:
                self.add_error(f"couper_{rang}", "Dites d’abord ce que remplit le début de la colonne.")
            if maniere == "separateur" and not repere:
                self.add_error(f"repere_{rang}", "Tapez le signe où couper.")
            if maniere == "position" and not (repere.strip().isdecimal() and 0 < int(repere) < 1000):
                self.add_error(f"repere_{rang}", "Tapez après combien de signes couper.")
            second = donnees.get(f"second_{rang}")
            if second and second in pris:
                self.add_error(f"second_{rang}", "Ce champ est déjà rempli par une autre colonne.")
            if second:
                pris.add(second)
