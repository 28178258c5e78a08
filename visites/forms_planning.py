"""Forms of half-days."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from agents.models import Site
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from visites.enums import EtatDemiJournee, NatureAbsence
from visites.forms import ChampProfessionnel, FormulaireActe, date_input, professionals_for
from visites.perms import is_care_staff
from visites.rules.placement import Plage

SEMAINES = [("", "une seule fois"), ("1", "chaque semaine"), ("2", "toutes les deux semaines")]
SEMAINES += [("4", "toutes les quatre semaines")]
MATIN = (datetime.time(7, 30), datetime.time(11, 30))


def hour_input() -> forms.TimeInput:
    """An hour typed hh:mm."""
    return forms.TimeInput(
        format="%H:%M", attrs={"class": "court", "placeholder": "hh:mm", "autocomplete": "off"}
    )


def plans_own(user: Any) -> bool:
    """Whether this account plans its own half-days only."""
    return is_care_staff(user) or user.has_perm("visites.hold_entretien")


def holders_for(user: Any) -> QuerySet[Utilisateur]:
    """Whose half-days and absences this account plans: also the psychologists' for the section.

    A psychologist plans his own.
    """
    if user.has_perm("visites.hold_entretien"):
        return Utilisateur.objects.filter(pk=user.pk)
    if is_care_staff(user):
        return professionals_for(user)
    roles = [Role.MEDECIN, Role.INFIRMIER, Role.PSYCHOLOGUE]
    tenants = Utilisateur.objects.filter(role__in=roles, is_active=True)
    return tenants.order_by("last_name", "first_name", "pk")


class OuvrirForm(FormulaireActe):
    """A half-day, or a series of them."""

    professionnel = ChampProfessionnel(label="Professionnel", queryset=Utilisateur.objects.none())
    lieu = forms.ModelChoiceField(label="Lieu", queryset=Site.objects.none())
    date = forms.DateField(label="Date", widget=date_input())
    debut = forms.TimeField(label="De", widget=hour_input())
    fin = forms.TimeField(label="À", widget=hour_input())
    duree = forms.IntegerField(label="Durée d’un créneau, en minutes", min_value=5, max_value=240)
    capacite = forms.IntegerField(
        label="Capacité",
        min_value=1,
        max_value=60,
        required=False,
        help_text="Vide : autant de visites que de créneaux.",
    )
    semaines = forms.TypedChoiceField(
        label="Répéter", choices=SEMAINES, coerce=int, empty_value=None, required=False
    )
    jusqu_au = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=date_input(),
        help_text="Jours fériés, jours chômés et absences sont sautés et dits.",
    )

    def __init__(self, *args: Any, user: Any, plage: Plage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["professionnel"].queryset = holders_for(user)  # type: ignore[attr-defined]
        # A psychologist sees no agent, hence no place of theirs: he receives in any.
        lieux = (
            Site.objects.all() if user.has_perm("visites.hold_entretien") else Site.objects.visible_to(user)
        )
        self.fields["lieu"].queryset = lieux.offered()  # type: ignore[attr-defined]
        for nom, valeur in (("debut", MATIN[0]), ("fin", MATIN[1]), ("duree", plage.pas)):
            self.initial.setdefault(nom, valeur)
        if plans_own(user):
            self.initial.setdefault("professionnel", user.pk)

    def clean(self) -> dict[str, Any]:
        """A series says until when."""
        lu = super().clean() or {}
        if lu.get("semaines") and not lu.get("jusqu_au") and "jusqu_au" not in self.errors:
            self.add_error("jusqu_au", "Dites jusqu’à quand la série se répète.")
        return lu


class HeuresAbsenceForm(FormulaireActe):
    """When a professional holds no visit, and what sort of absence it is."""

    nature = forms.ChoiceField(label="Nature", choices=NatureAbsence.choices)
    date_debut = forms.DateField(label="Du", widget=date_input())
    date_fin = forms.DateField(
        label="Au", required=False, widget=date_input(), help_text="Vide : ce seul jour."
    )
    debut = forms.TimeField(
        label="De", required=False, widget=hour_input(), help_text="Vide : la journée entière."
    )
    fin = forms.TimeField(label="À", required=False, widget=hour_input())


class AbsenceProfessionnelForm(HeuresAbsenceForm):
    """An absence, and whose."""

    professionnel = ChampProfessionnel(label="Professionnel", queryset=Utilisateur.objects.none())
    field_order = ("professionnel",)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["professionnel"].queryset = holders_for(user)  # type: ignore[attr-defined]
        if plans_own(user):
            self.initial.setdefault("professionnel", user.pk)


class CorrigerAbsenceForm(HeuresAbsenceForm):
    """An absence to correct: whose it is does not change."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class EtatForm(FormulaireActe):
    """To which state a half-day goes."""

    vers = forms.ChoiceField(choices=EtatDemiJournee.choices)
    version = forms.IntegerField()


class PlanningForm(forms.Form):
    """Which week or month; what cannot be read counts as not given."""

    jour = forms.DateField(required=False)
    vue = forms.ChoiceField(choices=[("semaine", "Semaine"), ("mois", "Mois")], required=False)

    def chosen(self, aujourdhui: datetime.date) -> tuple[datetime.date, bool]:
        """Return a day of the period, and whether it is a month."""
        self.full_clean()
        lu = self.cleaned_data
        return lu.get("jour") or aujourdhui, lu.get("vue") == "mois"


class CreneauOccupeForm(FormulaireActe):
    """Which slot is taken, or free again."""

    heure = forms.TimeField()
    occupe = forms.BooleanField(required=False)
