"""Forms of visits: input → cleaned data; what a rule refuses comes back beside its field."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.versions import Ecart, VersionPerimee, compare_texts
from visites.enums import NatureVisite
from visites.models import Motif
from visites.perms import is_care_staff
from visites.querysets import VisiteQuerySet
from visites.relecture import FormulaireRelu
from visites.rules.echeance import RegleInconnue
from visites.rules.placement import Plage, slots


def date_input(**attrs: str) -> forms.DateInput:
    """A day typed jj/mm/aaaa, with the width of a day."""
    base = {"class": "date", "inputmode": "numeric", "autocomplete": "off", "placeholder": "jj/mm/aaaa"}
    return forms.DateInput(attrs=base | attrs)


def professionals_for(user: Any) -> QuerySet[Utilisateur]:
    """With whom this account may place a visit: care staff with themselves, the section with anyone."""
    if is_care_staff(user):
        return Utilisateur.objects.filter(pk=user.pk)
    return Utilisateur.objects.filter(role__in=[Role.MEDECIN, Role.INFIRMIER], is_active=True).order_by(
        "last_name", "first_name", "pk"
    )


class ChampProfessionnel(forms.ModelChoiceField):
    """A doctor or a nurse, with the function."""

    def label_from_instance(self, obj: Any) -> str:
        """« Anne Le Goff, Médecin du travail »."""
        return f"{obj}, {obj.fonction_affichee}"


class FormulaireActe(forms.Form):
    """A form whose action may refuse: its sentences join the form's own errors."""

    conflit: list[Ecart] | None = None

    def apply(self, acte: Callable[..., Any], **arguments: Any) -> Any | None:
        """Run an action with what was typed. Return its result, or None when something must be corrected."""
        if not self.is_valid():
            return None
        return self.guard(acte, **arguments, **self.cleaned_data)

    def guard(self, acte: Callable[..., Any], **arguments: Any) -> Any | None:
        """Run an action, turn its refusals and a rule that lacks into errors, an old page into both texts."""
        try:
            return acte(**arguments)
        except ValidationError as refus:
            self._hold(refus)
        except RegleInconnue as manque:
            self.add_error(None, f"{manque} Rien n’a été changé.")
        except VersionPerimee as perimee:
            self.conflit = compare_texts(self, perimee.objet)
            self.data = self.data.copy()
            self.data["version"] = str(getattr(perimee.objet, "version", ""))
        return None

    def _hold(self, refus: ValidationError) -> None:
        """Put each sentence beside its field, above the form when it has no such field."""
        if not hasattr(refus, "error_dict"):
            self.add_error(None, refus)
            return
        for nom, erreurs in refus.error_dict.items():
            self.add_error(nom if nom in self.fields else None, erreurs)


class CreneauForm(FormulaireActe):
    """Day, hour and professional."""

    date = forms.DateField(label="Date", widget=date_input())
    heure = forms.TypedChoiceField(label="Heure", coerce=datetime.time.fromisoformat)
    professionnel = ChampProfessionnel(label="Professionnel", queryset=Utilisateur.objects.none())
    malgre_absence = forms.BooleanField(label="Placer malgré cette absence", required=False)

    def __init__(
        self, *args: Any, user: Any, plage: Plage, heures: Sequence[datetime.time] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offertes = {f"{h:%H:%M}" for h in (*slots(plage), *heures)}
        prevue = self.initial.get("heure")
        if isinstance(prevue, datetime.time):
            self.initial["heure"] = f"{prevue:%H:%M}"
            offertes.add(self.initial["heure"])
        self.fields["heure"].choices = [(h, h) for h in sorted(offertes)]  # type: ignore[attr-defined]
        self.fields["heure"].widget.attrs["class"] = "court"
        champ = self.fields["professionnel"]
        champ.queryset = professionals_for(user)  # type: ignore[attr-defined]
        if is_care_staff(user):
            self.initial.setdefault("professionnel", user.pk)

    @property
    def demande_malgre_absence(self) -> bool:
        """Whether the box is shown: an absence refused the slot, or the box is ticked already."""
        return bool(self.errors.get("malgre_absence") or self["malgre_absence"].value())


class PlacerForm(CreneauForm):
    """A new visit of an agent."""

    motif = forms.ModelChoiceField(label="Motif", queryset=Motif.objects.offered())
    nature = forms.ChoiceField(
        label="Nature",
        choices=NatureVisite.choices,
        help_text="Un examen d’aptitude se tient avec le médecin et donne un avis.",
    )
    field_order = ["motif", "nature", "date", "heure", "malgre_absence", "professionnel"]


class DeplacerForm(CreneauForm):
    """Another day, hour or professional."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class JourneeForm(forms.Form):
    """Whose day, and which; what cannot be read counts as not given."""

    professionnel = ChampProfessionnel(
        label="Professionnel", queryset=Utilisateur.objects.none(), required=False, empty_label=None
    )
    jour = forms.DateField(label="Jour", required=False, widget=date_input())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offerts = professionals_for(user)
        self.fields["professionnel"].queryset = self.offerts  # type: ignore[attr-defined]

    def chosen(
        self, aujourdhui: datetime.date, visites: VisiteQuerySet
    ) -> tuple[datetime.date, Utilisateur | None]:
        """Return the day and the professional to show; keep them as what the form shows.

        Without a day, the nearest one with visits of the professional asked for, or of any that is offered.
        """
        self.full_clean()
        lu = getattr(self, "cleaned_data", {})
        jour, qui = lu.get("jour"), lu.get("professionnel")
        agenda = visites.in_agendas(self.offerts if qui is None else [qui])
        proche = (agenda if jour is None else agenda.filter(date=jour)).nearest(aujourdhui)
        if proche is not None:
            jour, qui = proche.date, qui or proche.professionnel
        jour, qui = jour or aujourdhui, qui or self.offerts.first()
        self.is_bound = False
        self.initial = {"jour": jour, "professionnel": qui}
        return jour, qui


class AnnulerForm(FormulaireRelu, FormulaireActe):
    """The reason is kept."""

    partage = "raison"

    raison = forms.CharField(
        label="Raison",
        max_length=200,
        help_text="Lue par la section : n’écrivez rien de médical.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AbsenceForm(FormulaireActe):
    """Nothing to type: the agent did not come."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangerDateForm(FormulaireRelu, FormulaireActe):
    """Another day than the rule's; who reads the due date reads the reason."""

    partage = "raison_choix"

    choisie = forms.DateField(label="Nouvelle échéance", widget=date_input())
    raison_choix = forms.CharField(
        label="Raison",
        max_length=200,
        help_text="L’agent la lira aussi, avec la date\u202f: n’écrivez rien de médical.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(FormulaireActe):
    """Nothing to type: the act on a visit due says it all."""

    version = forms.IntegerField(widget=forms.HiddenInput)
