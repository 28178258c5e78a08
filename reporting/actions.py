"""Acts on editions: asking for one, freezing it. An edition is never changed nor deleted."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from commissions.models import Seance
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.dates import Periode
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from reporting.models import Edition
from reporting.rules.empreinte import fingerprint

TACHE = "reporting.make_pack"
ETAPES = 3
ATTENTE = datetime.timedelta(minutes=10)


@transaction.atomic
def request_edition(*, acteur: Any, seance: Seance, periode: Periode) -> Travail:
    """Queue the making of a pack; a second click joins the job already under way. Return the job."""
    Seance.objects.select_for_update().get(pk=seance.pk)
    intitule = (
        f"Dossier CHCT, séance n° {seance.numero}, "
        f"du {format_date(periode.debut)} au {format_date(periode.fin)}"
    )
    en_cours = Travail.objects.filter(
        demandeur=acteur,
        intitule=intitule,
        etat__in=[EtatTravail.EN_FILE, EtatTravail.EN_COURS],
        demande_le__gte=timezone.now() - ATTENTE,
    ).first()
    if en_cours is not None:
        return en_cours
    travail = open_travail(acteur=acteur, intitule=intitule, total=ETAPES)
    app.configure_task(TACHE).defer(
        travail_id=travail.pk,
        seance_id=seance.pk,
        debut=periode.debut.isoformat(),
        fin=periode.fin.isoformat(),
    )
    record_act(acteur=acteur, acte="reporting.request_edition", objet=seance, libelle=intitule)
    return travail


@transaction.atomic
def freeze_edition(
    *,
    acteur: Any,
    seance: Seance | None,
    periode: Periode,
    chiffres: dict[str, Any],
    pdf: bytes,
    pages: int,
    travail: Travail | None,
) -> Edition:
    """Keep figures and bytes for good. Raises IntegrityError when the number or the job already has one."""
    edition = Edition.objects.create(
        seance=seance,
        debut=periode.debut,
        fin=periode.fin,
        arretee_le=datetime.date.fromisoformat(chiffres["arretee_le"]),
        rang=chiffres["rang"],
        chiffres=chiffres,
        pdf=pdf,
        sha256=fingerprint(pdf),
        pages=pages,
        faite_par=acteur,
        travail=travail,
    )
    record_act(acteur=acteur, acte="reporting.freeze_edition", objet=edition)
    return edition
