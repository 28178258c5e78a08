"""What the personnel file reads of the reference data."""

from typing import Any

from nouvea_sst.referentiel.cles import Cle, Emploi

SUJET = "Agents et absences"
ABSENCE_LONGUE = Cle(
    "agents.absence_longue",
    SUJET,
    (
        Emploi("Vue des absents de longue durée dans la liste des agents", "agents:liste"),
        Emploi("Chiffre des arrêts longs de la page d’accueil", "accueil"),
    ),
    maxi=366,
    effet="agents.effets.count_long_absences",
)
AVANCE = Cle(
    "agents.avance_absence",
    SUJET,
    (Emploi("Refus d’une absence saisie trop tôt"),),
    maxi=24,
)
AGE = Cle(
    "agents.age_embauche",
    SUJET,
    (Emploi("Refus d’une embauche trop jeune, à la saisie et à l’import"),),
    mini=14,
    maxi=21,
)
AGE_PRESENT = Cle(
    "agents.age_present",
    SUJET,
    (
        Emploi("Naissance improbable d’un agent présent, dans la qualité des données", "qualite:accueil"),
        Emploi("Avertissement à l’import d’un agent trop âgé pour être encore là", "imports:historique"),
    ),
    mini=60,
    maxi=100,
)
TOLERANCE = Cle(
    "agents.tolerance_chaine",
    SUJET,
    (Emploi("Jours à la suite, dans les absences d’un agent"),),
    mini=0,
    maxi=7,
)
PERTE_TOTALE = Cle(
    "agents.maladie_perte_totale",
    SUJET,
    (Emploi("Horloge des droits à maladie : un arrêt n’est plus payé au-delà"),),
    maxi=366,
)
FENETRE_MALADIE = Cle(
    "agents.maladie_fenetre",
    SUJET,
    (
        Emploi("Horloge des droits à maladie : mois glissants où se comptent les arrêts"),
        Emploi("Alerte avant la fin du plein ou du demi-traitement", "agents:alertes"),
    ),
    maxi=48,
    suite="agents.refresh_alertes",
)
ALERTES = "agents:alertes"


def _alerte(nom: str, emploi: str, maxi: int, **bornes: Any) -> Cle:
    return Cle(
        f"agents.alerte_{nom}",
        SUJET,
        (Emploi(emploi, ALERTES),),
        maxi=maxi,
        suite="agents.refresh_alertes",
        **bornes,
    )


AVANT_EPUISEMENT = _alerte("avant_epuisement", "Alerte avant la fin du plein ou du demi-traitement", 90)
SEUILS = tuple(
    _alerte(
        f"seuil_{rang}",
        f"{mot} seuil des alertes d’absence longue",
        365,
        superieur_a=f"agents.alerte_seuil_{rang - 1}" if rang > 1 else "",
        inferieur_a=f"agents.alerte_seuil_{rang + 1}" if rang < 3 else "",
    )
    for rang, mot in enumerate(("Premier", "Deuxième", "Troisième"), start=1)
)
REPETEES_NOMBRE = _alerte("repetees_nombre", "Absences courtes répétées : à partir de combien", 30, mini=2)
REPETEES_MOIS = _alerte("repetees_mois", "Absences courtes répétées : comptées sur combien de mois", 24)
REPETEES_JOURS = _alerte("repetees_jours", "Absences courtes répétées : courtes jusqu’à combien de jours", 30)
REGLAGES_ALERTES = (AVANT_EPUISEMENT, *SEUILS, REPETEES_NOMBRE, REPETEES_MOIS, REPETEES_JOURS)
CLES = (ABSENCE_LONGUE, AVANCE, AGE, AGE_PRESENT, TOLERANCE, PERTE_TOTALE, FENETRE_MALADIE, *REGLAGES_ALERTES)
