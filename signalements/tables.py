"""Columns of the lists."""

import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import EtatEcheance, as_day, describe_due, format_date
from nouvea_sst.lib.colonnes import ColonneDate, cut_text
from nouvea_sst.lib.etats import EtatChoices
from nouvea_sst.lib.icones import badge
from signalements.enums import EtatAction, EtatSignalement, Gravite
from signalements.models import Accident, Action, Signalement
from signalements.rules.cotation import Seuils

DESK = {"td": {"class": "desk"}, "th": {"class": "desk"}}
WIDE = {"td": {"class": "wide"}}
NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class _Liste(tables.Table):
    """One line a row on a desk."""

    class Meta:
        attrs = {"class": "data-table stack one-line"}


def _link(url: str, pk: int, texte: str, suite: str = "") -> SafeString:
    """The row's link, then what is read with it on a wide screen."""
    lien = format_html('<a href="{}">{}</a>', reverse(url, args=[pk]), cut_text(texte))
    return format_html('{} <span class="muted desk nowrap">{}</span>', lien, suite) if suite else lien


def _sigle(objet: Any) -> str:
    """Short name of a structure."""
    return objet.structure.sigle if objet.structure else ""


def state_of(action: Action, jour: datetime.date, bientot: int) -> tuple[EtatChoices, str]:
    """What an action says of itself in one badge: its delay when it presses, else its state and day."""
    if action.etat in {EtatAction.A_FAIRE, EtatAction.EN_COURS}:
        delai, mots = describe_due(action.echeance, jour, bientot)
        if delai != EtatEcheance.A_VENIR:
            return delai, mots
    etat = EtatAction(action.etat)
    return etat, f"{etat.label} le {format_date(action.faite_le)}" if action.faite_le else ""


class SignalementTable(_Liste):
    """Reports. No column names the declarer, on screen nor in the workbook."""

    nom = "signalement"
    legende = "Signalements"
    vide = "Aucun signalement ici"

    intitule = tables.Column("Signalement", attrs=WIDE)
    numero = tables.Column("Numéro", visible=False)
    structure = tables.Column("Où", order_by="structure__sigle", empty_values=(), attrs=WIDE)
    lieu = tables.Column("Lieu", visible=False)
    site = tables.Column("Site", visible=False)
    categorie = tables.Column("Catégorie", attrs=DESK)
    gravite = tables.Column("Gravité", attrs={"td": {"data-label": "Gravité"}})
    cotation = tables.Column(
        "Cotation", accessor="gravite", order_by=("gravite", "probabilite"), attrs=DESK, visible=False
    )
    survenu_le = ColonneDate(verbose_name="Survenu le", desk=True)
    recu_le = ColonneDate(verbose_name="Reçu le", form="moment", visible=False)
    qualifier_avant = ColonneDate(verbose_name="À qualifier avant le", visible=False)
    pilote = tables.Column("Confié à", visible=False, empty_values=())
    etat = tables.Column("État")

    def __init__(self, *args: Any, jour: datetime.date, seuils: Seuils, delai: int, **options: Any) -> None:
        self.jour, self.seuils, self.delai = jour, seuils, delai
        super().__init__(*args, **options)

    def render_intitule(self, record: Signalement) -> SafeString:
        """Title, number."""
        return _link("signalements:signalement", record.pk, record.intitule, record.numero)

    def value_intitule(self, record: Signalement) -> str:
        """Title alone."""
        return record.intitule

    def render_structure(self, record: Signalement) -> SafeString:
        """Structure and place in one line."""
        return cut_text(" · ".join(part for part in (_sigle(record), record.lieu) if part))

    def render_recu_le(self, record: Signalement) -> str:
        """Moment, or the day alone of a report without a name."""
        return format_date(record.recu_le, record.forme_recu)

    def value_recu_le(self, record: Signalement) -> Any:
        """Moment or day for the workbook."""
        return as_day(record.recu_le) if record.anonyme else record.recu_le

    def render_categorie(self, record: Signalement) -> SafeString:
        """Its word."""
        return cut_text(record.get_categorie_display())

    def value_categorie(self, record: Signalement) -> str:
        """The word alone."""
        return record.get_categorie_display()

    def value_structure(self, record: Signalement) -> str:
        """The structure alone: the workbook has a column for the place."""
        return str(record.structure or "")

    def render_gravite(self, record: Signalement) -> SafeString | str:
        """Rating once known, gravity until then; a danger right now comes first."""
        if record.danger_immediat and record.etat == EtatSignalement.NOUVEAU:
            return badge(EtatEcheance.RETARD, "Danger tout de suite", True)
        cotation = record.rate(self.seuils)
        if cotation is None:
            return Gravite(record.gravite).label
        return badge(cotation.classe, f"{cotation.produit}, {cotation.classe.label.lower()}", True)

    def value_gravite(self, record: Signalement) -> str:
        """The word alone."""
        return Gravite(record.gravite).label

    def render_cotation(self, record: Signalement) -> str:
        """The product and what makes it: « 8, gravité 4 × probabilité 2 »."""
        cotation = record.rate(self.seuils)
        return f"{cotation.produit}, {cotation.gravite} × {cotation.probabilite}" if cotation else ""

    def value_cotation(self, record: Signalement) -> int | None:
        """The product."""
        cotation = record.rate(self.seuils)
        return cotation.produit if cotation else None

    def render_pilote(self, record: Signalement) -> str:
        """Who deals with it."""
        return str(record.pilote or "")

    def render_etat(self, record: Signalement) -> SafeString:
        """What waits: the delay; what moves: the state."""
        if record.etat == EtatSignalement.NOUVEAU:
            membre, mots = describe_due(record.qualifier_avant, self.jour, self.delai)
            return badge(membre, f"À qualifier, {mots}", True)
        return badge(EtatSignalement(record.etat), "", True)

    def value_etat(self, record: Signalement) -> str:
        """The word alone."""
        return record.get_etat_display()


