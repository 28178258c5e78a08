"""The form of a conclusion and its rows of measures."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory

from nouvea_sst.lib.textes_longs import TexteLong
from visites.enums import Conclusion, EtendueMesure
from visites.forms import FormulaireActe, date_input
from visites.models import Orientation, TypeRestriction, Visite
from visites.relecture import FormulaireRelu, LexiqueLu
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
from visites.rules.corrections import RAISON_MAX, SANS_RAISON
from visites.rules.lecteurs import MesureLue
from visites.rules.lexique import Marque

MESURES_MAX = 20


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
        widget=TexteLong(attrs={"rows": 2}),
        help_text="L’employeur lira ce texte : ni diagnostic, ni traitement.",
    )
    orientation = forms.ModelChoiceField(
        label="Orientation",
        queryset=Orientation.objects.none(),
        required=False,
        empty_label="Aucune",
        help_text="Lue par l’agent et les soignants, par personne d’autre.",
    )
    finies = forms.TypedMultipleChoiceField(
        label="Mesures qui prennent fin", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        visite: Visite,
        regle_mois: int | None,
        validites: Sequence[int],
        courantes: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finies"].choices = courantes  # type: ignore[attr-defined]
        offertes = Orientation.objects.offered()
        if visite.orientation_id is not None:
            offertes = Orientation.objects.filter(
                Q(pk__in=offertes.values("pk")) | Q(pk=visite.orientation_id)
            )
        self.fields["orientation"].queryset = offertes  # type: ignore[attr-defined]
        choix = [(c.value, c.label) for c in CONCLUSIONS[visite.nature]]
        self.fields["conclusion"].choices = choix  # type: ignore[attr-defined]
        mois = [m for m in validites if regle_mois is None or m < regle_mois]
        mois += [regle_mois] if regle_mois is not None else []
        self.fields["validite_mois"].choices = [(m, f"{m} mois") for m in mois]  # type: ignore[attr-defined]

    def clean_conclusion(self) -> str:
        """Refuse a page that sends two conclusions: none of them is the one that was meant."""
        if hasattr(self.data, "getlist") and len(self.data.getlist("conclusion")) > 1:
            raise forms.ValidationError("Choisissez une seule conclusion.")
        return str(self.cleaned_data["conclusion"])

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
            orientation_id=getattr(lu.get("orientation"), "pk", None),
            finies=lu.get("finies") or (),
        )


class CorrigerForm(ConclureForm):
    """A signed conclusion that is corrected, and why."""

    partages = ("message_employeur", "raison")

    raison = forms.CharField(
        label="Raison de la correction",
        max_length=RAISON_MAX,
        help_text="L’agent et la section la liront, l’encadrant non : n’écrivez rien de médical.",
        error_messages={"required": SANS_RAISON},
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
    au_poste = forms.BooleanField(label="Au poste occupé seul", required=False)

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
        self.fields["au_poste"].widget.attrs["class"] = "form-check-input"
        for nom in ("date_debut", "date_fin"):
            self.fields[nom].widget.attrs["class"] = "form-control date"
        self.fields["date_debut"].initial = jour

    def refuse_words(self, marques: list[Marque]) -> str:
        """The words stand under the list: a row is too narrow for them."""
        return "À relire sous la liste."

    def full_clean(self) -> None:
        """Mark the fields to correct."""
        super().full_clean()
        self.fin_fausse = "date_fin" in self.errors
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
    def se_lit(self) -> bool:
        """Whether a reader may be shown it: its days are what was meant."""
        return self.est_remplie and not self.fin_fausse

    @property
    def etendue(self) -> str:
        """Where the measure holds."""
        return EtendueMesure.POSTE if self.cleaned_data.get("au_poste") else EtendueMesure.TOUT

    @property
    def lue(self) -> MesureLue:
        """The row as a reader will read it."""
        lu = self.cleaned_data
        return MesureLue(
            self.libelles[lu["type"]],
            lu.get("precision") or "",
            lu["date_debut"],
            lu.get("date_fin"),
            self.etendue,
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

    def hidden_rows(self) -> int:
        """Number of rows with a measure that the preview leaves out: their days are to be corrected."""
        choisies = [f for f in self.forms if getattr(f, "cleaned_data", {}).get("type")]
        return sum(not f.se_lit for f in choisies if not f.cleaned_data.get("DELETE"))

    def read(self) -> list[Mesure]:
        """Return the measures typed so far."""
        return [
            Mesure(
                form.cleaned_data["type"],
                form.cleaned_data.get("precision") or "",
                form.cleaned_data["date_debut"],
                form.cleaned_data.get("date_fin"),
                form.cleaned_data.get("confirmes") or (),
                form.etendue,
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


def make_measures(
    data: Any, *, jour: datetime.date, visite: Visite | None = None, lu: LexiqueLu | None = None
) -> Any:
    """Return the rows of measures, posted or none yet, with the kinds put aside since that `visite` has."""
    proposes = TypeRestriction.objects.offered()
    if visite is not None:
        siennes = visite.restrictions.values("type")
        proposes = TypeRestriction.objects.filter(Q(pk__in=proposes.values("pk")) | Q(pk__in=siennes))
    types = list(proposes.values_list("pk", "libelle"))
    return MesureFormSet(data, prefix="mesures", form_kwargs={"types": types, "jour": jour, "lu": lu})
