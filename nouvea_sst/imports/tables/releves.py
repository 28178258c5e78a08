"""Columns of the files of the nightly feed, and of their rows to correct."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import FichierReleve, Import, LigneImport
from nouvea_sst.imports.tables.apercu import LigneRefuseeTable
from nouvea_sst.lib.colonnes import Colonne, ColonneDate, ColonneEtat


def link_to(depot: Import, mot: str) -> SafeString:
    """Link to the preview of an import still to be decided, else to its result."""
    vue = "imports:apercu" if depot.etat == EtatImport.DEPOSE else "imports:bilan"
    return format_html('<a href="{}">{}</a>', reverse(vue, args=[depot.pk]), mot)


class FichierReleveTable(Table):
    """Files that the feed took, latest first."""

    nom = "fichier"
    legende = "Fichiers relevés"
    vide = "La relève n’a encore pris aucun fichier"
    colonne_titre = "nom_fichier"

    pris_le = ColonneDate(verbose_name="Pris le", form="moment", desk=True)
    nom_fichier = Colonne(accessor="nom", verbose_name="Fichier", order_by=("nom", "pk"))
    motif = Column(verbose_name="Ce qu’il en est", orderable=False, attrs={"td": {"class": "wide wrap"}})
    issue = ColonneEtat(verbose_name="Issue", order_by=("issue", "pk"))

    class Meta:
        order_by = "-pris_le"

    def render_nom_fichier(self, record: FichierReleve) -> SafeString | str:
        """Link to the import that it became."""
        return link_to(record.depot, record.nom) if record.depot else record.nom

    def value_nom_fichier(self, record: FichierReleve) -> str:
        """Name for the workbook."""
        return record.nom


class LigneACorrigerTable(LigneRefuseeTable):
    """Refused rows of several files."""

    legende = "Lignes à corriger"
    vide = "Aucune ligne n’est à corriger"

    fichier = Colonne(verbose_name="Fichier", wide=True, order_by=("fichier__nom_fichier", "numero"))

    class Meta:
        order_by = ("fichier", "numero")
        sequence = ("libelle", "...", "fichier")

    def render_fichier(self, record: LigneImport) -> SafeString:
        """Link to the result of the file, where its rows are downloaded."""
        return link_to(record.fichier, record.fichier.nom_fichier)

    def value_fichier(self, record: LigneImport) -> str:
        """Name for the workbook."""
        return record.fichier.nom_fichier
