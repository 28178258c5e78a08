"""Rows of the list of packs, in bulk."""

import datetime

from reporting.models import Edition
from tests.fabriques import compte
from tests.reporting import factories as f


def fill_editions(nombre: int) -> None:
    """Make that many editions of as many sessions."""
    seances = f.Seance.objects.bulk_create(f.SeanceFactory.build_batch(nombre))
    auteur = compte()
    Edition.objects.bulk_create(
        Edition(
            seance=seance,
            debut=datetime.date(2026, 1, 1),
            fin=datetime.date(2026, 6, 30),
            arretee_le=datetime.date(2026, 7, 1),
            rang=1,
            chiffres={},
            pdf=b"%PDF",
            sha256="0" * 64,
            pages=1,
            faite_par=auteur,
        )
        for seance in seances
    )
