"""Pages of sessions, role by role."""

import datetime

import pytest
from django.urls import reverse

from commissions.models import Seance
from nouvea_sst.referentiel.models import JourFerie
from tests.commissions.factories import JOUR, SeanceFactory, agenda, titles

pytestmark = pytest.mark.django_db
SAISIE = {"numero": "7", "date": "2026-12-08", "heure": "8h30", "lieu": "Salle du conseil"}


@pytest.fixture(autouse=True)
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)


def path(nom, *args):
    return reverse(f"commissions:{nom}", args=args)


@pytest.mark.parametrize(
    "role, statut",
    [
        ("coordinateur", 200),
        ("chef", 200),
        ("preventeur", 200),
        ("chct", 200),
        ("medecin", 403),
        ("encadrant", 403),
        ("agent", 403),
        ("rh", 403),
        ("administrateur", 403),
    ],
)
def test_who_sees_sessions(client_de, role, statut):
    seance = agenda("A")
    client = client_de(role)
    assert client.get(path("seances")).status_code == statut
    assert client.get(path("seance", seance.pk)).status_code == statut


@pytest.mark.parametrize("role, ecrit", [("coordinateur", True), ("preventeur", False), ("chct", False)])
def test_who_prepares_sessions(client_de, role, ecrit):
    seance = agenda("A", "B")
    client = client_de(role)
    page = client.get(path("seance", seance.pk)).content.decode()
    assert ("Ajouter un point" in page) is ecrit
    reponse = client.post(path("retirer_point", seance.pk, seance.points.get(ordre=1).pk), {"version": 1})
    assert reponse.status_code == (302 if ecrit else 403)
    assert titles(seance) == (["B"] if ecrit else ["A", "B"])


def test_a_session_is_prepared_with_its_points(client_de):
    client = client_de("coordinateur")
    SeanceFactory.create(numero=6)
    assert 'value="7"' in client.get(path("ajouter")).content.decode()
    reponse = client.post(path("ajouter"), SAISIE, follow=True)
    seance = Seance.objects.get(numero=7)
    assert (seance.date, seance.heure) == (datetime.date(2026, 12, 8), datetime.time(8, 30))
    assert reponse.redirect_chain[-1][0] == path("seance", seance.pk)
    jeton = reponse.context["form"].initial["jeton"]
    point = {"jeton": jeton, "intitule": "Approbation du procès-verbal", "nature": "avis"}
    for _ in range(2):
        client.post(path("ajouter_point", seance.pk), point)
    client.post(path("ajouter_point", seance.pk), {"intitule": "Accidents", "nature": "information"})
    second = seance.points.get(ordre=2).pk
    client.post(path("deplacer_point", seance.pk, second, 1), {"depuis": 2})
    assert titles(seance) == ["Accidents", "Approbation du procès-verbal"]


def test_errors_stand_beside_the_fields_and_keep_what_was_typed(client_de):
    client = client_de("chef")
    SeanceFactory.create(numero=7)
    page = client.post(path("ajouter"), SAISIE | {"lieu": "Ailleurs"}).content.decode()
    assert "porte déjà ce numéro" in page or "existe déjà" in page
    assert "Ailleurs" in page
    seance = agenda("A")
    page = client.post(path("ajouter_point", seance.pk), {"intitule": "", "nature": "avis"})
    assert page.status_code == 200
    assert "obligatoire" in page.content.decode()


def test_loser_of_two_editors_sees_both_texts(client_de):
    client = client_de("chef")
    seance = SeanceFactory.create(lieu="Annexe", version=2)
    page = client.post(path("modifier", seance.pk), SAISIE | {"version": "1"}).content.decode()
    assert "Annexe" in page
    assert "Salle du conseil" in page
    assert client.post(path("modifier", seance.pk), SAISIE | {"version": "2"}).status_code == 302


def test_a_session_to_come_cannot_be_held_yet(client_de):
    client = client_de("chef")
    seance = SeanceFactory.create(date=datetime.date(2099, 1, 1))
    reponse = client.post(path("tenir", seance.pk), {"version": 1}, follow=True)
    assert "pas encore tenue" in reponse.content.decode()
    assert client.get(path("annuler", seance.pk)).status_code == 200
    client.post(path("annuler", seance.pk), {"version": 1})
    assert Seance.objects.get().etat == "annulee"


def test_list_views_and_workbook(client_de):
    client = client_de("chct")
    SeanceFactory.create(date=datetime.date(2099, 1, 1))
    SeanceFactory.create(date=datetime.date(2020, 1, 1), etat="tenue")
    assert client.get(path("seances")).context["total"] == 1
    assert client.get(path("seances"), {"vue": "toutes"}).context["total"] == 2
    assert client.get(path("seances"), {"du": "01/01/2020", "au": "31/12/2020"}).context["total"] == 1
    assert client.get(path("seances"), {"format": "xlsx"}).status_code == 200


@pytest.mark.parametrize(
    "date, refus",
    [
        ("2026-11-23", "est déjà passé"),
        ("2026-11-24", ""),
        ("2026-11-28", "est un samedi"),
        ("2026-11-29", "est un dimanche"),
        ("2026-12-25", "est un jour chômé (Noël)"),
    ],
)
def test_a_new_session_is_on_a_working_day_to_come(client_de, date, refus):
    JourFerie.objects.create(date=datetime.date(2026, 12, 25), libelle="Noël")
    reponse = client_de("chef").post(path("ajouter"), SAISIE | {"date": date})
    assert Seance.objects.exists() is not bool(refus)
    if refus:
        assert refus in "".join(reponse.context["form"].errors["date"])


def test_a_session_that_keeps_its_day_may_be_corrected_and_moves_to_a_working_day_only(client_de):
    seance = SeanceFactory.create(date=datetime.date(2026, 11, 21), version=1)
    client = client_de("chef")
    page = client.post(path("modifier", seance.pk), SAISIE | {"date": "2026-12-06", "version": "1"})
    assert "est un dimanche" in "".join(page.context["form"].errors["date"])
    client.post(path("modifier", seance.pk), SAISIE | {"date": "2026-11-21", "version": "1"})
    seance.refresh_from_db()
    assert (seance.numero, seance.date) == (7, datetime.date(2026, 11, 21))


def test_hour_and_place_are_those_of_the_last_session(client_de):
    client = client_de("chef")
    assert not client.get(path("ajouter")).context["form"]["lieu"].value()
    SeanceFactory.create(date=datetime.date(2026, 3, 3), lieu="Ancienne salle")
    SeanceFactory.create(date=datetime.date(2026, 9, 8), lieu="Salle Ouémo", heure=datetime.time(14))
    SeanceFactory.create(date=datetime.date(2026, 10, 8), lieu="Nulle part", etat="annulee")
    form = client.get(path("ajouter")).context["form"]
    assert (form["lieu"].value(), form["heure"].value()) == ("Salle Ouémo", datetime.time(14))
