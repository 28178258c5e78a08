"""Acts on a report: declare, qualify, treat, close."""

import datetime
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.contexte import withhold_actor
from nouvea_sst.comptes.corbeille import put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.affichage import start_of
from nouvea_sst.lib.numeros import next_number
from nouvea_sst.lib.transitions import TransitionRefusee, check_transition
from nouvea_sst.lib.versions import check_version, holds
from nouvea_sst.referentiel.models import Parametre
from signalements.enums import EtatSignalement
from signalements.models import Signalement
from signalements.parametres import DELAI
from signalements.perms import is_declarant
from signalements.rules.etats import SIGNALEMENT
from signalements.rules.recit import title_of

SUJET = "Ce signalement"
LienAgent: Any = Signalement.agents.through
REJET_DU_SIEN = "Vous avez déclaré ce signalement : une autre personne doit décider de le rejeter."


@transaction.atomic
def declare_signalement(
    *,
    acteur: Any,
    jour: datetime.date,
    jeton: UUID,
    anonyme: bool,
    faits: Mapping[str, Any],
    agents: Iterable[Agent] = (),
) -> Signalement:
    """Record a report, to be qualified within the delay in force; the same form sent twice makes one.

    `faits` holds the declared columns. Without a name nothing keeps who declared, nor at what hour: the row
    has the day alone, and the journal no line, which would stand between those of the account.
    Raises Parametre.DoesNotExist when the delay was never loaded.
    """
    with withhold_actor() if anonyme else nullcontext():
        return _declare(acteur, jour, jeton, anonyme, faits, agents)


def _declare(
    acteur: Any,
    jour: datetime.date,
    jeton: UUID,
    anonyme: bool,
    faits: Mapping[str, Any],
    agents: Iterable[Agent],
) -> Signalement:
    delai = Parametre.objects.in_force(jour).of([DELAI]).get()
    numero = next_number(Signalement, "S", jour.year)
    deja = Signalement.objects.filter(jeton=jeton).first()
    if deja is not None and holds(deja, faits):
        return deja
    signalement = Signalement(
        numero=numero,
        # The browser went back and another text came: another report.
        jeton=uuid4() if deja is not None else jeton,
        declarant=None if anonyme else acteur,
        anonyme=anonyme,
        intitule=title_of(faits["recit"]),
        recu_le=start_of(jour) if anonyme else timezone.now(),
        qualifier_avant=jour + datetime.timedelta(days=int(delai.valeur)),
        **faits,
    )
    signalement.full_clean()
    signalement.save()
    signalement.agents.set(agents)
    if not anonyme:
        record_act(acteur=acteur, acte="signalements.declare_signalement", objet=signalement)
    return signalement


def _locked(pk: int) -> Signalement:
    """The row, kept for this transaction."""
    return Signalement.objects.select_for_update(of=("self",)).get(pk=pk)


def _write(signalement: Signalement, *, acteur: Any, acte: str, **valeurs: Any) -> Signalement:
    """Set the values, add one to the version, leave the journal line with what changed."""
    changes = [nom for nom, valeur in valeurs.items() if getattr(signalement, nom) != valeur]
    for nom, valeur in valeurs.items():
        setattr(signalement, nom, valeur)
    signalement.version += 1
    signalement.full_clean()
    signalement.save()
    record_act(acteur=acteur, acte=f"signalements.{acte}", objet=signalement, champs=changes)
    return signalement


def _move(signalement: Signalement, version: int, cible: EtatSignalement, **suite: Any) -> Signalement:
    """Bring a report to another state; TransitionRefusee or VersionPerimee otherwise."""
    check_transition(SIGNALEMENT, EtatSignalement(signalement.etat), cible, SUJET)
    check_version(signalement, version)
    return _write(signalement, etat=cible, **suite)


