"""Choosing a period, asking for a pack, naming a view, setting a row aside."""

import datetime
import uuid
from typing import Any

from django import forms

from commissions.enums import EtatSeance, Instance
from commissions.models import Seance
from nouvea_sst.lib.affichage import FINE, format_date
from nouvea_sst.lib.dates import Periode, add_months
from reporting.rules.periodes import PeriodeRefusee, check_period, months_on_offer


class MoisChamp(forms.DateField):
    """A day that is chosen as a month: its first or its last one, as an address gives it."""

    widget = forms.Select

    def offer(self, jours: list[datetime.date]) -> None:
        """Put these days to choice, under the name of their month."""
        self.jours = jours
        self.widget.choices = [(format_date(jour), format_date(jour, "mois")) for jour in jours]

    def prepare_value(self, value: Any) -> Any:
        """The day on offer in the same month: a day typed in the address shows its month."""
        try:
            lu = self.to_python(value)
        except forms.ValidationError:
            return value
        proche = (j for j in self.jours if lu and (j.year, j.month) == (lu.year, lu.month))
        return format_date(next(proche, lu))


class PeriodeForm(forms.Form):
    """From a month to a month, both included and over."""

    du = MoisChamp(label="Premier mois")
    au = MoisChamp(label="Dernier mois")

    def __init__(self, *args: Any, jour: datetime.date, **options: Any) -> None:
        self.jour = jour
        super().__init__(*args, **options)
        offre = months_on_offer(jour)
        self.fields["du"].offer([mois.debut for mois in offre])
        self.fields["au"].offer([mois.fin for mois in offre])

    def clean(self) -> dict[str, Any]:
        """Refuse beside its field what is not made of whole months that are over."""
        saisi = super().clean() or {}
        if saisi.get("du") and saisi.get("au"):
            try:
                check_period(saisi["du"], saisi["au"], self.jour)
            except PeriodeRefusee as refus:
                self.add_error(refus.champ, str(refus))
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
    derniere = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
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


class NomVueForm(forms.Form):
    """The name of a saved view."""

    nom = forms.CharField(
        label="Nom de la vue",
        max_length=40,
        help_text="Quelques mots que vous reconnaîtrez, sans donnée de santé",
    )


class VueForm(NomVueForm):
    """A view to keep; the box that replaces appears only when its name is taken."""

    par_defaut = forms.BooleanField(label="Ouvrir cette vue depuis le menu", required=False)
    remplacer = forms.BooleanField(
        label="Remplacer la vue qui porte ce nom", required=False, widget=forms.HiddenInput
    )

    def offer_replacement(self, erreur: str) -> None:
        """Say that the name is taken, and let the person replace that view."""
        self.add_error("nom", erreur)
        self.fields["remplacer"].widget = forms.CheckboxInput()


class EcarterForm(forms.Form):
    """Why a row is no error."""

    jeton = forms.CharField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    raison = forms.CharField(
        label="Pourquoi ce n’est pas une erreur",
        max_length=200,
        help_text="Lue par tous ceux qui voient cette liste : rien de médical ni de personnel.",
    )


class ReprendreForm(forms.Form):
    """The version of what is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
