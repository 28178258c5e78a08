"""Brings a file in and takes it back, as the worker would."""

import datetime

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions import apply_import, deposit_import, request_undo, undo_import
from nouvea_sst.imports.models import Profil

JOUR = datetime.date(2026, 11, 24)


def load(cible, entete, *lignes, jour=JOUR, acteur=None, profil=""):
    """Deposit and apply a file of these lines; return the import."""
    contenu = "\n".join((entete, *lignes)).encode()
    depot = deposit_import(
        acteur=acteur, jour=jour, cible=cible, nom_fichier="f.csv", contenu=contenu, profil=profil
    )
    with acting(acteur):
        return apply_import(acteur=acteur, jour=jour, import_id=depot.pk)


def by_name():
    """Have a register say who somebody is by his name and birth, so that his numbers may change."""
    colonnes = ("nom", "prenom", "date naissance", "nomatr", "num cafat", "num ruamm")
    champs = ("nom", "prenom", "date_naissance", "matricule", "num_cafat", "num_ruamm")
    Profil.objects.create(
        cible="agents",
        nom="Par nom",
        colonnes=dict(zip(colonnes, champs, strict=True)),
        cle="nom+prenom+date_naissance",
        ordre_date="",
    )


def take_back(depot, acteur=None):
    """Undo an import."""
    travail = request_undo(acteur=acteur, import_id=depot.pk, raison="Mauvais fichier")
    with acting(acteur):
        return undo_import(acteur=acteur, import_id=depot.pk, travail_id=travail.pk)
