"""Warnings, naive instants, outside connections, hidden dates: each fails."""

import socket
import subprocess
import urllib.request
import warnings
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from pytest_socket import SocketBlockedError

from nouvea_sst.comptes.models import LigneJournal
from tests.architecture.maison import RACINE

CODE_FAUTIF = {
    "DTZ011": "import datetime\n\nx = datetime.date.today()\n",
    "DTZ001": "import datetime\n\nx = datetime.datetime(2026, 1, 1)\n",
    "DTZ005": "import datetime\n\nx = datetime.datetime.now()\n",
    "TID252": "from .models import x\n\nx()\n",
    "TID251": "from django.db.models.signals import post_save\n\npost_save()\n",
    "S608": 'def f(c, n):\n    c.execute("SELECT * FROM t WHERE n = " + n)\n',
    "DJ001": (
        "from django.db import models\n\n\nclass A(models.Model):\n"
        "    x = models.CharField(max_length=3, null=True)\n"
    ),
    "T201": 'print("x")\n',
    "B006": "def f(x=[]):\n    return x\n",
}


@pytest.mark.parametrize("categorie", [UserWarning, DeprecationWarning, RuntimeWarning, ResourceWarning])
def test_warning_is_an_error(categorie):
    with pytest.raises(categorie):
        warnings.warn("essai", categorie, stacklevel=1)


@pytest.mark.django_db
def test_naive_instant_is_an_error():
    with pytest.raises(RuntimeWarning, match="received a naive datetime"):
        LigneJournal.objects.filter(quand__lt=datetime(2026, 11, 24)).exists()  # noqa: DTZ001


def test_outside_connection_is_blocked():
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_outside_address_is_blocked():
    with pytest.raises(SocketBlockedError):
        urllib.request.urlopen("http://example.org/", timeout=1)  # noqa: S310


def test_unix_socket_is_open():
    with socket.socket(socket.AF_UNIX) as prise:
        assert prise.fileno() > 0


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_loopback_alone_is_open_to_browser_tests():
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", 1), timeout=1)
    with pytest.raises(RuntimeError, match="with host"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.parametrize("regle", CODE_FAUTIF)
def test_ruff_reports(regle):
    ruff = Path(settings.BASE_DIR) / ".venv/bin/ruff"
    if not ruff.exists():
        pytest.skip(f"{ruff} is missing")
    essai = subprocess.run(
        [ruff, "check", "--no-cache", "--output-format=concise", "--stdin-filename", "agents/models.py", "-"],
        input=CODE_FAUTIF[regle],
        capture_output=True,
        text=True,
        cwd=RACINE,
        check=False,
    )
    assert regle in essai.stdout


def test_static_files_are_plain_and_hashing_is_fast():
    assert type(staticfiles_storage._wrapped) is StaticFilesStorage
    assert get_hasher().algorithm == "md5"
