"""Filters of the lists of visits due and of requests; visible_to(user) came first, a filter never widens."""

import datetime
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from agents.enums import Accord, CategorieSuivi, NatureContrat, NiveauStructure, Statut
from agents.filters import sites_of, structures_of
from agents.models import Agent, Collectivite, Contrat, Responsabilite, Structure
from agents.querysets import CE_JOUR, of_held_collectivites, open_on
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.dates import add_months
from visites.enums import Conclusion, Declencheur, EtatDemande, OrigineDemande
from visites.models import DemandeVisite, Motif, Suivi, VisiteDue
from visites.rules.regles import DEMANDES

EXCLUS = "exclus"
ETATS = {
    "retard": ("En retard", "est_retard"),
    "bientot": ("Sous {}", "est_bientot"),
    "a_jour": ("Agents à jour", "est_a_jour"),
    "jamais": ("Jamais vus", "est_jamais"),
    "manques": ("Rendez-vous manqués", "est_manquee"),
    "placees": ("Placées", "est_placee"),
    "ecartees": ("Écartées", "est_ecartee"),
    EXCLUS: ("Hors du suivi", ""),
}
# Age of a late visit: months from, months to.
AGES: dict[str, tuple[str, int, int | None]] = {
    "0-3": ("Moins de 3 mois", 0, 3),
    "3-6": ("De 3 à 6 mois", 3, 6),
    "6-12": ("De 6 à 12 mois", 6, 12),
    "12": ("Plus de 12 mois", 12, None),
}
# A filter tells what it filters by: without the right it is absent, and says nothing.
DROITS = {
    "statut": "agents.view_carriere",
    "cdd": "agents.view_carriere",
    "conclusion": "visites.view_conclusion",
}
DIRECTION = NiveauStructure.DIRECTION
SERVICES = (NiveauStructure.SERVICE, NiveauStructure.SECTION)
JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "inputmode": "numeric", "autocomplete": "off"}


def state_words(a_venir: int) -> dict[str, str]:
    """The words of each state; « Sous 30 jours » as far as the reference data says."""
    return {cle: mots.format(count_of(a_venir, "jour")) for cle, (mots, _) in ETATS.items()}


def managers_of(request: HttpRequest) -> QuerySet:
    """The accounts that answer today for something that this account sees."""
    vues = Q(structure__in=Structure.objects.visible_to(request.user))
    vues |= Q(collectivite__in=Collectivite.objects.visible_to(request.user))
    tenues = Responsabilite.objects.filter(open_on(CE_JOUR)).filter(vues).order_by()
    return Utilisateur.objects.filter(pk__in=tenues.values("compte")).order_by(
        "last_name", "first_name", "pk"
    )


def motive_choices(origine: bool) -> list[tuple[str, str]]:
    """The motives as this account reads them: who may not know who asked gets one choice a public wording."""
    return read_motives(origine)[0]


def read_motives(origine: bool) -> tuple[list[tuple[str, str]], dict[int, str]]:
    """The choices of motive_choices, and the one that stands for each motive."""
    motifs = list(Motif.objects.order_by("ordre", "libelle" if origine else "libelle_public", "pk"))
    if origine:
        return [(str(m.pk), m.libelle) for m in motifs], {m.pk: str(m.pk) for m in motifs}
    publics: dict[str, str] = {}
    for motif in motifs:
        publics.setdefault(motif.libelle_public, str(motif.pk))
    return [(c, mots) for mots, c in publics.items()], {m.pk: publics[m.libelle_public] for m in motifs}


MANQUES: dict[str, tuple[str, dict[str, int]]] = {
    "oui": ("Au moins un", {"absences__gte": 1}),
    "non": ("Aucun", {"absences": 0}),
    "1": ("Un", {"absences": 1}),
    "2": ("Deux", {"absences": 2}),
    "3": ("Trois et plus", {"absences__gte": 3}),
}


