"""Acts on absences."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from agents.actions.accidents import check_tie, refuse_if_followed, refuse_lost_accident
from agents.models import Absence, Agent, TypeAbsence
from agents.parametres import AVANCE
from agents.perms import refuse_own_file
from agents.rules.absences import check_periode, overlap
from nouvea_sst.comptes.corbeille import RetraitRefuse, put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.actions import defer_followups


@transaction.atomic
def create_absence(
    *,
    acteur: Any,
    agent_id: int,
    jour: datetime.date,
    type: TypeAbsence,
    date_debut: datetime.date,
    date_fin: datetime.date,
    debut_apres_midi: bool = False,
    fin_matin: bool = False,
    prolongation: bool = False,
    accident: Absence | None = None,
    date_accident: datetime.date | None = None,
    sans_arret: bool = False,
) -> Absence:
    """Enter an absence. Raises ValidationError by field: overlap, impossible period, nothing to prolong, a
    relapse of no accident, an accident entered already.

    Raises PermissionDenied for one's own.
    """
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent_id)
    refuse_own_file(acteur, agent)
    absence = Absence(
        agent=agent,
        type=type,
        date_debut=date_debut,
        date_fin=date_fin,
        debut_apres_midi=debut_apres_midi,
        fin_matin=fin_matin,
        prolongation=prolongation,
        accident=accident,
        date_accident=date_accident,
        sans_arret=sans_arret,
    )
    _check(absence, jour)
    absence.save()
    record_act(acteur=acteur, acte="agents.create_absence", objet=absence, agent=agent)
    defer_followups()
    return absence


@transaction.atomic
def update_absence(
    *,
    acteur: Any,
    absence_id: int,
    version: int,
    jour: datetime.date,
    type: TypeAbsence,
    date_debut: datetime.date,
    date_fin: datetime.date,
    debut_apres_midi: bool = False,
    fin_matin: bool = False,
    prolongation: bool = False,
    accident: Absence | None = None,
    date_accident: datetime.date | None = None,
    sans_arret: bool = False,
) -> list[str]:
    """Correct an absence and return the names of the fields changed; nothing is written without any.

    Raises VersionPerimee, ValidationError by field, PermissionDenied for one's own.
    """
    absence = _locked(absence_id)
    refuse_own_file(acteur, absence.agent)
    check_version(absence, version)
    voulu = {
        "type": type,
        "date_debut": date_debut,
        "date_fin": date_fin,
        "debut_apres_midi": debut_apres_midi,
        "fin_matin": fin_matin,
        "prolongation": prolongation,
        "accident": accident,
        "date_accident": date_accident,
        "sans_arret": sans_arret,
    }
    changes = [nom for nom, valeur in voulu.items() if getattr(absence, nom) != valeur]
    if not changes:
        return []
    for nom, valeur in voulu.items():
        setattr(absence, nom, valeur)
    _check(absence, jour)
    refuse_lost_accident(absence=absence)
    absence.version += 1
    absence.save()
    record_act(
        acteur=acteur, acte="agents.update_absence", objet=absence, agent=absence.agent, champs=changes
    )
    defer_followups()
    return changes


@transaction.atomic
def delete_absence(*, acteur: Any, absence_id: int, version: int) -> Retrait:
    """Take an absence away, after the confirmation of the page; it may be put back for thirty days.

    Raises VersionPerimee, ValidationError when another record, as an accident, counts on it, PermissionDenied
    for one's own.
    """
    absence = _locked(absence_id)
    refuse_own_file(acteur, absence.agent)
    check_version(absence, version)
    refuse_if_followed(absence=absence)
    record_act(acteur=acteur, acte="agents.delete_absence", objet=absence, agent=absence.agent)
    try:
        retrait = put_aside(
            acteur=acteur,
            objet=absence,
            libelle=f"{absence}, {absence.agent}",
            droit="agents.change_absence",
            adresse=reverse("agents:absences", args=[absence.agent_id]),
            agent=absence.agent,
        )
    except RetraitRefuse as refus:
        raise ValidationError(str(refus)) from refus
    defer_followups()
    return retrait


@transaction.atomic
def restore_absence(*, acteur: Any, objet: Absence) -> None:
    """Put back an absence as it was. Raises ValidationError when another took its days, PermissionDenied."""
    agent = Agent.objects.of_key(objet.agent_id).select_for_update(of=("self",)).get()
    refuse_own_file(acteur, agent)
    objet.agent = agent
    if objet.accident_id and not agent.absences.filter(pk=objet.accident_id).exists():
        raise ValidationError("L’accident auquel elle se rattache n’est plus là : rétablissez-le d’abord.")
    for autre in agent.absences.overlapping(objet.date_debut, objet.date_fin).order_by("date_debut"):
        if overlap(objet.arret, autre.arret) and not objet.sans_arret:
            raise ValidationError(
                f"L’agent est maintenant absent du {autre.date_debut:%d/%m/%Y} au {autre.date_fin:%d/%m/%Y}."
            )
    write_back(objet)
    record_act(acteur=acteur, acte="agents.restore_absence", objet=objet, agent=agent)
    defer_followups()


def _locked(absence_id: int) -> Absence:
    """Return the absence with its agent's row locked: entries about one agent take turns."""
    absence = Absence.objects.select_related("agent", "type").get(pk=absence_id)
    Agent.objects.select_for_update(of=("self",)).get(pk=absence.agent_id)
    absence.refresh_from_db()
    return absence


def _check(absence: Absence, jour: datetime.date) -> None:
    """Raise ValidationError by field unless the absence can stand beside the agent's others."""
    agent, arret = absence.agent, absence.arret
    fautes = check_periode(
        arret,
        jour=jour,
        date_embauche=agent.date_embauche,
        date_depart=agent.date_depart,
        avance_mois=Parametre.objects.number_on(jour, AVANCE),
    )
    if fautes:
        raise ValidationError(fautes)
    autres = agent.absences.exclude(pk=absence.pk).select_related("type")
    for autre in autres.overlapping(absence.date_debut, absence.date_fin).order_by("date_debut"):
        if overlap(arret, autre.arret) and not absence.sans_arret:
            raise ValidationError(
                {
                    "date_debut": f"L’agent est déjà absent du {autre.date_debut:%d/%m/%Y} "
                    f"au {autre.date_fin:%d/%m/%Y} : corrigez cette absence ou changez les dates."
                }
            )
    if absence.prolongation and not _prolongs(absence, autres):
        raise ValidationError(
            {"prolongation": "Aucune absence qu’elle puisse prolonger ne finit la veille ou le jour même."}
        )
    check_tie(absence=absence, jour=jour)


def _prolongs(absence: Absence, autres: Any) -> bool:
    """Whether an absence ends right before: of the same type, or both types may prolong each other."""
    veille = absence.date_debut - datetime.timedelta(days=1)
    return any(
        autre.type_id == absence.type_id or (autre.type.prolonge and absence.type.prolonge)
        for autre in autres.filter(date_fin__in=[veille, absence.date_debut])
    )
