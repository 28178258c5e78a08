"""Columns of the list of rules of visits, and of the visits due of a trial."""

import datetime
from typing import Any
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat, ColonneNombre
from nouvea_sst.lib.icones import badge
from nouvea_sst.referentiel.enums import Fiabilite
from visites.models import RegleVisite
from visites.regles import Noms, condition_of, offset_of


def dues_address(**criteres: str) -> str:
    """The list of exactly these visits still due."""
    return f"{reverse('visites:liste')}?{urlencode(criteres)}"


class RegleTable(tables.Table):
    """The version in force of each rule; rows went through listed_on(jour)."""

    nom = "règle"
    legende = "Règles de visite en vigueur"
    vide = "Aucune règle de visite n’est en vigueur"

    declencheur = Colonne(verbose_name="Déclencheur", wide=True)
    motif = Colonne(verbose_name="Motif", accessor="motif__libelle", desk=True)
    condition = Colonne(
        verbose_name="Condition",
        accessor="pk",
        order_by=("operateur", "seuil"),
        prefixe="Condition",
        wide=True,
    )
    delai = Colonne(
        verbose_name="La visite est due",
        accessor="pk",
        order_by=("unite", "decalage"),
        prefixe="Due",
        wide=True,
    )
    priorite = ColonneNombre(verbose_name="Priorité", prefixe="Priorité")
    active = Colonne(verbose_name="Appliquée", prefixe="Appliquée")
    dues = ColonneNombre(
        verbose_name="Visites dues",
        prefixe="Visites dues",
        linkify=lambda record: dues_address(regle=record.declencheur),
    )
    date_effet = ColonneDate(verbose_name="Depuis le", prefixe="Depuis le")
    suivante = ColonneDate(
        verbose_name="Ensuite le", accessor="suivante_le", order_by="suivante_le", prefixe="Ensuite le"
    )
    fiabilite = ColonneEtat(verbose_name="Fiabilité")
    libelle = Colonne(verbose_name="Ce que dit la règle", visible=False)
    types = Colonne(verbose_name="Types d’absence", accessor="pk", orderable=False, visible=False)
    positions = Colonne(verbose_name="Positions", accessor="pk", orderable=False, visible=False)
    source = Colonne(verbose_name="Source", visible=False)

    class Meta:
        attrs = {"class": "data-table stack"}

    def __init__(self, *args: Any, noms: Noms, **kwargs: Any) -> None:
        self.noms = noms
        super().__init__(*args, **kwargs)

    def render_declencheur(self, record: RegleVisite) -> SafeString:
        """The way to its versions."""
        adresse = reverse("visites:regle", args=[record.declencheur])
        return format_html('<a href="{}">{}</a>', adresse, record.get_declencheur_display())

    def value_declencheur(self, record: RegleVisite) -> str:
        """The words alone."""
        return record.get_declencheur_display()

    def render_condition(self, record: RegleVisite) -> str:
        """The thresholds in words."""
        return condition_of(record)

    def render_delai(self, record: RegleVisite) -> str:
        """The offset in words."""
        return offset_of(record)

    def render_active(self, value: bool) -> str:
        """On or off."""
        return "oui" if value else "non"

    def value_active(self, value: bool) -> str:
        """The word."""
        return self.render_active(value)

    def value_suivante(self, record: Any) -> datetime.date | None:
        """The day on which it changes."""
        return record.suivante_le

    def render_fiabilite(self, record: RegleVisite) -> SafeString:
        """How sure it is."""
        return badge(Fiabilite(record.fiabilite), quiet=True)

    def render_types(self, record: RegleVisite) -> str:
        """By name."""
        return self.noms.types_of(record)

    def render_positions(self, record: RegleVisite) -> str:
        """By name."""
        return self.noms.positions_of(record)


class MouvementTable(tables.Table):
    """The visits due of a trial; rows are dictionaries made by views/essais.py."""

    nom = "visite"
    legende = "Visites dues avant et après l’essai"
    vide = "Aucune visite ne répond à ces filtres"
    colonne_titre = "agent"

    agent = Colonne(verbose_name="Agent", order_by=("nom_cle", "cle"), wide=True)
    service = Colonne(verbose_name="Service", desk=True)
    motif = Colonne(verbose_name="Motif", prefixe="Motif", wide=True)
    effet = Colonne(verbose_name="Ce qui change", prefixe="Ce qui change")
    avant = ColonneDate(verbose_name="Avant", prefixe="Avant", order_by=("avant_cle", "cle"))
    apres = ColonneDate(verbose_name="Après", prefixe="Après", order_by=("apres_cle", "cle"))
    ecart = ColonneNombre(verbose_name="Écart en jours", prefixe="Écart en jours")

    class Meta:
        attrs: dict[str, str] = {"class": "data-table stack"}

    def render_agent(self, record: dict[str, Any]) -> SafeString:
        """The way to his visits."""
        return format_html('<a href="{}">{}</a>', record["adresse"], record["agent"])

    def value_agent(self, record: dict[str, Any]) -> str:
        """Name alone."""
        return record["agent"]
