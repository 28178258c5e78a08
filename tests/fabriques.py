"""What every app's tests need: an account of a role, a client logged in as it."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.sessions import start
from tests.gardes.base import ensure_roles

MOT_DE_PASSE = "un-mot-de-passe-de-test"
_numeros = count(1)


def compte(role: str = Role.COORDINATEUR, **champs: Any) -> Utilisateur:
    """Make an account of this role, in its group, without a journal line; its password is MOT_DE_PASSE."""
    ensure_roles()
    identifiant = champs.pop("username", f"{role}{next(_numeros)}")
    champs = {"approuve_le": timezone.now(), "password": MOT_DE_PASSE} | champs
    utilisateur = Utilisateur.objects.create_user(identifiant, role=role, **champs)
    utilisateur.groups.add(Group.objects.get(name=Role(role).value))
    return utilisateur


def log_in(utilisateur: Utilisateur) -> Client:
    """Return a client logged in as this account."""
    client = Client()
    client.force_login(utilisateur)
    session = client.session
    start(session, timezone.now())
    session.save()
    return client


@pytest.fixture
def client_de(db: None) -> Callable[..., Client]:
    """client_de("medecin") is a logged-in client; its account stands in client.compte."""

    def build(role: str = Role.COORDINATEUR, **champs: Any) -> Client:
        utilisateur = compte(role, **champs)
        client = log_in(utilisateur)
        client.compte = utilisateur
        return client

    return build


@pytest.fixture
def administrateur(db: None) -> Utilisateur:
    """An administrator's account."""
    return compte(Role.ADMINISTRATEUR)
