"""Writes journal lines: acts by actions, consultations by views, refusals by the middleware."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from nouvea_sst.comptes.contexte import SYSTEME, consultation_notee, requete_en_cours
from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal

PAR_LOT = 1000


def label_of(objet: Any) -> str:
    """Name a record without saying what it says: its own name, unless that name is a secret.

    A model whose name tells a date or a reason of health gives « libelle_journal » in its place.
    """
    return "" if objet is None else str(getattr(objet, "libelle_journal", objet))


def key_of(agent: Any) -> str:
    """Return the key of an agent; of one who may be gone the key itself is handed over."""
    return "" if agent is None else agent if isinstance(agent, str) else str(agent.pk)


def _compose(
    nature: NatureJournal, acteur: Any, acte: str, objet: Any, agent: Any, libelle: str, champs: list[str]
) -> LigneJournal:
    """Compose one line; objet may be a model instance or nothing, acteur nobody for the system itself."""
    anonyme = acteur is None or not getattr(acteur, "is_authenticated", False)
    return LigneJournal(
        nature=nature,
        acteur_cle=SYSTEME if anonyme else acteur.get_username(),
        acteur_nom="Système" if anonyme else str(acteur),
        role="" if anonyme else acteur.role,
        acte=acte,
        objet_type="" if objet is None else objet._meta.label_lower,
        objet_cle="" if objet is None else str(objet.pk),
        objet_libelle=(libelle or label_of(objet))[:200],
        agent_cle=key_of(agent),
        requete=requete_en_cours.get(),
        champs=champs,
    )


def _write(*parties: Any) -> LigneJournal:
    """Write one line."""
    ligne = _compose(*parties)
    ligne.save(force_insert=True)
    return ligne


def record_act(
    *,
    acteur: Any,
    acte: str,
    objet: Any = None,
    agent: Any = None,
    libelle: str = "",
    champs: list[str] | None = None,
) -> LigneJournal:
    """Record an act, in the transaction of the act itself. `acte` reads « app.verbe »."""
    return _write(NatureJournal.ACTE, acteur, acte, objet, agent, libelle, champs or [])


def record_acts(*, acteur: Any, acte: str, agents: Iterable[tuple[Any, list[str]]]) -> int:
    """Record one act on many agents, a line each with the fields changed; return how many."""
    lignes = [
        _compose(NatureJournal.ACTE, acteur, acte, agent, agent, "", champs) for agent, champs in agents
    ]
    LigneJournal.objects.bulk_create(lignes, batch_size=PAR_LOT)
    return len(lignes)


def record_consultation(
    *, acteur: Any, acte: str, objet: Any = None, agent: Any = None, libelle: str = ""
) -> LigneJournal:
    """Record that a sensitive record, list, export or PDF was read."""
    consultation_notee.set(True)
    return _write(NatureJournal.CONSULTATION, acteur, acte, objet, agent, libelle, [])


class Lecture(NamedTuple):
    """One thing read on a page that shows several."""

    acte: str
    objet: Any = None
    agent: Any = None
    libelle: str = ""


def record_lectures(*, acteur: Any, lectures: Collection[Lecture]) -> None:
    """Record in one statement that a page showed these: a line for each."""
    consultation_notee.set(True)
    nature = NatureJournal.CONSULTATION
    lignes = [_compose(nature, acteur, lue.acte, lue.objet, lue.agent, lue.libelle, []) for lue in lectures]
    LigneJournal.objects.bulk_create(lignes, batch_size=PAR_LOT)


def record_consultations(*, acteur: Any, acte: str, objet: Any, agents: Collection[Any]) -> None:
    """Record that a record was read which names agents: a line for each, one alone when it names nobody."""
    consultation_notee.set(True)
    nature = NatureJournal.CONSULTATION
    lignes = [_compose(nature, acteur, acte, objet, agent, "", []) for agent in agents or [None]]
    LigneJournal.objects.bulk_create(lignes, batch_size=PAR_LOT)


def wrote_last(*, acteur: Any, objet: Any, depuis: datetime.datetime) -> bool:
    """Whether the last act on a record since then is this account's, as from another of its windows."""
    actes = LigneJournal.objects.filter(
        quand__gte=depuis,
        nature=NatureJournal.ACTE,
        objet_type=objet._meta.label_lower,
        objet_cle=str(objet.pk),
    )
    cles = actes.order_by("-quand", "-pk").values_list("acteur_cle", flat=True)
    return list(cles[:1]) == [acteur.get_username()]


def record_refusal(*, acteur: Any, acte: str, libelle: str = "", cle: str = "") -> LigneJournal:
    """Record that access was refused, and to which number; called outside the refused view's transaction."""
    ligne = _compose(NatureJournal.REFUS, acteur, acte, None, None, libelle, [])
    ligne.objet_cle = cle[:60]
    ligne.save(force_insert=True)
    return ligne
