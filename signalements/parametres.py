"""What reports and the plan of actions read of the reference data."""

import datetime

from nouvea_sst.referentiel.cles import Cle, Emploi
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.models import Parametre
from signalements.rules.cotation import Seuils

SUJET = "Signalements et plan d’actions"
DELAI = Cle(
    "signalements.delai_qualification",
    SUJET,
    (Emploi("Date « à qualifier avant le » d’un nouveau signalement", "signalements:liste"),),
    domaine=Domaine.RISQUES,
    maxi=60,
)
FAIBLE = Cle(
    "signalements.cotation.faible",
    SUJET,
    (
        Emploi("Classe de la cotation dans la liste et sur la fiche", "signalements:liste"),
        Emploi("Grille de la qualification"),
    ),
    domaine=Domaine.RISQUES,
    maxi=15,
    inferieur_a="signalements.cotation.moyen",
    effet="signalements.effets.count_classes",
)
MOYEN = Cle(
    "signalements.cotation.moyen",
    SUJET,
    (
        Emploi("Classe de la cotation dans la liste et sur la fiche", "signalements:liste"),
        Emploi("Grille de la qualification"),
    ),
    domaine=Domaine.RISQUES,
    maxi=15,
    superieur_a="signalements.cotation.faible",
    effet="signalements.effets.count_classes",
)
BIENTOT = Cle(
    "signalements.bientot",
    SUJET,
    (Emploi("Rappel des actions qui approchent de leur échéance", "signalements:actions"),),
    domaine=Domaine.RISQUES,
    maxi=90,
)
CLES = (DELAI, FAIBLE, MOYEN, BIENTOT)


def read_seuils(jour: datetime.date) -> Seuils:
    """Return the classes of a rating in force on this day."""
    nombres = Parametre.objects.numbers_on(jour, (FAIBLE, MOYEN))
    return Seuils(int(nombres[FAIBLE.code]), int(nombres[MOYEN.code]))
