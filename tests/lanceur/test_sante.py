"""What /sante says, and to whom."""

from unittest import mock

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client

from nouvea_sst.travaux import veille

BIEN = {"etat": "ok", "base": "ok", "worker": "ok", "disque": "ok"}


@pytest.fixture
def worker(db: None) -> None:
    """A worker that has just signed."""
    with connection.cursor() as curseur:
        curseur.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    "origine",
    [
        {"REMOTE_ADDR": "10.0.0.8"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.8"},
    ],
)
def test_others_learn_neither_version_nor_folder(client: Client, origine: dict[str, str]) -> None:
    reponse = client.get("/sante", **origine)
    assert (reponse.status_code, reponse.json()) == (200, BIEN)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("adresse", ["127.0.0.1", "127.8.9.1", "::1"])
def test_the_machine_itself_learns_them(client: Client, adresse: str) -> None:
    reponse = client.get("/sante", REMOTE_ADDR=adresse)
    assert reponse.json() == BIEN | {"version": settings.VERSION, "dossier": str(settings.BASE_DIR)}
    assert "no-store" in reponse["Cache-Control"]


@pytest.mark.django_db
def test_a_silent_worker_is_absent(client: Client) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')"
        )
    reponse = client.get("/sante")
    assert (reponse.status_code, reponse.json()["etat"]) == (503, "panne")
    assert reponse.json()["worker"] == "absent"


@pytest.mark.django_db
def test_a_lost_database_is_said_without_details(client: Client) -> None:
    refus = mock.patch.object(connection, "cursor", side_effect=DatabaseError("mot de passe refusé"))
    with refus, mock.patch.object(connection, "close"):
        reponse = client.get("/sante", REMOTE_ADDR="10.0.0.8")
    assert reponse.status_code == 503
    assert reponse.json() == {"etat": "panne", "base": "panne", "worker": "inconnu", "disque": "ok"}


@pytest.mark.usefixtures("worker")
def test_a_full_disk_is_said(client: Client) -> None:
    with mock.patch.object(veille.shutil, "disk_usage", return_value=mock.Mock(free=1000)):
        reponse = client.get("/sante")
    assert (reponse.status_code, reponse.json()["disque"]) == (503, "plein")


@pytest.mark.django_db
def test_it_only_reads(client: Client) -> None:
    assert client.post("/sante").status_code == 405
