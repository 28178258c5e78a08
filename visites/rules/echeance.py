"""When an agent is due, and the proof: facts, rule with its version and source, calculation."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agents.enums import CategorieSuivi, ExclusionSuivi, Statut
from agents.rules.categorie import followup_category
from agents.rules.exclusion import exclusion_on
from nouvea_sst.lib.dates import add_months
from visites.enums import RegleEcheance

DELAI_INITIALE = "visites.delai_initiale"
PERIODICITE = "visites.periodicite"


class RegleInconnue(LookupError):
    """The reference data holds no value for a rule on this day; the message says which, in French."""


@dataclass(frozen=True)
class Valeur:
    """One dated value of the reference data, in force on the day of the calculation."""

    code: str
    libelle: str
    valeur: Decimal
    unite: str
    date_effet: datetime.date
    source: str
    fiabilite: str

    @property
    def mois(self) -> int:
        """The value as whole months."""
        return int(self.valeur)


@dataclass(frozen=True)
class FaitsAgent:
    """What the rule reads of an agent."""

    embauche: datetime.date | None = None
    depart: datetime.date | None = None
    est_elu: bool = False
    statut: str = ""
    categorie: str = CategorieSuivi.SIMPLE
    origine_categorie: str = ""
    derniere_visite: datetime.date | None = None
    derniere_visite_pk: int | None = None
    prochaine_choisie: datetime.date | None = None


@dataclass(frozen=True)
class Echeance:
    """The answer: which rule, which day (None without any), and the proof kept with it."""

    regle: RegleEcheance
    jour: datetime.date | None
    preuve: dict[str, Any] = field(default_factory=dict)


def exclusion(faits: FaitsAgent, jour: datetime.date) -> ExclusionSuivi | None:
    """Why the agent has no follow-up on this day; None when he has one."""
    return exclusion_on(
        est_elu=faits.est_elu, date_embauche=faits.embauche, date_depart=faits.depart, jour=jour
    )


def periodicity(categorie: str, statut: str, valeurs: Mapping[str, Valeur]) -> Valeur:
    """The value for this category and statut, else for the category. Raises RegleInconnue without any."""
    return _value(valeurs, f"{PERIODICITE}.{categorie}.{statut}", f"{PERIODICITE}.{categorie}")


def closest_category(poste: str, raisons: tuple[str, ...]) -> tuple[str, bool]:
    """The closest of the follow-ups asked by the post and by dated reasons; whether a reason set it."""
    retenue = followup_category(poste, raisons)
    return retenue, retenue != followup_category(poste)


def due_date(faits: FaitsAgent, valeurs: Mapping[str, Valeur], jour: datetime.date) -> Echeance:
    """Decide an agent's next due date with the values in force on `jour` (metier.md §3.1).

    First visit: hire date + delay. Then: last visit + periodicity, or the day that the professional chose if
    sooner. Without hire date nor visit there is a rule but no day. Raises RegleInconnue when a value lacks.
    """
    hors = exclusion(faits, jour)
    if hors is not None:
        return _excluded(faits, hors)
    if faits.derniere_visite is None:
        return _first(faits, _value(valeurs, DELAI_INITIALE))
    return _periodic(faits, faits.derniere_visite, periodicity(faits.categorie, faits.statut, valeurs))


def _value(valeurs: Mapping[str, Valeur], *codes: str) -> Valeur:
    trouve = next((valeurs[code] for code in codes if code in valeurs), None)
    if trouve is None:
        raise RegleInconnue(f"Le référentiel ne donne aucune valeur à « {codes[-1]} » ce jour-là.")
    return trouve


def _excluded(faits: FaitsAgent, hors: ExclusionSuivi) -> Echeance:
    lignes = {
        ExclusionSuivi.ELU: _fact("Mandat", "membre élu du conseil municipal"),
        ExclusionSuivi.PARTI: _fact("Départ", _day(faits.depart)),
        ExclusionSuivi.PAS_ARRIVE: _fact("Embauche", _day(faits.embauche)),
    }
    preuve = {
        "exclusion": hors.value,
        "regle": "Le suivi médical concerne les agents en poste ; les élus n’en relèvent pas.",
        "version": "",
        "source": "",
        "fiabilite": "",
        "faits": [lignes[hors]],
        "calcul": f"{hors.label}.",
    }
    return Echeance(RegleEcheance.EXCLU, None, preuve)


def _first(faits: FaitsAgent, delai: Valeur) -> Echeance:
    regle = f"Première visite\u202f: au plus tard {delai.mois} {delai.unite} après l’embauche"
    if faits.embauche is None:
        lignes = [_fact("Embauche", "date inconnue"), _fact("Dernière visite", "aucune")]
        calcul = "Sans date d’embauche, le délai n’a pas de point de départ : complétez le dossier."
        return Echeance(RegleEcheance.INITIALE, None, _proof(delai, lignes, calcul, regle))
    fin = add_months(faits.embauche, delai.mois)
    lignes = [_fact("Embauche", _day(faits.embauche)), _fact("Dernière visite", "aucune")]
    calcul = f"{_day(faits.embauche)} + {delai.mois} mois = {_day(fin)}"
    return Echeance(RegleEcheance.INITIALE, fin, _proof(delai, lignes, calcul, regle))


def _periodic(faits: FaitsAgent, derniere: datetime.date, tous_les: Valeur) -> Echeance:
    fin = add_months(derniere, tous_les.mois)
    visite = _fact("Dernière visite", _day(derniere))
    if faits.derniere_visite_pk is not None:
        visite |= {"url_name": "visites:visite", "pk": faits.derniere_visite_pk}
    lignes = [visite, _fact("Catégorie", _category(faits))]
    if faits.statut:
        lignes.append(_fact("Statut", Statut(faits.statut).label))
    calcul = f"{_day(derniere)} + {tous_les.mois} mois = {_day(fin)}"
    choisie = faits.prochaine_choisie
    if choisie is None:
        return Echeance(RegleEcheance.PERIODIQUE, fin, _proof(tous_les, lignes, calcul))
    lignes.append(_fact("Date choisie par le professionnel", _day(choisie)))
    if choisie >= fin:
        calcul += " ; la date choisie n’est pas plus proche, la règle s’applique"
        return Echeance(RegleEcheance.PERIODIQUE, fin, _proof(tous_les, lignes, calcul))
    calcul += f" ; le professionnel a choisi plus proche : {_day(choisie)}"
    return Echeance(RegleEcheance.PROFESSIONNEL, choisie, _proof(tous_les, lignes, calcul))


def _category(faits: FaitsAgent) -> str:
    origine = f" ({faits.origine_categorie})" if faits.origine_categorie else ""
    return f"{CategorieSuivi(faits.categorie).label}{origine}"


def _fact(libelle: str, valeur: str) -> dict[str, Any]:
    return {"libelle": libelle, "valeur": valeur}


def _day(jour: datetime.date | None) -> str:
    return "" if jour is None else f"{jour:%d/%m/%Y}"


def _proof(valeur: Valeur, faits: list[dict[str, Any]], calcul: str, regle: str = "") -> dict[str, Any]:
    return {
        "code": valeur.code,
        "regle": regle or f"{valeur.libelle} {valeur.mois} {valeur.unite}",
        "version": valeur.date_effet.isoformat(),
        "source": valeur.source,
        "fiabilite": valeur.fiabilite,
        "faits": faits,
        "calcul": calcul,
    }
