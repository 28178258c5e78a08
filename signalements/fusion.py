"""Two files of one person: the same accident entered in both is one of them too many."""

from agents.fusion import Reglement
from agents.models import Agent
from signalements.models import Accident


def settle_accidents(garde: Agent, fondu: Agent) -> Reglement:
    """Of two, a person says which is right: each has its number and its leave."""
    reglement = Reglement()
    siens = Accident.objects.filter(agent=garde, rechute_de__isnull=True)
    connus = {(accident.date, accident.nature): accident for accident in siens.order_by("pk")}
    for accident in Accident.objects.filter(agent=fondu, rechute_de__isnull=True).order_by("date", "pk"):
        if meme := connus.get((accident.date, accident.nature)):
            reglement.refus.append(
                f"Le même accident est dans les deux fiches, sous {meme.numero} et {accident.numero} : "
                "corrigez d’abord la date ou la nature de l’un."
            )
    return reglement
