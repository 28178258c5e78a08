"""Rows in number for the tests that count the SQL of lists."""

import datetime

from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting, requete_en_cours
from nouvea_sst.imports.enums import EffetLigne, EtatImport, IssueReleve
from nouvea_sst.imports.models import (
    CorrespondanceValeur,
    FichierReleve,
    Import,
    LigneImport,
    Partant,
    Releve,
)
from tests.fabriques import compte

APERCU = {
    "lignes": 0,
    "manque": "",
    "reconnu": ["en-tête ligne 1"],
    "entetes": ["Nom"],
    "exemples": [["BOULA"]],
    "colonnes": {"0": "nom"},
    "ignorees": [],
    "cle": "nom+prenom",
    "cle_libelle": "nom d’usage + prénom",
    "ordre_date": "",
    "nombres": {"lignes": 0, "crees": 0, "modifies": 1, "inchanges": 0, "refuses": 0, "avertis": 0},
    "ajouts": [],
}


def fill_imports(nombre):
    """Files brought in, each by somebody else."""
    Import.objects.bulk_create(
        Import(cible="agents", nom_fichier=f"{n}.csv", contenu=b"x", sha256="0" * 64, depose_par=compte("rh"))
        for n in range(nombre)
    )


def fill_correspondances(nombre):
    """Values of files, each matched by somebody else, of several fields."""
    champs = (("statut", "F"), ("sexe", "M"), ("collectivite", "VDN"))
    CorrespondanceValeur.objects.bulk_create(
        CorrespondanceValeur(
            cible="agents",
            champ=champs[n % 3][0],
            valeur=f"Mot {n}",
            cle=f"mot {n}",
            choix=champs[n % 3][1],
            retenue_par=compte("rh"),
            retenue_le=timezone.now(),
        )
        for n in range(nombre)
    )


def fill_apercu(nombre):
    """Rows of one preview; return the address of it."""
    depot = Import.objects.create(
        cible="agents", nom_fichier="r.csv", contenu=b"x", sha256="0" * 64, apercu=APERCU
    )
    LigneImport.objects.bulk_create(
        LigneImport(
            fichier=depot,
            numero=n + 2,
            effet=EffetLigne.MODIFIE,
            libelle=f"BOULA {n}",
            changements=[["Sexe", "Homme", "Femme"]],
        )
        for n in range(nombre)
    )
    return {"pk": depot.pk}


def fill_attentes(nombre):
    """Rows of an import applied that wait; return the address of it."""
    depot = Import.objects.create(
        cible="agents", nom_fichier="r.csv", contenu=b"", sha256="0" * 64, apercu=APERCU, etat="applique"
    )
    LigneImport.objects.bulk_create(
        LigneImport(
            fichier=depot,
            numero=n + 2,
            effet=EffetLigne.ATTENTE,
            libelle=f"{4000 + n}",
            motif=f"Agent {4000 + n} inconnu pour l’instant : la ligne attendra.",
        )
        for n in range(nombre)
    )
    return {"pk": depot.pk}


def fill_partants(nombre):
    """Agents whom a full register leaves out; return the address of its page."""
    apercu = APERCU | {"partants": nombre, "effectif": nombre * 20, "portee": ""}
    depot = Import.objects.create(
        cible="agents", nom_fichier="r.csv", contenu=b"x", sha256="0" * 64, complet=True, apercu=apercu
    )
    Partant.objects.bulk_create(
        Partant(fichier=depot, cle=n + 1, libelle=f"BOULA {n}", date_depart=datetime.date(2026, 11, 20))
        for n in range(nombre)
    )
    return {"pk": depot.pk}


def fill_fiches(nombre):
    """Agents whom an import brought; return the address of their list."""
    depot = Import.objects.create(
        cible="agents",
        nom_fichier="r.csv",
        sha256="0" * 64,
        etat=EtatImport.APPLIQUE,
        applique_le=timezone.now(),
        apercu=APERCU,
    )
    with acting(None):
        Import.objects.filter(pk=depot.pk).update(requete=requete_en_cours.get())
        Agent.objects.bulk_create(
            Agent(nom=f"Boula {n}", prenom="Éva", nom_cle=f"boula {n} eva") for n in range(nombre)
        )
    return {"pk": depot.pk}


NUIT = datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)


def fill_releves(nombre):
    """Files that one passage of the feed took, each an import applied."""
    releve = Releve.objects.create(debut=NUIT, fin=NUIT)
    imports = Import.objects.bulk_create(
        Import(
            cible="agents",
            nom_fichier=f"{n}.csv",
            contenu=b"",
            sha256="0" * 64,
            etat=EtatImport.APPLIQUE,
            bilan={"refuses": 1},
        )
        for n in range(nombre)
    )
    FichierReleve.objects.bulk_create(
        FichierReleve(
            releve=releve,
            nom=depot.nom_fichier,
            cible="agents",
            issue=IssueReleve.APPLIQUE,
            depot=depot,
            pris_le=NUIT,
            deplace=True,
        )
        for depot in imports
    )


def fill_a_corriger(nombre):
    """Rows refused, each of another file of the feed."""
    fill_releves(nombre)
    LigneImport.objects.bulk_create(
        LigneImport(fichier=depot, numero=2, effet=EffetLigne.REFUSE, libelle="BOULA", motif="Vide.")
        for depot in Import.objects.order_by("pk")
    )
