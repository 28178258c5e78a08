"""manage.py relever_depots, and the task that passes by night."""

import datetime
import io
import json
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from nouvea_sst.imports import tasks
from nouvea_sst.imports.models import Releve
from tests.imports.fichiers import BOULA, make_csv
from tests.imports.test_releve import depots, drop  # noqa: F401

pytestmark = pytest.mark.django_db
NOUMEA = ZoneInfo("Pacific/Noumea")


def at(texte):
    return datetime.datetime.fromisoformat(texte).replace(tzinfo=NOUMEA)


def test_the_task_passes_once_a_night(depots, monkeypatch):  # noqa: F811
    instants = {"2026-11-24 02:50": 0, "2026-11-24 03:00": 1, "2026-11-24 03:10": 1, "2026-11-25 03:00": 2}
    for instant, passages in instants.items():
        quand = at(instant)
        monkeypatch.setattr("django.utils.timezone.now", lambda quand=quand: quand)
        if not passages:
            Releve.objects.create(debut=at("2026-11-23 03:00"), fin=at("2026-11-23 03:01"))
        tasks.take_depots()
        assert Releve.objects.count() == 1 + passages, instant


def command(*arguments):
    sortie = io.StringIO()
    call_command("relever_depots", *arguments, stdout=sortie, stderr=io.StringIO())
    return sortie.getvalue()


def test_command_in_json_and_in_words(depots, settings):  # noqa: F811
    drop(depots, "agents.csv", make_csv([BOULA]))
    essai = json.loads(command("--simuler", "--json"))
    assert (essai["simulation"], essai["fichiers"][0]["issue"]) == (True, "applique")
    fait = json.loads(command("--json"))
    assert fait.keys() == {"fichiers", "en_ecriture", "dossiers_laisses", "simulation"}
    assert fait["fichiers"] == [
        {"nom": "agents.csv", "cible": "agents", "issue": "applique", "lignes": 1, "crees": 1}
        | {"modifies": 0, "inchanges": 0, "refuses": 0, "motif": "1 créé, 0 modifié, 0 inchangé, 0 refusé"}
    ]
    assert command().strip() == "Aucun fichier à prendre."
    settings.DEPOTS = depots / "absent"
    with pytest.raises(SystemExit):
        command()
