"""Due dates in number, for the test that counts the SQL of lists; others fill the same house."""

import datetime

from django.utils import timezone

from agents.actions import rebuild_paths
from agents.models import Agent, Structure
from visites.models import Suivi

PREUVE = {"regle": "", "version": "", "source": "", "fiabilite": "", "faits": [], "calcul": ""}


def fill_suivis(nombre):
    """Agents who are due since 2025, each in a structure of his own."""
    direction = Structure.objects.create(sigle="DVIS", libelle="Direction", niveau="direction")
    structures = Structure.objects.bulk_create(
        Structure(sigle=f"V{n}", libelle=f"Service {n}", niveau="service", parent=direction)
        for n in range(nombre)
    )
    rebuild_paths()
    agents = Agent.objects.bulk_create(
        Agent(nom="Kaloi", prenom=f"Due {n}", nom_cle=f"kaloi due {n}", structure=structure)
        for n, structure in enumerate(structures)
    )
    maintenant = timezone.now()
    Suivi.objects.bulk_create(
        Suivi(
            agent=agent,
            categorie="simple",
            regle="periodique",
            derniere_visite=datetime.date(2020, 1, 1),
            echeance=datetime.date(2025, 1, 1),
            preuve=PREUVE,
            calcule_le=maintenant,
        )
        for agent in agents
    )
