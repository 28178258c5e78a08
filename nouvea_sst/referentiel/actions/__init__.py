"""Acts on reference data: its only writers."""

from nouvea_sst.referentiel.actions.chargement import load_jours_feries, load_parametres
from nouvea_sst.referentiel.actions.jours import add_annee, add_jour, load_jours, withdraw_jour
from nouvea_sst.referentiel.actions.listes import (
    add_entree,
    load_entrees,
    move_entree,
    set_actif,
    update_entree,
)
from nouvea_sst.referentiel.actions.textes import add_texte, update_texte
from nouvea_sst.referentiel.actions.valeurs import add_valeur, correct_valeur, withdraw_valeur

__all__ = [
    "add_annee",
    "add_entree",
    "add_jour",
    "add_texte",
    "add_valeur",
    "correct_valeur",
    "load_entrees",
    "load_jours",
    "load_jours_feries",
    "load_parametres",
    "move_entree",
    "set_actif",
    "update_entree",
    "update_texte",
    "withdraw_jour",
    "withdraw_valeur",
]
