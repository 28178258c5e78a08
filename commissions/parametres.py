"""What the sessions read of the reference data."""

from nouvea_sst.referentiel.cles import Cle, Emploi

AVANT_SEANCE = Cle(
    "commissions.avant_seance",
    "Commissions",
    (Emploi("Rappel de l’ordre du jour et du dossier sur la page d’accueil", "accueil"),),
    maxi=90,
)
CLES = (AVANT_SEANCE,)
