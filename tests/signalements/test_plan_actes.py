"""Acts on the plan of actions."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee
from signalements import actions
from signalements.models import Action
from tests.fabriques import compte
from tests.signalements.factories import JOUR, ActionFactory

pytestmark = pytest.mark.django_db


def test_action_is_numbered_and_made_once():
    acteur, jeton = compte("preventeur"), uuid.uuid4()
    faits = {"intitule": "Poser des caillebotis", "origine": "autre", "echeance": JOUR}
    suite = {"acteur": acteur, "jour": JOUR, "jeton": jeton, "faits": faits}
    assert actions.create_action(**suite) == actions.create_action(**suite)
    action = Action.objects.get()
    assert (action.numero, action.creee_le, action.etat) == ("PA-2026-0001", JOUR, "a_faire")
    assert LigneJournal.objects.count() == 1


def test_action_is_done_with_its_proof():
    action, chef = ActionFactory.create(), compte("chef")
    actions.start_action(acteur=chef, pk=action.pk, version=1)
    fait = actions.finish_action(acteur=chef, pk=action.pk, version=2, faite_le=JOUR, preuve="Bon 12.")
    assert (fait.etat, fait.faite_le, fait.preuve) == ("faite", JOUR, "Bon 12.")
    with pytest.raises(TransitionRefusee):
        actions.abandon_action(acteur=chef, pk=action.pk, version=3, jour=JOUR, raison="Non.")
    with pytest.raises(TransitionRefusee, match="close"):
        actions.update_action(acteur=chef, pk=action.pk, version=3, faits={"intitule": "Autre"})


def test_no_end_without_proof():
    action = ActionFactory.create()
    with pytest.raises(ValidationError, match="preuve"):
        actions.finish_action(acteur=compte("chef"), pk=action.pk, version=1, faite_le=JOUR, preuve="")


def test_abandon_keeps_its_reason():
    action = ActionFactory.create()
    fait = actions.abandon_action(
        acteur=compte("chef"), pk=action.pk, version=1, jour=JOUR, raison="Site fermé."
    )
    assert (fait.etat, fait.preuve) == ("abandonnee", "Site fermé.")


def test_correction_checks_the_version():
    action, chef = ActionFactory.create(), compte("chef")
    actions.update_action(acteur=chef, pk=action.pk, version=1, faits={"intitule": "Autre"})
    with pytest.raises(VersionPerimee):
        actions.update_action(acteur=chef, pk=action.pk, version=1, faits={"intitule": "Troisième"})


@pytest.mark.parametrize(
    "echeance, etat, en_retard",
    [
        (JOUR, "a_faire", 0),
        (JOUR - datetime.timedelta(days=1), "a_faire", 1),
        (JOUR - datetime.timedelta(days=1), "en_cours", 1),
        (JOUR - datetime.timedelta(days=1), "faite", 0),
    ],
)
def test_late_from_the_first_day_after(echeance, etat, en_retard):
    close = {"faite_le": JOUR, "preuve": "Vu."} if etat == "faite" else {}
    ActionFactory.create(echeance=echeance, etat=etat, **close)
    assert Action.objects.late_on(JOUR).count() == en_retard
    assert Action.objects.count_views(JOUR)["en_retard"] == en_retard
