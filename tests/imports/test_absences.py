"""absences_maladies.csv: what was a leave is taken, the rest is left aside with its reason."""

import datetime

import pytest

from agents.actions import load_types_absence
from agents.models import Absence
from agents.perms import PROPRE_FICHE
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.imports.actions.valeurs import keep_values
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tasks import resume_waiting
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.fabriques import compte
from tests.imports.chargement import JOUR, load, take_back
from tests.signalements.factories import AccidentFactory

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


def test_what_is_cancelled_after_it_was_taken_gives_way_to_what_replaces_it(gony):
    """Night by night: granted, cancelled and replaced, the same again; an undo gives back the first night."""
    assert bring(row(1, "2025-03-03", "2025-03-05")) == (1, 0, 0, 0, 0)
    (ancienne,) = Absence.objects.values()
    nuit = [row(1, "2025-03-03", "2025-03-05", etat=7), row(2, "2025-03-04", "2025-03-07")]
    depot = load("absences_maladies", ENTETE, *nuit)
    assert (depot.bilan["crees"], depot.bilan["modifies"], depot.bilan["refuses"]) == (1, 1, 0)
    assert days() == [("2025-03-04", "2025-03-07", 81)]
    assert LigneJournal.objects.filter(acte="agents.delete_absence", agent_cle=str(gony.pk)).count() == 1
    assert bring(*nuit) == (0, 0, 1, 0, 1)
    take_back(depot)
    assert list(Absence.objects.values()) == [ancienne]


@pytest.mark.parametrize("etat", [5, 7, 9])
def test_the_preview_says_what_is_cancelled(gony, etat):
    bring(row(1, "2025-03-03", "2025-03-05"))
    contenu = "\n".join((ENTETE, row(1, "2025-03-03", "2025-03-05", etat=etat))).encode()
    depot = deposit_import(
        acteur=None, jour=JOUR, cible="absences_maladies", nom_fichier="f.csv", contenu=contenu
    )
    (ligne,) = depot.lignes.all()
    (libelle, avant, apres), *autres = ligne.changements
    assert (ligne.effet, libelle, autres) == ("modifie", "Absence", [])
    assert avant.endswith("03/03/2025, 05/03/2025") and apres.startswith("annulée dans la paie")


def test_a_cancelled_row_takes_away_by_its_number_alone(gony):
    AbsenceFactory(agent=gony, date_debut=datetime.date(2025, 3, 3), date_fin=datetime.date(2025, 3, 5))
    AgentFactory(matricule="5200")
    bring(row(2, "2025-04-01", "2025-04-02"))
    assert bring(
        row(1, "2025-03-03", "2025-03-05", etat=7),
        row(2, "2025-04-01", "2025-04-02", etat=9).replace("9004127", "9005200"),
        row(3, "31/02/2025", "", etat=5),
    ) == (0, 0, 0, 0, 3)
    assert Absence.objects.count() == 2


def test_a_wrong_date_does_not_keep_what_is_cancelled(gony):
    bring(row(1, "2025-03-03", "2025-03-05"))
    assert bring(row(1, "31/02/2025", "", etat=9)) == (0, 1, 0, 0, 0)
    assert not Absence.objects.exists()


def test_what_an_accident_counts_on_stays_and_its_replacement_is_refused(gony):
    bring(row(1, "2025-05-05", "2025-05-09", genre=77))
    AccidentFactory(agent=gony).absences.add(Absence.objects.get())
    assert bring(
        row(1, "2025-05-05", "2025-05-09", genre=77, etat=7), row(2, "2025-05-06", "2025-05-12")
    ) == (0, 0, 0, 2, 0)
    assert "une fiche (accident) compte sur elle" in reasons()[0]
    assert days() == [("2025-05-05", "2025-05-09", 77)]


def test_an_accident_taken_then_cancelled_gives_way_to_the_sick_leave_in_its_place(gony):
    bring(row(1, "2025-05-05", "2025-05-09", genre=77))
    assert bring(row(1, "2025-05-05", "2025-05-09", genre=77, etat=7)) == (0, 0, 1, 0, 0)
    nuit = [row(1, "2025-05-05", "2025-05-09", genre=77, etat=7), row(2, "2025-05-06", "2025-05-12")]
    assert bring(*nuit) == (1, 1, 0, 0, 0)
    assert days() == [("2025-05-06", "2025-05-12", 81)]
    assert bring(*nuit) == (0, 0, 1, 0, 1)


def test_what_another_absence_prolongs_stays_unless_something_else_comes_before(gony):
    suite = row(2, "2025-03-06", "2025-03-08", prolonge=1)
    bring(row(1, "2025-03-03", "2025-03-05"), suite)
    assert bring(row(1, "2025-03-03", "2025-03-05", etat=7)) == (0, 0, 0, 1, 0)
    assert "l’absence du 06/03/2025 la prolonge" in reasons()[0]
    annulee, autre = row(1, "2025-03-03", "2025-03-05", etat=7), row(3, "2025-03-04", "2025-03-05")
    assert bring(annulee, autre) == (1, 1, 0, 0, 0)
    assert days() == [("2025-03-04", "2025-03-05", 81), ("2025-03-06", "2025-03-08", 81)]


