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
        "remplacee",
        "Structure remplacée, par son numéro",
        synonymes=("id entite remplacee",),
        longueur=20,
        vide_efface=True,
    ),
    Champ("code_ancien", "Code de l’ancien logiciel", synonymes=("code servi", "siserv"), longueur=10),
)
REMPLACEE_INCONNUE = (
    "La structure remplacée n’est ni connue ni dans le fichier : "
    "cette ligne entrera sans dire ce qu’elle remplace."
)
DEPEND = "Une structure ne peut pas dépendre d’elle-même"
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
    connues = list(Structure.objects.select_related("parent", "remplace").order_by("pk"))
    arbre = Arbre({ligne.valeurs["id_entite"]: ligne for ligne in lignes}, connues)
    _close_replaced(arbre)
    _refuse_forecasts(arbre)
    _refuse_loops(arbre)
    ecartees = -1
    while ecartees != len(arbre.reponses):
        ecartees = len(arbre.reponses)
        _refuse_sigles(arbre)
        _wait_for_parents(arbre)
    for numero, ligne in arbre.lignes.items():
        if ligne.numero not in arbre.reponses:
            _set_level(arbre, numero, set())
    for numero, ligne in arbre.lignes.items():
        if ligne.numero not in arbre.reponses:
            arbre.reponses[ligne.numero] = _answer(arbre, numero, ligne)
    return Confrontation([arbre.reponses[ligne.numero] for ligne in lignes])


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
            motif = f"{DEPEND}{_tell_loop(arbre, numero, parents)}"
            arbre.refuse(ligne, "parent", str(ligne.valeurs.get("parent") or ""), motif)


def _tell_loop(arbre: Arbre, numero: str, parents: Mapping[Any, Any]) -> str:
    """« : DRH → SVC → DRH », from the row's own structure; nothing for one that names itself."""
    sigles: dict[Any, str] = {s.pk: s.sigle for s in arbre.connues}
    sigles |= {arbre.node(autre): ligne.valeurs["sigle"] for autre, ligne in arbre.lignes.items()}
    suite = [arbre.node(numero)]
    while (suivant := parents.get(suite[-1])) is not None and suivant not in suite:
        suite.append(suivant)
    if len(suite) < 2 or suivant is None:
        return "."
    return f" : {' → '.join(sigles[noeud] for noeud in (*suite, suivant))}."


def _refuse_sigles(arbre: Arbre) -> None:
    """Refuse an open structure whose sigle is that of another open one, which does not let go of it."""
    retenues = {ligne.numero for ligne in arbre.lignes.values()} - arbre.reponses.keys()
    trouvees = ((arbre.lignes[numero], s) for numero, s in arbre.trouvees.items() if s is not None)
    touchees = {s.pk for ligne, s in trouvees if ligne.numero in retenues}
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
    avertissements: tuple[Faute, ...] = ()
    if remplacee := valeurs.get("remplacee"):
        if _can_replace(arbre, numero, remplacee):
            valeurs["remplacee"] = _reference(arbre, remplacee)
        else:
            del valeurs["remplacee"]
            avertissements = (Faute("remplacee", remplacee, REMPLACEE_INCONNUE),)
    valeurs.setdefault("ouverte", connue is None or connue.date_fin is None)
    if connue is None:
        return Rapprochement(avertissements=avertissements)
    connu: Valeurs = {
        "sigle": connue.sigle,
        "libelle": connue.libelle,
        "niveau": connue.niveau,
        "code_ancien": connue.code_ancien,
        "ouverte": connue.date_fin is None,
        "parent": Reference(connue.parent.pk, str(connue.parent)) if connue.parent else None,
        "remplacee": Reference(connue.remplace.pk, str(connue.remplace)) if connue.remplace else None,
        "cle_import": valeurs["cle_import"] if connue.cle_import else None,
    }
    return Rapprochement(connue.pk, connu, avertissements=avertissements)


def _can_replace(arbre: Arbre, numero: str, remplacee: str) -> bool:
    """Whether the structure replaced is another one, known or brought by the same file."""
    if remplacee == numero or arbre.node(remplacee) is None:
        return False
    ligne = arbre.lignes.get(remplacee)
    reponse = arbre.reponses.get(ligne.numero) if ligne is not None else None
    ecartee = reponse is not None and (reponse.faute is not None or reponse.attente is not None)
    return not ecartee or arbre.trouvees.get(remplacee) is not None


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
    virtuels=frozenset({"id_entite", "statut"}),
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
    modele=Structure,
    fiche="agents:structure_corriger",
    accueil="agents:structures",
    voir="Voir les structures",
    qui="Structure",
    numero="Sigle",
    meme="cette structure",
    droit="agents.change_structure",
    fichier="entites.csv",
    entetes="ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE;ID_ENTITE_REMPLACEE;"
    "CODE_SERVI",
)
