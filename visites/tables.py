"""The lists of visits due, of agents without follow-up, and of requests."""

import datetime
from typing import Any, ClassVar

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agents.enums import CategorieSuivi, ExclusionSuivi, Statut
from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.affichage import EtatEcheance, de, describe_due, format_date, format_number
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneHeure, ColonneNombre, cut_text
from nouvea_sst.lib.icones import badge
from nouvea_sst.lib.tableaux import change_query
from visites.charge import Charge
from visites.enums import Conclusion, EtatDemande, EtatDue
from visites.models import DemandeVisite, Suivi, VisiteDue
from visites.perms import can_change_due, can_place, opens_demandes
from visites.pourquoi import explain

NOM_ENTIER = 24
SANS_DATE = "Embauche à compléter"


class LigneAgent(tables.Table):
    """What both lists write of an agent; the rows' `pourquoi` opens under them, without script."""

    matricule = Colonne(accessor="agent__matricule", verbose_name="Matricule", visible=False)
    agent = Colonne(order_by=("agent__nom_cle", "pk"), verbose_name="Agent")
    cafat = Colonne(accessor="agent__num_cafat", verbose_name="CAFAT", prefixe="CAFAT", visible=False)
    statut = Colonne(accessor="agent__statut", verbose_name="Statut", visible=False)
    direction = Colonne(
        accessor="agent__structure__direction__sigle", verbose_name="Direction", visible=False
    )
    service = Colonne(accessor="agent__structure__sigle", verbose_name="Service", desk=True)
    site = Colonne(accessor="agent__site__libelle", verbose_name="Site", visible=False)
    pourquoi = Colonne(accessor="pk", verbose_name="Explication", orderable=False, exclude_from_export=True)

    class Meta:
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def __init__(self, *args: Any, ouverte: str = "", **kwargs: Any) -> None:
        self.ouverte = ouverte
        super().__init__(*args, **kwargs)

    def render_agent(self, record: Any) -> str:
        """Name as a link, matricule beside it unless it has its own column."""
        nom = str(record.agent)
        numero = "" if self.columns["matricule"].visible else record.agent.matricule or ""
        return format_html(
            '<a class="cut long" href="{}"{}>{}</a>{}',
            reverse("visites:agent", args=[record.agent_id]),
            format_html(' title="{}"', nom) if len(nom) > NOM_ENTIER else "",
            nom,
            format_html(' <span class="muted desk">{}</span>', numero) if numero else "",
        )

    def value_agent(self, record: Any) -> str:
        """Name alone."""
        return str(record.agent)

    def render_statut(self, value: str) -> str:
        """Word of the status."""
        return str(Statut(value).label) if value in Statut.values else value

    def render_pourquoi(self, record: Any) -> str:
        """Open or close the explanation, without script."""
        ancre = f"#ligne-{record.pk}"
        if self.is_open(record):
            adresse = change_query(self.request, ("pourquoi",)) + ancre
            return format_html('<a href="{}" aria-expanded="true">Fermer</a>', adresse)
        adresse = change_query(self.request, pourquoi=record.pk) + ancre
        return format_html(
            '<a id="ligne-{}" href="{}" aria-label="{}\u202f?">Pourquoi\u202f?</a>',
            record.pk,
            adresse,
            self.word_question(record),
        )

    def word_question(self, record: Any) -> str:
        """What a reader of screens hears of the link."""
        return f"Pourquoi la situation {de(record.agent.nom_courant)}"

    def is_open(self, record: Any) -> bool:
        """Whether this row's explanation is asked for."""
        return str(record.pk) == self.ouverte


