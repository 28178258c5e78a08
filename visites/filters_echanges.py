"""Filters of the list of follow-ups; visible_to(user) came first, a filter never widens."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from agents.models import Agent
from nouvea_sst.comptes.models import Utilisateur
from visites.enums import EtatAccompagnement
from visites.models import Accompagnement, MembreAccompagnement


def people_of(request: HttpRequest) -> QuerySet:
    """Those who are named on the follow-ups that this account reads."""
    nommes = MembreAccompagnement.objects.visible_to(request.user).in_force().order_by()
    comptes = Utilisateur.objects.filter(pk__in=nommes.values("compte"))
    return comptes.order_by("last_name", "first_name", "pk")


class AccompagnementFilter(django_filters.FilterSet):
    """Follow-ups by agent, state, person named on them, restriction."""

    q = django_filters.CharFilter(label="Agent", method="of_agent")
    etat = django_filters.ChoiceFilter(
        label="État", choices=EtatAccompagnement.choices, field_name="etat", empty_label="Tous"
    )
    personne = django_filters.ModelChoiceFilter(
        label="Personne nommée", queryset=people_of, method="of_person", empty_label="Toutes"
    )
    reserve = django_filters.ChoiceFilter(
        label="Réservé",
        choices=[("oui", "Oui"), ("non", "Non")],
        method="restricted",
        empty_label="Peu importe",
    )

    class Meta:
        model = Accompagnement
        fields: list[str] = []

    def of_agent(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """By name, or any form of the matricule for who reads it."""
        numeros = self.request.user.has_perm("agents.view_identite")
        return lignes.filter(agent__in=Agent.objects.search(valeur, numeros=numeros))

    def of_person(self, lignes: QuerySet, nom: str, valeur: Utilisateur) -> QuerySet:
        """Those on which this person is named today."""
        siennes = MembreAccompagnement.objects.in_force().filter(accompagnement=OuterRef("pk"), compte=valeur)
        return lignes.filter(Exists(siennes))

    def restricted(self, lignes: QuerySet, nom: str, valeur: str) -> QuerySet:
        """Left to the people named on it, or not."""
        return lignes.filter(restreint=valeur == "oui")
