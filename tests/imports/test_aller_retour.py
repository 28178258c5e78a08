"""The round trip: the city written as files of the former software, brought in, is the same city.

The files go in by the alphabet, then the other way round: rows wait for what they point at.
"""

import csv
import datetime
import io
from collections import Counter
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from agents.enums import CategorieSuivi
from agents.models import (
    Absence,
    Affectation,
    Agent,
    Carriere,
    Collectivite,
    Contrat,
    DroitMaladie,
    ExpositionPoste,
    PositionAdministrative,
    Poste,
    Site,
    Structure,
    TypeAbsence,
)
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.models import LigneImport
from nouvea_sst.referentiel.models import JourFerie
from signalements.models import MaladieProfessionnelle, SiegeLesion, TypeAccident
from visites.actions import refresh_suivis
from visites.models import Motif, Restriction, Suivi, TypeInaptitude, TypeRestriction, Visite

pytestmark = pytest.mark.django_db
VILLE = {"agents": 200, "annees": 3, "graine": 1, "jour": datetime.date(2026, 11, 24)}
EXPOSES = ExpositionPoste.objects.filter(poste=OuterRef("pk"), date_fin=None)
# Columns of each table that the files bring, and nothing that they do not.
COLONNES = {
    "structures": (
        # The files say that a structure is closed, not since when.
        Structure.objects.annotate(fermee=Q(date_fin__isnull=False)),
        "sigle libelle niveau parent__sigle direction__sigle remplace__sigle code_ancien date_debut fermee",
    ),
    "agents": (
        Agent.objects.all(),
        "matricule num_cafat num_ruamm nom prenom nom_cle civilite sexe date_naissance date_embauche "
        "date_depart statut code_categorie est_elu collectivite__code structure__sigle poste__intitule "
        "site__libelle id_tiarhe nom_naissance courriel telephone",
    ),
    "affectations": (
        Affectation.objects.all(),
        "agent__matricule structure__sigle poste__intitule site__libelle date_debut date_fin temps_travail",
    ),
    "carrières": (
        Carriere.objects.all(),
        "agent__matricule date_debut date_fin code_categorie code_grade grade cadre filiere",
    ),
    "positions": (PositionAdministrative.objects.all(), "agent__matricule type__code date_debut date_fin"),
    "contrats": (Contrat.objects.all(), "agent__matricule nature date_debut date_fin fin_essai"),
    "absences": (
        Absence.objects.all(),
        "agent__matricule type__code date_debut date_fin debut_apres_midi fin_matin prolongation "
        "accident__date_debut date_accident sans_arret",
    ),
    "visites": (
        Visite.objects.all(),
        "agent__matricule etat nature date heure motif__code validite_mois prochaine_visite "
        "nom_professionnel conclusion message_employeur annulee_parce_que",
    ),
    "restrictions": (
        Restriction.objects.all(),
        "agent__matricule visite__date visite__motif__code type__libelle precision date_debut date_fin",
    ),
    "suivis": (Suivi.objects.all(), "agent__matricule categorie derniere_visite"),
    # What a post exposes to has no file: the follow-up that it asks for stands in the file of posts.
    "postes": (
        Poste.objects.annotate(
            suivi=Case(
                When(Exists(EXPOSES), then=Value(CategorieSuivi.RENFORCE)), default=F("categorie_suivi")
            )
        ),
        "intitule suivi",
    ),
    "sites": (Site.objects.all(), "libelle"),
    "collectivités": (Collectivite.objects.all(), "code libelle code_ancien"),
    "types d’absence": (TypeAbsence.objects.all(), "code libelle famille actif"),
    "droits à maladie": (
        DroitMaladie.objects.all(),
        "groupe annees_moins_de jours_plein jours_demi libelle date_effet",
    ),
    "motifs": (Motif.objects.all(), "code libelle libelle_public code_ancien actif"),
    "types de restriction": (TypeRestriction.objects.all(), "libelle precision_attendue actif"),
    "types d’inaptitude": (TypeInaptitude.objects.all(), "libelle actif"),
    "types d’accident": (TypeAccident.objects.all(), "libelle actif"),
    "sièges de lésion": (SiegeLesion.objects.all(), "libelle actif"),
    "maladies professionnelles": (MaladieProfessionnelle.objects.all(), "code libelle actif"),
    "jours fériés": (JourFerie.objects.all(), "date libelle nature retire_parce_que"),
}


class Efface(Exception):
    """Takes back what was written."""


def photograph():
    """Every row of each table, as often as it is there."""
    return {
        nom: Counter(lignes.all().values_list(*colonnes.split()))
        for nom, (lignes, colonnes) in COLONNES.items()
    }


def city_in_database():
    """What the command writes in the database, which is empty again after."""
    with suppress(Efface), transaction.atomic():
        call_command("peupler", stdout=io.StringIO(), **VILLE)
        photo = photograph()
        raise Efface
    return photo


def city_from_files(commandes):
    """What the files make of an empty database, which is empty again after; how many rows are left over."""
    with suppress(Efface), transaction.atomic():
        for arguments in commandes:
            call_command("importer", *arguments, stdout=io.StringIO())
        refresh_suivis(acteur=None, jour=VILLE["jour"])
        photo, restes = photograph(), LigneImport.objects.filter(redite_par=None).count()
        raise Efface
    return photo, restes


@pytest.fixture
def dossier(tmp_path, settings):
    settings.VAR = tmp_path
    call_command("charger_referentiel", verbosity=0)
    call_command("synchroniser_roles", verbosity=0)
    call_command("peupler", fichiers=tmp_path / "ville", stdout=io.StringIO(), **VILLE)
    return tmp_path / "ville"


def compare(attendue, obtenue, ordre):
    """No row lacks and none is too many, table by table."""
    for nom, lignes in attendue.items():
        assert lignes.total() > 0, nom
        assert not lignes - obtenue[nom], f"{nom}, {ordre} : il manque des lignes"
        assert not obtenue[nom] - lignes, f"{nom}, {ordre} : il y a des lignes de trop"


def test_the_same_city_comes_back(dossier, decompte):
    attendue = city_in_database()
    codes = {cible.fichier: code for code, cible in targets().items()}
    fichiers = sorted(dossier.iterdir())
    attendus = {"agents", "entites", "affectations", "carrieres", "positions", "contrats"}
    attendus |= {"absences_maladies", "visites", "restrictions", "postes", "recommandations", "medecins"}
    attendus |= {"motifs_vm", "types_inaptitude", "types_restriction", "ref_type_absence", "droits_maladies"}
    attendus |= {"ref_at", "ref_siege", "ref_mp", "sites", "jours_feries"}
    assert attendus <= {f.stem for f in fichiers} and {f.name for f in fichiers} <= codes.keys()
    ordres = {
        "the folder": [[str(dossier)]],
        "by the alphabet": [[codes[f.name], str(f)] for f in fichiers],
        "the other way round": [[codes[f.name], str(f)] for f in reversed(fichiers)],
    }
    for ordre, commandes in ordres.items():
        obtenue, restes = city_from_files(commandes)
        compare(attendue, obtenue, ordre)
        assert restes == 0, f"{ordre} : des lignes sont refusées ou attendent encore"
    decompte.update({nom: lignes.total() for nom, lignes in obtenue.items()} | {"orders": len(ordres)})
    etats = Counter(ligne[1] for ligne in obtenue["visites"].elements())
    assert min(etats[etat] for etat in ("realisee", "placee", "absent")) > 0
    with (dossier / "visites.csv").open(encoding="utf-8") as fichier:
        assert obtenue["visites"].total() == sum(1 for _ in csv.reader(fichier)) - 1
