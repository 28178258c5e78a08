"""Entry of a report, and of what the section does with it."""

import datetime
import uuid
from typing import Any

from django import forms

from agents.models import Agent, Site
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.textes_longs import TexteLong
from signalements.enums import CategorieSignalement, ClasseRisque, Gravite, NatureDeclaree, Probabilite
from signalements.forms.champs import AIDE_AGENT, AgentChamp, HeureChamp, PiloteChamp, StructureChamp
from signalements.models import Signalement
from signalements.rules.cotation import Cotation, Seuils, describe_classes, risk_grid

AVEC, SANS = "avec", "sans"
REPLIES = ("site", "agent_concerne", "mesures_immediates")
DECLARES = (
    "categorie",
    "recit",
    "danger_immediat",
    "gravite",
    "survenu_le",
    "survenu_a",
    "lieu",
    "site",
    "structure",
    "mesures_immediates",
)


def _radio(choix: Any, **options: Any) -> forms.TypedChoiceField:
    """A question with few answers, all in sight."""
    return forms.TypedChoiceField(choices=choix, widget=forms.RadioSelect, **options)


class SignalerForm(forms.Form):
    """What happened, in under a minute: five answers are required."""

    jeton = forms.UUIDField(widget=forms.HiddenInput)
    categorie = _radio(NatureDeclaree.choices, label="Que signalez-vous ?")
    recit = forms.CharField(
        label="Que se passe-t-il ?",
        max_length=5000,
        widget=TexteLong(attrs={"rows": 3}),
        help_text="Pas de nom ni d’information de santé : ni blessure, ni maladie, ni soin.",
    )
    gravite = _radio(Gravite.choices, coerce=int, label="Est-ce grave, ou cela aurait-il pu l’être ?")
    danger_immediat = _radio(
        [("oui", "Oui"), ("non", "Non")],
        coerce=lambda v: v == "oui",
        initial="non",
        label="Y a-t-il un danger tout de suite ?",
    )
    # On a phone one picks day and hour: the browser's own fields.
    survenu_le = forms.DateField(
        label="Quel jour ?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    survenu_a = HeureChamp(
        label="À quelle heure ?",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    lieu = forms.CharField(
        label="Où, précisément ?", max_length=200, help_text="Bâtiment, salle, rue, véhicule."
    )
    nom = _radio(
        [(AVEC, "Avec mon nom"), (SANS, "Sans nom")],
        initial=AVEC,
        label="Signaler avec votre nom ?",
    )
    site = forms.ModelChoiceField(
        Site.objects.offered(), label="Site", required=False, empty_label="Non précisé"
    )
    structure = StructureChamp(label="Service concerné", required=False, empty_label="Non précisé")
    agent_concerne = AgentChamp(
        label="Agent concerné",
        required=False,
        help_text=f"{AIDE_AGENT} Seule la section le voit.",
    )
    mesures_immediates = forms.CharField(
        label="Mesures déjà prises",
        max_length=2000,
        required=False,
        widget=TexteLong(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, user: Any, jour: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jour = jour
        soi = Agent.objects.filter(compte=user).first()
        self.fields["structure"].open_on(jour)
        self.fields["agent_concerne"].user = user
        self.initial = {
            "jeton": uuid.uuid4(),
            "survenu_le": jour,
            "structure": soi.structure_id if soi else None,
        } | self.initial
        self.nomme = user.portee != Portee.SOI
        if not self.nomme:
            del self.fields["agent_concerne"]

    @property
    def precise(self) -> bool:
        """Whether a field of the folded part is to be corrected."""
        return any(nom in self.errors for nom in REPLIES)

    def clean_survenu_le(self) -> datetime.date:
        """Nothing is reported before it happens."""
        if self.cleaned_data["survenu_le"] > self.jour:
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return self.cleaned_data["survenu_le"]

    @property
    def faits(self) -> dict[str, Any]:
        """The declared columns."""
        return {nom: self.cleaned_data[nom] for nom in DECLARES}

    @property
    def anonyme(self) -> bool:
        """Whether no name is to be kept."""
        return self.cleaned_data["nom"] == SANS

    @property
    def agents(self) -> list[Agent]:
        """Agents whom the report concerns."""
        agent = self.cleaned_data.get("agent_concerne")
        return [agent] if agent else []


class QualifierForm(forms.Form):
    """What the section makes of a report: its words, its rating, who deals with it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    intitule = forms.CharField(label="En quelques mots", max_length=120)
    categorie = forms.ChoiceField(
        choices=[("", "Choisir une catégorie"), *CategorieSignalement.choices], label="Catégorie"
    )
    structure = StructureChamp(label="Unité de travail", empty_label="Choisir une unité")
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Site", required=False, empty_label="Non précisé"
    )
    risque = forms.ChoiceField(
        choices=[(f"{g}-{p}", f"{g} × {p} = {g * p}") for g in reversed(Gravite) for p in Probabilite],
        widget=forms.RadioSelect,
        label="Cotation",
        error_messages={"required": "Choisissez une case de la grille."},
    )
    pilote = PiloteChamp(label="Confier à", empty_label="Choisir une personne")

    def __init__(
        self,
        *args: Any,
        user: Any,
        signalement: Signalement,
        jour: datetime.date,
        seuils: Seuils,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.seuils = seuils
        sites = Site.objects.visible_to(user) | Site.objects.filter(pk=signalement.site_id or 0)
        self.fields["site"].queryset = sites.offered(signalement.site_id)
        self.fields["structure"].open_on(jour, user, signalement.structure_id)
        champs = ("version", "intitule", "categorie", "structure", "site", "pilote")
        valeurs = {nom: getattr(signalement, nom) for nom in champs}
        if signalement.probabilite:
            valeurs["risque"] = f"{signalement.gravite}-{signalement.probabilite}"
        self.initial = valeurs | self.initial

    @property
    def faits(self) -> dict[str, Any]:
        """The qualified columns."""
        gravite, _, probabilite = self.cleaned_data["risque"].partition("-")
        noms = ("intitule", "categorie", "structure", "site", "pilote")
        return {nom: self.cleaned_data[nom] for nom in noms} | {
            "gravite": int(gravite),
            "probabilite": int(probabilite),
        }

    def grille(self) -> list[dict[str, Any]]:
        """The risk grid: lines with their word, cells with rating, value and whether they are chosen."""
        choisie = self["risque"].value()
        return [
            {"mot": gravite.label.lower(), "cases": [_case(c, choisie) for c in ligne]}
            for gravite, ligne in risk_grid(self.seuils)
        ]

    def classes(self) -> list[tuple[ClasseRisque, str]]:
        """The classes of the grid, each with its range in words."""
        return describe_classes(self.seuils)


def _case(cotation: Cotation, choisie: str | None) -> dict[str, Any]:
    """One cell of the grid."""
    valeur = f"{cotation.gravite}-{cotation.probabilite}"
    return {"cotation": cotation, "valeur": valeur, "choisie": valeur == choisie}


class TexteForm(forms.Form):
    """One act with its required text: measures, conclusion, reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, libelle: str, aide: str = "", longueur: int = 2000, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["texte"] = forms.CharField(
            label=libelle, help_text=aide, max_length=longueur, widget=TexteLong(attrs={"rows": 4})
        )


class AgentForm(forms.Form):
    """Who else a report concerns."""

    agent = AgentChamp(label="Ajouter un agent", help_text=AIDE_AGENT)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agent"].user = user
