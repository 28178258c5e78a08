"""The form of a version of a rule of visits: it offers what the calculation reads of that rule."""

from typing import Any

from django import forms

from agents.models import TypeAbsence, TypePosition
from nouvea_sst.lib.textes_longs import TexteLong
from nouvea_sst.lib.versions import compare_texts
from nouvea_sst.referentiel.enums import Fiabilite
from nouvea_sst.referentiel.forms import day_field
from visites.enums import NatureVisite, Operateur, PointDepart, Unite
from visites.forms import FormulaireActe
from visites.models import Motif, RegleVisite
from visites.rules.versions import reads

COLONNES = (
    "motif",
    "libelle",
    "active",
    "operateur",
    "seuil",
    "operateur_fin",
    "seuil_fin",
    "unite_seuil",
    "types_absence",
    "positions",
    "natures",
    "decalage",
    "unite",
    "depart",
    "priorite",
    "recul_mois",
    "date_effet",
    "fiabilite",
    "source",
)


def number_field(libelle: str, aide: str = "", requis: bool = False) -> forms.IntegerField:
    """A whole number; the rules say its limits."""
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        required=requis,
        min_value=-9999,
        max_value=9999,
        widget=forms.NumberInput(attrs={"class": "court"}),
    )


class RegleForm(FormulaireActe):
    """A version from a day on; the columns that the rule does not read stay as they are."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    libelle = forms.CharField(
        label="Ce que dit la règle",
        max_length=200,
        help_text="La phrase que montre « Pourquoi ? ».",
    )
    motif = forms.ModelChoiceField(
        Motif.objects.offered(), label="Motif de la visite", empty_label="Choisir un motif"
    )
    active = forms.BooleanField(
        label="Appliquée", required=False, help_text="Décochée, la règle ne rend plus aucune visite due."
    )
    operateur = forms.ChoiceField(
        label="Condition", required=False, choices=[("", "Sans condition"), *Operateur.choices]
    )
    seuil = number_field("Seuil")
    operateur_fin = forms.ChoiceField(
        label="Et", required=False, choices=[("", "Rien d’autre"), *Operateur.choices]
    )
    seuil_fin = number_field("Second seuil")
    unite_seuil = forms.ChoiceField(label="Compté en", choices=Unite.choices)
    types_absence = forms.TypedMultipleChoiceField(
        label="Types d’absence",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La suite d’absences compte dès qu’elle contient un de ces types. Aucun coché : tous.",
    )
    positions = forms.MultipleChoiceField(
        label="Positions administratives",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Les positions que la règle regarde. Aucune cochée : toutes.",
    )
    natures = forms.MultipleChoiceField(
        label="Visites qui servent ce suivi",
        choices=NatureVisite.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="D’un autre motif, seul l’examen sert. Aucune cochée : toutes.",
    )
    decalage = number_field("Décalage", "Avec un signe moins, avant ce jour ; 0, le jour même.")
    unite = forms.ChoiceField(label="Compté en", choices=Unite.choices)
    depart = forms.ChoiceField(label="À partir de", choices=PointDepart.choices)
    priorite = number_field("Priorité", "De 1, la plus pressante, à 99.", requis=True)
    recul_mois = number_field("Remonte à, en mois", "Un fait plus ancien ne compte pas. Vide : sans limite.")
    date_effet = day_field("À partir du", "Ce jour ou un jour à venir ; avant, la version d’avant reste.")
    fiabilite = forms.ChoiceField(
        label="Fiabilité",
        choices=[("", "Choisir"), *Fiabilite.choices],
        help_text="Seul un texte publié se présente comme la loi.",
    )
    source = forms.CharField(label="Source", max_length=300, widget=TexteLong(attrs={"rows": 2}))

    def __init__(self, *args: Any, base: RegleVisite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        for nom in set(COLONNES) - reads(base.declencheur):
            del self.fields[nom]
        for nom, modele in (("types_absence", TypeAbsence), ("positions", TypePosition)):
            if nom in self.fields:
                self.fields[nom].choices = _choices(modele, getattr(base, nom))  # type: ignore[attr-defined]
        fiabilite = str(Fiabilite(base.fiabilite).label).lower()
        self.fields["source"].help_text = (
            "Qui a décidé cette version, où cela se lit. "
            f"La version actuelle vient de : {base.source} ({fiabilite})."
        )

    @property
    def valeurs(self) -> dict[str, Any]:
        """The columns of the version, as the actions take them."""
        lues = {nom: self.cleaned_data.get(nom, getattr(self.base, nom)) for nom in COLONNES}
        lues["motif_id"] = lues.pop("motif").pk  # the base's own where the form asks for none
        for nom in ("types_absence", "positions", "natures"):
            lues[nom] = sorted(lues[nom])
        return lues

    def hold(self, refus: Any) -> None:
        """Put each refusal of an action beside its field."""
        self._hold(refus)

    def stale(self, version: int, derniere: RegleVisite) -> None:
        """Keep what was typed, show both texts, take the version of now."""
        self.conflit = compare_texts(self, derniere)
        donnees: Any = self.data.copy()  # type: ignore[attr-defined]
        donnees["version"] = str(version)
        self.data = donnees


class CorrigerRegleForm(RegleForm):
    """A version to come, corrected with a reason."""

    raison = forms.CharField(label="Raison de la correction", max_length=100)


def _choices(modele: Any, choisis: list[Any]) -> list[tuple[Any, str]]:
    """Those offered on entry, and those that the rule names already."""
    libelles = dict(modele.objects.filter(code__in=choisis).values_list("code", "libelle"))
    offerts = dict(modele.objects.offered().values_list("code", "libelle"))
    return [*offerts.items(), *((c, libelles.get(c, f"n° {c}")) for c in choisis if c not in offerts)]


def written(regle: RegleVisite) -> dict[str, Any]:
    """The initial values of the form of a version."""
    return {nom: getattr(regle, nom) for nom in COLONNES if nom != "motif"} | {"motif": regle.motif_id}
