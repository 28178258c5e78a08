"""Filters of the lists; visible_to(user) came first, a filter never widens."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.forms import DateInput
from django.http import HttpRequest
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from agents.enums import JUSTES, CategorieSuivi, EtatAlerte, RegleAlerte, Statut
from agents.models import Agent, AlerteAbsence, Poste, Site, Structure
from agents.rules.precision import end_of_quarter, last_quarters, name_quarter, quarter_key
from nouvea_sst.lib.affichage import count_of

SANS_STATUT = "inconnu"
# A filter tells what it filters by: without the right it is absent, and says nothing.
DROITS = {
    "statut": "agents.view_carriere",
    "presence": "agents.view_carriere",
    "le": "agents.view_carriere",
    "elus": "agents.view_carriere",
    "absence": "agents.view_absence",
}
JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}

TOUTES = "toutes"
ECARTEE = Q(etat=EtatAlerte.ECARTEE)
ETATS_ALERTE = {
    "traitee": ("Traitées", Q(etat=EtatAlerte.TRAITEE)),
    "ecartee": ("Écartées", ECARTEE),
    "justes": ("Écartées, mais justes", ECARTEE & Q(motif__in=JUSTES)),
    "fausses": ("Écartées, fausses alertes", ECARTEE & ~Q(motif__in=JUSTES)),
    "caduque": ("Sans suite", Q(etat=EtatAlerte.CADUQUE)),
    "ouverte": ("À traiter", Q(etat=EtatAlerte.OUVERTE)),
    TOUTES: ("Toutes", Q()),
}


def structures_of(request: HttpRequest) -> QuerySet:
    """The structures that this account may filter by."""
    return Structure.objects.visible_to(request.user)


def postes_of(request: HttpRequest) -> QuerySet:
    """The posts that this account may filter by."""
    return Poste.objects.visible_to(request.user)


def sites_of(request: HttpRequest) -> QuerySet:
    """The sites that this account may filter by."""
    return Site.objects.visible_to(request.user)


def directions_of(request: HttpRequest) -> QuerySet:
    """The directions that this account may filter by."""
    return structures_of(request).directions()


class AgentFilter(FilterSet):
    """Agents present and not elected, unless asked otherwise."""

    q = CharFilter(label="Nom ou matricule", method="search")
    direction = ModelChoiceFilter(
        label="Direction",
        empty_label="Toutes",
        queryset=directions_of,
        field_name="structure__direction",
    )
    structure = ModelChoiceFilter(
        label="Structure, et celles qui en dépendent",
        empty_label="Toutes",
        queryset=structures_of,
        method="under",
    )
    poste = ModelChoiceFilter(label="Poste", empty_label="Tous", queryset=postes_of)
    site = ModelChoiceFilter(label="Site", empty_label="Tous", queryset=sites_of)
    statut = ChoiceFilter(
        label="Statut",
        empty_label="Tous",
        choices=[*Statut.choices, (SANS_STATUT, "Non renseigné")],
        method="with_statut",
    )
    presence = ChoiceFilter(
        label="Présence",
        empty_label="Présents",
        choices=[("a_venir", "Pas encore arrivés"), ("partis", "Partis"), ("tous", "Tous")],
        method="leave",
    )
    le = DateFilter(label="Présents le", method="leave", widget=DateInput(attrs=JOUR))
    elus = ChoiceFilter(
        label="Élus",
        empty_label="Sans les élus",
        choices=[("avec", "Avec les élus"), ("seulement", "Élus seulement")],
        method="leave",
    )
    absence = ChoiceFilter(
        label="Absence en cours",
        empty_label="Indifférent",
        choices=[("oui", "Oui"), ("longue", "De longue durée")],
        method="absent",
    )

    class Meta:
        model = Agent
        fields: list[str] = []

    def __init__(self, *args: Any, jour: datetime.date, longue: int, **kwargs: Any) -> None:
        self.jour, self.longue = jour, longue
        super().__init__(*args, **kwargs)
        self.filters["absence"].extra["choices"] = [
            ("oui", "Oui"),
            ("longue", f"Depuis plus de {count_of(longue, 'jour')}"),
        ]
        if not self.request.user.has_perm("agents.view_identite"):
            self.filters["q"].label = "Nom"
        for nom, droit in DROITS.items():
            if not self.request.user.has_perm(droit):
                del self.filters[nom]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply presence and elected first: they choose something even when left empty."""
        choisi = self.form.cleaned_data
        agents: Any = queryset
        match choisi.get("presence"):
            case "partis":
                agents = agents.gone_on(self.jour)
            case "a_venir":
                agents = agents.expected_on(self.jour)
            case "tous":
                pass
            case _:
                agents = agents.present_on(choisi.get("le") or self.jour)
        match choisi.get("elus"):
            case "avec":
                pass
            case "seulement":
                agents = agents.filter(est_elu=True)
            case _:
                agents = agents.filter(est_elu=False)
        return super().filter_queryset(agents)

    def search(self, agents: Any, name: str, value: str) -> QuerySet:
        """By name, sigle, or matricule where the role sees it."""
        return agents.search(value, numeros=self.request.user.has_perm("agents.view_identite"))

    def under(self, agents: Any, name: str, value: Structure) -> QuerySet:
        """With the structures below."""
        return agents.under(value)

    def with_statut(self, agents: Any, name: str, value: str) -> QuerySet:
        """By status, or without any."""
        return agents.filter(statut="" if value == SANS_STATUT else value)

    def absent(self, agents: Any, name: str, value: str) -> QuerySet:
        """Absent today, or for longer than the reference data says of a long absence."""
        if value == "oui":
            return agents.absent_on(self.jour)
        return agents.absent_throughout(self.jour - datetime.timedelta(days=self.longue), self.jour)

    def leave(self, agents: Any, name: str, value: str) -> QuerySet:
        """Applied before."""
        return agents


