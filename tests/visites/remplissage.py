"""Due dates in number, for the test that counts the SQL of lists; others fill the same house."""

import datetime

from django.utils import timezone

from agents.actions import rebuild_paths
from agents.models import Agent, ExigencePoste, Poste, Structure, TypeExigence
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from tests.agents.factories import AgentFactory
from tests.agents.remplissage import fill_postes
from tests.visites.echanges import echange_of, etape_of
from tests.visites.factories import EssaiRegleFactory, MotifFactory, TypeRestrictionFactory, held
from visites.enums import Declencheur
from visites.models import (
    Accompagnement,
    DemandeVisite,
    Engagement,
    MembreAccompagnement,
    Motif,
    RegleVisite,
    Restriction,
    Suivi,
    TypeRestriction,
    Visite,
    VisiteDue,
)

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
    motif = Motif.objects.get_or_create(code="periodique", defaults={"libelle": "Visite périodique"})[0]
    regle = RegleVisite.objects.get_or_create(
        declencheur=Declencheur.PERIODIQUE,
        date_effet=datetime.date(2000, 1, 1),
        defaults={"motif": motif, "libelle": "Visite périodique", "source": "Pratique", "fiabilite": "usage"},
    )[0]
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
    VisiteDue.objects.bulk_create(
        VisiteDue(
            agent=agent,
            cle="suivi",
            regle=regle,
            famille="periodique",
            motif=motif,
            calculee=datetime.date(2025, 1, 1),
            echeance=datetime.date(2025, 1, 1),
            preuve=PREUVE,
            calculee_le=maintenant,
        )
        for agent in agents
    )


def fill_charge(nombre):
    """The same visits, due in as many days from today on."""
    fill_suivis(nombre)
    dues = list(VisiteDue.objects.order_by("pk"))
    jour = timezone.localdate()
    for rang, due in enumerate(dues):
        due.echeance = jour + datetime.timedelta(days=rang)
    VisiteDue.objects.bulk_update(dues, ["echeance"])


def fill_demandes(nombre):
    """Requests of agents who have each a structure of his own."""
    fill_suivis(nombre)
    DemandeVisite.objects.bulk_create(
        DemandeVisite(agent=agent, origine="agent", nom_demandeur=str(agent), demandee_le="2026-11-20")
        for agent in Agent.objects.order_by("pk")[:nombre]
    )


def fill_engagements(nombre):
    """Measures of agents who have each a structure of his own."""
    fill_suivis(nombre)
    genre = TypeRestrictionFactory.create()
    motif = Motif.objects.create(code="engagements", libelle="Reprise", libelle_public="Reprise")
    agents = list(Agent.objects.order_by("pk")[:nombre])
    visites = Visite.objects.bulk_create(
        Visite(
            agent=agent,
            motif=motif,
            nature="examen",
            etat="realisee",
            date="2026-01-05",
            conclusion="amenagement",
            signee_le=timezone.now(),
        )
        for agent in agents
    )
    jour = timezone.localdate()
    restrictions = Restriction.objects.bulk_create(
        Restriction(visite=visite, agent_id=visite.agent_id, type=genre, date_debut=jour)
        for visite in visites
    )
    Engagement.objects.bulk_create(
        Engagement(restriction=restriction, ouvert_le=jour, echeance=jour, structure=agent.structure)
        for restriction, agent in zip(restrictions, agents, strict=True)
    )


def fill_accompagnements(nombre):
    """Follow-ups of agents who have each a structure, kept by any coordinateur, each with a late step."""
    fill_suivis(nombre)
    jour, qui = timezone.localdate(), list(Utilisateur.objects.filter(role=Role.COORDINATEUR))
    agents = Agent.objects.order_by("pk")[:nombre]
    suivis = Accompagnement.objects.bulk_create(Accompagnement(agent=a, ouvert_le=jour) for a in agents)
    MembreAccompagnement.objects.bulk_create(
        MembreAccompagnement(accompagnement=suivi, compte=compte, depuis=jour)
        for suivi in suivis
        for compte in qui
    )
    for suivi in suivis:
        etape_of(echange_of(qui[0], suivi), dans=-1)


def fill_regles(nombre):
    """As many rules in force, each with a condition."""
    motif = Motif.objects.create(code="regles", libelle="Reprise", libelle_public="Reprise")
    RegleVisite.objects.bulk_create(
        RegleVisite(
            declencheur=f"d{n}",
            motif=motif,
            libelle=f"Règle {n}",
            types_absence=[71],
            operateur="gt",
            seuil=n,
            decalage=2,
            date_effet=datetime.date(2000, 1, 1),
            source="Pratique",
            fiabilite="usage",
        )
        for n in range(nombre)
    )


def fill_essai(nombre):
    """A trial that moves that many visits, each of another agent."""
    agents = Agent.objects.bulk_create(
        Agent(nom="Kaloi", prenom=f"Essai {n}", nom_cle=f"kaloi essai {n}") for n in range(nombre)
    )
    motif = MotifFactory.create()
    lignes = [[agent.pk, motif.pk, "avancees", "2026-12-09", "2026-12-02"] for agent in agents]
    resultat = {"agents": nombre, "erreurs": 0, "mouvements": lignes}
    return {"pk": EssaiRegleFactory.create(resultat=resultat).pk}


def fill_postes_compatibles(nombre):
    """Posts that each clash with the two measures of one agent."""
    fill_postes(nombre)
    types = [TypeExigence.objects.create(code=f"x{n}", libelle=f"Exigence {n}") for n in range(2)]
    agent = AgentFactory.create()
    visite = held(agent=agent)
    for exigence in types:
        mesure = TypeRestriction.objects.create(libelle=f"Pas de {exigence}", exigence=exigence)
        visite.restrictions.create(agent=agent, type=mesure, date_debut=timezone.localdate())
    ExigencePoste.objects.bulk_create(
        ExigencePoste(poste=poste, type=exigence, niveau="souvent")
        for poste in Poste.objects.all()
        for exigence in types
    )
    return {"pk": agent.pk}
