"""Keeps what could not be sent, for the person who typed it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import SaisieGardee, Utilisateur
from nouvea_sst.comptes.rules.saisies import PAR_COMPTE


@transaction.atomic
def keep_saisie(
    *,
    compte: Utilisateur,
    adresse: str,
    champs: dict[str, list[str]],
    fichiers: list[str],
) -> SaisieGardee:
    """Keep what this person typed; the oldest go when there are too many."""
    saisie = SaisieGardee.objects.create(
        compte=compte, adresse=adresse, champs=champs, fichiers=fichiers, gardee_le=timezone.now()
    )
    anciennes = SaisieGardee.objects.filter(compte=compte).order_by("-gardee_le", "-pk")[PAR_COMPTE:]
    SaisieGardee.objects.filter(pk__in=[s.pk for s in anciennes]).delete()
    record_act(acteur=compte, acte="comptes.keep_saisie", objet=compte)
    return saisie


@transaction.atomic
def drop_saisie(*, acteur: Any, saisie_id: int) -> bool:
    """Delete what was kept of one's own, sent at last or given up; return whether it was there."""
    supprimees = SaisieGardee.objects.filter(compte=acteur, pk=saisie_id).delete()[0]
    if supprimees:
        record_act(acteur=acteur, acte="comptes.drop_saisie", objet=acteur)
    return bool(supprimees)
