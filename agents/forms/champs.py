"""Fields that several forms of the personnel file share."""

from typing import Any

from django import forms

from agents.models import Structure

CADRATIN = "\u2003"


class JourField(forms.DateField):
    """A day, typed: 24/11/2026, 24-11-26…"""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "date", "placeholder": "jj/mm/aaaa", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=forms.DateInput(attrs=attrs), **kwargs)


class StructureField(forms.ModelChoiceField):
    """A structure, shown under those it depends on."""

    def label_from_instance(self, obj: Structure) -> str:
        """Indent by depth, with em spaces: the browser drops plain ones."""
        return f"{CADRATIN * max(0, obj.profondeur - 1)}{obj}"


class VersionField(forms.IntegerField):
    """The version that the form was filled from."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=True)