class PosteFilter(FilterSet):
    """Posts by title and follow-up."""

    q = CharFilter(label="Intitulé", field_name="intitule", lookup_expr="icontains")
    categorie = ChoiceFilter(
        label="Suivi médical",
        empty_label="Tous",
        choices=CategorieSuivi.choices,
        field_name="categorie_suivi",
    )

    class Meta:
        model = Poste
        fields: list[str] = []


class AlerteFilter(FilterSet):
    """Alerts to treat, unless asked otherwise."""

    q = CharFilter(label="Nom ou matricule", method="search")
    etat = ChoiceFilter(
        label="État",
        empty_label="À traiter",
        choices=[(cle, mots) for cle, (mots, _) in ETATS_ALERTE.items() if cle != "ouverte"],
        method="leave",
    )
    regle = ChoiceFilter(label="Règle", empty_label="Toutes", choices=RegleAlerte.choices)
    structure = ModelChoiceFilter(
        label="Structure, et celles qui en dépendent",
        empty_label="Toutes",
        queryset=structures_of,
        method="under",
    )
    statut = ChoiceFilter(
        label="Statut", empty_label="Tous", choices=Statut.choices, field_name="agent__statut"
    )
    trimestre = ChoiceFilter(label="Levées au", empty_label="Toujours", method="in_quarter")

    class Meta:
        model = AlerteAbsence
        fields: list[str] = []

    def __init__(self, *args: Any, jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trimestres = last_quarters(jour)
        self.filters["trimestre"].extra["choices"] = [
            (quarter_key(debut), name_quarter(debut)) for debut in self.trimestres
        ]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the state first: it chooses something even when left empty."""
        choisi = self.form.cleaned_data.get("etat") or "ouverte"
        return super().filter_queryset(queryset.filter(ETATS_ALERTE[choisi][1]))

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By name or any form of the matricule."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return queryset.filter(agent__in=Agent.objects.search(value, numeros=numeros))

    def under(self, queryset: QuerySet, name: str, value: Structure) -> QuerySet:
        """Agents of the structure and of all those below it."""
        return queryset.filter(agent__structure__chemin__startswith=value.chemin)

    def in_quarter(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Raised in a quarter."""
        debut = next(d for d in self.trimestres if quarter_key(d) == value)
        return queryset.raised_in(debut, end_of_quarter(debut))

    def leave(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Applied before."""
        return queryset
