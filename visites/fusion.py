"""Two files of one person: of two visits foreseen for one motive, one stays."""

from typing import Any

from agents.fusion import Reglement
from agents.models import Agent
from nouvea_sst.lib.affichage import format_date
from visites.enums import EtatVisite
from visites.models import Visite

RAISON = "Fusion de deux fiches du même agent"


def settle_visits(garde: Agent, fondu: Agent) -> Reglement:
    """The one that has a date stays, else that of the file that stays; the other is cancelled."""
    reglement = Reglement()
    ouvertes = Visite.objects.open().filter(agent__in=[garde, fondu]).order_by("pk")
    par_motif: dict[int, list[Visite]] = {}
    for visite in ouvertes:
        par_motif.setdefault(visite.motif_id, []).append(visite)
    for visites in par_motif.values():
        if len(visites) > 1:
            reste, annulee = sorted(
                visites, key=lambda v: (v.etat != EtatVisite.PLACEE, v.agent_id != garde.pk)
            )
            reglement.retouches.append((annulee, {"etat": EtatVisite.ANNULEE, "annulee_parce_que": RAISON}))
            reglement.dits.append(
                f"Deux visites prévues pour le même motif : celle {_when(reste)} reste, "
                f"celle {_when(annulee)} est annulée."
            )
    return reglement


def _when(visite: Any) -> str:
    """« du 24/11/2026 », « sans date »."""
    return f"du {format_date(visite.date)}" if visite.date else "sans date"
