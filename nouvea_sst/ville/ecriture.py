"""Writes the demonstration city in one transaction, by bulk."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model

from agents.enums import FamilleAbsence, NiveauExigence
from agents.models import (
    Absence,
    Affectation,
    Agent,
    Carriere,
    Collectivite,
    Contrat,
    ExigencePoste,
    ExpositionPoste,
    HeuresTravaillees,
    PositionAdministrative,
    Poste,
    Site,
    Structure,
    TypeAbsence,
    TypeExigence,
    TypeExposition,
    TypePosition,
)
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.texte import fold
from nouvea_sst.ville.comptes import DemoAccounts
from nouvea_sst.ville.ecriture_echanges import write_echanges
from nouvea_sst.ville.ecriture_engagements import write_engagements
from nouvea_sst.ville.ecriture_notes import write_notes
from nouvea_sst.ville.ecriture_prevention import write_prevention
from nouvea_sst.ville.ecriture_visites import write_demandes, write_half_days, write_visites
from nouvea_sst.ville.lignes import LigneAgent, Ville
from nouvea_sst.ville.postes import EXIGENCES, EXPOSITIONS, PARTIELLES, SIMPLE

LOT = 4000
# How long ago the structures closed by a reorganisation were.
REORGANISATION = datetime.timedelta(days=400)
EXPOSE_DEPUIS = datetime.timedelta(days=2400)
# Risks that the city no longer has: their exposures have ended.
QUITTEES = {"amiante"}
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
    write_expositions(ville.jour)
    write_exigences()
    write_careers(ville, agents)
    absences = write_absences(ville, agents)
    HeuresTravaillees.objects.bulk_create(
        HeuresTravaillees(annee=h.annee, mois=h.mois, heures=h.heures, source="Paie de démonstration")
        for h in ville.heures
    )
    comptes.create(acteur=acteur, ville=ville, structures=structures)
    write_visites(ville, agents, comptes.comptes)
    write_engagements(ville, comptes.comptes)
    write_half_days(ville)
    write_notes(ville, comptes.comptes)
    write_echanges(ville, comptes.comptes)
    write_demandes(ville, agents, comptes.comptes)
    write_prevention(ville, agents, absences, structures, comptes.comptes)
    record_act(acteur=acteur, acte="ville.write_city", libelle=f"{len(ville.agents)} agents de démonstration")


def write_structures(ville: Ville) -> dict[str, Structure]:
    """Write the tree, parents and those replaced first; return it by sigle."""
    faites: dict[str, Structure] = {}
    for ligne in ville.structures:
        mere = faites.get(ligne.parent)
        structure = Structure(
            sigle=ligne.sigle,
            libelle=ligne.libelle,
            niveau=ligne.niveau,
            parent=mere,
            code_ancien=ligne.code,
            remplace=faites.get(ligne.remplace),
            date_fin=ville.jour - REORGANISATION if ligne.fermee else None,
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
            Poste(intitule=i, categorie_suivi=SIMPLE if i in EXPOSITIONS else suivis[i])
            for i in sorted(suivis)
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
            num_cafat=ligne.num_cafat,
            num_ruamm=ligne.num_ruamm,
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


def write_expositions(jour: datetime.date) -> None:
    """Write what the posts expose to; of one of them the exposure has ended."""
    types = dict(TypeExposition.objects.values_list("code", "pk"))
    postes = dict(Poste.objects.values_list("intitule", "pk"))
    ExpositionPoste.objects.bulk_create(
        ExpositionPoste(
            poste_id=postes[intitule],
            type_id=types[code],
            date_debut=jour - EXPOSE_DEPUIS,
            date_fin=jour - REORGANISATION if code in QUITTEES else None,
        )
        for intitule, codes in EXPOSITIONS.items()
        for code in codes
        if intitule in postes
    )


def write_exigences() -> None:
    """Write what some posts ask for; two of them are entered in part."""
    types = dict(TypeExigence.objects.values_list("code", "pk"))
    postes = dict(Poste.objects.values_list("intitule", "pk"))
    ExigencePoste.objects.bulk_create(
        ExigencePoste(poste_id=postes[intitule], type_id=types[code], niveau=niveau, valeur=valeur)
        for intitule, dites in EXIGENCES.items()
        if intitule in postes
        for code in (dites if intitule in PARTIELLES else types)
        for niveau, valeur in [dites.get(code, (NiveauExigence.JAMAIS, None))]
    )


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
    accidents: dict[tuple[str, datetime.date], int] = {}
    # What comes from an accident after it.
    for suites in (False, True):
        bulk(
            Absence,
            (ligne for ligne in ville.absences if (ligne.accident is not None) == suites),
            lambda ligne: Absence(
                agent_id=agents[ligne.matricule],
                type_id=types[ligne.type],
                date_debut=ligne.debut,
                date_fin=ligne.fin,
                prolongation=ligne.prolongation,
                date_accident=ligne.date_accident,
                accident_id=accidents[(ligne.matricule, ligne.accident)] if ligne.accident else None,
                sans_arret=ligne.sans_arret,
            ),
        )
        arrets = Absence.objects.filter(type__famille=FamilleAbsence.ACCIDENT)
        cles = arrets.values_list("agent__matricule", "date_debut", "pk")
        accidents.update(((str(matricule), debut), pk) for matricule, debut, pk in cles)
    return accidents
