"""Rows of the lists of reporting, in bulk."""

import datetime

from django.utils import timezone

from agents.models import Absence, Agent, Poste, Responsabilite, Structure
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from reporting.models import ContradictionEcartee, Edition
from tests.fabriques import compte
from tests.reporting import factories as f
from visites.enums import EtatVisite, NatureVisite
from visites.models import Restriction, TypeRestriction, Visite


def fill_editions(nombre: int) -> None:
    """Make that many editions of as many sessions."""
    seances = f.Seance.objects.bulk_create(f.SeanceFactory.build_batch(nombre))
    auteur = compte()
    Edition.objects.bulk_create(
        Edition(
            seance=seance,
            debut=datetime.date(2026, 1, 1),
            fin=datetime.date(2026, 6, 30),
            arretee_le=datetime.date(2026, 7, 1),
            rang=1,
            chiffres={},
            pdf=b"%PDF",
            sha256="0" * 64,
            pages=1,
            faite_par=auteur,
        )
        for seance in seances
    )


def fill_team(nombre: int) -> None:
    """Agents of the structures of every manager: half of them absent, with a visit and a measure each."""
    jour = datetime.date.today()  # noqa: DTZ011 the page reads the real day
    direction = f.StructureFactory()
    for encadrant in Utilisateur.objects.filter(role=Role.ENCADRANT).order_by("pk"):
        Responsabilite.objects.create(compte=encadrant, structure=direction, date_debut=jour)
    postes = Poste.objects.bulk_create(Poste(intitule=f"Poste d’équipe {n}") for n in range(nombre))
    agents = Agent.objects.bulk_create(
        Agent(
            nom="Kaloi", prenom=f"Équipe {n}", nom_cle=f"kaloi equipe {n}", structure=direction, poste=poste
        )
        for n, poste in enumerate(postes)
    )
    maladie = f.TypeAbsenceFactory()
    Absence.objects.bulk_create(
        Absence(agent=agent, type=maladie, date_debut=jour, date_fin=jour) for agent in agents[::2]
    )
    motif = f.MotifFactory()
    visites = Visite.objects.bulk_create(
        Visite(agent=a, motif=motif, nature=NatureVisite.EXAMEN, etat=EtatVisite.PLACEE, date=jour)
        for a in agents
    )
    types = TypeRestriction.objects.bulk_create(
        TypeRestriction(libelle=f"Mesure de rang {n}") for n in range(len(agents))
    )
    Restriction.objects.bulk_create(
        Restriction(visite=v, agent=v.agent, type=t, date_debut=jour)
        for v, t in zip(visites, types, strict=True)
    )


def fill_contradictions(nombre: int) -> dict[str, str]:
    """Agents without hire date, each in a structure of its own, and as many of them set aside."""
    structures = Structure.objects.bulk_create(
        Structure(sigle=f"QUAL{n}", libelle=f"Service {n}", niveau="service") for n in range(nombre)
    )
    agents = Agent.objects.bulk_create(
        Agent(nom="Kaloi", prenom=f"Sans {n}", nom_cle=f"kaloi sans {n}", structure=structures[n % nombre])
        for n in range(2 * nombre)
    )
    auteur = compte()
    ContradictionEcartee.objects.bulk_create(
        ContradictionEcartee(
            code="sans-embauche", cle=agent.pk, raison="Élu", ecartee_par=auteur, ecartee_le=timezone.now()
        )
        for agent in agents[::2]
    )
    return {"contradiction": "sans-embauche"}
