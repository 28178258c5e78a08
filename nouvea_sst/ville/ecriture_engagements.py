"""The commitments to apply the measures of the demonstration city: every state is there."""

import datetime
from typing import Any

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.ville.lignes import Ville
from visites.enums import SuiteEngagement
from visites.models import Engagement, Restriction
from visites.rules.engagements import deadline

DELAI = 15
RAISONS = {
    SuiteEngagement.PARTIELLE: "L’équipe n’a qu’un chariot pour deux tournées.",
    SuiteEngagement.REFUSEE: "Le service ne compte aucun autre poste à ces horaires.",
}
PREUVES = {
    SuiteEngagement.APPLIQUEE: "Planning de l’équipe changé.",
    SuiteEngagement.PARTIELLE: "Devis reçu.",
}
# What became of each in turn: received or not, then what was done.
SUITES: tuple[tuple[bool, SuiteEngagement | None], ...] = (
    (True, SuiteEngagement.APPLIQUEE),
    (False, None),
    (True, SuiteEngagement.APPLIQUEE),
    (True, None),
    (True, SuiteEngagement.PARTIELLE),
    (True, SuiteEngagement.APPLIQUEE),
    (True, SuiteEngagement.REFUSEE),
    (True, SuiteEngagement.APPLIQUEE),
)
CLOS_TOUS_LES = 40


def write_engagements(ville: Ville, comptes: dict[str, Any]) -> None:
    """Open a commitment for each measure signed here, and say what became of it."""
    encadrant = comptes[Role.ENCADRANT.value]
    siens = set(Agent.objects.visible_to(encadrant).exclude(compte=encadrant).values_list("pk", flat=True))
    restrictions = Restriction.objects.filter(visite__signee_le__isnull=False).select_related(
        "agent", "visite"
    )
    toutes = list(restrictions.order_by("-date_debut", "pk"))
    siennes = [r for r in toutes if r.agent_id in siens]
    autres = [r for r in toutes if r.agent_id not in siens]
    suivis = [_engagement(rang, r, ville.jour, encadrant) for rang, r in enumerate(siennes, start=1)]
    suivis += [_engagement(rang, r, ville.jour, None) for rang, r in enumerate(autres)]
    Engagement.objects.bulk_create(suivis, batch_size=2000)


def _engagement(rang: int, restriction: Restriction, jour: datetime.date, destinataire: Any) -> Engagement:
    debut, fin, agent = restriction.date_debut, restriction.date_fin, restriction.agent
    engagement = Engagement(
        restriction=restriction,
        destinataire=destinataire,
        structure_id=agent.structure_id,
        poste_id=agent.poste_id,
        ouvert_le=debut,
        echeance=deadline(debut, fin, debut, DELAI),
    )
    recue, suite = SUITES[rang % len(SUITES)]
    nom = str(destinataire or "La section")
    accuse = debut + datetime.timedelta(days=2)
    if recue and accuse <= jour:
        engagement.accuse_le, engagement.accuse_par = accuse, nom
        dite = accuse + datetime.timedelta(days=6)
        if suite is not None and dite <= jour:
            engagement.suite, engagement.suite_le, engagement.suite_par = suite, dite, nom
            engagement.raison, engagement.preuve = RAISONS.get(suite, ""), PREUVES.get(suite, "")
            if suite in RAISONS and rang % 16 < len(SUITES) and dite + datetime.timedelta(days=30) <= jour:
                engagement.chct_le = dite + datetime.timedelta(days=30)
    if rang % CLOS_TOUS_LES == CLOS_TOUS_LES - 1 and accuse <= jour:
        engagement.clos_le, engagement.clos_parce_que = accuse, "L’agent a changé d’équipe."
    return engagement
