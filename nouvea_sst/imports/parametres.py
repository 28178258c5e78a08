"""What the imports read of the reference data."""

from nouvea_sst.referentiel.cles import Cle, Emploi
from nouvea_sst.referentiel.enums import Domaine

TAILLE = Cle(
    "imports.taille_max",
    "Imports",
    (Emploi("Refus d’un fichier trop lourd au dépôt", "imports:historique"),),
    domaine=Domaine.TECHNIQUE,
    maxi=30,
)
PARTANTS = Cle(
    "imports.partants_max",
    "Imports",
    (Emploi("Refus d’un registre qui ferait partir trop de monde", "imports:historique"),),
    maxi=100,
)
CLES = (TAILLE, PARTANTS)