class DueTable(LigneAgent):
    """One row an agent and occasion: when the visit is due, how late, for which motive, and why."""

    nom = "visite"
    legende = "Visites à prévoir, par échéance"
    vide = "Aucune visite ne répond à ces filtres : retirez-en un, ou ouvrez la vue « Toutes »"
    colonne_titre = "agent"

    motif = Colonne(
        accessor="motif_lu", order_by=("motif_lu", "echeance", "pk"), verbose_name="Motif", wide=True
    )
    categorie = Colonne(verbose_name="Suivi", visible=False)
    derniere_visite = ColonneDate(verbose_name="Dernière visite", desk=True, empty_values=())
    conclusion = Colonne(
        accessor="derniere_conclusion", verbose_name="Résultat", prefixe="Résultat", visible=False
    )
    message = Colonne(
        accessor="dernier_message",
        verbose_name="Message à l’employeur",
        prefixe="Message",
        visible=False,
        wide=True,
    )
    echeance = ColonneDate(
        order_by=("echeance", "agent__nom_cle", "pk"), verbose_name="Prévision", prefixe="Prévision"
    )
    etat = Colonne(accessor="echeance", order_by=("echeance", "pk"), verbose_name="État", empty_values=())
    absences = ColonneNombre(verbose_name="Manqués", prefixe="Rendez-vous manqués", visible=False)
    priorite = ColonneNombre(verbose_name="Priorité", prefixe="Priorité", visible=False)
    rendez_vous = ColonneDate(verbose_name="Rendez-vous", desk=True)
    heure = ColonneHeure(
        accessor="rendez_vous_heure", verbose_name="Heure", prefixe="Rendez-vous à", visible=False
    )
    medecin = Colonne(verbose_name="Médecin", prefixe="Médecin", visible=False)

    class Meta(LigneAgent.Meta):
        model = VisiteDue
        fields: tuple[str, ...] = ()
        order_by = ("echeance",)
        sequence = (
            "matricule",
            "agent",
            "cafat",
            "statut",
            "direction",
            "service",
            "site",
            "motif",
            "categorie",
            "derniere_visite",
            "conclusion",
            "message",
            "echeance",
            "etat",
            "absences",
            "priorite",
            "rendez_vous",
            "heure",
            "medecin",
            "pourquoi",
        )

    def __init__(self, *args: Any, jour: datetime.date, bientot: int, origine: bool, **kwargs: Any) -> None:
        self.jour, self.bientot, self.origine = jour, bientot, origine
        super().__init__(*args, **kwargs)

    def word_question(self, record: VisiteDue) -> str:
        """« Pourquoi l’échéance de Joseph Kaloi »."""
        return f"Pourquoi l’échéance {de(record.agent.nom_courant)}"

    def render_motif(self, value: str) -> str:
        """On one line of a desk."""
        return cut_text(value)

    def value_motif(self, value: str) -> str:
        """Whole."""
        return value

    def render_categorie(self, value: str) -> str:
        """« Renforcé »."""
        return str(CategorieSuivi(value).label)

    def render_derniere_visite(self, value: datetime.date | None) -> str:
        """The day, or « jamais vu »."""
        return "jamais vu" if value is None else f"{value:%d/%m/%Y}"

    def value_derniere_visite(self, value: datetime.date | None) -> datetime.date | None:
        """The day itself."""
        return value

    def render_conclusion(self, value: str) -> str:
        """Its badge; nothing for one that the former software did not tell."""
        return badge(Conclusion(value), quiet=True) if value else ""

    def value_conclusion(self, value: str) -> str:
        """The same in words."""
        return str(Conclusion(value).label) if value else ""

    def render_message(self, value: str) -> str:
        """Its beginning on a desk."""
        return cut_text(value, long=True) if value else ""

    def value_message(self, value: str) -> str:
        """Whole."""
        return value

    def render_etat(self, record: VisiteDue) -> str:
        """How far the due date is, or that it was put aside."""
        if record.etat == EtatDue.ECARTEE:
            return badge(EtatDue.ECARTEE, quiet=True)
        if record.echeance is None:
            return badge(EtatEcheance.BIENTOT, SANS_DATE, quiet=True)
        etat, mots = describe_due(record.echeance, self.jour, self.bientot)
        if record.rappel:
            mots = f"{mots}, à revoir"
        return badge(etat, mots, quiet=True)

    def value_etat(self, record: VisiteDue) -> str:
        """The same in words."""
        if record.etat == EtatDue.ECARTEE:
            return str(EtatDue.ECARTEE.label)
        return SANS_DATE if record.echeance is None else describe_due(record.echeance, self.jour)[1]

    def render_detail(self, record: VisiteDue) -> str:
        """The explanation under the open row."""
        if not self.is_open(record):
            return ""
        ouverte = record.etat == EtatDue.OUVERTE
        demandes = opens_demandes(self.request.user)
        contexte = explain(record, demandes=demandes, origine=self.origine) | {
            "due": record,
            "peut_placer": ouverte and can_place(self.request.user, record.agent),
            "peut_changer": ouverte and can_change_due(self.request.user, record),
        }
        return render_to_string("visites/_pourquoi.html", contexte)


