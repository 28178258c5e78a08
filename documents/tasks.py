"""Background jobs of letters: thin, they call actions."""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Agent
from documents.actions import (
    TACHE_COURRIER,
    Pli,
    find_modele,
    forget_contents,
    make_lot,
    read_cadre,
    read_retours,
    send_due,
)
from documents.actions.courriels import TACHE_COURRIELS, TACHE_RETOURS
from documents.enums import CanalMessage, GenreLettre
from documents.mise_en_page import Cadre, Page
from documents.models import LotLettres
from documents.valeurs import address_of, agent_values, letter_values
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.travaux.actions import fail_travail, finish_travail, report_progress, start_travail

JOURNAL = logging.getLogger(__name__)


@app.task(name=TACHE_COURRIER)
def make_courrier(travail_id: int, lot_id: int) -> None:
    """Lay out a letter of somebody's own words. Begun again, it makes it once."""
    start_travail(travail_id=travail_id)
    lot = LotLettres.objects.select_related("demandeur").get(pk=lot_id)
    report_progress(travail_id=travail_id, etape="Mise en page")
    maintenant = timezone.now()
    try:
        with acting(lot.demandeur):
            if lot.saisie:
                pli, cadre = read_courrier(lot)
                make_lot(acteur=lot.demandeur, lot=lot, plis=[pli], cadre=cadre, maintenant=maintenant)
    except (PdfImpossible, ValidationError) as refus:
        mots = " ".join(refus.messages) if isinstance(refus, ValidationError) else str(refus)
        fail_travail(travail_id=travail_id, message=mots)
    except Exception:
        JOURNAL.exception("lettre non établie")
        fail_travail(travail_id=travail_id, message="La lettre n’a pas pu être établie. Réessayez.")
    else:
        finish_travail(travail_id=travail_id, adresse=reverse("documents:lot", args=[lot.pk]))


def read_courrier(lot: LotLettres) -> tuple[Pli, Cadre]:
    """Return the letter that was asked for, and what is around it."""
    saisie = lot.saisie
    agent = Agent.objects.select_related("structure__direction", "poste").get(pk=saisie["agent"])
    modele = find_modele(genre=GenreLettre.COURRIER)
    cadre = read_cadre(signataire=saisie["signataire"], jour=timezone.localdate())
    valeurs = {
        **agent_values(agent),
        **letter_values(cadre.entete, cadre.signataire, cadre.jour),
        "courrier.objet": saisie["objet"],
        "courrier.texte": saisie["texte"],
    }
    page = Page(modele, valeurs, address_of(agent))
    return Pli(agent, f"courrier:{lot.pk}", page, saisie["mode"]), cadre


@app.periodic(cron="* * * * *", queueing_lock=TACHE_COURRIELS)
@app.task(name=TACHE_COURRIELS, queueing_lock=TACHE_COURRIELS, lock=TACHE_COURRIELS)
def send_courriels(timestamp: int | None = None) -> None:
    """Send the messages that are due; without a mail server nothing waits."""
    if settings.COURRIEL:
        send_due(maintenant=timezone.now())
    if settings.SMS_ADRESSE:
        send_due(maintenant=timezone.now(), canal=CanalMessage.SMS)
    forget_contents(maintenant=timezone.now())


@app.periodic(cron="*/10 * * * *", queueing_lock=TACHE_RETOURS)
@app.task(name=TACHE_RETOURS, queueing_lock=TACHE_RETOURS, lock=TACHE_RETOURS)
def read_returns(timestamp: int | None = None) -> None:
    """Note what came back, where a box of returns is told; the job fails when it does not open."""
    if settings.RETOURS_DOSSIER or settings.RETOURS_IMAP:
        read_retours(maintenant=timezone.now())
