"""Filters of the list of sessions."""

import django_filters as df

from commissions.enums import EtatSeance
from signalements.filters import day_filter


class SeanceFilter(df.FilterSet):
    """Sessions, by their day."""

    etat = df.ChoiceFilter(choices=EtatSeance.choices, label="État", empty_label="Tous")
    du = day_filter("date", "gte", "Du")
    au = day_filter("date", "lte", "Au")
