"""Choosing a period, asking for a pack."""

import datetime
from typing import Any

from django import forms

from commissions.enums import EtatSeance, Instance
from commissions.models import Seance
from nouvea_sst.lib.affichage import FINE
from nouvea_sst.lib.dates import Periode, add_months

JOUR = {"class": "date", "placeholder": "jj/mm/aaaa", "autocomplete": "off", "inputmode": "numeric"}
ANNEES_MAX = 10


class PeriodeForm(forms.Form):
    """From a day to a day, both included."""

    du = forms.DateField(label="Du", widget=forms.DateInput(attrs=JOUR))
    au = forms.DateField(label="Au", widget=forms.DateInput(attrs=JOUR))

    def __init__(self, *args: Any, jour: datetime.date, **options: Any) -> None:
        self.jour = jour
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, lies ahead or is too long to mean anything."""
        saisi = super().clean() or {}
        du, au = saisi.get("du"), saisi.get("au")
        if du and du > self.jour:
            self.add_error("du", "La période n’a pas encore commencé.")
        elif du and au and au < du:
            self.add_error("au", "La fin de la période précède son début.")
        elif du and au and au >= add_months(du, 12 * ANNEES_MAX):
            self.add_error("au", f"La période dépasse {ANNEES_MAX} ans.")
        return saisi

    @property
    def periode(self) -> Periode:
        """The period of a valid form."""
        return Periode(self.cleaned_data["du"], self.cleaned_data["au"])


class SeanceChamp(forms.ModelChoiceField):
    """A session by number and date."""

    def label_from_instance(self, obj: Any) -> str:
        """« n° 3 du 10/12/2026, en préparation »."""
        return f"n° {obj.numero} du {obj.date:%d/%m/%Y}, {obj.get_etat_display().lower()}"


class PreparerForm(PeriodeForm):
    """Which session, which period."""

    seance = SeanceChamp(
        Seance.objects.none(),
        label="Séance",
        empty_label="Choisir une séance",
        help_text="L’ordre du jour de la séance figure au dossier.",
    )
    field_order = ("seance", "du", "au")

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seance"].queryset = (
            Seance.objects.visible_to(user)
            .filter(instance=Instance.CHCT, date__gte=add_months(self.jour, -12))
            .exclude(etat=EtatSeance.ANNULEE)
            .order_by("-date", "-pk")
        )
        self.fields[
            "au"
        ].help_text = (
            f"Les heures travaillées de chaque mois doivent être saisies{FINE}; sinon les taux se lisent n.c."
        )
