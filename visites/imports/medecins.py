"""medecins.csv: the names of the doctors that the former software's visits point at by number."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from nouvea_sst.imports.rules.cible import (
    Champ,
    Cible,
    Cle,
    Confrontation,
    Faute,
    LigneLue,
    Rapprochement,
    Valeurs,
)
from nouvea_sst.lib.texte import fold
from visites.actions import load_medecins
from visites.models import MedecinRepris

CHAMPS = (
    Champ(
        "code_ancien",
        "Numéro du médecin",
        synonymes=("id medecin", "numero", "numero du medecin"),
        longueur=20,
    ),
    Champ("titre", "Titre", synonymes=("titre",), longueur=20),
    Champ("prenom", "Prénom", synonymes=("prenom",), longueur=40),
    Champ("libelle", "Nom", synonymes=("nom", "nom du medecin", "medecin", "libelle"), longueur=50),
)


def complete(valeurs: Valeurs) -> None:
    """Write title, first name and name in one."""
    parties = (valeurs.pop("titre", None), valeurs.pop("prenom", None), valeurs.get("libelle"))
    valeurs["libelle"] = " ".join(partie for partie in parties if partie) or None


def checks_on(jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """No row is wrong by itself."""
    return lambda valeurs: []


def confront(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """Say which entry of the list each row is."""
    connus = {
        fold(code): Rapprochement(pk, {"code_ancien": code, "libelle": libelle})
        for pk, code, libelle in MedecinRepris.objects.values_list("pk", "code_ancien", "libelle")
    }
    return Confrontation(
        [connus.get(fold(ligne.valeurs["code_ancien"]), Rapprochement()) for ligne in lignes]
    )


CIBLE_MEDECINS = Cible(
    code="medecins",
    libelle="Médecins de l’ancien logiciel",
    nom="médecin",
    meme="ce médecin",
    champs=CHAMPS,
    obligatoires=("code_ancien", "libelle"),
    resume=("libelle",),
    cles=(Cle(("code_ancien",), identifiante=True),),
    cle_secours=Cle(("code_ancien",)),
    nommer=lambda valeurs: str(valeurs["libelle"]),
    titrer=lambda valeurs: str(valeurs.get("libelle") or ""),
    reperer=lambda valeurs: str(valeurs.get("code_ancien") or ""),
    completer=complete,
    controler=checks_on,
    confronter=confront,
    appliquer=load_medecins,
    modele=MedecinRepris,
    fiche="referentiel:entree",
    rubrique=("medecins-repris",),
    accueil="referentiel:entrees",
    voir="Voir la liste",
    lecture="referentiel.view_parametre",
    qui="Médecin",
    droit="visites.plan_visite",
    fichier="medecins.csv",
    entetes="ID_MEDECIN;PRENOM;NOM",
)
