"""The small lists that describe an accident; where the records of this app that use an entry are shown."""

from nouvea_sst.referentiel.catalogue import Lien, ListeEditable
from nouvea_sst.referentiel.enums import Domaine
from signalements.models import MaladieProfessionnelle, SiegeLesion, TypeAccident

REPRISE = ("reprise de l’ancien logiciel",)
LISTES = (
    ListeEditable(
        cle="types-accident",
        titre="Types d’accident du travail",
        nom="type d’accident",
        texte="Ce qui a causé un accident, en mots de la CAFAT ; les codes sont ceux de l’ancien logiciel.",
        modele=TypeAccident,
        domaine=Domaine.RISQUES,
        champs=("libelle", "code_ancien"),
        droit_nombre="signalements.view_accident",
        emplois=REPRISE,
        fichier="ref_at.csv",
        entetes=("id ref accident travail", "libelle"),
    ),
    ListeEditable(
        cle="sieges-lesion",
        titre="Sièges de lésion",
        nom="siège de lésion",
        texte="La partie du corps touchée par un accident.",
        modele=SiegeLesion,
        domaine=Domaine.RISQUES,
        champs=("libelle", "code_ancien"),
        droit_nombre="signalements.view_accident",
        emplois=REPRISE,
        fichier="ref_siege.csv",
        entetes=("id ref siege lesion", "libelle"),
    ),
    ListeEditable(
        cle="maladies-professionnelles",
        titre="Maladies professionnelles",
        nom="maladie professionnelle",
        texte="Les maladies que la CAFAT reconnaît, par le code de leur tableau.",
        modele=MaladieProfessionnelle,
        domaine=Domaine.RISQUES,
        champs=("code", "libelle"),
        fixes=("code",),
        ancien="code",
        droit_nombre="signalements.view_accident",
        emplois=REPRISE,
        fichier="ref_mp.csv",
        entetes=("code", "libelle"),
    ),
    Lien(
        "sites",
        "signalements.signalement",
        "signalements:liste",
        "vue=tous&site={}",
        "signalements.view_signalement",
    ),
)
