"""Places, moves and cancels visits, and notes absences."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.models import Absence, Agent
from agents.perms import is_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import JourFerie
from visites.enums import EtatVisite
from visites.faits import read_horizon
from visites.models import Motif, Visite
from visites.parametres import read_plage
from visites.rules.etats import refuse_transition
from visites.rules.placement import Placement, absence_at, refuse_placement


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


def lock_visite(*, visite: Visite, version: int, vers: EtatVisite, acteur: Any) -> Visite:
    """Lock a visit that is about to change; the caller's transaction holds the lock.

    Raises VersionPerimee for an old page, ValidationError for one's own file or a state that cannot change.
    """
    verrouillee = Visite.objects.select_for_update(of=["self"]).select_related("agent").get(pk=visite.pk)
    if is_own_file(acteur, verrouillee.agent):
        raise ValidationError("Personne ne traite son propre dossier.")
    refus = refuse_transition(verrouillee.etat, vers)
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
) -> Visite:
    """Place a visit. Raises ValidationError, a French sentence per field, for what cannot be.

    An absence known for that half day refuses it, under « malgre_absence », unless that is true.
    """
    agent = Agent.objects.select_for_update(of=["self"]).get(pk=agent.pk)
    if is_own_file(acteur, agent):
        raise ValidationError("Personne ne place sa propre visite.")
    ouverte = Visite.objects.open().filter(agent=agent, motif=motif).first()
    deja = ouverte.date if ouverte is not None and ouverte.etat == EtatVisite.PLACEE else None
    visite = ouverte or Visite(agent=agent, motif=motif)
    visite.nature = nature
    visite.agent = agent
    creneau = Creneau(date, heure, professionnel, malgre_absence)
    _place(visite, jour=jour, creneau=creneau, deja=deja)
    visite.save()
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
    visite.save()
    apres = (visite.date, visite.heure, visite.professionnel_id)
    noms = ("date", "heure", "professionnel")
    champs = [nom for nom, a, b in zip(noms, avant, apres, strict=True) if a != b]
    record_act(acteur=acteur, acte="visites.move_visite", objet=visite, agent=visite.agent, champs=champs)
    return visite


@transaction.atomic
def cancel_visite(*, acteur: Any, visite: Visite, version: int, raison: str) -> Visite:
    """Cancel a visit that was not held; the reason is kept."""
    visite = lock_visite(visite=visite, version=version, vers=EtatVisite.ANNULEE, acteur=acteur)
    visite.etat = EtatVisite.ANNULEE
    visite.annulee_parce_que = raison
    visite.save()
    record_act(acteur=acteur, acte="visites.cancel_visite", objet=visite, agent=visite.agent)
    return visite


@transaction.atomic
def note_absence(*, acteur: Any, jour: datetime.date, visite: Visite, version: int) -> Visite:
    """Note that the agent did not come. Raises ValidationError before the day of the visit."""
    visite = lock_visite(visite=visite, version=version, vers=EtatVisite.ABSENT, acteur=acteur)
    if visite.date is not None and visite.date > jour:
        raise ValidationError(f"La visite est placée le {visite.date:%d/%m/%Y} : attendez ce jour.")
    visite.etat = EtatVisite.ABSENT
    visite.save()
    record_act(acteur=acteur, acte="visites.note_absence", objet=visite, agent=visite.agent)
    return visite


def _place(
    visite: Visite, *, jour: datetime.date, creneau: Creneau, deja: datetime.date | None = None
) -> None:
    """Ask the rule, the professional's row locked so that two placements cannot take one hour."""
    professionnel = Utilisateur.objects.select_for_update().get(pk=creneau.professionnel.pk)
    date, heure = creneau.date, creneau.heure
    prises = Visite.objects.filter(professionnel=professionnel, date=date, etat=EtatVisite.PLACEE)
    agent = visite.agent
    absences = Absence.objects.filter(agent=agent, date_fin__gte=date).order_by("date_debut", "pk")
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
        heures_prises=frozenset(prises.exclude(pk=visite.pk).values_list("heure", flat=True)),
        motif_deja_place=deja,
        horizon_mois=read_horizon(jour),
        plage=read_plage(jour),
        absence=absence_at(date, heure, [absence.arret for absence in absences]),
        malgre_absence=creneau.malgre_absence,
    )
    raise_refusals(refus=refuse_placement(demande))
    visite.etat = EtatVisite.PLACEE
    visite.date, visite.heure, visite.professionnel = date, heure, professionnel
