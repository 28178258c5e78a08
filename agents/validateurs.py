"""What the personnel file adds to the questions asked of a new password."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from nouvea_sst.comptes.rules.mots_de_passe import holds_number


class MatriculeValidator:
    """Refuses one's own matricule with next to nothing around it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError."""
        try:
            matricule = user.agent.matricule or ""
        except (AttributeError, ObjectDoesNotExist):
            return
        if holds_number(password, matricule):
            raise ValidationError("Ce mot de passe tient surtout dans votre matricule.", code="matricule")

    def get_help_text(self) -> str:
        """Say what to avoid."""
        return "Votre matricule n’y suffit pas."
