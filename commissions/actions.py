"""Acts on a session and its agenda: their only writers."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse

from commissions.enums import EtatSeance, Instance
from commissions.models import PointOrdreDuJour, Seance
from commissions.rules.dates import check_day
from commissions.rules.etats import check_agenda, check_seance
from commissions.rules.ordre import moved
from nouvea_sst.comptes.corbeille import put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee, check_version, holds
from nouvea_sst.referentiel.models import JourFerie

DROIT = "commissions.change_seance"


@transaction.atomic
def create_seance(*, acteur: Any, jour: datetime.date, faits: Mapping[str, Any]) -> Seance:
    """Prepare a session to come; the same one sent twice is made once.

    Raises JourRefuse for its date, ValidationError for a number taken.
    """
    check_day(faits["date"], JourFerie.objects.name_of(faits["date"]), jour)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('commissions.seance'))")
    deja = Seance.objects.filter(instance=Instance.CHCT, **faits).first()
    if deja is not None:
        return deja
    seance = Seance(instance=Instance.CHCT, **faits)
    seance.full_clean()
    seance.save()
    record_act(acteur=acteur, acte="commissions.create_seance", objet=seance)
    return seance


def _locked(pk: int) -> Seance:
    """The session, kept for this transaction: its agenda changes only with it."""
    return Seance.objects.select_for_update().get(pk=pk)


@transaction.atomic
def update_seance(*, acteur: Any, pk: int, version: int, faits: Mapping[str, Any]) -> Seance:
    """Correct date, hour, place, number of a session that is being prepared.

    A session that keeps its date is not asked why it is on that day.
    Raises TransitionRefusee, VersionPerimee, JourRefuse or ValidationError.
    """
    seance = _locked(pk)
    if seance.etat != EtatSeance.PREPAREE:
        raise TransitionRefusee(f"Séance {seance.get_etat_display().lower()} : elle ne change plus.")
    check_version(seance, version)
    date = faits.get("date", seance.date)
    if date != seance.date:
        check_day(date, JourFerie.objects.name_of(date))
    changes = [nom for nom, valeur in faits.items() if getattr(seance, nom) != valeur]
    for nom, valeur in faits.items():
        setattr(seance, nom, valeur)
    seance.version += 1
    seance.full_clean()
    seance.save()
    record_act(acteur=acteur, acte="commissions.update_seance", objet=seance, champs=changes)
    return seance


def _move(acteur: Any, pk: int, version: int, cible: EtatSeance, jour: datetime.date, acte: str) -> Seance:
    """Bring a session to another state."""
    seance = _locked(pk)
    check_seance(EtatSeance(seance.etat), cible, seance.date, jour)
    check_version(seance, version)
    seance.etat = cible
    seance.version += 1
    seance.save(update_fields=["etat", "version"])
    record_act(acteur=acteur, acte=f"commissions.{acte}", objet=seance, champs=["etat"])
    return seance


@transaction.atomic
def hold_seance(*, acteur: Any, pk: int, version: int, jour: datetime.date) -> Seance:
    """Record that a session was held. Raises TransitionRefusee before its day, or VersionPerimee."""
    return _move(acteur, pk, version, EtatSeance.TENUE, jour, "hold_seance")


@transaction.atomic
def cancel_seance(*, acteur: Any, pk: int, version: int, jour: datetime.date) -> Seance:
    """Cancel a session that is being prepared. Raises TransitionRefusee or VersionPerimee."""
    return _move(acteur, pk, version, EtatSeance.ANNULEE, jour, "cancel_seance")


@transaction.atomic
def add_point(*, acteur: Any, pk: int, jeton: UUID, faits: Mapping[str, Any]) -> PointOrdreDuJour:
    """Add a point at the end of the agenda; the same form sent twice makes one. Raises TransitionRefusee."""
    seance = _locked(pk)
    check_agenda(EtatSeance(seance.etat))
    deja = PointOrdreDuJour.objects.filter(jeton=jeton, seance=seance).first()
    if deja is not None and holds(deja, faits):
        return deja
    dernier = seance.points.aggregate(n=Max("ordre"))["n"] or 0
    # The browser went back and another text came: another point.
    propre = jeton if deja is None else uuid4()
    point = PointOrdreDuJour(seance=seance, ordre=dernier + 1, jeton=propre, **faits)
    point.full_clean()
    point.save()
    record_act(acteur=acteur, acte="commissions.add_point", objet=seance, libelle=f"{seance} : {point}")
    return point


@transaction.atomic
def update_point(
    *, acteur: Any, pk: int, point: int, version: int, faits: Mapping[str, Any]
) -> PointOrdreDuJour:
    """Word a point otherwise. Raises TransitionRefusee, VersionPerimee, PointOrdreDuJour.DoesNotExist."""
    seance = _locked(pk)
    check_agenda(EtatSeance(seance.etat))
    ligne = seance.points.get(pk=point)
    check_version(ligne, version)
    changes = [nom for nom, valeur in faits.items() if getattr(ligne, nom) != valeur]
    for nom, valeur in faits.items():
        setattr(ligne, nom, valeur)
    ligne.version += 1
    ligne.full_clean()
    ligne.save()
    libelle = f"{seance} : {ligne}"
    record_act(acteur=acteur, acte="commissions.update_point", objet=seance, libelle=libelle, champs=changes)
    return ligne


@transaction.atomic
def move_point(*, acteur: Any, pk: int, point: int, depuis: int, rang: int) -> bool:
    """Bring a point from the rank where it was seen to another; asked twice it moves once.

    Raises TransitionRefusee, ValueError, or VersionPerimee when somebody moved it meanwhile.
    """
    seance = _locked(pk)
    check_agenda(EtatSeance(seance.etat))
    avant = list(seance.points.order_by("ordre", "pk").values_list("pk", flat=True))
    apres = moved(avant, point, rang)
    if apres == avant:
        return False
    if avant[depuis - 1 : depuis] != [point]:
        raise VersionPerimee(seance)
    _number(seance, apres)
    record_act(acteur=acteur, acte="commissions.move_point", objet=seance)
    return True


@transaction.atomic
def remove_point(*, acteur: Any, pk: int, point: int, version: int) -> Retrait | None:
    """Take a point off the agenda; nothing happens when it is gone already.

    Raises TransitionRefusee, or VersionPerimee when somebody worded it otherwise meanwhile.
    """
    seance = _locked(pk)
    check_agenda(EtatSeance(seance.etat))
    ligne = seance.points.filter(pk=point).first()
    if ligne is None:
        return None
    check_version(ligne, version)
    libelle = f"{seance} : {ligne}"
    adresse = reverse("commissions:seance", args=[pk])
    retrait = put_aside(acteur=acteur, objet=ligne, libelle=libelle, droit=DROIT, adresse=adresse)
    _number(seance, list(seance.points.order_by("ordre", "pk").values_list("pk", flat=True)))
    record_act(acteur=acteur, acte="commissions.remove_point", objet=seance, libelle=libelle)
    return retrait


@transaction.atomic
def restore_point(*, acteur: Any, objet: PointOrdreDuJour) -> None:
    """Put a point back at its rank, those after it move down; ValidationError once the session is over."""
    seance = _locked(objet.seance_id)
    try:
        check_agenda(EtatSeance(seance.etat))
    except TransitionRefusee as refus:
        raise ValidationError(str(refus)) from refus
    cles = list(seance.points.order_by("ordre", "pk").values_list("pk", flat=True))
    write_back(objet)
    _number(seance, [*cles[: objet.ordre - 1], objet.pk, *cles[objet.ordre - 1 :]])
    libelle = f"{seance} : {objet}"
    record_act(acteur=acteur, acte="commissions.restore_point", objet=seance, libelle=libelle)


def _number(seance: Seance, cles: list[int]) -> None:
    """Give the points the ranks 1 to n; the constraint on ranks waits for the end of the transaction."""
    lignes = {ligne.pk: ligne for ligne in seance.points.all()}
    for ordre, cle in enumerate(cles, start=1):
        lignes[cle].ordre = ordre
    PointOrdreDuJour.objects.bulk_update(lignes.values(), ["ordre"])
