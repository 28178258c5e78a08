"""Filters of the list of packs."""

import django_filters as df
from django import forms

from commissions.models import Seance
from reporting.models import Edition

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


class EditionFilter(df.FilterSet):
    """Packs by session and by period."""

    seance = df.ModelChoiceFilter(queryset=Seance.objects.all(), label="Séance", empty_label="Toutes")
    du = df.DateFilter("fin", "gte", label="Période du", widget=forms.DateInput(attrs=JOUR))
    au = df.DateFilter("debut", "lte", label="au", widget=forms.DateInput(attrs=JOUR))

    class Meta:
        model = Edition
        fields: list[str] = []
