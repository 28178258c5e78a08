"""When an agent is due, and the proof: facts, rule with its version and source, calculation."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agents.enums import CategorieSuivi, ExclusionSuivi, Statut
from agents.rules.categorie import followup_category
from agents.rules.exclusion import exclusion_on
from nouvea_sst.lib.dates import add_months
from visites.enums import RegleEcheance

DELAI_INITIALE = "visites.delai_initiale"
DISPENSE = "visites.dispense_initiale"
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
    """What the rule reads of an agent.

    `autre_motif`: his latest visit that counts was an examination of another motive. `visite_a_part`: a later
    one that does not start the follow-up anew. `categorie_depuis`: since when the category is asked for,
    when that has a beginning of its own.
    """

    embauche: datetime.date | None = None
    depart: datetime.date | None = None
    est_elu: bool = False
    statut: str = ""
    categorie: str = CategorieSuivi.SIMPLE
    origine_categorie: str = ""
    categorie_depuis: datetime.date | None = None
    derniere_visite: datetime.date | None = None
    derniere_visite_pk: int | None = None
    prochaine_choisie: datetime.date | None = None
    autre_motif: bool = False
    visite_a_part: datetime.date | None = None
    visite_a_part_pk: int | None = None


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


def periodicities(categorie: str, statut: str, valeurs: Mapping[str, Valeur]) -> list[Valeur]:
    """The values that apply, shortest first: the category's and, as for everybody, that of the simple one.

    Each for the statut, else for the category. Raises RegleInconnue when one lacks.
    """
    codes = dict.fromkeys((categorie, CategorieSuivi.SIMPLE.value))
    lues = [_value(valeurs, f"{PERIODICITE}.{c}.{statut}", f"{PERIODICITE}.{c}") for c in codes]
    return sorted(lues, key=lambda valeur: valeur.mois)


def periodicity(categorie: str, statut: str, valeurs: Mapping[str, Valeur]) -> Valeur:
    """The shortest of the values that apply: a closer follow-up is never seen later than the simple one."""
    return periodicities(categorie, statut, valeurs)[0]


def closest_category(poste: str, raisons: tuple[str, ...]) -> tuple[str, bool]:
    """The closest of the follow-ups asked by the post and by dated reasons; whether a reason set it."""
    retenue = followup_category(poste, raisons)
    return retenue, retenue != followup_category(poste)


def due_date(faits: FaitsAgent, valeurs: Mapping[str, Valeur], jour: datetime.date) -> Echeance:
    """Decide an agent's next due date with the values in force on `jour` (metier.md §3.1).

    First visit: hire date + delay. Then: last visit + periodicity, or the day that the professional chose if
    sooner. Without hire date nor visit there is a rule but no day. Raises RegleInconnue when a value lacks.
    """
    return excluded_on(faits, jour) or followup_due(faits, valeurs)


def excluded_on(faits: FaitsAgent, jour: datetime.date) -> Echeance | None:
    """The proof that the agent has no follow-up on this day; None when he has one."""
    hors = exclusion(faits, jour)
    return None if hors is None else _excluded(faits, hors)


def followup_due(faits: FaitsAgent, valeurs: Mapping[str, Valeur]) -> Echeance:
    """The first visit or the next one, be the agent there or not. Raises RegleInconnue."""
    if faits.derniere_visite is None:
        return first_due(faits, valeurs)
    suivie = _periodic(faits, faits.derniere_visite, periodicities(faits.categorie, faits.statut, valeurs))
    avant = _before_posting(faits, faits.derniere_visite, valeurs)
    if avant is None or (suivie.jour is not None and avant.jour is not None and suivie.jour <= avant.jour):
        return suivie
    return avant


def refuse_day(
    choisie: datetime.date, calculee: datetime.date | None, jour: datetime.date, valeurs: Mapping[str, Valeur]
) -> str:
    """Why a person may not set this day, in French; empty when he may.

    No later than the longest interval of the reference data from today, unless the rule itself is later.
    """
    mois = max((v.mois for code, v in valeurs.items() if code.startswith(PERIODICITE)), default=None)
    if mois is None:
        return ""
    borne = max(add_months(jour, mois), calculee or jour)
    if choisie <= borne:
        return ""
    return (
        f"Choisissez un jour jusqu’au {borne:%d/%m/%Y} : au-delà du plus long intervalle du référentiel, "
        f"{mois} mois, l’agent sortirait du suivi."
    )


def first_due(faits: FaitsAgent, valeurs: Mapping[str, Valeur]) -> Echeance:
    """The first visit of a hire, whatever was seen before it: within the delay of all, or of its follow-up.

    The latter runs from the day that the follow-up is asked for, if that is after the hire; a delay of
    nothing asks for the visit before the posting. Of somebody never seen at all the sooner of both counts.
    """
    tous = _value(valeurs, DELAI_INITIALE)
    propre = valeurs.get(f"{DELAI_INITIALE}.{faits.categorie}")
    if propre is None:
        return _first(faits, tous)
    sien = _first(faits, propre, depuis=faits.categorie_depuis)
    if faits.visite_a_part is not None or faits.derniere_visite is not None:
        return sien
    communs = _first(faits, tous)
    if communs.jour is None or (sien.jour is not None and sien.jour <= communs.jour):
        return sien
    return communs


def _value(valeurs: Mapping[str, Valeur], *codes: str) -> Valeur:
    trouve = next((valeurs[code] for code in codes if code in valeurs), None)
    if trouve is None:
        raise RegleInconnue(f"Le référentiel ne donne aucune valeur à « {codes[-1]} » ce jour-là.")
    return trouve


def _excluded(faits: FaitsAgent, hors: ExclusionSuivi) -> Echeance:
    lignes: dict[ExclusionSuivi, dict[str, Any]] = {
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


def _first(faits: FaitsAgent, delai: Valeur, *, depuis: datetime.date | None = None) -> Echeance:
    """Within the delay of the hire, or of the day after it on which the follow-up began."""
    embauche = faits.embauche
    commence = depuis if depuis is not None and (embauche is None or depuis > embauche) else None
    debut, quoi = commence or embauche, "le début de ce suivi" if commence else "l’embauche"
    regle = f"Première visite\u202f: au plus tard {delai.mois} {delai.unite} après {quoi}"
    if not delai.mois:
        regle = f"Première visite\u202f: avant l’affectation, au plus tard le jour {_of(quoi)}"
    if debut is None:
        lignes = [_fact("Embauche", "date inconnue"), *_no_visit(faits)]
        calcul = "Sans date d’embauche, le délai n’a pas de point de départ : complétez le dossier."
        return Echeance(RegleEcheance.INITIALE, None, _proof(delai, lignes, calcul, regle))
    fin = add_months(debut, delai.mois)
    lignes = [
        _fact("Embauche", _day(embauche) if embauche else "date inconnue"),
        *_no_visit(faits),
        _fact("Catégorie", _category(faits)),
    ]
    if commence is not None:
        lignes.insert(1, _fact("Suivi demandé depuis le", _day(commence)))
    calcul = (
        f"{_day(debut)} + {delai.mois} mois = {_day(fin)}" if delai.mois else f"{_day(fin)}, jour {_of(quoi)}"
    )
    return Echeance(RegleEcheance.INITIALE, fin, _proof(delai, lignes, calcul, regle))


def _of(quoi: str) -> str:
    return f"du {quoi.removeprefix('le ')}" if quoi.startswith("le ") else f"de {quoi}"


def _no_visit(faits: FaitsAgent) -> list[dict[str, Any]]:
    if faits.visite_a_part is None:
        return [_fact("Dernière visite", "aucune")]
    return [_fact("Dernière visite de ce suivi", "aucune"), _apart(faits)]


def _apart(faits: FaitsAgent) -> dict[str, Any]:
    """A visit that does not start the follow-up anew."""
    fait = _fact("Vu aussi le", f"{_day(faits.visite_a_part)}, une visite qui ne compte pas pour ce suivi")
    return fait | {"url_name": "visites:visite", "pk": faits.visite_a_part_pk}


def _periodic(faits: FaitsAgent, derniere: datetime.date, periodicites: Sequence[Valeur]) -> Echeance:
    tous_les = periodicites[0]
    fin = add_months(derniere, tous_les.mois)
    quoi = ", examen d’aptitude d’un autre motif" if faits.autre_motif else ""
    visite = _fact("Dernière visite", f"{_day(derniere)}{quoi}")
    if faits.derniere_visite_pk is not None:
        visite |= {"url_name": "visites:visite", "pk": faits.derniere_visite_pk}
    lignes = [visite, _fact("Catégorie", _category(faits))]
    if faits.statut:
        lignes.append(_fact("Statut", Statut(faits.statut).label))
    if faits.visite_a_part is not None:
        lignes.append(_apart(faits))
    if len(periodicites) > 1:
        toutes = " ; ".join(f"{v.libelle} {v.mois} {v.unite}" for v in periodicites)
        lignes.append(_fact("Intervalles qui s’appliquent, le plus court l’emporte", toutes))
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


def _before_posting(
    faits: FaitsAgent, derniere: datetime.date, valeurs: Mapping[str, Valeur]
) -> Echeance | None:
    """The visit that a follow-up asks for before it begins; None when the latest one is recent enough."""
    delai = valeurs.get(f"{DELAI_INITIALE}.{faits.categorie}")
    dispense = valeurs.get(f"{DISPENSE}.{faits.categorie}")
    depuis = faits.categorie_depuis
    if delai is None or dispense is None or depuis is None or add_months(derniere, dispense.mois) >= depuis:
        return None
    fin = add_months(depuis, delai.mois)
    visite = _fact("Dernière visite", f"{_day(derniere)}, plus de {dispense.mois} mois avant ce suivi")
    if faits.derniere_visite_pk is not None:
        visite |= {"url_name": "visites:visite", "pk": faits.derniere_visite_pk}
    lignes = [
        visite,
        _fact("Catégorie", _category(faits)),
        _fact("Suivi demandé depuis le", _day(depuis)),
        _fact("Dispense", f"{dispense.libelle} {dispense.mois} {dispense.unite} ({dispense.source})"),
    ]
    calcul = f"{_day(depuis)} + {delai.mois} mois = {_day(fin)}"
    regle = f"Entrée dans ce suivi\u202f: une visite au plus tard {delai.mois} {delai.unite} après son début"
    if not delai.mois:
        calcul = f"{_day(fin)}, jour du début de ce suivi"
        regle = "Entrée dans ce suivi\u202f: une visite avant l’affectation, au plus tard son premier jour"
    return Echeance(RegleEcheance.PERIODIQUE, fin, _proof(delai, lignes, calcul, regle))


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
