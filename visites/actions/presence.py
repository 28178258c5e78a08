"""Says how a visit went on its day, and says it again the same day."""

import datetime
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.referentiel.models import Parametre
from visites.actions.lettres import tell_cancelled
from visites.actions.mots import keep_words, read_words
from visites.actions.rendez_vous import lock_visite, save_placed
from visites.actions.suivis import refresh_agent
from visites.enums import ChampPartage, EtatDemiJournee, EtatVisite, Presence, Reponse
from visites.models import DemiJournee, MotifExcuse, Visite
from visites.parametres import EXCUSE_COMPTEE
from visites.perms import can_manage_half_day
from visites.rules.echeance import RegleInconnue
from visites.rules.etats import PHRASES_DEMI_JOURNEE, refuse_saying
from visites.rules.presents import refuse_presence

ETATS = {
    Presence.ATTENDU: EtatVisite.PLACEE,
    Presence.PRESENT: EtatVisite.PLACEE,
    Presence.ABSENT: EtatVisite.ABSENT,
    Presence.EXCUSE: EtatVisite.EXCUSE,
}
ACTES = {
    Presence.ATTENDU: "visites.undo_presence",
    Presence.PRESENT: "visites.note_presence",
    Presence.ABSENT: "visites.note_absence",
    Presence.EXCUSE: "visites.note_excuse",
}


@transaction.atomic
def say_presence(
    *,
    acteur: Any,
    jour: datetime.date,
    visite: Visite,
    version: int,
    presence: str,
    arrivee: datetime.time | None = None,
    excuse: MotifExcuse | None = None,
    excuse_precision: str = "",
    confirmes: Collection[str] = (),
) -> Visite:
    """Say that the agent is present, absent or excused; « attendu » takes back what was said.

    A present agent waits for his conclusion: his visit stays placed. What was said changes on the same day
    only. Raises ValidationError with a French sentence, VersionPerimee for an old page.
    """
    dite = Presence(presence)
    mots = []
    if dite == Presence.EXCUSE:
        mots = read_words(texte=excuse_precision, confirmes=confirmes, champ="excuse_precision")
    _hold_half_day(visite)
    visite = lock_visite(
        visite=visite, version=version, vers=ETATS[dite], acteur=acteur, refuse=refuse_saying
    )
    deja = visite.presence != Presence.ATTENDU
    refus = refuse_presence(
        jour=jour, date=visite.date, dite=dite, deja_le=_local_day(visite.dite_le) if deja else None
    )
    if refus:
        raise ValidationError(refus)
    comptait = visite.manquee
    avant = visite.presence
    write_presence(visite=visite, dite=dite, arrivee=arrivee)
    if visite.etat == EtatVisite.PLACEE and visite.reponse == Reponse.DECLINEE:
        visite.reponse, visite.reponse_voie, visite.repondu_par = Reponse.ATTENDUE, "", ""
        visite.repondu_le = None
    if dite == Presence.EXCUSE:
        write_excuse(visite=visite, jour=jour, excuse=excuse, precision=excuse_precision)
        keep_words(acteur=acteur, champ=ChampPartage.EXCUSE, marques=mots, visite=visite)
    save_placed(visite=visite)
    if dite == Presence.EXCUSE and avant != dite and visite.date is not None and visite.date > jour:
        tell_cancelled(visite=visite)
    if comptait != visite.manquee:
        with suppress(RegleInconnue):  # said all the same: the night counts it
            refresh_agent(agent_id=visite.agent_id, jour=jour)
    acte = "visites.correct_presence" if deja and avant != dite else ACTES[dite]
    record_act(
        acteur=acteur,
        acte=acte,
        objet=visite,
        agent=visite.agent,
        champs=["presence"] if deja and avant != dite else [],
    )
    return visite


@transaction.atomic
def say_all_present(*, acteur: Any, jour: datetime.date, demi_journee: DemiJournee) -> int:
    """Say present every visit of a half-day of which nothing was said; return how many.

    One's own visit is left for somebody else to say. Raises ValidationError for another's half-day.
    """
    if not can_manage_half_day(acteur, demi_journee):
        raise ValidationError("Cette demi-journée est celle d’un autre professionnel.")
    attendues = demi_journee.visites.filter(etat=EtatVisite.PLACEE, venue=False).select_related("agent")
    dites = 0
    for visite in attendues.order_by("agent_id", "pk"):
        if visite.agent.compte_id == acteur.pk:
            continue
        say_presence(
            acteur=acteur, jour=jour, visite=visite, version=visite.version, presence=Presence.PRESENT
        )
        dites += 1
    return dites


def note_absence(*, acteur: Any, jour: datetime.date, visite: Visite, version: int) -> Visite:
    """Note that the agent did not come. Raises ValidationError before the day of the visit."""
    return say_presence(acteur=acteur, jour=jour, visite=visite, version=version, presence=Presence.ABSENT)


def write_presence(*, visite: Visite, dite: Presence, arrivee: datetime.time | None = None) -> None:
    """Set what was said, without saving; what another saying left goes."""
    visite.etat = ETATS[dite]
    visite.venue = dite == Presence.PRESENT
    visite.arrivee = arrivee if visite.venue else None
    visite.dite_le = None if dite == Presence.ATTENDU else timezone.now()
    visite.excuse, visite.excuse_precision, visite.excuse_comptee = None, "", False


def write_excuse(
    *, visite: Visite, jour: datetime.date, excuse: MotifExcuse | None, precision: str = ""
) -> None:
    """Set the reason of an excuse, without saving; not valid, it may count as missed."""
    visite.excuse, visite.excuse_precision = excuse, precision
    valable = excuse is not None and excuse.valable
    visite.excuse_comptee = not valable and Parametre.objects.number_on(jour, EXCUSE_COMPTEE) == 1


def _hold_half_day(visite: Visite) -> None:
    """Lock the half-day of a visit, before its agent as filling does; a closed one keeps what was said."""
    demies = DemiJournee.objects.select_for_update(of=["self"], no_key=True).filter(visites=visite)
    for etat in demies.values_list("etat", flat=True):
        if etat != EtatDemiJournee.OUVERTE:
            raise ValidationError(PHRASES_DEMI_JOURNEE[EtatDemiJournee(etat)])


def _local_day(moment: datetime.datetime | None) -> datetime.date | None:
    return None if moment is None else timezone.localtime(moment).date()
