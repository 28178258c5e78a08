"""Many jobs, for the tests of lists."""

from datetime import timedelta

from django.utils import timezone

from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from tests.fabriques import compte


def fill_travaux(nombre):
    """Make jobs of one account, of every state."""
    demandeur, instant = compte("chef"), timezone.now()
    Travail.objects.bulk_create(
        Travail(
            intitule=f"Dossier {rang}",
            demandeur=demandeur,
            etat=EtatTravail.values[rang % 5],
            commence_le=instant - timedelta(seconds=rang),
            fini_le=instant,
            annonce_le=instant,
        )
        for rang in range(nombre)
    )