def test_both_links_of_a_chain_may_be_cancelled_at_once(gony):
    bring(row(1, "2025-03-03", "2025-03-05"), row(2, "2025-03-06", "2025-03-08", prolonge=1))
    assert bring(row(1, "2025-03-03", "2025-03-05", etat=7), row(2, "2025-03-06", "2025-03-08", etat=9)) == (
        0,
        2,
        0,
        0,
        0,
    )
    assert not Absence.objects.exists()


def test_nobody_takes_his_own_absence_away(gony):
    bring(row(1, "2025-03-03", "2025-03-05"))
    gony.compte = compte(Role.RH)
    gony.save()
    load("absences_maladies", ENTETE, row(1, "2025-03-03", "2025-03-05", etat=7), acteur=gony.compte)
    assert reasons() == [PROPRE_FICHE] and Absence.objects.exists()


LIENS = "ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT;ID_AT_REFERENCE"
LIENS += ";DATE_ACCIDENT_TRAVAIL;SANS_AT"


def tied(numero, genre, debut, fin, reference="", accident="", sans="0", agent="9004127"):
    return f"{numero};{agent};{genre};{debut};{fin};6;{reference};{accident};{sans}"


def test_a_relapse_finds_its_accident_in_any_order(gony):
    rechute = tied(1, 78, "2025-06-02", "2025-06-05", reference="7", accident="2025-03-03")
    depot = load("absences_maladies", LIENS, rechute)
    assert (depot.bilan.get("crees", 0), depot.bilan["attentes"]) == (0, 1)
    load("absences_maladies", LIENS, tied(7, 77, "2025-03-04", "2025-03-08", accident="2025-03-03"))
    resume_waiting()
    accident, suite = Absence.objects.order_by("date_debut")
    assert (suite.accident, suite.date_accident) == (accident, None)
    assert (accident.accident, accident.date_accident) == (None, datetime.date(2025, 3, 3))
    again = load("absences_maladies", LIENS, rechute)
    assert (again.bilan["inchanges"], again.bilan.get("modifies", 0)) == (1, 0)


def test_an_accident_without_leave_stands_in_nobodys_way(gony):
    sans = tied(1, 77, "2025-03-03", "2025-03-05", accident="2025-03-03", sans="1")
    depot = load("absences_maladies", LIENS, sans, tied(2, 81, "2025-03-03", "2025-03-05"))
    assert depot.bilan["crees"] == 2
    assert [a.sans_arret for a in Absence.objects.order_by("cle_import")] == [True, False]
    # having become a leave, it stands in the way of the other
    depot = load("absences_maladies", LIENS, tied(1, 77, "2025-03-03", "2025-03-05", sans="0"))
    assert depot.bilan["refuses"] == 1


def test_a_second_accident_of_one_day_is_written_and_pointed_at(gony):
    load("absences_maladies", LIENS, tied(1, 77, "2025-03-04", "2025-03-05", accident="2025-03-03"))
    second = tied(2, 77, "2025-04-01", "2025-04-02", accident="2025-03-03")
    suite = tied(3, 78, "2025-05-01", "2025-05-02", reference="1", accident="2025-03-03")
    autre = tied(4, 77, "2025-06-04", "2025-06-05", accident="2025-06-03")
    contenu = "\n".join((LIENS, second, suite, autre)).encode()
    depot = deposit_import(
        acteur=None, jour=JOUR, cible="absences_maladies", nom_fichier="f.csv", contenu=contenu
    )
    assert (depot.bilan["crees"], depot.bilan["avertis"]) == (3, 1)
    avertie = depot.lignes.exclude(avertissement="").get()
    assert avertie.avertissement.startswith("Date de l’accident, 03/03/2025 : un autre accident")
    assert load("absences_maladies", LIENS, second, suite, autre).bilan["crees"] == 3
    # what writes nothing is not pointed at
    assert load("absences_maladies", LIENS, second).bilan["avertis"] == 0


def test_an_illness_keeps_nothing_of_an_accident(gony):
    load("absences_maladies", LIENS, tied(1, 81, "2025-03-03", "2025-03-05", accident="2025-03-01", sans="1"))
    absence = Absence.objects.get()
    assert (absence.accident, absence.date_accident, absence.sans_arret) == (None, None, False)


def test_the_accident_of_somebody_else_is_refused(gony):
    AgentFactory(matricule="4128")
    load("absences_maladies", LIENS, tied(7, 77, "2025-03-04", "2025-03-08", agent="9004128"))
    load("absences_maladies", LIENS, tied(8, 78, "2025-06-02", "2025-06-05", reference="7"))
    assert reasons() == ["Cet accident n’est pas celui de cet agent : corrigez son numéro."]


def test_an_accident_after_its_leave_is_refused(gony):
    load("absences_maladies", LIENS, tied(7, 77, "2025-03-04", "2025-03-08", accident="2025-03-05"))
    assert reasons() == ["L’accident est à venir, ou suit le début de son arrêt : corrigez sa date."]
