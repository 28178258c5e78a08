"""Brings a file in and takes it back, as the worker would."""

import datetime

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions import apply_import, deposit_import, request_undo, undo_import

JOUR = datetime.date(2026, 11, 24)


def load(cible, entete, *lignes, jour=JOUR, acteur=None):
    """Deposit and apply a file of these lines; return the import."""
    contenu = "\n".join((entete, *lignes)).encode()
    depot = deposit_import(acteur=acteur, jour=jour, cible=cible, nom_fichier="f.csv", contenu=contenu)
    with acting(acteur):
        return apply_import(acteur=acteur, jour=jour, import_id=depot.pk)


def take_back(depot, acteur=None):
    """Undo an import."""
    travail = request_undo(acteur=acteur, import_id=depot.pk, raison="Mauvais fichier")
    with acting(acteur):
        return undo_import(acteur=acteur, import_id=depot.pk, travail_id=travail.pk)
