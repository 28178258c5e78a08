"""The message of the day: one to each person whom something awaits, with a number and no word of what."""

import datetime
import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from documents.actions import write_courriel
from nouvea_sst.comptes.enums import EtatCompte
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import count_of, format_date
from reporting.jour.roles import compose
from reporting.models import Resume

JOURNAL = logging.getLogger(__name__)
TACHE_RESUMES = "reporting.send_resumes"
OBJET = "Votre journée"
TEXTE = """Bonjour,

{combien} dans l’application de la section, ce {jour}.

Ouvrez votre page « Aujourd’hui » : {adresse}

Ce message part une fois par jour ouvré, seulement quand quelque chose vous attend.
Pour ne plus le recevoir : {refus}
"""


def send_resumes(*, jour: datetime.date) -> int:
    """Write the message of this day to each open account that something awaits; return how many.

    Each account in its own transaction, once a day: begun again, it goes on. Nothing leaves without a server.
    """
    if not settings.COURRIEL:
        return 0
    ouverts = Utilisateur.objects.in_state(EtatCompte.OUVERT).exclude(email="").order_by("pk")
    ecrits = 0
    for compte in ouverts.iterator():
        try:
            ecrits += send_resume(compte=compte, jour=jour)
        except Exception:  # the others have theirs; the next hour tries again
            JOURNAL.exception("résumé du jour non écrit")
    return ecrits


@transaction.atomic
def send_resume(*, compte: Utilisateur, jour: datetime.date) -> bool:
    """Write one person's message of this day, unless he has it or wants none; whether it was written."""
    Resume.objects.get_or_create(compte=compte)
    resume = Resume.objects.select_for_update().get(compte=compte)
    if not resume.recoit or (resume.dernier is not None and resume.dernier >= jour):
        return False
    attendent = count_awaiting(compte=compte, jour=jour)
    if not attendent:
        return False
    resume.dernier = jour
    resume.save(update_fields=["dernier"])
    site = settings.ADRESSE_SITE
    texte = TEXTE.format(
        combien=count_of(attendent, "sujet vous attend,sujets vous attendent"),
        jour=format_date(jour, "long"),
        adresse=site + reverse("accueil"),
        refus=site + reverse("reporting:resume"),
    )
    write_courriel(adresse=compte.email, objet=OBJET, texte=texte)
    record_act(acteur=None, acte="reporting.send_resume", objet=compte)
    return True


def count_awaiting(*, compte: Utilisateur, jour: datetime.date) -> int:
    """Return how many figures of his first page stand in colour, and how many kinds of task it lists."""
    journee = compose(compte, jour, False)
    chiffres = sum(bool(chiffre["classe"]) for chiffre in journee.chiffres)
    return chiffres + sum(bool(source.taches) for source in journee.sources)


@transaction.atomic
def choose_resume(*, acteur: Any, recoit: bool) -> Resume:
    """Say whether one receives the message of the day; said twice, it changes nothing."""
    Resume.objects.get_or_create(compte=acteur)
    resume = Resume.objects.select_for_update().get(compte=acteur)
    if resume.recoit != recoit:
        resume.recoit = recoit
        resume.save(update_fields=["recoit"])
        record_act(acteur=acteur, acte="reporting.choose_resume", objet=acteur)
    return resume