class AgentsFilter(django_filters.FilterSet):
    """What both lists ask of an agent."""

    q = django_filters.CharFilter(label="Nom ou matricule", method="filter_agent")
    echeance = django_filters.ChoiceFilter(
        label="État", method="filter_etat", empty_label="Toutes les visites à faire"
    )
    direction = django_filters.ChoiceFilter(
        label="Direction", method="filter_structure", empty_label="Toutes"
    )
    structure = django_filters.ChoiceFilter(
        label="Service ou section", method="filter_structure", empty_label="Tous"
    )
    site = django_filters.ChoiceFilter(label="Site", field_name="agent__site", empty_label="Tous")
    encadrant = django_filters.ChoiceFilter(label="Encadrant", method="filter_encadrant", empty_label="Tous")
    statut = django_filters.ChoiceFilter(
        label="Statut", field_name="agent__statut", choices=Statut.choices, empty_label="Tous"
    )
    cdd = django_filters.ChoiceFilter(
        label="Agent en CDD",
        choices=[("oui", "Oui"), ("non", "Non")],
        method="filter_cdd",
        empty_label="Indifférent",
    )

    def __init__(self, *args: Any, jour: datetime.date, a_venir: int, **kwargs: Any) -> None:
        self.jour = jour
        super().__init__(*args, **kwargs)
        self.filters["echeance"].extra["choices"] = list(state_words(a_venir).items())
        if not self.request.user.has_perm("agents.view_identite"):
            self.filters["q"].label = "Nom"
        # Read once, not once to show and once to check.
        self.structures = {str(s.pk): s for s in structures_of(self.request)}
        self.encadrants = {str(compte.pk): compte for compte in managers_of(self.request)}
        self.offer("direction", {c: s for c, s in self.structures.items() if s.niveau == DIRECTION})
        self.offer("structure", {c: s for c, s in self.structures.items() if s.niveau in SERVICES})
        self.offer("site", {str(site.pk): site for site in sites_of(self.request)})
        self.offer("encadrant", self.encadrants)
        for nom, droit in DROITS.items():
            if nom in self.filters and not self.request.user.has_perm(droit):
                del self.filters[nom]

    def offer(self, nom: str, lignes: Mapping[str, Any]) -> None:
        """Let a filter choose among these rows."""
        self.filters[nom].extra["choices"] = [(cle, str(ligne)) for cle, ligne in lignes.items()]

    def filter_agent(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By name or any form of the matricule."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return queryset.filter(agent__in=Agent.objects.search(value, numeros=numeros))

    def filter_etat(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Applied by the list that the state chose."""
        return queryset

    def filter_structure(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Agents of the structure and of all those below it."""
        return queryset.filter(agent__structure__chemin__startswith=self.structures[value].chemin)

    def filter_encadrant(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Agents of the structures and collectivités that this account answers for today."""
        compte = self.encadrants[value]
        siens = Q(agent__structure__in=Structure.objects.held_by(compte))
        return queryset.filter(siens | of_held_collectivites(compte, "agent__"))

    def filter_cdd(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """With, or without, a contract that has an end and runs on the day of the list."""
        contrats = Contrat.objects.filter(
            open_on(self.jour), agent=OuterRef("agent"), nature=NatureContrat.CDD
        )
        return queryset.filter(Exists(contrats) if value == "oui" else ~Exists(contrats))


class ExcluFilter(AgentsFilter):
    """Agents without follow-up."""

    class Meta:
        model = Suivi
        fields: list[str] = []


class DueFilter(AgentsFilter):
    """Rows must have gone through VisiteDue.objects.on(jour, a_venir).with_last_conclusion(jour)."""

    motif = django_filters.MultipleChoiceFilter(
        label="Motif", method="filter_motif", widget=forms.SelectMultiple(attrs={"size": "3"})
    )
    regle = django_filters.ChoiceFilter(label="Règle", field_name="regle__declencheur", empty_label="Toutes")
    version = django_filters.DateFilter(
        label="Version de la règle, depuis le",
        field_name="regle__date_effet",
        widget=forms.DateInput(attrs=JOUR),
    )
    du = django_filters.DateFilter(
        label="Échéance du", field_name="echeance", lookup_expr="gte", widget=forms.DateInput(attrs=JOUR)
    )
    au = django_filters.DateFilter(
        label="Échéance jusqu’au",
        field_name="echeance",
        lookup_expr="lte",
        widget=forms.DateInput(attrs=JOUR),
    )
    retard = django_filters.ChoiceFilter(
        label="Ancienneté du retard",
        choices=[(cle, mots) for cle, (mots, _, _) in AGES.items()],
        method="filter_retard",
        empty_label="Indifférente",
    )
    manques = django_filters.ChoiceFilter(
        label="Rendez-vous manqués",
        choices=[(cle, libelle) for cle, (libelle, _) in MANQUES.items()],
        method="filter_manques",
        empty_label="Indifférent",
    )
    conclusion = django_filters.ChoiceFilter(
        label="Résultat de la dernière visite",
        field_name="derniere_conclusion",
        choices=Conclusion.choices,
        empty_label="Tous",
    )
    categorie = django_filters.ChoiceFilter(
        label="Catégorie", choices=CategorieSuivi.choices, empty_label="Toutes"
    )

    class Meta:
        model = VisiteDue
        fields: list[str] = []

    def __init__(self, *args: Any, origine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["motif"].extra["choices"] = motive_choices(origine)
        self.filters["regle"].extra["choices"] = [
            choix for choix in Declencheur.choices if origine or choix[0] not in DEMANDES
        ]
        self.origine = origine

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Leave out what is no longer to be held unless it is asked for."""
        choisi = self.form.cleaned_data.get("echeance")
        etat = ETATS[choisi][1] if choisi else ""
        return super().filter_queryset(queryset).filter(**{etat or "est_ouverte": True})

    def filter_motif(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """By motive, or by public wording for who may not know who asked."""
        if not value:
            return queryset
        if self.origine:
            return queryset.filter(motif__in=value)
        publics = Motif.objects.filter(pk__in=value).order_by().values("libelle_public")
        return queryset.filter(motif__libelle_public__in=publics)

    def filter_retard(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By how long ago the visit was due."""
        _, depuis, jusque = AGES[value]
        lignes = queryset.filter(est_ouverte=True, echeance__lt=add_months(self.jour, -depuis))
        return lignes if jusque is None else lignes.filter(echeance__gte=add_months(self.jour, -jusque))

    def filter_manques(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By how many appointments were missed for the occasion, whatever the year."""
        return queryset.filter(**MANQUES[value][1])


class DemandeFilter(django_filters.FilterSet):
    """Requests by agent, state, origin, structure and day."""

    q = django_filters.CharFilter(label="Agent", method="of_agent")
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDemande.choices, empty_label="Tous")
    origine = django_filters.ChoiceFilter(
        label="Origine", choices=OrigineDemande.choices, empty_label="Toutes"
    )
    structure = django_filters.ModelChoiceFilter(
        label="Structure, et celles qui en dépendent",
        queryset=structures_of,
        method="under_structure",
        empty_label="Toutes",
    )
    du = django_filters.DateFilter(
        "demandee_le", "gte", label="Demandée à partir du", widget=forms.DateInput(attrs=JOUR)
    )
    au = django_filters.DateFilter(
        "demandee_le", "lte", label="Demandée jusqu’au", widget=forms.DateInput(attrs=JOUR)
    )

    class Meta:
        model = DemandeVisite
        fields: list[str] = []

    def of_agent(self, demandes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """By name, or any form of the matricule for who reads it."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return demandes.filter(agent__in=Agent.objects.search(valeur, numeros=numeros))

    def under_structure(self, demandes: QuerySet, nom: str, valeur: Any) -> QuerySet:
        """Agents of the structure and of all those below it."""
        return demandes.filter(agent__structure__chemin__startswith=valeur.chemin)


class PosteCompatibleFilter(django_filters.FilterSet):
    """Posts by title and by how they go with what an agent must avoid."""

    q = django_filters.CharFilter(label="Intitulé", field_name="intitule", lookup_expr="icontains")
    accord = django_filters.ChoiceFilter(label="Accord", choices=Accord.choices, empty_label="Tous")
