"""What the personnel file reads of the reference data."""

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
CLES = (ABSENCE_LONGUE, AVANCE, AGE, AGE_PRESENT)
