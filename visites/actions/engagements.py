"""Acts on commitments to apply a measure: open, acknowledge, answer, follow, reopen, close, renew."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from visites.actions.demandes import ask_visite
from visites.actions.mots import keep_words, read_words
from visites.enums import ChampPartage, OrigineDemande, SuiteEngagement
from visites.models import DemandeVisite, Engagement, Restriction
from visites.parametres import DELAI
from visites.perms import can_answer, can_follow
from visites.querysets_engagements import addressees_of
from visites.rules.engagements import (
    A_DIRE_AU_CHCT,
    deadline,
    refuse_day,
    refuse_over,
    refuse_suite,
    state_of,
)
from visites.rules.lexique import distinct

RETIREE = "Le médecin a retiré cette restriction en corrigeant sa conclusion."
FINIE = "Le médecin a mis fin à cette restriction avant son premier jour."


def open_engagements(*, restrictions: Iterable[Restriction], agent: Agent, jour: datetime.date) -> None:
    """Open the commitment of each measure that was just signed, for the nearest manager of the agent."""
    posees = list(restrictions)
    if not posees:
        return
    delai = Parametre.objects.number_on(jour, DELAI)
    destinataire = next(iter(addressees_of(agent, jour)), None)
    Engagement.objects.bulk_create(
        Engagement(
            restriction=restriction,
            destinataire=destinataire,
            structure_id=agent.structure_id,
            poste_id=agent.poste_id,
            ouvert_le=jour,
            echeance=deadline(restriction.date_debut, restriction.date_fin, jour, delai),
        )
        for restriction in posees
    )


@transaction.atomic
def open_missing_engagements(*, jour: datetime.date) -> int:
    """Open the commitments of measures in force that were signed before there were any. Return how many.

    Those of an agent who left open none. A night that finds none writes nothing.
    """
    sans = Restriction.objects.open_on(jour).filter(
        Q(agent__date_depart__isnull=True) | Q(agent__date_depart__gt=jour),
        visite__signee_le__isnull=False,
        engagement__isnull=True,
    )
    par_agent: dict[Agent, list[Restriction]] = {}
    for restriction in sans.select_related("agent__structure").order_by("agent_id", "pk"):
        par_agent.setdefault(restriction.agent, []).append(restriction)
    for agent, restrictions in par_agent.items():
        open_engagements(restrictions=restrictions, agent=agent, jour=jour)
    nombre = sum(map(len, par_agent.values()))
    if nombre:
        record_act(acteur=None, acte="visites.open_engagements", libelle=count_of(nombre, "restriction"))
    return nombre


def end_engagements(*, cles: Collection[int], jour: datetime.date, raison: str = RETIREE) -> int:
    """Close the follow-up of measures, by their keys, that a doctor withdrew. Return how many."""
    vivants = Engagement.objects.filter(restriction_id__in=cles, clos_le__isnull=True)
    return vivants.update(clos_le=jour, clos_parce_que=raison, version=F("version") + 1)


def resume_engagements(*, cles: Collection[int]) -> int:
    """Open again the follow-up of measures that a correction gives back. Return how many."""
    clos = Engagement.objects.filter(restriction_id__in=cles, clos_parce_que=FINIE)
    return clos.update(clos_le=None, clos_parce_que="", version=F("version") + 1)


@transaction.atomic
def acknowledge(
    *, acteur: Any, jour: datetime.date, cles: Collection[int], recu_le: datetime.date | None = None
) -> int:
    """Say that these measures were received, on `recu_le` for a paper one. Return how many.

    One that was acknowledged before keeps its day. Raises ValidationError, PermissionDenied.
    """
    lignes = _locked().filter(pk__in=cles, accuse_le__isnull=True).order_by("pk")
    lues = list(lignes)
    for engagement in lues:
        if not can_answer(acteur, engagement):
            raise PermissionDenied
        _refuse_over(engagement, jour)
        if refus := refuse_day(recu_le or jour, jour, _signed(engagement), "la signature"):
            raise ValidationError({"recu_le": refus})
        engagement.accuse_le, engagement.accuse_par = recu_le or jour, str(acteur)
        _save(engagement, acteur, "visites.acknowledge", ["accuse_le"])
    return len(lues)


@transaction.atomic
def answer_engagement(
    *,
    acteur: Any,
    jour: datetime.date,
    engagement: Engagement,
    version: int,
    suite: str,
    suite_le: datetime.date,
    raison: str = "",
    preuve: str = "",
    confirmes: Collection[str] = (),
) -> Engagement:
    """Say that a measure is applied, partly applied or refused, and why in words of work.

    Who answers has received it. Raises ValidationError by field, VersionPerimee, PermissionDenied.
    """
    if not can_answer(acteur, engagement):
        raise PermissionDenied
    engagement = _take(engagement, version, jour)
    recu = engagement.accuse_le
    depuis = (_signed(engagement), "la signature") if recu is None else (recu, "l’accusé de réception")
    if refus := refuse_day(suite_le, jour, *depuis):
        raise ValidationError({"suite_le": refus})
    if refus := refuse_suite(suite, raison):
        raise ValidationError({"raison": refus})
    mots = read_words(texte=raison, confirmes=confirmes, champ="raison")
    mots += read_words(texte=preuve, confirmes=confirmes, champ="preuve")
    visite = engagement.restriction.visite
    keep_words(acteur=acteur, champ=ChampPartage.SUITE, marques=distinct(mots), visite=visite)
    if recu is None:
        engagement.accuse_le, engagement.accuse_par = suite_le, str(acteur)
    if SuiteEngagement(suite) not in A_DIRE_AU_CHCT:
        engagement.chct_le = None
    engagement.suite, engagement.suite_le, engagement.suite_par = suite, suite_le, str(acteur)
    engagement.raison, engagement.preuve = raison.strip(), preuve.strip()
    return _save(engagement, acteur, "visites.answer_engagement", ["suite"])


@transaction.atomic
def follow_engagement(
    *,
    acteur: Any,
    jour: datetime.date,
    engagement: Engagement,
    version: int,
    destinataire: Any,
    echeance: datetime.date,
    revue_le: datetime.date | None = None,
    chct_le: datetime.date | None = None,
) -> Engagement:
    """Change who applies it and by when, set its review, note the day when the committee was told.

    Another addressee has received nothing yet: what the former one said stays in the history.
    Raises ValidationError by field, VersionPerimee, PermissionDenied.
    """
    if not can_follow(acteur, engagement):
        raise PermissionDenied
    engagement = _take(engagement, version, jour)
    change = getattr(destinataire, "pk", None) != engagement.destinataire_id
    _refuse_dates(engagement, jour, echeance, revue_le, None if change else chct_le)
    if change:
        _forget(engagement)
    engagement.destinataire, engagement.echeance, engagement.revue_le = destinataire, echeance, revue_le
    engagement.chct_le = None if change else chct_le
    return _save(engagement, acteur, "visites.follow_engagement", ["destinataire", "echeance"])


@transaction.atomic
def reopen_engagement(
    *, acteur: Any, jour: datetime.date, engagement: Engagement, version: int
) -> Engagement:
    """Open it again where the agent now stands: nearest manager, new deadline, nothing received yet.

    Raises ValidationError for an agent who left, VersionPerimee, PermissionDenied.
    """
    if not can_follow(acteur, engagement):
        raise PermissionDenied
    engagement = _take(engagement, version, jour)
    agent, restriction = engagement.restriction.agent, engagement.restriction
    if agent.date_depart is not None and agent.date_depart <= jour:
        raise ValidationError(f"L’agent est parti le {agent.date_depart:%d/%m/%Y} : le suivi se clôt.")
    delai = Parametre.objects.number_on(jour, DELAI)
    _forget(engagement)
    engagement.destinataire = next(iter(addressees_of(agent, jour)), None)
    engagement.structure_id, engagement.poste_id = agent.structure_id, agent.poste_id
    engagement.ouvert_le, engagement.revue_le = jour, None
    engagement.echeance = deadline(restriction.date_debut, restriction.date_fin, jour, delai)
    return _save(engagement, acteur, "visites.reopen_engagement", ["destinataire", "echeance"])


@transaction.atomic
def close_engagement(
    *,
    acteur: Any,
    jour: datetime.date,
    engagement: Engagement,
    version: int,
    raison: str,
    confirmes: Collection[str] = (),
) -> Engagement:
    """End the follow-up before the end of the measure, and say why; the measure itself stays the doctor's.

    Raises ValidationError, VersionPerimee, PermissionDenied.
    """
    if not can_follow(acteur, engagement):
        raise PermissionDenied
    engagement = _take(engagement, version, jour)
    if not raison.strip():
        raise ValidationError({"raison": "Dites pourquoi le suivi s’arrête."})
    mots = read_words(texte=raison, confirmes=confirmes, champ="raison")
    visite = engagement.restriction.visite
    keep_words(acteur=acteur, champ=ChampPartage.CLOTURE, marques=mots, visite=visite)
    engagement.clos_le, engagement.clos_parce_que = jour, raison.strip()
    return _save(engagement, acteur, "visites.close_engagement", ["clos_le"])


@transaction.atomic
def renew_engagement(*, acteur: Any, jour: datetime.date, engagement: Engagement) -> DemandeVisite:
    """Ask for a visit before the end of the measure; its request tells why that day.

    Raises ValidationError for a measure without end or a request that already waits, PermissionDenied.
    """
    if not can_follow(acteur, engagement):
        raise PermissionDenied
    _refuse_over(engagement, jour)
    fin = engagement.restriction.date_fin
    if fin is None:
        raise ValidationError("Cette restriction n’a pas de fin : elle tient jusqu’à un nouvel avis.")
    demande = ask_visite(
        acteur=acteur,
        jour=jour,
        agent=engagement.restriction.agent,
        origine=OrigineDemande.SERVICE,
        raison=f"Une restriction finit le {fin:%d/%m/%Y} : à revoir avant ce jour.",
        avant_le=fin,
    )
    record_act(
        acteur=acteur, acte="visites.renew_engagement", objet=engagement, agent=engagement.restriction.agent
    )
    return demande


def _locked() -> Any:
    return Engagement.objects.select_for_update(of=("self",)).select_related(
        "restriction__agent__structure", "restriction__visite"
    )


def _take(engagement: Engagement, version: int, jour: datetime.date) -> Engagement:
    prise: Engagement = _locked().get(pk=engagement.pk)
    check_version(prise, version)
    _refuse_over(prise, jour)
    return prise


def _refuse_over(engagement: Engagement, jour: datetime.date) -> None:
    if refus := refuse_over(state_of(engagement.faits, jour)):
        raise ValidationError(refus)


def _signed(engagement: Engagement) -> datetime.date:
    """Day of the signature, and of the latest reopening when there was one."""
    signee = engagement.restriction.visite.signee_le
    jour = engagement.ouvert_le if signee is None else timezone.localtime(signee).date()
    return min(jour, engagement.ouvert_le)


def _refuse_dates(
    engagement: Engagement,
    jour: datetime.date,
    echeance: datetime.date,
    revue_le: datetime.date | None,
    chct_le: datetime.date | None,
) -> None:
    restriction = engagement.restriction
    if echeance < restriction.date_debut:
        raise ValidationError({"echeance": "Ce jour précède le début de la restriction."})
    if restriction.date_fin is not None and echeance > restriction.date_fin:
        raise ValidationError({"echeance": "Ce jour suit la fin de la restriction."})
    if revue_le is not None and revue_le < jour and revue_le != engagement.revue_le:
        raise ValidationError({"revue_le": "Ce jour est passé."})
    if chct_le is None:
        return
    if engagement.suite not in A_DIRE_AU_CHCT or engagement.suite_le is None:
        raise ValidationError({"chct_le": "Le CHCT est informé de ce qui n’est pas appliqué en entier."})
    if refus := refuse_day(chct_le, jour, engagement.suite_le, "la suite"):
        raise ValidationError({"chct_le": refus})


def _forget(engagement: Engagement) -> None:
    """Wait again for an answer; the history keeps what was said."""
    engagement.accuse_le, engagement.accuse_par = None, ""
    engagement.suite, engagement.raison, engagement.preuve = "", "", ""
    engagement.suite_le, engagement.suite_par, engagement.chct_le = None, "", None


def _save(engagement: Engagement, acteur: Any, acte: str, champs: list[str]) -> Engagement:
    engagement.version += 1
    engagement.save()
    record_act(acteur=acteur, acte=acte, objet=engagement, agent=engagement.restriction.agent, champs=champs)
    return engagement
