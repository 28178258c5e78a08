"""The command: writes the whole city, and refuses where it could do harm."""

import datetime
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from agents.models import (
    Absence,
    Affectation,
    Agent,
    Carriere,
    Contrat,
    ExigencePoste,
    ExpositionPoste,
    PositionAdministrative,
)
from commissions.models import Seance
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from signalements.models import Accident, Action, Signalement
from tests.fabriques import compte
from visites.models import EtapeEchange, Suivi, Visite, VisiteDue

pytestmark = pytest.mark.django_db


@pytest.fixture
def maison(settings, tmp_path):
    settings.VAR = tmp_path
    call_command("charger_referentiel", verbosity=0)
    call_command("synchroniser_roles", verbosity=0)
    return tmp_path


def peupler(**options):
    call_command(
        "peupler", agents=120, annees=2, graine=1, jour=datetime.date(2026, 11, 24), verbosity=0, **options
    )


def test_the_whole_city_is_written(maison):
    peupler()
    assert Agent.objects.followed_on(datetime.date(2026, 11, 24)).count() == 120
    assert Affectation.objects.count() == Agent.objects.count() == Suivi.objects.count()
    for modele in (
        Carriere,
        PositionAdministrative,
        Contrat,
        Absence,
        Accident,
        Visite,
        Signalement,
        Action,
        Seance,
        ExpositionPoste,
        ExigencePoste,
        EtapeEchange,
    ):
        assert modele.objects.exists(), modele
    comptes = json.loads((maison / "comptes_demo.json").read_text())
    assert list(comptes) == Role.values
    for role, acces in comptes.items():
        utilisateur = Utilisateur.objects.get(username=acces["identifiant"])
        assert utilisateur.role == role
        assert utilisateur.check_password(acces["mot_de_passe"])
        assert len(acces["mot_de_passe"]) >= 16
    assert Agent.objects.visible_to(Utilisateur.objects.get(role="agent")).count() == 1
    assert Agent.objects.visible_to(Utilisateur.objects.get(role="encadrant")).count() > 1
    assert (VisiteDue.objects.exclude(choisie=None).count(), VisiteDue.objects.set_aside().count()) == (3, 2)


def test_refuses_a_second_time(maison):
    peupler()
    nombre = Agent.objects.count()
    with pytest.raises(CommandError, match="contient déjà"):
        peupler()
    assert Agent.objects.count() == nombre


def test_refuses_in_production(maison, settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="production"):
        peupler()
    assert not Agent.objects.exists()


def test_refuses_beside_accounts_that_somebody_made(maison):
    compte("rh")
    with pytest.raises(CommandError, match="comptes"):
        peupler()


@pytest.mark.parametrize(("agents", "annees"), [(0, 2), (-5, 2), (1_000_000, 2), (100, 0), (100, 99)])
def test_refuses_sizes_out_of_bounds(maison, agents, annees):
    with pytest.raises(CommandError, match="va de"):
        call_command("peupler", agents=agents, annees=annees, verbosity=0)
