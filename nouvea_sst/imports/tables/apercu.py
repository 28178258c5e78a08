"""Columns of the preview, its views, the workbook of refused rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django_tables2 import Column, Table

from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.imports.rules.colonnes import AJOUTEES, LIGNE_AJOUTEE
from nouvea_sst.lib.affichage import VIDE, format_number
from nouvea_sst.lib.icones import icon

VALEUR_MONTREE = 30
FICHE = "Fiche"
NUMERO = {"th": {"class": "num"}, "td": {"class": "num desk"}}
LARGE = {"td": {"class": "wide"}}


def with_way_to_values(ligne: LigneImport, phrase: str) -> SafeString | str:
    """Add to a phrase on an unknown value the way to the page that says what it stands for."""
    if not ligne.inconnue:
        return phrase
    adresse = f"{reverse('imports:colonnes', args=[ligne.fichier_id])}#valeurs"
    return format_html('{} <a href="{}">Dire ce qu’elle veut dire</a>', phrase, adresse)


class LigneDeFichier(Table):
    """Rows of a file: the heads say what the target calls them."""

    def __init__(self, *args: Any, cible: Cible | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titres = {"libelle": cible.qui, "repere": cible.numero} if cible else {}
        for nom in titres.keys() & set(self.columns.names()):
            self.columns[nom].column.verbose_name = titres[nom] or FICHE


class LigneTable(LigneDeFichier):
    """Rows of a file with what they do."""

    nom = "ligne"
    colonne_titre = "libelle"
    legende = "Lignes du fichier"
    vide = "Aucune ligne n’est dans ce cas"

    numero = Column(verbose_name="Ligne", attrs=NUMERO)
    libelle = Column(verbose_name=FICHE, order_by=("libelle", "numero"))
    repere = Column(verbose_name="Numéro", order_by=("repere", "numero"))
    changements = Column(verbose_name="Ce qui change", orderable=False, attrs=LARGE, empty_values=())
    avertissement = Column(
        verbose_name="Avertissement", orderable=False, attrs={"td": {"class": "wide wrap"}}, default=""
    )

    class Meta:
        order_by = "numero"
        attrs = {"class": "data-table stack diff"}

    def render_numero(self, value: int) -> str:
        """Number of the row in the file."""
        return format_number(value)

    def value_numero(self, value: int) -> int:
        """Number for the workbook."""
        return value

    def render_avertissement(self, record: LigneImport) -> SafeString | str:
        """What deserves a look; of a value nearly known, with the way to say what it stands for."""
        return with_way_to_values(record, record.avertissement)

    def value_avertissement(self, value: str) -> str:
        """The same for the workbook."""
        return value

    def render_changements(self, record: LigneImport) -> SafeString:
        """Old → new of each field; of a new record, its values."""
        if not record.changements:
            return SafeString("Rien")
        parts = ((self._change(*changement),) for changement in record.changements)
        return format_html_join(" · ", "{}", parts)

    def _change(self, libelle: str, ancien: str, nouveau: str) -> SafeString:
        fleche = icon("arrow-right", label="devient")
        return format_html(
            '<span class="muted">{}</span> <del>{}</del> {} <ins>{}</ins>',
            libelle,
            ancien or VIDE,
            fleche,
            nouveau,
        )

    def value_changements(self, record: LigneImport) -> str:
        """The same for the workbook."""
        return " ; ".join(
            f"{libelle} : {ancien or '(vide)'} → {neuf}" for libelle, ancien, neuf in record.changements
        )


class LigneCreeTable(LigneTable):
    """Rows that make a new record."""

    changements = Column(verbose_name="Ce qui sera écrit", orderable=False, attrs=LARGE, empty_values=())

    def _change(self, libelle: str, ancien: str, nouveau: str) -> SafeString:
        return format_html('<span class="muted">{}</span> {}', libelle, nouveau)

    def value_changements(self, record: LigneImport) -> str:
        """The values."""
        return " ; ".join(f"{libelle} : {neuf}" for libelle, _, neuf in record.changements)


class LigneAvertieTable(LigneTable):
    """Rows that will be written and deserve a look first."""

    legende = "Lignes à vérifier"
    vide = "Aucune ligne ne porte d’avertissement"

    effet = Column(verbose_name="Effet", order_by=("effet", "numero"), attrs=LARGE)

    class Meta:
        order_by = "numero"
        attrs = {"class": "data-table stack diff"}
        exclude = ("changements",)
        sequence = ("numero", "libelle", "repere", "effet", "avertissement")


class LigneRefuseeTable(LigneDeFichier):
    """Rows that will not be written, with the reason."""

    nom = "ligne"
    colonne_titre = "libelle"
    legende = "Lignes refusées"
    vide = "Aucune ligne n’est refusée"

    numero = Column(verbose_name="Ligne", attrs=NUMERO)
    libelle = Column(verbose_name=FICHE, order_by=("libelle", "numero"))
    colonne = Column(verbose_name="Colonne", order_by=("colonne", "numero"))
    valeur = Column(verbose_name="Valeur", order_by=("valeur", "numero"))
    motif = Column(verbose_name="Motif", orderable=False, attrs={"td": {"class": "wide wrap"}})

    class Meta:
        order_by = "numero"

    def render_numero(self, value: int) -> str:
        """Number of the row in the file."""
        return format_number(value)

    def value_numero(self, value: int) -> int:
        """Number for the workbook."""
        return value

    def render_motif(self, record: LigneImport) -> SafeString | str:
        """The reason; of an unknown value, with the way to the page that says what it stands for."""
        return with_way_to_values(record, record.motif)

    def value_motif(self, value: str) -> str:
        """The reason for the workbook."""
        return value

    def render_valeur(self, value: str) -> str:
        """The value, cut so that the row stays readable."""
        return Truncator(value).chars(VALEUR_MONTREE)

    def value_valeur(self, value: str) -> str:
        """The value as it was kept."""
        return value


class LigneEnAttenteTable(LigneRefuseeTable):
    """Rows that wait for what they point at."""

    legende = "Lignes en attente"
    vide = "Aucune ligne n’attend"

    motif = Column(verbose_name="Ce qu’elle attend", orderable=False, attrs={"td": {"class": "wide wrap"}})


class LigneIgnoreeTable(LigneRefuseeTable):
    """Rows that are none of the target's business, with the reason."""

    legende = "Lignes ignorées"
    vide = "Aucune ligne n’est ignorée"


