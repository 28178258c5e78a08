"""What visits and due dates read of the reference data."""

import datetime
from collections.abc import Mapping
from typing import Any

from nouvea_sst.referentiel.cles import Cle, Emploi, seed_of
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.models import Parametre
from visites.enums import Declencheur
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
INITIALE_RENFORCE = Cle(
    "visites.delai_initiale.renforce",
    ECHEANCES,
    (LISTE, PREUVE),
    Domaine.MEDICAL,
    mini=0,
    maxi=24,
    effet=MOVED,
    suite=CALCUL,
)
DISPENSE_RENFORCE = Cle(
    "visites.dispense_initiale.renforce",
    ECHEANCES,
    (LISTE, PREUVE),
    Domaine.MEDICAL,
    mini=0,
    maxi=120,
    effet=MOVED,
    suite=CALCUL,
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
HORIZON_DEMANDE = Cle(
    "visites.horizon_demande",
    RENDEZ_VOUS,
    (Emploi("Refus d’une visite souhaitée trop tard"),),
    Domaine.MEDICAL,
    maxi=60,
)
CAPACITE = Cle(
    "visites.capacite_mois",
    RENDEZ_VOUS,
    (Emploi("Mois qui débordent, à l’essai d’une règle de visite", "visites:regles"),),
    Domaine.MEDICAL,
    maxi=2000,
)
EXCUSE_COMPTEE = Cle(
    "visites.excuse_comptee",
    RENDEZ_VOUS,
    (Emploi("Compte des rendez-vous manqués, et numéro de la relance"),),
    Domaine.MEDICAL,
    mini=0,
    maxi=1,
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
APPLICATION = "Restrictions à appliquer"
ENGAGEMENTS = Emploi("Liste des restrictions à appliquer", "visites:restrictions")
DELAI = Cle(
    "visites.engagement_delai",
    APPLICATION,
    (Emploi("Jour avant lequel une restriction signée s’applique"), ENGAGEMENTS),
    Domaine.MEDICAL,
    maxi=366,
)
RAPPEL = Cle(
    "visites.engagement_rappel",
    APPLICATION,
    (Emploi("Rappel avant la fin d’une restriction"), ENGAGEMENTS),
    Domaine.MEDICAL,
    maxi=366,
)
CONFIDENTIELLES = "Notes confidentielles"
NOTES = Cle(
    "visites.notes_ouvertes",
    CONFIDENTIELLES,
    (
        Emploi("Onglet Notes de l’agent : 1 l’ouvre, 0 n’en laisse que la copie à remettre"),
        Emploi("Notes du psychologue", "visites:mes_notes"),
    ),
    Domaine.MEDICAL,
    mini=0,
    maxi=1,
)
PIECE = Cle(
    "visites.notes_piece_mo",
    CONFIDENTIELLES,
    (Emploi("Refus d’un fichier trop grand joint à une note"),),
    Domaine.MEDICAL,
    maxi=20,
)
PARTAGE = Cle(
    "visites.notes_partage_mois",
    CONFIDENTIELLES,
    (Emploi("Dernier jour du partage d’une note"),),
    Domaine.MEDICAL,
    maxi=60,
)
REGLES = (SIMPLE, SIMPLE_F, ADAPTE, RENFORCE, INITIALE, INITIALE_RENFORCE, DISPENSE_RENFORCE)
# What the rules of visits read beside their own columns.
LUES_PAR = {
    Declencheur.NOUVEL_ARRIVANT: (INITIALE, INITIALE_RENFORCE),
    Declencheur.SANS_VISITE: (INITIALE, INITIALE_RENFORCE),
    Declencheur.PERIODIQUE: (SIMPLE, SIMPLE_F),
    Declencheur.ADAPTE: (ADAPTE, SIMPLE, SIMPLE_F),
    Declencheur.RENFORCE: (RENFORCE, SIMPLE, SIMPLE_F, INITIALE_RENFORCE, DISPENSE_RENFORCE),
}
CRENEAUX = (PREMIER, DERNIER, PAS)
VALIDITES = (COURTE, MOYENNE, LONGUE)
CLES = (
    *REGLES,
    BIENTOT,
    A_VENIR,
    *VALIDITES,
    HORIZON,
    HORIZON_DEMANDE,
    CAPACITE,
    EXCUSE_COMPTEE,
    *CRENEAUX,
    DELAI,
    RAPPEL,
    NOTES,
    PIECE,
    PARTAGE,
)


def read_plage(jour: datetime.date) -> Plage:
    """Return the hours at which a visit may begin on this day."""
    nombres = Parametre.objects.numbers_on(jour, CRENEAUX)
    return Plage(hour_of(nombres[PREMIER.code]), hour_of(nombres[DERNIER.code]), int(nombres[PAS.code]))


def read_validites(jour: datetime.date, lues: Mapping[str, Any] | None = None) -> list[int]:
    """Return the months that a conclusion offers, shortest first.

    `lues`: the values of these keys by code, when they are read already; the seed's of one that lacks.
    """
    if lues is None:
        return sorted({int(mois) for mois in Parametre.objects.numbers_on(jour, VALIDITES).values()})
    return sorted({lues[cle.code].mois if cle.code in lues else int(seed_of(cle.code)) for cle in VALIDITES})


def notes_open(jour: datetime.date) -> bool:
    """Whether confidential notes are written and read on this day; else only their copy is handed over."""
    return Parametre.objects.number_on(jour, NOTES) == 1
