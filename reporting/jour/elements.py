"""What the page of the day is made of."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from nouvea_sst.lib.affichage import EtatEcheance, count_of, format_date, format_number
from nouvea_sst.lib.etats import EtatChoices

SEMAINE = datetime.timedelta(days=7)
MONTREES = 5  # tasks of one kind shown in one group; the others are counted


class Groupe(Enum):
    """When a task is due, seen from today."""

    RETARD = "En retard"
    JOUR = "Aujourd’hui"
    SEMAINE = "D’ici sept jours"


def group_of(echeance: datetime.date, jour: datetime.date) -> Groupe:
    """Return the group of a due date; late from the first day after."""
    if echeance < jour:
        return Groupe.RETARD
    return Groupe.JOUR if echeance == jour else Groupe.SEMAINE


@dataclass(frozen=True)
class Tache:
    """One thing to do: what, why now, one act."""

    echeance: datetime.date
    titre: str
    url: str
    texte: str
    acte: str
    url_acte: str
    heure: str = ""
    mots: str = ""

    def badge(self, jour: datetime.date) -> tuple[EtatEcheance, str]:
        """Return state and words of its delay: « 5 j », « 10:00 », « jeu. 26 »."""
        match group_of(self.echeance, jour):
            case Groupe.RETARD:
                return EtatEcheance.RETARD, self.mots or f"{format_number((jour - self.echeance).days)} j"
            case Groupe.JOUR:
                return EtatEcheance.BIENTOT, self.heure or "ce jour"
            case _:
                return EtatEcheance.A_VENIR, format_date(self.echeance, "jour")


@dataclass(frozen=True)
class Suite:
    """Where the tasks that are not shown stand: « 12 autres signalements »."""

    nom: str
    url: str

    def write(self, nombre: int) -> str:
        """Say how many there are."""
        return count_of(nombre, self.nom)


@dataclass(frozen=True)
class Source:
    """Tasks of one kind: the first ones, how many there are in each group, where the others stand."""

    taches: Sequence[Tache]
    totaux: Mapping[Groupe, int]
    suites: Mapping[Groupe, Suite] = field(default_factory=dict)
    montrees: int = MONTREES


@dataclass(frozen=True)
class GroupeTaches:
    """A group as it is shown."""

    groupe: Groupe
    taches: Sequence[tuple[Tache, EtatEcheance, str]]
    suites: Sequence[tuple[str, str]]
    total: int

    @property
    def titre(self) -> str:
        """Its title."""
        return self.groupe.value

    @property
    def est_retard(self) -> bool:
        """Whether its count is red."""
        return self.groupe is Groupe.RETARD


def make_groups(sources: Sequence[Source], jour: datetime.date) -> list[GroupeTaches]:
    """Put the tasks of all kinds together by delay, soonest first; empty groups are left out."""
    groupes = []
    for groupe in Groupe:
        montrees: list[Tache] = []
        suites = []
        for source in sources:
            siennes = [t for t in source.taches if group_of(t.echeance, jour) is groupe][: source.montrees]
            montrees += siennes
            reste = source.totaux.get(groupe, 0) - len(siennes)
            if reste > 0 and groupe in source.suites:
                suites.append((source.suites[groupe].write(reste), source.suites[groupe].url))
        total = sum(source.totaux.get(groupe, 0) for source in sources)
        if total:
            rangees = sorted(montrees, key=lambda t: (t.echeance, t.heure))
            lignes = [(tache, *tache.badge(jour)) for tache in rangees]
            groupes.append(GroupeTaches(groupe, lignes, suites, total))
    return groupes


def greet(jour: datetime.date, groupes: Sequence[GroupeTaches]) -> str:
    """Write « Mardi 24 novembre 2026 · 9 choses vous attendent, dont 3 en retard »."""
    date = format_date(jour, "long")
    date = date[:1].upper() + date[1:]
    total = sum(g.total for g in groupes)
    retard = sum(g.total for g in groupes if g.est_retard)
    if not total:
        return f"{date} · rien ne vous attend"
    verbe = "vous attend" if total == 1 else "vous attendent"
    suite = ""
    if retard:
        suite = f", dont {format_number(retard)} en retard"
    if retard == total:
        suite = ", en retard" if total == 1 else ", toutes en retard"
    return f"{date} · {count_of(total, 'chose')} {verbe}{suite}"


@dataclass(frozen=True)
class Bouton:
    """A button of the header; one at most is the main one."""

    libelle: str
    url: str
    icone: str
    principal: bool = False


class EtatService(EtatChoices):
    """How a part of the machine does."""

    OK = "ok", "En service", "is-done", "check-circle-fill"
    PANNE = "panne", "En panne", "is-late", "exclamation-triangle-fill"


@dataclass(frozen=True)
class LigneCote:
    """A row of a side panel: when, who or what, its state."""

    titre: str
    url: str = ""
    quand: str = ""
    texte: str = ""
    membre: EtatChoices | None = None
    acte: str = ""
    url_acte: str = ""


@dataclass(frozen=True)
class Panneau:
    """A side panel."""

    cle: str
    titre: str
    lignes: Sequence[LigneCote]
    vide: str
    lien: str = ""
    url: str = ""


@dataclass
class Journee:
    """The page of one account on one day."""

    boutons: list[Bouton] = field(default_factory=list)
    chiffres: list[dict[str, Any]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    panneaux: list[Panneau] = field(default_factory=list)
    segments: list[dict[str, Any]] = field(default_factory=list)
    a_des_taches: bool = True
    avec_pages: bool = False  # whether it says what the role may open
    sensibles: int = 0  # rows about named agents: their reading is journalled


def make_figure(
    valeur: int, nom: str, url: str, *, retard: bool = False, bientot: bool = False
) -> dict[str, Any]:
    """Return a figure of the strip; its colour goes away when there is nothing."""
    classe = "is-late" if retard else "is-soon" if bientot else ""
    singulier, _, pluriel = nom.partition(",")
    libelle = (pluriel or f"{singulier}s") if valeur >= 2 else singulier
    return {
        "valeur": format_number(valeur),
        "libelle": libelle,
        "url": url,
        "classe": classe if valeur else "",
    }
