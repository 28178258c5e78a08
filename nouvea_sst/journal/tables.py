"""Columns of the journal."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Table

from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.enums import AvisConsultation, Role
from nouvea_sst.comptes.models import LigneExamen, LigneJournal
from nouvea_sst.journal.filters import word_object
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.colonnes import Colonne, cut_text
from nouvea_sst.lib.icones import badge

CONTENU = ("objet_type", "objet", "agent_cle", "champs", "requete")


class JournalTable(Table):
    """Lines, latest first. The hidden columns leave with the workbook only."""

    nom = "ligne"
    legende = "Lignes du journal"
    vide = "Aucune ligne ne répond à ces filtres"

    quand = Colonne(verbose_name="Quand", order_by=("quand", "pk"))
    acteur_nom = Colonne(verbose_name="Qui", order_by=("acteur_nom", "quand", "pk"))
    acteur_cle = Colonne(verbose_name="Compte", visible=False, orderable=False)
    role = Colonne(verbose_name="Rôle", desk=True, order_by=("role", "quand", "pk"))
    # The act says it; the views above the list sort by it.
    nature = Colonne(verbose_name="Nature", visible=False, order_by=("nature", "quand", "pk"))
    acte = Colonne(verbose_name="Acte", wide=True, order_by=("acte", "quand", "pk"))
    objet_type = Colonne(verbose_name="Type d’objet", visible=False, orderable=False)
    objet = Colonne(accessor="precision", verbose_name="Objet", wide=True, orderable=False)
    agent_cle = Colonne(verbose_name="Dossier", desk=True, orderable=False)
    champs = Colonne(verbose_name="Champs changés", visible=False, orderable=False)
    requete = Colonne(verbose_name="Requête", visible=False, orderable=False)

    class Meta:
        order_by = "-quand"
        attrs = {"class": "data-table stack one-line"}

    def __init__(self, *args: Any, detail: bool, **kwargs: Any) -> None:
        self.detail = detail
        super().__init__(*args, **kwargs)

    def render_quand(self, record: LigneJournal) -> SafeString | str:
        """Link to the line, for whoever reads lines."""
        moment = format_date(record.quand, "moment")
        if not self.detail:
            return moment
        return format_html('<a href="{}">{}</a>', reverse("journal:ligne", args=[record.pk]), moment)

    def value_quand(self, record: LigneJournal) -> Any:
        """Moment itself for the workbook."""
        return record.quand

    def render_role(self, value: str) -> str:
        """Name of the role."""
        return Role(value).label if value in Role.values else value

    def render_acte(self, value: str) -> str:
        """Act in words."""
        return word_act(value)

    def render_objet_type(self, value: str) -> str:
        """Kind of the object in words."""
        return word_object(value)

    def render_objet(self, record: LigneJournal) -> SafeString:
        """Label of the object, or the page that was refused, its end giving way."""
        return cut_text(record.precision, long=True)

    def value_objet(self, value: str) -> str:
        """Whole label for the workbook."""
        return value

    def render_agent_cle(self, value: str) -> str:
        """Number of the file."""
        return f"n° {value}"

    def value_agent_cle(self, value: str) -> Any:
        """Number as a number."""
        return int(value) if value.isdecimal() else value

    def render_champs(self, value: list[str]) -> str:
        """Names of the fields, as stored."""
        return ", ".join(value)


class LigneExamenTable(Table):
    """The consultations of one sample, in the order in which they were drawn."""

    nom = "consultation"
    legende = "Consultations à examiner"
    vide = "Aucune consultation ne répond à ces filtres"

    rang = Colonne(verbose_name="N°", order_by=("rang",))
    quand = Colonne(accessor="ligne__quand", verbose_name="Quand", order_by=("ligne__quand", "rang"))
    qui = Colonne(accessor="ligne__acteur_nom", verbose_name="Qui", order_by=("ligne__acteur_nom", "rang"))
    role = Colonne(accessor="ligne__role", verbose_name="Rôle", desk=True, order_by=("ligne__role", "rang"))
    acte = Colonne(accessor="ligne__acte", verbose_name="Page", wide=True, order_by=("ligne__acte", "rang"))
    avis = Colonne(verbose_name="Avis", empty_values=(), order_by=("avis", "rang"))
    motif = Colonne(verbose_name="Précision", visible=False, orderable=False)

    class Meta:
        order_by = "rang"
        attrs = {"class": "data-table stack"}

    def render_rang(self, record: LigneExamen) -> SafeString:
        """Link to the consultation."""
        return format_html('<a href="{}">{}</a>', reverse("journal:consultation", args=[record.pk]), record)

    def value_rang(self, record: LigneExamen) -> int:
        """Number alone for the workbook."""
        return record.rang

    def render_quand(self, value: Any) -> str:
        """Day and hour."""
        return format_date(value, "moment")

    def value_quand(self, record: LigneExamen) -> Any:
        """Moment itself for the workbook."""
        return record.ligne.quand

    def render_role(self, value: str) -> str:
        """Name of the role."""
        return Role(value).label if value in Role.values else value

    def render_acte(self, value: str) -> str:
        """Act in words."""
        return word_act(value)

    def render_avis(self, record: LigneExamen) -> str:
        """What was said, or that nothing was."""
        return badge(AvisConsultation(record.avis)) if record.avis else "À examiner"

    def value_avis(self, record: LigneExamen) -> str:
        """The same in words."""
        return AvisConsultation(record.avis).label if record.avis else "À examiner"
