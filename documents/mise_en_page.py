"""A letter as a finished page: the frozen text, filled, under the head of the house."""

import base64
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from documents.models import EnTete, Signataire, VersionLettre
from documents.rules.gabarits import fill_gabarit, fill_line, read_gabarit

FEUILLES = ("css/tokens.css", "css/print.css")


@dataclass(frozen=True)
class Cadre:
    """What the letters of one day share."""

    entete: EnTete
    signataire: Signataire | None
    jour: datetime.date
    # A document that is signed and stamped by hand has the room for it.
    cachet: bool = False


@dataclass(frozen=True)
class Presence:
    """A row of an attendance sheet."""

    heure: str
    agent: str
    service: str


@dataclass(frozen=True)
class Page:
    """What one letter says, to whom."""

    modele: VersionLettre
    valeurs: Mapping[str, str]
    destinataire: Sequence[str] = ()
    presences: Sequence[Presence] = field(default_factory=tuple)


def title_of(page: Page) -> str:
    """Return the title of a letter, filled."""
    return fill_line(page.modele.objet, page.valeurs)


def read_page(page: Page) -> dict[str, Any]:
    """Return what the template prints: the filled blocks are words, which it escapes."""
    blocs = read_gabarit(page.modele.texte, page.modele.type.champs)
    return {
        "objet": title_of(page),
        "blocs": fill_gabarit(blocs, page.valeurs),
        "destinataire": page.destinataire,
        "presences": page.presences,
    }


def write_page(page: Page, cadre: Cadre) -> str:
    """Return the finished HTML of a letter; it links nothing."""
    logo = base64.b64encode(bytes(cadre.entete.logo)).decode("ascii")
    contexte = {
        "entete": cadre.entete,
        "logo": f"data:image/png;base64,{logo}" if logo else "",
        "signataire": cadre.signataire,
        "jour": cadre.jour,
        "cachet": cadre.cachet,
    }
    return render_to_string("documents/papier/lettre.html", contexte | read_page(page))
