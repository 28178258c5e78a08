"""What visits and due dates read of the reference data."""

import datetime

from nouvea_sst.referentiel.cles import Cle, Emploi
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.models import Parametre
from visites.rules.placement import Plage, hour_of

ECHEANCES, RENDEZ_VOUS = "Échéances de visite", "Rendez-vous"
CALCUL = "visites.refresh_suivis"
MOVED = "visites.effets.count_moved"
LISTE = Emploi("Échéance de chaque agent suivi", "visites:liste")
PREUVE = Emploi("Explication « Pourquoi » d’une échéance")
PROPOSEE = Emploi("Prochaine visite proposée à la conclusion")


def _periodicity(code: str) -> Cle:
    return Cle(
        code, ECHEANCES, (LISTE, PREUVE, PROPOSEE), Domaine.MEDICAL, effet=MOVED, suite=CALCUL, maxi=120
    )


SIMPLE = _periodicity("visites.periodicite.simple")
SIMPLE_F = _periodicity("visites.periodicite.simple.F")
ADAPTE = _periodicity("visites.periodicite.adapte")
RENFORCE = _periodicity("visites.periodicite.renforce")
INITIALE = Cle(
    "visites.delai_initiale", ECHEANCES, (LISTE, PREUVE), Domaine.MEDICAL, maxi=24, effet=MOVED, suite=CALCUL
)
BIENTOT = Cle(
    "visites.bientot",
    ECHEANCES,
    (Emploi("Marque « bientôt » d’une échéance", "visites:liste"),),
    Domaine.MEDICAL,
    mini=0,
)
A_VENIR = Cle(
    "visites.a_venir",
    ECHEANCES,
    (
        Emploi("Vue des échéances proches", "visites:liste"),
        Emploi("Chiffre des visites proches de la page d’accueil", "accueil"),
        Emploi("Visites proches d’une équipe", "equipe:liste"),
    ),
    Domaine.MEDICAL,
    maxi=366,
    effet="visites.effets.count_coming",
)
COURTE, MOYENNE, LONGUE = (
    Cle(
        f"visites.validite.{nom}",
        RENDEZ_VOUS,
        (Emploi("Durées « Revoir dans » proposées à la conclusion"),),
        Domaine.MEDICAL,
        superieur_a=f"visites.validite.{avant}" if avant else "",
        inferieur_a=f"visites.validite.{apres}" if apres else "",
    )
    for nom, avant, apres in (
        ("courte", "", "moyenne"),
        ("moyenne", "courte", "longue"),
        ("longue", "moyenne", ""),
    )
)
HORIZON = Cle(
    "visites.horizon_placement",
    RENDEZ_VOUS,
    (Emploi("Refus d’une visite placée trop loin"),),
    Domaine.MEDICAL,
)
HORAIRES = (Emploi("Heures proposées pour placer une visite"), Emploi("Refus d’une heure hors de la journée"))
PREMIER = Cle(
    "visites.premier_creneau",
    RENDEZ_VOUS,
    HORAIRES,
    Domaine.MEDICAL,
    mini=5,
    maxi=20,
    decimales=2,
    inferieur_a="visites.dernier_creneau",
    effet="visites.effets.count_out_of_hours",
)
DERNIER = Cle(
    "visites.dernier_creneau",
    RENDEZ_VOUS,
    HORAIRES,
    Domaine.MEDICAL,
    mini=5,
    maxi=20,
    decimales=2,
    superieur_a="visites.premier_creneau",
    effet="visites.effets.count_out_of_hours",
)
PAS = Cle("visites.pas_creneau", RENDEZ_VOUS, HORAIRES, Domaine.MEDICAL, mini=5, maxi=120)
REGLES = (SIMPLE, SIMPLE_F, ADAPTE, RENFORCE, INITIALE)
CRENEAUX = (PREMIER, DERNIER, PAS)
VALIDITES = (COURTE, MOYENNE, LONGUE)
CLES = (*REGLES, BIENTOT, A_VENIR, *VALIDITES, HORIZON, *CRENEAUX)


def read_plage(jour: datetime.date) -> Plage:
    """Return the hours at which a visit may begin on this day."""
    nombres = Parametre.objects.numbers_on(jour, CRENEAUX)
    return Plage(hour_of(nombres[PREMIER.code]), hour_of(nombres[DERNIER.code]), int(nombres[PAS.code]))


def read_validites(jour: datetime.date) -> list[int]:
    """Return the months that a conclusion offers, shortest first."""
    return sorted({int(mois) for mois in Parametre.objects.numbers_on(jour, VALIDITES).values()})
