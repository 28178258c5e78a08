"""Every rule of visits makes a visit due in the demonstration city, however small."""

import datetime

import pytest
from django.core.management import call_command

from nouvea_sst.ville.comptes import DemoAccounts
from nouvea_sst.ville.ecriture import write_city
from nouvea_sst.ville.tirage import draw_city
from visites.actions import refresh_suivis
from visites.enums import Declencheur, EtatDemande, OrigineDemande
from visites.models import DemandeVisite, RegleVisite, VisiteDue

JOUR = datetime.date(2026, 11, 24)


@pytest.fixture
def ville(db):
    """The city of three hundred agents, its visits due calculated."""
    call_command("charger_referentiel", verbosity=0)
    call_command("synchroniser_roles", verbosity=0)
    tiree = draw_city(jour=JOUR, nombre=300, annees=5, graine=1)
    write_city(acteur=None, ville=tiree, comptes=DemoAccounts())
    refresh_suivis(acteur=None, jour=JOUR)
    return tiree


def test_every_rule_makes_a_visit_due_in_a_city_of_three_hundred(ville):
    dues = VisiteDue.objects.open()
    regles = set(RegleVisite.objects.filter(visites_dues__in=dues).values_list("declencheur", flat=True))
    assert sorted(set(Declencheur.values) - regles) == []
    assert dues.filter(absences=2).exists()
    assert dues.filter(regle__declencheur=Declencheur.DEMANDE_SERVICE, absences=1).exists()


def test_requests_of_each_origin_and_of_each_fate(ville):
    vues = set(DemandeVisite.objects.values_list("origine", "etat"))
    assert {origine for origine, _ in vues} == set(OrigineDemande.values)
    assert {etat for _, etat in vues} == set(EtatDemande.values) - {EtatDemande.RETIREE}


@pytest.mark.parametrize("graine", [2, 3])
def test_stories_grow_with_the_city_and_are_the_same_twice(graine):
    petite, grande = (draw_city(jour=JOUR, nombre=n, annees=3, graine=graine) for n in (300, 900))
    assert len(grande.demandes) == 3 * len(petite.demandes) > 0
    assert draw_city(jour=JOUR, nombre=300, annees=3, graine=graine).demandes == petite.demandes
