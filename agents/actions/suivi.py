"""Acts on the reasons for a closer follow-up: category and dates, never the cause."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.models import Agent, RaisonSuivi
from agents.perms import refuse_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.travaux.actions import defer_followups


@transaction.atomic
def open_raison(
    *,
    acteur: Any,
    agent: Agent,
    categorie: str,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
) -> RaisonSuivi:
    """Ask a closer follow-up for an agent from a day on; the due dates follow. Not for oneself."""
    refuse_own_file(acteur, agent)
    raison = RaisonSuivi(agent=agent, categorie=categorie, date_debut=date_debut, date_fin=date_fin)
    raison.full_clean()
    raison.save()
    record_act(acteur=acteur, acte="agents.open_raison", objet=raison, agent=agent)
    defer_followups()
    return raison


@transaction.atomic
def close_raison(*, acteur: Any, raison_id: int, date_fin: datetime.date) -> RaisonSuivi:
    """End a reason on this day, included. Raises ValidationError when it begins later."""
    raison = RaisonSuivi.objects.select_for_update(of=("self",)).select_related("agent").get(pk=raison_id)
    refuse_own_file(acteur, raison.agent)
    if date_fin < raison.date_debut:
        raise ValidationError({"date_fin": "La fin précède le début."})
    raison.date_fin = date_fin
    raison.save()
    record_act(acteur=acteur, acte="agents.close_raison", objet=raison, agent=raison.agent)
    defer_followups()
    return raison