class LigneGardeeTable(LigneEnAttenteTable):
    """The same of an import applied: its columns are no longer to be read."""

    def render_motif(self, record: LigneImport) -> str:
        """What it waits for."""
        return record.motif


def refusal_headers(depot: Import) -> list[str]:
    """Return the headers of the workbook: why, which row of which import, then the columns that were read."""
    lues = [depot.apercu["entetes"][rang] for rang in sorted(map(int, depot.apercu.get("colonnes", {})))]
    return [*AJOUTEES, LIGNE_AJOUTEE.format(depot.pk), *lues]


@dataclass(frozen=True)
class Vue:
    """One of the views of a preview."""

    filtre: dict[str, Any]
    libelle: str
    icone: str
    table: type[Any]


VUES = {
    "crees": Vue({"effet": EffetLigne.CREE}, "Créés", "plus-circle", LigneCreeTable),
    "modifies": Vue({"effet": EffetLigne.MODIFIE}, "Modifiés", "pencil-square", LigneTable),
    "inchanges": Vue({"effet": EffetLigne.INCHANGE}, "Inchangés", "dash", LigneTable),
    "avertis": Vue({"avertissement__gt": ""}, "À vérifier", "exclamation-triangle", LigneAvertieTable),
    "refuses": Vue({"effet": EffetLigne.REFUSE}, "Refusés", "x-circle", LigneRefuseeTable),
    "attentes": Vue({"effet": EffetLigne.ATTENTE}, "En attente", "hourglass-split", LigneEnAttenteTable),
    "ignores": Vue({"effet": EffetLigne.IGNORE}, "Ignorés", "slash-circle", LigneIgnoreeTable),
}
# Only where there are some: most files point at nothing.
PARFOIS = frozenset({"attentes", "avertis", "ignores"})


def choose_view(demandee: str, nombres: dict[str, int]) -> str:
    """Return the view asked for, else the first that holds something: changes before all."""
    if demandee in VUES:
        return demandee
    return next(
        (nom for nom in ("modifies", "crees", "refuses", "attentes") if nombres.get(nom)), "inchanges"
    )


def views_of(choisie: str, nombres: dict[str, int]) -> list[dict[str, Any]]:
    """Return the views with their counts."""
    return [
        {
            "libelle": vue.libelle,
            "icone": vue.icone,
            "url": f"?vue={nom}",
            "actif": nom == choisie,
            "compte": nombres.get(nom, 0),
            "retard": nom == "refuses" and nombres[nom] > 0,
        }
        for nom, vue in VUES.items()
        if nombres.get(nom) or nom not in PARFOIS
    ]


def refusal_rows(lignes: Iterable[LigneImport]) -> Iterator[list[Any]]:
    """Yield the rows of the workbook."""
    for ligne in lignes:
        yield [ligne.motif, ligne.colonne, ligne.valeur, ligne.numero, *ligne.cellules]
