"""The small lists of visits that the reference data lets one edit."""

from nouvea_sst.referentiel.catalogue import ListeEditable
from nouvea_sst.referentiel.enums import Domaine
from visites.models import MedecinRepris, Motif, TypeRestriction

LISTES = (
    ListeEditable(
        cle="motifs",
        titre="Motifs de visite",
        nom="motif",
        texte="Pourquoi une visite se tient ; le libellé public est ce que lisent les autres et le papier.",
        modele=Motif,
        domaine=Domaine.MEDICAL,
        champs=("code", "libelle", "libelle_public", "code_ancien"),
        fixes=("code",),
        code_propose="code",
        aides={
            "code": "Un nom court pour les échanges de fichiers ; il ne change plus. "
            "Laissez vide : il sera fait à partir du libellé.",
            "libelle": "Ce que lisent les soignants, la section et l’agent.",
            "libelle_public": "Ce que lisent tous les autres, et ce qu’impriment la convocation et le "
            "certificat. N’y mettez rien qui laisse deviner l’état de santé ni qui a demandé la visite : "
            "« À la demande », « Visite de reprise ».",
            "code_ancien": "Son numéro dans l’ancien logiciel, s’il en avait un.",
        },
        droit_nombre="visites.view_suivi",
        emplois=("placement d’une visite", "convocation", "certificat"),
        fichier="motifs_vm.csv",
        entetes=("id motif vm", "lib motif vm"),
        neuves={"libelle_public": "Visite médicale"},
    ),
    ListeEditable(
        cle="types-restriction",
        titre="Restrictions et aménagements",
        nom="restriction",
        texte="Les mesures proposées à la conclusion, en mots de travail.",
        modele=TypeRestriction,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "precision_attendue", "code_ancien"),
        droit_nombre="visites.view_mesures",
        emplois=("conclusion d’une visite", "certificat", "page des restrictions"),
        fichier="types_restriction.csv",
        entetes=("id type restriction", "lib type restriction"),
    ),
    ListeEditable(
        cle="medecins-repris",
        titre="Médecins de l’ancien logiciel",
        nom="médecin",
        texte="Le nom que portent les visites reprises, d’après le numéro du médecin dans l’ancien logiciel.",
        modele=MedecinRepris,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "code_ancien"),
        fixes=("code_ancien",),
        droit_nombre="visites.view_suivi",
        emplois=("import des visites",),
    ),
)