@transaction.atomic
def qualify_signalement(
    *, acteur: Any, pk: int, version: int, jour: datetime.date, faits: Mapping[str, Any]
) -> Signalement:
    """Give a report its title, category, rating, place and pilot; before treatment it may be done again.

    Raises TransitionRefusee or VersionPerimee.
    """
    signalement = _locked(pk)
    if signalement.etat == EtatSignalement.QUALIFIE:
        check_version(signalement, version)
        return _write(signalement, acteur=acteur, acte="qualify_signalement", **faits)
    return _move(
        signalement,
        version,
        EtatSignalement.QUALIFIE,
        acteur=acteur,
        acte="qualify_signalement",
        qualifie_le=jour,
        **faits,
    )


@transaction.atomic
def start_signalement(*, acteur: Any, pk: int, version: int, jour: datetime.date) -> Signalement:
    """Begin or begin again to treat a report. Raises TransitionRefusee or VersionPerimee."""
    return _move(
        _locked(pk),
        version,
        EtatSignalement.EN_TRAITEMENT,
        acteur=acteur,
        acte="start_signalement",
        commence_le=jour,
        mesures_le=None,
    )


@transaction.atomic
def record_mesures(*, acteur: Any, pk: int, version: int, jour: datetime.date, mesures: str) -> Signalement:
    """Say which measures were taken. Raises TransitionRefusee or VersionPerimee."""
    return _move(
        _locked(pk),
        version,
        EtatSignalement.MESURES_PRISES,
        acteur=acteur,
        acte="record_mesures",
        mesures=mesures,
        mesures_le=jour,
    )


@transaction.atomic
def close_signalement(
    *, acteur: Any, pk: int, version: int, jour: datetime.date, conclusion: str
) -> Signalement:
    """Close a report whose measures work. Raises TransitionRefusee or VersionPerimee."""
    return _move(
        _locked(pk),
        version,
        EtatSignalement.CLOS,
        acteur=acteur,
        acte="close_signalement",
        conclusion=conclusion,
        clos_le=jour,
    )


@transaction.atomic
def reject_signalement(
    *, acteur: Any, pk: int, version: int, jour: datetime.date, raison: str
) -> Signalement:
    """Put a report aside for a reason that is kept; not one's own report.

    Raises TransitionRefusee or VersionPerimee.
    """
    signalement = _locked(pk)
    if is_declarant(acteur, signalement):
        raise TransitionRefusee(REJET_DU_SIEN)
    return _move(
        signalement,
        version,
        EtatSignalement.REJETE,
        acteur=acteur,
        acte="reject_signalement",
        conclusion=raison,
        clos_le=jour,
    )


@transaction.atomic
def link_agent(*, acteur: Any, signalement: Signalement, agent: Agent) -> bool:
    """Note that a report concerns an agent; nothing happens when it is noted already."""
    _locked(signalement.pk)
    if signalement.agents.filter(pk=agent.pk).exists():
        return False
    signalement.agents.add(agent)
    record_act(acteur=acteur, acte="signalements.link_agent", objet=signalement, agent=agent)
    return True


@transaction.atomic
def unlink_agent(*, acteur: Any, signalement: Signalement, agent: Agent) -> Retrait | None:
    """Take back that a report concerns an agent; nothing happens when it is taken back already."""
    _locked(signalement.pk)
    lien = LienAgent.objects.filter(signalement=signalement, agent=agent).first()
    if lien is None:
        return None
    record_act(acteur=acteur, acte="signalements.unlink_agent", objet=signalement, agent=agent)
    return put_aside(
        acteur=acteur,
        objet=lien,
        libelle=f"{agent}, signalement {signalement}",
        droit="signalements.qualify_signalement",
        adresse=reverse("signalements:signalement", args=[signalement.pk]),
        agent=agent,
    )


@transaction.atomic
def relink_agent(*, acteur: Any, objet: Any) -> None:
    """Put back that a report concerns an agent. Raises ValidationError when it was noted again meanwhile."""
    signalement = _locked(objet.signalement_id)
    objet.agent = Agent.objects.of_key(objet.agent_id).get()
    if signalement.agents.filter(pk=objet.agent_id).exists():
        raise ValidationError("Cet agent est déjà parmi les agents concernés.")
    write_back(objet)
    record_act(acteur=acteur, acte="signalements.link_agent", objet=signalement, agent=objet.agent)
