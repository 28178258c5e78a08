"""Columns of the rows of one contradiction: who, what, where it is put right."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Table

from agents.perms import is_own_row
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.colonnes import Colonne, ColonneDate
from nouvea_sst.lib.contradictions import Contradiction

A_AUTRUI = "Votre propre fiche : à une autre personne"


class LigneTable(Table):
    """One row a contradiction found; its columns follow from what the rows are."""

    nom = "ligne"
    legende = "Lignes à revoir"
    vide = "Rien à corriger"

    qui = Colonne(accessor="pk", verbose_name="Agent")
    structure = Colonne(accessor="pk", verbose_name="Structure", desk=True)
    constat = Colonne(accessor="pk", verbose_name="Constat", orderable=False, wide=True)
    raison = Colonne(accessor="ecart_raison", verbose_name="Pourquoi ce n’est pas une erreur", wide=True)
    par = Colonne(accessor="ecart_par", verbose_name="Écartée par", desk=True)
    le = ColonneDate(accessor="ecart_le", verbose_name="Écartée le", prefixe="Écartée le")
    geste = Colonne(
        accessor="pk", verbose_name="Réparer", orderable=False, exclude_from_export=True, wide=True
    )

    class Meta:
        order_by = "qui"
        attrs: dict[str, str] = {"class": "data-table stack"}

    def __init__(
        self, *args: Any, contradiction: Contradiction, user: Any, ecartees: bool, **kwargs: Any
    ) -> None:
        self.contradiction, self.user, self.ecartees = contradiction, user, ecartees
        self.nom = contradiction.nom
        self.legende = contradiction.libelle
        tues = () if ecartees else ("raison", "par", "le")
        if contradiction.agent is None:
            tues = (*tues, "structure")
        super().__init__(*args, exclude=tues, **kwargs)
        if contradiction.agent is None:
            self.columns["qui"].column.verbose_name = count_of(1, contradiction.nom)[2:].capitalize()

    def order_qui(self, lignes: Any, descend: bool) -> tuple[Any, bool]:
        """By name; a structure by its place in the tree."""
        ordre = self.contradiction.path("nom_cle") if self.contradiction.agent is not None else "chemin"
        return lignes.order_by(f"-{ordre}" if descend else ordre, "pk"), True

    def order_structure(self, lignes: Any, descend: bool) -> tuple[Any, bool]:
        """By the sigle of the agent's structure."""
        sigle, nom = self.contradiction.path("structure__sigle"), self.contradiction.path("nom_cle")
        return lignes.order_by(f"-{sigle}" if descend else sigle, nom, "pk"), True

    def render_qui(self, record: Any) -> SafeString:
        """The agent or the structure, towards its page."""
        return format_html('<a href="{}">{}</a>', self._page(record), self.value_qui(record))

    def value_qui(self, record: Any) -> str:
        """The name alone."""
        agent = self.contradiction.agent_of(record)
        return str(record if agent is None else agent)

    def _page(self, record: Any) -> str:
        """Where the agent's name leads; a structure leads where it is read."""
        agent = self.contradiction.agent_of(record)
        return (
            self.contradiction.ouvrir(record) if agent is None else reverse("agents:agent", args=[agent.pk])
        )

    def render_structure(self, record: Any) -> str:
        """The sigle of the agent's structure."""
        structure = self.contradiction.agent_of(record).structure
        return structure.sigle if structure else ""

    value_structure = render_structure

    def render_constat(self, record: Any) -> str:
        """What is wrong, in one line."""
        return self.contradiction.dire(record)

    value_constat = render_constat

    def render_geste(self, record: Any) -> SafeString | str:
        """Where it is put right, for whoever may; and what says that it is no error, or takes that back."""
        agent = self.contradiction.agent_of(record)
        if is_own_row(self.user, agent, record):
            return A_AUTRUI
        droit = self.user.has_perm(self.contradiction.droit)
        adresse = self.contradiction.reparer(record) if droit else self.contradiction.ouvrir(record)
        mots = self.contradiction.geste if droit else "Ouvrir"
        lien = format_html(
            '<a class="btn btn-outline-secondary btn-sm" href="{}">{}'
            '<span class="visually-hidden">, {}</span></a>',
            adresse,
            mots,
            self.value_qui(record),
        )
        if not self.user.has_perm("reporting.change_qualite"):
            return lien
        nom, mots = ("reprendre", "Reprendre") if self.ecartees else ("ecarter", "Ce n’est pas une erreur")
        return format_html(
            '{} <a class="btn btn-link btn-sm" href="{}">{}<span class="visually-hidden">, {}</span></a>',
            lien,
            reverse(f"qualite:{nom}", args=[self.contradiction.code, record.pk]),
            mots,
            self.value_qui(record),
        )
