"""Reads what the rules of due dates need: values in force, facts of many agents in few queries."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value

from agents.enums import CategorieSuivi
from agents.models import Affectation, Agent, RaisonSuivi
from agents.querysets import open_on
from nouvea_sst.referentiel.cles import Cle
from nouvea_sst.referentiel.models import Parametre
from visites.models import Visite
from visites.parametres import HORIZON, REGLES
from visites.rules.avis import Avis, next_visit
from visites.rules.echeance import FaitsAgent, RegleInconnue, Valeur, closest_category, due_date

CHAMPS_AGENT = (
    "pk",
    "date_embauche",
    "date_depart",
    "est_elu",
    "statut",
    "poste_id",
    "poste__categorie_suivi",
    "poste__intitule",
    "poste_depuis",
)


class Demandee(NamedTuple):
    """A closer follow-up that something asks for: which, the exposure of the post or none, since when."""

    categorie: str
    exposition: str
    depuis: datetime.date


def read_valeurs(jour: datetime.date, *autres: Cle) -> dict[str, Valeur]:
    """Return the values of due dates in force on this day, by code, and those of these other keys."""
    lignes = Parametre.objects.in_force(jour).of([*REGLES, *autres])
    return {
        p.code: Valeur(p.code, p.libelle, p.valeur, p.unite, p.date_effet, p.source, p.fiabilite)
        for p in lignes
    }


def read_horizon(jour: datetime.date) -> int | None:
    """Return how many months ahead a visit may be placed; None when the reference data does not say."""
    ligne = Parametre.objects.in_force(jour).of([HORIZON]).first()
    return None if ligne is None else int(ligne.valeur)


def read_faits(agents: Collection[int], jour: datetime.date, *, vus: bool = True) -> dict[int, FaitsAgent]:
    """Return the facts of these agents on this day, in three queries however many they are.

    Two, without their latest visits, when these are not asked for.
    """
    raisons, expositions = gather_demandees(ask_demandees(agents, jour))
    dernieres: dict[int, Mapping[str, Any]] = {}
    if vus:
        tenues = Visite.objects.filter(agent_id__in=agents).last_of_each_agent(jour)
        lignes = tenues.values("agent_id", "pk", "date", "prochaine_visite", "validite_mois")
        dernieres = {ligne["agent_id"]: ligne for ligne in lignes}
    return {
        ligne["pk"]: build_facts(
            ligne,
            tuple(raisons.get(ligne["pk"], ())),
            dernieres.get(ligne["pk"]),
            expositions.get(ligne["pk"], ()),
        )
        for ligne in ask_agents(agents)
    }


def ask_agents(agents: Collection[int]) -> QuerySet:
    """The row of each agent as build_facts takes it, with the day of his first posting to his post."""
    siennes = Affectation.objects.filter(agent=OuterRef("pk"), poste=OuterRef("poste")).order_by("date_debut")
    return (
        Agent.objects.filter(pk__in=agents)
        .order_by("pk")
        .annotate(poste_depuis=Subquery(siennes.values("date_debut")[:1]))
        .values(*CHAMPS_AGENT)
    )


def ask_demandees(agents: Collection[int], jour: datetime.date) -> QuerySet:
    """Rows agent, category, exposure, since: what posts ask for by exposing; dated reasons, without one."""
    siennes = (
        RaisonSuivi.objects.filter(open_on(jour), agent_id__in=agents)
        .order_by()
        .annotate(exposition=Value("", output_field=CharField()))
        .values_list("agent_id", "categorie", "exposition", "date_debut")
    )
    du_poste = (
        Agent.objects.filter(open_on(jour, "poste__expositions__"), pk__in=agents)
        .order_by()
        .values_list(
            "pk",
            "poste__expositions__type__categorie",
            "poste__expositions__type__libelle",
            "poste__expositions__date_debut",
        )
    )
    return siennes.union(du_poste).order_by("agent_id", "categorie", "exposition", "date_debut")


def gather_demandees(
    lignes: Iterable[tuple[int, str, str, datetime.date]],
) -> tuple[dict[int, list[Demandee]], dict[int, list[Demandee]]]:
    """By agent, the follow-ups that dated reasons ask for, and those of the post's exposures."""
    raisons: dict[int, list[Demandee]] = {}
    expositions: dict[int, list[Demandee]] = {}
    for agent_id, categorie, exposition, depuis in lignes:
        demandee = Demandee(categorie, exposition, depuis)
        (expositions if demandee.exposition else raisons).setdefault(agent_id, []).append(demandee)
    return raisons, expositions


