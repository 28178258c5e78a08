"""absences_maladies.csv: what was a leave is taken, the rest is left aside with its reason."""

import datetime

import pytest

from agents.actions import load_types_absence
from agents.models import Absence
from nouvea_sst.imports.actions.valeurs import keep_values
from nouvea_sst.imports.models import Import
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
ENTETE = (
    "ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT;DUREE;DATE_DEBUT_AM;DATE_DEBUT_PM;"
    "DATE_FIN_AM;DATE_FIN_PM;PROLONGATION;PRESCRIPTEUR;NOM_ENFANT;TAUX_CAFAT;COMMENTAIRE"
)


@pytest.fixture
def gony(db):
    load_types_absence(acteur=None)
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul")


def row(numero, debut, fin, *, genre=81, etat=6, demis="1;0;0;1", prolonge=0):
    return f"{numero};9004127;{genre};{debut};{fin};{etat};3;{demis};{prolonge};DR X;LÉO;12;Lombalgie"


def bring(*lignes):
    depot = load("absences_maladies", ENTETE, *lignes)
    noms = ("crees", "modifies", "inchanges", "refuses", "ignores")
    return tuple(depot.bilan.get(nom, 0) for nom in noms)


def days():
    return [(f"{a.date_debut}", f"{a.date_fin}", a.type.code) for a in Absence.objects.order_by("date_debut")]


def reasons():
    return list(Import.objects.latest("pk").lignes.values_list("motif", flat=True))


def test_takes_days_type_and_half_days(gony):
    assert bring(
        row(1, "2025-03-03", "2025-03-05", demis="0;1;1;0"),
        row(2, "2025-04-01", "2025-04-02", genre=77, etat=8, demis="f;f;f;f", prolonge=1),
    ) == (2, 0, 0, 0, 0)
    une, deux = Absence.objects.order_by("date_debut")
    assert (une.debut_apres_midi, une.fin_matin, une.prolongation) == (True, True, False)
    assert (deux.debut_apres_midi, deux.fin_matin, deux.prolongation) == (False, False, True)
    assert days() == [("2025-03-03", "2025-03-05", 81), ("2025-04-01", "2025-04-02", 77)]
    assert une.cle_import == "id_demande=1"


def test_the_same_file_twice_changes_nothing(gony):
    lignes = [row(1, "2025-03-03", "2025-03-05"), row(2, "2025-04-01", "2025-04-02", etat=9)]
    assert bring(*lignes) == (1, 0, 0, 0, 1)
    assert bring(*lignes) == (0, 0, 1, 0, 1)


@pytest.mark.parametrize(
    ("etat", "mot"),
    [(0, "provisoire"), (1, "saisie"), (5, "refusée"), (9, "rejetée"), (10, "en attente"), (11, "à valider")],
)
def test_what_was_not_granted_is_left_aside(gony, etat, mot):
    assert bring(row(1, "2025-03-03", "2025-03-05", etat=etat)) == (0, 0, 0, 0, 1)
    ((motif, nombre),) = Import.objects.get().apercu["ecartees"]
    assert f"Demande {mot} " in motif and nombre == 1
    assert reasons() == []


def test_what_is_left_aside_may_be_wrong_and_does_not_stand_in_the_way(gony):
    assert bring(
        row(1, "31/02/2025", "", etat=5),
        row(1, "2025-03-03", "2025-03-05"),
        row(2, "2025-03-04", "2025-03-04", etat=9),
    ) == (1, 0, 0, 0, 2)


def test_a_cancelled_leave_is_none_but_that_of_an_accident(gony):
    assert bring(
        row(1, "2025-03-03", "2025-03-05", etat=7), row(2, "2025-05-05", "2025-05-06", genre=77, etat=7)
    ) == (1, 0, 0, 0, 1)
    assert days() == [("2025-05-05", "2025-05-06", 77)]


