"""The engine on a target that is no agent: effects, refusals, keys."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.moteur.analyse import Reglages, analyse_file, describe
from nouvea_sst.imports.moteur.apercu import describe_analyse, describe_row
from nouvea_sst.imports.moteur.plan import ColonnesManquantes, build_plan
from nouvea_sst.imports.rules.ecarts import find_changes
from tests.imports.cible_essai import JOUR, Jardin, make_target
from tests.imports.fichiers import make_csv, make_xlsx

ENTETE = ["Espèce", "Couleur", "Planté le", "Rang", "Pieds"]
ROSE = ["rose", "R", "25/12/2020", "1", "4"]
LYS = ["lys", "b", "01/02/2021", "2", ""]


def plan_of(lignes, jardin=None, reglages=None, entete=ENTETE, **options):
    contenu = make_csv(lignes, entete=entete, **options)
    return build_plan(make_target(jardin or Jardin()), contenu, reglages or Reglages(), JOUR)


def test_new_rows_are_created_with_typed_values():
    plan = plan_of([ROSE, LYS])
    assert plan.counts() == {
        "lignes": 2,
        "crees": 2,
        "modifies": 0,
        "inchanges": 0,
        "refuses": 0,
        "avertis": 0,
    }
    assert plan.lignes[0].valeurs == {
        "espece": "rose",
        "couleur": "rouge",
        "plantee_le": datetime.date(2020, 12, 25),
        "rang": 1,
        "pieds": 4,
    }
    assert plan.lignes[1].valeurs["pieds"] is None


def test_known_rows_are_changed_or_left_alone():
    connue = {
        "espece": "rose",
        "couleur": "rouge",
        "plantee_le": datetime.date(2020, 12, 25),
        "rang": 1,
        "pieds": 4,
    }
    autre = {"espece": "lys", "couleur": "rouge", "plantee_le": None, "rang": 2, "pieds": 8}
    plan = plan_of([ROSE, LYS], Jardin({"rang=1": (7, connue), "rang=2": (8, autre)}))
    assert [ligne.effet.value for ligne in plan.lignes] == ["inchange", "modifie"]
    assert plan.lignes[1].changements == {
        "couleur": ("rouge", "blanc"),
        "plantee_le": (None, datetime.date(2021, 2, 1)),
    }


@pytest.mark.parametrize(
    "rang, texte, colonne, motif",
    [
        (0, "", "Espèce", "Le champ « Espèce » est vide."),
        (0, "x" * 13, "Espèce", "Ce texte compte 13 caractères ; le maximum est de 12."),
        (1, "vert", "Couleur", "Valeur inconnue. Attendu : R ou B."),
        (
            2,
            "31/02/2024",
            "Planté le",
            "Cette date n’existe pas. Corrigez le fichier, puis importez-le à nouveau.",
        ),
        (2, "25/12/2026", "Planté le", "Dans l’avenir."),
        (3, "un", "Rang", "Un nombre entier est attendu."),
        (4, "3", "Pieds", "Un nombre pair est attendu."),
        (1, "#N/A", "Couleur", "Cette cellule contient une erreur d’Excel."),
    ],
)
def test_refused_row_names_line_column_value_and_reason(rang, texte, colonne, motif):
    fautive = [*ROSE]
    fautive[rang] = texte
    plan = plan_of([LYS, ["iris", "R", "13/01/2020", "3", "2"], fautive])
    assert plan.refusals() == [{"ligne": 4, "colonne": colonne, "valeur": texte, "motif": motif}]
    assert plan.counts()["crees"] == 2


def test_all_faults_of_a_row_are_said_at_once():
    (refus,) = plan_of([LYS, ["iris", "R", "", "3", ""], ["rose", "vert", "31/02/2024", "1", "2"]]).refusals()
    assert (refus["colonne"], refus["valeur"]) == ("Couleur", "vert")
    assert "De plus, colonne « Planté le » (31/02/2024) : Cette date n’existe pas." in refus["motif"]


def test_doubled_key_refuses_the_later_row_and_names_the_first():
    plan = plan_of([ROSE, LYS, ["iris", "B", "", "1", ""]])
    assert plan.refusals() == [
        {
            "ligne": 4,
            "colonne": "Rang",
            "valeur": "1",
            "motif": "Déjà dans le fichier, ligne 2 : rose. "
            "Deux lignes ne peuvent pas porter la même clé (rang).",
        }
    ]


def test_repeated_row_is_said_to_be_one():
    assert plan_of([ROSE, LYS, ROSE]).refusals()[0]["motif"] == "Cette ligne répète la ligne 2."


def test_empty_single_key_gives_way_to_the_fallback():
    plan = plan_of([ROSE, ["lys", "b", "", "", ""]])
    assert [ligne.cle for ligne in plan.lignes] == ["rang=1", "espece=lys"]


def test_two_keys_that_reach_one_record_are_refused():
    jardin = Jardin({"rang=1": (7, {}), "espece=lys": (7, {})})
    plan = plan_of([ROSE, ["lys", "b", "", "", ""]], jardin)
    assert plan.refusals()[0]["motif"] == "La ligne 2 concerne déjà cette personne."


def test_titles_above_and_columns_unknown():
    plan = plan_of([[*ROSE, "x"]], entete=[*ENTETE, "Arrosage"], titres=["Jardin municipal", "Année 2026"])
    assert plan.analyse.ligne_entete == 5
    assert plan.lignes[0].numero == 6
    assert plan.analyse.ignorees == ["Arrosage"]


def test_words_of_what_was_recognised():
    cible = make_target(Jardin())
    analyse = analyse_file(cible, make_csv([ROSE], entete=ENTETE, encodage="cp1252"), Reglages())
    assert describe(cible, analyse) == [
        "en-tête ligne 1",
        "Windows-1252",
        "point-virgule",
        "dates jour/mois/année",
    ]
    doute = analyse_file(cible, make_csv([LYS], entete=ENTETE), Reglages())
    assert describe(cible, doute)[-1] == "dates jour/mois/année (supposé)"


def test_date_order_of_the_file_or_of_the_person():
    americain = [["rose", "R", "12/25/2020", "1", ""], ["lys", "B", "02/01/2021", "2", ""]]
    assert plan_of(americain).lignes[1].valeurs["plantee_le"] == datetime.date(2021, 2, 1)
    impose = plan_of([LYS], reglages=Reglages(ordre_date="mja"))
    assert impose.lignes[0].valeurs["plantee_le"] == datetime.date(2021, 1, 2)


def test_columns_and_key_of_the_person():
    reglages = Reglages({"espece": "espece", "rang": "pieds"}, "espece")
    plan = plan_of([ROSE, LYS], reglages=reglages, entete=["Espèce", "Couleur", "Planté le", "Rang", "Pieds"])
    assert plan.lignes[1].valeurs == {"espece": "lys", "pieds": 2}
    assert plan.lignes[1].cle == "espece=lys"
    assert plan.lignes[0].faute.colonne == "Rang"


def test_key_that_the_columns_do_not_give_is_replaced():
    assert plan_of([ROSE], reglages=Reglages({"espece": "espece"}, "rang")).analyse.cle.nom == "espece"


def test_missing_required_column_is_said():
    with pytest.raises(ColonnesManquantes, match="Aucune colonne du fichier ne donne « Espèce »."):
        plan_of([["R", "1"]], entete=["Couleur", "Rang"])


@pytest.mark.parametrize("lignes", [[["rose", "12/03/2020"], ["lys", "13/03/2020"]], [["1", "2"]]])
def test_file_without_header_is_refused(lignes):
    with pytest.raises(FichierIllisible, match="en-tête"):
        plan_of(lignes[1:], entete=lignes[0])


def test_file_with_a_header_alone_is_refused():
    with pytest.raises(FichierIllisible, match="aucune ligne sous son en-tête"):
        plan_of([])


def test_the_sheet_that_names_most_columns_is_read():
    notice = [["Comment lire"], ["Couleur", "Texte"], ["R", "rouge"]]
    contenu = make_xlsx([ENTETE, ["rose", "R", datetime.date(2020, 12, 25), 1, 4]], feuilles=[notice])
    plan = build_plan(make_target(Jardin()), contenu, Reglages(), JOUR)
    assert plan.lignes[0].valeurs["plantee_le"] == datetime.date(2020, 12, 25)
    assert "feuille « Sheet1 »" in describe(make_target(Jardin()), plan.analyse)


@pytest.mark.parametrize("masquee, lue", [(False, "Sheet"), (True, "Sheet1")])
def test_fullest_of_two_like_sheets_is_read_unless_it_is_hidden(masquee, lue):
    deux = make_xlsx([ENTETE, ROSE], feuilles=[[ENTETE, ROSE, LYS]])
    classeur = load_workbook(io.BytesIO(deux))
    classeur["Sheet"].sheet_state = "hidden" if masquee else "visible"
    sortie = io.BytesIO()
    classeur.active = 1
    classeur.save(sortie)
    cible = make_target(Jardin())
    assert analyse_file(cible, sortie.getvalue(), Reglages()).feuille.nom == lue
    assert analyse_file(cible, sortie.getvalue(), Reglages(feuille="Sheet")).feuille.nom == "Sheet"


def test_preview_in_words():
    cible = make_target(Jardin({"rang=1": (7, {"espece": "rosier", "couleur": "", "plantee_le": None})}))
    contenu = make_csv([ROSE, LYS], entete=ENTETE)
    plan = build_plan(cible, contenu, Reglages(), JOUR)
    assert describe_row(cible, plan.lignes[0])["changements"] == [
        ["Espèce", "rosier", "rose"],
        ["Couleur", "", "rouge"],
        ["Plantée le", "", "25/12/2020"],
    ]
    assert describe_row(cible, plan.lignes[1])["changements"] == [
        ["Couleur", "", "blanc"],
        ["Espèce", "", "lys"],
        ["Plantée le", "", "01/02/2021"],
        ["Rang", "", "2"],
    ]
    apercu = describe_analyse(cible, plan.analyse, plan)
    assert apercu["cle"] == "rang" and apercu["nombres"]["modifies"] == 1
    assert apercu["exemples"][0] == ["rose", "lys"]


@pytest.mark.parametrize(
    "connu, lu, change",
    [
        ("Magnin", "MAGNIN", False),
        ("Éloi", "ÉLOI", False),
        ("\u00c9loi", "e\u0301loi", False),
        ("Eloi", "ÉLOI", True),
        ("Magnin", "MAGNAN", True),
        (None, "MAGNIN", True),
        ("Magnin", "", False),
    ],
)
def test_capitals_alone_are_no_change_of_a_name_and_an_accent_is_one(connu, lu, change):
    ecarts = find_changes({"nom": connu, "rang": "a"}, {"nom": lu, "rang": "A"}, sans_casse={"nom"})
    assert ("nom" in ecarts) is change
    assert ecarts["rang"] == ("a", "A")
