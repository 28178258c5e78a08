"""Columns of the lists about accounts."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Column, Table

from nouvea_sst.lib.affichage import format_date


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
