"""Accounts under several requests at the same time, each in its own transaction."""

import threading
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import (
    approve_demandes,
    ask_reset,
    ask_role,
    disable_compte,
    lock_compte,
    note_attempt,
    note_login,
)
from nouvea_sst.comptes.actions.comptes import DERNIER_ADMINISTRATEUR
from nouvea_sst.comptes.models import EssaiConnexion
from tests.fabriques import MOT_DE_PASSE, compte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sans_n_plus_1]


def beside(act):
    """Start an act on a connection of its own; return its thread, and where its failure will stand."""
    echecs = []

    def run():
        try:
            act()
        except Exception as echec:
            echecs.append(echec)
        finally:
            connection.close()

    fil = threading.Thread(target=run)
    fil.start()
    return fil, echecs


def test_an_attempt_that_waits_for_a_log_in_is_counted_after_it():
    """One earlier failure, then two at the same time: the row that the second waits for is still there."""
    anne, maintenant = compte("medecin", username="anne"), timezone.now()
    note_attempt(identifiant="anne", adresse="10.0.0.2", maintenant=maintenant)
    with transaction.atomic():
        list(EssaiConnexion.objects.select_for_update())  # as the attempt before this log-in does first
        autre, echecs = beside(
            lambda: note_attempt(identifiant="anne", adresse="10.0.0.2", maintenant=maintenant)
        )
        autre.join(0.5)
        assert autre.is_alive(), "it waits for the row"
        note_login(compte=anne, adresse="10.0.0.1", maintenant=maintenant)
    autre.join(10)
    assert not echecs
    assert sorted(e.echecs for e in EssaiConnexion.objects.all()) == [0, 1, 2]


def test_an_attempt_stays_counted_when_the_rest_of_the_page_fails():
    compte("medecin", username="anne")
    client = Client(raise_request_exception=False)
    with mock.patch("nouvea_sst.comptes.adaptateur.note_login", side_effect=RuntimeError):
        reponse = client.post(reverse("comptes:connexion"), {"login": "anne", "password": MOT_DE_PASSE})
    assert reponse.status_code == 500
    assert [e.echecs for e in EssaiConnexion.objects.all()] == [1, 1]


def test_asking_and_approving_hold_the_account_before_its_requests():
    administrateur, chef, cible = compte("administrateur"), compte("chef"), compte("agent")
    maintenant = timezone.now()
    demande = ask_role(acteur=administrateur, maintenant=maintenant, compte_id=cible.pk, role="rh")
    with transaction.atomic():
        type(cible).objects.select_for_update().get(pk=cible.pk)
        accord, echecs = beside(
            lambda: approve_demandes(acteur=chef, maintenant=maintenant, demandes=[demande.pk])
        )
        accord.join(0.5)
        assert accord.is_alive(), "it waits for the account"
        assert list(cible.demandes.select_for_update(nowait=True)) == [demande]
    accord.join(10)
    assert not echecs


def test_two_administrators_who_close_each_other_wait_for_one_another_and_one_remains():
    un, deux = compte("administrateur"), compte("administrateur")
    maintenant = timezone.now()
    with transaction.atomic():
        lock_compte(compte_id=un.pk)  # as whoever closes the first one does first
        autre, echecs = beside(lambda: disable_compte(acteur=un, maintenant=maintenant, compte_id=deux.pk))
        autre.join(0.5)
        assert autre.is_alive(), "it waits, and holds nothing that this one needs"
        assert disable_compte(acteur=deux, maintenant=maintenant, compte_id=un.pk)
    autre.join(10)
    assert [echec.messages for echec in echecs] == [[DERNIER_ADMINISTRATEUR]]
    deux.refresh_from_db()
    assert deux.is_active


def test_two_administrators_ask_about_each_other_without_waiting():
    """A request names who asks: his account is held by the other one, its key is not."""
    un, deux = compte("administrateur"), compte("administrateur")
    maintenant = timezone.now()
    with transaction.atomic():
        ask_reset(acteur=deux, maintenant=maintenant, compte_id=un.pk)
        autre, echecs = beside(lambda: ask_reset(acteur=un, maintenant=maintenant, compte_id=deux.pk))
        autre.join(10)
        assert not autre.is_alive() and not echecs
