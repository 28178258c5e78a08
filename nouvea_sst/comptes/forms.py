"""What is typed about accounts."""

import re
from typing import Any

from allauth.account.forms import ChangePasswordForm, PasswordVerificationMixin
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError

from nouvea_sst.comptes.actions.comptes import CHAMPS
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur

CONSEIL = "16 caractères au moins. Une phrase de plusieurs mots sans rapport entre eux convient."
DIFFERENTS = "Les deux mots de passe ne sont pas les mêmes."
_IDENTIFIANT = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class IdentiteForm(forms.Form):
    """Who the account is."""

    last_name = forms.CharField(label="Nom", max_length=150)
    first_name = forms.CharField(label="Prénom", max_length=150)
    fonction = forms.CharField(
        label="Fonction affichée",
        max_length=120,
        required=False,
        help_text="Elle paraît sous le nom. Sans elle, c’est le nom du rôle.",
    )

    email = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Celle de la personne, à la Ville. Ses liens de mot de passe y partent, et nulle part "
        "ailleurs ; ce qui est fait sur son compte lui y est dit.",
    )

    def identity_fields(self) -> dict[str, str]:
        """Values for the action."""
        return {nom: self.cleaned_data[nom] for nom in (*CHAMPS, "email") if nom in self.cleaned_data}


class InvitationForm(IdentiteForm):
    """A new account: it has no password until its owner chooses one."""

    identifiant = forms.CharField(
        label="Identifiant",
        max_length=60,
        help_text="Celui de la session Windows de la personne, par exemple 904127.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    role = forms.ChoiceField(label="Rôle", choices=[("", "Choisissez"), *Role.choices])
    field_order = ["identifiant", "last_name", "first_name", "email", "role", "fonction"]

    def clean_identifiant(self) -> str:
        """Lower case, letters and digits without accents."""
        identifiant = self.cleaned_data["identifiant"].strip().lower()
        if not _IDENTIFIANT.fullmatch(identifiant):
            raise ValidationError(
                "Trois caractères au moins : lettres sans accent, chiffres, point, tiret ou trait bas."
            )
        return identifiant


class CorrectionForm(IdentiteForm):
    """The identity of an account that exists."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, avec_adresse: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not avec_adresse:
            del self.fields["email"]

    @staticmethod
    def initial_of(compte: Utilisateur) -> dict[str, Any]:
        """Values to correct."""
        return {nom: getattr(compte, nom) for nom in [*CHAMPS, "email", "version"]}


class RoleForm(forms.Form):
    """Another role."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(label="Nouveau rôle")

    def __init__(self, *args: Any, compte: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        autres = [(cle, mot) for cle, mot in Role.choices if cle != compte.role]
        self.fields["role"].choices = [("", "Choisissez"), *autres]


class ChoisirMotDePasseForm(SetPasswordForm):
    """A password that its owner chooses, in our words."""

    error_messages = SetPasswordForm.error_messages | {"password_mismatch": DIFFERENTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_field(self, "new_password1", "Mot de passe", CONSEIL)
        word_field(self, "new_password2", "Le même, une seconde fois")

    def validate_password_for_user(self, user: Any, *args: Any, **kwargs: Any) -> None:
        """Say what is wrong beside the password, not beside its repetition."""
        super().validate_password_for_user(user, "new_password1")


class ChangerMotDePasseForm(ChangePasswordForm):
    """Another password for one's own account, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_field(self, "oldpassword", "Mot de passe actuel")
        word_field(self, "password1", "Nouveau mot de passe", CONSEIL)
        word_field(self, "password2", "Le nouveau, une seconde fois")

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        donnees = super(PasswordVerificationMixin, self).clean() or {}
        premier, second = donnees.get("password1"), donnees.get("password2")
        if premier and second and premier != second:
            self.add_error("password2", DIFFERENTS)
        return donnees


def word_field(form: forms.Form, nom: str, libelle: str, aide: str = "") -> None:
    """Give a field of a library's form our words beside it, and none inside."""
    champ = form.fields[nom]
    champ.label, champ.help_text = libelle, aide
    champ.widget.attrs.pop("placeholder", None)
