"""An undo that would give days back says who has taken them since, and gives nothing back."""

import datetime

import pytest
from django.urls import reverse

from agents.actions import load_types_absence
from agents.models import Absence, Affectation, Carriere
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import ImportUtilise, request_undo
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from tests.agents.factories import AbsenceFactory, AffectationFactory, AgentFactory, StructureFactory
from tests.fabriques import compte, log_in
from tests.imports.chargement import by_name, load, take_back

pytestmark = pytest.mark.django_db
ENTETE = "ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT;DATE_DEBUT_AM;DATE_FIN_AM"
PRISE = "1;9004127;81;2025-03-03;2025-03-05;6;1;0"
ANNULEE = "1;9004127;81;2025-03-03;2025-03-05;7;1;0"
DEPLACEE = "1;9004127;81;2025-06-03;2025-06-05;6;1;0"


@pytest.fixture
def gony(db):
    load_types_absence(acteur=None)
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul")


def day(mois, numero):
    return datetime.date(2025, mois, numero)


def typed(agent, debut, fin, **champs):
    """An absence that somebody enters after the import: by another request."""
    with acting(None):
        return AbsenceFactory(agent=agent, date_debut=debut, date_fin=fin, **champs)


def somebody_else():
    with acting(None):
        return AgentFactory()


@pytest.mark.parametrize("suite", [ANNULEE, DEPLACEE], ids=["taken away", "moved"])
def test_an_absence_is_not_given_back_over_one_typed_since(gony, suite):
    load("absences_maladies", ENTETE, PRISE)
    depot = load("absences_maladies", ENTETE, suite)
    saisie = typed(gony, day(3, 5), day(3, 7))
    avant = list(Absence.objects.order_by("pk").values())
    with pytest.raises(ImportUtilise):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    page = log_in(compte(Role.RH)).get(reverse("imports:annuler", args=[depot.pk])).content.decode()
    assert "Jours à rendre, et pris depuis l’import par 1 absence" in page
    assert f"{saisie}, GONY Paul" in page
    assert list(Absence.objects.order_by("pk").values()) == avant
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE
    with acting(None):
        saisie.delete()
    take_back(depot)
    assert [(a.date_debut, a.date_fin) for a in Absence.objects.all()] == [(day(3, 3), day(3, 5))]


@pytest.mark.parametrize(
    "autre",
    [
        lambda agent: typed(agent, day(3, 6), day(3, 7)),
        lambda agent: typed(agent, day(3, 5), day(3, 5), sans_arret=True),
        lambda agent: typed(somebody_else(), day(3, 3), day(3, 5)),
    ],
    ids=["the day after", "without leave", "of somebody else"],
)
def test_what_takes_none_of_those_days_is_no_obstacle(gony, autre):
    load("absences_maladies", ENTETE, PRISE)
    depot = load("absences_maladies", ENTETE, ANNULEE)
    autre(gony)
    take_back(depot)
    assert gony.absences.filter(date_debut=day(3, 3)).exists()


def test_an_overlap_that_was_there_before_the_import_is_no_obstacle(gony):
    load("absences_maladies", ENTETE, PRISE)
    typed(gony, day(3, 4), day(3, 4))
    take_back(load("absences_maladies", ENTETE, ANNULEE))
    assert gony.absences.count() == 2


def test_careers_and_affectations_are_not_given_back_over_others(gony):
    entete = "NOMATR;DATDEB;DATFIN;CDCATE"
    load("carrieres", entete, "4127;20200101;20210101;4")
    depot = load("carrieres", entete, "4127;20200101;20200201;4")
    with acting(None):
        Carriere.objects.create(agent=gony, date_debut=datetime.date(2020, 6, 1), code_categorie=4)
    with pytest.raises(ImportUtilise):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    structure = StructureFactory(sigle="ATM", cle_import="id_entite=6")
    AffectationFactory(agent=gony, structure=structure, date_debut=day(1, 1), date_fin=None)
    entete = "ID_AGENT;ID_FICHE_POSTE;DATE_DEBUT_AFF;DATE_FIN_AFF;ID_SERVICE_ADS"
    depot = load("affectations", entete, "9004127;1;2025-01-01;2025-02-01;6")
    assert depot.bilan["modifies"] == 1
    with acting(None):
        AffectationFactory(agent=gony, structure=structure, date_debut=day(7, 1), date_fin=None)
    with pytest.raises(ImportUtilise):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    assert Affectation.objects.filter(agent=gony).count() == 2


@pytest.mark.parametrize("champ", ["matricule", "num_cafat", "num_ruamm"])
def test_a_number_is_not_given_back_to_one_while_another_bears_it(champ):
    entete = "NOM;PRENOM;DATE_NAISSANCE;NOMATR;NUM_CAFAT;NUM_RUAMM"
    colonnes = {"matricule": "4127", "num_cafat": "11", "num_ruamm": "22"}
    ligne = "GONY;Paul;1980-01-02;{matricule};{num_cafat};{num_ruamm}"
    by_name()
    load("agents", entete, ligne.format(**colonnes), profil="Par nom")
    depot = load("agents", entete, ligne.format(**colonnes | {champ: "4999"}), profil="Par nom")
    assert depot.bilan["modifies"] == 1
    with acting(None):
        autre = AgentFactory(nom="SAO", **{champ: colonnes[champ]})
    with pytest.raises(ImportUtilise):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    page = log_in(compte(Role.RH)).get(reverse("imports:annuler", args=[depot.pk])).content.decode()
    assert f"Numéro à rendre, et donné depuis l’import à 1 agent : {autre}" in page


def test_the_question_does_not_depend_on_how_many_are_given_back(django_assert_max_num_queries):
    load_types_absence(acteur=None)
    lignes = []
    for numero in range(1, 31):
        AgentFactory(matricule=f"{5000 + numero}")
        lignes.append(f"{numero};900{5000 + numero};81;2025-03-03;2025-03-05;6;1;0")
    load("absences_maladies", ENTETE, *lignes)
    depot = load("absences_maladies", ENTETE, *(ligne.replace(";6;1", ";7;1") for ligne in lignes))
    assert depot.bilan["modifies"] == 30
    with django_assert_max_num_queries(15):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