class AccidentTable(_Liste):
    """Accidents."""

    nom = "accident"
    legende = "Accidents"
    vide = "Aucun accident ici"

    date = ColonneDate(verbose_name="Date", prefixe="Le")
    numero = tables.Column("Numéro", attrs=DESK)
    agent = tables.Column("Agent", order_by="agent__nom_cle")
    nature = tables.Column("Nature", attrs=WIDE)
    structure = tables.Column("Service", order_by="structure__sigle", attrs=DESK, empty_values=())
    lieu = tables.Column("Lieu", attrs=DESK)
    jours_perdus = tables.Column(
        "Jours prescrits",
        orderable=False,
        attrs={"td": {"class": "num", "data-label": "Jours prescrits"}, "th": {"class": "num"}},
    )
    a_venir = tables.Column(
        "Dont à venir",
        orderable=False,
        empty_values=(),
        visible=False,
        attrs={"td": {"class": "num", "data-label": "Dont à venir"}, "th": {"class": "num"}},
    )
    signe = tables.Column("Arrêt", accessor="benin", orderable=False, empty_values=())
    colonne_titre = "agent"

    class Meta(_Liste.Meta):
        sequence = (
            "agent",
            "date",
            "nature",
            "structure",
            "lieu",
            "jours_perdus",
            "a_venir",
            "signe",
            "numero",
        )

    def __init__(self, *args: Any, jour: datetime.date, **options: Any) -> None:
        self.jour = jour
        super().__init__(*args, **options)

    def compute_totals(self, accidents: Any) -> dict[str, Any]:
        """Days of all the accidents listed, those to come apart."""
        perdus, a_venir = accidents.sum_days(self.jour)
        return {"jours_perdus": perdus, "a_venir": a_venir}

    def render_a_venir(self, record: Accident) -> int:
        """Days that are not lost yet."""
        return record.jours_a_venir(self.jour)

    def value_a_venir(self, record: Accident) -> int:
        """Days that are not lost yet."""
        return record.jours_a_venir(self.jour)

    def render_agent(self, record: Accident) -> SafeString:
        """The accident, under the agent's name."""
        return _link("signalements:accident", record.pk, str(record.agent))

    def value_agent(self, record: Accident) -> str:
        """The name alone."""
        return str(record.agent)

    def render_nature(self, record: Accident) -> str:
        """Kind, and whether it is a relapse."""
        return record.get_nature_display() + (", rechute" if record.rechute_de_id else "")

    def render_structure(self, record: Accident) -> str:
        """Short name."""
        return _sigle(record)

    def value_structure(self, record: Accident) -> str:
        """Short name and name."""
        return str(record.structure or "")

    def render_lieu(self, value: str) -> SafeString:
        """Where."""
        return cut_text(value, long=True)

    def value_lieu(self, value: str) -> str:
        """The same in the workbook."""
        return value

    def render_signe(self, record: Accident) -> str:
        """With or without leave, minor."""
        if record.jours_perdus:
            return "Avec arrêt"
        return "Bénin" if record.benin else "Sans arrêt"


class ActionTable(_Liste):
    """Actions of the plan."""

    nom = "action"
    legende = "Actions du plan de prévention"
    vide = "Aucune action ici"

    intitule = tables.Column("Action", attrs=WIDE)
    numero = tables.Column("Numéro", visible=False)
    origine = tables.Column("Origine", attrs=DESK)
    structure = tables.Column("Service", order_by="structure__sigle", attrs=DESK, empty_values=())
    pilote = tables.Column("Pilote", empty_values=())
    creee_le = ColonneDate(verbose_name="Décidée le", desk=True)
    echeance = ColonneDate(verbose_name="Échéance", prefixe="Échéance")
    faite_le = ColonneDate(verbose_name="Close le", visible=False)
    etat = tables.Column("État")

    def __init__(self, *args: Any, jour: datetime.date, bientot: int, **options: Any) -> None:
        self.jour, self.bientot = jour, bientot
        super().__init__(*args, **options)

    def render_intitule(self, record: Action) -> SafeString:
        """Title, number."""
        return _link("signalements:action", record.pk, record.intitule, record.numero)

    def value_intitule(self, record: Action) -> str:
        """Title alone."""
        return record.intitule

    def render_structure(self, record: Action) -> str:
        """Short name."""
        return _sigle(record)

    def render_pilote(self, record: Action) -> SafeString:
        """Who answers for it."""
        return cut_text(str(record.pilote or ""))

    def value_pilote(self, record: Action) -> str:
        """The same in the workbook."""
        return str(record.pilote or "")

    def render_etat(self, record: Action) -> SafeString:
        """The delay while it is open, then the day it was done."""
        return badge(*state_of(record, self.jour, self.bientot), True)

    def value_etat(self, record: Action) -> str:
        """The word alone."""
        return record.get_etat_display()
