"""What every form of the personnel file does: run the act, show what it refuses beside the fields."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from nouvea_sst.lib.versions import Ecart, VersionPerimee, compare_texts


def attempt(form: Any, act: Callable[[], Any], stored: Callable[[Any], dict[str, Any]] | None = None) -> bool:
    """Run the act of a valid form; whether it was done.

    Its refusals go into the form. After another's correction the form keeps what was typed, takes the new
    version, and form.conflit holds both texts; `stored` gives the record's values as the form names them.
    """
    try:
        act()
    except ValidationError as refus:
        add_errors(form, refus)
    except VersionPerimee as perime:
        form.conflit = differences(form, stored(perime.objet) if stored else {})
        form.data = form.data.copy()
        form.data["version"] = perime.objet.version  # type: ignore[attr-defined]
    else:
        return True
    return False


def add_errors(form: BaseForm, refus: ValidationError) -> None:
    """Put each refusal beside its field; those of fields that the form lacks go on top."""
    par_champ = refus.message_dict if hasattr(refus, "error_dict") else {NON_FIELD_ERRORS: refus.messages}
    for nom, messages in par_champ.items():
        for message in messages:
            form.add_error(nom if nom in form.fields else None, message)


def differences(form: Any, enregistre: dict[str, Any]) -> list[Ecart]:
    """Return the typed fields that differ from the record's values."""
    return compare_texts(form, type("Enregistre", (), enregistre)())
