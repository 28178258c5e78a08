"""Acts on editions: asking for one, freezing it. An edition is never changed nor deleted."""

import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from commissions.models import Seance
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import FINE, format_date
from nouvea_sst.lib.dates import Periode
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from reporting.models import Edition
from reporting.rules.empreinte import fingerprint

TACHE = "reporting.make_pack"
ETAPES = 3
ATTENTE = datetime.timedelta(minutes=10)


class DossierDejaDemande(Exception):
    """Somebody else is having this pack made, or has just had it made; the message says who, in French."""


@transaction.atomic
def request_edition(*, acteur: Any, seance: Seance, periode: Periode, derniere: int) -> Travail:
    """Queue the making of a pack and return its job; one's own second click joins the first.

    `derniere` is the latest edition there was when the form opened: one made since answers the request too.
    Raises DossierDejaDemande when somebody else's job or edition does.
    """
    intitule = (
        f"Dossier CHCT, séance n° {seance.numero}, "
        f"du {format_date(periode.debut)} au {format_date(periode.fin)}"
    )
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [intitule])
    deja = _find_same(acteur, intitule, seance, periode, derniere)
    if deja is not None:
        return deja
    travail = open_travail(acteur=acteur, intitule=intitule, total=ETAPES)
    app.configure_task(TACHE).defer(
        travail_id=travail.pk,
        seance_id=seance.pk,
        debut=periode.debut.isoformat(),
        fin=periode.fin.isoformat(),
    )
    record_act(acteur=acteur, acte="reporting.request_edition", objet=seance, libelle=intitule)
    return travail


def _find_same(acteur: Any, intitule: str, seance: Seance, periode: Periode, derniere: int) -> Travail | None:
    """Return the job of this account that already answers; raise DossierDejaDemande when it is another's.

    A job begun more than ATTENTE ago is taken for dead; one still queued is not, however long it waits.
    """
    vivant = Q(etat=EtatTravail.EN_FILE) | Q(
        etat=EtatTravail.EN_COURS, commence_le__gte=timezone.now() - ATTENTE
    )
    travaux = Travail.objects.filter(vivant, intitule=intitule).select_related("demandeur")
    travail = travaux.order_by("pk").first()
    if travail is not None:
        if travail.demandeur == acteur:
            return travail
        raise DossierDejaDemande(f"Ce dossier est déjà en préparation par {travail.demandeur}.")
    faites = Edition.objects.of(seance, periode).without_bytes().filter(pk__gt=derniere)
    edition = faites.select_related("faite_par", "travail").order_by("pk").last()
    if edition is None:
        return None
    if edition.travail is not None and edition.faite_par == acteur:
        return edition.travail
    auteur = edition.faite_par or "la ligne de commande"
    raise DossierDejaDemande(f"Ce dossier vient d’être fait par {auteur}{FINE}: édition {edition.rang}.")


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
