"""Columns of the list of sessions."""

from typing import Any

import django_tables2 as tables
from django.db.models import Sum
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from commissions.enums import EtatSeance
from commissions.models import Seance
from nouvea_sst.lib.colonnes import ColonneDate, ColonneHeure
from nouvea_sst.lib.icones import badge


class SeanceTable(tables.Table):
    """Sessions."""

    nom = "séance"
    legende = "Séances"
    vide = "Aucune séance ici"

    numero = tables.Column("Séance")
    date = ColonneDate(verbose_name="Date", form="long")
    heure = ColonneHeure(verbose_name="Heure")
    lieu = tables.Column("Lieu", attrs={"td": {"class": "wide"}})
    nombre_points = tables.Column(
        "Points à l’ordre du jour",
        attrs={"td": {"class": "num", "data-label": "Points"}, "th": {"class": "num"}},
    )
    etat = tables.Column("État")

    def compute_totals(self, seances: Any) -> dict[str, Any]:
        """Points of all the sessions listed."""
        return {"nombre_points": seances.aggregate(n=Sum("nombre_points"))["n"]}

    def render_numero(self, record: Seance) -> SafeString:
        """The link."""
        adresse = reverse("commissions:seance", args=[record.pk])
        return format_html('<a href="{}">{} n° {}</a>', adresse, record.get_instance_display(), record.numero)

    def value_numero(self, record: Seance) -> str:
        """Committee and number."""
        return f"{record.get_instance_display()} n° {record.numero}"

    def render_etat(self, record: Seance) -> SafeString:
        """Badge."""
        return badge(EtatSeance(record.etat), "", True)

    def value_etat(self, record: Seance) -> str:
        """The word alone."""
        return record.get_etat_display()
