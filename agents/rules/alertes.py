"""Which alerts an agent's absences raise on a day: long leave, end of pay, repeated short absences.

Only the highest threshold passed holds, and the end of half pay takes the place of the end of full pay: one
leave asks for one look at a time. An occasion is the first day of the leave, or of the absence with which a
series of short ones became one: what a person decided about it stands.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from agents.enums import FamilleAbsence, RegleAlerte
from agents.rules.chaines import Chaine
from agents.rules.droits_maladie import Solde
from nouvea_sst.lib.dates import add_months

# The families whose absences may end in a return to work that has to be prepared.
SURVEILLEES = (
    FamilleAbsence.MALADIE,
    FamilleAbsence.LONGUE,
    FamilleAbsence.ACCIDENT,
    FamilleAbsence.PROFESSIONNELLE,
)


@dataclass(frozen=True)
class Reglage:
    """A number of the reference data, with where it comes from."""

    nombre: int
    version: str = ""
    source: str = ""
    fiabilite: str = ""


@dataclass(frozen=True)
class Reglages:
    """What the rules read of the reference data."""

    avant: Reglage
    seuils: tuple[Reglage, ...]
    nombre: Reglage
    mois: Reglage
    courte: Reglage


@dataclass(frozen=True)
class Constat:
    """A rule that holds: for which occasion, until when, and its proof."""

    regle: RegleAlerte
    seuil: int
    occasion: datetime.date
    limite: datetime.date | None
    preuve: dict[str, Any]

    @property
    def cle(self) -> tuple[str, int, datetime.date]:
        """What makes it one alert of its agent."""
        return self.regle.value, self.seuil, self.occasion


def find_alertes(
    jour: datetime.date, chaines: Sequence[Chaine], solde: Solde | None, reglages: Reglages
) -> list[Constat]:
    """Return what holds on a day for one agent.

    `chaines`: his leaves of the families watched, oldest first. `solde`: his sick-leave rights on that day
    when he is on a stop that counts, else None.
    """
    en_cours = next((c for c in reversed(chaines) if c.debut <= jour <= c.fin), None)
    trouves = [repeated_short(jour, chaines, reglages)]
    if en_cours is not None:
        trouves.append(long_leave(jour, en_cours, reglages.seuils))
        if solde is not None:
            trouves.append(end_of_pay(jour, en_cours, solde, reglages.avant))
    return [constat for constat in trouves if constat is not None]


def long_leave(jour: datetime.date, chaine: Chaine, seuils: Iterable[Reglage]) -> Constat | None:
    """Return the highest threshold that the leave under way has passed; None below the lowest."""
    ecoules = days_until(chaine, jour)
    passes = [seuil for seuil in seuils if ecoules >= seuil.nombre]
    if not passes:
        return None
    seuil = max(passes, key=lambda s: s.nombre)
    faits = [
        ("Absent depuis le", _day(chaine.debut)),
        ("Jours d’absence à ce jour", str(ecoules)),
        ("Fin connue", _day(chaine.fin)),
    ]
    regle = f"Une absence qui atteint {_count(seuil.nombre, 'jour')} demande un point sur la situation."
    calcul = f"{_count(ecoules, 'jour')}, seuil de {_count(seuil.nombre, 'jour')}"
    preuve = _proof(regle, seuil, faits, calcul)
    return Constat(RegleAlerte.SEUIL, seuil.nombre, chaine.debut, None, preuve)


def end_of_pay(jour: datetime.date, chaine: Chaine, solde: Solde, avant: Reglage) -> Constat | None:
    """Return the end of half pay when it is near or past, else that of full pay; None when both are far."""
    if not solde.droits.total:
        return None
    plein, demi = int(solde.reste_plein), int(solde.reste_demi)
    regle, reste, passe = RegleAlerte.FIN_PLEIN, plein, solde.dernier_plein
    if solde.droits.demi and plein + demi <= avant.nombre:
        regle, reste, passe = RegleAlerte.FIN_DEMI, plein + demi, solde.dernier_paye
    if reste > avant.nombre:
        return None
    mot = "plein traitement" if regle == RegleAlerte.FIN_PLEIN else "demi-traitement"
    limite = jour + datetime.timedelta(days=reste) if reste else passe
    faits = [
        ("Absent depuis le", _day(chaine.debut)),
        ("Fin connue", _day(chaine.fin)),
        ("Plein traitement", f"{_count(solde.droits.plein, 'jour')}, reste {_count(plein, 'jour')}"),
        ("Demi-traitement", f"{_count(solde.droits.demi, 'jour')}, reste {_count(demi, 'jour')}"),
    ]
    dit = f"L’alerte se lève {_count(avant.nombre, 'jour')} avant la fin du {mot}, si l’absence continue."
    calcul = f"Dernier jour payé ainsi : {_day(limite)}" if limite else f"Aucun jour à {mot} dans cet arrêt"
    if limite and limite < jour:
        calcul += f", passé : le {mot} est épuisé"
    return Constat(regle, 0, chaine.debut, limite, _proof(dit, avant, faits, calcul))


def repeated_short(jour: datetime.date, chaines: Sequence[Chaine], reglages: Reglages) -> Constat | None:
    """Return the series of short absences that holds on a day; it begins with the one that made it one."""
    mois, nombre, courte = reglages.mois.nombre, reglages.nombre.nombre, reglages.courte.nombre
    debuts = sorted(c.debut for c in chaines if c.jours <= courte and c.debut <= jour)
    comptees = [d for d in debuts if d > add_months(jour, -mois)]
    if len(comptees) < nombre:
        return None
    occasion = debuts[0]
    precedent = 0
    for rang, debut in enumerate(debuts, start=1):
        compte = sum(1 for d in debuts[:rang] if d > add_months(debut, -mois))
        if compte >= nombre > precedent:
            occasion = debut
        precedent = compte
    faits = [
        ("Absences courtes", str(len(comptees))),
        ("Premiers jours", ", ".join(_day(d) for d in comptees)),
    ]
    regle = (
        f"{_count(nombre, 'absence')} d’au plus {_count(courte, 'jour')} en {mois} mois "
        "demandent un point sur la situation."
    )
    calcul = f"{_count(len(comptees), 'absence')} en {mois} mois, seuil de {nombre}"
    preuve = _proof(regle, reglages.nombre, faits, calcul)
    return Constat(RegleAlerte.REPETEES, 0, occasion, None, preuve)


def days_until(chaine: Chaine, jour: datetime.date) -> int:
    """Calendar days absent in a leave up to a day, that day included; one between two stops is none."""
    total, occupe = 0, 0
    for ligne in sorted(chaine.lignes, key=lambda x: (x[1], x[2])):
        debut = max(ligne[1].toordinal(), occupe + 1)
        fin = min(ligne[2].toordinal(), jour.toordinal())
        if fin >= debut:
            total += fin - debut + 1
            occupe = fin
    return total


def _proof(regle: str, reglage: Reglage, faits: list[tuple[str, str]], calcul: str) -> dict[str, Any]:
    """What « Pourquoi » shows, as it is stored."""
    return {
        "regle": regle,
        "version": reglage.version,
        "source": reglage.source,
        "fiabilite": reglage.fiabilite,
        "faits": [{"libelle": libelle, "valeur": valeur} for libelle, valeur in faits],
        "calcul": calcul,
    }


def _count(nombre: int, nom: str) -> str:
    return f"{nombre} {nom}{'s' if nombre > 1 else ''}"


def _day(jour: datetime.date) -> str:
    return f"{jour:%d/%m/%Y}"
