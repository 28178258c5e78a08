"""The small lists of the personnel file that the reference data lets one edit."""

from agents.enums import FamilleAbsence
from agents.models import Collectivite, Site, TypeAbsence, TypePosition
from nouvea_sst.referentiel.catalogue import Lien, ListeEditable
from nouvea_sst.referentiel.enums import Domaine

TOUS = "presence=tous&elus=avec"
LISTES = (
    ListeEditable(
        cle="types-absence",
        titre="Types d’absence",
        nom="type d’absence",
        texte="Ce qui se choisit à la saisie d’une absence ; la famille compte dans les indicateurs.",
        modele=TypeAbsence,
        domaine=Domaine.METIER,
        champs=("code", "libelle", "famille", "compte_droits", "prolonge"),
        fixes=("code",),
        ancien="code",
        droit_nombre="agents.view_type_absence",
        emplois=("saisie des absences", "indicateurs d’absentéisme"),
        fichier="ref_type_absence.csv",
        entetes=("id ref type absence", "label"),
        neuves={"famille": FamilleAbsence.AUTRE},
    ),
    ListeEditable(
        cle="types-position",
        titre="Positions administratives",
        nom="type de position administrative",
        texte="Les codes de la paie ; un code absent d’ici fait attendre les lignes d’un import.",
        modele=TypePosition,
        domaine=Domaine.METIER,
        champs=("code", "libelle", "en_activite", "dans_effectif", "permet_visite"),
        fixes=("code",),
        ancien="code",
        droit_nombre="agents.view_type_absence",
        emplois=("carrière des agents", "import des positions"),
    ),
    ListeEditable(
        cle="sites",
        titre="Sites",
        nom="site",
        texte="Les lieux de travail, par ordre alphabétique.",
        modele=Site,
        domaine=Domaine.METIER,
        champs=("libelle", "code_ancien"),
        ordonnee=False,
        droit_nombre="agents.view_agent",
        emplois=("affectations", "signalements", "import du registre"),
        fichier="sites.csv",
        entetes=("cdlieu", "lilieu"),
    ),
    ListeEditable(
        cle="collectivites",
        titre="Collectivités",
        nom="collectivité",
        texte="Les employeurs ; leur ancien code commence les matricules longs.",
        modele=Collectivite,
        domaine=Domaine.TECHNIQUE,
        champs=("code", "libelle", "code_ancien"),
        fixes=("code", "code_ancien"),
        droit_nombre="agents.view_agent",
        emplois=("fiche des agents", "lecture des matricules", "import du registre"),
        fichier="collectivites.csv",
        entetes=("id collectivite", "lib collectivite"),
    ),
    Lien("sites", "agents.agent", "agents:liste", TOUS + "&site={}", "agents.view_agent"),
)
