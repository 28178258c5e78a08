"""Rows in number for the tests that count the SQL of lists."""

from nouvea_sst.comptes.models import Retrait
from tests.fabriques import compte


def fill_corbeille(nombre):
    """Absences taken away, each by somebody else."""
    comptes = [compte("rh") for _ in range(nombre if nombre < 50 else 50)]
    Retrait.objects.bulk_create(
        Retrait(
            modele="agents.absence",
            cle=str(n),
            libelle=f"Absence {n}",
            donnees={},
            droit="agents.change_absence",
            adresse="/",
            retire_par=comptes[n % len(comptes)],
        )
        for n in range(nombre)
    )
