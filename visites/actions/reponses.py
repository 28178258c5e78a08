"""Keeps the answer of an agent to his appointment: he will come, or he cannot."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from visites.actions.lettres import tell_cancelled
from visites.actions.liens import read_lien
from visites.actions.mots import keep_words, read_words
from visites.actions.presence import write_excuse, write_presence
from visites.actions.rendez_vous import lock_visite, save_placed
from visites.enums import ChampPartage, EtatVisite, FinLien, Presence, Reponse, VoieReponse
from visites.models import MotifExcuse, Visite
from visites.perms import can_manage
from visites.rules.etats import refuse_saying
from visites.rules.presents import refuse_answer

PRIS = "Ce rendez-vous a été donné à un autre agent : demandez une nouvelle date à la section."


@transaction.atomic
def confirm(
    *, acteur: Any, jour: datetime.date, visite: Visite, voie: str, version: int | None = None
) -> Visite:
    """Keep that the agent will come: `reponse` is « confirmee ». A second time changes nothing.

    From the link of a message: `acteur=None, voie=VoieReponse.LIEN`, no version. It takes back a refusal
    while the slot is still free. Raises ValidationError with one French sentence to show as it is (visit
    past, cancelled, held, slot given to another), VersionPerimee for an old page.
    """
    visite = _hold(visite, acteur=acteur, jour=jour, voie=voie, version=version)
    if visite.etat == EtatVisite.PLACEE and visite.reponse == Reponse.CONFIRMEE:
        return visite
    if visite.etat == EtatVisite.EXCUSE and visite.reponse != Reponse.DECLINEE:
        raise ValidationError("L’excuse à ce rendez-vous est déjà notée : demandez une nouvelle date.")
    if visite.etat != EtatVisite.PLACEE:
        write_presence(visite=visite, dite=Presence.ATTENDU)
    _answer(visite, Reponse.CONFIRMEE, acteur=acteur, voie=voie)
    try:
        save_placed(visite=visite)
    except ValidationError as pris:
        raise ValidationError(PRIS) from pris
    record_act(acteur=acteur, acte="visites.confirm", objet=visite, agent=visite.agent)
    return visite


@transaction.atomic
def decline(
    *,
    acteur: Any,
    jour: datetime.date,
    visite: Visite,
    voie: str,
    version: int | None = None,
    excuse: MotifExcuse | None = None,
    excuse_precision: str = "",
    confirmes: Collection[str] = (),
) -> Visite:
    """Keep that the agent cannot come: the visit is excused, its slot free, its due open with its date.

    From the link of a message: `acteur=None, voie=VoieReponse.LIEN`, no version, a reason from
    MotifExcuse.objects.offered_on(jour) or none. A second time changes nothing. Raises ValidationError with
    French sentences to show as they are (visit past, cancelled, held, clinical words in the free text),
    VersionPerimee for an old page.
    """
    mots = read_words(texte=excuse_precision, confirmes=confirmes, champ="excuse_precision")
    visite = _hold(visite, acteur=acteur, jour=jour, voie=voie, version=version)
    if visite.etat == EtatVisite.EXCUSE:
        return visite
    write_presence(visite=visite, dite=Presence.EXCUSE)
    write_excuse(visite=visite, jour=jour, excuse=excuse, precision=excuse_precision)
    _answer(visite, Reponse.DECLINEE, acteur=acteur, voie=voie)
    visite.save()
    if mots and acteur is not None:
        keep_words(acteur=acteur, champ=ChampPartage.EXCUSE, marques=mots, visite=visite)
    tell_cancelled(visite=visite)
    record_act(acteur=acteur, acte="visites.decline", objet=visite, agent=visite.agent)
    return visite


@transaction.atomic
def use_lien(*, jeton: str, maintenant: datetime.datetime, reponse: str) -> Visite:
    """Keep the answer of whoever holds the link, once. Raises LienRefuse; ValidationError as confirm does."""
    lien = read_lien(jeton=jeton, maintenant=maintenant, tenir=True)
    dire = confirm if reponse == Reponse.CONFIRMEE else decline
    jour = timezone.localtime(maintenant).date()
    visite = dire(acteur=None, jour=jour, visite=lien.visite, voie=VoieReponse.LIEN)
    lien.fini_le, lien.fin = maintenant, FinLien.UTILISE
    lien.save(update_fields=["fini_le", "fin"])
    return visite


def _hold(visite: Visite, *, acteur: Any, jour: datetime.date, voie: str, version: int | None) -> Visite:
    """Lock a visit that may still be answered for; the agent answers for himself by the link alone."""
    if version is None:
        version = Visite.objects.values_list("version", flat=True).get(pk=visite.pk)
    qui = None if voie == VoieReponse.LIEN else acteur
    visite = lock_visite(
        visite=visite, version=version, vers=EtatVisite.EXCUSE, acteur=qui, refuse=refuse_saying
    )
    if qui is not None and not can_manage(qui, visite):
        raise ValidationError("Ce rendez-vous est celui d’un autre professionnel.")
    if visite.etat == EtatVisite.ABSENT:
        raise ValidationError("L’absence à cette visite est déjà notée : placez une nouvelle visite.")
    if visite.venue:
        raise ValidationError("L’agent est déjà là : sa présence est notée.")
    refus = refuse_answer(jour=jour, date=visite.date)
    if refus:
        raise ValidationError(refus)
    return visite


def _answer(visite: Visite, reponse: Reponse, *, acteur: Any, voie: str) -> None:
    visite.reponse, visite.reponse_voie = reponse, VoieReponse(voie)
    visite.repondu_par = "L’agent" if voie == VoieReponse.LIEN else str(acteur)
    visite.repondu_le = timezone.now()
