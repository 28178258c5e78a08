"""Makes the certificate or attestation of a signed visit, once."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from agents.models import Affectation
from agents.querysets import open_on
from documents.actions import issue_document
from documents.enums import CategorieDocument
from documents.models import Document
from nouvea_sst.lib.pdf import make_pdf
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail
from visites.enums import NatureVisite
from visites.models import Visite

TACHE = "visites.make_certificat"


@transaction.atomic
def request_certificat(*, acteur: Any, visite: Visite) -> Travail:
    """Queue the making of the document; the page follows the job. Raises ValidationError before signature."""
    if visite.signee_le is None:
        raise ValidationError("Le document s’établit une fois la conclusion signée.")
    travail = open_travail(acteur=acteur, intitule="Établissement d’un document")
    app.configure_task(TACHE).defer(travail_id=travail.pk, visite_id=visite.pk)
    return travail


@transaction.atomic
def issue_certificat(*, acteur: Any, visite_id: int, jour: datetime.date) -> Document:
    """Return the document of a visit, made and kept at the first request. Raises PdfImpossible without pango.

    Its journal line is the one of documents.issue_document.
    """
    Visite.objects.select_for_update().get(pk=visite_id)
    visite = Visite.objects.with_names().select_related("certificat").get(pk=visite_id)
    if visite.certificat is not None:
        return visite.certificat
    contexte = certificat_context(visite=visite, jour=jour)
    contenu, _ = make_pdf(
        render_to_string("visites/lettres/certificat.html", contexte), titre=contexte["titre"]
    )
    vip = visite.nature == NatureVisite.VIP
    document = issue_document(
        acteur=acteur,
        categorie=CategorieDocument.ATTESTATION if vip else CategorieDocument.CERTIFICAT,
        agent=visite.agent,
        contenu=contenu,
    )
    visite.certificat = document
    visite.save(update_fields=["certificat"])
    return document


def certificat_context(*, visite: Visite, jour: datetime.date) -> dict[str, Any]:
    """Return what the document prints (sirh.md §2.3); the motive is the public one."""
    agent = visite.agent
    nom = f"{agent.get_civilite_display()} {agent.prenom} {agent.nom.upper()}".strip()
    vip = visite.nature == NatureVisite.VIP
    return {
        "visite": visite,
        "jour": jour,
        "vip": vip,
        "titre": "Attestation de suivi" if vip else "Certificat d’aptitude",
        "nom": nom,
        "fonction": visite.professionnel.fonction_affichee if visite.professionnel is not None else "",
        "poste": _post_on_day(visite),
        "restrictions": visite.restrictions.select_related("type").order_by("pk"),
    }


def _post_on_day(visite: Visite) -> str:
    """« DECV / ESPV / Jardinier »: direction, service and post on the day of the visit."""
    ouvertes = Affectation.objects.filter(agent=visite.agent)
    affectation = (
        ouvertes.filter(open_on(visite.date)).select_related("structure__direction", "poste").first()
        if visite.date is not None
        else None
    )
    tenue = affectation or visite.agent
    structure, poste = tenue.structure, tenue.poste
    sigles = []
    if structure is not None:
        sigles = [structure.direction.sigle] if structure.direction is not None else []
        sigles += [structure.sigle] if structure.sigle not in sigles else []
    return " / ".join([*sigles, *([poste.intitule] if poste is not None else [])])
