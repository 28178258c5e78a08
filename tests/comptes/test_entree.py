"""How one comes in: the name as people type it, a few sessions at a time, refusals in our words."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.models import LigneJournal, SessionCompte, Utilisateur
from nouvea_sst.comptes.rules.identifiant import plain_name
from nouvea_sst.comptes.sessions import SessionStore, start
from tests.fabriques import MOT_DE_PASSE, compte

pytestmark = pytest.mark.django_db


def come_in(nom, client=None):
    client = client or Client()
    return client.post(reverse("comptes:connexion"), {"login": nom, "password": MOT_DE_PASSE})


@pytest.mark.parametrize(
    "tape", ["anne.legoff", "ANNE.LeGoff", " anne.legoff ", "Änné.Légoff", "anne. legoff"]
)
def test_one_logs_in_however_the_name_is_typed(tape):
    compte("agent", username="anne.legoff")
    assert come_in(tape).status_code == 302


def test_a_name_kept_with_an_accent_still_opens_and_is_not_taken_for_another():
    compte("agent", username="éloise")
    assert come_in("Éloise").status_code == 302
    autre = compte("agent", username="eloise")
    assert Utilisateur.objects.named("ELOISE") == autre
    assert Utilisateur.objects.named("éloise") != autre


def test_unknown_name_is_nobody():
    assert Utilisateur.objects.named("per\0sonne") is None
    assert plain_name(" Élo\u202fÏse ") == "eloise"


def test_database_refuses_a_name_that_differs_by_its_capitals():
    compte("agent", username="anne")
    with pytest.raises(IntegrityError), transaction.atomic():
        Utilisateur.objects.create(username="ANNE", role="agent")


def open_sessions(personne, nombre):
    """Sessions opened one hour after another, the last one an hour ago; their keys, the oldest first."""
    cles = []
    for rang in range(nombre, 0, -1):
        session = SessionStore()
        session["_auth_user_id"] = str(personne.pk)
        start(session, timezone.now() - rang * datetime.timedelta(hours=1))
        session.save()
        cles.append(session.session_key)
    return cles


@pytest.mark.parametrize("deja, fermees", [(2, 0), (3, 1), (5, 3)])
def test_one_session_too_many_closes_the_oldest(deja, fermees):
    personne, client = compte("medecin", username="anne"), Client()
    autrui = open_sessions(compte("agent"), 3)
    cles = open_sessions(personne, deja)
    come_in("anne", client)
    ouvertes = set(SessionCompte.objects.filter(compte=personne).values_list("session_key", flat=True))
    assert set(cles) & ouvertes == set(cles[fermees:])
    assert len(ouvertes) == deja - fermees + 1
    assert SessionCompte.objects.filter(session_key__in=autrui).count() == 3
    lignes = LigneJournal.objects.filter(acte="comptes.close_oldest_sessions")
    assert lignes.count() == bool(fermees)
    page = client.get(reverse("comptes:mes_sessions")).content.decode()
    assert ("la plus ancienne s’est fermée" in page) is bool(fermees)
    assert "au plus\u202f: une connexion de plus ferme la plus ancienne" in page


def test_an_address_for_a_button_says_so_and_leads_back(client_de):
    client = client_de("administrateur")
    adresse = reverse("comptes:reactiver", args=[compte("agent").pk])
    reponse = client.get(adresse, headers={"Referer": "http://testserver/compte/"})
    page = reponse.content.decode()
    assert reponse.status_code == 405 and reponse["Allow"] == "POST"
    assert "ne s’ouvre pas directement" in page and 'href="http://testserver/compte/"' in page
    for venue in ("https://pirate.exemple/", f"http://testserver{adresse}", ""):
        page = client.get(adresse, headers={"Referer": venue}).content.decode()
        assert f'<a class="btn btn-primary" href="{reverse("accueil")}">' in page
    for methode in (client.put, client.delete, client.patch):
        reponse = methode(reverse("comptes:liste"))
        assert reponse.status_code == 405 and "ne s’ouvre pas" in reponse.content.decode()
    assert client.get(adresse, headers={"HX-Request": "true"}).content == b""


def test_too_many_sendings_are_told_in_french_with_the_wait(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    come_in("anne")
    reponse = come_in("anne")
    assert reponse.status_code == 429 and reponse["Retry-After"] == "60"
    assert "Attendez une minute" in reponse.content.decode() and 'lang="fr"' in reponse.content.decode()