class ExcluTable(LigneAgent):
    """Agents without follow-up, and why."""

    nom = "agent"
    legende = "Agents hors du suivi médical"
    vide = "Aucun agent ne répond à ces filtres"
    colonne_titre = "agent"

    raison = Colonne(accessor="exclusion", order_by=("exclusion", "pk"), verbose_name="Raison", wide=True)
    derniere_visite = ColonneDate(verbose_name="Dernière visite", desk=True)

    class Meta(LigneAgent.Meta):
        model = Suivi
        fields: tuple[str, ...] = ()
        order_by = ("agent",)
        sequence = ("...", "pourquoi")

    def render_raison(self, value: str) -> str:
        """« Élu », « Parti », « Pas encore arrivé »."""
        return str(ExclusionSuivi(value).label)

    def render_detail(self, record: Suivi) -> str:
        """The explanation under the open row."""
        if not self.is_open(record):
            return ""
        return render_to_string("visites/_pourquoi.html", explain(record) | {"due": None, "suivi": record})


class ColonneLiee(ColonneNombre):
    """A number that leads to its rows; nothing for none."""

    def render(self, value: int, record: Any, bound_column: Any) -> str:  # type: ignore[override]
        """Return the number as a link."""
        return link_number(value, record["liens"][bound_column.name])


def link_number(nombre: int, adresse: str) -> str:
    """A number as a link to its rows; nothing for none."""
    return format_html('<a href="{}">{}</a>', adresse, format_number(nombre)) if nombre else ""


class ChargeTable(tables.Table):
    """Visits due by month and motive."""

    nom = "mois,mois"
    legende = "Visites dues par mois d’échéance et par motif"
    vide = "Aucune visite à prévoir"
    colonne_titre = "mois"

    mois = Colonne(verbose_name="Échéance", orderable=False)
    total = ColonneLiee(verbose_name="Toutes", orderable=False)

    class Meta:
        attrs: dict[str, str] = {"class": "data-table"}

    def __init__(self, *args: Any, charge: Charge, **kwargs: Any) -> None:
        self.charge = charge
        super().__init__(*args, **kwargs)

    def compute_totals(self, lignes: Any) -> dict[str, Any]:
        """All periods together: numbers for the workbook, links for a reader."""
        totaux = self.charge.totals()
        if self.request.GET.get("format") == "xlsx":
            return dict(totaux)
        adresses = self.charge.totals_linked()
        return {nom: link_number(nombre, adresses[nom]) for nom, nombre in totaux.items()}


def load_columns(charge: Charge) -> list[tuple[str, ColonneLiee]]:
    """One column a motive; those that the chart draws by themselves are shown, the others are on offer."""
    montres = {cle for _, cles in charge.parts if len(cles) == 1 for cle in cles}
    return [
        (cle, ColonneLiee(verbose_name=mots, orderable=False, visible=cle in montres))
        for cle, mots in charge.motifs.items()
    ]


