"""Forms of letters: input → cleaned data; what the parser refuses comes back beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents.enums import ModeEnvoi
from documents.models import EnTete, Signataire
from documents.rules.gabarits import LONGUEUR_MAX, OBJET_MAX
from nouvea_sst.lib.textes_longs import TexteLong
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.forms import VersionForm, day_field

CHAMPS_ENTETE = ("organisme", "service", "adresse", "ville", "telephone", "courriel", "lieu_rendez_vous")
COURRIER_MAX = 5_000


class FormulaireLettre(VersionForm):
    """A form whose action may refuse, or find that somebody else saved meanwhile."""

    def apply(self, acte: Callable[..., Any], **arguments: Any) -> Any | None:
        """Run an action with what was typed; None when something must be corrected."""
        if not self.is_valid():
            return None
        try:
            return acte(**arguments, **self.saisie)
        except ValidationError as refus:
            self.hold(refus)
        except VersionPerimee as perimee:
            self.stale(perimee)
        return None

    @property
    def saisie(self) -> dict[str, Any]:
        """What the action takes."""
        return self.cleaned_data


class TexteForm(FormulaireLettre):
    """The text of a draft."""

    objet = forms.CharField(label="Objet", max_length=OBJET_MAX, help_text="Le titre imprimé de la lettre.")
    texte = forms.CharField(
        label="Texte",
        max_length=LONGUEUR_MAX,
        strip=False,
        widget=TexteLong(attrs={"rows": 20, "spellcheck": "true"}),
        help_text="Une ligne vide sépare deux paragraphes ; « - » en tête de ligne fait un point de liste ; "
        "**deux étoiles** mettent en gras ; un champ s’écrit {agent.nom}.",
    )

    def clean_texte(self) -> str:
        """One kind of line ends, whatever the browser sends."""
        return self.cleaned_data["texte"].replace("\r\n", "\n").replace("\r", "\n").strip("\n")


class EnTeteForm(FormulaireLettre):
    """The head of the letters."""

    organisme = forms.CharField(label="Organisme", max_length=80)
    service = forms.CharField(label="Service", max_length=120)
    adresse = forms.CharField(label="Adresse", max_length=200)
    ville = forms.CharField(label="Ville", max_length=60, help_text="« Nouméa, le… »")
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
    courriel = forms.EmailField(label="Adresse de réponse", max_length=120, required=False)
    lieu_rendez_vous = forms.CharField(label="Lieu des rendez-vous", max_length=200)
    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG ou JPEG, 1 Mo au plus ; il est redessiné à l’arrivée. Vide : rien ne change.",
    )
    sans_logo = forms.BooleanField(label="Retirer le logo", required=False)

    @property
    def saisie(self) -> dict[str, Any]:
        """What the action takes."""
        lus = self.cleaned_data
        return {
            "version": lus["version"],
            "valeurs": {nom: lus[nom] for nom in CHAMPS_ENTETE},
            "logo": lus["logo"].read() if lus["logo"] else None,
            "sans_logo": lus["sans_logo"],
        }

    @staticmethod
    def first_values(entete: EnTete) -> dict[str, Any]:
        """What the form opens with."""
        return {nom: getattr(entete, nom) for nom in (*CHAMPS_ENTETE, "version")}


class SignataireForm(FormulaireLettre):
    """Who signs, and until when."""

    version = None  # type: ignore[assignment]
    nom = forms.CharField(label="Nom", max_length=80)
    fonction = forms.CharField(label="Fonction", max_length=120)
    delegation = forms.CharField(
        label="Délégation", max_length=160, required=False, help_text="Par exemple : arrêté n° 2026/118."
    )
    date_debut = day_field("Du")
    date_fin = forms.DateField(
        label="Au", required=False, widget=day_field("").widget, help_text="Vide : sans fin connue."
    )


class CorrigerSignataireForm(SignataireForm):
    """The same, of one who stands already."""

    version = forms.IntegerField(widget=forms.HiddenInput)  # type: ignore[assignment]


class CourrierForm(forms.Form):
    """A letter of one's own words."""

    objet = forms.CharField(label="Objet", max_length=OBJET_MAX)
    texte = forms.CharField(
        label="Texte",
        max_length=COURRIER_MAX,
        widget=TexteLong(attrs={"rows": 12}),
        help_text="Une ligne vide sépare deux paragraphes. L’appel et la formule de fin sont déjà là.",
    )
    signataire = forms.ModelChoiceField(
        Signataire.objects.none(), label="Signataire", required=False, empty_label="Le signataire du jour"
    )
    mode = forms.ChoiceField(
        label="Envoi",
        initial=ModeEnvoi.PAPIER,
        choices=[(m.value, m.label) for m in (ModeEnvoi.PAPIER, ModeEnvoi.MAIN)],
    )

    def __init__(self, *args: Any, jour: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: Any = self.fields["signataire"]
        champ.queryset = Signataire.objects.on(jour)


class CasForm(forms.Form):
    """Whose case a letter is tried on."""

    agent = forms.CharField(
        label="Matricule de l’agent",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "court", "autocomplete": "off"}),
    )
