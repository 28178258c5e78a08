"""Accounts: one role each, never superuser, and the groups follow the matrix."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from nouvea_sst.comptes.actions import create_compte, sync_roles
from nouvea_sst.comptes.enums import Portee, Role
from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from nouvea_sst.comptes.roles import DROITS, MATRICE, PORTEES
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


def test_no_account_is_ever_superuser():
    with pytest.raises(ValueError, match="superutilisateur"):
        Utilisateur.objects.create_superuser("chef", password="x")  # noqa: S106
    utilisateur = compte("administrateur")
    with pytest.raises(IntegrityError), transaction.atomic():
        Utilisateur.objects.filter(pk=utilisateur.pk).update(is_superuser=True)


@pytest.mark.parametrize("role", Role.values)
def test_group_of_each_role_holds_the_matrix_and_nothing_more(role):
    utilisateur = compte(role)
    assert utilisateur.get_all_permissions() == set(DROITS[Role(role)])


def test_sync_is_quiet_the_second_time_and_mends_a_group_changed_by_hand():
    sync_roles(acteur=None)
    assert sync_roles(acteur=None) == 0
    groupe = Group.objects.get(name="agent")
    groupe.permissions.add(Permission.objects.get(codename="change_agent"))
    assert sync_roles(acteur=None) == 1
    assert not groupe.permissions.filter(codename="change_agent").exists()


def test_every_role_has_a_scope_and_every_right_a_holder():
    assert set(PORTEES) == set(Role)
    assert all(roles for roles in MATRICE.values())
    assert PORTEES[Role.ADMINISTRATEUR] == Portee.AUCUNE


def test_create_compte_leaves_one_line_without_the_password():
    sync_roles(acteur=None)
    avant = LigneJournal.objects.count()
    create_compte(
        acteur=None,
        maintenant=timezone.now(),
        identifiant="paul",
        role=Role.RH,
        mot_de_passe="kaori-lagon-nautile-42",
    )
    lignes = LigneJournal.objects.all()[: LigneJournal.objects.count() - avant]
    assert [ligne.acte for ligne in lignes] == ["comptes.create_compte"]
    assert "kaori" not in str(lignes[0].__dict__)
