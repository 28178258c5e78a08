"""postes.csv: the follow-up that each post asks for, which the former software leaves out (our own file)."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from agents.actions.structures import load_postes
from agents.enums import CategorieSuivi
from agents.models import Poste
from nouvea_sst.imports.rules.cible import (
    Champ,
    Cible,
    Cle,
    Confrontation,
    Faute,
    LigneLue,
    Nature,
    Rapprochement,
    Valeurs,
)
from nouvea_sst.lib.texte import fold

SUIVIS = {
    fold(mot): categorie.value
    for categorie in CategorieSuivi
    for mot in (categorie.value, categorie.label, categorie.label.partition(" ")[2])
}
CHAMPS = (
    Champ(
        "intitule",
        "Poste",
        synonymes=("lib titre poste", "intitule du poste", "intitule poste", "titre poste", "poste"),
        longueur=200,
    ),
    Champ(
        "categorie_suivi",
        "Catégorie de suivi",
        Nature.CHOIX,
        synonymes=("categorie suivi", "categorie de suivi", "suivi", "surveillance"),
        choix=SUIVIS,
        attendu="simple, adapté ou renforcé",
        libelles=dict(CategorieSuivi.choices),
    ),
)


def checks_on(jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """No row is wrong by itself."""
    return lambda valeurs: []


def confront(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """By title; capitals and accents alone rename nothing."""
    connus = {
        fold(intitule): Rapprochement(pk, {"intitule": intitule, "categorie_suivi": suivi})
        for pk, intitule, suivi in Poste.objects.order_by("-pk").values_list(
            "pk", "intitule", "categorie_suivi"
        )
    }
    reponses = []
    for ligne in lignes:
        connu = connus.get(fold(ligne.valeurs["intitule"]), Rapprochement())
        ligne.valeurs["intitule"] = connu.connu.get("intitule", ligne.valeurs["intitule"])
        reponses.append(connu)
    return Confrontation(reponses)


def _title(valeurs: Valeurs) -> str:
    return str(valeurs.get("intitule") or "")


CIBLE_POSTES = Cible(
    code="postes",
    libelle="Postes et leur suivi",
    nom="poste",
    meme="ce poste",
    champs=CHAMPS,
    obligatoires=("intitule", "categorie_suivi"),
    resume=("categorie_suivi",),
    cles=(Cle(("intitule",), identifiante=True),),
    cle_secours=Cle(("intitule",)),
    nommer=_title,
    titrer=_title,
    reperer=lambda valeurs: "",
    completer=lambda valeurs: None,
    controler=checks_on,
    confronter=confront,
    appliquer=load_postes,
    modele=Poste,
    accueil="agents:postes",
    voir="Voir les postes",
    lecture="agents.change_structure",
    qui="Poste",
    droit="agents.change_structure",
    fichier="postes.csv",
    entetes="LIB_TITRE_POSTE;CATEGORIE_SUIVI",
)
