"""Columns of the records that an import brought or changed."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Table

from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.lib.affichage import VIDE
from nouvea_sst.lib.colonnes import Colonne

SUR_UN_AGENT = ("repere", "situation")


class FicheTable(Table):
    """Records, each with the way to its page; a row that hangs on an agent says whose it is.

    liee: whether the reader may open these pages.
    """

    nom = "fiche"
    legende = "Fiches de l’import"
    vide = "Aucune fiche dans ce cas"
    colonne_titre = "qui"

    qui = Colonne(verbose_name="Fiche", orderable=False, empty_values=())
    repere = Colonne(verbose_name="Matricule", prefixe="Matricule", orderable=False, empty_values=())
    situation = Colonne(verbose_name="Service", orderable=False, empty_values=(), wide=True)
    quoi = Colonne(verbose_name="Ligne", orderable=False, empty_values=(), wide=True)

    def __init__(self, *args: Any, cible: Cible, liee: bool = True, **kwargs: Any) -> None:
        # A record is its own line; what hangs on no agent has neither matricule nor service.
        sans = (("quoi",) if cible.cle_fiche == "pk" else ()) + (() if cible.porteur else SUR_UN_AGENT)
        super().__init__(*args, exclude=sans, **kwargs)
        self.cible, self.liee = cible, liee

    def _whose(self, record: Any) -> Any:
        """The record whose page it is."""
        return record.agent if self.cible.cle_fiche == "agent_id" else record

    def value_qui(self, record: Model) -> str:
        """Its name."""
        return str(self._whose(record))

    def render_repere(self, record: Model) -> str:
        """Its number, where it has one."""
        return getattr(self._whose(record), "matricule", "") or VIDE

    def render_situation(self, record: Model) -> str:
        """Where it belongs."""
        return str(getattr(self._whose(record), "structure", None) or VIDE)

    def render_qui(self, record: Model) -> SafeString | str:
        """The way to the page."""
        if not self.cible.fiche or not self.liee:
            return self.value_qui(record)
        cle = getattr(record, self.cible.cle_fiche)
        adresse = reverse(self.cible.fiche, args=[*self.cible.rubrique, cle])
        return format_html('<a href="{}">{}</a>', adresse, self.value_qui(record))

    def render_quoi(self, record: Model) -> str:
        """The record itself."""
        return str(record)