def build_facts(
    agent: Mapping[str, Any],
    raisons: Sequence[Demandee],
    visite: Mapping[str, Any] | None,
    expositions: Sequence[Demandee] = (),
) -> FaitsAgent:
    """Return what the follow-up reads of an agent: his row, his dated reasons, his latest visit, his post."""
    categorie, origine, depuis = _category(agent, raisons, expositions)
    choisie = None
    if visite is not None:
        avis = Avis("", visite["validite_mois"], visite["prochaine_visite"])
        choisie = next_visit(avis, visite["date"])
    return FaitsAgent(
        embauche=agent["date_embauche"],
        depart=agent["date_depart"],
        est_elu=agent["est_elu"],
        statut=agent["statut"],
        categorie=categorie,
        origine_categorie=origine,
        categorie_depuis=depuis,
        derniere_visite=None if visite is None else visite["date"],
        derniere_visite_pk=None if visite is None else visite["pk"],
        prochaine_choisie=choisie,
    )


def _category(
    agent: Mapping[str, Any], raisons: Sequence[Demandee], expositions: Sequence[Demandee]
) -> tuple[str, str, datetime.date | None]:
    """The closest follow-up, what asks for it (post, else exposure, else dated reason), and since when.

    What the post asks for, by itself or by an exposure, is asked of him from his posting to it.
    """
    du_poste, intitule = agent["poste__categorie_suivi"] or "", agent["poste__intitule"]
    affecte = agent["poste_depuis"]
    poste = f"poste : {intitule}" if intitule else ""
    if not raisons and not expositions:
        return closest_category(du_poste, ())[0], poste, affecte
    par_exposition, plus_fort = closest_category(du_poste, tuple(d.categorie for d in expositions))
    origine, depuis = poste, affecte
    if plus_fort:
        siennes = [d for d in expositions if d.categorie == par_exposition]
        origine = f"exposition : {siennes[0].exposition}, {poste}"
        debut = min(d.depuis for d in siennes)
        depuis = debut if affecte is None else max(debut, affecte)
    retenue, par_raison = closest_category(par_exposition, tuple(d.categorie for d in raisons))
    if par_raison:
        return retenue, "suivi rapproché demandé", min(d.depuis for d in raisons if d.categorie == retenue)
    return retenue, origine, depuis


@dataclass(frozen=True)
class Proposition:
    """What the rule proposes after a visit: months and day; nothing without follow-up.

    `manque` says in French which value lacks in the reference data, so that nothing can be proposed.
    """

    mois: int | None = None
    jour: datetime.date | None = None
    manque: str = ""


def propose_next(
    agent: Agent, date_visite: datetime.date, jour: datetime.date, valeurs: Mapping[str, Valeur] | None = None
) -> Proposition:
    """Return what the rule proposes after a visit of this day; `valeurs` when they are read already."""
    faits = read_faits([agent.pk], jour, vus=False)[agent.pk]
    apres = FaitsAgent(
        embauche=None,
        est_elu=faits.est_elu,
        statut=faits.statut,
        categorie=faits.categorie,
        derniere_visite=date_visite,
    )
    try:
        echeance = due_date(apres, read_valeurs(jour) if valeurs is None else valeurs, jour)
    except RegleInconnue as inconnue:
        return Proposition(manque=str(inconnue))
    if echeance.jour is None:
        return Proposition()
    mois = (echeance.jour.year - date_visite.year) * 12 + echeance.jour.month - date_visite.month
    return Proposition(mois, echeance.jour)


def category_of(agent: Agent, jour: datetime.date) -> str:
    """Return the follow-up category of one agent on this day."""
    faits = read_faits([agent.pk], jour).get(agent.pk)
    return CategorieSuivi.SIMPLE if faits is None else faits.categorie
