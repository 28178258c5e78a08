"""Forms of visits: input → cleaned data; what a rule refuses comes back beside its field."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.lib.versions import Ecart, VersionPerimee, compare_texts
from visites.enums import Conclusion, NatureVisite
from visites.models import Motif, TypeRestriction, Visite
from visites.perms import is_care_staff
from visites.querysets import VisiteQuerySet
from visites.relecture import FormulaireRelu
from visites.rules.avis import (
    CONCLUSIONS,
    EN_DOUBLE,
    MESSAGE_MAX,
    Avis,
    Mesure,
    end_of_span,
    is_span,
    said_twice,
)
from visites.rules.echeance import RegleInconnue
from visites.rules.lecteurs import MesureLue
from visites.rules.lexique import Marque
from visites.rules.placement import Plage, slots

MESURES_MAX = 20


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


class ConclureForm(FormulaireRelu, FormulaireActe):
    """A conclusion; its measures are in MesureFormSet."""

    partage = "message_employeur"

    conclusion = forms.ChoiceField(
        label="Conclusion",
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": "Choisissez une conclusion."},
    )
    validite_mois = forms.TypedChoiceField(
        label="Revoir dans", coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    prochaine_visite = forms.DateField(
        label="Prochaine visite", required=False, widget=date_input(**{"data-sst-prochaine": ""})
    )
    message_employeur = forms.CharField(
        label="Message à l’employeur",
        required=False,
        max_length=MESSAGE_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="L’employeur lira ce texte : ni diagnostic, ni traitement.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, visite: Visite, regle_mois: int | None, validites: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choix = [(c.value, c.label) for c in CONCLUSIONS[visite.nature]]
        self.fields["conclusion"].choices = choix  # type: ignore[attr-defined]
        mois = [m for m in validites if regle_mois is None or m < regle_mois]
        mois += [regle_mois] if regle_mois is not None else []
        self.fields["validite_mois"].choices = [(m, f"{m} mois") for m in mois]  # type: ignore[attr-defined]

    def read(self, mesures: "BaseMesureFormSet") -> Avis:
        """Return what is typed so far; what is not valid yet is left out."""
        lu = self.cleaned_data
        conclusion = lu.get("conclusion") or ""
        return Avis(
            conclusion=conclusion if conclusion in Conclusion.values else "",
            validite_mois=lu.get("validite_mois"),
            prochaine_visite=lu.get("prochaine_visite"),
            message_employeur=lu.get("message_employeur") or "",
            mesures=mesures.read(),
            confirmes=lu.get("confirmes") or (),
        )


class ChampFin(forms.DateField):
    """A day, or how long from the start: the text is kept until the start is read."""

    def to_python(self, value: Any) -> Any:
        """Return the day, or the text of a span."""
        return value if isinstance(value, str) and is_span(value) else super().to_python(value)


class MesureForm(FormulaireRelu):
    """One restriction or accommodation. A row left as it came is no row."""

    partage = "precision"

    type = forms.TypedChoiceField(label="Mesure", coerce=int, error_messages={"required": "Choisissez."})
    precision = forms.CharField(label="Précision", max_length=120, required=False)
    date_debut = forms.DateField(label="Du", widget=date_input(), error_messages={"required": "À dater."})
    date_fin = ChampFin(label="Au", required=False, widget=date_input(placeholder="jour ou 6m"))

    def __init__(self, *args: Any, types: list[tuple[int, str]], jour: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.libelles = dict(types)
        self.fields["type"].choices = [("", ""), *types]  # type: ignore[attr-defined]
        choisi = str(self["type"].value() or "")
        self.fields["type"].widget.attrs |= {
            "class": "form-select",
            "data-sst-taper": "",
            "title": next((libelle for cle, libelle in types if str(cle) == choisi), ""),
        }
        self.fields["precision"].widget.attrs["class"] = "form-control"
        for nom in ("date_debut", "date_fin"):
            self.fields[nom].widget.attrs["class"] = "form-control date"
        self.fields["date_debut"].initial = jour

    def refuse_words(self, marques: list[Marque]) -> str:
        """The words stand under the list: a row is too narrow for them."""
        return "À relire sous la liste."

    def full_clean(self) -> None:
        """Mark the fields to correct."""
        super().full_clean()
        for nom in self.errors:
            self.mark(nom)

    def mark(self, nom: str) -> None:
        """Show that a field is to be corrected."""
        if nom in self.fields:
            self.fields[nom].widget.attrs["class"] += " is-invalid"

    def unmark(self) -> None:
        """Show no field as one to be corrected."""
        for champ in self.fields.values():
            champ.widget.attrs["class"] = champ.widget.attrs.get("class", "").replace(" is-invalid", "")

    def clean(self) -> dict[str, Any]:
        """Refuse a start before the visit, and an end before its start."""
        lu = super().clean()
        debut, visite = lu.get("date_debut"), self.fields["date_debut"].initial
        if isinstance(lu.get("date_fin"), str):
            lu["date_fin"] = None if debut is None else end_of_span(lu["date_fin"], debut)
        fin = lu.get("date_fin")
        if debut is not None and visite is not None and debut < visite:
            self.add_error("date_debut", f"Pas avant la visite, le {visite:%d/%m/%Y}.")
        if debut is not None and fin is not None and fin < debut:
            self.add_error("date_fin", "La fin précède le début.")
        return lu

    def refuse_twice(self) -> None:
        """Say beside the measure that another line says it; it stays read, the preview shows it."""
        choisi = self.cleaned_data["type"]
        self.add_error("type", EN_DOUBLE)
        self.cleaned_data["type"] = choisi
        self.mark("type")

    @property
    def est_remplie(self) -> bool:
        """Whether a measure was chosen and dated in this row."""
        lu = getattr(self, "cleaned_data", {})
        return bool(lu.get("type")) and bool(lu.get("date_debut")) and not lu.get("DELETE")

    @property
    def lue(self) -> MesureLue:
        """The row as a reader will read it."""
        lu = self.cleaned_data
        return MesureLue(
            self.libelles[lu["type"]], lu.get("precision") or "", lu["date_debut"], lu.get("date_fin")
        )


class BaseMesureFormSet(BaseFormSet):
    """The rows of measures; a removed row is posted with DELETE."""

    deletion_widget = forms.HiddenInput

    def clean(self) -> None:
        """Refuse a measure that a line before says already, beside its name."""
        remplies = self.filled()
        for rang in said_twice(self.read()):
            remplies[rang].refuse_twice()

    def filled(self) -> list[MesureForm]:
        """Rows that hold a measure."""
        return [form for form in self.forms if form.est_remplie]

    def read(self) -> list[Mesure]:
        """Return the measures typed so far."""
        return [
            Mesure(
                form.cleaned_data["type"],
                form.cleaned_data.get("precision") or "",
                form.cleaned_data["date_debut"],
                form.cleaned_data.get("date_fin"),
                form.cleaned_data.get("confirmes") or (),
            )
            for form in self.filled()
        ]


MesureFormSet = formset_factory(
    MesureForm,
    formset=BaseMesureFormSet,
    extra=0,
    can_delete=True,
    max_num=MESURES_MAX,
    validate_max=True,
)


def make_measures(data: Any, *, jour: datetime.date) -> Any:
    """Return the rows of measures, posted or none yet."""
    types = list(TypeRestriction.objects.offered().values_list("pk", "libelle"))
    return MesureFormSet(data, prefix="mesures", form_kwargs={"types": types, "jour": jour})
