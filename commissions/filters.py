"""Filters of the list of sessions."""

import django_filters as df
from django import forms

from commissions.enums import EtatSeance


def _day(borne: str, libelle: str) -> df.DateFilter:
    """One end of a period, included."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return df.DateFilter("date", borne, label=libelle, widget=widget)


class SeanceFilter(df.FilterSet):
    """Sessions, by their day."""

    etat = df.ChoiceFilter(choices=EtatSeance.choices, label="État", empty_label="Tous")
    du = _day("gte", "Du")
    au = _day("lte", "Au")
