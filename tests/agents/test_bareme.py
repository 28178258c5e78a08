"""Which rights an agent has on a day: scale, seniority, trial period, career; the scale as it is loaded."""

import datetime

import pytest

from agents.actions import load_droits_maladie
from agents.enums import RaisonDroits
from agents.models import DroitMaladie
from agents.rules.bareme import EtapeCarriere, FaitsDroits, LigneBareme, line_of, rights_on
from agents.rules.droits_maladie import SANS_DROITS, Droits
from nouvea_sst.lib.dates import Periode
from nouvea_sst.referentiel.enums import Fiabilite
from tests.agents.factories import AgentFactory
from tests.imports.chargement import load

D = datetime.date
DEPART = D(2000, 1, 1)
BAREME = [
    LigneBareme("F", None, Droits(90, 270), DEPART),
    LigneBareme("C_CC", None, Droits(90, 90), DEPART),
    LigneBareme("C_CC", 3, Droits(30, 30), DEPART),
    LigneBareme("C_CC", 1, Droits(15, 0), DEPART),
]
JOUR = D(2026, 11, 24)


EMBAUCHE = D(2026, 1, 5)


def person(statut="C", embauche=EMBAUCHE, categorie=4, **faits):
    etapes = (EtapeCarriere(embauche or DEPART, None, categorie),) if categorie else ()
    return FaitsDroits(statut, False, embauche, faits.pop("carrieres", etapes), **faits)


@pytest.mark.parametrize("annees, plein", [(0, 15), (1, 30), (2, 30), (3, 90), (40, 90)])
def test_lowest_bound_above_the_years_of_service(annees, plein):
    assert line_of(BAREME, "C_CC", annees, JOUR).droits.plein == plein


def test_new_scale_leaves_the_past_as_it_was():
    bareme = [*BAREME, LigneBareme("F", None, Droits(100, 200), D(2026, 1, 1))]
    plein = [line_of(bareme, "F", 5, jour).droits.plein for jour in (D(1999, 1, 1), D(2025, 12, 31), JOUR)]
    assert plein == [90, 90, 100]


@pytest.mark.parametrize(
    "faits, droits, raison",
    [
        (person("F", None, None), Droits(90, 270), RaisonDroits.BAREME),
        (person(), Droits(15, 0), RaisonDroits.BAREME),
        (person(embauche=D(2025, 11, 25)), Droits(30, 30), RaisonDroits.BAREME),
        (person(embauche=D(2025, 11, 26)), Droits(15, 0), RaisonDroits.BAREME),
        (person(categorie=None), SANS_DROITS, RaisonDroits.SANS_CARRIERE),
        (person(embauche=None), SANS_DROITS, RaisonDroits.SANS_EMBAUCHE),
        (person(statut="", categorie=None), SANS_DROITS, RaisonDroits.STATUT_INCONNU),
        (person(categorie=9), SANS_DROITS, RaisonDroits.ELU),
        (person(essais=(Periode(D(2026, 11, 1), JOUR),)), SANS_DROITS, RaisonDroits.ESSAI),
        (person(essais=(Periode(D(2026, 8, 1), D(2026, 11, 23)),)), Droits(15, 0), RaisonDroits.BAREME),
        (
            person(statut="C", categorie=1, essais=(Periode(DEPART, JOUR),)),
            Droits(90, 270),
            RaisonDroits.BAREME,
        ),
    ],
)
def test_rights_of_a_day_and_why(faits, droits, raison):
    du_jour = rights_on(faits, JOUR, BAREME)
    assert (du_jour.droits, du_jour.raison) == (droits, raison)


@pytest.mark.django_db
def test_scale_is_loaded_once_and_never_shown_as_law():
    assert load_droits_maladie(acteur=None) == DroitMaladie.objects.count() == 7
    assert load_droits_maladie(acteur=None) == 0
    assert set(DroitMaladie.objects.values_list("fiabilite", flat=True)) == {Fiabilite.HYPOTHESE}
    assert all("à vérifier auprès de la DRH" in d.source for d in DroitMaladie.objects.all())


ENTETE = "ID_REF_DROITS_MALADIES;F;C;CC;DROITS_PS;DROITS_DS;ANNEE_ANCIENNETE"
LIGNES = ("1;1;0;0;90;270;", "2;0;1;1;15;0;1", "3;0;1;1;30;30;3", "7;0;1;1;90;90;99")


@pytest.mark.django_db
def test_file_of_the_former_software_gives_the_scale():
    depot = load("droits_maladies", ENTETE, *LIGNES)
    assert (depot.bilan["crees"], depot.bilan["refuses"]) == (4, 0)
    assert list(DroitMaladie.objects.values_list("groupe", "annees_moins_de", "jours_plein")) == [
        ("C_CC", 1, 15),
        ("C_CC", 3, 30),
        ("C_CC", None, 90),
        ("F", None, 90),
    ]
    assert load("droits_maladies", ENTETE, *LIGNES).bilan["inchanges"] == 4


@pytest.mark.django_db
def test_file_corrects_a_value_that_was_an_assumption():
    load_droits_maladie(acteur=None)
    depot = load("droits_maladies", ENTETE, "1;1;0;0;90;90;")
    assert (depot.bilan["modifies"], depot.bilan["refuses"]) == (1, 0)
    ligne = DroitMaladie.objects.get(groupe="F")
    assert (ligne.jours_demi, ligne.fiabilite, ligne.libelle) == (90, Fiabilite.USAGE, "Fonctionnaire")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ligne, phrase",
    [
        ("1;1;1;0;90;270;", "Une ligne vaut pour les fonctionnaires"),
        ("1;0;0;0;90;270;", "Une ligne vaut pour les fonctionnaires"),
        ("1;1;0;0;400;0;", "Un droit va de 0 à 366 jours"),
        ("1;0;1;1;10;0;0", "L’ancienneté est d’au moins une année"),
    ],
)
def test_row_that_says_no_right_is_refused(ligne, phrase):
    AgentFactory()
    depot = load("droits_maladies", ENTETE, ligne)
    assert depot.bilan["refuses"] == 1
    assert phrase in depot.lignes.get().motif