def test_a_cancelled_accident_gives_way_to_the_sick_leave_in_its_place(gony):
    lignes = [
        row(1, "2025-05-05", "2025-05-09", genre=77, etat=7),
        row(2, "2025-05-06", "2025-05-12", genre=81, etat=8),
    ]
    assert bring(*lignes) == (1, 0, 0, 0, 1)
    assert days() == [("2025-05-06", "2025-05-12", 81)]
    assert "remplacé par l’absence du 06/05/2025" in Import.objects.get().apercu["ecartees"][0][0]
    assert bring(*reversed(lignes)) == (0, 0, 1, 0, 1)


def test_an_unknown_state_is_left_aside_with_its_number(gony):
    assert bring(row(1, "2025-03-03", "2025-03-05", etat=42)) == (0, 0, 0, 0, 1)
    assert "état 42" in Import.objects.get().apercu["ecartees"][0][0]


def test_overlaps_are_refused_within_the_file_and_with_the_database(gony):
    AbsenceFactory(agent=gony, date_debut=datetime.date(2025, 1, 10), date_fin=datetime.date(2025, 1, 12))
    assert bring(
        row(1, "2025-03-03", "2025-03-05"),
        row(2, "2025-03-05", "2025-03-07"),
        row(3, "2025-01-12", "2025-01-14"),
    ) == (1, 0, 0, 2, 0)
    assert reasons() == [
        "L’agent est déjà absent ces jours-là, par l’absence du 03/03/2025 : "
        "corrigez les dates de l’une des deux.",
        "L’agent est déjà absent ces jours-là, par l’absence du 10/01/2025 : "
        "corrigez les dates de l’une des deux.",
    ]


def test_two_halves_of_a_day_do_not_overlap(gony):
    assert bring(
        row(1, "2025-03-03", "2025-03-05", demis="1;0;1;0"),
        row(2, "2025-03-05", "2025-03-07", demis="0;1;0;1"),
    ) == (2, 0, 0, 0, 0)


def test_no_half_day_at_all_is_refused(gony):
    assert bring(row(1, "2025-03-03", "2025-03-03", demis="0;1;1;0")) == (0, 0, 0, 1, 0)
    assert "à midi" in reasons()[0]


def test_moved_leaves_are_compared_where_they_will_stand(gony):
    bring(row(1, "2025-03-03", "2025-03-05"), row(2, "2025-03-10", "2025-03-12"))
    assert bring(row(1, "2025-03-10", "2025-03-12"), row(2, "2025-03-03", "2025-03-05")) == (0, 2, 0, 0, 0)


def test_an_unknown_type_waits(gony):
    assert bring(row(1, "2025-03-03", "2025-03-05", genre=44)) == (0, 0, 0, 0, 0)
    assert Import.objects.get().bilan["attentes"] == 1
    assert "Type d’absence 44 inconnu" in reasons()[0]


def test_nothing_private_is_kept(gony):
    bring(row(1, "2025-03-03", "2025-03-05"), row(2, "31/02/2025", "2025-03-07"))
    depot = Import.objects.get()
    assert {"NOM_ENFANT", "COMMENTAIRE", "PRESCRIPTEUR", "TAUX_CAFAT"} <= set(depot.apercu["ignorees"])
    garde = f"{depot.apercu} {depot.bilan} {list(depot.lignes.values())}"
    assert not any(mot in garde for mot in ("LÉO", "Lombalgie", "DR X"))


def test_an_undo_takes_them_back(gony):
    depot = load("absences_maladies", ENTETE, row(1, "2025-03-03", "2025-03-05"))
    take_back(depot)
    assert not Absence.objects.exists()


def test_an_unknown_type_may_be_matched_once(gony):
    keep_values(acteur=None, cible="absences_maladies", choix={("type", "MA"): "81"})
    assert bring(row(1, "2025-03-03", "2025-03-05", genre="MA")) == (1, 0, 0, 0, 0)
    assert bring(row(2, "2025-03-13", "2025-03-15", genre="LM")) == (0, 0, 0, 0, 0)
    assert Import.objects.latest("pk").apercu["inconnues"] == [{"champ": "type", "valeur": "LM", "nombre": 1}]
