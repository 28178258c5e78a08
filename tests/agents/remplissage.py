"""Rows in number for the tests that count the SQL of lists; all of them may be filled in one house."""

import datetime

from agents.actions import rebuild_paths
from agents.models import Absence, Agent, AlerteAbsence, Poste, Structure, TypeAbsence


def fill_agents(nombre):
    """Agents present, each on a post and in a structure of its own, half of them absent today."""
    jour = datetime.date.today()  # noqa: DTZ011 the page reads the real day
    direction = Structure.objects.create(sigle="RANGDIR", libelle="Direction", niveau="direction")
    structures = Structure.objects.bulk_create(
        Structure(sigle=f"RANG{n}", libelle=f"Service {n}", niveau="service", parent=direction)
        for n in range(nombre)
    )
    rebuild_paths()
    postes = Poste.objects.bulk_create(Poste(intitule=f"Poste tenu {n}") for n in range(nombre))
    agents = Agent.objects.bulk_create(
        Agent(
            nom="Kaloi",
            prenom=f"Joseph {n}",
            nom_cle=f"kaloi joseph {n}",
            matricule=f"{n:04d}",
            structure=structures[n],
            poste=postes[n],
        )
        for n in range(nombre)
    )
    maladie = TypeAbsence.objects.create(code=900, libelle="Maladie", famille="maladie")
    Absence.objects.bulk_create(
        Absence(agent=agent, type=maladie, date_debut=jour - datetime.timedelta(days=40), date_fin=jour)
        for agent in agents[::2]
    )


def fill_absences(nombre):
    """Absences of one agent, each of a type of its own; return the address of his tab."""
    agent = Agent.objects.create(nom="Kaloi", prenom="Joseph", nom_cle="kaloi joseph")
    types = TypeAbsence.objects.bulk_create(
        TypeAbsence(code=1000 + n, libelle=f"Maladie {n}", famille="maladie") for n in range(nombre)
    )
    debut = datetime.date(2020, 1, 1)
    Absence.objects.bulk_create(
        Absence(
            agent=agent,
            type=types[n],
            date_debut=debut + datetime.timedelta(days=3 * n),
            date_fin=debut + datetime.timedelta(days=3 * n + 1),
        )
        for n in range(nombre)
    )
    return {"pk": agent.pk}


def fill_alertes(nombre):
    """Alerts to treat, each of an agent of its own."""
    fill_agents(nombre)
    jour = datetime.date.today()  # noqa: DTZ011 the page reads the real day
    preuve = {"regle": "", "version": "", "source": "", "fiabilite": "", "faits": [], "calcul": ""}
    AlerteAbsence.objects.bulk_create(
        AlerteAbsence(agent=agent, regle="seuil", seuil=30, occasion=jour, levee_le=jour, preuve=preuve)
        for agent in Agent.objects.order_by("pk")
    )


def fill_postes(nombre):
    """Posts held by one agent each."""
    postes = Poste.objects.bulk_create(Poste(intitule=f"Poste {n}") for n in range(nombre))
    Agent.objects.bulk_create(
        Agent(nom="Kaloi", prenom=f"J{n}", nom_cle=f"kaloi j{n}", poste=poste)
        for n, poste in enumerate(postes)
    )
