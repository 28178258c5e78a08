"""What the fields of a letter are worth: the agent, the head, who signs."""

import datetime

from agents.enums import Civilite
from agents.models import Agent
from documents.models import EnTete, Signataire
from nouvea_sst.lib.affichage import INSECABLE, de, format_date

APPELS = {Civilite.MME: "Madame", Civilite.M: "Monsieur"}


def agent_values(agent: Agent) -> dict[str, str]:
    """Return what a letter says of an agent, as he stands today; structure, direction and post loaded."""
    structure = agent.structure
    direction = structure.direction if structure is not None else None
    return {
        "agent.appel": APPELS.get(Civilite(agent.civilite), "") if agent.civilite else "Madame, Monsieur",
        "agent.civilité": agent.get_civilite_display() if agent.civilite else "",
        "agent.prénom": agent.prenom,
        "agent.nom": agent.nom.upper(),
        "agent.de_nom": de(name_of(agent)),
        "agent.matricule": agent.matricule or "",
        "agent.poste": agent.poste.intitule if agent.poste is not None else "",
        "agent.service": structure.libelle if structure is not None else "",
        "agent.direction": direction.libelle if direction is not None else "",
    }


def name_of(agent: Agent) -> str:
    """« Mme Rosalie KALOI », without a title that is not known."""
    civilite = agent.get_civilite_display() if agent.civilite else ""
    return " ".join(p for p in (civilite, agent.prenom, agent.nom.upper()) if p)


def letter_values(entete: EnTete, signataire: Signataire | None, jour: datetime.date) -> dict[str, str]:
    """Return what every letter may say: its day, who signs, how to answer."""
    return {
        "lettre.date": format_date(jour, "lettre"),
        "signataire.nom": signataire.nom if signataire is not None else "",
        "signataire.fonction": signataire.fonction if signataire is not None else "",
        "section.téléphone": entete.telephone,
        "section.courriel": entete.courriel,
    }


def address_of(agent: Agent) -> list[str]:
    """Return the lines under which a letter reaches an agent by internal mail."""
    valeurs = agent_values(agent)
    lignes = [name_of(agent), valeurs["agent.service"], valeurs["agent.direction"]]
    return list(dict.fromkeys(ligne for ligne in lignes if ligne))


def appointment_values(
    jour: datetime.date, heure: datetime.time | None, lieu: str, nom: str
) -> dict[str, str]:
    """Return what a letter says of an appointment."""
    return {
        "rendez_vous.jour": format_date(jour, "long"),
        "rendez_vous.heure": write_hour(heure),
        "rendez_vous.lieu": lieu,
        "rendez_vous.professionnel": nom,
    }


def former_values(jour: datetime.date, heure: datetime.time | None) -> dict[str, str]:
    """Return what a letter says of the appointment that it replaces."""
    return {"ancien.jour": format_date(jour, "long"), "ancien.heure": write_hour(heure)}


def write_hour(heure: datetime.time | None) -> str:
    """« 8 h 15 », « 8 h »; words when no hour is set."""
    if heure is None:
        return "une heure à confirmer"
    minutes = f"{INSECABLE}{heure.minute:02d}" if heure.minute else ""
    return f"{heure.hour}{INSECABLE}h{minutes}"


def write_rank(rang: int) -> str:
    """« 1re », « 2e »."""
    return "1re" if rang == 1 else f"{rang}e"
