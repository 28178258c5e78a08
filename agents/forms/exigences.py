"""The demands of a post, all on one page: how often, and how much where it is measured."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from agents.enums import NiveauExigence
from agents.forms.champs import VersionField
from agents.models import ExigencePoste, TypeExigence

SANS_NIVEAU = "Dites aussi si c’est parfois ou souvent."


class ExigencesForm(forms.Form):
    """One row for each kind of demand; a row left empty is not known."""

    version = VersionField()

    def __init__(self, *args: Any, types: Sequence[TypeExigence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = types
        for type_exigence in types:
            self.fields[f"niveau_{type_exigence.pk}"] = forms.ChoiceField(
                label=type_exigence.libelle,
                choices=[("", "Non su"), *NiveauExigence.choices],
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )
            if type_exigence.unite:
                self.fields[f"valeur_{type_exigence.pk}"] = forms.DecimalField(
                    label=f"{type_exigence.libelle}, en {type_exigence.unite}",
                    required=False,
                    min_value=0,
                    max_digits=6,
                    decimal_places=1,
                    localize=True,
                    widget=forms.TextInput(attrs={"class": "form-control court", "inputmode": "decimal"}),
                )

    @staticmethod
    def initial_of(exigences: Sequence[ExigencePoste], version: int) -> dict[str, Any]:
        """Values to correct."""
        initial: dict[str, Any] = {"version": version}
        for ligne in exigences:
            initial |= {f"niveau_{ligne.type_id}": ligne.niveau, f"valeur_{ligne.type_id}": ligne.valeur}
        return initial

    def lines(self) -> Iterator[tuple[TypeExigence, Any, Any]]:
        """Each kind of demand with its two fields, for the page."""
        for type_exigence in self.types:
            valeur = f"valeur_{type_exigence.pk}"
            yield (
                type_exigence,
                self[f"niveau_{type_exigence.pk}"],
                self[valeur] if type_exigence.unite else None,
            )

    def clean(self) -> dict[str, Any]:
        """A measure without a level says nothing."""
        donnees: dict[str, Any] = super().clean() or {}
        for type_exigence in self.types:
            niveau = donnees.get(f"niveau_{type_exigence.pk}")
            valeur = donnees.get(f"valeur_{type_exigence.pk}")
            if valeur is not None and niveau in {"", NiveauExigence.JAMAIS}:
                self.add_error(f"niveau_{type_exigence.pk}", SANS_NIVEAU)
        return donnees

    def read(self) -> Mapping[int, tuple[str, Decimal | None]]:
        """Level and measure by kind of demand."""
        lues = self.cleaned_data
        return {
            t.pk: (lues[f"niveau_{t.pk}"], lues.get(f"valeur_{t.pk}") if t.unite else None)
            for t in self.types
        }
