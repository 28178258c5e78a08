"""Filters of the list of sessions."""

import django_filters as df
from django import forms

from commissions.enums import EtatSeance

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


class SeanceFilter(df.FilterSet):
    """Sessions, by their day."""

    etat = df.ChoiceFilter(choices=EtatSeance.choices, label="État")
    du = df.DateFilter("date", "gte", label="Du", widget=forms.DateInput(attrs=JOUR))
    au = df.DateFilter("date", "lte", label="au", widget=forms.DateInput(attrs=JOUR))
