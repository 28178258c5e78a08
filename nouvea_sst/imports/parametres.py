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
FICHIER = Cle(
    "imports.fichier_garde",
    "Imports",
    (Emploi("Fichier gardé dans l’historique des imports", "imports:historique"),),
    mini=0,
    maxi=365,
)
RELEVE = "Relève de nuit"
PASSAGE = (Emploi("Relève de nuit des fichiers du SIRH", "imports:releves"),)
RETENUE = (Emploi("Fichiers de la relève qui attendent une décision", "imports:releves"),)
HEURE = Cle("imports.releve_heure", RELEVE, PASSAGE, domaine=Domaine.TECHNIQUE, mini=0, maxi=23, decimales=2)
GARDE = Cle("imports.releve_garde", RELEVE, PASSAGE, domaine=Domaine.TECHNIQUE, maxi=60)
SILENCE = Cle(
    "imports.releve_silence", RELEVE, (Emploi("Alerte de la page d’accueil", "accueil"),), mini=1, maxi=60
)
MINIMUM = Cle("imports.releve_minimum", RELEVE, RETENUE, mini=1, maxi=1000)
REFUS = Cle("imports.releve_refus", RELEVE, RETENUE, mini=0, maxi=100)
CHANGEMENTS = Cle("imports.releve_changements", RELEVE, RETENUE, mini=0, maxi=100)
DEPARTS = Cle("imports.releve_departs", RELEVE, RETENUE, mini=0, maxi=100)
REDUCTION = Cle("imports.releve_reduction", RELEVE, RETENUE, mini=0, maxi=100)
CLES = (TAILLE, PARTANTS, FICHIER, HEURE, GARDE, SILENCE, MINIMUM, REFUS, CHANGEMENTS, DEPARTS, REDUCTION)
