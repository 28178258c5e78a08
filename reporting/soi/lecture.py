"""Gathers one's own file, the same for every role: everybody reads what concerns him."""

import datetime
from itertools import islice
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from agents.models import Absence, Agent, Alias, Responsabilite
from agents.rules.matricule import PREFIXE_VILLE, matricule_forms
from documents.models import Document
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.affichage import describe_due, format_date, relative
from reporting.jour.elements import make_figure
from signalements.models import Accident, Signalement
from visites.enums import EtatVisite, RegleEcheance
from visites.models import DemandeVisite, Restriction, Suivi, Visite, VisiteDue
from visites.perms import can_ask, opens_demandes
from visites.pourquoi import explain

MONTREES = 10
CONSULTATIONS = 5
AN = datetime.timedelta(days=365)


def find_own(user: Any) -> Agent | None:
    """Return the agent whom this account is, with what the page writes of him."""
    avec = ("structure__direction", "poste", "site", "collectivite", "suivi")
    # The journal knows a file by every key that it had: read with it, a page has one question less.
    cles = ArraySubquery(Alias.objects.filter(agent=OuterRef("pk")).order_by().values("cle"))
    dues = (
        VisiteDue.objects.open()
        .filter(agent=OuterRef("pk"))
        .values(
            due=JSONObject(
                motif="motif__libelle", echeance="echeance", choisie="choisie", raison="raison_choix"
            )
        )
    )
    agents = Agent.objects.of_account(user).annotate(cles_fondues=cles, a_venir=ArraySubquery(dues))
    return agents.select_related(*avec).first()


def gather(user: Any, agent: Agent, jour: datetime.date) -> dict[str, Any]:
    """Return all that the page shows, each kind in one question."""
    visites = list(Visite.objects.filter(agent=agent).select_related("motif", "professionnel"))
    a_venir = sorted(
        (v for v in visites if v.etat == EtatVisite.PLACEE and v.date and v.date >= jour),
        key=lambda v: (v.date, v.heure or datetime.time.min),
    )
    mesures = list(
        Restriction.objects.filter(agent=agent)
        .open_on(jour)
        .select_related("type")
        .order_by("date_debut", "pk")
    )
    absences = list(
        Absence.objects.with_days()
        .filter(agent=agent)
        .filter(date_fin__gte=jour - AN)
        .select_related("type")
        .order_by("-date_debut", "-pk")
    )
    documents = list(Document.objects.filter(agent=agent).defer("contenu"))
    suivi = getattr(agent, "suivi", None)
    comptes = {"mesures": len(mesures), "absences": len(absences), "documents": len(documents)}
    return {
        "matricules": _numbers(agent),
        "encadrants": _managers(agent, jour),
        "prochaine": a_venir[0] if a_venir else None,
        "quand": relative(a_venir[0].date, jour) if a_venir else "",
        "echeance": describe_due(suivi.echeance, jour) if suivi and suivi.echeance else None,
        "suivi": suivi,
        "dues": [_due(due) for due in agent.a_venir],  # type: ignore[attr-defined]
        "exclu": suivi is not None and suivi.regle == RegleEcheance.EXCLU,
        "pourquoi": _why(user, suivi) if suivi else None,
        "visites": [v for v in visites if v.etat != EtatVisite.A_PLACER and v not in a_venir[:1]][:MONTREES],
        "demandes": DemandeVisite.objects.filter(agent=agent)[:MONTREES],
        "peut_demander": can_ask(user, agent),
        "mesures": mesures,
        "absences": absences,
        "documents": documents,
        "accidents": Accident.objects.filter(agent=agent)[:MONTREES],
        "signalements": Signalement.objects.filter(declarant=user)[:MONTREES],
        "consultations": _readers(user, agent),
        "chiffres": _figures(a_venir, suivi, jour, comptes),
    }


def _why(user: Any, suivi: Suivi) -> dict[str, Any]:
    """Why it is that date, with links to what this account opens."""
    return explain(suivi, liens=user.has_perm("visites.view_visite"), demandes=opens_demandes(user))


def _due(lue: dict[str, Any]) -> dict[str, Any]:
    """One visit due as the page writes it; it came with the agent, its day as text."""
    jour = datetime.date.fromisoformat(lue["echeance"]) if lue["echeance"] else None
    return lue | {"echeance": jour}


def _numbers(agent: Agent) -> tuple[str, ...]:
    """The matricule in its three forms."""
    if not agent.matricule:
        return ()
    prefixe = agent.collectivite.code_ancien if agent.collectivite else ""
    return matricule_forms(agent.matricule, prefixe or PREFIXE_VILLE)


def _managers(agent: Agent, jour: datetime.date) -> list[str]:
    """Who answers for the nearest structure above him, himself left out."""
    if agent.structure is None:
        return []
    tenues = Responsabilite.objects.open_on(jour).over(agent.structure).select_related("compte")
    autres = [r for r in tenues if r.compte_id != agent.compte_id]
    return [str(r.compte) for r in autres if r.structure_id == autres[0].structure_id]


def _readers(user: Any, agent: Agent) -> list[dict[str, Any]]:
    """Who opened his file lately: role and moment, no name; his own readings are left out."""
    cles = [str(cle) for cle in (agent.pk, *agent.cles_fondues)]  # type: ignore[attr-defined]
    lignes = LigneJournal.objects.consultations_of(cles).exclude(acteur_cle=user.get_username())
    return [
        {"qui": Role(suite.role).label if suite.role else "Le logiciel", "quand": suite.moment}
        for suite in islice(lignes.group_consultations(pages=False), CONSULTATIONS)
    ]


def _figures(
    a_venir: list[Visite], suivi: Suivi | None, jour: datetime.date, comptes: dict[str, int]
) -> list[dict[str, Any]]:
    """The strip: each number leads to its rows on the page."""
    chiffres = []
    date = a_venir[0].date if a_venir else suivi.echeance if suivi else None
    if date:
        mots = f"Prochaine visite, {relative(date, jour)}" if a_venir else "À revoir avant cette date"
        classe = "is-late" if date < jour else "is-soon" if a_venir else ""
        chiffres.append({"valeur": format_date(date), "libelle": mots, "url": "#prochaine", "classe": classe})
    return [
        *chiffres,
        make_figure(comptes["mesures"], "aménagement en cours,aménagements en cours", "#mesures"),
        make_figure(comptes["absences"], "absence depuis un an,absences depuis un an", "#absences"),
        make_figure(comptes["documents"], "document remis,documents remis", "#documents"),
    ]
