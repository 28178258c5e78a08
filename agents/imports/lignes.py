"""Targets of which a row is a dated row of an agent: what they declare, and the target made of it."""

import datetime
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Model

from agents.actions.lignes import RETRAIT, load_lignes, undo_lignes
from agents.imports.champs import LONGUEUR_NUMERO
from agents.imports.connues import Connue, LigneDatee
from agents.imports.lexiques import Lexique
from agents.imports.rapprochement import confront_lignes
from agents.imports.reprises import find_retaken
from agents.rules.matricule import Matricule
from agents.rules.registre import read_matricule
from nouvea_sst.imports.rules.cible import Champ, Cible, Cle, Faute, Valeurs

ORIGINE_MAX = 40
CHAMPS_AGENT = (
    Champ(
        "matricule",
        "Matricule",
        synonymes=(
            "id agent", "nomatr", "matricule", "no matricule", "n° matricule", "numero matricule",
            "matricule agent", "code agent", "employeenumber", "numero agent",
        ),
        fragments=("matricule",),
        lire=read_matricule,
    ),
    Champ(
        "id_tiarhe",
        "Matricule Tiarhé",
        synonymes=("id tiarhe", "matricule tiarhe", "tiarhe"),
        fragments=("tiarhe",),
        longueur=LONGUEUR_NUMERO,
    ),
)  # fmt: skip
Verifier = Callable[[Sequence[LigneDatee], Mapping[int, Sequence[Connue]]], dict[int, Faute]]


@dataclass(frozen=True)
class Declaration:
    """Dated rows of agents, as one kind of file brings them.

    champs: columns of the file beside those that name the agent; a field that is stored has the name of the
    model's column. stockes: those of them that are compared and written. lexiques: how to read the table
    that a field points at. origine: the field that holds the former software's number; the model then has
    cle_import. cle: what tells two rows of a file apart without that number, and finds a row typed by hand.
    fixes: columns that every new row gets, unless it says otherwise. completer derives values from others, in
    place; controler gives the faults of a row by itself; verifier those of a row beside the agent's others,
    by number of row. suites: follows the writing, keyword-only acteur, jour and agents, the keys of those
    touched.
    avertir: what deserves a look in a row that is written; signaler the same beside the agent's others.
    retrait: code of the journal line of a row that the file takes away; empty where it takes none.
    provisoires: which of these rows, by key, were written for want of such a file: a row of the file that
    speaks of none takes the only one of its agent.
    acte, annulation: codes of the journal lines. droit, fichier, entetes: as in Cible.
    """

    code: str
    libelle: str
    nom: str
    meme: str
    modele: type[Model]
    champs: tuple[Champ, ...]
    stockes: tuple[str, ...]
    obligatoires: tuple[str, ...]
    acte: str
    annulation: str
    origine: str = ""
    cle: tuple[str, ...] = ("agent", "date_debut")
    lexiques: Mapping[str, Callable[[], Lexique]] = field(default_factory=dict)
    fixes: Mapping[str, Any] = field(default_factory=dict)
    resume: tuple[str, ...] = ()
    completer: Callable[[Valeurs], None] | None = None
    controler: Callable[[Valeurs, datetime.date], list[Faute]] | None = None
    verifier: Verifier | None = None
    suites: Callable[..., None] | None = None
    avertir: Callable[[Valeurs], list[Faute]] | None = None
    signaler: Verifier | None = None
    retrait: str = ""
    provisoires: Callable[[Set[int]], Set[int]] | None = None
    droit: str = ""
    fichier: str = ""
    entetes: str = ""


def make_target(declaration: Declaration) -> Cible:
    """Return the target of these rows."""
    d = declaration
    place = Cle(d.cle)
    numero = (Cle((d.origine,), identifiante=True),) if d.origine else ()
    return Cible(
        code=d.code,
        libelle=d.libelle,
        nom=d.nom,
        champs=(*CHAMPS_AGENT, *d.champs),
        calcules=(
            Champ("agent", "Agent"),
            Champ("cle_import", "Numéro d’origine"),
            Champ(RETRAIT, d.nom.capitalize()),
        ),
        obligatoires=("agent", *d.obligatoires),
        obtenus={"matricule": ("agent",), "id_tiarhe": ("agent",)},
        virtuels=frozenset({"matricule", "id_tiarhe"}),
        resume=d.resume or d.obligatoires,
        cles=(*numero, place),
        cle_secours=place,
        nommer=_name,
        titrer=_name,
        reperer=_number,
        completer=partial(_complete, d),
        controler=partial(_checks_on, d),
        confronter=partial(confront_lignes, d),
        appliquer=load_lignes,
        reprendre=partial(undo_lignes, declaration=d),
        heurter=find_retaken,
        avertir=partial(_warnings_on, d) if d.avertir is not None else None,
        meme=d.meme,
        droit=d.droit,
        fichier=d.fichier,
        entetes=d.entetes,
        modele=d.modele,
        fiche="agents:agent",
        cle_fiche="agent_id",
        porteur="agent__structure",
        accueil="agents:liste",
        voir="Voir les agents",
        qui="Agent",
        numero="Matricule",
    )


def _warnings_on(declaration: Declaration, jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """Return what deserves a look in a row, whatever the day."""
    return declaration.avertir or (lambda valeurs: [])


def _name(valeurs: Valeurs) -> str:
    return str(valeurs.get("agent") or "Sans agent")


def _number(valeurs: Valeurs) -> str:
    numero = valeurs.get("matricule")
    return numero.numero if isinstance(numero, Matricule) else str(valeurs.get("id_tiarhe") or "")


def _complete(declaration: Declaration, valeurs: Valeurs) -> None:
    """Name the agent by his number until confront_lignes says who he is."""
    valeurs["agent"] = _number(valeurs) or None
    if declaration.completer is not None:
        declaration.completer(valeurs)


def _checks_on(declaration: Declaration, jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """Return the checks of a row by itself on this day: the end is not before the start."""

    def check(valeurs: Valeurs) -> list[Faute]:
        debut, fin = valeurs.get("date_debut"), valeurs.get("date_fin")
        fautes = declaration.controler(valeurs, jour) if declaration.controler else []
        if debut and fin and fin < debut:
            fautes = [Faute("date_fin", f"{fin:%d/%m/%Y}", "La fin précède le début."), *fautes]
        return fautes

    return check
