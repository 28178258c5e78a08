"""Forms of confidential notes."""

from typing import Any

from django import forms

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.textes_longs import TexteLong
from visites.forms import ChampProfessionnel, FormulaireActe, date_input
from visites.perms import readers_for

MO = 1024 * 1024
LUE_PAR = "Vous seul la lisez, et les professionnels que vous nommez."


class TexteNoteForm(FormulaireActe):
    """What a note says; nothing cuts it in the browser, a text too long comes back whole."""

    texte = forms.CharField(
        label="Note",
        strip=False,
        widget=TexteLong(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=LUE_PAR,
        error_messages={"required": "Écrivez la note : un texte vide ne se signe pas."},
    )

    def clean_texte(self) -> str:
        """One kind of line ends, so that a text sent back untouched is the same one."""
        return self.cleaned_data["texte"].replace("\r\n", "\n")


class NoteForm(TexteNoteForm):
    """A new note and its day."""

    date = forms.DateField(label="Date", widget=date_input())
    field_order: tuple[str, ...] = ("date", "texte")


class PremiereNoteForm(NoteForm):
    """A note about an agent who said his number and his name."""

    matricule = forms.CharField(label="Matricule de l’agent", max_length=20)
    nom = forms.CharField(
        label="Nom de l’agent",
        max_length=80,
        help_text="Tels que l’agent les donne : aucune liste d’agents ne vous est ouverte.",
    )
    field_order = ("matricule", "nom", "date", "texte")


class AmenderForm(TexteNoteForm):
    """A further version of a note."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PartagerForm(FormulaireActe):
    """With whom, up to which day."""

    destinataire = ChampProfessionnel(
        label="Professionnel",
        queryset=Utilisateur.objects.none(),
        error_messages={"invalid_choice": "Ce professionnel ne peut pas lire cette note."},
    )
    jusqu_au = forms.DateField(
        label="Jusqu’au",
        widget=date_input(),
        help_text="Ce jour compris ; vous pouvez retirer le partage avant.",
    )

    def __init__(self, *args: Any, user: Any, note: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destinataire"].queryset = readers_for(user, note)  # type: ignore[attr-defined]


class JoindreForm(FormulaireActe):
    """A file to join."""

    fichier = forms.FileField(
        label="Fichier",
        error_messages={"required": "Choisissez un fichier.", "empty": "Le fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, mo: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mo = mo
        self.fields[
            "fichier"
        ].help_text = f"PDF, JPEG ou PNG, {mo} Mo au plus ; jamais affiché, toujours téléchargé."

    def clean_fichier(self) -> Any:
        """Refuse before reading what is too large."""
        fichier = self.cleaned_data["fichier"]
        if fichier.size > self.mo * MO:
            raise forms.ValidationError(f"Le fichier dépasse {self.mo} Mo.")
        return fichier


class RemettreForm(FormulaireActe):
    """A second confirmation, in so many words."""

    demande = forms.BooleanField(
        label="L’agent m’a demandé cette copie",
        error_messages={"required": "Cochez cette case : une copie ne se fait qu’à la demande de l’agent."},
    )
    mains = forms.BooleanField(
        label="Je la lui remets moi-même, en mains propres",
        error_messages={"required": "Cochez cette case : cette copie ne part jamais par courriel."},
    )
