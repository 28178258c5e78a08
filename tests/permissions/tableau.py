"""Reads the tables of tests/permissions/attendus."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field

from nouvea_sst.comptes.enums import Role
from tests.permissions import attendus
from tests.permissions.monde import ANONYME, FERME

SIGLES = dict(
    zip(
        "COO CHE MED INF PSY PRE RH ENC AGT CHC AUD ADM ANO FER".split(),
        (
            Role.COORDINATEUR,
            Role.CHEF,
            Role.MEDECIN,
            Role.INFIRMIER,
            Role.PSYCHOLOGUE,
            Role.PREVENTEUR,
            Role.RH,
            Role.ENCADRANT,
            Role.AGENT,
            Role.CHCT,
            Role.AUDITEUR,
            Role.ADMINISTRATEUR,
            ANONYME,
            FERME,
        ),
        strict=True,
    )
)
REPONSES = {"200", "302", "403", "404", "503", "non", "con"}
ECRITES = {"GET", "POST"}
PORTES = {"non", "con"}  # answers given at the door, before the method and the record are looked at


class TableauIllisible(ValueError):
    """A line that cannot be read."""


@dataclass
class Attendu:
    """The block of one URL: what its parameters name, and the answers by method, position and role."""

    nom: str
    cles: dict[str, str]
    lignes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def positions(self) -> list[str]:
        """Positions in the order they are written."""
        return list(dict.fromkeys(position for _, position in self.lignes))

    def answer(self, methode: str, position: str, role: str) -> str:
        """Return what a role gets; GET stands for HEAD, a method without a line for 405."""
        ecrite = self.lignes.get(("GET" if methode == "HEAD" else methode, position))
        if ecrite is not None:
            return ecrite[role]
        porte = self.at_the_door(role)
        return porte or "405"

    def at_the_door(self, role: str) -> str:
        """Return « non » or « con » when no line lets the role in, else nothing."""
        reponses = {ligne[role] for ligne in self.lignes.values()}
        return reponses.pop() if len(reponses) == 1 and reponses <= PORTES else ""


def read(texte: str) -> Iterator[Attendu]:
    """Read one table."""
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip() and not ligne.lstrip().startswith("#")]
    if not lignes or lignes[0].split() != list(SIGLES):
        raise TableauIllisible("the first line names the columns: " + " ".join(SIGLES))
    bloc: Attendu | None = None
    for ligne in lignes[1:]:
        mots = ligne.split()
        if not ligne.startswith(" "):
            if bloc:
                yield bloc
            bloc = Attendu(mots[0], dict(mot.split("=") for mot in mots[1:]))
        elif bloc is None:
            raise TableauIllisible(f"no URL above: {ligne}")
        else:
            _read_line(bloc, ligne, *mots)
    if bloc:
        yield bloc


def _read_line(bloc: Attendu, ligne: str, methode: str, position: str, *reponses: str) -> None:
    """Add one line to the block."""
    if methode not in ECRITES or set(reponses) - REPONSES or len(reponses) != len(SIGLES):
        raise TableauIllisible(f"{bloc.nom}: {ligne}")
    if (methode, position) in bloc.lignes:
        raise TableauIllisible(f"{bloc.nom}: {methode} {position} stands twice")
    bloc.lignes[methode, position] = dict(zip(SIGLES.values(), reponses, strict=True))


def read_all() -> dict[str, Attendu]:
    """Every block of every file, by URL name."""
    tous: dict[str, Attendu] = {}
    for module in pkgutil.iter_modules(attendus.__path__):
        texte = importlib.import_module(f"{attendus.__name__}.{module.name}").TABLE
        for bloc in read(texte):
            if bloc.nom in tous:
                raise TableauIllisible(f"{bloc.nom} stands in two tables")
            tous[bloc.nom] = bloc
    return tous
