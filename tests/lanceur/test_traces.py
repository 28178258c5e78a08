"""What the technical logs may hold: no address, for some are secret."""

import logging
import runpy
from pathlib import Path

import pytest
from django.conf import settings

from nouvea_sst.comptes.contexte import SansAdresse, requete_en_cours

CLONE = Path(__file__).resolve().parents[2]


def test_web_server_keeps_no_log_of_addresses():
    reglages = runpy.run_path(str(CLONE / "deploiement/gunicorn.conf.py"))
    assert reglages["accesslog"] is None
    assert reglages["errorlog"] == "-"
    assert "log" not in (CLONE / "deploiement/Caddyfile").read_text()


@pytest.mark.django_db
def test_refusals_and_missing_pages_are_not_written(client_de, caplog):
    assert settings.LOGGING["loggers"]["django.request"]["level"] == "ERROR"
    assert logging.getLogger("django.request").getEffectiveLevel() == logging.ERROR
    client = client_de("agent")
    assert client.get("/signalements/envoye/0e2f1f0c-8e0a-4c1f-9d53-0f6a6f6f6f6f/").status_code == 404
    assert client.get("/agents/structures/").status_code == 403
    assert "envoye" not in caplog.text and "structures" not in caplog.text


def test_a_failure_is_told_by_its_number_not_by_its_address():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["sans_adresse"]
    ligne = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/secret/",), None
    )
    jeton = requete_en_cours.set("ab12cd34-0000")
    try:
        assert SansAdresse().filter(ligne)
    finally:
        requete_en_cours.reset(jeton)
    assert ligne.getMessage() == "panne AB12CD34"
    assert logging.getLogger("django.security.csrf").getEffectiveLevel() == logging.ERROR
