"""Columns of the preview and of the history; the views of the preview; the workbook of refused rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django_tables2 import Column, Table

from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.lib.affichage import VIDE, format_number
from nouvea_sst.lib.colonnes import ColonneDate
from nouvea_sst.lib.etats import member_of
from nouvea_sst.lib.icones import badge, icon

VALEUR_MONTREE = 30
NUMERO = {"th": {"class": "num"}, "td": {"class": "num desk"}}
BUREAU = {"td": {"class": "desk"}}
LARGE = {"td": {"class": "wide"}}


class LigneTable(Table):
    """Rows of a file with what they do."""

    nom = "ligne"
    colonne_titre = "libelle"
    legende = "Lignes du fichier"
    vide = "Aucune ligne n’est dans ce cas"

    numero = Column(verbose_name="Ligne", attrs=NUMERO)
    libelle = Column(verbose_name="Agent", order_by=("libelle", "numero"))
    repere = Column(verbose_name="Matricule", order_by=("repere", "numero"))
    changements = Column(verbose_name="Ce qui change", orderable=False, attrs=LARGE, empty_values=())

    class Meta:
        order_by = "numero"
        attrs = {"class": "data-table stack diff"}

    def render_numero(self, value: int) -> str:
        """Number of the row in the file."""
        return format_number(value)

    def value_numero(self, value: int) -> int:
        """Number for the workbook."""
        return value

    def render_changements(self, record: LigneImport) -> SafeString:
        """Old → new of each field; of a new record, its first values."""
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
        """The first values."""
        return " ; ".join(f"{libelle} : {neuf}" for libelle, _, neuf in record.changements)


class LigneRefuseeTable(Table):
    """Rows that will not be written, with the reason."""

    nom = "ligne"
    colonne_titre = "libelle"
    legende = "Lignes refusées"
    vide = "Aucune ligne n’est refusée"

    numero = Column(verbose_name="Ligne", attrs=NUMERO)
    libelle = Column(verbose_name="Agent", order_by=("libelle", "numero"))
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

    def render_valeur(self, value: str) -> str:
        """The value, cut so that the row stays readable."""
        return Truncator(value).chars(VALEUR_MONTREE)

    def value_valeur(self, value: str) -> str:
        """The value as it was kept."""
        return value


EN_TETES_REFUS = ("Motif du refus", "Colonne refusée", "Valeur refusée", "Ligne du fichier")


@dataclass(frozen=True)
class Vue:
    """One of the four views of a preview."""

    effet: EffetLigne
    libelle: str
    icone: str
    table: type[Any]


VUES = {
    "crees": Vue(EffetLigne.CREE, "Créés", "plus-circle", LigneCreeTable),
    "modifies": Vue(EffetLigne.MODIFIE, "Modifiés", "pencil-square", LigneTable),
    "inchanges": Vue(EffetLigne.INCHANGE, "Inchangés", "dash", LigneTable),
    "refuses": Vue(EffetLigne.REFUSE, "Refusés", "x-circle", LigneRefuseeTable),
}


def choose_view(demandee: str, nombres: dict[str, int]) -> str:
    """Return the view asked for, else the first that holds something: changes before all."""
    if demandee in VUES:
        return demandee
    return next((nom for nom in ("modifies", "crees", "refuses") if nombres[nom]), "inchanges")


def views_of(choisie: str, nombres: dict[str, int]) -> list[dict[str, Any]]:
    """Return the four views with their counts."""
    return [
        {
            "libelle": vue.libelle,
            "icone": vue.icone,
            "url": f"?vue={nom}",
            "actif": nom == choisie,
            "compte": nombres[nom],
            "retard": nom == "refuses" and nombres[nom] > 0,
        }
        for nom, vue in VUES.items()
    ]


def kept_headers(apercu: Mapping[str, Any]) -> list[str]:
    """Return the headers of the columns that were read, as LigneImport.cellules has them."""
    return [apercu["entetes"][rang] for rang in sorted(map(int, apercu.get("colonnes", {})))]


def refusal_rows(lignes: Iterable[LigneImport]) -> Iterator[list[Any]]:
    """Yield the rows of the workbook."""
    for ligne in lignes:
        yield [ligne.motif, ligne.colonne, ligne.valeur, ligne.numero, *ligne.cellules]


def count_column(titre: str, classe: str = "") -> Column:
    """A number of an import's result."""
    cellule = {"class": f"num {classe}".strip(), "data-label": titre}
    return Column(
        verbose_name=titre, empty_values=(), orderable=False, attrs={"th": {"class": "num"}, "td": cellule}
    )


class ImportTable(Table):
    """Files brought in, latest first."""

    nom = "import"
    legende = "Historique des imports"
    vide = "Aucun fichier n’a encore été importé"
    colonne_titre = "nom_fichier"

    depose_le = ColonneDate(verbose_name="Déposé le", form="moment", desk=True)
    nom_fichier = Column(verbose_name="Fichier", order_by=("nom_fichier", "pk"))
    depose_par = Column(
        verbose_name="Par", attrs=LARGE, default="Ligne de commande", order_by=("depose_par__last_name", "pk")
    )
    crees = count_column("Créés")
    modifies = count_column("Modifiés")
    inchanges = count_column("Inchangés", "desk")
    refuses = count_column("Refusés")
    sha256 = Column(verbose_name="Empreinte", orderable=False, attrs=BUREAU)
    etat = Column(verbose_name="État", order_by=("etat", "pk"))

    class Meta:
        order_by = "-depose_le"

    def render_nom_fichier(self, record: Import) -> SafeString:
        """Link to the preview or to the result."""
        vue = "imports:apercu" if record.etat == "depose" else "imports:bilan"
        return format_html('<a href="{}">{}</a>', reverse(vue, args=[record.pk]), record.nom_fichier)

    def value_nom_fichier(self, record: Import) -> str:
        """Name for the workbook."""
        return record.nom_fichier

    def _count(self, record: Import, nom: str) -> str:
        return format_number(record.bilan.get(nom))

    def render_crees(self, record: Import) -> str:
        """Records made."""
        return self._count(record, "crees")

    def render_modifies(self, record: Import) -> str:
        """Records changed."""
        return self._count(record, "modifies")

    def render_inchanges(self, record: Import) -> str:
        """Records left alone."""
        return self._count(record, "inchanges")

    def render_refuses(self, record: Import) -> str:
        """Rows refused."""
        return self._count(record, "refuses")

    def render_sha256(self, value: str) -> str:
        """First characters: enough to tell two files apart."""
        return value[:12]

    def value_sha256(self, value: str) -> str:
        """The whole of it for the workbook."""
        return value

    def render_etat(self, record: Import) -> SafeString:
        """Badge."""
        etat = member_of(record)
        return badge(etat, "", quiet=True) if etat else SafeString("")

    def value_etat(self, record: Import) -> str:
        """Word for the workbook."""
        return record.get_etat_display()
