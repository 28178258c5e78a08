"""Runs the calculation with a rule put on trial, beside the one in force; nothing is written here."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db.models import Max, Value

from agents.models import Agent
from nouvea_sst.referentiel.models import Parametre
from visites.calcul import LOT, simulate
from visites.dossiers import make_regle, read_bareme
from visites.models import EssaiRegle, RegleVisite
from visites.parametres import REGLES
from visites.rules.bareme import Bareme, group_of
from visites.rules.essais import Bilan, Mouvement, expected
from visites.rules.regles import DEMANDES, Regle

# No version has it: what the rule on trial makes due is seen as due by another rule.
A_L_ESSAI = 0
# The pasts that grow when a fact changes, each with what the page says of it.
FAITS = {
    "agents.HistoireAbsence": "des absences",
    "agents.HistoireAgent": "des fiches d’agents",
    "agents.HistoirePositionAdministrative": "des positions administratives",
    "agents.HistoireRaisonSuivi": "des raisons de suivi",
    "agents.HistoirePoste": "des postes",
    "agents.HistoireExpositionPoste": "des expositions",
    "visites.HistoireVisite": "des visites",
    "visites.HistoireDemandeVisite": "des demandes de visite",
    "visites.HistoireVisiteDue": "des échéances",
}


def trial_rule(declencheur: str, valeurs: Mapping[str, Any]) -> tuple[Regle, bool]:
    """The version on trial as the calculation takes it, and whether it is applied at all."""
    version = RegleVisite(declencheur=declencheur, **read_valeurs(valeurs))
    return replace(make_regle(version), pk=A_L_ESSAI), version.active


def read_valeurs(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a version as JSON keeps them, each in its own kind again."""
    date = valeurs["date_effet"]
    return {**valeurs, "date_effet": datetime.date.fromisoformat(date) if isinstance(date, str) else date}


def put_on_trial(bareme: Bareme, regle: Regle, active: bool) -> Bareme:
    """The same scale with this rule in the place of the one in force, or without it.

    The motives of both versions keep their groups, as they will once it is adopted.
    """
    regles = {code: autre for code, autre in bareme.regles.items() if code != regle.code}
    if active:
        regles[regle.code] = regle
    connus = {motif: set(noms) for motif, noms in bareme.groupes.items()}
    connus.setdefault(regle.motif_id, set()).add(group_of(regle.code))
    return Bareme.of(bareme.jour, regles, bareme.valeurs, bareme.sans_motif, bareme.tolerance, connus)


def try_regle(
    *,
    regle: Regle,
    active: bool,
    jour: datetime.date,
    cles: Sequence[int],
    progres: Callable[[int, int], None] | None = None,
) -> Bilan:
    """Hold what the rule on trial makes due of these agents against what the rules of this day do."""
    avant, bilan = read_bareme(jour), Bilan(jour)
    apres = put_on_trial(avant, regle, active)
    paires = zip(simulate(avant, cles), simulate(apres, cles), strict=True)
    for rang, (sans, avec) in enumerate(paires, start=1):
        bilan.erreurs += len({*sans.erreurs, *avec.erreurs})
        for agent in sans.dossiers.keys() & avec.dossiers.keys():
            bilan.add(agent, expected(sans.dossiers[agent][2]), expected(avec.dossiers[agent][2]))
        if progres is not None:
            progres(min(rang * LOT, len(cles)), len(cles))
    return bilan


def read_scale(jour: datetime.date) -> dict[str, list[str]]:
    """What a trial of this day is held against: the versions of the rules and the values in force."""
    regles = RegleVisite.objects.in_force(jour).values_list("pk", "version")
    valeurs = Parametre.objects.of(REGLES).in_force(jour).values_list("pk", "version")
    return {
        "regles": sorted(f"{pk}.{version}" for pk, version in regles),
        "valeurs": sorted(f"{pk}.{version}" for pk, version in valeurs),
    }


def is_outdated(essai: EssaiRegle, jour: datetime.date) -> bool:
    """Whether a rule or a value has changed since the trial was calculated."""
    return essai.regles_lues != read_scale(jour)


def read_facts() -> dict[str, int]:
    """How far the past of each fact goes: a number that grows when a row is added, changed or taken away."""
    pasts = [
        apps.get_model(nom)
        ._default_manager.order_by()
        .values(fait=Value(nom))
        .annotate(dernier=Max("pgh_id"))
        .values_list("fait", "dernier")
        for nom in FAITS
    ]
    return {nom: dernier or 0 for nom, dernier in pasts[0].union(*pasts[1:], all=True)}


def mark_facts(maintenant: datetime.datetime) -> dict[str, Any]:
    """What a trial keeps of the facts that it is about to read: how far they go, and when."""
    return {"faits": read_facts(), "lus_le": maintenant.isoformat(timespec="seconds")}


def changed_facts(essai: EssaiRegle) -> list[str]:
    """The words of the facts that have changed since the trial read them."""
    lus, aujourdhui = essai.resultat.get("faits", {}), read_facts()
    return [mots for nom, mots in FAITS.items() if lus.get(nom) != aujourdhui[nom]]


def is_hidden(essai: EssaiRegle, *, origine: bool) -> bool:
    """Whether its rows and numbers would tell who asked for a visit to somebody who may not know."""
    return essai.declencheur in DEMANDES and not origine


def read_mouvements(essai: EssaiRegle, user: Any, *, origine: bool) -> list[Mouvement]:
    """The visits due of a trial, those of the agents whom this account sees; none of a hidden one."""
    if is_hidden(essai, origine=origine):
        return []
    vus = set(Agent.objects.visible_to(user).values_list("pk", flat=True))
    lus = (Mouvement._make(ligne) for ligne in essai.resultat.get("mouvements", ()))
    return [mouvement for mouvement in lus if mouvement.agent in vus]
