"""Pages of sessions, role by role."""

import datetime

import pytest
from django.urls import reverse

from commissions.models import Seance
from tests.commissions.factories import SeanceFactory, agenda, titles

pytestmark = pytest.mark.django_db
SAISIE = {"numero": "7", "date": "2026-12-08", "heure": "8h30", "lieu": "Salle du conseil"}


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
    reponse = client.post(path("retirer_point", seance.pk, seance.points.get(ordre=1).pk))
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
    client.post(path("deplacer_point", seance.pk, second, 1))
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
    reponse = client.post(path("tenir", seance.pk), follow=True)
    assert "pas encore tenue" in reponse.content.decode()
    assert client.get(path("annuler", seance.pk)).status_code == 200
    client.post(path("annuler", seance.pk))
    assert Seance.objects.get().etat == "annulee"


def test_list_views_and_workbook(client_de):
    client = client_de("chct")
    SeanceFactory.create(date=datetime.date(2099, 1, 1))
    SeanceFactory.create(date=datetime.date(2020, 1, 1), etat="tenue")
    assert client.get(path("seances")).context["total"] == 1
    assert client.get(path("seances"), {"vue": "toutes"}).context["total"] == 2
    assert client.get(path("seances"), {"du": "01/01/2020", "au": "31/12/2020"}).context["total"] == 1
    assert client.get(path("seances"), {"format": "xlsx"}).status_code == 200
