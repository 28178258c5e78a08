"""The first account of an installation, made from the server."""

from importlib import import_module
from unittest import mock

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
BON = "niaouli-lagon-kaori-42"


def creer(*reponses, identifiant="Paul", role="administrateur"):
    with mock.patch("getpass.getpass", side_effect=reponses):
        call_command(
            "creer_compte", identifiant, "--role", role, "--prenom", "Paul", "--nom", "Faua", verbosity=0
        )


def test_account_is_made_in_the_group_of_its_role(capsys):
    creer(BON, BON)
    fait = Utilisateur.objects.get(username="paul")
    assert fait.check_password(BON) and fait.groups.get().name == fait.role == "administrateur"
    assert not fait.is_superuser and not fait.is_staff
    assert LigneJournal.objects.filter(acte="comptes.create_compte", objet_cle=str(fait.pk)).count() == 1
    assert BON not in capsys.readouterr().out


@pytest.mark.parametrize(
    "reponses, phrase",
    [((BON, "autre"), "diffèrent"), (("court", "court"), "16 caractères"), (("1" * 16, "1" * 16), "")],
)
def test_bad_password_makes_nothing(reponses, phrase):
    with pytest.raises(CommandError, match=phrase or "mot de passe"):
        creer(*reponses)
    assert not Utilisateur.objects.exists()


def test_a_taken_name_is_refused():
    compte("rh", username="paul")
    with pytest.raises(CommandError, match="porte déjà"):
        creer(BON, BON, identifiant="PAUL")


def test_an_unknown_role_is_refused():
    with pytest.raises(CommandError):
        creer(BON, BON, role="superutilisateur")


@pytest.mark.django_db
def test_an_update_names_the_accounts_that_only_capitals_tell_apart():
    migration = import_module("nouvea_sst.comptes.migrations.0013_identifiants_uniques")
    migration.name_twins(apps, None)
    with connection.cursor() as curseur:
        curseur.execute("DROP INDEX comptes_identifiant_unique")
    for nom in ("anne", "Anne", "lise"):
        compte("rh", username=nom)
    with pytest.raises(CommandError, match="« Anne », « anne »"):
        migration.name_twins(apps, None)
