"""Clears away what has had its time."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import EssaiConnexion, FormulaireRecu, SaisieGardee, SessionCompte
from nouvea_sst.comptes.rules.essais import CONNU, OUBLI
from nouvea_sst.comptes.rules.saisies import GARDE

# Longer than any session lasts: a page older than that is asked to log in again and gets another token.
GARDE_FORMULAIRES = datetime.timedelta(days=3)


def forget_formulaires() -> int:
    """Drop the traces of forms that nobody can send again; a cleaning, no act: it leaves no journal line."""
    anciens = FormulaireRecu.objects.filter(recu_le__lt=timezone.now() - GARDE_FORMULAIRES)
    return anciens.delete()[0]


@transaction.atomic
def purge(*, acteur: Any) -> int:
    """Delete sessions over, forgotten attempts and texts that nobody fetched; return how many rows."""
    maintenant = timezone.now()
    nombre = SessionCompte.objects.filter(expire_date__lt=maintenant).delete()[0]
    oublies = EssaiConnexion.objects.filter(dernier_le__lt=maintenant - OUBLI)
    nombre += oublies.exclude(reussi_le__gt=maintenant - CONNU).delete()[0]
    perdues = SaisieGardee.objects.filter(gardee_le__lt=maintenant - GARDE).delete()[0]
    if perdues:
        record_act(acteur=acteur, acte="comptes.purge_saisies", libelle=f"{perdues} saisies gardées")
    return nombre + perdues
