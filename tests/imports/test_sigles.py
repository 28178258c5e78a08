"""entites.csv: a sigle changes hands within one file, and is given back by the undo."""

import pytest
from django.db import IntegrityError, connection, transaction

from agents.models import HistoireStructure, Structure
from tests.agents.factories import StructureFactory
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
ENTETE = (
    "ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE;"
    "ID_ENTITE_REMPLACEE;CODE_SERVI"
)
VILLE = "1;VDN;Ville de Nouméa;;30;1;;"
UN, DEUX = "6;ATM;Atelier;1;28;1;;", "7;MAG;Magasin;1;28;1;;"


def bring(*lignes):
    return load("entites", ENTETE, *lignes)


def open_ones():
    """The open structures by the former software's number."""
    ouvertes = Structure.objects.filter(date_fin=None)
    return {s.cle_import.removeprefix("id_entite="): (s.sigle, s.libelle) for s in ouvertes}


@pytest.mark.parametrize(
    ("lignes", "attendus"),
    [
        ([UN.replace("ATM", "MAG"), DEUX.replace("MAG", "ATM")], {"6": "MAG", "7": "ATM"}),
        ([UN.replace("ATM", "ATX"), "8;ATM;Atelier neuf;1;28;1;;"], {"6": "ATX", "7": "MAG", "8": "ATM"}),
        ([UN.replace("ATM", "ATX"), DEUX.replace("MAG", "ATM")], {"6": "ATX", "7": "ATM"}),
        ([UN.replace(";1;;", ";3;;"), "8;ATM;Atelier neuf;1;28;1;6;"], {"7": "MAG", "8": "ATM"}),
        (
            [UN.replace("ATM", "MAG"), DEUX.replace("MAG", "DEP"), "8;ATM;Atelier neuf;1;28;1;;"],
            {"6": "MAG", "7": "DEP", "8": "ATM"},
        ),
    ],
    ids=["swap", "to a new one", "to a known one", "to the one that replaces", "chain"],
)
@pytest.mark.parametrize("inverse", [False, True])
def test_a_sigle_changes_hands_and_comes_back(lignes, attendus, inverse):
    bring(VILLE, UN, DEUX)
    avant = list(Structure.objects.order_by("pk").values("pk", "sigle", "libelle", "date_fin", "chemin"))
    depot = bring(*(reversed(lignes) if inverse else lignes))
    assert depot.bilan["refuses"] == 0
    assert {n: sigle for n, (sigle, _) in open_ones().items() if n != "1"} == attendus
    take_back(depot)
    assert (
        list(Structure.objects.order_by("pk").values("pk", "sigle", "libelle", "date_fin", "chemin")) == avant
    )
    # Once more, after the undo.
    assert bring(*lignes).bilan["refuses"] == 0
    assert {n: sigle for n, (sigle, _) in open_ones().items() if n != "1"} == attendus


def test_a_swap_leaves_one_step_in_the_past_of_each():
    bring(VILLE, UN, DEUX)
    avant = HistoireStructure.objects.count()
    bring(UN.replace("ATM", "MAG"), DEUX.replace("MAG", "ATM"))
    assert HistoireStructure.objects.count() - avant == 2


@pytest.mark.parametrize("faute", ["0", "1"], ids=["refused", "waiting"])
def test_a_sigle_that_its_bearer_keeps_after_all_is_refused(faute):
    bring(VILLE, UN, DEUX)
    # The bearer of ATM does not let go of it: its row is a forecast, or its parent is not known.
    retenue = "6;ATX;Atelier;1;28;0;;" if faute == "0" else "6;ATX;Atelier;99;28;1;;"
    depot = bring(retenue, DEUX.replace("MAG", "ATM"), "8;MAG;Magasin neuf;1;28;1;;")
    motifs = dict(depot.lignes.values_list("numero", "motif"))
    assert "Ce sigle est déjà celui d’une structure ouverte : Atelier." in motifs[3]
    assert "Ce sigle est déjà celui d’une structure ouverte : Magasin." in motifs[4]
    assert {n: sigle for n, (sigle, _) in open_ones().items()} == {"1": "VDN", "6": "ATM", "7": "MAG"}


def test_outside_an_import_the_sigle_of_an_open_structure_is_refused_at_once():
    StructureFactory(sigle="ATM")
    with pytest.raises(IntegrityError), transaction.atomic():
        Structure.objects.create(sigle="ATM", libelle="Autre", niveau="service")
    StructureFactory(sigle="ATM", date_fin="2020-01-01")
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT condeferrable, condeferred FROM pg_constraint WHERE conname = 'agents_structure_sigle'"
        )
        assert curseur.fetchall() == [(True, False)]
