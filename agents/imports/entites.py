"""entites.csv: the tree of services of the former software, parents and children in any order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agents.actions.entites import load_entites, undo_entites
from agents.enums import NiveauStructure
from agents.models import Structure
from agents.rules.entites import INACTIF, NIVEAUX, PREVISION, guess_level, is_looped
from nouvea_sst.imports.rules.cible import (
    Champ,
    Cible,
    Cle,
    Confrontation,
    Faute,
    LigneLue,
    Nature,
    Rapprochement,
    Reference,
    Valeurs,
)
from nouvea_sst.imports.rules.cles import key_text
from nouvea_sst.lib.texte import fold

CLE = Cle(("id_entite",), identifiante=True)
STATUTS = {
    **dict.fromkeys(("0", "prevision"), PREVISION),
    **dict.fromkeys(("1", "actif", "active", "2", "transitoire"), "1"),
    **dict.fromkeys(("3", "inactif", "inactive"), INACTIF),
}
TYPES = {**{code: niveau.value for code, niveau in NIVEAUX.items()}, "30": ""}
COMPARES = ("sigle", "libelle", "niveau", "parent", "code_ancien", "ouverte", "cle_import")
CHAMPS = (
    Champ("id_entite", "Numéro de la structure", synonymes=("id entite",), longueur=20),
    Champ("sigle", "Sigle", synonymes=("sigle",), longueur=20),
    Champ("libelle", "Nom", synonymes=("label", "label long", "libelle", "nom"), longueur=200),
    Champ(
        "parent",
        "Structure mère, par son numéro",
        synonymes=("id entite parent", "parent"),
        longueur=20,
        vide_efface=True,
    ),
    Champ(
        "niveau",
        "Niveau",
        Nature.CHOIX,
        synonymes=("id type entite", "niveau", "type"),
        choix=TYPES,
        attendu="27 (direction), 28 (service), 29 (section) ou 30",
        libelles=dict(NiveauStructure.choices),
    ),
    Champ(
        "statut",
        "Statut",
        Nature.CHOIX,
        synonymes=("id ref statut entite", "statut"),
        choix=STATUTS,
        attendu="0 (prévision), 1 (actif), 2 (transitoire) ou 3 (inactif)",
    ),
    Champ(
        "remplacee", "Structure remplacée, par son numéro", synonymes=("id entite remplacee",), longueur=20
    ),
    Champ("code_ancien", "Code de l’ancien logiciel", synonymes=("code servi", "siserv"), longueur=10),
)
CALCULES = (Champ("ouverte", "Ouverte"), Champ("cle_import", "Numéro d’origine"))


@dataclass
class Arbre:
    """Structures known, and those of the file, by the former software's number."""

    lignes: Mapping[str, LigneLue]
    connues: list[Structure]
    reponses: dict[int, Rapprochement] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.par_cle = {s.cle_import: s for s in self.connues if s.cle_import}
        self.par_sigle = {fold(s.sigle): s for s in self.connues if s.date_fin is None}
        self.trouvees = {numero: self._find(numero, ligne) for numero, ligne in self.lignes.items()}

    def _find(self, numero: str, ligne: LigneLue) -> Structure | None:
        """By the number; else the open one of this sigle that has none."""
        if connue := self.par_cle.get(_key(numero)):
            return connue
        meme = self.par_sigle.get(fold(ligne.valeurs["sigle"]))
        return meme if meme is not None and not meme.cle_import else None

    def node(self, numero: str) -> Any:
        """What stands for a structure while parents are followed: its key, or its number if it is new."""
        connue = self.trouvees.get(numero) or self.par_cle.get(_key(numero))
        return connue.pk if connue else (numero if numero in self.lignes else None)

    def refuse(self, ligne: LigneLue, champ: str, valeur: str, motif: str) -> None:
        """Keep why a row cannot be."""
        self.reponses.setdefault(ligne.numero, Rapprochement(faute=Faute(champ, valeur, motif)))


