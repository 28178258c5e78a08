"""Whose an account is: its own agent, and its end when the agent leaves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from agents.models import Agent
from agents.querysets import present_on
from agents.rules.matricule import search_matricule
from nouvea_sst.comptes.actions import ask, disable_compte, lock_compte, note_return, notify
from nouvea_sst.comptes.enums import MotifFermeture, NatureAvis, NatureDemande
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.comptes.rules.approbation import needs_two
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.versions import check_version

AGENT_INCONNU = "Aucun agent ne porte à la fois ce matricule et ce nom."
COMPTE_RELIE = "Ce compte est déjà relié à un agent."
AGENT_PRIS = "Cet agent a déjà un compte."


@transaction.atomic
def ask_agent(
    *, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int, matricule: str, nom: str
) -> DemandeCompte:
    """Ask that an account become that of the agent who bears both this matricule and this name.

    Whoever holds the account would read that file: a second person approves, whatever the role. The
    administrator does not browse the agents: what he types must be right. Raises ValidationError, the same
    when the one or the other is wrong.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    if Agent.objects.filter(compte=compte).exists():
        raise ValidationError(COMPTE_RELIE)
    cle = search_matricule(matricule) or matricule.strip()
    agent = Agent.objects.select_for_update(of=("self",)).filter(matricule__iexact=cle).first()
    if agent is None or fold(nom) not in {fold(agent.nom), fold(agent.nom_naissance)} - {""}:
        raise ValidationError(AGENT_INCONNU)
    if agent.compte_id is not None:
        raise ValidationError(AGENT_PRIS)
    demande = ask(
        acteur=acteur,
        compte=compte,
        nature=NatureDemande.FICHE,
        maintenant=maintenant,
        cible=str(agent.pk),
        precision=f"relier la fiche de {agent}, matricule {agent.matricule}",
    )
    _tell_agent(agent, compte, NatureAvis.FICHE_DEMANDEE, maintenant)
    record_act(acteur=acteur, acte="agents.ask_agent", objet=compte, agent=agent)
    return demande


@transaction.atomic
def unlink_agent(
    *, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int, version: int | None = None
) -> DemandeCompte | Agent | None:
    """Take the agent from an account, or ask for it where the role needs two persons.

    Return the request or the agent, nothing when there was none. Raises VersionPerimee.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    agent = Agent.objects.select_for_update(of=("self",)).filter(compte=compte).first()
    if agent is None:
        return None
    if version is not None:
        check_version(compte, version)
    if needs_two(compte.role):
        precision = f"délier la fiche de {agent}, matricule {agent.matricule}"
        nature = NatureDemande.FICHE
        record_act(acteur=acteur, acte="agents.ask_agent", objet=compte, agent=agent)
        return ask(acteur=acteur, compte=compte, nature=nature, maintenant=maintenant, precision=precision)
    notify(compte=compte, nature=NatureAvis.FICHE_CHANGEE, maintenant=maintenant)
    _write_agent(acteur, compte, agent, None, maintenant)
    compte.version += 1
    compte.save(update_fields=["version"])
    return agent


def carry_out_fiche(
    *, acteur: Any, demande: DemandeCompte, compte: Utilisateur, maintenant: datetime.datetime
) -> None:
    """Link or unlink as it was approved, the account being locked. Raises ValidationError when it no longer
    can be.
    """
    tenu = Agent.objects.select_for_update(of=("self",)).filter(compte=compte).first()
    if not demande.cible:
        if tenu is not None:
            _write_agent(acteur, compte, tenu, None, maintenant, demande)
        return
    if tenu is not None:
        raise ValidationError(COMPTE_RELIE)
    # Not whom it became since by a merge: that is not what was read and approved.
    agent = Agent.objects.filter(pk=demande.cible).select_for_update(of=("self",)).first()
    if agent is None or agent.compte_id is not None:
        raise ValidationError(AGENT_PRIS)
    _write_agent(acteur, compte, agent, compte, maintenant, demande)


def _write_agent(
    acteur: Any,
    compte: Utilisateur,
    agent: Agent,
    porteur: Utilisateur | None,
    maintenant: datetime.datetime,
    demande: DemandeCompte | None = None,
) -> None:
    """Make the agent the account's, or nobody's any more, and tell him; name who had asked for it."""
    agent.compte = porteur
    agent.version += 1
    agent.save(update_fields=["compte", "version"])
    _tell_agent(agent, compte, NatureAvis.FICHE_CHANGEE, maintenant)
    acte = "agents.unlink_agent" if porteur is None else "agents.link_agent"
    libelle = "" if demande is None else f"{compte}, demandé par {demande.demandeur}"
    record_act(acteur=acteur, acte=acte, objet=compte, agent=agent, libelle=libelle, champs=["compte"])


def _tell_agent(agent: Agent, compte: Utilisateur, nature: NatureAvis, maintenant: datetime.datetime) -> None:
    """Tell the agent at the address of his file, if it is not the account's."""
    if agent.courriel and agent.courriel != compte.email:
        notify(compte=compte, nature=nature, maintenant=maintenant, adresse=agent.courriel)


@transaction.atomic
def follow_departures(*, acteur: Any, jour: datetime.date, agents: Any = None) -> int:
    """Disable the accounts of those who have left, and note who is back; return how many were disabled.

    The last day of an agent is one of work: his account closes the day after. Nobody is let in again by
    himself. `agents` limits the question to some of them.
    """
    concernes = Agent.objects.filter(compte__isnull=False).exclude(compte=acteur)
    if agents is not None:
        concernes = concernes.filter(pk__in=[agent.pk for agent in agents])
    fermes = 0
    for agent in concernes.filter(date_depart__lt=jour, compte__is_active=True).order_by("pk"):
        try:
            fermes += disable_compte(
                acteur=None,
                maintenant=timezone.now(),
                compte_id=agent.compte_id,  # type: ignore[arg-type]
                motif=MotifFermeture.DEPART,
            )
        except ValidationError:
            record_act(acteur=None, acte="comptes.departure_kept", objet=agent.compte, agent=agent)
    partis = Q(
        compte__is_active=False,
        compte__motif_fermeture=MotifFermeture.DEPART,
        compte__revenu_le__isnull=True,
    )
    for agent in concernes.filter(partis & present_on(jour)).order_by("pk"):
        note_return(acteur=None, jour=jour, compte_id=agent.compte_id)  # type: ignore[arg-type]
    return fermes
