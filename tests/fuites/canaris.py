"""Canaries: one value that exists nowhere else for each classified field, made from the CLASSES of its model.

What cannot carry one (a choice, a boolean, a small number, a link to reference data) is listed in
tests/fuites/jumeaux.py and proven by comparing two worlds that differ in that value alone.
"""

import datetime
import hashlib
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from django.db import models
from django.utils import timezone

from nouvea_sst.lib.classes import Classe, class_by_field
from tests.architecture.verifs_modeles import house_models

MARQUE = "zqx"
SAISIE = "saisie"
LETTRES = "bcdfghjklmnpqrstvw"
LONGUEUR = 14
SIGNES = 8  # first letters that tell one canary from another
PLACES = ("soi", "equipe", "ailleurs")
TEXTES = (models.CharField, models.TextField)
# Years in which nothing of the house happens: where a date must lie so that its record makes sense.
ANNEES = {
    "agents.Agent.date_naissance": 1951,
    "agents.Agent.date_embauche": 1983,
    "agents.Agent.date_depart": 2081,
    "agents.Absence.date_debut": 1991,
    "agents.Absence.date_fin": 2083,
    "agents.RaisonSuivi.date_fin": 2084,
    "agents.Responsabilite.date_fin": 2085,
    "agents.Affectation.date_fin": 2086,
    "agents.Carriere.date_fin": 2093,
    "agents.PositionAdministrative.date_fin": 2094,
    "agents.Contrat.date_fin": 2095,
    "agents.Contrat.fin_essai": 2096,
    "visites.Restriction.date_fin": 2087,
    "visites.Restriction.fin_avant": 2077,
    # The form adds up to five years to it: what it proposes must not be another canary.
    "visites.Visite.date": 1961,
    "visites.Visite.prochaine_visite": 2088,
    "visites.Suivi.echeance": 2089,
    "visites.VisiteDue.echeance": 2097,
    "signalements.Signalement.qualifier_avant": 2090,
    "signalements.Action.echeance": 2091,
    "commissions.Seance.date": 2092,
    "visites.PartageNoteSoignant.jusqu_au": 2098,
    "visites.PartageNotePsychologue.jusqu_au": 2099,
    "visites.PartageEchange.jusqu_au": 2080,
    # A year later in the second world, its opening still comes before it.
    "visites.Accompagnement.ferme_le": 2078,
}
JOUR = datetime.timedelta(days=1)
ANNEE = 1971  # all other days: 1971 and after, in the order of the columns


@dataclass(frozen=True)
class Canari:
    """A value of a field of a record that stands in one place of the city."""

    champ: str
    place: str
    classe: Classe
    valeur: Any

    def __str__(self) -> str:
        return f"{self.champ} ({self.classe}, {self.place})"


def spell(champ: str, place: str, longueur: int = LONGUEUR) -> str:
    """Return the word of a field in a place: « Zqx » and letters that nothing else begins with."""
    octets = hashlib.sha256(f"{champ} {place}".encode()).digest()
    mot = "".join(LETTRES[octet % len(LETTRES)] for octet in octets)
    return f"{MARQUE.capitalize()}{mot}"[:longueur]


class Voliere:
    """All canaries of a city, found again by what a page writes of them."""

    def __init__(self) -> None:
        self.tous: list[Canari] = []
        self.mots: dict[str, Canari] = {}
        self.jours: dict[datetime.date, Canari] = {}
        self.nombres: dict[str, Canari] = {}
        self._rangs = count(1)
        # What somebody types in a form: as secret as what he could write there.
        self.saisie = Canari(SAISIE, "soi", Classe.M1, spell(SAISIE, "soi"))
        self.mots[self.saisie.valeur[:SIGNES].lower()] = self.saisie

    def fill(self, modele: Any, place: str, /, **fixes: Any) -> dict[str, Any]:
        """Return a canary for each secret column that can hold one; `fixes` are the columns told by hand."""
        valeurs = dict(fixes)
        for champ, classe in class_by_field(modele).items():
            colonne = modele._meta.get_field(champ)
            if champ in fixes or classe is Classe.T0 or colonne.choices:
                continue
            nom = f"{modele._meta.app_label}.{modele.__name__}.{champ}"
            if isinstance(colonne, TEXTES):
                valeurs[champ] = self.text(nom, place, colonne.max_length or LONGUEUR)
                if isinstance(colonne, models.EmailField):
                    valeurs[champ] += "@exemple.nc"
            elif getattr(colonne, "auto_now_add", False):
                continue
            elif isinstance(colonne, models.DateTimeField):
                valeurs[champ] = self.moment(nom, place)
            elif isinstance(colonne, models.DateField):
                valeurs[champ] = self.day(nom, place)
        return valeurs

    def text(self, champ: str, place: str, longueur: int = LONGUEUR) -> str:
        """Return and keep the word of a field."""
        mot = spell(champ, place, min(longueur, LONGUEUR))
        assert len(mot) >= SIGNES, f"{champ} is too short for a canary"
        self._keep(self.mots, mot[:SIGNES].lower(), champ, place, mot)
        return mot

    def day(self, champ: str, place: str, annee: int = 0) -> datetime.date:
        """Return and keep a day of its own."""
        debut = datetime.date(annee or ANNEES.get(champ, ANNEE), 1, 2)
        jour = debut + datetime.timedelta(days=next(self._rangs) * 2)
        # Past the end of a year its days meet those of the next one: each keeps a day free on both sides.
        while {jour - JOUR, jour, jour + JOUR} & self.jours.keys():
            jour = debut + datetime.timedelta(days=next(self._rangs) * 2)
        self._keep(self.jours, jour, champ, place, jour)
        return jour

    def moment(self, champ: str, place: str) -> datetime.datetime:
        """Return nine o’clock of a day of its own."""
        return timezone.make_aware(datetime.datetime.combine(self.day(champ, place), datetime.time(9)))

    def digits(self, champ: str, place: str, debut: str) -> str:
        """Return and keep a number of its own, written with these first digits."""
        chiffres = f"{debut}{next(self._rangs):03d}"
        self._keep(self.nombres, chiffres, champ, place, chiffres)
        return chiffres

    def _keep(self, sorte: dict[Any, Canari], cle: Any, champ: str, place: str, valeur: Any) -> None:
        assert cle not in sorte, f"{champ} and {sorte[cle]} have the same canary"
        canari = Canari(champ, place, class_of(champ), valeur)
        sorte[cle] = canari
        self.tous.append(canari)


def class_of(champ: str) -> Classe:
    """Return the class of « app.Modele.champ »."""
    app, modele, nom = champ.split(".")
    return class_by_field(models_of()[f"{app}.{modele}"])[nom]


@cache
def models_of() -> dict[str, Any]:
    """Return the house's models by « app.Modele »."""
    return {m._meta.label: m for m in house_models() if not m._meta.auto_created}
