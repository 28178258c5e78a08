"""The steps of an import as forms."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.models import Import, Profil
from nouvea_sst.imports.moteur.analyse import NOMS_ORDRE, Reglages
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.imports.rules.colonnes import as_profile
from nouvea_sst.lib.texte import fold

MO = 1024 * 1024


class DeposerForm(forms.Form):
    """The file, and how to read it if a profile says so."""

    cible = forms.ChoiceField(label="Ce que contient le fichier")
    fichier = forms.FileField(
        label="Fichier",
        help_text="Un tableau .xlsx, .xls, .ods, .csv ou .tsv : une ligne par personne, sous un en-tête.",
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Le fichier est vide.",
            "max_length": "Le nom du fichier est trop long.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.txt"}),
    )
    profil = forms.ChoiceField(
        label="Profil",
        required=False,
        help_text="Un profil garde les colonnes, la clé et l’ordre des dates d’un import précédent.",
    )

    def __init__(self, *args: Any, taille_max: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taille_max = min(taille_max, settings.IMPORT_TAILLE_MAX)
        cibles = targets()
        self.fields["cible"].choices = [(code, cible.libelle) for code, cible in cibles.items()]
        if len(cibles) == 1:
            self.fields["cible"].widget = forms.HiddenInput()
            self.fields["cible"].initial = next(iter(cibles))
        noms = Profil.objects.filter(cible__in=cibles).order_by("nom").values_list("nom", flat=True)
        self.fields["profil"].choices = [("", "Reconnaître les colonnes"), *((nom, nom) for nom in noms)]

    def clean_fichier(self) -> Any:
        """Refuse before reading what is too large."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > self.taille_max:
            mo = self.taille_max // MO
            raise forms.ValidationError(f"Le fichier dépasse {mo} Mo : partagez-le en plusieurs fichiers.")
        return fichier

    def clean(self) -> dict[str, Any]:
        """Check that the profile reads this kind of file."""
        donnees = super().clean() or {}
        nom = donnees.get("profil")
        if nom and not Profil.objects.filter(cible=donnees.get("cible"), nom=nom).exists():
            self.add_error("profil", "Ce profil lit un autre genre de fichier.")
        return donnees


class RaisonForm(forms.Form):
    """Why an import is given up, or taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    raison = forms.CharField(
        label="Raison", max_length=200, help_text="Elle reste dans l’historique des imports."
    )


class ColonnesForm(forms.Form):
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
    nom_profil = forms.CharField(
        label="Garder ces réglages sous le nom",
        required=False,
        max_length=80,
        help_text="Le prochain fichier de même forme se lira avec ce profil.",
    )

    version = forms.IntegerField(widget=forms.HiddenInput)
    # The print of the profile that one agrees to replace: another print, and one is asked again.
    remplacer = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    empreinte_profil = ""

    def __init__(self, *args: Any, depot: Import, cible: Cible, **kwargs: Any) -> None:
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
        # A preview kept before sheets could be chosen names none.
        feuilles = self.apercu.get("feuilles", [""])
        self.fields["feuille"].choices = [(nom, nom) for nom in feuilles]
        self.plusieurs_feuilles = len(feuilles) > 1
        if not self.plusieurs_feuilles:
            del self.fields["feuille"]
        automatique = f"D’après le fichier : {self.apercu['cle_libelle']}"
        self.fields["cle"].choices = [
            ("", automatique),
            *((cle.nom, cible.describe_key(cle)) for cle in cible.cles),
        ]

    @staticmethod
    def initial_of(depot: Any) -> dict[str, Any]:
        """What is decided so far."""
        reglages, lues = Reglages.from_json(depot.reglages), depot.apercu["colonnes"]
        rangs = range(len(depot.apercu["entetes"]))
        colonnes = {ColonnesForm.name_of(rang): lues.get(str(rang), "") for rang in rangs}
        return colonnes | {
            "cle": reglages.cle,
            "ordre_date": reglages.ordre_date,
            "feuille": depot.apercu.get("feuille", ""),
            "nom_profil": depot.profil,
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
            yield {"entete": entete, "exemples": self.apercu["exemples"][rang], "champ": champ}

    def chosen(self) -> dict[int, str]:
        """Field of each column that is to be read."""
        donnees = self.cleaned_data
        return {r: c for r in range(len(self.entetes)) if (c := donnees.get(self.name_of(r)))}

    def other_sheet(self) -> str:
        """The sheet asked for when it is not the one whose columns are shown; else an empty string."""
        demandee = self.cleaned_data.get("feuille") or ""
        return "" if demandee == self.apercu.get("feuille", "") else demandee

    def _hold_profile(self, nom: str) -> None:
        """Have whoever would change a profile of the others say so, of the profile as it stands."""
        profil = Profil.objects.filter(cible=self.cible.code, nom=nom).first()
        if profil is None:
            return
        cle = self.cleaned_data["cle"] or profil.cle
        voulu = [as_profile(self.entetes, self.chosen()), cle, self.cleaned_data["ordre_date"]]
        tenu = [profil.colonnes, profil.cle, profil.ordre_date]
        if tenu == voulu:
            return
        empreinte = hashlib.sha256(json.dumps(tenu, sort_keys=True).encode()).hexdigest()
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
        if self.other_sheet():
            return donnees | {"nom_profil": ""}
        premiers: dict[str, int] = {}
        for rang, champ in self.chosen().items():
            premier = premiers.setdefault(champ, rang)
            if premier != rang:
                phrase = f"Déjà donné par la colonne « {self.entetes[premier]} »."
                self.add_error(self.name_of(rang), phrase)
        fournis = self.cible.supplied(set(premiers))
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
        """What was decided; of another sheet, everything is to be found anew."""
        if autre := self.other_sheet():
            return Reglages(feuille=autre)
        colonnes = {fold(self.entetes[rang]): champ for rang, champ in self.chosen().items()}
        lue = self.cleaned_data.get("feuille") or ""
        return Reglages(colonnes, self.cleaned_data["cle"], self.cleaned_data["ordre_date"], lue)
