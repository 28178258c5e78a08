"""Dated reference data."""

from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    """Thresholds, periodicities, rates, holidays: values with a date of effect and a source."""

    name = "nouvea_sst.referentiel"
    label = "referentiel"
    verbose_name = "Référentiel"
