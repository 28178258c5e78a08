"""Fields that several forms share."""

import datetime
from typing import Any

from django import forms

from agents.forms.champs import StructureField
from agents.models import Agent, Structure
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.roles import MATRICE

HEURES = ["%H:%M", "%Hh%M", "%H h %M", "%H:%M:%S", "%Hh", "%H"]
PILOTES = MATRICE["signalements.view_action"]  # nobody is put in charge of what he may not open
AUCUN = "Aucun agent ne porte ce nom."
AUCUN_NUMERO = "Aucun agent ne porte ce nom ou ce matricule."
AIDE_AGENT = "Nom et prénom ; en cas d’homonymes, ajoutez le sigle du service."
NOMMES = 5  # agents named when several answer to what was typed


class HeureChamp(forms.TimeField):
    """An hour typed as 7:50 or 7h50."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "heure", "placeholder": "hh:mm", "autocomplete": "off"}
        super().__init__(
            input_formats=HEURES, **{"widget": forms.TimeInput(attrs=attrs, format="%H:%M")} | options
        )


class PiloteChamp(forms.ModelChoiceField):
    """An account that may be charged with a report or an action."""

    def __init__(self, **options: Any) -> None:
        comptes = Utilisateur.objects.filter(is_active=True, role__in=PILOTES)
        super().__init__(comptes.order_by("last_name", "first_name", "pk"), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Name and function."""
        return f"{obj}, {obj.fonction_affichee}"


class StructureChamp(StructureField):
    """A structure that exists on the day given by open_on()."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Structure.objects.none(), **options)

    def open_on(self, jour: datetime.date, user: Any = None, gardee: int | None = None) -> None:
        """Offer the structures of this day that the account sees, and the one that the record already has.

        All of the day without an account: one reports what happens anywhere.
        """
        toutes = Structure.objects.all() if user is None else Structure.objects.visible_to(user)
        ouvertes = toutes.open_on(jour)
        self.queryset = ouvertes | Structure.objects.filter(pk=gardee) if gardee else ouvertes


class AgentChamp(forms.CharField):
    """An agent by name or structure, among those whom the account sees; by matricule if it reads them."""

    user: Any = None

    def clean(self, value: Any) -> Any:
        """Return the one agent who answers to the text, None for an empty one."""
        texte = super().clean(value)
        if not texte:
            return None
        numeros = self.user.has_perm("agents.view_identite")
        agents = Agent.objects.visible_to(self.user).search(texte, numeros=numeros)
        trouves = list(agents.select_related("structure")[: NOMMES + 1])
        if not trouves:
            raise forms.ValidationError(AUCUN_NUMERO if numeros else AUCUN)
        if len(trouves) > 1:
            noms = ", ".join(f"{a} ({describe(a, numeros)})" for a in trouves[:NOMMES])
            suite = "…" if len(trouves) > NOMMES else ""
            precision = "le matricule" if numeros else "aussi le sigle du service"
            raise forms.ValidationError(f"Plusieurs agents : {noms}{suite} Écrivez {precision}.")
        return trouves[0]


def describe(agent: Agent, numeros: bool) -> str:
    """Tell a homonym from another: by his matricule for who reads it, else by his service."""
    if numeros:
        return agent.matricule or "sans matricule"
    return agent.structure.sigle if agent.structure else "sans service"
