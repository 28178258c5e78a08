"""What the journal reads of the reference data."""

from nouvea_sst.referentiel.cles import Cle, Emploi

TAILLE = Cle(
    "journal.examen_taille",
    "Journal",
    (Emploi("Nombre de consultations tirées pour l’examen annuel", "journal:examens"),),
    mini=5,
    maxi=500,
)
CLES = (TAILLE,)
