"""Sends an agent the link that answers to his appointment without an account, and takes his answer."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from documents.actions import write_courriel
from nouvea_sst.comptes.journal import record_act
from visites.enums import EtatVisite, FinLien
from visites.models import LienReponse, Visite
from visites.rules.liens import (
    AUTRE_USAGE,
    FAUX,
    USAGE,
    Jeton,
    hash_of,
    mark_of_slot,
    read_jeton,
    refuse_lien,
)

SIGNATURE = signing.Signer(salt="visites.reponse")
OBJET = "Votre rendez-vous"
SANS_COURRIEL = "Aucun serveur de messages n’est réglé : prévenez l’agent autrement."
SANS_ADRESSE = "Cet agent n’a pas d’adresse : prévenez-le autrement."
PAS_A_VENIR = "Ce rendez-vous n’est pas à venir : il n’attend pas de réponse."


class LienRefuse(Exception):
    """The link does not answer; the message is the sentence to show."""


@transaction.atomic
def open_lien(*, visite: Visite, maintenant: datetime.datetime) -> str:
    """Make the link of an appointment, in the place of the one before; return its address.

    Its act is that of the message which carries it. Raises ValidationError for an appointment that is over.
    """
    visite = Visite.objects.select_for_update(of=("self",)).get(pk=visite.pk)
    debut = start_of_visit(visite=visite)
    if visite.etat != EtatVisite.PLACEE or debut is None or debut <= maintenant:
        raise ValidationError(PAS_A_VENIR)
    LienReponse.objects.filter(visite=visite).open().update(fini_le=maintenant, fin=FinLien.REMPLACE)
    jeton = SIGNATURE.sign(str(Jeton(USAGE, visite.pk, slot_of(visite=visite), secrets.token_urlsafe(24))))
    LienReponse.objects.create(visite=visite, empreinte=hash_of(jeton), cree_le=maintenant, expire_le=debut)
    return settings.ADRESSE_SITE + reverse("rendez_vous:repondre", args=[jeton])


def link_of(*, visite: Visite, maintenant: datetime.datetime) -> str:
    """Return the address by which an agent answers, or nothing when the appointment has begun."""
    try:
        return open_lien(visite=visite, maintenant=maintenant)
    except ValidationError:
        return ""


@transaction.atomic
def send_lien(*, acteur: Any, visite: Visite, maintenant: datetime.datetime) -> LienReponse:
    """Write to the agent with a new link; the one before answers no more. Raises ValidationError."""
    if not settings.COURRIEL:
        raise ValidationError(SANS_COURRIEL)
    if not visite.agent.courriel:
        raise ValidationError(SANS_ADRESSE)
    adresse = open_lien(visite=visite, maintenant=maintenant)
    contexte = {
        "date": visite.date,
        "heure": visite.heure,
        "lieu": place_of(visite=visite),
        "adresse": adresse,
    }
    texte = render_to_string("visites/lien_courriel.txt", contexte)
    write_courriel(adresse=visite.agent.courriel, objet=OBJET, texte=texte)
    record_act(acteur=acteur, acte="visites.send_lien", objet=visite, agent=visite.agent)
    return LienReponse.objects.filter(visite=visite).open().get()


def read_lien(*, jeton: str, maintenant: datetime.datetime, tenir: bool = False) -> LienReponse:
    """Return the link that a token opens, its row held with `tenir`. Raises LienRefuse with its sentence."""
    try:
        lu = read_jeton(SIGNATURE.unsign(jeton))
    except signing.BadSignature:
        raise LienRefuse(FAUX) from None
    if lu is None or lu.usage != USAGE:
        raise LienRefuse(AUTRE_USAGE)
    liens = LienReponse.objects.select_related("visite__demi_journee__lieu")
    if tenir:
        liens = liens.select_for_update(of=("self",))
    lien = liens.filter(empreinte=hash_of(jeton), visite_id=lu.visite).first()
    if lien is None:
        raise LienRefuse(FAUX)
    refus = refuse_lien(
        fin=lien.fin,
        etat=lien.visite.etat,
        meme_creneau=slot_of(visite=lien.visite) == lu.creneau,
        expire_le=lien.expire_le,
        maintenant=maintenant,
    )
    if refus:
        raise LienRefuse(refus)
    return lien


def slot_of(*, visite: Visite) -> str:
    """Return the mark of the slot in which a visit stands."""
    lieu = visite.demi_journee.lieu_id if visite.demi_journee is not None else None
    return mark_of_slot(visite.date, visite.heure, visite.professionnel_id, lieu)


def start_of_visit(*, visite: Visite) -> datetime.datetime | None:
    """Return the moment at which a visit begins, in the city's time."""
    if visite.date is None:
        return None
    debut = datetime.datetime.combine(visite.date, visite.heure or datetime.time(23, 59))
    return timezone.make_aware(debut)


def place_of(*, visite: Visite) -> str:
    """Return where a visit is held: the place of its half-day, or nothing known."""
    return str(visite.demi_journee.lieu) if visite.demi_journee is not None else ""
