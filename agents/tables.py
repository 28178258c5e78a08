"""Columns of the lists of agents, absences, posts."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from agents.enums import Situation, Statut
from agents.models import Absence, Agent, AlerteAbsence
from agents.pourquoi import explain_alerte
from agents.rules.accidents import RECHUTE
from agents.rules.chaines import Chaine
from agents.rules.exclusion import exclusion_on
from agents.rules.situation import situation_of
from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.querysets import Consultations
from nouvea_sst.lib.affichage import count_of, de, format_date, format_number
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat
from nouvea_sst.lib.icones import badge
from nouvea_sst.lib.tableaux import change_query

BUREAU = {"td": {"class": "desk"}}
ACTE = format_html('<span class="visually-hidden">{}</span>', "Acte")
LARGE = {"td": {"class": "wide"}}
STATUTS_COURTS: dict[str, str] = {Statut.CC: "Conv. collective"}


def days(jours: Any) -> str:
    """Write a number of days: « 43 j », « 0,5 j »."""
    return f"{format_number(jours.normalize() if hasattr(jours, 'normalize') else jours)} j"


def two_lines(premiere: str, seconde: str) -> SafeString:
    """Write what matters, then what it says more about it."""
    return format_html('{}<br><span class="muted small">{}</span>', premiere, seconde)


def describe_itt(accident: Absence) -> str:
    """Write the day and the days of incapacity of an accident: « ITT : 43 j, avec 1 prolongation »."""
    suites = list(accident.suites.all())
    rechutes = sum(suite.type.code == RECHUTE for suite in suites)
    nombres = ((len(suites) - rechutes, "prolongation"), (rechutes, "rechute"))
    dont = ", ".join(count_of(nombre, nom) for nombre, nom in nombres if nombre)
    total = accident.itt + sum(suite.itt for suite in suites)
    jour = f"accident du {format_date(accident.date_accident)}, " if accident.date_accident else ""
    return f"{jour}ITT : {days(total)}{', avec ' if dont else ''}{dont}"


class AgentTable(Table):
    """Agents. The hidden columns leave with the workbook only."""

    nom = "agent"
    legende = "Agents"
    vide = "Aucun agent ne répond à ces filtres"

    agent = Column(accessor="nom_cle", verbose_name="Agent", order_by=("nom_cle", "pk"))
    matricule = Column(verbose_name="Matricule", attrs=BUREAU, order_by=("matricule", "pk"))
    direction = Column(
        accessor="structure__direction__sigle",
        verbose_name="Direction",
        attrs=BUREAU,
        order_by=("structure__direction__sigle", "nom_cle", "pk"),
    )
    structure = Column(verbose_name="Structure", attrs=LARGE, order_by=("structure__sigle", "nom_cle", "pk"))
    poste = Column(verbose_name="Poste", attrs=BUREAU, order_by=("poste__intitule", "nom_cle", "pk"))
    statut = Column(verbose_name="Statut", attrs=BUREAU, order_by=("statut", "nom_cle", "pk"))
    site = Column(visible=False, verbose_name="Site", attrs=BUREAU, order_by=("site__libelle", "pk"))
    date_naissance = ColonneDate(visible=False, verbose_name="Naissance", desk=True)
    date_embauche = ColonneDate(visible=False, verbose_name="Embauche", desk=True)
    date_depart = ColonneDate(visible=False, verbose_name="Départ", desk=True)
    situation = Column(empty_values=(), verbose_name="Situation", orderable=False)

    class Meta:
        order_by = "agent"

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        self.jour = jour
        super().__init__(*args, **kwargs)

    def render_agent(self, record: Agent) -> SafeString:
        """Link to the agent's page."""
        return format_html('<a href="{}">{}</a>', reverse("agents:agent", args=[record.pk]), record)

    def value_agent(self, record: Agent) -> str:
        """Name for the workbook."""
        return str(record)

    def render_structure(self, record: Agent) -> SafeString:
        """Sigle on a desk, whose rows have one line; name too where the row has a line for it."""
        structure: Any = record.structure
        return format_html(
            '<span title="{}">{}</span><span class="phone"> – {}</span>',
            structure.libelle,
            structure.sigle,
            structure.libelle,
        )

    def value_structure(self, record: Agent) -> str:
        """Sigle and name for the workbook."""
        return str(record.structure or "")

    def render_statut(self, record: Agent) -> str:
        """Word of the status, short enough for its column."""
        return STATUTS_COURTS.get(record.statut) or record.get_statut_display() or "—"

    def value_statut(self, record: Agent) -> str:
        """Word of the status, empty without one."""
        return record.get_statut_display()

    def render_situation(self, record: Agent) -> SafeString:
        """Badge of the day."""
        situation, mots = self._situation(record)
        return badge(situation, mots, quiet=True)

    def value_situation(self, record: Agent) -> str:
        """Words of the day."""
        return self._situation(record)[1]

    def _situation(self, record: Agent) -> tuple[Situation, str]:
        exclusion = exclusion_on(
            est_elu=record.est_elu,
            date_embauche=record.date_embauche,
            date_depart=record.date_depart,
            jour=self.jour,
        )
        return situation_of(
            exclusion,
            date_embauche=record.date_embauche,
            date_depart=record.date_depart,
            absent_jusqu=getattr(record, "absent_jusqu", None),
        )


