"""Columns of the list of posts that go with an agent's restrictions."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from agents.enums import Accord, NiveauExigence
from agents.rules.exigences import Contrainte, Exigence, Heurt, clashes_of
from nouvea_sst.lib.affichage import format_number
from nouvea_sst.lib.colonnes import Colonne
from nouvea_sst.lib.icones import badge


def word_clash(heurt: Heurt) -> str:
    """Name one clash: « Port de charges, souvent, 25 kg (au plus 10 kg) »."""
    contrainte, exigence = heurt.contrainte, heurt.exigence
    if exigence is None:
        return f"{contrainte.libelle} : non su"
    mots = f"{contrainte.libelle}, {NiveauExigence(exigence.niveau).label.lower()}"
    if exigence.valeur is not None:
        mots += f", {format_number(exigence.valeur.normalize())} {contrainte.unite}"
    if contrainte.limite is not None:
        mots += f" (au plus {format_number(contrainte.limite.normalize())} {contrainte.unite})"
    return mots


class PosteCompatibleTable(tables.Table):
    """Posts, how each goes with what must be avoided, and what clashes."""

    nom = "poste"
    legende = "Postes, du plus compatible au moins compatible"
    vide = "Aucun poste ne répond à ces filtres"

    intitule = Colonne(verbose_name="Poste", order_by=("intitule", "pk"))
    accord = Colonne(verbose_name="Accord", order_by=("rang_accord", "intitule", "pk"))
    heurts = Colonne(
        accessor="pk", verbose_name="Ce qui s’y oppose ou reste à vérifier", orderable=False, wide=True
    )
    agents = Colonne(
        accessor="effectif",
        verbose_name="Agents présents",
        order_by=("effectif", "pk"),
        attrs={"th": {"class": "num"}, "td": {"class": "num", "data-label": "Agents"}},
    )

    class Meta:
        order_by = "accord"
        attrs: ClassVar[dict[str, str]] = {"class": "data-table stack"}

    def __init__(self, *args: Any, contraintes: Sequence[Contrainte], **kwargs: Any) -> None:
        self.contraintes = contraintes
        super().__init__(*args, **kwargs)

    def render_accord(self, value: str) -> SafeString:
        """Badge of the grade."""
        return badge(Accord(value), quiet=True)

    def value_accord(self, value: str) -> str:
        """Word of the grade."""
        return Accord(value).label

    def render_heurts(self, record: Any) -> SafeString:
        """Each clash on a line."""
        return format_html_join(
            "", "<span class='d-block'>{}</span>", ((mots,) for mots in self._clashes(record))
        )

    def value_heurts(self, record: Any) -> str:
        """All of them in one cell."""
        return " ; ".join(self._clashes(record))

    def _clashes(self, record: Any) -> list[str]:
        exigences = {ligne.type_id: Exigence(ligne.niveau, ligne.valeur) for ligne in record.lues}
        return [word_clash(heurt) for heurt in clashes_of(self.contraintes, exigences)]
