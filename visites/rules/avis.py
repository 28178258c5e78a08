"""What a conclusion must hold before it is signed."""

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from nouvea_sst.lib.dates import add_months
from visites.enums import Conclusion, EtendueMesure, NatureVisite

CONCLUSIONS: dict[str, tuple[Conclusion, ...]] = {
    NatureVisite.EXAMEN: (
        Conclusion.APTE,
        Conclusion.AMENAGEMENT,
        Conclusion.INAPTE_TEMPORAIRE,
        Conclusion.INAPTE_POSTE,
        Conclusion.DIFFERE,
    ),
    NatureVisite.VIP: (Conclusion.ATTESTATION, Conclusion.DIFFERE),
}
AVEC_DATE_DE_REVUE = {Conclusion.INAPTE_TEMPORAIRE, Conclusion.DIFFERE}
MESSAGE_MAX = 2000
EN_DOUBLE = "Déjà dite à ces dates\u202f: réunissez les précisions en une ligne."
DEJA_EN_COURS = "déjà en cours à ces dates\u202f: mettez fin à celle qui court, ou retirez la ligne."
EN_COURS = (
    f"Une mesure est encore en cours\u202f: mettez-y fin, ou choisissez « {Conclusion.AMENAGEMENT.label} »."
)
_DUREE = re.compile(r"\+?\s*([1-9]\d?)\s*(j|s|m|a)(?:ours?|emaines?|ois|ns?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Mesure:
    """A restriction as it was typed: type by key, both days included, no end means until further notice.

    `confirmes`: the clinical words of its precision that the signer keeps.
    """

    type_id: int
    precision: str
    date_debut: datetime.date
    date_fin: datetime.date | None = None
    confirmes: Collection[str] = ()
    etendue: str = EtendueMesure.TOUT


@dataclass(frozen=True)
class Courante:
    """A measure of an earlier visit that holds on the day of this one, or begins later; no end if None."""

    cle: int
    type_id: int
    date_debut: datetime.date
    date_fin: datetime.date | None


@dataclass(frozen=True)
class Avis:
    """A conclusion as it was typed; `confirmes`: the clinical words of its message that the signer keeps.

    `finies`: keys of the running measures that it ends.
    """

    conclusion: str
    validite_mois: int | None = None
    prochaine_visite: datetime.date | None = None
    message_employeur: str = ""
    mesures: Sequence[Mesure] = ()
    confirmes: Collection[str] = ()
    orientation_id: int | None = None
    finies: Collection[int] = ()


def is_span(texte: str) -> bool:
    """Whether a text says how long, and no day: « 6m », « 15 j », « 3 semaines », « 1 an »."""
    return _DUREE.fullmatch(texte.strip()) is not None


def end_of_span(texte: str, debut: datetime.date) -> datetime.date:
    """Return the last day of what lasts that long from `debut`. Raises ValueError for what is no span."""
    lu = _DUREE.fullmatch(texte.strip())
    if lu is None:
        raise ValueError("no span")
    nombre, unite = int(lu[1]), lu[2].lower()
    if unite in "js":
        return debut + datetime.timedelta(days=nombre if unite == "j" else 7 * nombre)
    return add_months(debut, nombre if unite == "m" else 12 * nombre)


def said_twice(mesures: Sequence[Mesure]) -> list[int]:
    """Places, from 0, of the measures that a line before says already for some of their days."""
    return sorted({seconde for (_, a), (seconde, b) in combinations(enumerate(mesures), 2) if _meet(a, b)})


def _meet(a: Mesure | Courante, b: Mesure | Courante) -> bool:
    """Whether two measures are of a kind and share a day."""
    loin = datetime.date.max
    return (
        a.type_id == b.type_id
        and a.date_debut <= (b.date_fin or loin)
        and b.date_debut <= (a.date_fin or loin)
    )


def next_visit(avis: Avis, date_visite: datetime.date) -> datetime.date | None:
    """The day chosen for the next visit: the sooner of the date typed and the months chosen, or None."""
    choix = [avis.prochaine_visite]
    if avis.validite_mois:
        choix.append(add_months(date_visite, avis.validite_mois))
    return min((jour for jour in choix if jour is not None), default=None)


def validity_kept(avis: Avis, date_visite: datetime.date) -> int | None:
    """The number of months to print: only when the day chosen is exactly that many months after the visit."""
    prochaine = next_visit(avis, date_visite)
    if prochaine is None:
        return None
    mois = (prochaine.year - date_visite.year) * 12 + prochaine.month - date_visite.month
    return mois if mois > 0 and add_months(date_visite, mois) == prochaine else None


def settle(avis: Avis, date_visite: datetime.date, regle_jour: datetime.date | None) -> Avis:
    """Return the conclusion with its one day of the next visit: the one chosen, else the rule's.

    A temporary conclusion takes none from the rule: it must choose a closer one.
    """
    chosen = next_visit(avis, date_visite)
    if chosen is None and avis.conclusion not in AVEC_DATE_DE_REVUE:
        chosen = regle_jour
    return replace(avis, validite_mois=None, prochaine_visite=chosen)


def is_come(date_visite: datetime.date | None, jour: datetime.date) -> bool:
    """Whether the day of the visit has come: before it nothing is concluded and nobody was absent."""
    return date_visite is not None and date_visite <= jour


def refuse_avis(
    avis: Avis,
    *,
    nature: str,
    date_visite: datetime.date | None,
    jour: datetime.date,
    regle_jour: datetime.date | None = None,
    courantes: Sequence[Courante] = (),
) -> list[tuple[str, str]]:
    """Refusals as (field, French sentence); empty when the conclusion may be signed on `jour`.

    `courantes`: measures of earlier visits, which stay unless it ends them. A temporary conclusion must
    choose a day closer than the rule's, when the rule gives one.
    """
    if date_visite is None:
        return [("", "Cette visite n’a pas de date : placez-la d’abord.")]
    if not is_come(date_visite, jour):
        return [("", f"La visite est placée le {date_visite:%d/%m/%Y} : elle se conclut ce jour-là.")]
    gardees = [courante for courante in courantes if courante.cle not in avis.finies]
    refus = _refuse_conclusion(avis, nature, bool(gardees))
    prochaine = next_visit(avis, date_visite)
    if needs_closer(avis, date_visite, regle_jour):
        refus.append(
            ("prochaine_visite", f"Cette conclusion demande de revoir l’agent\u202f: {_closer(regle_jour)}.")
        )
    if prochaine is not None and prochaine <= date_visite:
        refus.append(("prochaine_visite", f"La prochaine visite suit celle du {date_visite:%d/%m/%Y}."))
    elif is_too_far(avis, date_visite, regle_jour):
        refus.append(("prochaine_visite", f"{_at_the_latest(regle_jour)}."))
    if len(avis.message_employeur) > MESSAGE_MAX:
        refus.append(("message_employeur", f"Le message tient en {MESSAGE_MAX} caractères."))
    refus += [
        ("mesures", f"Mesure {rang} : la fin précède le début.")
        for rang, mesure in enumerate(avis.mesures, start=1)
        if mesure.date_fin is not None and mesure.date_fin < mesure.date_debut
    ]
    refus += [
        ("mesures", f"Mesure {rang} : elle commence au plus tôt le jour de la visite.")
        for rang, mesure in enumerate(avis.mesures, start=1)
        if mesure.date_debut < date_visite
    ]
    refus += [("mesures", f"Mesure {rang + 1} : {EN_DOUBLE}") for rang in said_twice(avis.mesures)]
    refus += [
        ("mesures", f"Mesure {rang} : {DEJA_EN_COURS}")
        for rang, mesure in enumerate(avis.mesures, start=1)
        if any(_meet(mesure, gardee) for gardee in gardees)
    ]
    return refus


def is_too_far(avis: Avis, date_visite: datetime.date, regle_jour: datetime.date | None) -> bool:
    """Whether the day chosen is later than the rule's: paper and due date would not agree."""
    prochaine = next_visit(avis, date_visite)
    return (
        avis.conclusion not in AVEC_DATE_DE_REVUE
        and prochaine is not None
        and regle_jour is not None
        and prochaine > regle_jour
    )


def _at_the_latest(regle_jour: datetime.date | None) -> str:
    jour = f"{regle_jour:%d/%m/%Y}" if regle_jour else ""
    return f"La règle demande une visite au plus tard le {jour}\u202f: choisissez ce jour ou un plus proche"


def needs_closer(avis: Avis, date_visite: datetime.date, regle_jour: datetime.date | None) -> bool:
    """Whether a temporary conclusion still lacks a day of review closer than the rule's."""
    prochaine = next_visit(avis, date_visite)
    far = prochaine is None or (regle_jour is not None and prochaine >= regle_jour)
    return avis.conclusion in AVEC_DATE_DE_REVUE and far


def _closer(regle_jour: datetime.date | None) -> str:
    if regle_jour is None:
        return "choisissez une date de revue"
    return f"choisissez une date de revue plus proche que le {regle_jour:%d/%m/%Y}"


def _refuse_conclusion(avis: Avis, nature: str, garde: bool) -> list[tuple[str, str]]:
    if not avis.conclusion:
        return [("conclusion", "Choisissez une conclusion.")]
    if avis.conclusion not in CONCLUSIONS[nature]:
        if avis.conclusion == Conclusion.ATTESTATION:
            return [("conclusion", "L’attestation conclut une visite d’information et de prévention.")]
        return [
            ("conclusion", "Une visite d’information et de prévention donne une attestation, pas un avis.")
        ]
    if avis.conclusion == Conclusion.AMENAGEMENT and not avis.mesures and not garde:
        return [("mesures", "« Apte avec aménagement ou restriction » demande au moins une mesure.")]
    if avis.conclusion == Conclusion.APTE and avis.mesures:
        libelle = Conclusion.AMENAGEMENT.label
        return [("conclusion", f"Avec une mesure, la conclusion est « {libelle} ».")]
    if avis.conclusion == Conclusion.APTE and garde:
        return [("conclusion", EN_COURS)]
    return []


def describe_choice(
    avis: Avis, *, date_visite: datetime.date, regle_jour: datetime.date | None, regle_mois: int | None
) -> str:
    """Say how the day chosen stands to the rule's: « plus court », or that one is missing."""
    if needs_closer(avis, date_visite, regle_jour):
        return f"{_closer(regle_jour).capitalize()}."
    if regle_jour is None or regle_mois is None:
        return ""
    if is_too_far(avis, date_visite, regle_jour):
        return f"{_at_the_latest(regle_jour)}."
    propose = f"La règle propose {regle_mois} mois, soit le {regle_jour:%d/%m/%Y}"
    prochaine = next_visit(avis, date_visite)
    if prochaine is None or prochaine == regle_jour:
        return f"{propose}."
    return f"La règle propose {regle_mois} mois\u202f; vous avez choisi plus court."
