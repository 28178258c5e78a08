"""Columns of those whom a full file leaves out."""

from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_tables2 import Table

from nouvea_sst.imports.forms.partants import PartantsForm
from nouvea_sst.imports.models import Partant
from nouvea_sst.lib.colonnes import Colonne


def _label(champ: BoundField) -> SafeString:
    """What the field is, for whoever does not see where it stands."""
    motif = '<label class="visually-hidden" for="{}">{}</label>'
    return format_html(motif, champ.id_for_label, champ.label)


class PartantTable(Table):
    """Agents whom the file leaves out: a box, a day, the way to the record."""

    nom = "partant"
    legende = "Personnes absentes du fichier"
    vide = "Le fichier n’oublie personne"
    colonne_titre = "libelle"

    libelle = Colonne(verbose_name="Agent", order_by=("libelle", "pk"))
    repere = Colonne(verbose_name="Matricule", prefixe="Matricule", order_by=("repere", "pk"))
    situation = Colonne(verbose_name="Service", wide=True, order_by=("situation", "pk"))
    retenu = Colonne(
        verbose_name="Parti", prefixe="Parti", orderable=False, exclude_from_export=True, empty_values=()
    )
    date_depart = Colonne(verbose_name="Dernier jour", orderable=False, wide=True)

    class Meta:
        order_by = "libelle"

    def __init__(self, *args: Any, form: PartantsForm | None = None, fiche: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.fiche = form, fiche

    def _form_of(self, record: Partant) -> PartantsForm:
        """What was sent of this person, else what is kept."""
        if self.form is not None and f"parti_{record.pk}" in self.form.fields:
            return self.form
        return PartantsForm(partants=[record])

    def render_retenu(self, record: Partant) -> SafeString:
        """The box, named after the person; the line it stands for goes with it."""
        champ = self._form_of(record)[f"parti_{record.pk}"]
        return format_html(
            '<input type="hidden" name="vus" value="{}" form="partants">{}{}', record.pk, champ, _label(champ)
        )

    def render_libelle(self, record: Partant) -> SafeString | str:
        """Link to the record."""
        if not self.fiche:
            return record.libelle
        return format_html('<a href="{}">{}</a>', reverse(self.fiche, args=[record.cle]), record.libelle)

    def value_libelle(self, record: Partant) -> str:
        """Name for the workbook."""
        return record.libelle

    def render_date_depart(self, record: Partant) -> SafeString:
        """The day, to be changed, with what is wrong with it."""
        champ = self._form_of(record)[f"jour_{record.pk}"]
        fautes = ((faute,) for faute in champ.errors)
        dites = format_html_join("", '<div class="invalid-feedback d-block">{}</div>', fautes)
        return format_html("{}{}{}", _label(champ), champ, dites)

    def value_date_depart(self, record: Partant) -> Any:
        """The day for the workbook."""
        return record.date_depart
