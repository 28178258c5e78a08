"""Keeps what a professional types of a conclusion, until he signs it."""

import datetime
import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.chiffrement import seal
from nouvea_sst.lib.versions import check_version
from visites.enums import EtatVisite
from visites.models import BrouillonConclusion, Visite
from visites.perms import can_correct, can_sign
from visites.rules.brouillons import CONTENU_MAX, GARDE


@transaction.atomic
def keep_brouillon(
    *, acteur: Any, visite: Visite, version: int, champs: dict[str, list[str]]
) -> BrouillonConclusion:
    """Keep what is typed so far in place of what was; the first time leaves a journal line.

    One that was signed has the draft of its correction. Raises VersionPerimee when another window of this
    account kept something since, ValidationError for a visit that waits for no conclusion and for a text too
    long, PermissionDenied, CleManquante.
    """
    tenue = Visite.objects.select_for_update(of=("self",)).select_related("agent").get(pk=visite.pk)
    corrige = can_correct(acteur, tenue)
    if not can_sign(acteur, tenue) and not corrige:
        raise PermissionDenied
    if tenue.etat != EtatVisite.PLACEE and not corrige:
        raise ValidationError("Cette visite n’attend plus de conclusion.")
    texte = json.dumps(champs, ensure_ascii=False)
    if len(texte) > CONTENU_MAX:
        raise ValidationError("Ce texte est trop long pour un brouillon.")
    brouillon = BrouillonConclusion.objects.filter(visite=tenue, compte=acteur).first()
    if brouillon is None:
        brouillon = BrouillonConclusion(visite=tenue, compte=acteur)
        record_act(acteur=acteur, acte="visites.keep_brouillon", objet=tenue, agent=tenue.agent)
    else:
        check_version(brouillon, version)
    brouillon.version += 1
    brouillon.garde_le = timezone.now()
    seal(brouillon, "contenu", texte)
    brouillon.save()
    return brouillon


@transaction.atomic
def drop_brouillon(*, acteur: Any, visite: Visite) -> bool:
    """Erase one's own draft of a visit; return whether there was one."""
    siens = BrouillonConclusion.objects.filter(visite=visite, compte=acteur)
    efface = bool(siens.delete()[0])
    if efface:
        record_act(acteur=acteur, acte="visites.drop_brouillon", objet=visite, agent=visite.agent)
    return efface


def forget_brouillons(*, maintenant: datetime.datetime) -> int:
    """Erase drafts that nobody took up for some days; a cleaning, no act: it leaves no journal line."""
    return BrouillonConclusion.objects.filter(garde_le__lt=maintenant - GARDE).delete()[0]
