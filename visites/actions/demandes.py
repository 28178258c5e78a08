"""Acts on requests for a visit: ask, keep, refuse, take back. Each refreshes what the agent is due."""

import datetime
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from agents.models import Agent
from agents.rules.exclusion import describe_exclusion, exclusion_on
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from visites.actions.mots import keep_words, read_words
from visites.actions.suivis import hold_agents, refresh_agent
from visites.enums import ChampPartage, EtatDemande, OrigineDemande
from visites.models import DemandeVisite, VisiteDue
from visites.parametres import HORIZON_DEMANDE
from visites.perms import can_keep, can_refuse, has_asked, origins_for
from visites.rules.demandes import refuse_wish
from visites.rules.echeance import RegleInconnue
from visites.rules.etats import refuse_demande

DEJA = "Une demande de même origine attend déjà pour cet agent : une seule suffit."


@transaction.atomic
def ask_visite(
    *,
    acteur: Any,
    jour: datetime.date,
    agent: Agent,
    origine: str,
    raison: str,
    avant_le: datetime.date | None = None,
    confirmes: Collection[str] = (),
) -> DemandeVisite:
    """Record a request: the agent is due a visit at once. One waits at a time for an agent and an origin.

    Raises ValidationError by field, PermissionDenied for an origin that is not the account's to give.
    """
    agent = _lock(agent.pk)
    if OrigineDemande(origine) not in origins_for(acteur, agent):
        raise PermissionDenied
    exclusion = exclusion_on(
        est_elu=agent.est_elu, date_embauche=agent.date_embauche, date_depart=agent.date_depart, jour=jour
    )
    if exclusion is not None:
        dates = {"date_embauche": agent.date_embauche, "date_depart": agent.date_depart}
        raise ValidationError(describe_exclusion(exclusion, **dates))
    if DemandeVisite.objects.waiting().filter(agent=agent, origine=origine).exists():
        raise ValidationError(DEJA)
    refus = refuse_wish(avant_le, jour, Parametre.objects.number_on(jour, HORIZON_DEMANDE))
    if refus:
        raise ValidationError({"avant_le": refus})
    mots = read_words(texte=raison, confirmes=confirmes, champ="raison")
    demande = DemandeVisite.objects.create(
        agent=agent,
        origine=origine,
        demandeur=acteur,
        nom_demandeur=str(acteur),
        demandee_le=jour,
        avant_le=avant_le,
        raison=raison.strip(),
    )
    keep_words(acteur=acteur, champ=ChampPartage.DEMANDE, marques=mots, demande=demande)
    _refresh(agent.pk, jour)
    record_act(acteur=acteur, acte="visites.ask_visite", objet=demande, agent=agent)
    return demande


@transaction.atomic
def keep_demande(
    *,
    acteur: Any,
    jour: datetime.date,
    demande: DemandeVisite,
    version: int,
    reponse: str = "",
    confirmes: Collection[str] = (),
) -> DemandeVisite:
    """Say that the visit will be held. Raises ValidationError, VersionPerimee, PermissionDenied."""
    demande = _take(demande, version, EtatDemande.RETENUE)
    if not can_keep(acteur, demande):
        raise PermissionDenied
    return _answer(demande, acteur, jour, "visites.keep_demande", reponse, confirmes)


@transaction.atomic
def refuse_visite(
    *,
    acteur: Any,
    jour: datetime.date,
    demande: DemandeVisite,
    version: int,
    reponse: str,
    confirmes: Collection[str] = (),
) -> DemandeVisite:
    """Say that no visit will be held, and why. Raises ValidationError, VersionPerimee, PermissionDenied."""
    demande = _take(demande, version, EtatDemande.REFUSEE)
    if not can_refuse(acteur, demande):
        raise PermissionDenied
    if not reponse.strip():
        raise ValidationError({"reponse": "Dites pourquoi : qui a demandé la visite lit votre réponse."})
    return _answer(demande, acteur, jour, "visites.refuse_visite", reponse, confirmes)


@transaction.atomic
def withdraw_demande(
    *, acteur: Any, jour: datetime.date, demande: DemandeVisite, version: int
) -> DemandeVisite:
    """Take back a request that nobody has answered. Raises ValidationError, VersionPerimee."""
    if not has_asked(acteur, demande):
        raise PermissionDenied
    demande = _take(demande, version, EtatDemande.RETIREE)
    return _answer(demande, acteur, jour, "visites.withdraw_demande", "")


def keep_placed(*, acteur: Any, jour: datetime.date, due: VisiteDue | None) -> None:
    """Keep the request whose visit was just placed: placing it is an answer. The caller holds the agent."""
    nature, _, cle = (due.cle if due is not None else "").partition(":")
    if nature != "demande":
        return
    deposees = DemandeVisite.objects.to_examine().select_for_update(of=("self",))
    demande = deposees.select_related("agent").filter(pk=cle).first()
    if demande is None:
        return
    demande.version += 1
    demande.etat, demande.traitee_par, demande.traitee_le = EtatDemande.RETENUE, str(acteur), jour
    demande.save()
    record_act(acteur=acteur, acte="visites.keep_demande", objet=demande, agent=demande.agent)


def _take(demande: DemandeVisite, version: int, vers: EtatDemande) -> DemandeVisite:
    """Return the row locked, in its new state. Raises ValidationError, VersionPerimee.

    The agent and his follow-up first, as the night does, which closes requests that were served.
    """
    hold_agents(cles=[demande.agent_id])
    lignes = DemandeVisite.objects.select_for_update(of=("self",)).select_related("agent")
    prise = lignes.get(pk=demande.pk)
    if refus := refuse_demande(prise.etat, vers):
        raise ValidationError(refus)
    check_version(prise, version)
    prise.version += 1
    prise.etat = vers
    return prise


def _answer(
    demande: DemandeVisite,
    acteur: Any,
    jour: datetime.date,
    acte: str,
    reponse: str,
    confirmes: Collection[str] = (),
) -> DemandeVisite:
    mots = read_words(texte=reponse, confirmes=confirmes, champ="reponse")
    demande.reponse = reponse.strip()
    demande.traitee_par, demande.traitee_le = str(acteur), jour
    demande.save()
    keep_words(acteur=acteur, champ=ChampPartage.REPONSE, marques=mots, demande=demande)
    _refresh(demande.agent_id, jour)
    record_act(acteur=acteur, acte=acte, objet=demande, agent=demande.agent, champs=["etat"])
    return demande


def _lock(agent_id: int) -> Agent:
    """The agent, held for this transaction; whoever writes a row that points at him need not wait."""
    hold_agents(cles=[agent_id])
    return Agent.objects.get(pk=agent_id)


def _refresh(agent_id: int, jour: datetime.date) -> None:
    with suppress(RegleInconnue):  # asked all the same: the night makes the visit due
        refresh_agent(agent_id=agent_id, jour=jour)
