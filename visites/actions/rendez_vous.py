"""Places, moves and cancels visits."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agents.models import Absence, Agent
from agents.perms import is_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import JourFerie
from visites.actions.demandes import keep_placed
from visites.actions.lettres import tell_cancelled
from visites.actions.mots import keep_words, read_words
from visites.actions.suivis import hold_agents
from visites.enums import ChampPartage, EtatVisite, Reponse
from visites.faits import read_horizon
from visites.models import AbsenceProfessionnel, DemiJournee, Motif, Visite, VisiteDue
from visites.parametres import read_plage
from visites.rules.absences import met_at
from visites.rules.creneaux import hours_taken
from visites.rules.etats import refuse_transition
from visites.rules.placement import Placement, absence_at, refuse_placement, slots

# What the database refuses when two people place at once.
DOUBLES = {
    "visites_agent_une_a_la_fois": "L’agent a déjà une visite à cette heure.",
    "visites_professionnel_une_a_la_fois": "Ce professionnel a déjà une visite à cette heure.",
    "visites_un_creneau_une_visite": "Ce professionnel a déjà une visite à cette heure.",
    "visites_une_ouverte_par_motif": "Une autre visite de ce motif est déjà placée pour cet agent.",
}


@dataclass(frozen=True)
class Creneau:
    """The day, hour and professional asked for."""

    date: datetime.date
    heure: datetime.time
    professionnel: Utilisateur
    malgre_absence: bool = False


def raise_refusals(*, refus: list[tuple[str, str]]) -> None:
    """Raise what a rule refuses, each sentence under its field; nothing for an empty list."""
    if refus:
        phrases: dict[str, list[str]] = {}
        for champ, phrase in refus:
            phrases.setdefault(champ or "__all__", []).append(phrase)
        raise ValidationError(phrases)


def lock_visite(
    *,
    visite: Visite,
    version: int,
    vers: EtatVisite,
    acteur: Any,
    refuse: Callable[[str, str], str] = refuse_transition,
) -> Visite:
    """Lock a visit that is about to change; the caller's transaction holds the lock.

    Raises VersionPerimee for an old page, ValidationError for one's own file or a state that cannot change.
    """
    hold_agents(cles=[visite.agent_id])
    verrouillee = Visite.objects.select_for_update(of=["self"]).select_related("agent").get(pk=visite.pk)
    if is_own_file(acteur, verrouillee.agent):
        raise ValidationError("Personne ne traite son propre dossier.")
    refus = refuse(verrouillee.etat, vers)
    if refus:
        raise ValidationError(refus)
    check_version(verrouillee, version)
    verrouillee.version += 1
    return verrouillee


@transaction.atomic
def plan_visite(
    *,
    acteur: Any,
    jour: datetime.date,
    agent: Agent,
    motif: Motif,
    nature: str,
    date: datetime.date,
    heure: datetime.time,
    professionnel: Utilisateur,
    malgre_absence: bool = False,
    due: VisiteDue | None = None,
) -> Visite:
    """Place a visit. Raises ValidationError, a French sentence per field, for what cannot be.

    An absence known for that half day refuses it, under « malgre_absence », unless that is true. Without
    `due`, it is for the agent's nearest one of this motive.
    """
    hold_agents(cles=[agent.pk])
    agent = Agent.objects.get(pk=agent.pk)
    if is_own_file(acteur, agent):
        raise ValidationError("Personne ne place sa propre visite.")
    ouverte = Visite.objects.open().filter(agent=agent, motif=motif).first()
    deja = ouverte.date if ouverte is not None and ouverte.etat == EtatVisite.PLACEE else None
    visite = ouverte or Visite(agent=agent, motif=motif)
    visite.nature = nature
    visite.agent = agent
    visite.due = (
        due or VisiteDue.objects.open().filter(agent=agent, motif=motif).order_by("echeance", "pk").first()
    )
    creneau = Creneau(date, heure, professionnel, malgre_absence)
    _place(visite, jour=jour, creneau=creneau, deja=deja)
    save_placed(visite=visite)
    keep_placed(acteur=acteur, jour=jour, due=visite.due)
    record_act(acteur=acteur, acte="visites.plan_visite", objet=visite, agent=agent)
    return visite


@transaction.atomic
def move_visite(
    *,
    acteur: Any,
    jour: datetime.date,
    visite: Visite,
    version: int,
    date: datetime.date,
    heure: datetime.time,
    professionnel: Utilisateur,
    malgre_absence: bool = False,
) -> Visite:
    """Give a placed visit another day, hour or professional. Raises ValidationError as plan_visite does."""
    visite = lock_visite(visite=visite, version=version, vers=EtatVisite.PLACEE, acteur=acteur)
    avant = (visite.date, visite.heure, visite.professionnel_id)
    _place(visite, jour=jour, creneau=Creneau(date, heure, professionnel, malgre_absence))
    _forget_said(visite)
    save_placed(visite=visite)
    apres = (visite.date, visite.heure, visite.professionnel_id)
    noms = ("date", "heure", "professionnel")
    champs = [nom for nom, a, b in zip(noms, avant, apres, strict=True) if a != b]
    record_act(acteur=acteur, acte="visites.move_visite", objet=visite, agent=visite.agent, champs=champs)
    return visite


@transaction.atomic
def cancel_visite(
    *, acteur: Any, visite: Visite, version: int, raison: str, confirmes: Collection[str] = ()
) -> Visite:
    """Cancel a visit that was not held; the reason is kept. Raises ValidationError, VersionPerimee."""
    mots = read_words(texte=raison, confirmes=confirmes, champ="raison")
    visite = lock_visite(visite=visite, version=version, vers=EtatVisite.ANNULEE, acteur=acteur)
    visite.etat = EtatVisite.ANNULEE
    visite.venue, visite.arrivee = False, None
    visite.annulee_parce_que = raison
    visite.save()
    keep_words(acteur=acteur, champ=ChampPartage.ANNULATION, marques=mots, visite=visite)
    tell_cancelled(visite=visite)
    record_act(acteur=acteur, acte="visites.cancel_visite", objet=visite, agent=visite.agent)
    return visite


def _place(
    visite: Visite, *, jour: datetime.date, creneau: Creneau, deja: datetime.date | None = None
) -> None:
    """Ask the rule, the professional's row locked so that two placements cannot take one hour."""
    professionnel = Utilisateur.objects.select_for_update().get(pk=creneau.professionnel.pk)
    date, heure = creneau.date, creneau.heure
    prises = Visite.objects.filter(professionnel=professionnel, date=date, etat=EtatVisite.PLACEE)
    plage = read_plage(jour)
    demi_journee = DemiJournee.objects.holding(professionnel, date, heure).first()
    duree = demi_journee.duree if demi_journee is not None else plage.pas
    occupees = prises.exclude(pk=visite.pk).filter(heure__isnull=False).values_list("heure", "duree")
    agent = visite.agent
    absences = Absence.objects.with_days().filter(agent=agent, date_fin__gte=date)
    absences = absences.order_by("date_debut", "pk")
    ailleurs = AbsenceProfessionnel.objects.of([professionnel], date, date)
    demande = Placement(
        jour=jour,
        date=date,
        heure=heure,
        nature=visite.nature,
        role_professionnel=professionnel.role,
        embauche=agent.date_embauche,
        depart=agent.date_depart,
        est_elu=agent.est_elu,
        propre_dossier=is_own_file(professionnel, agent),
        feries=JourFerie.objects.between(date, date),
        heures_prises=hours_taken(
            {*slots(plage), heure},
            duree,
            [(prise, longue or plage.pas) for prise, longue in occupees if prise is not None],
        ),
        motif_deja_place=deja,
        horizon_mois=read_horizon(jour),
        plage=plage,
        empechement=met_at([a.lue for a in ailleurs], date, heure, duree),
        absence=absence_at(date, heure, [absence.arret for absence in absences]),
        malgre_absence=creneau.malgre_absence,
    )
    raise_refusals(refus=refuse_placement(demande))
    visite.etat = EtatVisite.PLACEE
    visite.date, visite.heure, visite.professionnel = date, heure, professionnel
    visite.demi_journee, visite.duree = demi_journee, duree


def _forget_said(visite: Visite) -> None:
    """Nothing was said nor answered of an appointment that is a new one; the caller saves."""
    visite.venue, visite.arrivee, visite.dite_le = False, None, None
    visite.reponse, visite.reponse_voie, visite.repondu_par = Reponse.ATTENDUE, "", ""
    visite.repondu_le = None


def save_placed(*, visite: Visite) -> None:
    """Save a placed visit. Raises ValidationError, under « heure », when somebody was quicker."""
    try:
        with transaction.atomic():
            visite.save()
    except IntegrityError as refus:
        for nom, phrase in DOUBLES.items():
            if nom in str(refus):
                raise ValidationError({"heure": phrase}) from refus
        raise
