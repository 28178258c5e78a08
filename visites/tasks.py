"""Background jobs of visits: thin, they call actions."""

import logging

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Agent
from documents.models import LotLettres
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.travaux.actions import fail_travail, finish_travail, report_progress, start_travail
from visites.actions.brouillons import forget_brouillons
from visites.actions.certificats import TACHE, issue_certificat
from visites.actions.engagements import open_missing_engagements
from visites.actions.essais import TACHE as TACHE_ESSAI
from visites.actions.essais import fail_essai, keep_resultat
from visites.actions.lettres import TACHE_LETTRES, make_lettres
from visites.actions.suivis import TACHE_A_LA_DEMANDE, refresh_suivis
from visites.enums import EtatEssai
from visites.essais import mark_facts, trial_rule, try_regle
from visites.models import EssaiRegle
from visites.rules.echeance import RegleInconnue

JOURNAL = logging.getLogger(__name__)
CALCUL = "visites.refresh_suivis"
# procrastinate counts in UTC: 15:00 there is 02:00 of the next day in Nouméa, which has no summer time.
DEUX_HEURES_A_NOUMEA = "0 15 * * *"


class CalculPartiel(Exception):
    """Some agents could not be computed; the message says how many."""


@app.periodic(cron=DEUX_HEURES_A_NOUMEA, queueing_lock=CALCUL)
@app.task(name=CALCUL, queueing_lock=CALCUL)
def refresh(timestamp: int | None = None) -> None:
    """Recompute every due date: at night, and after a change in the personnel file; forget old drafts.

    Measures signed before there were commitments get theirs.

    The job fails when an agent could not be computed: the health page and the journal say so, the others are.
    """
    forget_brouillons(maintenant=timezone.now())
    open_missing_engagements(jour=timezone.localdate())
    bilan = refresh_suivis(acteur=None, jour=timezone.localdate())
    if bilan.erreurs:
        raise CalculPartiel(str(bilan))


@app.task(name=TACHE_A_LA_DEMANDE)
def refresh_on_demand(travail_id: int) -> None:
    """Recompute the due dates of all whom somebody sees; he follows the job."""
    travail = start_travail(travail_id=travail_id)
    vus = Agent.objects.visible_to(travail.demandeur) if travail.demandeur else Agent.objects.all()
    agents = vus.order_by("pk").values_list("pk", flat=True)

    def say(fait: int, total: int) -> None:
        report_progress(travail_id=travail_id, etape="Calcul des échéances", fait=fait, total=total)

    try:
        with acting(travail.demandeur):
            bilan = refresh_suivis(
                acteur=travail.demandeur, jour=timezone.localdate(), agents=agents, progres=say
            )
    except RegleInconnue as manque:
        fail_travail(travail_id=travail_id, message=str(manque))
        return
    if bilan.erreurs:
        fail_travail(travail_id=travail_id, message=f"{bilan}. Leurs échéances restent ce qu’elles étaient.")
    else:
        finish_travail(travail_id=travail_id, adresse=reverse("visites:liste"), message=str(bilan))


@app.task(name=TACHE)
def make_certificat(travail_id: int, visite_id: int) -> None:
    """Make the document of a visit for somebody who follows the job."""
    travail = start_travail(travail_id=travail_id)
    report_progress(travail_id=travail_id, etape="Mise en page")
    try:
        with acting(travail.demandeur):
            document = issue_certificat(
                acteur=travail.demandeur, visite_id=visite_id, jour=timezone.localdate()
            )
    except (PdfImpossible, ValidationError) as refus:
        mots = " ".join(refus.messages) if isinstance(refus, ValidationError) else str(refus)
        fail_travail(travail_id=travail_id, message=mots)
    except Exception:
        JOURNAL.exception("document non établi")
        fail_travail(travail_id=travail_id, message="Le document n’a pas pu être établi. Réessayez.")
    else:
        finish_travail(travail_id=travail_id, adresse=reverse("documents:ouvrir", args=[document.pk]))


@app.task(name=TACHE_ESSAI)
def run_essai(travail_id: int, essai_id: int) -> None:
    """Calculate a rule on trial over all whom its author sees; nothing is written but the result."""
    travail = start_travail(travail_id=travail_id)
    adresse = reverse("visites:essai", args=[essai_id])
    essai = EssaiRegle.objects.select_related("demandeur").get(pk=essai_id)
    if essai.etat != EtatEssai.EN_COURS:
        finish_travail(travail_id=travail_id, adresse=adresse)
        return
    cles = list(Agent.objects.visible_to(essai.demandeur).order_by("pk").values_list("pk", flat=True))

    def say(fait: int, total: int) -> None:
        report_progress(travail_id=travail_id, etape="Calcul à l’essai", fait=fait, total=total)

    try:
        regle, active = trial_rule(essai.declencheur, essai.valeurs)
        with acting(travail.demandeur):
            marque = mark_facts(timezone.now())
            bilan = try_regle(regle=regle, active=active, jour=essai.jour, cles=cles, progres=say)
            keep_resultat(essai_id=essai_id, resultat=bilan.summary() | marque)
    except RegleInconnue as manque:
        fail_essai(essai_id=essai_id)
        fail_travail(travail_id=travail_id, message=str(manque))
    except Exception:
        JOURNAL.exception("essai de règle non calculé")
        fail_essai(essai_id=essai_id)
        fail_travail(travail_id=travail_id, message="L’essai n’a pas pu être calculé. Recommencez-le.")
    else:
        finish_travail(travail_id=travail_id, adresse=adresse)


@app.task(name=TACHE_LETTRES)
def make_letters(travail_id: int, lot_id: int) -> None:
    """Make the convocations of a lot for somebody who follows the job."""
    travail = start_travail(travail_id=travail_id)
    lot = LotLettres.objects.select_related("demandeur").get(pk=lot_id)
    adresse = reverse("documents:lot", args=[lot.pk])

    def say(fait: int, total: int) -> None:
        report_progress(travail_id=travail_id, etape="Mise en page", fait=fait, total=total)

    try:
        if lot.saisie:
            with acting(travail.demandeur):
                make_lettres(
                    acteur=travail.demandeur,
                    lot=lot,
                    maintenant=timezone.now(),
                    jour=timezone.localdate(),
                    progres=say,
                )
    except (PdfImpossible, ValidationError) as refus:
        mots = " ".join(refus.messages) if isinstance(refus, ValidationError) else str(refus)
        fail_travail(travail_id=travail_id, message=mots)
    except Exception:
        JOURNAL.exception("convocations non établies")
        fail_travail(travail_id=travail_id, message="Les lettres n’ont pas pu être établies. Réessayez.")
    else:
        finish_travail(travail_id=travail_id, adresse=adresse)
