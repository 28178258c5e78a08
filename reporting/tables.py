"""Columns of the list of packs."""

from typing import ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.colonnes import ColonneDate
from nouvea_sst.lib.icones import icon
from reporting.models import Edition

DESK = {"td": {"class": "desk"}, "th": {"class": "desk"}}
NUM = {"td": {"class": "num desk"}, "th": {"class": "num desk"}}


class EditionTable(tables.Table):
    """Packs, latest first. The bytes stay in the database."""

    nom = "dossier"
    legende = "Dossiers du CHCT"
    colonnes_classeur: ClassVar[dict[str, tuple[str, ...]]] = {"periode": ("debut", "fin")}
    vide = "Aucun dossier n’a encore été fait"

    seance = tables.Column("Séance", order_by="seance__date", empty_values=())
    periode = tables.Column(
        "Période",
        accessor="debut",
        order_by=("debut", "fin"),
        attrs={"td": {"class": "wide"}},
        exclude_from_export=True,
    )
    debut = ColonneDate(verbose_name="Du", visible=False)
    fin = ColonneDate(verbose_name="Au", visible=False)
    rang = tables.Column("Édition", attrs={"td": {"data-label": "Édition"}})
    faite_le = ColonneDate(verbose_name="Faite le", form="moment", desk=True)
    faite_par = tables.Column("Par", order_by="faite_par__last_name", empty_values=(), attrs=DESK)
    pages = tables.Column("Pages", attrs=NUM)
    pdf = tables.Column("PDF", accessor="pk", orderable=False, exclude_from_export=True)

    def render_seance(self, record: Edition) -> SafeString:
        """The session, towards the pack."""
        return format_html(
            '<a href="{}">{}</a>', reverse("reporting:edition", args=[record.pk]), record.nom_seance
        )

    def value_seance(self, record: Edition) -> str:
        """The session alone."""
        return record.nom_seance

    def render_periode(self, record: Edition) -> str:
        """Both ends."""
        return f"{format_date(record.debut)} – {format_date(record.fin)}"

    def render_faite_par(self, record: Edition) -> str:
        """Who made it; the command line when nobody."""
        return str(record.faite_par or "Ligne de commande")

    def render_pdf(self, record: Edition) -> SafeString:
        """The bytes."""
        return format_html(
            '<a class="btn btn-outline-secondary btn-sm" href="{}">{} Ouvrir'
            '<span class="visually-hidden"> le PDF, édition {}</span></a>',
            reverse("reporting:pdf", args=[record.pk]),
            icon("file-earmark-pdf"),
            record.rang,
        )
