"""What makes each visit due: the occasions that the facts of an agent give, and the visits that served them.

One occasion, one key: a hire, the latest visit, a chain of absences, a return, a request, a missed visit.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from agents.enums import CategorieSuivi, ExclusionSuivi
from agents.rules.chaines import Chaine
from visites.enums import Declencheur, RegleEcheance
from visites.rules.bareme import Bareme, Faits, Position, Proposition, Reponse
from visites.rules.conges import ENTIERS, asks, count_days, counted, find_leaves, of_types, whole_counts
from visites.rules.echeance import FaitsAgent, excluded_on, first_due, followup_due
from visites.rules.manques import count_missed
from visites.rules.positions import cover_fact, lay_out
from visites.rules.presence import leave_out_absent
from visites.rules.preuves import tell_fact, write_day, write_proof
from visites.rules.regles import DEMANDES, REPRISES, Regle
from visites.rules.suivi import PERIODIQUES, followup_base

JOUR = datetime.timedelta(days=1)


def find_dues(faits: Faits, bareme: Bareme) -> Reponse:
    """Return every visit that the agent is due on the day, each with its proof, and those already served.

    Raises RegleInconnue when the reference data lacks a value that the follow-up needs.
    """
    hors = excluded_on(faits.base, bareme.jour)
    if hors is not None and hors.preuve["exclusion"] != ExclusionSuivi.PAS_ARRIVE:
        return Reponse(exclusion=hors.preuve)
    if len(faits.positions) > 1:
        faits = replace(faits, positions=lay_out(faits.positions))
    reponse = Reponse(base=followup_base(faits, bareme))
    _positions(faits, bareme, reponse)
    _followup(reponse.base, faits, bareme, reponse)
    _returns(faits, bareme, reponse)
    _long_leaves(faits, bareme, reponse)
    _requests(faits, bareme, reponse)
    if faits.manquees:
        count_missed(faits, bareme, reponse)
    leave_out_absent(faits, bareme.jour, reponse)
    return reponse


def _followup(base: FaitsAgent, faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """The first visit, or the periodic one; and the first one again of whoever came back long after."""
    jour, suivi = bareme.jour, followup_due(base, bareme.valeurs)
    arrivant = bareme.regles.get(Declencheur.NOUVEL_ARRIVANT)
    recent = arrivant is not None and base.embauche is not None and arrivant.accepts_age(base.embauche, jour)
    if suivi.regle == RegleEcheance.INITIALE:
        code: str = Declencheur.NOUVEL_ARRIVANT if recent else Declencheur.SANS_VISITE
        cle, fait_le = f"embauche:{base.embauche or ''}", base.embauche
    else:
        periodique = suivi.regle == RegleEcheance.PERIODIQUE
        code = PERIODIQUES[CategorieSuivi(base.categorie)] if periodique else Declencheur.PROFESSIONNEL
        cle, fait_le = f"visite:{base.derniere_visite_pk}", base.derniere_visite
    regle = bareme.regles.get(code)
    if regle is not None:
        preuve = suivi.preuve | _declared(regle)
        reponse.dues.append(
            Proposition(cle, regle, fait_le, suivi.jour, preuve, regle.motif_id, regle.priorite)
        )
    revenu = recent or f"embauche:{base.embauche}" in faits.connues
    if arrivant is None or not revenu or base.embauche is None or base.derniere_visite is None:
        return
    recul = arrivant.oldest_fact(base.embauche)
    if recul is not None and base.derniere_visite < recul:
        premiere = first_due(base, bareme.valeurs)
        preuve = premiere.preuve | _declared(arrivant)
        reponse.dues.append(
            Proposition(
                f"embauche:{base.embauche}",
                arrivant,
                base.embauche,
                premiere.jour,
                preuve,
                arrivant.motif_id,
                arrivant.priorite,
            )
        )


class Occasion(NamedTuple):
    """A fact that makes a visit due, from a day to a day; visits of its kind count since the day `depuis`."""

    cle: str
    regle: Regle
    debut: datetime.date
    fin: datetime.date
    depuis: datetime.date
    lignes: list[dict[str, Any]]


def _propose(faits: Faits, bareme: Bareme, reponse: Reponse, occasion: Occasion) -> Proposition | None:
    """Add the occasion unless a visit of its kind was held since, or was placed for it and held."""
    cle, regle = occasion.cle, occasion.regle
    if cle not in faits.connues and not bareme.looks_at(regle, occasion.fin):
        return None
    for visite in faits.tenues:
        posee = visite.due == cle
        libre = visite.due is None and visite.date >= occasion.depuis
        if posee or (libre and bareme.serves(visite, regle)):
            reponse.servies[cle] = visite
            return None
    jour = regle.day_from(occasion.debut, occasion.fin)
    preuve = write_proof(regle, occasion.lignes, occasion.debut, occasion.fin)
    due = Proposition(cle, regle, occasion.fin, jour, preuve, regle.motif_id, regle.priorite)
    reponse.dues.append(due)
    return due


def _returns(faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """The visit of return that a leave asks for, and the one before the return.

    Who goes from an accident to an illness comes back once: the return is that of the whole leave, for which
    the thresholds of illness count all its days.
    """
    if not faits.chaines:
        return
    regles = [bareme.regles[code] for code in REPRISES if code in bareme.regles]
    avant = bareme.regles.get(Declencheur.PREREPRISE)
    servies = (visite.due for visite in faits.tenues if visite.due)
    connues = {cle for cle in (*faits.connues, *servies) if cle.startswith(("arret:", "prereprise:"))}
    limite = min((bareme.bornes.get(r.code, datetime.date.min) for r in regles), default=datetime.date.max)
    for conge in find_leaves(faits.chaines, bareme.tolerance):
        debut, fin = conge[0].debut, max(c.fin for c in conge)
        if fin < limite and not connues:
            continue
        total = count_days(conge)
        regle = next((r for r in regles if asks(r, conge, bareme.tolerance)), None)
        if regle is not None:
            lignes = [_leave(faits.agent, conge, total), *_count(regle, conge, total, bareme.tolerance)]
            cle = _key("arret", conge, connues)
            due = _propose(faits, bareme, reponse, Occasion(cle, regle, debut, fin, fin, lignes))
            if due is not None and len(conge) > 1:
                _name_others(due, regles, conge)
            if due is not None:
                due.preuve["faits"] += _seen_since(faits, fin)
        en_cours = debut <= bareme.jour <= fin
        comptes = whole_counts(avant, conge, bareme.tolerance) if avant is not None and en_cours else []
        if avant is not None and any(avant.accepts(nombre) for nombre in comptes):
            lignes = [_leave(faits.agent, conge, total)]
            cle = _key("prereprise", conge, connues)
            _propose(faits, bareme, reponse, Occasion(cle, avant, debut, fin, debut, lignes))


def _seen_since(faits: Faits, fin: datetime.date) -> list[dict[str, Any]]:
    """The latest visit held after a return, which is no visit of return: it leaves this one due."""
    vue = next((visite for visite in reversed(faits.tenues) if visite.date > fin), None)
    if vue is None:
        return []
    mots = f"le {write_day(vue.date)}, pour un autre motif : seule une visite de reprise ferme ce retour"
    return [tell_fact("Vu depuis", mots) | {"url_name": "visites:visite", "pk": vue.pk}]


def _name_others(due: Proposition, regles: Sequence[Regle], conge: list[Chaine]) -> None:
    """One appointment for one return: its proof names each other rule that a chain of another kind passes.

    The first of their days holds.
    """
    autres = {
        autre.code: (autre, chaine)
        for chaine in conge
        for autre in regles
        if not of_types(due.regle, chaine) and asks(autre, [chaine], 0)
    }
    for autre, chaine in autres.values():
        jour = autre.day_from(conge[0].debut, max(c.fin for c in conge))
        ligne = tell_fact(
            "Vaut aussi pour", f"{autre.libelle}, du {write_day(chaine.debut)} au {write_day(chaine.fin)}"
        )
        due.preuve["faits"].append(ligne)
        due.preuve["calcul"] += (
            f" ; {autre.libelle} : {write_day(jour)}, la plus proche des deux dates l’emporte"
        )
        due.jour = jour if due.jour is None else min(due.jour, jour)


def _key(nature: str, conge: list[Chaine], connues: Collection[str]) -> str:
    """The key by which one of its stops is known already, else that of the first."""
    if connues:
        for chaine in conge:
            for ligne in chaine.lignes:
                cle = f"{nature}:{ligne[0]}"
                if cle in connues:
                    return cle
    return f"{nature}:{conge[0].lignes[0][0]}"


def _leave(agent: int, conge: list[Chaine], nombre: float) -> dict[str, Any]:
    arrets = sum(len(chaine.lignes) for chaine in conge)
    combien = f" en {arrets} arrêts" if arrets > 1 else ""
    debut, fin = conge[0].debut, max(chaine.fin for chaine in conge)
    return tell_fact(
        "Absence", f"du {write_day(debut)} au {write_day(fin)}, {_number(nombre)} jours{combien}"
    ) | {
        "url_name": "agents:absences",
        "pk": agent,
    }


def _count(regle: Regle, conge: list[Chaine], total: float, tolerance: int) -> list[dict[str, Any]]:
    """The days that a rule of illness counts, where they are not those of the whole leave."""
    nombre = counted(regle, conge, tolerance) if regle.code in ENTIERS else None
    if nombre is None or nombre == total:
        return []
    return [tell_fact("Jours comptés par la règle", f"{_number(nombre)} jours")]


def _number(nombre: float) -> str:
    return f"{nombre:g}".replace(".", ",")


def _positions(faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """The visit of who comes back from a position out of the staff (sirh.md §2.4, case 7)."""
    regle = bareme.regles.get(Declencheur.POSITION)
    if regle is None:
        return
    for avant, apres in zip(faits.positions, faits.positions[1:], strict=False):
        if (
            avant.dans_effectif
            or not apres.en_activite
            or avant.fin is None
            or apres.debut != avant.fin + JOUR
        ):
            continue
        if regle.positions and avant.code not in regle.positions:
            continue
        lignes = [
            tell_fact("Position quittée", f"{avant.libelle}, jusqu’au {write_day(avant.fin)}"),
            tell_fact("Position reprise", f"{apres.libelle}, le {write_day(apres.debut)}"),
            *cover_fact(apres),
        ]
        cle = f"retour:{apres.debut}"
        _propose(faits, bareme, reponse, Occasion(cle, regle, apres.debut, apres.debut, avant.debut, lignes))


def _long_leaves(faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """Ends of a CLM or a CLD that only the administrative position tells."""
    if len(faits.positions) == 0:
        return
    for code in (Declencheur.FIN_CLD, Declencheur.FIN_CLM):
        regle = bareme.regles.get(code)
        if regle is None or not regle.positions:
            continue
        for debut, fin, apres in _runs(faits.positions, regle.positions):
            cle = f"{code}:{debut}"
            connu = any(
                c.debut <= fin + JOUR and c.fin + JOUR >= debut and not c.types.isdisjoint(regle.types)
                for c in faits.chaines
            )
            if connu or (apres is not None and not apres.en_activite):
                continue
            lignes = [tell_fact("Position", f"congé du {write_day(debut)} au {write_day(fin)}")]
            _propose(faits, bareme, reponse, Occasion(cle, regle, debut, fin, fin, lignes))


def _runs(
    positions: Sequence[Position], codes: frozenset[str]
) -> Iterable[tuple[datetime.date, datetime.date, Position | None]]:
    """Yield first day, last day and next position of each run of positions of these codes that has an end."""
    debut: datetime.date | None = None
    for rang, position in enumerate(positions):
        if position.code not in codes:
            continue
        debut = debut or position.debut
        suite = positions[rang + 1] if rang + 1 < len(positions) else None
        if suite is not None and suite.code in codes:
            continue
        if position.fin is not None:
            yield debut, position.fin, suite
        debut = None


def _requests(faits: Faits, bareme: Bareme, reponse: Reponse) -> None:
    """The visits that somebody asked for."""
    for demande in faits.demandes:
        regle = bareme.regles.get(demande.code)
        if regle is None:
            continue
        ligne = tell_fact("Demande", write_day(demande.demandee_le)) | {
            "url_name": "visites:demande",
            "pk": demande.pk,
        }
        du = demande.demandee_le
        due = _propose(faits, bareme, reponse, Occasion(f"demande:{demande.pk}", regle, du, du, du, [ligne]))
        if due is None:
            continue
        due.preuve["regle"] = "Visite à la demande"  # who asked is the motive's to say
        due.preuve["code"] = "demande"
        due.preuve.pop("condition", None)
        if demande.avant_le is not None:
            due.jour = demande.avant_le
            due.preuve["calcul"] = f"Souhaitée avant le {write_day(demande.avant_le)} : ce jour l’emporte"


def demande_code(origine: str) -> str:
    """The rule of a request, by who asks."""
    return next(code for code in DEMANDES if code.value == f"demande_{origine}")


def _declared(regle: Regle) -> dict[str, Any]:
    return {"declencheur": regle.libelle, "declencheur_version": regle.date_effet.isoformat()}
