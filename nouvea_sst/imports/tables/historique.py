"""Columns of the history of imports."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tables.apercu import LARGE
from nouvea_sst.lib.affichage import format_number
from nouvea_sst.lib.colonnes import ColonneDate
from nouvea_sst.lib.etats import member_of
from nouvea_sst.lib.icones import badge, icon

BUREAU = {"td": {"class": "desk"}}


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
        verbose_name="Origine", attrs=LARGE, empty_values=(), order_by=("depose_par__last_name", "pk")
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

    def render_depose_par(self, record: Import) -> str:
        """Who deposited the file, or what took it."""
        return record.origine

    def value_depose_par(self, record: Import) -> str:
        """The same for the workbook."""
        return self.render_depose_par(record)

    def _count(self, record: Import, nom: str) -> SafeString | str:
        """The number, with the way to exactly these records where the past tells them."""
        nombre = format_number(record.bilan.get(nom))
        if not record.se_retrouve or not record.bilan.get(nom) or nom not in {"crees", "modifies"}:
            return nombre
        adresse = reverse("imports:fiches", args=[record.pk])
        return format_html('<a href="{}?fait={}">{}</a>', adresse, nom, nombre)

    def render_crees(self, record: Import) -> SafeString | str:
        """Records made."""
        return self._count(record, "crees")

    def value_crees(self, record: Import) -> int | None:
        """The number for the workbook."""
        return record.bilan.get("crees")

    def render_modifies(self, record: Import) -> SafeString | str:
        """Records changed."""
        return self._count(record, "modifies")

    def value_modifies(self, record: Import) -> int | None:
        """The number for the workbook."""
        return record.bilan.get("modifies")

    def render_inchanges(self, record: Import) -> SafeString | str:
        """Records left alone."""
        return self._count(record, "inchanges")

    def value_inchanges(self, record: Import) -> int | None:
        """The number for the workbook."""
        return record.bilan.get("inchanges")

    def render_refuses(self, record: Import) -> SafeString | str:
        """Rows refused."""
        return self._count(record, "refuses")

    def value_refuses(self, record: Import) -> int | None:
        """The number for the workbook."""
        return record.bilan.get("refuses")

    def render_sha256(self, record: Import, value: str) -> SafeString | str:
        """First characters, enough to tell two files apart; the way to the file where it is still there."""
        if not record.garde:
            return value[:12]
        adresse = reverse("imports:fichier", args=[record.pk])
        telecharger = icon("download", label=f"Télécharger le fichier de l’import n° {record.pk}")
        return format_html('{} <a href="{}">{}</a>', value[:12], adresse, telecharger)

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
