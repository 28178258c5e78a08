"""Tells the person concerned what is done to his account, at the address known before."""

import datetime
import secrets
from functools import partial

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from procrastinate.contrib.django import app

from nouvea_sst.comptes.enums import NatureAvis
from nouvea_sst.comptes.models import AvisCompte, LienCompte, Utilisateur
from nouvea_sst.comptes.rules.approbation import lifetime_of
from nouvea_sst.comptes.rules.liens import hash_of

TACHE = "comptes.send_avis"
OBJET = "Votre compte Nouvéa SST"
SIGNATURE = signing.Signer(salt="comptes.lien")


def notify(
    *,
    compte: Utilisateur,
    nature: NatureAvis,
    maintenant: datetime.datetime,
    adresse: str | None = None,
    lien: LienCompte | None = None,
) -> AvisCompte:
    """Tell it on the account's own page, and by a message to its address, or to the one given.

    The message goes in the background. It is asked for once the act that it tells of is committed: a job
    writes to the queue by another connection, and would ask for what is not there, or never will be.
    """
    avis = AvisCompte.objects.create(
        compte=compte,
        nature=nature,
        adresse=compte.email if adresse is None else adresse,
        lien=lien,
        cree_le=maintenant,
    )
    if settings.COURRIEL and avis.adresse:
        transaction.on_commit(partial(app.configure_task(TACHE).defer, avis_id=avis.pk))
    return avis


@transaction.atomic
def send_avis(*, maintenant: datetime.datetime, avis_id: int) -> bool:
    """Send a notice, once; return whether it went. Its link is drawn here: its token stands nowhere before.

    Raises OSError or SMTPException when the mail server does not answer: nothing is written then.
    """
    attendus = AvisCompte.objects.select_for_update(of=("self",)).select_related("lien")
    avis = attendus.filter(pk=avis_id).first()
    if (
        avis is None
        or avis.envoye_le is not None
        or (avis.lien is not None and avis.lien.fini_le is not None)
    ):
        return False
    adresse = ""
    if avis.lien is not None:
        adresse = settings.ADRESSE_SITE + reverse("comptes:lien", args=[draw_token(lien=avis.lien)])
        avis.lien.expire_le = maintenant + lifetime_of(avis.lien.nature)
        avis.lien.save(update_fields=["empreinte", "expire_le"])
    avis.envoye_le = maintenant
    avis.save(update_fields=["envoye_le"])
    texte = render_to_string("comptes/courriel.txt", {"avis": avis, "adresse": adresse})
    send_mail(OBJET, texte, None, [avis.adresse])
    return True


def draw_token(*, lien: LienCompte) -> str:
    """Give a link the hash of a new token and return the token, signed: the row is not saved here."""
    jeton = secrets.token_urlsafe(32)
    lien.empreinte = hash_of(jeton)
    return SIGNATURE.sign(jeton)
