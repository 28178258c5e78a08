"""Whether a visit may stand on a day and hour."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from agents.rules.absences import Arret, overlap
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.dates import SAMEDI, add_months
from visites.enums import NatureVisite
from visites.rules.absences import Empechement

MIDI = datetime.time(12, 0)


@dataclass(frozen=True)
class Plage:
    """The first and the last hour at which a visit may begin, and every how many minutes."""

    premier: datetime.time
    dernier: datetime.time
    pas: int


def hour_of(heures: Decimal) -> datetime.time:
    """Return the hour that a parameter counts in hours: 7.25 is 07:15.

    >>> hour_of(Decimal("7.25"))
    datetime.time(7, 15)
    """
    return datetime.time(*divmod(round(heures * 60), 60))


@dataclass(frozen=True)
class Placement:
    """What is asked, and what is known of the agent, of the day and of the professional."""

    jour: datetime.date
    date: datetime.date
    heure: datetime.time
    nature: str
    role_professionnel: str
    plage: Plage
    embauche: datetime.date | None = None
    depart: datetime.date | None = None
    est_elu: bool = False
    propre_dossier: bool = False
    feries: Collection[datetime.date] = field(default_factory=frozenset)
    heures_prises: Collection[datetime.time | None] = field(default_factory=frozenset)
    motif_deja_place: datetime.date | None = None
    horizon_mois: int | None = None
    empechement: Empechement | None = None
    absence: Arret | None = None
    malgre_absence: bool = False


def slots(plage: Plage) -> list[datetime.time]:
    """Hours at which a visit may start, from the first to the last of the day, by its step."""
    debut = plage.premier.hour * 60 + plage.premier.minute
    fin = plage.dernier.hour * 60 + plage.dernier.minute
    return [datetime.time(*divmod(minute, 60)) for minute in range(debut, fin + 1, plage.pas)]


def refuse_placement(demande: Placement) -> list[tuple[str, str]]:
    """Refusals as (field, French sentence), the most decisive first; empty when the visit may stand."""
    refus = []
    if demande.est_elu:
        refus.append(("", "Un élu n’a pas de suivi médical : aucune visite ne se place."))
    if demande.propre_dossier:
        refus.append(("professionnel", "Personne ne reçoit sa propre visite : choisissez un autre compte."))
    if demande.motif_deja_place is not None:
        refus.append(
            (
                "motif",
                f"Déjà placée le {demande.motif_deja_place:%d/%m/%Y} pour ce motif : déplacez-la.",
            )
        )
    refus += _refuse_professional(demande)
    jour_refuse = _refuse_day(demande)
    if jour_refuse:
        return [*refus, ("date", jour_refuse)]
    return refus + _refuse_away(demande) + _refuse_absence(demande) + _refuse_hour(demande)


def _refuse_professional(demande: Placement) -> list[tuple[str, str]]:
    if demande.role_professionnel not in {Role.MEDECIN, Role.INFIRMIER}:
        return [("professionnel", "Une visite se tient avec un médecin ou un infirmier.")]
    if demande.role_professionnel == Role.INFIRMIER and demande.nature != NatureVisite.VIP:
        return [("professionnel", "Un examen d’aptitude se tient avec le médecin du travail.")]
    return []


def _refuse_day(demande: Placement) -> str:
    date = demande.date
    if date < demande.jour:
        return f"Le {date:%d/%m/%Y} est passé."
    if date.weekday() >= SAMEDI:
        return f"Le {date:%d/%m/%Y} est un {'samedi' if date.weekday() == SAMEDI else 'dimanche'}."
    if date in demande.feries:
        return f"Le {date:%d/%m/%Y} est férié ou chômé."
    if demande.embauche is not None and date < demande.embauche:
        return f"L’agent n’arrive que le {demande.embauche:%d/%m/%Y}."
    if demande.depart is not None and date > demande.depart:
        return f"L’agent part le {demande.depart:%d/%m/%Y}, avant cette date."
    return _refuse_far(demande)


def _refuse_far(demande: Placement) -> str:
    if demande.horizon_mois is None:
        return (
            "Le référentiel ne dit pas jusqu’à quand une visite se place : "
            "la valeur « Une visite se place au plus tard dans les » est à compléter."
        )
    fin = add_months(demande.jour, demande.horizon_mois)
    if demande.date <= fin:
        return ""
    return (
        f"Le {demande.date:%d/%m/%Y} est trop loin : une visite se place au plus {demande.horizon_mois} mois "
        f"à l’avance, jusqu’au {fin:%d/%m/%Y}."
    )


def absence_at(date: datetime.date, heure: datetime.time, arrets: Sequence[Arret]) -> Arret | None:
    """Return what keeps the agent away at this hour: all the absences that follow on, as one; None without.

    Half days count: who is absent until noon may come in the afternoon.
    """
    matin = heure < MIDI
    demi_journee = Arret(date, date, debut_apres_midi=not matin, fin_matin=matin)
    reunie = demi_journee
    for arret in sorted(arrets, key=lambda a: a.bornes):
        if arret.bornes[0] <= reunie.bornes[1] + 1 and arret.bornes[1] >= reunie.bornes[1]:
            reunie = Arret(reunie.debut, arret.fin, reunie.debut_apres_midi, arret.fin_matin)
    return reunie if any(overlap(demi_journee, arret) for arret in arrets) else None


def _refuse_away(demande: Placement) -> list[tuple[str, str]]:
    if demande.empechement is None:
        return []
    lu = demande.empechement
    return [("date", f"Ce professionnel est {lu.mots} {lu.quand} : choisissez un autre jour.")]


def _refuse_absence(demande: Placement) -> list[tuple[str, str]]:
    absence = demande.absence
    if absence is None or demande.malgre_absence:
        return []
    fin = f"{absence.fin:%d/%m/%Y}{' à midi' if absence.fin_matin else ''}"
    return [
        (
            "malgre_absence",
            f"L’agent est absent jusqu’au {fin} : choisissez un autre jour, ou cochez la case.",
        )
    ]


def _refuse_hour(demande: Placement) -> list[tuple[str, str]]:
    plage = demande.plage
    if not plage.premier <= demande.heure <= plage.dernier:
        phrase = f"Les visites commencent entre {plage.premier:%H:%M} et {plage.dernier:%H:%M}."
        return [("heure", phrase)]
    if demande.heure not in demande.heures_prises:
        return []
    libres = [h for h in slots(plage) if h > demande.heure and h not in demande.heures_prises][:3]
    suite = f" Libres ensuite : {', '.join(f'{h:%H:%M}' for h in libres)}." if libres else ""
    return [("heure", f"Ce professionnel a déjà une visite à {demande.heure:%H:%M}.{suite}")]
