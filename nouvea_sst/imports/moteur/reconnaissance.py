"""Tells what a file holds from its headers and its name."""

from collections.abc import Mapping
from pathlib import PurePath

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.lecture.feuille import Fichier
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import Profil
from nouvea_sst.imports.moteur.analyse import Analyse
from nouvea_sst.imports.rules.cible import Cible, known_headers
from nouvea_sst.imports.rules.colonnes import propose_columns
from nouvea_sst.imports.rules.entete import find_header, name_columns
from nouvea_sst.lib.texte import fold


def guess_target(cibles: Mapping[str, Cible], fichier: Fichier, nom_fichier: str) -> Cible:
    """Return the target of which the file gives what a row needs, then whose file has this name, then the
    most columns; the first declared of equals, and where nothing tells.
    """
    notes = {code: _note(cible, fichier, nom_fichier) for code, cible in cibles.items()}
    return cibles[max(notes, key=lambda code: notes[code])]


def recognise(nom: str, contenu: bytes, taille_max: int) -> tuple[str, str]:
    """Return the target of a file that nobody tells about, and the profile that reads it, if any.

    A name that begins with a profile's or a target's decides, else the headers. Raises FichierIllisible.
    """
    debut = fold(PurePath(nom).stem)
    profils = [(fold(p.nom), p) for p in Profil.objects.filter(cible__in=targets()).order_by("cible", "nom")]
    for plie, profil in sorted(profils, key=lambda p: -len(p[0])):
        if _begins_with(debut, plie):
            return profil.cible, profil.nom
    for code in sorted(targets(), key=len, reverse=True):
        if _begins_with(debut, fold(code)):
            return code, ""
    fichier = read_file(contenu, taille_max)
    cible = guess_target(targets(), fichier, nom)
    complete, *_ = _note(cible, fichier, nom)
    if not complete:
        raise FichierIllisible(
            "Rien ne dit ce que ce fichier contient : son nom peut commencer par celui d’un profil d’import."
        )
    return cible.code, ""


def _begins_with(texte: str, mot: str) -> bool:
    """Whether a folded text begins with these whole words; a date may follow at once."""
    return bool(mot) and texte.startswith(mot) and not texte[len(mot) :][:1].isalpha()


def _note(cible: Cible, fichier: Fichier, nom_fichier: str) -> tuple[bool, bool, int]:
    connus = known_headers(cible.champs)
    meilleure = (False, False, 0)
    du_nom = bool(cible.fichier) and fold(cible.fichier.partition(".")[0]) in fold(nom_fichier)
    for feuille in fichier.feuilles:
        rang = None if feuille.masquee else find_header(feuille.lignes, connus)
        if rang is not None:
            entetes = name_columns(feuille.lignes[rang], len(feuille.lignes[rang]))
            lus = set(propose_columns(entetes, [[] for _ in entetes], cible.champs).values())
            complete = set(cible.obligatoires) <= cible.supplied(lus)
            meilleure = max(meilleure, (complete, complete and du_nom, len(lus)))
    return meilleure


def ready_name(cible: Cible) -> str:
    """Name of the ready profile of a target: « SIRH – entites.csv »."""
    return f"SIRH – {cible.fichier}"


def ready_columns(cible: Cible) -> dict[str, str]:
    """Return what the ready profile of a target stores: folded header → field."""
    entetes = cible.entetes.split(";")
    choix = propose_columns(entetes, [[] for _ in entetes], cible.champs)
    return {fold(entetes[rang]): champ for rang, champ in choix.items()}


def has_ready_columns(cible: Cible, analyse: Analyse) -> bool:
    """Whether a file has every column that the former software gives to this target, each read as it says."""
    if not cible.entetes:
        return False
    lues = {fold(analyse.entetes[rang]): champ for rang, champ in analyse.choix.items()}
    return ready_columns(cible).items() <= lues.items()
