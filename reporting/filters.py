"""Filters of the list of packs."""

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from commissions.models import Seance
from reporting.models import Edition

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}


def seances_of(request: HttpRequest) -> QuerySet:
    """Sessions that this account sees, and those that a pack names: some open packs and see no session."""
    faites = Edition.objects.visible_to(request.user).filter(seance__isnull=False)
    vues = Seance.objects.visible_to(request.user)
    return Seance.objects.filter(Q(pk__in=vues.values("pk")) | Q(pk__in=faites.values("seance")))


class EditionFilter(df.FilterSet):
    """Packs by session and by period."""

    seance = df.ModelChoiceFilter(queryset=seances_of, label="Séance", empty_label="Toutes")
    du = df.DateFilter("fin", "gte", label="Période du", widget=forms.DateInput(attrs=JOUR))
    au = df.DateFilter("debut", "lte", label="au", widget=forms.DateInput(attrs=JOUR))

    class Meta:
        model = Edition
        fields: list[str] = []
