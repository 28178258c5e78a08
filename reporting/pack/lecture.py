"""Reads the frozen figures of an edition again, for its page and for its PDF. Asks no database."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from nouvea_sst.lib.affichage import FINE, MOIS, format_date, format_number
from nouvea_sst.lib.dates import Periode
from nouvea_sst.lib.graphiques import Colonnes, Courbe
from reporting.indicateurs import constats
from reporting.indicateurs.courbes import ParMois, draw_accidents, draw_tf1, draw_visites, name_two
from reporting.indicateurs.ecriture import write_ecart, write_evolution, write_period, write_taux
from reporting.rules.empreinte import fingerprint, shorten, write_canonical
from reporting.rules.taux import Comparaison, Definition, Sens, Taux
from signalements.enums import EtatAction

CLES = ("at_avec", "jours_perdus", "tf1", "tg", "absenteisme_medical", "visites_a_jour")
MINUSCULES = {
    "at_avec": "accidents avec arrêt",
    "jours_perdus": "jours perdus",
    "tf1": "taux de fréquence TF1",
    "tg": "taux de gravité TG",
    "absenteisme_medical": "absentéisme médical",
    "visites_a_jour": "visites à jour",
}


@dataclass(frozen=True)
class Indicateur:
    """One line of the table of figures, ready to be written."""

    deux: Comparaison

    @property
    def nom(self) -> str:
        """Its name."""
        return self.deux.definition.nom

    @property
    def code(self) -> str:
        """Its code."""
        return self.deux.definition.code

    @property
    def texte(self) -> str:
        """Its definition."""
        return self.deux.definition.texte

    @property
    def actuel(self) -> str:
        """This period."""
        return write_taux(self.deux.actuel)

    @property
    def avant(self) -> str:
        """The same period a year before."""
        return write_taux(self.deux.avant)

    @property
    def ecart(self) -> str:
        """The change."""
        return write_ecart(self.deux)

    @property
    def mieux(self) -> bool | None:
        """Whether the change is a good one."""
        return self.deux.mieux if self.ecart != "=" else None

    @property
    def raison(self) -> str:
        """Why a figure is missing."""
        return self.deux.actuel.raison or self.deux.avant.raison


@dataclass(frozen=True)
class Cle:
    """One of the six key figures: the number, what it counts, what to compare it with."""

    valeur: str
    nom: str
    contre: str


@dataclass(frozen=True)
class LigneAction:
    """An action of the plan as it was on the day of the edition."""

    numero: str
    intitule: str
    origine: str
    pilote: str
    echeance: datetime.date
    etat: EtatAction
    retard: int


@dataclass(frozen=True)
class LigneMois:
    """Counts of one month."""

    nom: str
    actuel: int
    avant: int


class Dossier:
    """A pack as its template reads it."""

    def __init__(self, chiffres: dict[str, Any]) -> None:
        self.chiffres = chiffres
        self.seance = chiffres["seance"]
        self.points = chiffres["points"]
        self.rang = chiffres["rang"]
        self.situation = chiffres["situation"]
        self.periode = _periode(chiffres["periode"])
        self.arretee_le = datetime.date.fromisoformat(chiffres["arretee_le"])
        self.date = datetime.date.fromisoformat(self.seance["date"]) if self.seance else None
        self.annees = name_two(self.periode)
        self.empreinte = fingerprint(write_canonical(chiffres))

    @property
    def numero(self) -> str:
        """Number of the edition: « CHCT-2026-3, édition 1 »."""
        if self.seance is None or self.date is None:
            return f"CHCT, édition {self.rang}"
        return f"{self.seance['instance']}-{self.date.year}-{self.seance['numero']}, édition {self.rang}"

    @property
    def identite(self) -> str:
        """What stands at the foot of each page."""
        return f"{self.numero}, empreinte {self.empreinte_courte}"

    @property
    def empreinte_courte(self) -> str:
        """Beginning of the hash of the figures."""
        return shorten(self.empreinte)

    @property
    def titre_courant(self) -> str:
        """What stands at the head of each page."""
        quand = "" if self.date is None else f", {format_date(self.date, 'long').partition(' ')[2]}"
        return f"Dossier du CHCT{quand}"

    @property
    def periode_ecrite(self) -> str:
        """The period in words."""
        return write_period(self.periode)

    @cached_property
    def figures(self) -> dict[str, Comparaison]:
        """The indicators by code."""
        return {ligne["code"]: _comparaison(ligne) for ligne in self.chiffres["indicateurs"]}

    @property
    def indicateurs(self) -> list[Indicateur]:
        """The table of figures, in its order."""
        return [Indicateur(deux) for deux in self.figures.values()]

    @property
    def cles(self) -> list[Cle]:
        """The six key figures."""
        return [_cle(code, self.figures[code], self.annees[0]) for code in CLES]

    @property
    def lacunes(self) -> list[str]:
        """Why figures of this period are missing, each reason once."""
        raisons = (deux.actuel.raison for deux in self.figures.values())
        return list(dict.fromkeys(r for r in raisons if r))

    @cached_property
    def accidents(self) -> list[LigneMois]:
        """Accidents with leave by month."""
        return _lignes(self.chiffres["accidents_par_mois"])

    @cached_property
    def visites(self) -> list[LigneMois]:
        """Visits held by month."""
        return _lignes(self.chiffres["visites_par_mois"])

    @property
    def courbe_accidents(self) -> Colonnes:
        """Chart of accidents by month."""
        return draw_accidents(_par_mois(self.chiffres["accidents_par_mois"]), self.periode)

    @property
    def courbe_visites(self) -> Colonnes:
        """Chart of visits by month."""
        return draw_visites(_par_mois(self.chiffres["visites_par_mois"]), self.periode)

    @property
    def courbe_tf1(self) -> Courbe:
        """Chart of the frequency rate."""
        definition = self.figures["tf1"].definition
        points = [(_periode(p), _taux(p, definition)) for p in self.chiffres["tf1"]]
        return draw_tf1(points, self.figures["tf1"].objectif)

    @property
    def totaux_accidents(self) -> LigneMois:
        """Accidents of the whole period."""
        return _total(self.accidents)

    @property
    def totaux_visites(self) -> LigneMois:
        """Visits of the whole period."""
        return _total(self.visites)

    @property
    def actions(self) -> list[LigneAction]:
        """Open actions, by deadline."""
        return [_action(ligne) for ligne in self.chiffres["actions"]]

    @property
    def actions_tues(self) -> int:
        """Open actions that the list leaves out."""
        return self.situation["actions_ouvertes"] - len(self.chiffres["actions"])

    @property
    def points_pour_avis(self) -> list[dict[str, Any]]:
        """Points on which the committee votes."""
        return [p for p in self.points if p["nature"] == "avis"]

    @property
    def phrase_cles(self) -> str:
        """What the key figures say."""
        return constats.find_keys(self.figures, self.situation["en_retard"])

    @property
    def phrase_accidents(self) -> str:
        """What the accidents by month say."""
        return constats.find_peak([(ligne.nom, ligne.actuel) for ligne in self.accidents])

    @property
    def phrase_visites(self) -> str:
        """What the due dates say."""
        a_jour = self.figures["visites_a_jour"]
        return constats.find_a_jour(a_jour.actuel, self.situation["en_retard"], a_jour.objectif)

    @property
    def phrase_actions(self) -> str:
        """What the plan says."""
        return constats.find_actions(self.situation["actions_ouvertes"], self.situation["actions_en_retard"])


def _periode(ligne: dict[str, str]) -> Periode:
    """Both ends of a period."""
    return Periode(datetime.date.fromisoformat(ligne["debut"]), datetime.date.fromisoformat(ligne["fin"]))


def _decimal(texte: str | None) -> Decimal | None:
    """A decimal from its text."""
    return None if texte is None else Decimal(texte)


def _taux(ligne: dict[str, Any], definition: Definition) -> Taux:
    """A figure."""
    haut, bas, valeur = (_decimal(ligne[nom]) for nom in ("numerateur", "denominateur", "valeur"))
    return Taux(haut, bas, valeur, definition, ligne["raison"])


def _comparaison(ligne: dict[str, Any]) -> Comparaison:
    """An indicator with the definition of its time."""
    definition = Definition(
        ligne["code"],
        ligne["nom"],
        ligne["texte"],
        ligne["unite"],
        ligne["decimales"],
        Sens(ligne["sens"]),
    )
    return Comparaison(
        _taux(ligne["actuel"], definition), _taux(ligne["avant"], definition), _decimal(ligne["objectif"])
    )


def _cle(code: str, deux: Comparaison, avant: str) -> Cle:
    """A key figure: « 34 en 2025, soit −21 % », « 15,00 en 2025, objectif 13 »."""
    if deux.actuel.valeur is None:
        contre = deux.actuel.raison
    elif deux.avant.valeur is None:
        contre = ""
    else:
        quand = f"en {avant}" if avant.isdecimal() else avant
        evolution = write_evolution(deux) if code in {"at_avec", "jours_perdus"} else ""
        contre = f"{write_taux(deux.avant)} {quand}" + (f", soit {evolution}" if evolution else "")
    if deux.objectif is not None:
        unite = f"{FINE}%" if deux.definition.unite == "%" else ""
        but = f"objectif {format_number(deux.objectif)}{unite}"
        contre = f"{contre}, {but}" if contre else but
    return Cle(write_taux(deux.actuel), MINUSCULES[code], contre)


def _par_mois(ligne: dict[str, Any]) -> ParMois:
    """Counts by month."""
    return ParMois([(a, m) for a, m in ligne["mois"]], ligne["actuel"], ligne["avant"])


def _lignes(ligne: dict[str, Any]) -> list[LigneMois]:
    """Counts by month as rows of a table; both years stand in its columns, so that a month is enough."""
    par_mois = _par_mois(ligne)
    plusieurs = len(par_mois.mois) > 12
    noms = [f"{MOIS[m - 1]} {a}" if plusieurs else MOIS[m - 1] for a, m in par_mois.mois]
    return [LigneMois(*x) for x in zip(noms, par_mois.actuel, par_mois.avant, strict=True)]


def _total(lignes: list[LigneMois]) -> LigneMois:
    """The sum of the rows."""
    return LigneMois("Total", sum(x.actuel for x in lignes), sum(x.avant for x in lignes))


def _action(ligne: dict[str, Any]) -> LigneAction:
    """An action."""
    lu = ligne | {
        "echeance": datetime.date.fromisoformat(ligne["echeance"]),
        "etat": EtatAction(ligne["etat"]),
    }
    return LigneAction(**lu)
