"""Transitions, ratings, titles."""

import pytest

from nouvea_sst.lib.transitions import next_states
from signalements.enums import ClasseRisque, EtatAction, EtatSignalement
from signalements.rules.cotation import Seuils, describe_classes, rate_risk, risk_grid
from signalements.rules.etats import ACTION, SIGNALEMENT
from signalements.rules.recit import title_of

SEUILS = Seuils(dernier_faible=3, dernier_moyen=8)

S, A = EtatSignalement, EtatAction
PERMISES = {
    (S.NOUVEAU, S.QUALIFIE),
    (S.NOUVEAU, S.REJETE),
    (S.QUALIFIE, S.EN_TRAITEMENT),
    (S.QUALIFIE, S.REJETE),
    (S.EN_TRAITEMENT, S.MESURES_PRISES),
    (S.MESURES_PRISES, S.EN_TRAITEMENT),
    (S.MESURES_PRISES, S.CLOS),
    (A.A_FAIRE, A.EN_COURS),
    (A.A_FAIRE, A.FAITE),
    (A.A_FAIRE, A.ABANDONNEE),
    (A.EN_COURS, A.FAITE),
    (A.EN_COURS, A.ABANDONNEE),
}


@pytest.mark.parametrize("table, etats", [(SIGNALEMENT, S), (ACTION, A)])
def test_tables_allow_what_is_written_here_and_nothing_else(table, etats):
    permises = {(de, vers) for de in etats for vers in next_states(table, de)}
    assert permises == {(de, vers) for de, vers in PERMISES if de in etats}


@pytest.mark.parametrize(
    "gravite, probabilite, produit, classe",
    [
        (1, 1, 1, ClasseRisque.FAIBLE),
        (3, 1, 3, ClasseRisque.FAIBLE),
        (1, 3, 3, ClasseRisque.FAIBLE),
        (4, 1, 4, ClasseRisque.MOYEN),
        (2, 2, 4, ClasseRisque.MOYEN),
        (4, 2, 8, ClasseRisque.MOYEN),
        (3, 3, 9, ClasseRisque.ELEVE),
        (4, 4, 16, ClasseRisque.ELEVE),
    ],
)
def test_rating(gravite, probabilite, produit, classe):
    cotation = rate_risk(gravite, probabilite, SEUILS)
    assert (cotation.produit, cotation.classe) == (produit, classe)


@pytest.mark.parametrize("facteurs", [(0, 1), (1, 5), (5, 1), (1, 0)])
def test_factor_outside_of_the_scale_is_refused(facteurs):
    with pytest.raises(ValueError):
        rate_risk(*facteurs, SEUILS)


def test_other_thresholds_give_other_classes():
    severes = Seuils(1, 4)
    assert rate_risk(1, 3, severes).classe == ClasseRisque.MOYEN
    assert rate_risk(4, 2, severes).classe == ClasseRisque.ELEVE
    mots = [mot for _, mot in describe_classes(severes)]
    assert [mot.partition(",")[0] for mot in mots] == ["1 à 1", "2 à 4", "5 à 16"]


def test_grid_is_the_one_of_the_mock_up():
    assert [[c.produit for c in ligne] for _, ligne in risk_grid(SEUILS)] == [
        [4, 8, 12, 16],
        [3, 6, 9, 12],
        [2, 4, 6, 8],
        [1, 2, 3, 4],
    ]
    couleurs = [[c.classe.classe[3] for c in ligne] for _, ligne in risk_grid(SEUILS)]
    assert couleurs == [list("ssll"), list("dsll"), list("dsss"), list("ddds")]


@pytest.mark.parametrize(
    "recit, titre",
    [
        ("Le sol est glissant. Une collègue a failli tomber.", "Le sol est glissant"),
        ("  Sol glissant\ndepuis ce matin ", "Sol glissant"),
        ("Danger !", "Danger !"),
        ("a" * 120, "a" * 120),
        ("a" * 121, "a" * 119 + "…"),
        ("mot " * 40, "mot " * 29 + "mot…"),
    ],
)
def test_title(recit, titre):
    assert title_of(recit) == titre
    assert len(titre) <= 120
