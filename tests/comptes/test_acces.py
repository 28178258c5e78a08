"""Default deny: a view that says nothing is refused, visitors go to the log-in page."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from nouvea_sst.comptes.acces import acces_connecte, acces_public, require_perm
from nouvea_sst.comptes.demonstration import read_demo_accounts, write_demo_accounts
from nouvea_sst.comptes.middleware import AccessMiddleware
from nouvea_sst.comptes.models import Utilisateur
from tests.fabriques import MOT_DE_PASSE, compte

pytestmark = pytest.mark.django_db


def decide(vue, user):
    """What the middleware answers: None lets in."""
    request = RequestFactory().get("/x/")
    request.user = user
    return AccessMiddleware(lambda r: None).process_view(request, vue, (), {})


def test_view_that_says_nothing_is_refused_to_everybody():
    def vue(request):
        """Say nothing."""

    for role in ("coordinateur", "administrateur"):
        with pytest.raises(PermissionDenied):
            decide(vue, compte(role))


def test_declared_views():
    coordinateur = compte("coordinateur")
    assert decide(acces_public(lambda r: None), None) is None
    assert decide(acces_connecte(lambda r: None), coordinateur) is None
    assert decide(require_perm("agents.change_agent")(lambda r: None), coordinateur) is None
    assert (
        decide(require_perm("visites.record_avis", "agents.change_agent")(lambda r: None), coordinateur)
        is None
    )


def test_visitor_goes_to_the_log_in_page_and_comes_back():
    reponse = Client().get("/agents/?q=kaloi")
    assert reponse.status_code == 302
    assert reponse["Location"].startswith(reverse("comptes:connexion"))
    assert "next=" in reponse["Location"]


def test_log_in_and_out_in_french():
    compte("rh", username="nadege")
    client = Client()
    page = client.get(reverse("comptes:connexion"))
    assert "Identifiant" in page.content.decode()
    faux = client.post(reverse("comptes:connexion"), {"login": "nadege", "password": "non"})
    assert "L’identifiant ou le mot de passe ne convient pas." in faux.content.decode()
    bon = client.post(reverse("comptes:connexion"), {"login": "nadege", "password": MOT_DE_PASSE})
    assert bon["Location"] == reverse("accueil")
    assert client.post(reverse("comptes:deconnexion")).status_code == 302
    assert client.get("/agents/").status_code == 302


def test_sign_up_is_closed():
    for chemin in ("/compte/signup/", "/accounts/signup/", "/compte/inscription/"):
        assert Client().get(chemin).status_code == 404


def test_demo_accounts_are_read_in_the_order_of_the_roles(tmp_path):
    assert read_demo_accounts(tmp_path) == []
    write_demo_accounts(
        tmp_path,
        {
            "medecin": {"identifiant": "m", "mot_de_passe": "b"},
            "coordinateur": {"identifiant": "c", "mot_de_passe": "a"},
        },
    )
    assert [c["role"] for c in read_demo_accounts(tmp_path)] == ["coordinateur", "medecin"]
    chemin = tmp_path / "comptes_demo.json"
    assert chemin.stat().st_mode & 0o077 == 0
    assert json.loads(chemin.read_text())["medecin"] == {"identifiant": "m", "mot_de_passe": "b"}


def test_one_changes_ones_own_password(client_de):
    client = client_de("rh")
    adresse = reverse("comptes:mot_de_passe")
    nouveau = "niaouli-lagon-kaori-42"
    court = client.post(adresse, {"oldpassword": MOT_DE_PASSE, "password1": "court", "password2": "court"})
    assert "16 caractères" in court.content.decode()
    faux = client.post(adresse, {"oldpassword": "non", "password1": nouveau, "password2": nouveau})
    assert faux.status_code == 200
    bon = client.post(adresse, {"oldpassword": MOT_DE_PASSE, "password1": nouveau, "password2": nouveau})
    assert bon["Location"] == reverse("accueil")
    client.compte.refresh_from_db()
    assert client.compte.check_password(nouveau)


def test_logging_in_says_nothing_superfluous():
    compte("rh", username="nadege")
    client = Client()
    acces = {"login": "nadege", "password": MOT_DE_PASSE}
    page = client.post(reverse("comptes:connexion"), acces, follow=True)
    assert list(page.context["messages"]) == []


def test_right_given_to_one_person_counts_for_nothing():
    agent = compte("agent")
    agent.user_permissions.add(Permission.objects.get(codename="change_agent"))
    relu = Utilisateur.objects.get(pk=agent.pk)
    assert not relu.has_perm("agents.change_agent")
    assert relu.has_perm("agents.view_agent")
