"""Every page that each role may open, one address each, read from the tables of the permission tests."""

from collections.abc import Iterator

from nouvea_sst.comptes.enums import Role
from tests.permissions.monde import Monde
from tests.permissions.tableau import Attendu, read_all

# No page of ours: files, and a picture; pieces that a page of ours asks for and holds.
FICHIERS = {
    "documents:lot_fichier",
    "documents:ouvrir",
    "reporting:pdf",
    "imports:refus",
    "imports:fichier",
    "soi:document",
    "visites:note_piece",
    "visites:echange_piece",
    "favicon",
    "sante",
}
FRAGMENTS = {"recherche:suggestions", "travaux:temoin"}


def open_position(bloc: Attendu, role: str) -> str | None:
    """Return a position in which the role is shown the page, if there is one."""
    return next((p for p in bloc.positions if bloc.lignes.get(("GET", p), {}).get(role) == "200"), None)


def refused_position(bloc: Attendu, role: str) -> tuple[str, str] | None:
    """Return a position in which the role gets an error page, with the answer."""
    for (methode, position), ligne in bloc.lignes.items():
        if methode == "GET" and ligne[role] in {"non", "403", "404"}:
            return position, ligne[role]
    return None


def pages_of(monde: Monde, role: str) -> Iterator[tuple[str, str]]:
    """URL name and address of each page that the role may open, then of one page of each refusal."""
    refus: dict[str, tuple[str, str]] = {}
    for nom, bloc in read_all().items():
        if nom in FICHIERS | FRAGMENTS:
            continue
        position = open_position(bloc, role)
        if position is not None:
            yield nom, monde.adresse(nom, bloc.cles, position, role)
        refusee = refused_position(bloc, role)
        if refusee and role in set(Role):
            code = "403" if refusee[1] == "non" else refusee[1]
            refus.setdefault(code, (f"{nom} ({code})", monde.adresse(nom, bloc.cles, refusee[0], role)))
    yield from refus.values()
