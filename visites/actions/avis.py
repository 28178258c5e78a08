"""Signs a conclusion."""

import datetime
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from visites.actions.engagements import FINIE, end_engagements, open_engagements, resume_engagements
from visites.actions.mots import keep_words, read_words
from visites.actions.rendez_vous import lock_visite, raise_refusals
from visites.actions.suivis import refresh_agent
from visites.enums import ChampPartage, EtatVisite
from visites.faits import propose_next, read_valeurs
from visites.models import BrouillonConclusion, Restriction, Visite
from visites.perms import can_sign
from visites.rules.avis import Avis, Mesure, refuse_avis, settle, validity_kept
from visites.rules.echeance import RegleInconnue
from visites.rules.lexique import Marque
from visites.signees import as_running, keep_terms, running


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
    avis = settle(avis, visite.date, regle.jour)
    visite.etat = EtatVisite.REALISEE
    visite.professionnel = acteur
    visite.nom_professionnel = str(acteur)
    visite.conclusion = avis.conclusion
    visite.prochaine_visite = avis.prochaine_visite
    visite.validite_mois = validity_kept(avis, visite.date)
    visite.message_employeur = avis.message_employeur.strip()
    visite.orientation_id = avis.orientation_id
    visite.signee_le = timezone.now()
    visite.save()
    posees = set_measures(visite=visite, mesures=avis.mesures)
    end_running(visite=visite, courantes=courantes, finies=avis.finies, jour=jour)
    keep_terms(visite)
    BrouillonConclusion.objects.filter(visite=visite, compte=acteur).delete()
    open_engagements(restrictions=posees, agent=visite.agent, jour=jour)
    for champ, marques in mots:
        keep_words(acteur=acteur, champ=champ, marques=marques, visite=visite)
    with suppress(RegleInconnue):  # without its value the date stays as it was, the signature does not wait
        refresh_agent(agent_id=visite.agent_id, jour=jour)
    record_act(acteur=acteur, acte="visites.record_avis", objet=visite, agent=visite.agent)
    return visite


def lock_running(*, acteur: Any, visite: Visite, avis: Avis) -> list[Restriction]:
    """Hold the measures of earlier visits until the end of the transaction. A doctor alone ends one."""
    if avis.finies and not acteur.has_perm("visites.record_avis"):
        raise PermissionDenied
    return list(running(visite).select_for_update(of=("self",)))


def end_running(
    *, visite: Visite, courantes: Iterable[Restriction], finies: Collection[int], jour: datetime.date
) -> None:
    """End those chosen the day before the visit; give back its end to one that is no longer chosen.

    One that has not begun is withdrawn: it never held.
    """
    veille = (visite.date or jour) - datetime.timedelta(days=1)
    for courante in courantes:
        choisie, finie = courante.pk in finies, courante.finie_par_id == visite.pk
        if choisie and not finie:
            courante.finie_par, courante.fin_avant = visite, courante.date_fin
            if courante.date_debut <= veille:
                courante.date_fin = veille
            else:
                courante.retiree_le = jour
                end_engagements(cles=[courante.pk], jour=jour, raison=FINIE)
            courante.save()
        elif finie and not choisie:
            if courante.retiree_le is not None:
                courante.retiree_le = None
                resume_engagements(cles=[courante.pk])
            courante.finie_par, courante.date_fin, courante.fin_avant = None, courante.fin_avant, None
            courante.save()


def set_measures(*, visite: Visite, mesures: Iterable[Mesure]) -> list[Restriction]:
    """Write measures of a conclusion that is being signed, or signed anew."""
    return Restriction.objects.bulk_create(
        Restriction(
            visite=visite,
            agent=visite.agent,
            type_id=mesure.type_id,
            precision=mesure.precision,
            etendue=mesure.etendue,
            date_debut=mesure.date_debut,
            date_fin=mesure.date_fin,
        )
        for mesure in mesures
    )


def read_shared_words(*, avis: Avis) -> list[tuple[ChampPartage, list[Marque]]]:
    """Return the clinical words of each text that the employer will read, all confirmed.

    Raises ValidationError with those that are not.
    """
    message = read_words(
        texte=avis.message_employeur, confirmes=avis.confirmes, champ=ChampPartage.MESSAGE.value
    )
    precisions = [
        (ChampPartage.PRECISION, read_words(texte=m.precision, confirmes=m.confirmes, champ="mesures"))
        for m in avis.mesures
    ]
    return [(ChampPartage.MESSAGE, message), *precisions]
