"""Filters of the list of jobs."""

import django_filters as df

from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail


class TravailFilter(df.FilterSet):
    """Jobs by their state."""

    etat = df.ChoiceFilter(choices=EtatTravail.choices, label="État", empty_label="Tous")

    class Meta:
        model = Travail
        fields: list[str] = []
