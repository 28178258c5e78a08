"""What an account reaches: responsibilities, its own agent, and its end when the agent leaves."""

import datetime
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent, Collectivite, Responsabilite, Structure
from agents.querysets import present_on
from agents.rules.matricule import search_matricule
from nouvea_sst.comptes.actions import ask, disable_compte, note_return, notify
from nouvea_sst.comptes.corbeille import put_aside, write_back
from nouvea_sst.comptes.enums import MotifFermeture, NatureAvis, NatureDemande
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Retrait, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.comptes.rules.approbation import needs_two
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.versions import check_version

AGENT_INCONNU = "Aucun agent ne porte à la fois ce matricule et ce nom."
COMPTE_RELIE = "Ce compte est déjà relié à un agent."
AGENT_PRIS = "Cet agent a déjà un compte."


@transaction.atomic
def give_responsabilite(
    *,
    acteur: Utilisateur,
    compte_id: int,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    structure: Structure | None = None,
    collectivite: Collectivite | None = None,
) -> Responsabilite:
    """Make an account answer for a structure or a collectivité. Raises ValidationError, PermissionDenied."""
    compte = Utilisateur.objects.select_for_update().get(pk=compte_id)
    refuse_own_account(acteur, compte)
    donnee = Responsabilite(
        compte=compte,
        structure=structure,
        collectivite=collectivite,
        date_debut=date_debut,
        date_fin=date_fin,
    )
    donnee.full_clean()
    _refuse_twice(donnee)
    donnee.save()
    record_act(acteur=acteur, acte="agents.give_responsabilite", objet=compte, libelle=str(donnee))
    return donnee


@transaction.atomic
def end_responsabilite(
    *, acteur: Utilisateur, responsabilite: Responsabilite, jour: datetime.date
) -> Retrait | Responsabilite | None:
    """Let a responsibility end yesterday, or put one that has not begun into the trash.

    Return what takes it back: the trash's row, or the responsibility as it was; nothing when it is over.
    """
    Utilisateur.objects.select_for_update().get(pk=responsabilite.compte_id)
    refuse_own_account(acteur, responsabilite.compte)
    tenue = (
        Responsabilite.objects.select_for_update()
        .filter(Q(date_fin__isnull=True) | Q(date_fin__gte=jour))
        .filter(pk=responsabilite.pk)
        .first()
    )
    if tenue is None:
        return None
    avant = copy(tenue)
    record_act(
        acteur=acteur,
        acte="agents.end_responsabilite",
        objet=responsabilite.compte,
        libelle=str(responsabilite),
    )
    if tenue.date_debut >= jour:
        return put_aside(
            acteur=acteur,
            objet=tenue,
            libelle=str(responsabilite),
            droit="comptes.change_compte",
            adresse=reverse("agents:portee", args=[tenue.compte_id]),
        )
    tenue.date_fin = jour - datetime.timedelta(days=1)
    tenue.save(update_fields=["date_fin"])
    return avant


@transaction.atomic
def resume_responsabilite(
    *,
    acteur: Utilisateur,
    responsabilite: Responsabilite,
    jour: datetime.date,
    date_fin: datetime.date | None,
) -> bool:
    """Take back that a responsibility ended yesterday; return whether it had. Raises ValidationError."""
    compte = Utilisateur.objects.select_for_update().get(pk=responsabilite.compte_id)
    refuse_own_account(acteur, compte)
    tenue = Responsabilite.objects.select_for_update(of=("self",)).get(pk=responsabilite.pk)
    if tenue.date_fin != jour - datetime.timedelta(days=1):
        return False
    tenue.date_fin = date_fin
    tenue.full_clean()
    _refuse_twice(tenue)
    tenue.save(update_fields=["date_fin"])
    record_act(acteur=acteur, acte="agents.resume_responsabilite", objet=compte, libelle=str(tenue))
    return True


@transaction.atomic
def restore_responsabilite(*, acteur: Utilisateur, objet: Any) -> None:
    """Put back a responsibility that had not begun. Raises ValidationError, PermissionDenied."""
    compte = Utilisateur.objects.select_for_update().get(pk=objet.compte_id)
    refuse_own_account(acteur, compte)
    _refuse_twice(objet)
    write_back(objet)
    record_act(acteur=acteur, acte="agents.resume_responsabilite", objet=compte, libelle=str(objet))


def _refuse_twice(donnee: Responsabilite) -> None:
    """Raise ValidationError when the account answers for the same at these dates already."""
    memes = Responsabilite.objects.filter(
        compte=donnee.compte, structure=donnee.structure, collectivite=donnee.collectivite
    ).exclude(pk=donnee.pk)
    suit = Q() if donnee.date_fin is None else Q(date_debut__lte=donnee.date_fin)
    if memes.filter(suit & (Q(date_fin__isnull=True) | Q(date_fin__gte=donnee.date_debut))).exists():
        raise ValidationError("Le compte en répond déjà à ces dates.")


@transaction.atomic
def ask_agent(
    *, acteur: Utilisateur, maintenant: datetime.datetime, compte_id: int, matricule: str, nom: str
) -> DemandeCompte:
    """Ask that an account become that of the agent who bears both this matricule and this name.

    Whoever holds the account would read that file: a second person approves, whatever the role. The
    administrator does not browse the agents: what he types must be right. Raises ValidationError, the same
    when the one or the other is wrong.
    """
    compte = Utilisateur.objects.select_for_update().get(pk=compte_id)
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
    compte = Utilisateur.objects.select_for_update().get(pk=compte_id)
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
    agent = Agent.objects.select_for_update(of=("self",)).filter(pk=demande.cible).first()
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
