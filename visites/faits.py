"""Reads what the rules of due dates need: values in force, facts of many agents in few queries."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from agents.enums import CategorieSuivi
from agents.models import Agent, RaisonSuivi
from agents.querysets import open_on
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
    "poste__categorie_suivi",
    "poste__intitule",
)


def read_valeurs(jour: datetime.date) -> dict[str, Valeur]:
    """Return the values of due dates in force on this day, by code."""
    lignes = Parametre.objects.in_force(jour).of(REGLES)
    return {
        p.code: Valeur(p.code, p.libelle, p.valeur, p.unite, p.date_effet, p.source, p.fiabilite)
        for p in lignes
    }


def read_horizon(jour: datetime.date) -> int | None:
    """Return how many months ahead a visit may be placed; None when the reference data does not say."""
    ligne = Parametre.objects.in_force(jour).of([HORIZON]).first()
    return None if ligne is None else int(ligne.valeur)


def read_faits(agents: Collection[int], jour: datetime.date) -> dict[int, FaitsAgent]:
    """Return the facts of these agents on this day, in three queries however many they are."""
    raisons: dict[int, list[str]] = {}
    ouvertes = RaisonSuivi.objects.filter(open_on(jour), agent_id__in=agents).order_by("pk")
    for agent_id, categorie in ouvertes.values_list("agent_id", "categorie"):
        raisons.setdefault(agent_id, []).append(categorie)
    dernieres = {
        ligne["agent_id"]: ligne
        for ligne in Visite.objects.filter(agent_id__in=agents)
        .last_of_each_agent(jour)
        .values("agent_id", "pk", "date", "prochaine_visite", "validite_mois")
    }
    return {
        ligne["pk"]: _facts(ligne, tuple(raisons.get(ligne["pk"], ())), dernieres.get(ligne["pk"]))
        for ligne in Agent.objects.filter(pk__in=agents).order_by("pk").values(*CHAMPS_AGENT)
    }


def _facts(
    agent: Mapping[str, Any], raisons: tuple[str, ...], visite: Mapping[str, Any] | None
) -> FaitsAgent:
    categorie, par_raison = closest_category(agent["poste__categorie_suivi"] or "", raisons)
    origine = f"poste : {agent['poste__intitule']}" if agent["poste__intitule"] else ""
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
        origine_categorie="suivi rapproché demandé" if par_raison else origine,
        derniere_visite=None if visite is None else visite["date"],
        derniere_visite_pk=None if visite is None else visite["pk"],
        prochaine_choisie=choisie,
    )


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
    faits = read_faits([agent.pk], jour)[agent.pk]
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