class AbsenceTable(Table):
    """Absences of one agent, latest first."""

    nom = "absence"
    legende = "Absences de l’agent"
    vide = "Aucune absence enregistrée"

    debut = Column(accessor="date_debut", verbose_name="Du", order_by=("date_debut", "pk"))
    fin = Column(accessor="date_fin", verbose_name="Au", attrs={"td": {"data-label": "Au"}})
    type = Column(verbose_name="Type", attrs=LARGE, order_by=("type__libelle", "date_debut", "pk"))
    jours = Column(
        accessor="arret__jours",
        verbose_name="Durée",
        orderable=False,
        attrs={"th": {"class": "num"}, "td": {"class": "num", "data-label": "Durée"}},
    )
    suite = Column(
        empty_values=(),
        verbose_name="À la suite",
        orderable=False,
        attrs={"th": {"class": "num"}, "td": {"class": "num desk"}},
    )
    actes = Column(
        empty_values=(),
        verbose_name=ACTE,
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "num"}},
    )

    class Meta:
        order_by = "-debut"

    def __init__(self, *args: Any, jour: datetime.date, chaines: Iterable[Chaine], **kwargs: Any) -> None:
        self.jour = jour
        chaines = list(chaines)
        self.suites = {c.lignes[-1][0]: c.jours for c in chaines if len(c.lignes) > 1}
        self.total = sum((m.jours for c in chaines for m in c.maillons), Decimal(0))
        super().__init__(*args, **kwargs)

    def compute_totals(self, absences: Any) -> dict[str, Any]:
        """Calendar days of all the absences, half-days counted as such; the chains hold each of them once."""
        return {"jours": days(self.total)}

    def render_debut(self, record: Absence) -> str:
        """First day, with its half."""
        return f"{format_date(record.date_debut)}{', après-midi' if record.debut_apres_midi else ''}"

    def render_fin(self, record: Absence) -> str:
        """Last day, with its half."""
        return f"{format_date(record.date_fin)}{', midi' if record.fin_matin else ''}"

    def render_type(self, record: Absence) -> str:
        """Type, whether it prolongs another; of an accident, the days of incapacity with what came of it."""
        nature = f"{record.type}{' (prolongation)' if record.prolongation else ''}"
        if record.accident is not None:
            origine = record.accident.date_accident or record.accident.date_debut
            return two_lines(nature, f"de l’accident du {format_date(origine)}")
        if not record.est_accident:
            return nature
        return two_lines(nature, describe_itt(record))

    def render_jours(self, record: Absence) -> str:
        """Calendar days; none without leave."""
        return "sans arrêt" if record.sans_arret else days(record.arret.jours)

    def render_suite(self, record: Absence) -> str:
        """Days of the chain, beside its last absence only when there are several."""
        return days(self.suites[record.pk]) if record.pk in self.suites else ""

    def render_actes(self, record: Absence) -> SafeString:
        """Link to the correction."""
        adresse = reverse("agents:absence_corriger", args=[record.agent_id, record.pk])
        return format_html(
            '<a href="{}">Corriger<span class="visually-hidden"> l’absence du {}</span></a>',
            adresse,
            format_date(record.date_debut),
        )


class ConsultationTable(Table):
    """When a file was opened, and by which role; the name only where the view leaves it in.

    Rows are comptes.querysets.Consultations.
    """

    nom = "ligne"
    legende = "Consultations du dossier"
    vide = "Personne n’a encore ouvert ce dossier"

    quand = Column(accessor="fin", verbose_name="Quand")
    role = Column(verbose_name="Rôle", order_by=("role", "fin"))
    nom_acteur = Column(accessor="acteur_nom", verbose_name="Nom", order_by=("acteur_nom", "fin"))
    acte = Column(verbose_name="Page", attrs=LARGE, order_by=("acte", "fin"))

    class Meta:
        order_by = "-quand"

    def __init__(self, *args: Any, moi: str, **kwargs: Any) -> None:
        self.moi = moi
        super().__init__(*args, **kwargs)

    def render_quand(self, record: Consultations) -> str:
        """Day and hour; how often, and from when to when."""
        return record.moment

    def render_role(self, record: Consultations) -> str:
        """Role at that time; one's own look is said to be so."""
        if record.acteur_cle == self.moi:
            return "Vous-même"
        return Role(record.role).label if record.role in Role.values else "Système"

    def render_acte(self, value: str) -> str:
        """Page in words."""
        return word_act(value)


