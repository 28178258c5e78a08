"""What an undo would give back to a row, days or a number, and somebody has given to another one since."""

import datetime
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from agents.imports.rapprochement import Demi
from agents.models import Absence, Affectation, Agent, Carriere, PositionAdministrative
from agents.rules.annuaire import UNIQUES
from nouvea_sst.imports.moteur.traces import CITES, Obstacle, Trace, rows_seen_by
from nouvea_sst.lib.affichage import count_of

# Of these, an agent has one on a day at most; two contracts may run together.
UN_PAR_JOUR: tuple[type[Any], ...] = (Absence, Affectation, Carriere, PositionAdministrative)


def find_retaken(traces: Sequence[Trace], lecteur: Any = None) -> list[Obstacle]:
    """Return what was written since the import where its undo would give days or a number back.

    Two questions for each kind of row; what stood there before the import is no news.
    """
    obstacles: list[Obstacle] = []
    for trace in traces:
        if trace.rendus and trace.modele in UN_PAR_JOUR:
            obstacles += _days_retaken(trace, lecteur)
        elif trace.rendus and trace.modele is Agent:
            obstacles += _numbers_retaken(trace, lecteur)
    return obstacles


def _since(trace: Trace) -> QuerySet:
    """The rows, none of the import's, that somebody wrote after it."""
    depuis = trace.histoire._base_manager.filter(pgh_id__gt=trace.derniere).values("pgh_obj_id")
    return trace.modele._base_manager.filter(pk__in=depuis).exclude(pk__in=trace.touches)


def _numbers_retaken(trace: Trace, lecteur: Any) -> Iterator[Obstacle]:
    """Say which number that comes back is another agent's by now."""
    rendus = _given_back(trace)
    par_champ = {champ: {getattr(agent, champ) for agent in rendus} - {None, ""} for champ in UNIQUES}
    condition = reduce(or_, (Q(**{f"{champ}__in": numeros}) for champ, numeros in par_champ.items()))
    autres = list(_since(trace).filter(condition).order_by("pk"))
    if autres:
        vus = rows_seen_by(Agent._base_manager.filter(pk__in=[autre.pk for autre in autres]), lecteur)
        noms = tuple(str(autre) for autre in vus.order_by("pk")[:CITES])
        yield Obstacle(f"Numéro à rendre, et donné depuis l’import à {count_of(len(autres), 'agent')}", noms)


def _days_retaken(trace: Trace, lecteur: Any) -> Iterator[Obstacle]:
    """Say which rows stand by now on days that come back."""
    modele: Any = trace.modele
    rendues = _given_back(trace)
    autres = _since(trace).filter(agent__in={ligne.agent_id for ligne in rendues})
    genees = [autre.pk for autre in autres if any(_meet(autre, ligne) for ligne in rendues)]
    if genees:
        vues = rows_seen_by(modele._base_manager.filter(pk__in=genees), lecteur)
        noms = tuple(
            f"{autre}, {autre.agent}" for autre in vues.select_related("agent").order_by("pk")[:CITES]
        )
        mots = f"{modele._meta.verbose_name},{modele._meta.verbose_name_plural}"
        yield Obstacle(f"Jours à rendre, et pris depuis l’import par {count_of(len(genees), mots)}", noms)


def _given_back(trace: Trace) -> list[Any]:
    """The rows that the import changed or erased, as they stood before it."""
    avant = {**trace.anciens, **trace.effaces}
    gardees: dict[int, Any] = trace.histoire._base_manager.in_bulk(avant.values())
    return [
        trace.modele(pk=cle, **{c.attname: getattr(gardees[numero], c.attname) for c in trace.champs})
        for cle, numero in avant.items()
    ]


def _meet(une: Any, autre: Any) -> bool:
    """Whether two rows of one agent share a half day; an accident without leave takes none."""
    if une.agent_id != autre.agent_id or any(getattr(ligne, "sans_arret", False) for ligne in (une, autre)):
        return False
    (debut, fin), (son_debut, sa_fin) = _ends(une), _ends(autre)
    return debut <= sa_fin and son_debut <= fin


def _ends(ligne: Any) -> tuple[Demi, Demi]:
    """First and last half day of a row that may have no end."""
    debut = (ligne.date_debut, int(getattr(ligne, "debut_apres_midi", False)))
    return debut, (ligne.date_fin or datetime.date.max, int(not getattr(ligne, "fin_matin", False)))
