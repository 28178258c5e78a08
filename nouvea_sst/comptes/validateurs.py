"""What is asked of a new password, in the words of the house."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from nouvea_sst.comptes.rules.mots_de_passe import is_made_of, is_repetition, is_sequence

MOTS = Path(__file__).parent / "donnees" / "mots_refuses.txt"


@lru_cache(maxsize=1)
def refused_words() -> tuple[str, ...]:
    """Return the French usual words and those of the house."""
    lignes = MOTS.read_text(encoding="utf8").splitlines()
    return tuple(ligne.strip() for ligne in lignes if ligne.strip() and not ligne.startswith("#"))


class LongueurValidator(MinimumLengthValidator):
    """Refuses fewer characters than the minimum."""

    def get_error_message(self) -> str:
        """Say how many, and what to do."""
        return f"Il faut au moins {self.min_length} caractères : ajoutez des mots."


class CourantValidator(CommonPasswordValidator):
    """Refuses the passwords that the most people use."""

    def get_error_message(self) -> str:
        """Say why."""
        return "Ce mot de passe est l’un des plus employés : quelqu’un l’essaierait d’abord."


class RessemblanceValidator(UserAttributeSimilarityValidator):
    """Refuses what resembles one’s own name, account name or address."""

    def get_error_message(self) -> str:
        """Say to what."""
        return "Ce mot de passe ressemble trop à votre nom, à votre identifiant ou à votre adresse."


class NeufValidator:
    """Refuses the password that the account has already."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if user is not None and user.password and check_password(password, user.password):
            raise ValidationError("C’est votre mot de passe actuel : choisissez-en un autre.", code="actuel")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "Un autre que l’actuel."


class MotsUsuelsValidator:
    """Refuses what is made of usual words, of the house's words or of one's own name."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        propres = [getattr(user, champ, "") or "" for champ in ("first_name", "last_name", "username")]
        if is_made_of(password, [*refused_words(), *propres]):
            raise ValidationError(
                "Ce mot de passe n’est fait que de mots usuels, de mots de la maison ou de votre nom : "
                "ajoutez des mots que rien ne relie.",
                code="mots_usuels",
            )

    def get_help_text(self) -> str:
        """Say what to do."""
        return "Une phrase de plusieurs mots sans rapport entre eux convient."


class SuitesValidator:
    """Refuses repetitions and sequences of the keyboard."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        if is_repetition(password) or is_sequence(password):
            raise ValidationError("Ce mot de passe répète un motif ou suit l’ordre du clavier.", code="suite")

    def get_help_text(self) -> str:
        """Say what to avoid."""
        return "Ni répétition, ni suite du clavier."
