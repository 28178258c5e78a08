"""An agent and his affectations."""

import re
from typing import Any

from django import forms

from agents.backends import is_held_to_collectivites
from agents.enums import Civilite, Sexe, Statut
from agents.forms.champs import JourField, StructureField, VersionField
from agents.models import Agent, Collectivite, Structure
from agents.rules.matricule import MatriculeInvalide, parse_matricule

VIDE = "Non renseigné"


def optional(choix: type[Any]) -> list[tuple[str, str]]:
    """Choices that may stay empty."""
    return [("", VIDE), *choix.choices]


def _digits(texte: str, refus: str) -> str:
    """Return a number without its spaces. Raises ValidationError when anything else than digits is left."""
    chiffres = re.sub(r"\s", "", texte)
    if chiffres and not re.fullmatch(r"[0-9]+", chiffres):
        raise forms.ValidationError(refus)
    return chiffres


class AgentForm(forms.Form):
    """What one types of an agent; the action checks what no field can check alone."""

    civilite = forms.ChoiceField(label="Civilité", required=False, choices=optional(Civilite))
    nom = forms.CharField(label="Nom d’usage", max_length=80)
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom_naissance = forms.CharField(
        label="Nom de naissance", max_length=80, required=False, help_text="S’il diffère du nom d’usage."
    )
    sexe = forms.ChoiceField(label="Sexe", required=False, choices=optional(Sexe))
    date_naissance = JourField(label="Date de naissance", required=False)
    matricule = forms.CharField(
        label="Matricule",
        max_length=12,
        required=False,
        help_text="4127, 9004127 ou 904127 : les trois formes sont comprises.",
    )
    collectivite = forms.ModelChoiceField(
        label="Collectivité", required=False, empty_label=VIDE, queryset=Collectivite.objects.none()
    )
    id_tiarhe = forms.CharField(label="Matricule Tiarhé", max_length=15, required=False)
    num_cafat = forms.CharField(label="N° CAFAT", max_length=15, required=False, help_text="Des chiffres.")
    num_ruamm = forms.CharField(label="N° RUAMM", max_length=15, required=False, help_text="Des chiffres.")
    statut = forms.ChoiceField(label="Statut", required=False, choices=optional(Statut))
    code_categorie = forms.IntegerField(
        label="Catégorie de carrière",
        required=False,
        min_value=1,
        max_value=99,
        help_text="Code du SIRH. S’il est rempli, le statut et « élu » en découlent.",
    )
    est_elu = forms.BooleanField(
        label="Membre élu du conseil municipal",
        required=False,
        help_text="Hors du suivi médical, des effectifs et des indicateurs.",
    )
    date_embauche = JourField(label="Dernière embauche", required=False)
    date_depart = JourField(label="Départ", required=False, help_text="Dernier jour de présence.")
    courriel = forms.EmailField(label="Courriel professionnel", required=False)
    telephone = forms.CharField(label="Téléphone professionnel", max_length=20, required=False)
    homonyme_confirme = forms.BooleanField(label="C’est bien une autre personne", required=False)

    def offer_collectivites(self, user: Any, tenue: Collectivite | None = None) -> None:
        """Offer the employers that the account reaches; one held to its own must choose among them."""
        choix = self.fields["collectivite"]
        choix.queryset = Collectivite.objects.visible_to(user).offered(tenue.pk if tenue else None)
        self.bornee = is_held_to_collectivites(user)
        if self.bornee:
            choix.required, choix.empty_label = True, "Choisissez"

    def clean_nom(self) -> str:
        """Single spaces."""
        return " ".join(self.cleaned_data["nom"].split())

    def clean_prenom(self) -> str:
        """Single spaces."""
        return " ".join(self.cleaned_data["prenom"].split())

    def clean_matricule(self) -> str:
        """Keep the payroll number, whatever the form typed; remember the collectivité that it names."""
        texte = self.cleaned_data["matricule"]
        if not texte:
            return ""
        try:
            lu = parse_matricule(texte)
        except MatriculeInvalide as refus:
            raise forms.ValidationError(str(refus)) from None
        self.prefixe_lu = lu.prefixe
        return lu.numero

    def clean_collectivite(self) -> Collectivite | None:
        """The one chosen, else the one that the matricule names; refuse two that differ."""
        choisie, prefixe = self.cleaned_data["collectivite"], getattr(self, "prefixe_lu", "")
        if not prefixe:
            return choisie
        nommee = Collectivite.objects.filter(code_ancien=prefixe).first()
        if choisie and nommee and choisie != nommee:
            if self.bornee:
                raise forms.ValidationError("Le matricule saisi est celui d’une autre collectivité.")
            raise forms.ValidationError(f"Le matricule saisi est celui d’un agent : {nommee}.")
        return choisie or nommee

    def clean_num_cafat(self) -> str:
        """Digits, typed with or without spaces."""
        return _digits(self.cleaned_data["num_cafat"], "Un numéro CAFAT ne compte que des chiffres.")

    def clean_num_ruamm(self) -> str:
        """Digits, typed with or without spaces."""
        return _digits(self.cleaned_data["num_ruamm"], "Un numéro RUAMM ne compte que des chiffres.")

    def agent_fields(self) -> dict[str, Any]:
        """Values for the action."""
        autres = {"version", "homonyme_confirme", *AffectationForm.base_fields}
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in autres}

    @staticmethod
    def initial_of(agent: Agent) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(agent, nom, None) for nom in [*AgentForm.base_fields, "version"]}


