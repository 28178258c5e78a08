"""Columns of the team: dates and measures only."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_tables2 import Table

from agents.enums import Situation
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, cut_text
from nouvea_sst.lib.icones import badge


def hidden_without(champ: str, classe: str = "") -> Callable[[Any], str]:
    """Class of a cell that a phone does not show when it says nothing."""
    return lambda record: classe if getattr(record, champ) else "desk"


class EquipeTable(Table):
    """One row an agent."""

    nom = "agent"
    legende = "Agents de l’équipe"
    vide = "Aucun agent ne répond à ces filtres"

    agent = Colonne(accessor="nom_cle", verbose_name="Agent", order_by=("nom_cle", "pk"))
    poste = Colonne(verbose_name="Poste", wide=True, order_by=("poste__intitule", "nom_cle", "pk"))
    structure = Colonne(
        accessor="structure__sigle", verbose_name="Structure", order_by=("structure__sigle", "nom_cle", "pk")
    )
    presence = Colonne(accessor="pk", verbose_name="Présence", exclude_from_export=True)
    absent_depuis = ColonneDate(verbose_name="Absent depuis le", visible=False)
    absent_jusqu = ColonneDate(verbose_name="Absent jusqu’au", visible=False)
    visite = Colonne(
        accessor="pk",
        verbose_name="Prochaine visite",
        exclude_from_export=True,
        attrs={"td": {"data-label": "Visite", "class": hidden_without("visite_le")}},
    )
    visite_le = ColonneDate(verbose_name="Visite le", visible=False)
    visite_heure = Colonne(verbose_name="Heure", visible=False)
    mesures = Colonne(
        accessor="pk",
        verbose_name="Aménagements en cours",
        orderable=False,
        attrs={"td": {"class": hidden_without("mesures", "wide")}},
    )

    class Meta:
        order_by = "agent"
        attrs: dict[str, str] = {"class": "data-table stack"}

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        self.jour = jour
        super().__init__(*args, **kwargs)

    def render_agent(self, record: Any) -> SafeString:
        """Link to the agent's page."""
        return format_html('<a href="{}">{}</a>', reverse("agents:agent", args=[record.pk]), record)

    def value_agent(self, record: Any) -> str:
        """Name for the workbook."""
        return str(record)

    def render_poste(self, value: Any) -> SafeString:
        """The post, cut on a desk."""
        return cut_text(str(value))

    def value_poste(self, value: Any) -> str:
        """The post for the workbook."""
        return str(value)

    def render_presence(self, record: Any) -> SafeString:
        """Present, or absent until when: never why."""
        if record.absent_jusqu is None:
            return badge(Situation.PRESENT, quiet=True)
        return badge(Situation.ABSENT, f"Absent jusqu’au {format_date(record.absent_jusqu)}", quiet=True)

    def order_presence(self, equipe: QuerySet, descend: bool) -> tuple[QuerySet, bool]:
        """Absent first, by the day of return."""
        fin = F("absent_jusqu")
        return equipe.order_by(
            fin.desc(nulls_last=True) if descend else fin.asc(nulls_last=True), "nom_cle", "pk"
        ), True

    def render_visite(self, record: Any) -> SafeString | str:
        """Day and hour, towards the agent's visits."""
        if record.visite_le is None:
            return ""
        heure = f" à {record.visite_heure:%H:%M}" if record.visite_heure else ""
        adresse = reverse("visites:agent", args=[record.pk])
        return format_html('<a href="{}">{}</a>{}', adresse, format_date(record.visite_le), heure)

    def order_visite(self, equipe: QuerySet, descend: bool) -> tuple[QuerySet, bool]:
        """Soonest first; those without any at the end."""
        jour = F("visite_le")
        return equipe.order_by(
            jour.desc(nulls_last=True) if descend else jour.asc(nulls_last=True),
            "visite_heure",
            "nom_cle",
            "pk",
        ), True

    def value_visite_heure(self, value: Any) -> Any:
        """The hour itself."""
        return value

    def render_mesures(self, record: Any) -> SafeString | str:
        """Each measure with its end, towards the page that has them all."""
        if not record.mesures:
            return ""
        adresse = reverse("visites:restrictions_agent", args=[record.pk])
        mots = format_html_join(" ; ", "{}", ((m.en_clair,) for m in record.mesures))
        return format_html('<a class="cut long" href="{}" title="{}">{}</a>', adresse, mots, mots)

    def value_mesures(self, record: Any) -> str:
        """The measures for the workbook."""
        return " ; ".join(m.en_clair for m in record.mesures)
