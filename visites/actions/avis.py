"""Signs a conclusion."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from visites.actions.rendez_vous import lock_visite, raise_refusals
from visites.actions.suivis import refresh_lot
from visites.enums import EtatVisite
from visites.faits import propose_next, read_valeurs
from visites.models import Restriction, Visite
from visites.perms import can_sign
from visites.rules.avis import Avis, next_visit, refuse_avis, validity_kept


@transaction.atomic
def record_avis(*, acteur: Any, jour: datetime.date, visite: Visite, version: int, avis: Avis) -> Visite:
    """Sign a conclusion, once: close the visit, open its restrictions, bring the agent's due date up to date.

    Raises PermissionDenied for whoever may not sign this visit, ValidationError with French sentences for
    what is missing, VersionPerimee when somebody else changed the visit meanwhile.
    """
    visite = lock_visite(visite=visite, version=version, vers=EtatVisite.REALISEE, acteur=acteur)
    if not can_sign(acteur, visite):
        raise PermissionDenied
    if visite.date is None:
        raise ValidationError("Cette visite n’a pas de date : placez-la d’abord.")
    valeurs = read_valeurs(jour)
    regle = propose_next(visite.agent, visite.date, jour, valeurs)
    refus = refuse_avis(avis, nature=visite.nature, date_visite=visite.date, jour=jour, regle_jour=regle.jour)
    raise_refusals(refus=refus)
    prochaine = next_visit(avis, visite.date) or regle.jour
    visite.etat = EtatVisite.REALISEE
    visite.professionnel = acteur
    visite.nom_professionnel = str(acteur)
    visite.conclusion = avis.conclusion
    visite.prochaine_visite = prochaine
    visite.validite_mois = validity_kept(Avis(avis.conclusion, None, prochaine), visite.date)
    visite.message_employeur = avis.message_employeur.strip()
    visite.signee_le = timezone.now()
    visite.save()
    Restriction.objects.bulk_create(
        Restriction(
            visite=visite,
            agent=visite.agent,
            type_id=mesure.type_id,
            precision=mesure.precision,
            date_debut=mesure.date_debut,
            date_fin=mesure.date_fin,
        )
        for mesure in avis.mesures
    )
    if not regle.manque:  # without its value the due date stays as it was, the signature does not wait for it
        refresh_lot(cles=[visite.agent_id], valeurs=valeurs, jour=jour)
    record_act(acteur=acteur, acte="visites.record_avis", objet=visite, agent=visite.agent)
    return visite