class DemandeTable(tables.Table):
    """One row a request: no reason, no answer, which its page alone shows."""

    nom = "demande"
    legende = "Demandes de visite, de la dernière à la première"
    vide = "Aucune demande ne répond à ces filtres"

    agent = Colonne(order_by=("agent__nom_cle", "-demandee_le", "pk"), verbose_name="Agent")
    direction = Colonne(
        accessor="agent__structure__direction__sigle", verbose_name="Direction", visible=False
    )
    service = Colonne(accessor="agent__structure__sigle", verbose_name="Service", desk=True)
    origine = Colonne(verbose_name="Origine", order_by=("origine", "-demandee_le", "pk"), wide=True)
    nom_demandeur = Colonne(verbose_name="Faite par", desk=True)
    demandee_le = ColonneDate(
        order_by=("demandee_le", "pk"), verbose_name="Demandée le", prefixe="Demandée le"
    )
    avant_le = ColonneDate(verbose_name="Souhaitée avant le", visible=False)
    echeance = ColonneDate(verbose_name="Visite due le", desk=True)
    etat = Colonne(order_by=("etat", "-demandee_le", "pk"), verbose_name="État")
    traitee_le = ColonneDate(verbose_name="Traitée le", visible=False)

    class Meta:
        model = DemandeVisite
        fields: tuple[str, ...] = ()
        order_by = ("-demandee_le",)
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def render_agent(self, record: DemandeVisite) -> str:
        """Name as a link to the request."""
        adresse = reverse("visites:demande", args=[record.pk])
        return format_html('<a class="cut long" href="{}">{}</a>', adresse, record.agent)

    def value_agent(self, record: DemandeVisite) -> str:
        """Name alone."""
        return str(record.agent)

    def render_etat(self, record: DemandeVisite) -> str:
        """Its word and colour."""
        return badge(EtatDemande(record.etat), "", True)

    def value_etat(self, record: DemandeVisite) -> Any:
        """The word alone."""
        return record.get_etat_display()


class LectureNoteTable(tables.Table):
    """Who opened one's notes. Rows are journal lines, each with its note's key, day and agent."""

    nom = "lecture"
    legende = "Lectures de vos notes"
    vide = "Personne d’autre n’a ouvert une de vos notes"

    quand = Colonne(verbose_name="Quand", order_by=("quand", "pk"))
    acteur_nom = Colonne(verbose_name="Qui", order_by=("acteur_nom", "pk"))
    role = Colonne(verbose_name="Rôle", desk=True, order_by=("role", "pk"))
    acte = Colonne(verbose_name="Ce qui a été ouvert", order_by=("acte", "pk"))
    note = Colonne(accessor="cle_note", verbose_name="Note", wide=True, orderable=False)

    class Meta:
        order_by = "-quand"
        attrs: ClassVar[dict[str, str]] = {"class": "data-table stack"}

    def __init__(self, *args: Any, moi: str, **kwargs: Any) -> None:
        self.moi = moi
        super().__init__(*args, **kwargs)

    def render_quand(self, value: Any) -> str:
        """Day and hour."""
        return format_date(value, "moment")

    def render_acteur_nom(self, record: LigneJournal) -> str:
        """Name as the journal keeps it; one's own look is said to be so."""
        return "Vous-même" if record.acteur_cle == self.moi else record.acteur_nom

    def render_role(self, value: str) -> str:
        """Name of the role."""
        return Role(value).label if value in Role.values else value

    def render_acte(self, value: str) -> str:
        """Page in words."""
        return word_act(value)

    def render_note(self, record: Any) -> SafeString:
        """Link to the note, by its agent and its day."""
        lien = reverse("visites:note", args=[record.cle_note])
        nom = f"{record.nom_agent} {record.prenom_agent}"
        return format_html('<a href="{}">{}, note du {}</a>', lien, nom, format_date(record.date_note))
