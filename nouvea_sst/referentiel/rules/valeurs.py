"""Which value a parameter may take, from which day, and how it is written."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from nouvea_sst.referentiel.enums import Fiabilite

HEURE = "heure du jour"


@dataclass(frozen=True)
class Borne:
    """A limit set by another parameter: its label and its value on that day."""

    libelle: str
    valeur: Decimal


@dataclass(frozen=True)
class Saisie:
    """A value as it was typed, and what is known of its parameter."""

    valeur: Decimal
    date_effet: datetime.date
    fiabilite: str
    a_un_texte: bool
    unite: str
    mini: int
    maxi: int
    decimales: int = 0
    en_vigueur_depuis: datetime.date | None = None
    dates_prises: Collection[datetime.date] = ()
    plancher: Borne | None = None
    plafond: Borne | None = None


def write_valeur(valeur: Decimal, unite: str) -> str:
    """Return a value with its unit: « 24 mois », « 7:30 » for an hour of the day.

    >>> write_valeur(Decimal("7.25"), "heure du jour")
    '7:15'
    """
    nombre = write_number(valeur, unite)
    if unite == HEURE:
        return nombre
    mot = unite.removesuffix("s") if valeur < 2 and unite in {"jours", "ans", "minutes", "points"} else unite
    return f"{nombre} {mot}"


def write_number(valeur: Decimal, unite: str) -> str:
    """Return a value without its unit, as it is typed."""
    if unite == HEURE:
        heures, minutes = divmod(int(valeur * 60), 60)
        return f"{heures}:{minutes:02d}"
    return f"{valeur.normalize():f}".replace(".", ",")


def read_valeur(texte: str, unite: str) -> Decimal:
    """Return the number that was typed: « 24 », « 13,5 », « 7:30 ». Raises ValueError for anything else."""
    propre = texte.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if unite == HEURE:
        heures, _, minutes = propre.replace("h", ":").partition(":")
        if not (heures.isdecimal() and (not minutes or minutes.isdecimal())) or int(minutes or 0) > 59:
            raise ValueError("Tapez une heure : 7:00 ou 7:30.")
        return Decimal(int(heures)) + Decimal(int(minutes or 0)) / 60
    if not propre.replace(".", "", 1).isdecimal():
        raise ValueError("Tapez un nombre.")
    return Decimal(propre)


def refuse_valeur(saisie: Saisie) -> list[tuple[str, str]]:
    """Refusals as (field, French sentence); empty when the value may be kept."""
    refus = []
    phrase = _refuse_number(saisie)
    if phrase:
        refus.append(("valeur", phrase))
    depuis = saisie.en_vigueur_depuis
    if depuis is not None and saisie.date_effet <= depuis:
        refus.append(
            (
                "date_effet",
                f"La valeur en vigueur l’est depuis le {depuis:%d/%m/%Y} : choisissez un jour qui la suit.",
            )
        )
    elif saisie.date_effet in saisie.dates_prises:
        refus.append(("date_effet", "Une valeur est déjà prévue ce jour-là : corrigez-la ou retirez-la."))
    if saisie.fiabilite == Fiabilite.TEXTE and not saisie.a_un_texte:
        refus.append(("texte", "« Texte publié » demande le texte : choisissez-le, ou une autre fiabilité."))
    return refus


def _refuse_number(saisie: Saisie) -> str:
    pas = Decimal(1).scaleb(-saisie.decimales)
    if saisie.valeur % pas and saisie.unite != HEURE:
        if saisie.decimales == 0:
            return "Cette valeur est un nombre entier."
        return f"Cette valeur a {saisie.decimales} décimale{'s' if saisie.decimales > 1 else ''} au plus."
    if not saisie.mini <= saisie.valeur <= saisie.maxi:
        bornes = [write_valeur(Decimal(b), saisie.unite) for b in (saisie.mini, saisie.maxi)]
        return f"La valeur va de {bornes[0]} à {bornes[1]}."
    for borne, depasse, mot in (
        (saisie.plancher, lambda v, b: v > b, "plus grande que"),
        (saisie.plafond, lambda v, b: v < b, "plus petite que"),
    ):
        if borne is not None and not depasse(saisie.valeur, borne.valeur):
            return f"La valeur est {mot} « {borne.libelle} », {write_valeur(borne.valeur, saisie.unite)}."
    return ""


def has_begun(date_effet: datetime.date, jour: datetime.date) -> bool:
    """Whether a value or a day off has come: from then on it is neither corrected nor withdrawn."""
    return date_effet <= jour
