"""Reads the text of a letter: paragraphs, bold, lists, fields between braces. No template engine is behind.

Un paragraphe par ligne vide.      **gras**      - un point de liste      {agent.nom}
| un libellé | sa valeur |         une ligne de tableau
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents.rules.champs import Champ

LONGUEUR_MAX = 8_000
OBJET_MAX = 120
GRAS = "**"
PUCE = "- "
BORD = "|"
CASES = 2
JETONS = re.compile(r"(\*\*|\{[^{}]*\})")
BALISE = re.compile(r"<[/!?A-Za-z][^>]{0,40}>?")
DOUBLE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
DOUBLE_ENTIERE = re.compile(r"\{[{%#]\s*(.{0,80}?)\s*[}%#]\}")
COMMANDE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Morceau:
    """A run of words, or a field when `champ` is set."""

    texte: str
    gras: bool = False
    champ: bool = False


@dataclass(frozen=True)
class Bloc:
    """A paragraph (« p »), a list (« ul ») or a field that stands alone (« bloc »): lines of runs.

    The lines of a table (« table ») go by two: a label, then its value.
    """

    genre: str
    lignes: tuple[tuple[Morceau, ...], ...]


def refuse_gabarit(texte: str, champs: Sequence[Champ], longueur: int = LONGUEUR_MAX) -> list[str]:
    """Return why the text of a letter is refused, a sentence each; nothing when it may be printed."""
    if len(texte) > longueur:
        return [f"Le texte dépasse {longueur} signes."]
    if COMMANDE.search(texte):
        return ["Le texte contient un signe invisible : retapez le passage collé."]
    connus = {champ.nom: champ for champ in champs}
    refus = [
        f"Une lettre ne contient pas de balise : « {b} ». Pour du gras, deux étoiles de chaque côté."
        for b in BALISE.findall(texte)
    ]
    refus += list(_refuse_doubles(texte, connus))
    if not refus:
        for rang, ligne in enumerate(texte.splitlines(), start=1):
            refus += [*_refuse_line(ligne, rang, connus)]
        refus += _refuse_bold(texte)
    return list(dict.fromkeys(refus))


def _refuse_doubles(texte: str, connus: Mapping[str, Champ]) -> Iterator[str]:
    """Sentences on the marks of other template languages."""
    if not DOUBLE.search(texte):
        return
    noms = [nom for nom in DOUBLE_ENTIERE.findall(texte) if nom]
    for nom in noms:
        if nom in connus:
            yield f"Un champ s’écrit entre deux accolades simples : {{{nom}}}."
        else:
            yield _unknown(nom, connus)
    if not noms:
        yield "Un champ s’écrit entre deux accolades simples, comme {agent.nom}."


def _refuse_line(ligne: str, rang: int, connus: Mapping[str, Champ]) -> Iterator[str]:
    """Sentences on the fields of one line, and on its cells in a table."""
    if _kind(ligne.strip()) == "table" and len(_cells(ligne.strip())) != CASES:
        yield f"Ligne {rang} : une ligne de tableau s’écrit | libellé | valeur |."
    for jeton in JETONS.split(ligne):
        if jeton.startswith("{") and jeton.endswith("}"):
            nom = jeton[1:-1].strip()
            if nom not in connus:
                yield _unknown(nom, connus)
            elif connus[nom].bloc and ligne.strip() != jeton:
                yield f"{{{nom}}} se place seul sur sa ligne."
        elif "{" in jeton or "}" in jeton:
            yield f"Ligne {rang} : une accolade n’a pas sa pareille."


def _refuse_bold(texte: str) -> list[str]:
    """Sentences on stars without their pair."""
    paires = all(
        partie.count(GRAS) % 2 == 0
        for bloc in _split(texte)
        for ligne in bloc
        for partie in (_cells(ligne) if _kind(ligne) == "table" else [ligne])
    )
    return [] if paires else ["Deux étoiles ouvrent du gras qui ne se ferme pas sur sa ligne."]


def _unknown(nom: str, connus: Mapping[str, Champ]) -> str:
    """Name the field that does not exist, and the nearest one."""
    proches = difflib.get_close_matches(nom.lower(), connus, n=1, cutoff=0)
    suite = f" Le plus proche est {{{proches[0]}}}." if proches else ""
    return f"« {nom[:60]} » n’est pas un champ de cette lettre.{suite}"


def _kind(ligne: str) -> str:
    """What a line makes: a point of a list, a row of a table, words of a paragraph."""
    if ligne.startswith(PUCE):
        return "ul"
    return "table" if ligne.startswith(BORD) else "p"


def _cells(ligne: str) -> list[str]:
    """Return the cells of a row."""
    return [case.strip() for case in ligne.removeprefix(BORD).removesuffix(BORD).split(BORD)]


def _split(texte: str) -> list[list[str]]:
    """Group the lines into blocks; a list and a field that stands alone make blocks of their own."""
    blocs: list[list[str]] = []
    suite = False
    for brute in texte.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        ligne = brute.strip()
        if not ligne:
            suite = False
            continue
        if suite and _kind(ligne) == _kind(blocs[-1][0]):
            blocs[-1].append(ligne)
        else:
            blocs.append([ligne])
        suite = True
    return blocs


def read_gabarit(texte: str, champs: Sequence[Champ]) -> list[Bloc]:
    """Return the blocks of a text that was not refused."""
    de_bloc = {f"{{{champ.nom}}}": champ.nom for champ in champs if champ.bloc}
    blocs: list[Bloc] = []
    for lignes in _split(texte):
        gardees: list[tuple[Morceau, ...]] = []
        genre = _kind(lignes[0])
        for ligne in lignes:
            if ligne in de_bloc:
                blocs += [Bloc(genre, tuple(gardees))] if gardees else []
                blocs.append(Bloc("bloc", ((Morceau(de_bloc[ligne], champ=True),),)))
                gardees = []
            elif genre == "table":
                gardees += [_runs(case) for case in _cells(ligne)]
            else:
                gardees.append(_runs(ligne.removeprefix(PUCE) if genre == "ul" else ligne))
        blocs += [Bloc(genre, tuple(gardees))] if gardees else []
    return blocs


def _runs(ligne: str) -> tuple[Morceau, ...]:
    """Cut a line into runs."""
    morceaux, gras = [], False
    for jeton in JETONS.split(ligne):
        if jeton == GRAS:
            gras = not gras
        elif jeton.startswith("{") and jeton.endswith("}"):
            morceaux.append(Morceau(jeton[1:-1].strip(), gras, champ=True))
        elif jeton:
            morceaux.append(Morceau(jeton, gras))
    return tuple(morceaux)


def fill_gabarit(
    blocs: Sequence[Bloc], valeurs: Mapping[str, str]
) -> list[tuple[str, list[list[tuple[str, bool]]]]]:
    """Return (kind, lines of (words, bold)): what stood between braces is words now, and is not read again.

    A field that stands alone is worth the paragraphs of its value; one with no value here, its own name, so
    that the page puts there what it holds (« bloc »).
    """
    remplis: list[tuple[str, list[list[tuple[str, bool]]]]] = []
    for bloc in blocs:
        if bloc.genre == "bloc":
            nom = bloc.lignes[0][0].texte
            if valeurs.get(nom):
                paragraphes = [p for p in re.split(r"\n\s*\n", valeurs[nom].strip()) if p.strip()]
                remplis += [("p", [[(li, False)] for li in p.splitlines()]) for p in paragraphes]
            else:
                remplis.append(("bloc", [[(nom, False)]]))
            continue
        remplis.append((bloc.genre, [_join(ligne, valeurs) for ligne in bloc.lignes]))
    return remplis


def _join(ligne: Sequence[Morceau], valeurs: Mapping[str, str]) -> list[tuple[str, bool]]:
    """Fill a line; neighbours alike become one."""
    jointes: list[tuple[str, bool]] = []
    for morceau in ligne:
        mots = valeurs[morceau.texte] if morceau.champ else morceau.texte
        if jointes and jointes[-1][1] == morceau.gras:
            jointes[-1] = (jointes[-1][0] + mots, morceau.gras)
        else:
            jointes.append((mots, morceau.gras))
    return jointes


def fill_line(texte: str, valeurs: Mapping[str, str]) -> str:
    """Fill one line without bold: the title of a letter."""
    return "".join(valeurs[m.texte] if m.champ else m.texte for m in _runs(texte))


def names_in(texte: str) -> set[str]:
    """Return the fields that a text names."""
    return {m.texte for ligne in texte.splitlines() for m in _runs(ligne) if m.champ}
