"""What visits may take from the files of the former software, declared as data."""

from visites.imports.medecins import CIBLE_MEDECINS
from visites.imports.restrictions import CIBLE_RESTRICTIONS
from visites.imports.visites import CIBLE_VISITES

__all__ = ["CIBLE_MEDECINS", "CIBLE_RESTRICTIONS", "CIBLE_VISITES"]
