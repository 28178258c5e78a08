"""Two files of one person: of two visits foreseen for one motive, one stays."""

from copy import copy
from typing import Any

from django.db.models import Q

from agents.fusion import Reglement, Tenus
from agents.models import Agent
from nouvea_sst.lib.affichage import format_date
from visites.enums import EtatDue, EtatVisite
from visites.models import Visite, VisiteDue

RAISON = "Fusion de deux fiches du même agent"


def settle_visits(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """The one that has a date stays, else that of the file that stays; the other is cancelled."""
    reglement = Reglement()
    ouvertes = Visite.objects.open().filter(agent__in=[garde, fondu]).order_by("pk")
    if not tenus.both(Visite):
        ouvertes = Visite.objects.none()
    par_motif: dict[int, list[Visite]] = {}
    for visite in ouvertes:
        par_motif.setdefault(visite.motif_id, []).append(visite)
    for visites in par_motif.values():
        if len(visites) > 1:
            reste, annulee = sorted(
                visites, key=lambda v: (v.etat != EtatVisite.PLACEE, v.agent_id != garde.pk)
            )
            reglement.retouches.append((annulee, {"etat": EtatVisite.ANNULEE, "annulee_parce_que": RAISON}))
            reglement.actes.append(("visites.cancel_visite", annulee))
            reglement.dits.append(
                f"Deux visites prévues pour le même motif : celle {_when(reste)} reste, "
                f"celle {_when(annulee)} est annulée."
            )
    if tenus.goes(VisiteDue):
        _keep_decisions(garde, fondu, reglement)
    return reglement


def _keep_decisions(garde: Agent, fondu: Agent, reglement: Reglement) -> None:
    """What a person decided about a visit due of the file that goes stays with the one that remains.

    The row itself is kept with what the merge takes away, so that undoing it gives the decision back.
    """
    decidee = Q(agent=fondu) & (Q(choisie__isnull=False) | Q(etat=EtatDue.ECARTEE))
    lues = list(VisiteDue.objects.filter(Q(agent=garde) | decidee).order_by("pk"))
    connues = {due.cle for due in lues if due.agent_id == garde.pk}
    for due in (due for due in lues if due.agent_id == fondu.pk):
        reglement.retires.append(due)
        if due.cle not in connues:
            reprise = copy(due)
            reprise.pk, reprise.agent = None, garde
            reglement.ajoutes.append(reprise)
            reglement.dits.append("Une visite due que quelqu’un a datée ou écartée est gardée telle quelle.")


def _when(visite: Any) -> str:
    """« du 24/11/2026 », « sans date »."""
    return f"du {format_date(visite.date)}" if visite.date else "sans date"
