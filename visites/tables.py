"""The list of due dates."""

import datetime
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from agents.enums import CategorieSuivi, ExclusionSuivi
from nouvea_sst.lib.affichage import EtatEcheance, de, describe_due
from nouvea_sst.lib.colonnes import Colonne, ColonneDate
from nouvea_sst.lib.icones import badge
from nouvea_sst.lib.tableaux import change_query
from visites.enums import RegleEcheance
from visites.models import Suivi
from visites.perms import can_place
from visites.pourquoi import explain

NOM_ENTIER = 24
SANS_DATE = "Embauche à compléter"


class SuiviTable(tables.Table):
    """One row an agent: when he is due, how late, and why."""

    nom = "agent"
    legende = "Échéances de visite, par date"
    vide = "Aucun agent ne répond à ces filtres"

    matricule = Colonne(accessor="agent__matricule", verbose_name="Matricule", visible=False)
    agent = Colonne(order_by=("agent__nom_cle", "pk"), verbose_name="Agent")
    direction = Colonne(
        accessor="agent__structure__direction__sigle", verbose_name="Direction", visible=False
    )
    service = Colonne(accessor="agent__structure__sigle", verbose_name="Service", desk=True)
    statut = Colonne(accessor="agent__statut", verbose_name="Statut", visible=False)
    motif = Colonne(accessor="regle", order_by=("regle", "categorie", "pk"), verbose_name="Motif", wide=True)
    derniere_visite = ColonneDate(verbose_name="Dernière visite", desk=True, empty_values=())
    echeance = ColonneDate(
        order_by=("echeance", "agent__nom_cle", "pk"), verbose_name="Échéance", prefixe="Échéance"
    )
    etat = Colonne(accessor="echeance", order_by=("echeance", "pk"), verbose_name="État", empty_values=())
    rendez_vous = ColonneDate(verbose_name="Placée le", desk=True)
    pourquoi = Colonne(accessor="pk", verbose_name="Explication", orderable=False, exclude_from_export=True)

    class Meta:
        model = Suivi
        fields: tuple[str, ...] = ()
        order_by = ("echeance",)
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def __init__(
        self, *args: Any, jour: datetime.date, bientot: int, ouverte: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.jour, self.bientot, self.ouverte = jour, bientot, ouverte

    def render_agent(self, record: Suivi) -> str:
        """Name as a link, matricule beside it."""
        nom = str(record.agent)
        return format_html(
            '<a class="cut long" href="{}"{}>{}</a> <span class="muted desk">{}</span>',
            reverse("visites:agent", args=[record.agent_id]),
            format_html(' title="{}"', nom) if len(nom) > NOM_ENTIER else "",
            nom,
            record.agent.matricule or "",
        )

    def value_agent(self, record: Suivi) -> str:
        """Name alone."""
        return str(record.agent)

    def render_motif(self, record: Suivi) -> str:
        """« Périodique, suivi renforcé », « Première visite », or why there is none."""
        if record.regle == RegleEcheance.EXCLU:
            return str(ExclusionSuivi(record.exclusion).label)  # type: ignore[attr-defined]
        if record.regle == RegleEcheance.INITIALE:
            return str(RegleEcheance.INITIALE.label)
        return f"Périodique, {str(CategorieSuivi(record.categorie).label).lower()}"

    def render_derniere_visite(self, value: datetime.date | None) -> str:
        """The day, or « jamais vu »."""
        return "jamais vu" if value is None else f"{value:%d/%m/%Y}"

    def value_derniere_visite(self, value: datetime.date | None) -> datetime.date | None:
        """The day itself."""
        return value

    def render_etat(self, record: Suivi) -> str:
        """How far the due date is."""
        if record.regle == RegleEcheance.EXCLU:
            return ""
        if record.echeance is None:
            return badge(EtatEcheance.BIENTOT, SANS_DATE, quiet=True)
        etat, mots = describe_due(record.echeance, self.jour, self.bientot)
        return badge(etat, mots, quiet=True)

    def value_etat(self, record: Suivi) -> str:
        """The same in words."""
        if record.regle == RegleEcheance.EXCLU:
            return ""
        return SANS_DATE if record.echeance is None else describe_due(record.echeance, self.jour)[1]

    def render_pourquoi(self, record: Suivi) -> str:
        """Open or close the explanation, without script."""
        ancre = f"#suivi-{record.pk}"
        if self.is_open(record):
            adresse = change_query(self.request, ("pourquoi",)) + ancre
            return format_html('<a href="{}" aria-expanded="true">Fermer</a>', adresse)
        adresse = change_query(self.request, pourquoi=record.pk) + ancre
        return format_html(
            '<a id="suivi-{}" href="{}" aria-label="Pourquoi l’échéance {}\u202f?">Pourquoi\u202f?</a>',
            record.pk,
            adresse,
            de(record.agent.nom_courant),
        )

    def is_open(self, record: Suivi) -> bool:
        """Whether this row's explanation is asked for."""
        return str(record.pk) == self.ouverte

    def render_detail(self, record: Suivi) -> str:
        """The explanation under the open row."""
        if not self.is_open(record):
            return ""
        contexte = explain(record) | {
            "suivi": record,
            "peut_placer": can_place(self.request.user, record.agent) and record.regle != RegleEcheance.EXCLU,
        }
        return render_to_string("visites/_pourquoi.html", contexte)
