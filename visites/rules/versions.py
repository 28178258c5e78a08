"""Which version of a rule of visits may stand, and what a person should know before adopting it."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from visites.enums import Declencheur, Operateur, Unite
from visites.rules.regles import DEMANDES, REPRISES, Regle, word_condition
from visites.rules.suivi import PERIODIQUES

TOUJOURS = frozenset({"libelle", "priorite", "active", "date_effet", "source", "fiabilite"})
SEUILS = frozenset({"operateur", "seuil", "operateur_fin", "seuil_fin"})
DELAI = frozenset({"decalage", "unite"})
RECUL = frozenset({"recul_mois"})
CHAINE = SEUILS | DELAI | RECUL | {"depart", "types_absence"}
# What the calculation reads of each rule (rules/occasions.py): the form offers nothing else.
LUS: Mapping[str, frozenset[str]] = {
    **{code: frozenset({"natures"}) for code in PERIODIQUES.values()},
    Declencheur.NOUVEL_ARRIVANT: SEUILS | RECUL | {"unite_seuil"},
    **{code: CHAINE for code in REPRISES},
    Declencheur.FIN_CLD: CHAINE | {"positions"},
    Declencheur.FIN_CLM: CHAINE | {"positions"},
    Declencheur.PREREPRISE: CHAINE,
    Declencheur.POSITION: DELAI | RECUL | {"positions"},
    **{code: DELAI for code in DEMANDES},
    Declencheur.RELANCE: SEUILS | DELAI | RECUL,
}
# The two rules that share the absences for illness between them, the shorter ones first.
PARTAGE = (Declencheur.MALADIE, Declencheur.LONGUE_MALADIE)
DECALAGE_MAX = {Unite.JOURS: 366, Unite.MOIS: 60}
SEUIL_MAX, RECUL_MAX, PRIORITE_MAX = 3660, 120, 99
VERS_LE_HAUT = {Operateur.PLUS, Operateur.AU_MOINS}
ANNEES_MAX = 10  # further ahead, a year was mistyped
AU_DELA = 30  # days looked at past the highest threshold


@dataclass(frozen=True)
class Version:
    """A version as it was typed, and what is known of its rule."""

    regle: Regle
    jour: datetime.date
    motif_propose: bool = True
    types_connus: Collection[int] = ()
    positions_connues: Collection[str] = ()
    en_vigueur_depuis: datetime.date | None = None
    dates_prises: Collection[datetime.date] = ()


@dataclass(frozen=True)
class Plage:
    """Lengths of absence from one to another, in days and half days; no end means without limit."""

    debut: float
    fin: float | None

    def __str__(self) -> str:
        if self.fin is None:
            return f"à partir de {_days(self.debut)} jours"
        if self.debut == self.fin:
            return f"de {_days(self.debut)} jours exactement"
        return f"de {_days(self.debut)} à {_days(self.fin)} jours"


def reads(code: str) -> frozenset[str]:
    """The columns that count for this rule; a missed visit is due again for the motive that it had."""
    motif = frozenset() if code == Declencheur.RELANCE else frozenset({"motif"})
    return TOUJOURS | motif | LUS.get(code, frozenset())


def word_rule(regle: Regle) -> str:
    """Write the condition; a missed appointment is counted, not measured."""
    if regle.code == Declencheur.RELANCE and regle.seuil is not None:
        return f"{word_condition(regle).removesuffix(f' {regle.unite_seuil}')} rendez-vous manqué"
    return word_condition(regle)


def refuse_version(version: Version) -> list[tuple[str, str]]:
    """Refusals as (column, French sentence); empty when the version may stand."""
    refus = [*_refuse_day(version), *_refuse_thresholds(version.regle), *_refuse_numbers(version.regle)]
    if not version.motif_propose and "motif" in reads(version.regle.code):
        refus.append(("motif", "Ce motif n’est plus proposé : choisissez-en un autre."))
    if set(version.regle.types) - set(version.types_connus):
        refus.append(("types_absence", "Un de ces types d’absence n’existe pas."))
    if set(version.regle.positions) - set(version.positions_connues):
        refus.append(("positions", "Une de ces positions n’existe pas."))
    return refus


def _refuse_day(version: Version) -> list[tuple[str, str]]:
    date, depuis = version.regle.date_effet, version.en_vigueur_depuis
    if date < version.jour:
        return [("date_effet", "Choisissez ce jour ou un jour à venir : une règle ne change pas le passé.")]
    if date.year > version.jour.year + ANNEES_MAX:
        return [("date_effet", f"Choisissez un jour d’ici la fin de {version.jour.year + ANNEES_MAX}.")]
    if depuis is not None and date <= depuis:
        phrase = f"La version en vigueur l’est depuis le {depuis:%d/%m/%Y} : choisissez un jour qui la suit."
        return [("date_effet", phrase)]
    if date in version.dates_prises:
        return [("date_effet", "Une version est déjà prévue ce jour-là : corrigez-la ou retirez-la.")]
    return []


def _refuse_thresholds(regle: Regle) -> list[tuple[str, str]]:
    """A threshold goes with its condition, and two of them leave something between them."""
    refus = []
    for operateur, seuil, champ in (
        (regle.operateur, regle.seuil, "seuil"),
        (regle.operateur_fin, regle.seuil_fin, "seuil_fin"),
    ):
        if bool(operateur) != (seuil is not None):
            manque = champ.replace("seuil", "operateur") if seuil is not None else champ
            refus.append((manque, "Un seuil va avec sa condition : remplissez les deux, ou aucun des deux."))
        elif seuil is not None and not 0 <= seuil <= SEUIL_MAX:
            refus.append((champ, f"Le seuil va de 0 à {SEUIL_MAX}."))
    if refus:
        return refus
    if regle.seuil_fin is not None and regle.seuil is None:
        return [("operateur_fin", "Remplissez d’abord la première condition.")]
    if regle.seuil is None:
        return []
    if regle.seuil_fin is not None and _same_way(regle.operateur, regle.operateur_fin):
        return [("operateur_fin", "Les deux conditions vont dans le même sens : une seule suffit.")]
    if not any(regle.accepts(nombre) for nombre in _lengths([regle], entiers=regle.code == "relance")):
        return [("seuil_fin" if regle.seuil_fin is not None else "seuil", f"« {word_rule(regle)} » : {RIEN}")]
    return []


RIEN = "aucun nombre ne répond à cette condition."


def _same_way(un: str, autre: str) -> bool:
    return (un in VERS_LE_HAUT) == (autre in VERS_LE_HAUT)


def _refuse_numbers(regle: Regle) -> list[tuple[str, str]]:
    """Limits of the other numbers."""
    refus = []
    lus = reads(regle.code)
    maxi = DECALAGE_MAX[Unite(regle.unite)]
    if "decalage" in lus and regle.decalage is None:
        refus.append(("decalage", "Dites dans combien de temps la visite est due ; 0 pour le jour même."))
    elif regle.decalage is not None and abs(regle.decalage) > maxi:
        refus.append(("decalage", f"Le décalage va de −{maxi} à {maxi} {regle.unite}."))
    if not 1 <= regle.priorite <= PRIORITE_MAX:
        refus.append(("priorite", f"La priorité va de 1 (la plus pressante) à {PRIORITE_MAX}."))
    if regle.recul_mois is not None and not 1 <= regle.recul_mois <= RECUL_MAX:
        refus.append(("recul_mois", f"Le recul va de 1 à {RECUL_MAX} mois."))
    return refus


def warn_version(regle: Regle, active: bool, autres: Mapping[str, Regle]) -> list[str]:
    """Sentences that a person should read before adopting; `autres` are the other rules of that day."""
    phrases = []
    if not active:
        phrases.append(
            "La règle ne s’appliquera plus : les visites qu’elle rend dues seront closes, sans objet."
        )
    if active and "types_absence" in reads(regle.code) and not regle.types:
        phrases.append("Sans type d’absence choisi, toute absence compte, congés annuels compris.")
    if regle.code in PARTAGE:
        par_code: dict[str, Regle] = {
            code: autres[code] for code in PARTAGE if code in autres and code != regle.code
        }
        if active:
            par_code[regle.code] = regle
        phrases += _warn_shared([par_code[code] for code in PARTAGE if code in par_code])
    return phrases


def _warn_shared(regles: Sequence[Regle]) -> list[str]:
    """Lengths of absence that no rule of illness holds, and those that both do."""
    noms = " ni ".join(f"« {regle.libelle} »" for regle in regles)
    verbe = "ne les retiennent" if len(regles) > 1 else "ne les retient pas"
    phrases = [
        f"Les absences pour maladie {plage} ne donneront aucune visite de reprise : "
        f"{'ni ' if len(regles) > 1 else ''}{noms} {verbe}."
        for plage in find_holes(regles)
    ]
    if len(regles) > 1:
        phrases += [
            f"Les absences pour maladie {plage} répondent aux deux règles : « {regles[-1].libelle} » "
            "l’emporte."
            for plage in find_overlaps(regles)
        ]
    return phrases


def find_holes(regles: Sequence[Regle]) -> list[Plage]:
    """Lengths above the lowest that a rule holds and that no rule holds."""
    tenues = [n for n in _lengths(regles) if any(r.accepts(n) for r in regles)]
    if not tenues:
        return []
    return _runs(
        [n for n in _lengths(regles) if n > tenues[0]], lambda n: not any(r.accepts(n) for r in regles)
    )


def find_overlaps(regles: Sequence[Regle]) -> list[Plage]:
    """Lengths that all these rules hold."""
    return _runs(_lengths(regles), lambda n: all(r.accepts(n) for r in regles))


def _runs(nombres: Sequence[float], garde: Callable[[float], bool]) -> list[Plage]:
    """The runs of numbers that pass; one that reaches the last number has no end."""
    plages: list[Plage] = []
    debut: float | None = None
    for rang, nombre in enumerate(nombres):
        if not garde(nombre):
            if debut is not None:
                plages.append(Plage(debut, nombres[rang - 1]))
            debut = None
        elif debut is None:
            debut = nombre
    return plages if debut is None else [*plages, Plage(debut, None)]


def _lengths(regles: Sequence[Regle], entiers: bool = False) -> list[float]:
    """Every length that the thresholds can tell apart, in half days; whole numbers for what is counted."""
    haut = max([s for r in regles for s in (r.seuil, r.seuil_fin) if s is not None], default=0) + AU_DELA
    return [float(n) for n in range(1, haut + 1)] if entiers else [n / 2 for n in range(1, 2 * haut + 1)]


def _days(nombre: float) -> str:
    return f"{nombre:g}".replace(".", ",")
