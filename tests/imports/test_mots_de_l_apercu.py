"""What the preview says: every value that will be stored, whose row is refused, how dates were read."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import change_reglages, deposit_import
from nouvea_sst.imports.enums import IssueReleve
from nouvea_sst.imports.models import FichierReleve, Import, Releve
from nouvea_sst.imports.moteur.analyse import Reglages
from tests.imports.fichiers import BOULA, ENTETE, make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def deposit(lignes, entete=None, cible="agents"):
    contenu = make_csv(lignes, entete=entete)
    return deposit_import(acteur=None, jour=JOUR, cible=cible, nom_fichier="r.csv", contenu=contenu)


def said(client, depot, suite=""):
    return client.get(reverse("imports:apercu", args=[depot.pk]) + suite).content.decode()


def test_of_a_new_record_every_value_that_will_be_stored_is_shown(rh):
    (ligne,) = deposit([BOULA]).lignes.all()
    assert {libelle: nouveau for libelle, _, nouveau in ligne.changements} == {
        "Matricule": "3120",
        "Nom d’usage": "BOULA",
        "Prénom": "Nathalie",
        "Sexe": "Femme",
        "Date de naissance": "12/03/1980",
        "Dernière embauche": "01/02/2010",
        "Statut": "Fonctionnaire",
        "Structure": "DEPEV – Espaces verts (à créer)",
    }


def test_a_new_record_with_its_name_alone_is_never_said_to_write_nothing(rh):
    depot = deposit([["BOULA", "Nathalie"]], entete=["Nom", "Prénom"])
    page = said(rh, depot, "?vue=crees")
    assert "BOULA" in page and ">Rien<" not in page
    assert depot.lignes.get().changements


def test_a_refused_row_is_named_by_the_beginning_of_a_name_too_long():
    depot = deposit([BOULA, ["4066", "KAJEU" * 62, *BOULA[2:]]])
    ligne = depot.lignes.get(effet="refuse")
    assert ligne.libelle.startswith("KAJEUKAJEU") and "…" in ligne.libelle
    assert ligne.libelle.endswith("Nathalie") and len(ligne.libelle) < 90


@pytest.mark.parametrize(
    ("naissance", "embauche", "mots"),
    [
        ("1980-03-12", "2010-02-01", "dates année-mois-jour"),
        ("05/03/1980", "2010-02-01", "dates jour/mois/année (supposé)"),
        ("05/05/1980", "2010-02-01", "dates jour/mois/année"),
        ("25/03/1980", "05/02/2010", "dates jour/mois/année"),
        ("19800312", "20100201", "dates sans ambiguïté"),
    ],
)
def test_an_order_is_supposed_only_of_dates_that_read_both_ways(naissance, embauche, mots):
    depot = deposit([[*BOULA[:4], naissance, embauche, *BOULA[6:]]], entete=ENTETE)
    assert [mot for mot in depot.apercu["reconnu"] if mot.startswith("dates")] == [mots]


def test_a_loop_of_structures_is_named():
    entete = ["ID_ENTITE", "SIGLE", "LIBELLE", "ID_ENTITE_PARENT"]
    lignes = [["1", "ALFA", "Alfa", "2"], ["2", "BRAVO", "Bravo", "1"], ["3", "DELTA", "Delta", "3"]]
    motifs = list(
        deposit(lignes, entete, "entites").lignes.order_by("numero").values_list("motif", flat=True)
    )
    assert motifs == [
        "Une structure ne peut pas dépendre d’elle-même : ALFA → BRAVO → ALFA.",
        "Une structure ne peut pas dépendre d’elle-même : BRAVO → ALFA → BRAVO.",
        "Une structure ne peut pas dépendre d’elle-même.",
    ]


def test_two_windows_of_one_person_are_told_apart_from_somebody_else(rh, client_de):
    depot = deposit([BOULA])
    vue = {"version": Import.objects.get(pk=depot.pk).version}
    for acteur, mots in (
        (rh.compte, "Vous-même, dans une autre fenêtre, avez revu"),
        (None, "Quelqu’un d’autre a revu"),
    ):
        change_reglages(acteur=acteur, jour=JOUR, import_id=depot.pk, reglages=Reglages())
        page = rh.post(reverse("imports:appliquer", args=[depot.pk]), vue, follow=True).content.decode()
        assert mots in page
    change_reglages(acteur=rh.compte, jour=JOUR, import_id=depot.pk, reglages=Reglages())
    formulaire = {"colonne_0": "matricule", "colonne_1": "nom", "colonne_2": "prenom", "contenu": "agents"}
    page = rh.post(reverse("imports:colonnes", args=[depot.pk]), formulaire | vue).content.decode()
    assert "Vous-même, dans une autre fenêtre, avez enregistré cette page" in page


def test_files_of_the_feed_that_a_reader_may_not_open_are_counted(rh):
    releve = Releve.objects.create(debut=timezone.now())
    for cible in ("visites", "agents", "visites"):
        FichierReleve.objects.create(
            releve=releve, nom=f"{cible}.csv", cible=cible, issue=IssueReleve.REFUSE, pris_le=timezone.now()
        )
    page = rh.get(reverse("imports:releves")).content.decode()
    assert "agents.csv" in page and "visites.csv" not in page
    assert "2 autres fichiers ont été relevés" in page
