"""Columns of the lists about accounts."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from nouvea_sst.comptes.enums import EtatCompte
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.rules.approbation import DORMANCE
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.icones import badge

BUREAU = {"td": {"class": "desk"}}


class CompteTable(Table):
    """Accounts."""

    nom = "compte"
    legende = "Comptes"
    vide = "Aucun compte ne répond à ces filtres"

    compte = Column(empty_values=(), verbose_name="Compte", order_by=("last_name", "first_name", "pk"))
    username = Column(verbose_name="Identifiant", attrs=BUREAU)
    role = Column(verbose_name="Rôle", attrs={"td": {"class": "wide"}}, order_by=("role", "last_name", "pk"))
    fonction = Column(visible=False, verbose_name="Fonction affichée")
    etat = Column(empty_values=(), verbose_name="État", orderable=False)
    last_login = Column(
        verbose_name="Dernière connexion",
        empty_values=(),
        order_by=("last_login", "pk"),
        attrs={"td": {"data-label": "Connexion"}},
    )

    class Meta:
        order_by = "compte"

    def __init__(self, *args: Any, maintenant: datetime.datetime, **kwargs: Any) -> None:
        self.maintenant = maintenant
        super().__init__(*args, **kwargs)

    def render_compte(self, record: Utilisateur) -> SafeString:
        """Link to the account."""
        return format_html(
            '<a href="{}">{}</a>', reverse("comptes:compte", args=[record.pk]), list_name(record)
        )

    def value_compte(self, record: Utilisateur) -> str:
        """Name for the workbook."""
        return list_name(record)

    def render_role(self, record: Utilisateur) -> str:
        """Word of the role."""
        return record.get_role_display()

    def render_etat(self, record: Utilisateur) -> SafeString:
        """Badge of the state."""
        return badge(record.etat, self.value_etat(record), quiet=True)

    def value_etat(self, record: Utilisateur) -> str:
        """Words of the state; what calls for a decision comes first."""
        if record.revenu_le:
            return "Désactivé, agent revenu"
        return str(record.etat.label)

    def render_last_login(self, record: Utilisateur) -> str:
        """Day of the last log-in; how long ago when it is long."""
        if record.last_login is None:
            return "Jamais"
        if record.etat == EtatCompte.OUVERT and self.maintenant - record.last_login > DORMANCE:
            jours = (self.maintenant - record.last_login).days
            return f"{format_date(record.last_login)}, il y a {jours} jours"
        return format_date(record.last_login, "moment")

    def value_last_login(self, record: Utilisateur) -> Any:
        """Day as a date."""
        return record.last_login


class RetraitTable(Table):
    """What was taken away, the latest first; the first column leads to putting it back."""

    nom = "élément"
    legende = "Éléments retirés"
    vide = "La corbeille est vide"

    libelle = Column(verbose_name="Élément", order_by=("libelle", "pk"))
    retire_le = Column(verbose_name="Retiré le", order_by=("retire_le", "pk"))
    retire_par = Column(verbose_name="Par", orderable=False)

    class Meta:
        order_by = "-retire_le"

    def render_libelle(self, value: str, record: Any) -> SafeString:
        """The element, as a link to putting it back."""
        return format_html('<a href="{}">{}</a>', reverse("comptes:retablir", args=[record.pk]), value)

    def value_libelle(self, value: str) -> str:
        """Its words alone."""
        return value

    def render_retire_le(self, value: Any) -> str:
        """Day and hour."""
        return format_date(value, "moment")


def list_name(compte: Utilisateur) -> str:
    """« NOM Prénom », the account's name without either."""
    return f"{compte.last_name.upper()} {compte.first_name}".strip() or compte.username
