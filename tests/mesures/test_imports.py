"""`mesurer --import`: what it tells is what happened, and nothing of it stays."""

import io
import json

import pytest
from django.core.management import call_command

from agents.models import Agent
from nouvea_sst.imports.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference():
    """What an import of people needs."""
    call_command("charger_referentiel", stdout=io.StringIO())


def tell(*options):
    """What the command writes."""
    sortie = io.StringIO()
    call_command("mesurer", "--import", "60", *options, stdout=sortie)
    return sortie.getvalue()


def test_every_invented_person_is_taken_in_and_none_stays():
    lu = json.loads(tell("--json"))
    assert (lu["lignes"], lu["crees"]) == (60, 60)
    assert lu["rapport"] == pytest.approx((lu["apercu_s"] + lu["application_s"]) / lu["lecture_s"], abs=0.1)
    assert lu["memoire_mo"] > 0
    assert not Agent.objects.exists()
    assert not Import.objects.exists()


def test_the_sentence_gives_both_limits():
    lu = tell()
    assert "60 lignes, 60 agents créés." in lu
    assert "pour 4 au plus" in lu
    assert "pour moins de 250" in lu
