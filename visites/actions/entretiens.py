"""Says which slots of a psychologist are taken, by nobody in particular."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from visites.enums import EtatDemiJournee
from visites.models import CreneauOccupe, DemiJournee
from visites.perms import can_hold


@transaction.atomic
def hold_slot(*, acteur: Any, demi_journee: DemiJournee, heure: datetime.time, occupe: bool) -> bool:
    """Take a slot, or free it; asked twice, it is done once. The journal says no hour.

    Return whether something changed. Raises PermissionDenied, ValidationError with a French sentence.
    """
    verrouillees = DemiJournee.objects.select_for_update(of=["self"]).select_related("professionnel")
    demi = verrouillees.get(pk=demi_journee.pk)
    if not can_hold(acteur, demi):
        raise PermissionDenied
    if demi.etat != EtatDemiJournee.OUVERTE:
        raise ValidationError("Cette demi-journée n’est plus ouverte.")
    if heure not in demi.heures:
        raise ValidationError("Ce créneau n’existe pas dans cette demi-journée.")
    siens = CreneauOccupe.objects.filter(demi_journee=demi, heure=heure)
    if siens.exists() == occupe:
        return False
    if occupe:
        CreneauOccupe.objects.create(demi_journee=demi, heure=heure)
    else:
        siens.delete()
    record_act(acteur=acteur, acte="visites.hold_slot", objet=demi)
    return True
