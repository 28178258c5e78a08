"""Two files of one person: the same accident entered in both is one of them too many."""

from agents.fusion import Reglement, Tenus
from agents.models import Agent
from signalements.models import Accident


def settle_accidents(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """Of two, a person says which is right: each has its number and its leave."""
    reglement = Reglement()
    if not tenus.both(Accident):
        return reglement
    tous = list(
        Accident.objects.filter(agent__in=(garde, fondu), rechute_de__isnull=True).order_by("date", "pk")
    )
    connus = {
        (accident.date, accident.nature): accident for accident in tous if accident.agent_id == garde.pk
    }
    for accident in (accident for accident in tous if accident.agent_id == fondu.pk):
        if meme := connus.get((accident.date, accident.nature)):
            reglement.refus.append(
                f"Le même accident est dans les deux fiches, sous {meme.numero} et {accident.numero} : "
                "corrigez d’abord la date ou la nature de l’un."
            )
    return reglement
