"""The small lists of visits that the reference data lets one edit."""

from nouvea_sst.referentiel.catalogue import ListeEditable
from nouvea_sst.referentiel.enums import Domaine
from visites.models import Motif, TypeRestriction

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
        droit_nombre="visites.view_suivi",
        emplois=("placement d’une visite", "convocation", "certificat"),
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
    ),
)
