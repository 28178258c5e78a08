"""Writes a plan in words: what the preview page and the history keep."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.moteur.analyse import Analyse, describe
from nouvea_sst.imports.moteur.plan import LignePlan, Plan
from nouvea_sst.imports.rules.cible import Cible, Faute
from nouvea_sst.imports.rules.cles import hash_key
from nouvea_sst.imports.rules.ecarts import is_blank
from nouvea_sst.lib.affichage import count_of

LIBELLES_GARDES = 200


def describe_analyse(cible: Cible, analyse: Analyse, plan: Plan | None = None) -> dict[str, Any]:
    """Return what was recognised, what is ignored, the counts and what would be added beside the rows."""
    apercu: dict[str, Any] = {
        "lignes": len(analyse.lignes),
        "manque": "",
        "reconnu": describe(cible, analyse),
        "feuille": analyse.feuille.nom,
        "feuilles": [feuille.nom for feuille in analyse.fichier.feuilles],
        "entetes": analyse.entetes,
        "exemples": [analyse.samples(rang) for rang in range(len(analyse.entetes))],
        "colonnes": {str(rang): champ for rang, champ in analyse.choix.items()},
        "ignorees": analyse.ignorees,
        "cle": analyse.cle.nom,
        "cle_libelle": cible.describe_key(analyse.cle),
        "ordre_date": analyse.ordre.value if analyse.a_des_dates else "",
        "ordres": analyse.ordres,
        "servies": analyse.servies,
        "assemblages": analyse.assemblages.as_json(),
        "inconnues": [],
    }
    if plan is not None:
        apercu["inconnues"] = [asdict(inconnue) for inconnue in plan.inconnues]
        apercu["nombres"] = plan.counts()
        apercu["ecartees"] = plan.left_aside()
        apercu["ajouts"] = [
            {
                "titre": ajouts.titre,
                "nombre": len(ajouts.libelles),
                "libelles": list(ajouts.libelles[:LIBELLES_GARDES]),
            }
            for ajouts in plan.ajouts
        ]
    return apercu


def describe_counts(nombres: Mapping[str, int]) -> str:
    """« 12 créés, 3 modifiés, 300 inchangés, 2 refusés », and those ignored where there are."""
    mots = {"crees": "créé", "modifies": "modifié", "inchanges": "inchangé", "refuses": "refusé"}
    faits = [count_of(nombres[nom], mot) for nom, mot in mots.items()]
    if attentes := nombres.get("attentes"):
        faits.append(f"{attentes} en attente")
    if ignores := nombres.get("ignores"):
        faits.append(count_of(ignores, "ignoré"))
    if nombres.get("partis"):
        faits.append(count_of(nombres["partis"], "parti"))
    return ", ".join(faits)


def describe_row(cible: Cible, ligne: LignePlan) -> dict[str, Any]:
    """Return the fields of a LigneImport."""
    faute = ligne.faute
    return {
        "numero": ligne.numero,
        "effet": ligne.effet,
        "libelle": (ligne.titre or cible.titrer(ligne.valeurs))[:200],
        "repere": cible.reperer(ligne.valeurs)[:40],
        "changements": list(_changes(cible, ligne)),
        "colonne": faute.colonne[:200] if faute else "",
        "valeur": faute.valeur[:200] if faute else "",
        "motif": faute.motif if faute else "",
        "avertissement": " ".join(describe_warning(cible, a) for a in ligne.avertissements),
        "inconnue": ligne.inconnue,
        "rivale": bool(faute and faute.rivale),
        "cellules": ligne.cellules,
        "cle": hash_key(ligne.cle) if ligne.effet == EffetLigne.ATTENTE else "",
    }


def describe_warning(cible: Cible, avertissement: Faute) -> str:
    """« Date de naissance, 12/03/1930 : l’agent aurait 96 ans. »."""
    tete = ", ".join(filter(None, (cible.label(avertissement.colonne), avertissement.valeur)))
    if not tete:
        return avertissement.motif
    return f"{tete} : {avertissement.motif[:1].lower()}{avertissement.motif[1:]}"


def count_unseen(cible: Cible, plan: Plan, vus: Iterable[tuple[int, list[list[str]]]]) -> int:
    """Count the rows that would overwrite a value other than the one that the preview showed.

    vus: number and changes of the rows of the preview. What fills an empty field takes nothing away.
    """
    restent = {ligne.numero: ligne for ligne in plan.of(EffetLigne.MODIFIE)}
    nombre = 0
    for numero, changements in vus if restent else ():
        if (ligne := restent.pop(numero, None)) is not None:
            montres = {libelle: ancien for libelle, ancien, _ in changements}
            nombre += any(ancien and montres.get(nom) != ancien for nom, ancien, _ in _changes(cible, ligne))
    return nombre + sum(any(ancien for _, ancien, _ in _changes(cible, ligne)) for ligne in restent.values())


def _changes(cible: Cible, ligne: LignePlan) -> Iterable[list[str]]:
    """Yield label, old, new of each change; of a new record, every value that will be stored."""
    if ligne.effet == EffetLigne.MODIFIE:
        for nom, (ancien, nouveau) in ligne.changements.items():
            champ = cible.champ(nom)
            yield [champ.libelle, champ.show(ancien), champ.show(nouveau)]
    elif ligne.effet == EffetLigne.CREE:
        for champ in cible.stored:
            if not is_blank(valeur := ligne.valeurs.get(champ.nom)):
                yield [champ.libelle, "", champ.show(valeur)]
