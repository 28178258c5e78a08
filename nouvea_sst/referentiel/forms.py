"""Forms of the reference data: input → cleaned data."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.forms import modelform_factory

from nouvea_sst.lib.textes_longs import TexteLong
from nouvea_sst.lib.versions import VersionPerimee, compare_texts
from nouvea_sst.referentiel.catalogue import ListeEditable
from nouvea_sst.referentiel.enums import Fiabilite, NatureTexte
from nouvea_sst.referentiel.models import Parametre, Texte
from nouvea_sst.referentiel.rules.valeurs import HEURE, read_valeur, write_number


def day_field(libelle: str, aide: str = "") -> forms.DateField:
    """A day typed jj/mm/aaaa."""
    attrs = {"class": "date", "placeholder": "jj/mm/aaaa", "inputmode": "numeric", "autocomplete": "off"}
    return forms.DateField(label=libelle, help_text=aide, widget=forms.DateInput(attrs=attrs))


class _Versionne:
    """What a form does when somebody else saved meanwhile."""

    conflit: Any = None

    def take_version(self: Any, version: int, enregistre: Any) -> None:
        """Keep what was typed, show both texts, take the version of now."""
        self.conflit = compare_texts(self, enregistre)
        self.data = self.data.copy()
        self.data["version"] = str(version)

    def hold(self: Any, refus: Any) -> None:
        """Put each refusal of an action beside its field, above the form without any."""
        par_champ = refus.message_dict if hasattr(refus, "error_dict") else {None: refus.messages}
        for nom, messages in par_champ.items():
            for message in messages:
                self.add_error(nom if nom in self.fields else None, message)

    def stale(self: Any, perimee: VersionPerimee) -> None:
        """Take the version of a record that has one."""
        self.take_version(perimee.objet.version, perimee.objet)  # type: ignore[attr-defined]


class ValeurForm(_Versionne, forms.Form):
    """A value from a day on, with where it comes from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valeur = forms.CharField(label="Valeur", max_length=20, widget=forms.TextInput(attrs={"class": "court"}))
    date_effet = day_field("À partir du", "Les valeurs d’avant restent : elles expliquent les dates passées.")
    fiabilite = forms.ChoiceField(
        label="Fiabilité",
        choices=[("", "Choisir"), *Fiabilite.choices],
        help_text="Seul un texte publié se présente comme la loi.",
    )
    texte = forms.ModelChoiceField(
        Texte.objects.all(), label="Texte", required=False, empty_label="Aucun texte"
    )
    source = forms.CharField(
        label="Source",
        max_length=300,
        widget=TexteLong(attrs={"rows": 2}),
        help_text="Qui l’a décidé, où cela se lit.",
    )

    def __init__(self, *args: Any, unite: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unite = unite
        exemple = "7:30" if unite == HEURE else ""
        self.fields["valeur"].help_text = f"Heure du jour : {exemple}" if exemple else f"En {unite}."

    def name_previous(self, actuelle: Parametre) -> None:
        """Say where the value in force comes from: the new one has its own source, which nobody can guess."""
        fiabilite = str(Fiabilite(actuelle.fiabilite).label).lower()
        fin = f", {actuelle.texte}" if actuelle.texte else ""
        self.fields["source"].help_text = (
            "Qui a décidé la nouvelle valeur, où cela se lit. "
            f"La valeur actuelle vient de : {actuelle.source}{fin} ({fiabilite})."
        )

    def clean_valeur(self) -> Decimal:
        """Read the number, as the unit writes it."""
        try:
            return read_valeur(self.cleaned_data["valeur"], self.unite)
        except ValueError as refus:
            raise forms.ValidationError(str(refus)) from refus

    @property
    def faits(self) -> dict[str, Any]:
        """What the action takes."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version"}

    def stale_values(self, version: int, derniere: Parametre) -> None:
        """Show the value that somebody else added or corrected meanwhile."""
        lue = {nom: getattr(derniere, nom) for nom in ("date_effet", "fiabilite", "texte", "source")}
        self.take_version(version, SimpleNamespace(valeur=Decimal(f"{derniere.valeur.normalize():f}"), **lue))


class CorrigerValeurForm(ValeurForm):
    """A value to come, corrected with a reason."""

    raison = forms.CharField(label="Raison de la correction", max_length=100)


class RaisonForm(_Versionne, forms.Form):
    """Why something is withdrawn."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    raison = forms.CharField(label="Raison", max_length=200, help_text="Elle reste dans l’histoire.")


class VersionForm(_Versionne, forms.Form):
    """Nothing to type."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class JourForm(_Versionne, forms.Form):
    """A day off of the city."""

    date = day_field("Jour")
    libelle = forms.CharField(label="Libellé", max_length=100, help_text="Par exemple : pont de l’Ascension.")
    source = forms.CharField(
        label="Source", max_length=300, required=False, help_text="La note ou l’arrêté qui le décide."
    )


class AnneeForm(forms.Form):
    """A year typed in an address; nothing readable counts as none."""

    annee = forms.IntegerField(min_value=2000, max_value=2100, required=False)

    @classmethod
    def read(cls, texte: str | None, sinon: int) -> int:
        """Return the year, or another one."""
        form = cls({"annee": texte or ""})
        return form.cleaned_data["annee"] or sinon if form.is_valid() else sinon


class TexteForm(_Versionne, forms.ModelForm):
    """A text and what it founds."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    date = forms.DateField(
        label="Date du texte", required=False, widget=day_field("").widget, help_text="Vide pour un usage."
    )
    nature = forms.ChoiceField(label="Nature", choices=NatureTexte.choices)
    adresse = forms.URLField(
        label="Adresse", required=False, assume_scheme="https", help_text="Où le texte se lit."
    )

    class Meta:
        model = Texte
        fields = ["reference", "titre", "nature", "date", "adresse", "fonde"]
        widgets = {
            "titre": TexteLong(attrs={"rows": 2}),
            "fonde": TexteLong(attrs={"rows": 3}),
        }

    def _post_clean(self) -> None:
        """The action checks and writes: the record itself is left as it was read."""

    @property
    def faits(self) -> dict[str, Any]:
        """The columns."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}


class _EntreeForm(_Versionne, forms.ModelForm):
    """An entry of a small list."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def _post_clean(self) -> None:
        """The action checks and writes: the record itself is left as it was read."""

    @property
    def faits(self) -> dict[str, Any]:
        """The columns."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}


def entree_form(liste: ListeEditable, ajout: bool) -> Any:
    """Return the form of a list: what the law or the code counts on is typed once, when an entry is added."""
    champs = [nom for nom in (*liste.champs, "source") if ajout or nom not in liste.fixes]
    aides = {nom: aide for nom, aide in liste.aides.items() if nom in champs}
    form = modelform_factory(liste.modele, form=_EntreeForm, fields=champs, help_texts=aides)
    if liste.code_propose and ajout:
        form.base_fields[liste.code_propose].required = False
    return form


def written(valeur: Parametre) -> dict[str, Any]:
    """The initial values of the form of a value."""
    return {
        "valeur": write_number(valeur.valeur, valeur.unite),
        "date_effet": valeur.date_effet,
        "fiabilite": valeur.fiabilite,
        "texte": valeur.texte_id,
        "source": valeur.source,
        "version": valeur.version,
    }


def tomorrow(jour: datetime.date) -> datetime.date:
    """The first day that a new value is proposed from."""
    return jour + datetime.timedelta(days=1)