def _key(numero: str) -> str:
    return key_text(CLE, {"id_entite": numero})


def confront(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """Say of each row which structure it is; a parent that nobody knows yet is waited for."""
    connues = list(Structure.objects.select_related("parent").order_by("pk"))
    arbre = Arbre({ligne.valeurs["id_entite"]: ligne for ligne in lignes}, connues)
    _close_replaced(arbre)
    _refuse_forecasts(arbre)
    _refuse_loops(arbre)
    _refuse_sigles(arbre)
    _wait_for_parents(arbre)
    for numero, ligne in arbre.lignes.items():
        if ligne.numero not in arbre.reponses:
            _set_level(arbre, numero, set())
    for numero, ligne in arbre.lignes.items():
        if ligne.numero not in arbre.reponses:
            arbre.reponses[ligne.numero] = _answer(arbre, numero, ligne)
    return Confrontation([arbre.reponses[ligne.numero] for ligne in lignes], [], None)


def _close_replaced(arbre: Arbre) -> None:
    """Say of each row whether it is open: one that an open one replaces is not."""
    for ligne in arbre.lignes.values():
        if "statut" in ligne.valeurs:
            ligne.valeurs["ouverte"] = ligne.valeurs["statut"] != INACTIF
    for ligne in arbre.lignes.values():
        remplacee = arbre.lignes.get(ligne.valeurs.get("remplacee") or "")
        if remplacee is not None and remplacee is not ligne and ligne.valeurs.get("ouverte", True):
            remplacee.valeurs["ouverte"] = False


def _refuse_forecasts(arbre: Arbre) -> None:
    for ligne in arbre.lignes.values():
        if ligne.valeurs.get("statut") == PREVISION:
            motif = "Cette structure n’est encore qu’une prévision : elle viendra quand elle sera active."
            arbre.refuse(ligne, "statut", PREVISION, motif)


def _refuse_loops(arbre: Arbre) -> None:
    """Refuse the rows that would stand under themselves, by the parents of the file and of the database."""
    parents: dict[Any, Any] = {s.pk: s.parent_id for s in arbre.connues}
    for numero, ligne in arbre.lignes.items():
        if "parent" in ligne.valeurs:
            parent = ligne.valeurs["parent"]
            parents[arbre.node(numero)] = arbre.node(parent) if parent else None
    for numero, ligne in arbre.lignes.items():
        if is_looped(arbre.node(numero), parents):
            motif = "Une structure ne peut pas dépendre d’elle-même."
            arbre.refuse(ligne, "parent", str(ligne.valeurs.get("parent") or ""), motif)


def _refuse_sigles(arbre: Arbre) -> None:
    """Refuse an open structure whose sigle is that of another open one."""
    touchees = {s.pk for s in arbre.trouvees.values() if s is not None}
    pris = {sigle: s.libelle for sigle, s in arbre.par_sigle.items() if s.pk not in touchees}
    for numero, ligne in arbre.lignes.items():
        connue = arbre.trouvees[numero]
        ouverte = ligne.valeurs.get("ouverte", connue is None or connue.date_fin is None)
        if ligne.numero in arbre.reponses or not ouverte:
            continue
        sigle = ligne.valeurs["sigle"]
        autre = pris.setdefault(fold(sigle), ligne.valeurs["libelle"])
        if autre is not ligne.valeurs["libelle"]:
            motif = f"Ce sigle est déjà celui d’une structure ouverte : {autre}."
            arbre.refuse(ligne, "sigle", sigle, motif)


def _wait_for_parents(arbre: Arbre) -> None:
    """Turn parents into references; a row whose parent is not there, or waits itself, waits."""
    change = True
    while change:
        change = False
        for ligne in arbre.lignes.values():
            parent = ligne.valeurs.get("parent")
            if not parent or ligne.numero in arbre.reponses:
                continue
            mere = arbre.lignes.get(parent)
            ecartee = mere is not None and mere.numero in arbre.reponses
            if arbre.node(parent) is None or (ecartee and arbre.trouvees[parent] is None):
                motif = f"Structure mère {parent} inconnue pour l’instant : la ligne attendra."
                arbre.reponses[ligne.numero] = Rapprochement(attente=Faute("parent", parent, motif))
                change = True


def _set_level(arbre: Arbre, numero: str, vus: set[str]) -> str:
    """Return the level of a row, found from its parent where the file has none; kept in its values."""
    ligne = arbre.lignes[numero]
    if ligne.valeurs.get("niveau") or numero in vus:
        return ligne.valeurs.get("niveau") or NiveauStructure.SERVICE
    connue = arbre.trouvees[numero]
    if connue is not None:
        ligne.valeurs["niveau"] = connue.niveau
        return connue.niveau
    parent = ligne.valeurs.get("parent")
    niveau = None
    if parent:
        du_parent = arbre.par_cle.get(_key(parent))
        niveau = (
            _set_level(arbre, parent, vus | {numero})
            if parent in arbre.lignes
            else getattr(du_parent, "niveau", None)
        )
    directions = any(
        autre.valeurs.get("parent") == numero and autre.valeurs.get("niveau") == NiveauStructure.DIRECTION
        for autre in arbre.lignes.values()
    )
    ligne.valeurs["niveau"] = guess_level(niveau, directions).value
    return ligne.valeurs["niveau"]


def _answer(arbre: Arbre, numero: str, ligne: LigneLue) -> Rapprochement:
    """Give a row its references, and what the database has of it."""
    valeurs, connue = ligne.valeurs, arbre.trouvees[numero]
    valeurs["cle_import"] = Reference(_key(numero), numero)
    if parent := valeurs.get("parent"):
        valeurs["parent"] = _reference(arbre, parent)
    valeurs.setdefault("ouverte", connue is None or connue.date_fin is None)
    if connue is None:
        return Rapprochement()
    connu: Valeurs = {
        "sigle": connue.sigle,
        "libelle": connue.libelle,
        "niveau": connue.niveau,
        "code_ancien": connue.code_ancien,
        "ouverte": connue.date_fin is None,
        "parent": Reference(connue.parent.pk, str(connue.parent)) if connue.parent else None,
        "cle_import": valeurs["cle_import"] if connue.cle_import else None,
    }
    return Rapprochement(connue.pk, connu)


def _reference(arbre: Arbre, numero: str) -> Reference:
    """A structure that is known, by its key; one of the file, by the former software's number."""
    connue = arbre.trouvees.get(numero) or arbre.par_cle.get(_key(numero))
    if connue is not None:
        return Reference(connue.pk, str(connue))
    valeurs = arbre.lignes[numero].valeurs
    return Reference(_key(numero), f"{valeurs['sigle']} – {valeurs['libelle']}")


def _name(valeurs: Mapping[str, Any]) -> str:
    return str(valeurs.get("libelle") or valeurs.get("sigle") or "Sans nom")


CIBLE_ENTITES = Cible(
    code="entites",
    libelle="Structures",
    nom="structure",
    champs=CHAMPS,
    calcules=CALCULES,
    obligatoires=("id_entite", "sigle", "libelle"),
    virtuels=frozenset({"id_entite", "statut", "remplacee"}),
    resume=("sigle", "niveau", "parent"),
    cles=(CLE,),
    cle_secours=CLE,
    nommer=_name,
    titrer=_name,
    reperer=lambda valeurs: str(valeurs.get("sigle") or "")[:40],
    completer=lambda valeurs: None,
    controler=lambda jour: lambda valeurs: [],
    confronter=confront,
    appliquer=load_entites,
    reprendre=undo_entites,
    meme="cette structure",
    droit="agents.change_structure",
    fichier="entites.csv",
    entetes="ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE;ID_ENTITE_REMPLACEE;"
    "CODE_SERVI",
)
