"""Corrects a signed conclusion: a new version is signed, the former one is kept as it was."""

import datetime
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from visites.actions.avis import end_running, lock_running, read_shared_words, set_measures
from visites.actions.engagements import end_engagements, open_engagements
from visites.actions.mots import keep_words, read_words
from visites.actions.rendez_vous import lock_visite, raise_refusals
from visites.actions.suivis import refresh_agent
from visites.enums import ChampPartage, EtatVisite
from visites.faits import propose_next, read_valeurs
from visites.models import BrouillonConclusion, ConclusionCorrigee, MotConfirme, Restriction, Visite
from visites.perms import can_correct
from visites.rules.avis import Avis, refuse_avis, settle, validity_kept
from visites.rules.corrections import (
    SANS_CHANGEMENT,
    SANS_RAISON,
    changes_nothing,
    changes_shared,
    refuse_correction,
    share_measures,
)
from visites.rules.echeance import RegleInconnue
from visites.rules.lexique import Marque
from visites.signees import as_measures, as_running, keep_terms, read_signed


@transaction.atomic
def correct_avis(
    *, acteur: Any, jour: datetime.date, visite: Visite, version: int, avis: Avis, raison: str
) -> Visite:
    """Sign a new version of a conclusion; the former one is kept with who replaced it, when and why.

    A measure that stays keeps its follow-up, one that goes is withdrawn and its follow-up closed, a new one
    opens its own. Raises PermissionDenied, VersionPerimee, ValidationError by field.
    """
    visite = lock_visite(
        visite=visite, version=version, vers=EtatVisite.REALISEE, acteur=acteur, refuse=refuse_correction
    )
    if not can_correct(acteur, visite) or visite.date is None:
        raise PermissionDenied
    if not raison.strip():
        raise ValidationError({"raison": SANS_RAISON})
    regle = propose_next(visite.agent, visite.date, jour, read_valeurs(jour))
    courantes = lock_running(acteur=acteur, visite=visite, avis=avis)
    refus = refuse_avis(
        avis,
        nature=visite.nature,
        date_visite=visite.date,
        jour=jour,
        regle_jour=regle.jour,
        courantes=[as_running(visite, r) for r in courantes],
    )
    raise_refusals(refus=refus)
    mots = read_shared_words(avis=avis)
    pourquoi = read_words(texte=raison, confirmes=avis.confirmes, champ="raison")
    mots.append((ChampPartage.CORRECTION, pourquoi))
    avis = settle(avis, visite.date, regle.jour)
    ancien, posees = read_signed(visite)
    partage = share_measures(as_measures(posees), avis.mesures)
    if changes_nothing(ancien, avis, partage):
        raise ValidationError(SANS_CHANGEMENT)
    partagee = changes_shared(ancien, avis, partage)
    _keep_former(acteur, visite, list(posees.values()), raison.strip(), partagee)
    visite.professionnel, visite.nom_professionnel = acteur, str(acteur)
    visite.conclusion, visite.prochaine_visite = avis.conclusion, avis.prochaine_visite
    visite.validite_mois = validity_kept(avis, visite.date)
    visite.message_employeur = avis.message_employeur.strip()
    visite.orientation_id = avis.orientation_id
    if partagee:  # an orientation is read by the agent and care staff: nobody else learns that it changed
        visite.corrigee_le, visite.certificat = timezone.now(), None
    visite.save()
    BrouillonConclusion.objects.filter(visite=visite, compte=acteur).delete()
    Restriction.objects.filter(pk__in=partage.retirees).update(retiree_le=jour)
    end_engagements(cles=partage.retirees, jour=jour)
    ajoutees = set_measures(visite=visite, mesures=partage.ajoutees)
    end_running(visite=visite, courantes=courantes, finies=avis.finies, jour=jour)
    keep_terms(visite)
    open_engagements(restrictions=ajoutees, agent=visite.agent, jour=jour)
    _keep_new_words(acteur, visite, mots)
    with suppress(RegleInconnue):
        refresh_agent(agent_id=visite.agent_id, jour=jour)
    record_act(acteur=acteur, acte="visites.correct_avis", objet=visite, agent=visite.agent)
    return visite


def _keep_new_words(acteur: Any, visite: Visite, mots: list[tuple[ChampPartage, list[Marque]]]) -> None:
    """Keep the words confirmed now; those of the former version stay kept once."""
    connus = set(MotConfirme.objects.filter(visite=visite).values_list("champ", "mot"))
    for champ, marques in mots:
        nouvelles = [m for m in marques if (champ.value, m.mot[:200]) not in connus]
        keep_words(acteur=acteur, champ=champ, marques=nouvelles, visite=visite)


def _keep_former(
    acteur: Any, visite: Visite, restrictions: list[Restriction], raison: str, partagee: bool
) -> None:
    """Write the version that stands as one that was corrected."""
    ConclusionCorrigee.objects.create(
        visite=visite,
        numero=ConclusionCorrigee.objects.filter(visite=visite).count() + 1,
        signee_le=visite.corrigee_le or visite.signee_le or timezone.now(),
        nom_professionnel=visite.nom_professionnel,
        conclusion=visite.conclusion,
        validite_mois=visite.validite_mois,
        prochaine_visite=visite.prochaine_visite,
        message_employeur=visite.message_employeur,
        orientation="" if visite.orientation is None else visite.orientation.libelle,
        mesures=[
            [
                r.type.libelle,
                r.precision,
                r.date_debut.isoformat(),
                None if r.date_fin is None else r.date_fin.isoformat(),
                r.etendue,
            ]
            for r in restrictions
        ],
        lue=visite.signee_lue,
        certificat_id=visite.certificat_id,
        corrigee_le=timezone.now(),
        corrigee_par=str(acteur),
        raison=raison,
        partagee=partagee,
    )
