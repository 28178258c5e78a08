"""Columns of lists, for django-tables2: French on screen, real numbers and dates in the workbook.

Where a cell stands on a phone is said by the column: ``desk=True`` hides it there, ``wide=True`` gives it a
line of its own, ``prefixe="Échéance"`` says what a bare value is.
"""

from datetime import date, datetime, time
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.lib.affichage import describe_due, format_date, format_number, format_xpf
from nouvea_sst.lib.etats import EtatChoices, member_of
from nouvea_sst.lib.icones import badge

TOUT_CHOISIR = SafeString(
    '<input class="form-check-input" type="checkbox" aria-label="Tout choisir" data-sst-tout>'
)


def cut_text(texte: str, long: bool = False) -> SafeString:
    """Keep a text on one line of a desk: its end gives way, its title has the whole."""
    return format_html('<span class="cut{}" title="{}">{}</span>', " long" if long else "", texte, texte)


class Colonne(tables.Column):
    """A column that knows its place on a phone and its side: text left, numbers right."""

    classes = ""

    def __init__(
        self, *args: Any, desk: bool = False, wide: bool = False, prefixe: str = "", **kwargs: Any
    ) -> None:
        place = " ".join(c for c in (self.classes, "desk" if desk else "", "wide" if wide else "") if c)
        attrs: dict[str, dict[str, Any]] = {"td": {}, "th": {}, "tf": {}} | kwargs.pop("attrs", {})
        if place:
            for part in ("td", "th", "tf"):
                attrs[part] = {"class": place} | attrs.get(part, {})
        if prefixe:
            attrs["td"] = {"data-label": prefixe} | attrs["td"]
        super().__init__(*args, attrs=attrs, **kwargs)


class ColonneNombre(Colonne):
    """A number with thin spaces, at the right."""

    classes = "num"

    def __init__(self, *args: Any, decimales: int | None = None, **kwargs: Any) -> None:
        self.decimales = decimales
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        """Write it as everywhere."""
        return format_number(value, self.decimales)

    def value(self, value: Any) -> Any:
        """Give the workbook the number itself."""
        return value


class ColonneXpf(ColonneNombre):
    """An amount in Pacific francs, the unit in the head: without cents."""

    def render(self, value: Any) -> str:
        """Write the number; the head or the caption says XPF."""
        return format_xpf(value).removesuffix("\u00a0XPF")


class ColonneDate(Colonne):
    """A day, dd/mm/yyyy; `form` as in affichage.format_date."""

    def __init__(self, *args: Any, form: str = "", **kwargs: Any) -> None:
        self.form = form
        super().__init__(*args, **kwargs)

    def render(self, value: date | datetime) -> str:
        """Write it as everywhere."""
        return format_date(value, self.form)

    def value(self, value: date | datetime) -> Any:
        """Give the workbook the date itself."""
        return value


class ColonneHeure(Colonne):
    """An hour of the day, hh:mm."""

    def render(self, value: time) -> str:
        """Write it as everywhere."""
        return f"{value:%H:%M}"

    def value(self, value: time) -> time:
        """Give the workbook the hour itself."""
        return value


class ColonneEtat(Colonne):
    """The badge of a state, quiet; the field holds an EtatChoices (nouvea_sst.lib.etats)."""

    def __init__(self, *args: Any, champ: str = "", **kwargs: Any) -> None:
        self.champ = champ
        super().__init__(*args, **kwargs)

    def _member(self, value: Any, record: Any, bound_column: Any) -> EtatChoices | None:
        return value if isinstance(value, EtatChoices) else member_of(record, self.champ or bound_column.name)

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString | str:
        """Return the badge."""
        member = self._member(value, record, bound_column)
        return badge(member, quiet=True) if member else ""

    def value(self, value: Any, record: Any, bound_column: Any) -> str:
        """Give the workbook the words."""
        member = self._member(value, record, bound_column)
        return str(member.label) if member else ""


class ColonneEcheance(Colonne):
    """How far a due date is: « 12 j de retard », « dans 6 j ». The table holds the day as `self.jour`."""

    def __init__(self, *args: Any, bientot: int = 15, **kwargs: Any) -> None:
        self.bientot = bientot
        super().__init__(*args, **kwargs)

    def render(self, value: date, table: Any) -> SafeString:
        """Return the badge."""
        member, words = describe_due(value, table.jour, self.bientot)
        return badge(member, words, quiet=True)

    def value(self, value: date, table: Any) -> str:
        """Give the workbook the words; the date has its own column."""
        return describe_due(value, table.jour, self.bientot)[1]


class ColonneChoix(tables.CheckBoxColumn):
    """Check boxes of a selection: « Choisir KALOI Joseph »; the form carries data-sst-selection."""

    exclude_from_export = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "desk"}, "th": {"class": "desk"}})
        kwargs.setdefault("orderable", False)
        kwargs.setdefault("exclude_from_export", True)
        super().__init__(*args, **kwargs)

    @property
    def header(self) -> SafeString:
        """Return the box that ticks all the others."""
        return TOUT_CHOISIR

    def render(self, value: Any, bound_column: Any, record: Any) -> SafeString:
        """Return the box of one row, named after it."""
        return format_html(
            '<input class="form-check-input" type="checkbox" name="{}" value="{}" aria-label="Choisir {}">',
            bound_column.name,
            value,
            record,
        )
