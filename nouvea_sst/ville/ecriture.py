"""Writes the demonstration city in one transaction, by bulk."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model

from agents.models import (
    Absence,
    Affectation,
    Agent,
    Carriere,
    Collectivite,
    Contrat,
    HeuresTravaillees,
    PositionAdministrative,
    Poste,
    Site,
    Structure,
    TypeAbsence,
    TypePosition,
)
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.texte import fold
from nouvea_sst.ville.comptes import DemoAccounts
from nouvea_sst.ville.ecriture_prevention import write_prevention
from nouvea_sst.ville.ecriture_visites import write_visites
from nouvea_sst.ville.lignes import LigneAgent, Ville

LOT = 4000
COLLECTIVITES = (
    ("VDN", "Ville de Nouméa", "90"),
    ("CDE", "Caisse des écoles", "40"),
    ("CCAS", "Centre communal d’action sociale", "50"),
)


def batches(lignes: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield lists of at most LOT rows."""
    suite = iter(lignes)
    while lot := list(islice(suite, LOT)):
        yield lot


def bulk(modele: type[Model], lignes: Iterable[Any], make: Callable[[Any], Model]) -> None:
    """Write one record per row, batch by batch."""
    gestionnaire: Any = modele._default_manager
    for lot in batches(lignes):
        gestionnaire.bulk_create([make(ligne) for ligne in lot])


@transaction.atomic
def write_city(*, acteur: Any, ville: Ville, comptes: DemoAccounts) -> None:
    """Write all rows of the city; the database holds no agent yet."""
    structures = write_structures(ville)
    agents = write_agents(ville, structures)
    write_careers(ville, agents)
    absences = write_absences(ville, agents)
    HeuresTravaillees.objects.bulk_create(
        HeuresTravaillees(annee=h.annee, mois=h.mois, heures=h.heures, source="Paie de démonstration")
        for h in ville.heures
    )
    comptes.create(acteur=acteur, ville=ville, structures=structures)
    write_visites(ville, agents, comptes.comptes)
    write_prevention(ville, agents, absences, structures, comptes.comptes)
    record_act(acteur=acteur, acte="ville.write_city", libelle=f"{len(ville.agents)} agents de démonstration")


def write_structures(ville: Ville) -> dict[str, Structure]:
    """Write the tree, parents first; return it by sigle."""
    faites: dict[str, Structure] = {}
    for ligne in ville.structures:
        mere = faites.get(ligne.parent)
        structure = Structure(
            sigle=ligne.sigle, libelle=ligne.libelle, niveau=ligne.niveau, parent=mere, code_ancien=ligne.code
        )
        structure.save()
        structure.chemin = f"{mere.chemin if mere else ''}{structure.pk}/"
        structure.direction = structure if ligne.niveau == "direction" else mere.direction if mere else None
        faites[ligne.sigle] = structure
    Structure.objects.bulk_update(faites.values(), ["chemin", "direction"])
    return faites


def write_agents(ville: Ville, structures: dict[str, Structure]) -> dict[str, int]:
    """Write agents and their affectations; return the agents' keys by matricule."""
    collectivites = {
        code: Collectivite.objects.get_or_create(
            code=code, defaults={"libelle": libelle, "code_ancien": ancien}
        )[0]
        for code, libelle, ancien in COLLECTIVITES
    }
    suivis = {a.poste: a.suivi for a in ville.agents}
    postes = {
        p.intitule: p
        for p in Poste.objects.bulk_create(
            Poste(intitule=i, categorie_suivi=suivis[i]) for i in sorted(suivis)
        )
    }
    sites = {
        s.libelle: s
        for s in Site.objects.bulk_create(Site(libelle=n) for n in sorted({a.site for a in ville.agents}))
    }

    def make(ligne: LigneAgent) -> Agent:
        return Agent(
            matricule=ligne.matricule,
            civilite=ligne.civilite,
            nom=ligne.nom,
            prenom=ligne.prenom,
            nom_cle=fold(f"{ligne.nom} {ligne.prenom}"),
            sexe=ligne.sexe,
            date_naissance=ligne.date_naissance,
            date_embauche=ligne.date_embauche,
            date_depart=ligne.date_depart,
            statut=ligne.statut,
            code_categorie=ligne.code_categorie,
            est_elu=ligne.est_elu,
            collectivite=collectivites[ligne.collectivite],
            structure=structures[ligne.structure],
            poste=postes[ligne.poste],
            site=sites[ligne.site],
        )

    bulk(Agent, ville.agents, make)
    cles = {str(matricule): cle for matricule, cle in Agent.objects.values_list("matricule", "pk")}
    bulk(
        Affectation,
        ville.agents,
        lambda ligne: Affectation(
            agent_id=cles[ligne.matricule],
            structure=structures[ligne.structure],
            poste=postes[ligne.poste],
            site=sites[ligne.site],
            date_debut=ligne.date_embauche,
            date_fin=ligne.date_depart,
            temps_travail=ligne.temps_travail,
        ),
    )
    return cles


def write_careers(ville: Ville, agents: dict[str, int]) -> None:
    """Write careers, administrative positions and contracts."""
    types = dict(TypePosition.objects.values_list("code", "pk"))
    bulk(
        Carriere,
        ville.carrieres,
        lambda ligne: Carriere(
            agent_id=agents[ligne.matricule],
            date_debut=ligne.debut,
            date_fin=ligne.fin,
            code_categorie=ligne.categorie,
            code_grade=ligne.code_grade,
            grade=ligne.grade,
            cadre=ligne.cadre,
            filiere=ligne.filiere,
        ),
    )
    bulk(
        PositionAdministrative,
        ville.positions,
        lambda ligne: PositionAdministrative(
            agent_id=agents[ligne.matricule],
            type_id=types[ligne.code],
            date_debut=ligne.debut,
            date_fin=ligne.fin,
        ),
    )
    bulk(
        Contrat,
        ville.contrats,
        lambda ligne: Contrat(
            agent_id=agents[ligne.matricule],
            nature=ligne.nature,
            date_debut=ligne.debut,
            date_fin=ligne.fin,
            fin_essai=ligne.fin_essai,
        ),
    )


def write_absences(ville: Ville, agents: dict[str, int]) -> dict[tuple[str, datetime.date], int]:
    """Write absences; return the keys of the leaves of accidents by agent and first day."""
    types = dict(TypeAbsence.objects.values_list("code", "pk"))
    bulk(
        Absence,
        ville.absences,
        lambda ligne: Absence(
            agent_id=agents[ligne.matricule],
            type_id=types[ligne.type],
            date_debut=ligne.debut,
            date_fin=ligne.fin,
        ),
    )
    accidents = Absence.objects.filter(type__code=77).values_list("agent__matricule", "date_debut", "pk")
    return {(str(matricule), debut): pk for matricule, debut, pk in accidents}