class PosteTable(Table):
    """Posts, with the follow-up that each asks for."""

    nom = "poste"
    legende = "Postes"
    vide = "Aucun poste ne répond à ces filtres"

    intitule = Column(verbose_name="Poste")
    categorie_suivi = Column(verbose_name="Suivi médical", attrs={"td": {"data-label": "Suivi"}})
    agents = Column(
        accessor="effectif",
        verbose_name="Agents présents",
        attrs={"th": {"class": "num"}, "td": {"class": "num", "data-label": "Agents"}},
    )

    class Meta:
        order_by = "intitule"

    def __init__(self, *args: Any, corrigeable: bool, **kwargs: Any) -> None:
        self.corrigeable = corrigeable
        super().__init__(*args, **kwargs)

    def compute_totals(self, postes: Any) -> dict[str, Any]:
        """Agents of all the posts listed."""
        return {"agents": postes.aggregate(n=Sum("effectif"))["n"]}

    def render_intitule(self, record: Any) -> SafeString | str:
        """Link to the post, for who may correct it."""
        if not self.corrigeable:
            return record.intitule
        return format_html(
            '<a href="{}">{}</a>', reverse("agents:poste_corriger", args=[record.pk]), record.intitule
        )

    def value_intitule(self, record: Any) -> str:
        """Title for the workbook."""
        return record.intitule

    def render_agents(self, record: Any) -> SafeString | str:
        """Link to exactly these agents."""
        if not record.effectif:
            return "0"
        return format_html(
            '<a href="{}?poste={}">{}</a>',
            reverse("agents:liste"),
            record.pk,
            count_of(record.effectif, "agent"),
        )

    def value_agents(self, value: int) -> int:
        """Number for the workbook."""
        return value


class AlerteTable(Table):
    """Alerts of absence: whose, by which rule, since when, and why."""

    nom = "alerte"
    legende = "Alertes d’absence"
    vide = "Aucune alerte ne répond à ces filtres"

    agent = Colonne(order_by=("agent__nom_cle", "pk"), verbose_name="Agent")
    direction = Colonne(
        accessor="agent__structure__direction__sigle", verbose_name="Direction", visible=False
    )
    structure = Colonne(accessor="agent__structure__sigle", verbose_name="Structure", desk=True)
    statut = Colonne(accessor="agent__statut", verbose_name="Statut", visible=False)
    regle = Colonne(accessor="titre", order_by=("regle", "seuil", "pk"), verbose_name="Règle", wide=True)
    occasion = ColonneDate(verbose_name="Depuis le", prefixe="Depuis le")
    limite = ColonneDate(verbose_name="Échéance", prefixe="Échéance")
    levee_le = ColonneDate(verbose_name="Levée le", desk=True)
    etat = ColonneEtat(verbose_name="État")
    pourquoi = Colonne(accessor="pk", verbose_name="Explication", orderable=False, exclude_from_export=True)

    class Meta:
        order_by = "-levee_le"
        attrs: dict[str, str] = {"class": "data-table stack one-line"}

    def __init__(self, *args: Any, ouverte: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ouverte = ouverte

    def render_agent(self, record: AlerteAbsence) -> SafeString:
        """Name as a link to the alert."""
        adresse = reverse("agents:alerte", args=[record.pk])
        return format_html('<a class="cut long" href="{}">{}</a>', adresse, record.agent)

    def value_agent(self, record: AlerteAbsence) -> str:
        """Name alone."""
        return str(record.agent)

    def render_pourquoi(self, record: AlerteAbsence) -> SafeString:
        """Open or close the explanation, without script."""
        ancre = f"#alerte-{record.pk}"
        if str(record.pk) == self.ouverte:
            adresse = change_query(self.request, ("pourquoi",)) + ancre
            return format_html('<a href="{}" aria-expanded="true">Fermer</a>', adresse)
        return format_html(
            '<a id="alerte-{}" href="{}" aria-label="Pourquoi l’alerte {}\u202f?">Pourquoi\u202f?</a>',
            record.pk,
            change_query(self.request, pourquoi=record.pk) + ancre,
            de(record.agent.nom_courant),
        )

    def render_detail(self, record: AlerteAbsence) -> str:
        """The explanation under the open row."""
        if str(record.pk) != self.ouverte:
            return ""
        return render_to_string("components/why.html", explain_alerte(record))
