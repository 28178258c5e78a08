"""Entry of an accident."""

import datetime
import uuid
from typing import Any

from django import forms

from agents.forms.champs import JourField
from agents.models import Absence, Agent
from nouvea_sst.lib.textes_longs import TexteLong
from signalements.forms.champs import HeureChamp, StructureChamp
from signalements.models import TROP_DE_JOURS, Accident
from signalements.querysets import free_absences
from signalements.rules.jours import JOURS_MAX, follows_accident, has_leave


class ArretsChamp(forms.ModelMultipleChoiceField):
    """Absences to link: dates only, never their type."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """First and last day, and how many."""
        jours = (obj.date_fin - obj.date_debut).days + 1
        return f"du {obj.date_debut:%d/%m/%Y} au {obj.date_fin:%d/%m/%Y}, {jours} j"


class AccidentForm(forms.ModelForm):
    """An accident of a known agent. The view hands `faits` and `arrets` to the action; nothing saves here."""

    jeton = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    date = JourField(label="Date de l’accident")
    heure = HeureChamp(label="Heure", required=False)
    declare_le = JourField(
        label="Déclaré le", required=False, help_text="Par l’agent, en principe sous 24 h."
    )
    structure = StructureChamp(label="Service", required=False, empty_label="Non précisé")
    jours_saisis = forms.IntegerField(
        label="Jours d’arrêt saisis",
        required=False,
        min_value=0,
        max_value=JOURS_MAX,
        error_messages={"max_value": TROP_DE_JOURS},
        widget=forms.NumberInput(attrs={"class": "court"}),
        help_text="Compté seulement sans arrêt rattaché.",
    )
    arrets_choisis = ArretsChamp(
        Absence.objects.none(),
        label="Arrêts à rattacher",
        required=False,
        help_text="Arrêts pour accident qui n’appartiennent à aucun autre.",
    )
    rattacher = forms.BooleanField(
        label="Rattacher les arrêts pour accident qui suivent sans reprise",
        required=False,
        help_text="Le premier commence le jour de l’accident ou le lendemain.",
    )

    class Meta:
        model = Accident
        fields = [
            "nature",
            "date",
            "heure",
            "declare_le",
            "structure",
            "lieu",
            "circonstances",
            "benin",
            "rechute_de",
            "jours_saisis",
        ]
        widgets = {
            "circonstances": TexteLong(attrs={"rows": 4}),
        }
        help_texts = {
            "circonstances": "Ce que faisait l’agent, où, comment. Pas d’information de santé.",
            "rechute_de": "Une rechute n’est pas un nouvel accident ; ses jours comptent.",
            "benin": "Ni arrêt, ni soins médicaux.",
        }

    def __init__(self, *args: Any, agent: Agent, user: Any, jour: datetime.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agent, self.jour = agent, jour
        accident = self.instance if self.instance.pk else None
        self.libres = list(free_absences(agent, accident))
        self.fields["structure"].open_on(jour, user, self.instance.structure_id or agent.structure_id)
        premiers = Accident.objects.filter(agent=agent, rechute_de__isnull=True)
        self.fields["rechute_de"].queryset = premiers.exclude(pk=self.instance.pk)
        self.fields["rechute_de"].empty_label = "Aucun : premier accident"
        self.fields["rechute_de"].label_from_instance = lambda a: f"{a.numero}, du {a.date:%d/%m/%Y}"
        lies = list(accident.absences.all()) if accident else []
        defauts = {"jeton": uuid.uuid4(), "rattacher": accident is None, "arrets_choisis": lies}
        if accident is None:
            defauts["structure"] = agent.structure_id
        self.initial |= {nom: valeur for nom, valeur in defauts.items() if nom not in self.initial}
        self.voit_arrets = user.has_perm("agents.view_absence")
        self.propose_arrets = bool(self.voit_arrets and self.libres)
        self.propose_rechute = self.fields["rechute_de"].queryset.exists()
        self.lies = lies
        if self.propose_arrets:
            self.fields["arrets_choisis"].queryset = free_absences(agent, accident)
        else:
            del self.fields["arrets_choisis"]

    def clean(self) -> dict[str, Any]:
        """Check dates against each other, and a « bénin » against its leave."""
        donnees = super().clean() or self.cleaned_data
        date, declare = donnees.get("date"), donnees.get("declare_le")
        if date and date > self.jour:
            self.add_error("date", "Ce jour n’est pas encore venu.")
        elif declare and declare > self.jour:
            self.add_error("declare_le", "Ce jour n’est pas encore venu.")
        elif date and declare and declare < date:
            self.add_error("declare_le", "La déclaration précède l’accident.")
        origine = donnees.get("rechute_de")
        if date and origine and origine.date >= date:
            self.add_error(
                "rechute_de", f"L’accident d’origine, du {origine.date:%d/%m/%Y}, n’est pas antérieur."
            )
        if date:
            self._check_arrets(date, donnees)
        return donnees

    def _check_arrets(self, date: datetime.date, donnees: dict[str, Any]) -> None:
        """An absence goes past the day; a « bénin » has none."""
        for absence in donnees.get("arrets_choisis") or ():
            if absence.date_fin <= date:
                self.add_error(
                    "arrets_choisis", f"L’arrêt du {absence.date_debut:%d/%m/%Y} précède l’accident."
                )
        couples = [(a.date_debut, a.date_fin) for a in self._wanted(date, donnees)]
        if donnees.get("benin") and has_leave(date, couples, donnees.get("jours_saisis")):
            self.add_error("benin", "Cet accident a un arrêt : il n’est pas bénin.")

    def _wanted(self, date: datetime.date, donnees: dict[str, Any]) -> list[Absence]:
        """The absences to link: those chosen, or linked already when one may not choose, and what follows."""
        voulues = list(donnees["arrets_choisis"]) if "arrets_choisis" in donnees else list(self.lies)
        if donnees.get("rattacher"):
            suivants = follows_accident(date, [(a.date_debut, a.date_fin) for a in self.libres])
            voulues += [a for a in self.libres if (a.date_debut, a.date_fin) in suivants and a not in voulues]
        return voulues

    @property
    def faits(self) -> dict[str, Any]:
        """The columns entered."""
        return {nom: self.cleaned_data[nom] for nom in self._meta.fields or ()}

    @property
    def arrets(self) -> list[Absence]:
        """The absences to link."""
        return self._wanted(self.cleaned_data["date"], self.cleaned_data)
