"""What dashboards and the first page read of the reference data."""

from nouvea_sst.referentiel.cles import Cle, Emploi
from nouvea_sst.referentiel.enums import Domaine

SUJET = "Pilotage"
OBJECTIF_TF1 = Cle(
    "reporting.objectif_tf1",
    SUJET,
    (Emploi("Objectif de fréquence des accidents", "reporting:tableau"),),
    mini=0,
    maxi=200,
    decimales=1,
)
OBJECTIF_A_JOUR = Cle(
    "reporting.objectif_a_jour",
    SUJET,
    (Emploi("Objectif des visites à jour", "reporting:tableau"),),
    mini=0,
    maxi=100,
    decimales=1,
)
RECENTS = Cle(
    "reporting.accidents_recents",
    SUJET,
    (Emploi("Chiffre des accidents récents de la page d’accueil", "accueil"),),
    maxi=366,
)
A_FAIRE = (Emploi("« Ce que vous avez à faire », de Mon équipe", "equipe:liste"),)
PREVENIR = Cle("reporting.equipe_prevenir", SUJET, A_FAIRE, maxi=366)
MESURES = Cle("reporting.equipe_mesures", SUJET, A_FAIRE, maxi=366)
RESUME = Cle(
    "reporting.resume_heure",
    SUJET,
    (Emploi("Heure à partir de laquelle part le résumé du jour", "reporting:resume"),),
    domaine=Domaine.TECHNIQUE,
    mini=0,
    maxi=23,
)
CLES = (OBJECTIF_TF1, OBJECTIF_A_JOUR, RECENTS, PREVENIR, MESURES, RESUME)
