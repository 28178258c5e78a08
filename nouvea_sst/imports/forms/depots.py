"""The file of an import; why one is given up."""

from typing import Any

from django import forms
from django.conf import settings

from nouvea_sst.imports.cibles import targets_of
from nouvea_sst.imports.models import Profil

MO = 1024 * 1024


class DeposerForm(forms.Form):
    """The file, and how to read it if a profile says so."""

    cible = forms.ChoiceField(
        label="Ce que contient le fichier",
        required=False,
        help_text="Sans réponse, ses en-têtes et son nom le disent ; vous pourrez corriger ensuite.",
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="Un tableau .xlsx, .xls, .ods, .csv ou .tsv : une ligne par chose, sous un en-tête.",
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Le fichier est vide.",
            "max_length": "Le nom du fichier est trop long.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )
    profil = forms.ChoiceField(
        label="Profil",
        required=False,
        help_text="Un profil garde les colonnes, la clé et l’ordre des dates d’un import précédent.",
    )

    complet = forms.BooleanField(
        label="Ce fichier contient tout le personnel",
        required=False,
        help_text="Qui n’y est pas sera proposé comme parti ; personne n’est coché d’avance.",
    )

    def __init__(self, *args: Any, taille_max: int, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taille_max = min(taille_max, settings.IMPORT_TAILLE_MAX)
        cibles = targets_of(user)
        connues = [(code, cible.libelle) for code, cible in cibles.items()]
        self.fields["cible"].choices = [("", "Le reconnaître"), *connues]
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
        if nom and not donnees.get("cible") and "cible" not in self.errors:
            lus = Profil.objects.filter(nom=nom).order_by("cible").values_list("cible", flat=True)
            donnees["cible"] = next(code for code in lus if code in dict(self.fields["cible"].choices))
        if nom and not Profil.objects.filter(cible=donnees.get("cible"), nom=nom).exists():
            self.add_error("profil", "Ce profil lit un autre genre de fichier.")
        return donnees


class RaisonForm(forms.Form):
    """Why an import is given up, or taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    raison = forms.CharField(
        label="Raison", max_length=200, help_text="Elle reste dans l’historique des imports."
    )
