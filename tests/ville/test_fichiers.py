"""The demonstration city as files of the former software: the same city, in their columns and their codes."""

import csv
import datetime
import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from nouvea_sst.ville import fichiers
from nouvea_sst.ville.tirage import draw_city

pytestmark = pytest.mark.django_db
PETITS = {"contrats.csv", "restrictions.csv", "postes.csv"}
JOUR = datetime.date(2026, 11, 24)
TAILLE = {"annees": 3, "graine": 1, "jour": JOUR}


@pytest.fixture
def dossier(tmp_path):
    call_command("charger_referentiel", verbosity=0)
    return tmp_path / "ville"


def write(dossier, **options):
    sortie = io.StringIO()
    call_command("peupler", fichiers=dossier, stdout=sortie, **({"agents": 150} | TAILLE | options))
    return sortie.getvalue()


def read(dossier, nom):
    with (dossier / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier, delimiter=";"))


def test_every_row_of_the_city_is_there(dossier):
    annonce = write(dossier)
    ville = draw_city(nombre=150, **TAILLE)
    attendus = {
        "agents.csv": len(ville.agents),
        "entites.csv": len(ville.structures),
        "affectations.csv": len(ville.agents),
        "carrieres.csv": len(ville.carrieres),
        "positions.csv": len(ville.positions),
        "contrats.csv": len(ville.contrats),
        "absences_maladies.csv": len(ville.absences),
        "visites.csv": len(ville.visites),
        "restrictions.csv": sum(len(v.restrictions) for v in ville.visites),
        "postes.csv": len({a.poste for a in ville.agents}),
    }
    assert {nom: len(read(dossier, nom)) for nom in attendus} == attendus
    assert min(nombre for nom, nombre in attendus.items() if nom not in PETITS) > 100
    assert attendus["contrats.csv"] > 50, "only those who are no civil servants have one"
    assert "signalements" in annonce.partition("N’ont pas de fichier")[2]
    assert {chemin.name for chemin in dossier.iterdir()} == set(fichiers.COLONNES)
    for chemin in dossier.iterdir():
        nombre = len(read(dossier, chemin.name))
        assert nombre > 0
        assert f"{chemin.name} : {nombre} ligne{'s' * (nombre > 1)}\n" in annonce
    lues = {
        (a["ID_AGENT"][3:], int(a["ID_TYPE_DEMANDE"]), a["DATE_DEBUT"], a["DATE_FIN"])
        for a in read(dossier, "absences_maladies.csv")
    }
    assert lues == {(a.matricule, a.type, a.debut.isoformat(), a.fin.isoformat()) for a in ville.absences}


def test_codes_are_those_of_the_former_software(dossier):
    write(dossier)
    agents = read(dossier, "agents.csv")
    assert {a["CIVILITE"] for a in agents} == {"0", "1"}
    assert {a["ID_COLLECTIVITE"] for a in agents} == {"90", "40", "50"}
    assert all(a["ID_AGENT"] == f"{a['ID_COLLECTIVITE']}0{a['NOMATR']}" for a in agents)
    assert {e["ID_TYPE_ENTITE"] for e in read(dossier, "entites.csv")} == {"27", "28", "29", "30"}
    absences = read(dossier, "absences_maladies.csv")
    assert {(a["DATE_DEBUT"] > JOUR.isoformat(), a["ID_REF_ETAT"]) for a in absences} <= {
        (True, "8"),
        (False, "6"),
    }
    motifs = {m["ID_MOTIF_VM"] for m in read(dossier, "motifs_vm.csv")}
    assert {v["ID_MOTIF_VM"] for v in read(dossier, "visites.csv")} <= motifs


def test_ends_of_affectations_are_exclusive(dossier):
    write(dossier)
    departs = {a["ID_AGENT"]: a["DATE_DEPART"] for a in read(dossier, "agents.csv")}
    finies = [a for a in read(dossier, "affectations.csv") if a["DATE_FIN_AFF"]]
    assert len(finies) == sum(map(bool, departs.values())) > 0
    for affectation in finies:
        fin = datetime.date.fromisoformat(affectation["DATE_FIN_AFF"])
        assert departs[affectation["ID_AGENT"]] == (fin - datetime.timedelta(days=1)).isoformat()


def test_rows_point_at_rows(dossier):
    write(dossier)
    agents = Counter(a["ID_AGENT"] for a in read(dossier, "agents.csv"))
    entites = {e["ID_ENTITE"] for e in read(dossier, "entites.csv")}
    assert set(agents.values()) == {1}
    assert {e["ID_ENTITE_PARENT"] for e in read(dossier, "entites.csv")} <= entites | {""}
    assert {a["ID_SERVICE_ADS"] for a in read(dossier, "affectations.csv")} <= entites
    for nom in ("affectations.csv", "absences_maladies.csv", "visites.csv"):
        assert {ligne["ID_AGENT"] for ligne in read(dossier, nom)} <= set(agents)
    for nom, colonne, liste in (
        ("visites.csv", "ID_MEDECIN", "medecins.csv"),
        ("visites.csv", "ID_RECOMMANDATION", "recommandations.csv"),
        ("affectations.csv", "LILIEU", "sites.csv"),
        ("affectations.csv", "LIB_TITRE_POSTE", "postes.csv"),
        ("restrictions.csv", "ID_VISITE", "visites.csv"),
        ("restrictions.csv", "ID_TYPE_RESTRICTION", "types_restriction.csv"),
    ):
        dites = {ligne[colonne] for ligne in read(dossier, nom)} - {""}
        assert dites and dites <= {e[colonne] for e in read(dossier, liste)}


def test_free_texts_stay_empty(dossier):
    write(dossier)
    libres = {"COMMENTAIRE", "PRESCRIPTEUR", "ID_REF_SIEGE_LESION", "ID_REF_MALADIE_PRO", "APTE"}
    for nom in ("absences_maladies.csv", "visites.csv"):
        for ligne in read(dossier, nom):
            assert not any(ligne.get(colonne) for colonne in libres)


def test_refuses_a_folder_that_holds_something(dossier):
    dossier.mkdir()
    (dossier / "agents.csv").write_text("à moi")
    with pytest.raises(CommandError, match="n’est pas vide : rien n’a été écrit"):
        write(dossier)
    assert [(c.name, c.read_text()) for c in dossier.iterdir()] == [("agents.csv", "à moi")]


def test_refuses_what_is_no_folder(dossier):
    dossier.write_text("un fichier")
    with pytest.raises(CommandError, match="n’est pas un dossier"):
        write(dossier)


def test_refuses_a_folder_that_cannot_be_made(dossier):
    dossier.write_text("un fichier")
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        write(dossier / "dedans")


def test_refuses_more_agents_than_there_are_numbers(dossier, monkeypatch):
    monkeypatch.setattr(fichiers, "MATRICULE_MAX", 1100)
    with pytest.raises(CommandError, match="cinq chiffres"):
        write(dossier)
    assert not dossier.exists()


def test_refuses_without_reference_data(tmp_path):
    with pytest.raises(CommandError, match="charger_referentiel"):
        write(tmp_path / "ville")
    assert not list(tmp_path.iterdir())