class AgentCorrectionForm(AgentForm):
    """An agent that exists."""

    version = VersionField()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_collectivites(user, self.initial.get("collectivite"))


class AffectationForm(forms.Form):
    """Where an agent works, on what post, from when."""

    structure = StructureField(label="Structure", empty_label="Choisissez", queryset=Structure.objects.none())
    intitule_poste = forms.CharField(
        label="Poste",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "postes", "autocomplete": "off"}),
        help_text="Choisissez un poste connu ; un nouvel intitulé est ajouté avec un suivi simple.",
    )
    libelle_site = forms.CharField(
        label="Site",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "sites", "autocomplete": "off"}),
        help_text="Choisissez un site connu ; un nouveau nom est ajouté à la liste des sites.",
    )
    date_debut = JourField(label="Début")
    date_fin = JourField(label="Fin", required=False, help_text="Dernier jour ; vide si elle court encore.")
    temps_travail = forms.IntegerField(
        label="Temps de travail, en %", min_value=1, max_value=100, initial=100
    )

    def __init__(self, *args: Any, user: Any, jour: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = Structure.objects.visible_to(user).open_on(jour)

    def affectation_fields(self) -> dict[str, Any]:
        """Values for the action."""
        return {nom: self.cleaned_data[nom] for nom in AffectationForm.base_fields}


class AffectationCorrectionForm(AffectationForm):
    """An affectation that exists; its structure may be closed since."""

    version = VersionField()

    def __init__(self, *args: Any, affectation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = self.fields["structure"].queryset
        self.fields["structure"].queryset = choix | Structure.objects.filter(pk=affectation.structure_id)

    @staticmethod
    def initial_of(affectation: Any) -> dict[str, Any]:
        """Values to correct."""
        return {
            "structure": affectation.structure,
            "intitule_poste": str(affectation.poste or ""),
            "libelle_site": str(affectation.site or ""),
            "date_debut": affectation.date_debut,
            "date_fin": affectation.date_fin,
            "temps_travail": affectation.temps_travail,
            "version": affectation.version,
        }


class AgentAjoutForm(AgentForm, AffectationForm):
    """A new agent, with his first affectation if its structure is chosen."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.offer_collectivites(user)
        for nom in ("structure", "date_debut", "temps_travail"):
            self.fields[nom].required = False
        self.fields["structure"].empty_label = "Sans affectation pour l’instant"
        self.fields["date_debut"].help_text = "Vide : le jour de l’embauche."

    def clean(self) -> dict[str, Any]:
        """Begin the affectation on the day of hire unless another day is typed."""
        valeurs = super().clean() or self.cleaned_data
        if valeurs.get("structure"):
            valeurs["date_debut"] = valeurs.get("date_debut") or valeurs.get("date_embauche")
            valeurs["temps_travail"] = valeurs.get("temps_travail") or 100
            if not valeurs["date_debut"] and not {"date_debut", "date_embauche"} & set(self.errors):
                self.add_error("date_debut", "Indiquez le premier jour, ou la date d’embauche.")
        elif valeurs.get("intitule_poste") or valeurs.get("libelle_site"):
            self.add_error("structure", "Choisissez la structure de ce poste.")
        return valeurs
