"""A target of plants, to try the engine on something that is no agent."""

import datetime
from typing import Any

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

JOUR = datetime.date(2026, 11, 24)


def read_even(texte: str) -> int:
    """An even number."""
    if not texte.isdigit() or int(texte) % 2:
        raise ValueError("Un nombre pair est attendu.")
    return int(texte)


def check_plant(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """A plant is not planted tomorrow."""
    plantee = valeurs.get("plantee_le")
    return (
        [Faute("plantee_le", f"{plantee:%d/%m/%Y}", "Dans l’avenir.")] if plantee and plantee > jour else []
    )


class Jardin:
    """What the database of plants would know, and what was written to it."""

    def __init__(self, connues: dict[str, tuple[int, Valeurs]] | None = None) -> None:
        self.connues = connues or {}
        self.ecrits: list[tuple[str, Valeurs]] = []

    def confront(self, lignes: list[LigneLue], acteur: Any = None) -> Confrontation:
        """By the whole key."""
        trouves = []
        for ligne in lignes:
            pk, connu = self.connues.get(ligne.cle, (None, {}))
            trouves.append(Rapprochement(pk, connu))
        return Confrontation(trouves)

    def write(self, *, crees: Any, modifies: Any, **reste: Any) -> dict[str, int]:
        """Remember what came."""
        self.ecrits += [("cree", ligne.valeurs) for ligne in crees]
        self.ecrits += [("modifie", ligne.valeurs) for ligne in modifies]
        return {}


COULEURS = {"r": "rouge", "rouge": "rouge", "b": "blanc"}
CHAMPS = (
    Champ("espece", "Espèce", synonymes=("espèce", "plante"), fragments=("espece",), longueur=12),
    Champ("couleur", "Couleur", Nature.CHOIX, ("couleur",), choix=COULEURS, attendu="R ou B"),
    Champ("plantee_le", "Plantée le", Nature.DATE, ("planté le", "date"), ("plant",)),
    Champ("rang", "Rang", Nature.ENTIER, ("rang",)),
    Champ("pieds", "Pieds", synonymes=("pieds",), lire=read_even),
)  # fmt: skip


def make_target(jardin: Jardin) -> Cible:
    """The target of a garden."""
    return Cible(
        code="plantes",
        libelle="Plantes",
        nom="plante",
        champs=CHAMPS,
        obligatoires=("espece",),
        cles=(Cle(("rang",), identifiante=True), Cle(("espece",)), Cle(("espece", "couleur"))),
        cle_secours=Cle(("espece",)),
        nommer=lambda v: str(v.get("espece") or "?"),
        titrer=lambda v: str(v.get("espece") or "?").upper(),
        reperer=lambda v: str(v.get("rang") or ""),
        completer=lambda v: None,
        controler=lambda jour: lambda valeurs: check_plant(valeurs, jour),
        confronter=jardin.confront,
        appliquer=jardin.write,
        resume=("couleur",),
    )
