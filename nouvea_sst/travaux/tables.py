"""Columns of the list of jobs."""

import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import count_of, format_number
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat
from nouvea_sst.lib.icones import badge
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail


def write_duration(duree: datetime.timedelta | None) -> str:
    """Write how long a job took: « 40 s », « 3 min »."""
    if duree is None:
        return ""
    secondes = round(duree.total_seconds())
    return f"{secondes}\u00a0s" if secondes < 120 else f"{round(secondes / 60)}\u00a0min"


SANS_RESULTAT = {EtatTravail.ECHEC, EtatTravail.ABANDONNE, EtatTravail.INTERROMPU}


class TravailTable(tables.Table):
    """Jobs, latest first. The result of a job is its author's alone."""

    nom = "travail,travaux"
    legende = "Travaux"
    vide = "Aucun travail demandé pour l’instant"

    intitule = Colonne(verbose_name="Travail", order_by=("intitule", "pk"))
    demandeur = Colonne(
        verbose_name="Demandé par", desk=True, default="Le système", order_by=("demandeur__last_name", "pk")
    )
    demande_le = ColonneDate(verbose_name="Demandé le", form="moment", desk=True)
    duree = Colonne(verbose_name="Durée", orderable=False, desk=True)
    etat = ColonneEtat(verbose_name="État")
    message = Colonne(verbose_name="Résultat", orderable=False, wide=True, empty_values=())
    acte = Colonne(accessor="pk", verbose_name="Acte", orderable=False, exclude_from_export=True)

    class Meta:
        order_by = "-demande_le"

    def _is_own(self, record: Travail) -> bool:
        return record.demandeur_id == self.request.user.pk

    def render_intitule(self, record: Travail) -> SafeString | str:
        """The link, for its author."""
        if not self._is_own(record):
            return record.intitule
        return format_html(
            '<a href="{}">{}</a>', reverse("travaux:travail", args=[record.pk]), record.intitule
        )

    def value_intitule(self, record: Travail) -> str:
        """The words alone."""
        return record.intitule

    def render_duree(self, value: datetime.timedelta) -> str:
        """Seconds, then minutes."""
        return write_duration(value)

    def render_etat(self, record: Travail) -> SafeString:
        """The state; of a job that runs, how many out of how many."""
        membre = EtatTravail(record.etat)
        if membre == EtatTravail.EN_COURS and record.total:
            avance = f"En cours, {format_number(record.fait)} sur {format_number(record.total)}"
            return badge(membre, avance, quiet=True)
        return badge(membre, "", quiet=True)

    def render_message(self, record: Travail) -> SafeString | str:
        """What it made, for its author; why it failed, for whoever watches too."""
        if not self._is_own(record):
            return record.message if record.etat in SANS_RESULTAT else ""
        if record.adresse_resultat:
            ouvrir = format_html('<a href="{}">Ouvrir le résultat</a>', record.adresse_resultat)
            return format_html("{} {}", record.message, ouvrir)
        return record.message or record.etape

    def value_message(self, record: Travail) -> str:
        """The words alone."""
        own = self._is_own(record) or record.etat == EtatTravail.ECHEC
        return record.message if own else ""

    def render_acte(self, record: Travail) -> SafeString | str:
        """The one act that its state allows, for whoever watches over the queue."""
        actes = {
            EtatTravail.EN_FILE: ("travaux:abandonner", "Abandonner"),
            EtatTravail.EN_COURS: ("travaux:relancer", "Relancer"),
            EtatTravail.ECHEC: ("travaux:relancer", "Relancer"),
        }
        if record.etat not in actes:
            return ""
        adresse, mot = actes[EtatTravail(record.etat)]
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}, n° {}</span></a>',
            reverse(adresse, args=[record.pk]),
            mot,
            record.intitule,
            record.pk,
        )


def describe_queue(
    actifs: int, signe: datetime.datetime | None, instant: datetime.datetime
) -> dict[str, Any]:
    """Return what the page says of the queue: how many wait or run, whether somebody works."""
    vivant = signe is not None and (instant - signe).total_seconds() <= 60
    attente = f"{count_of(actifs, 'travail,travaux')} en file ou en cours" if actifs else "Rien n’attend"
    return {"vivant": vivant, "attente": attente, "signe": signe, "actifs": actifs}
