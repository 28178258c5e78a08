"""Rows in number for the tests that count the SQL of lists."""

from typing import Any

from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Retrait, Utilisateur
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


def fill_comptes(nombre: int) -> dict[str, Any] | None:
    """Make accounts of every role and state by one statement."""
    roles = Role.values
    Utilisateur.objects.bulk_create(
        Utilisateur(
            username=f"compte{rang}",
            first_name="Jean",
            last_name=f"Nom {rang}",
            role=roles[rang % len(roles)],
            password="!" if rang % 2 else "md5$x$y",
            approuve_le=timezone.now() if rang % 3 else None,
        )
        for rang in range(nombre)
    )
    return None
