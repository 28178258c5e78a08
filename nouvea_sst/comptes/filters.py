"""Filters of the list of accounts; visible_to(user) came first, a filter never widens."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from nouvea_sst.comptes.enums import EtatCompte, Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.rules.approbation import DORMANCE

DORMANTS, PARTIS, REVENUS = "dormants", "partis", "revenus"


class CompteFilter(FilterSet):
    """Accounts by name, role and state."""

    q = CharFilter(label="Nom ou identifiant", method="search")
    role = ChoiceFilter(label="Rôle", empty_label="Tous", choices=Role.choices)
    etat = ChoiceFilter(
        label="État",
        empty_label="Tous",
        choices=[
            *EtatCompte.choices,
            (DORMANTS, "Sans connexion depuis 90 jours"),
            (PARTIS, "Désactivé au départ de l’agent"),
            (REVENUS, "Désactivé, agent revenu"),
        ],
        method="in_state",
    )

    class Meta:
        model = Utilisateur
        fields: list[str] = []

    def __init__(self, *args: Any, maintenant: datetime.datetime, **kwargs: Any) -> None:
        self.maintenant = maintenant
        super().__init__(*args, **kwargs)

    def search(self, comptes: Any, name: str, value: str) -> QuerySet:
        """By any word of the name."""
        return comptes.search(value)

    def in_state(self, comptes: Any, name: str, value: str) -> QuerySet:
        """By what the account can do, or what it calls for."""
        if value == DORMANTS:
            # By whole days, as every page that counts them.
            jour = timezone.localtime(self.maintenant).replace(hour=0, minute=0, second=0, microsecond=0)
            return comptes.dormant_since(jour - DORMANCE)
        if value == PARTIS:
            return comptes.gone()
        return comptes.returned() if value == REVENUS else comptes.in_state(value)
