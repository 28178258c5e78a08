"""Filters of the journal: by account, by agent, by act, by object, by period."""

import datetime
from typing import Any

import django_filters as df
from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet

from agents.models import Agent
from nouvea_sst.comptes.actes import ACTES
from nouvea_sst.comptes.actes_notes import ACTES_SCELLES
from nouvea_sst.comptes.enums import AvisConsultation, Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.affichage import start_of
from nouvea_sst.lib.histoire import Histoire

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}
UN_JOUR = datetime.timedelta(days=1)
# More files than these under one name: the search is too wide to mean somebody.
HOMONYMES = 200
# What somebody without the content may not search by: a filter tells what it filters by.
DU_CONTENU = ("agent", "dossier", "objet", "cle")


def word_object(type_objet: str) -> str:
    """Name the kind of an object: « agents.absence » is « absence »."""
    try:
        return str(apps.get_model(type_objet)._meta.verbose_name)
    except (LookupError, ValueError):
        return type_objet


def object_choices() -> list[tuple[str, str]]:
    """Kinds of object that a line may name: our own models, not their past, in the order of their names."""
    modeles = [m for m in apps.get_models() if hasattr(m, "CLASSES") and not issubclass(m, Histoire)]
    return sorted(((m._meta.label_lower, str(m._meta.verbose_name)) for m in modeles), key=lambda c: c[1])


class JournalFilter(df.FilterSet):
    """Lines of the journal. Accounts and agents are first resolved to keys, which are indexed."""

    compte = df.CharFilter(method="by_account", label="Compte ou nom de la personne")
    role = df.ChoiceFilter(choices=Role.choices, label="Rôle", empty_label="Tous")
    agent = df.CharFilter(method="about", label="Agent concerné, par son nom")
    dossier = df.CharFilter("agent_cle", label="Numéro de dossier de l’agent")
    acte = df.ChoiceFilter(
        choices=sorted(ACTES.items(), key=lambda paire: paire[1]), label="Acte", empty_label="Tous"
    )
    objet = df.ChoiceFilter(
        field_name="objet_type", choices=object_choices, label="Objet", empty_label="Tous"
    )
    cle = df.CharFilter("objet_cle", label="Numéro de l’objet")
    du = df.DateFilter(method="since", label="Du", widget=forms.DateInput(attrs=JOUR))
    au = df.DateFilter(method="until", label="Au", widget=forms.DateInput(attrs=JOUR))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.user.has_perm("comptes.view_journal"):
            offerts = self.filters["acte"].extra["choices"]
            self.filters["acte"].extra["choices"] = [c for c in offerts if c[0] not in ACTES_SCELLES]
            for nom in DU_CONTENU:
                del self.filters[nom]

    def by_account(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """By user name, or by any word of the person's name."""
        comptes = Utilisateur.objects.all()
        for mot in valeur.split():
            comptes = comptes.filter(
                Q(username__iexact=mot) | Q(first_name__icontains=mot) | Q(last_name__icontains=mot)
            )
        cles = list(comptes.order_by("pk").values_list("username", flat=True)[:HOMONYMES])
        return lignes.filter(acteur_cle__in=[*cles, valeur.strip()])

    def about(self, lignes: Any, nom: str, valeur: str) -> QuerySet:
        """By the agent's name: the journal keeps his key. Nobody named finds nothing.

        Never by a number: its readers may not read it, and finding by it would tell whose it is.
        """
        agents = Agent.objects.search(valeur, numeros=False).order_by("pk").prefetch_related("alias")
        agents = agents[: HOMONYMES + 1]
        return lignes.about_agent([cle for agent in agents[:HOMONYMES] for cle in agent.cles_journal])

    def since(self, lignes: QuerySet, nom: str, valeur: datetime.date) -> QuerySet:
        """From this day on, in Nouméa."""
        return lignes.filter(quand__gte=start_of(valeur))

    def until(self, lignes: QuerySet, nom: str, valeur: datetime.date) -> QuerySet:
        """To the end of this day, in Nouméa."""
        return lignes.filter(quand__lt=start_of(valeur + UN_JOUR))


class LigneExamenFilter(df.FilterSet):
    """Consultations of a sample, by what was said of them."""

    avis = df.ChoiceFilter(
        choices=[("reste", "À examiner"), *AvisConsultation.choices],
        method="by_opinion",
        label="Avis",
        empty_label="Tous",
    )

    def by_opinion(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """With this opinion; « reste » is those of which nothing was said."""
        return lignes.filter(avis="" if valeur == "reste" else valeur)
