"""Accounts in a real browser: read by axe, typed text that survives its session, nothing after log-out."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from nouvea_sst.comptes.actions import invite_compte, make_lien
from nouvea_sst.comptes.models import SessionCompte
from nouvea_sst.comptes.sessions import VUE, SessionStore
from tests.fabriques import MOT_DE_PASSE, compte
from tests.gardes.navigateur import TELEPHONE, accessibility_faults

pytestmark = pytest.mark.django_db(transaction=True)
TEXTE = "Anaïs, un prénom tapé avec soin"


def end_session_of(personne):
    """Leave the session alone for two hours."""
    magasin = SessionStore(SessionCompte.objects.get(compte=personne).session_key)
    magasin[VUE] = (timezone.now() - datetime.timedelta(hours=2)).timestamp()
    magasin.save()


def log_in_again(page, personne):
    page.get_by_label("Identifiant").fill(personne.username)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Ouvrir ma session").click()


def test_typed_text_survives_its_session(page_de):
    page = page_de("rh")
    page.goto(reverse("agents:ajouter"))
    page.get_by_label("Nom d’usage").fill("Kaloi")
    page.get_by_label("Prénom").fill(TEXTE)
    end_session_of(page.compte)
    page.get_by_role("button", name="Ajouter l’agent").click()
    expect(page.get_by_text("Ce que vous aviez tapé est gardé")).to_be_visible()
    assert "Ana" not in page.evaluate(
        "JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"
    )
    assert TEXTE not in page.content()
    log_in_again(page, page.compte)
    expect(page.get_by_role("heading", name="Votre saisie vous attend")).to_be_visible()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Renvoyer ma saisie").click()
    expect(page.get_by_role("heading", name="KALOI")).to_be_visible()
    page.goto(reverse("comptes:saisies"))
    expect(page.get_by_text("Aucune saisie gardée")).to_be_visible()


def test_back_button_shows_nothing_after_log_out(page_de):
    page = page_de("rh")
    page.goto(reverse("agents:liste"))
    page.get_by_label("Mon compte").click()
    page.get_by_role("button", name="Fermer ma session").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


@pytest.mark.parametrize("viewport", [None, TELEPHONE])
def test_screens_read_well(page_de, viewport):
    page = page_de("administrateur", **({"viewport": viewport} if viewport else {}))
    cible = compte("medecin", first_name="Anne", last_name="Le Goff")
    champs = {"first_name": "Lise", "last_name": "Wanakaja"}
    invite_compte(
        acteur=page.compte, maintenant=timezone.now(), identifiant="904999", role="rh", champs=champs
    )
    adresses = ["comptes:liste", "comptes:ajouter", "comptes:demandes", "comptes:mes_sessions"]
    pages = [reverse(nom) for nom in adresses]
    for nom in ("comptes:compte", "comptes:corriger", "comptes:role", "comptes:desactiver", "agents:portee"):
        pages.append(reverse(nom, args=[cible.pk]))
    for adresse in [*pages, reverse("comptes:sessions", args=[page.compte.pk])]:
        page.goto(adresse)
        assert accessibility_faults(page) == [], adresse
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), adresse


def test_link_page_reads_well_and_takes_a_pasted_password(page_de):
    cible = compte("rh", password=None)
    _, jeton = make_lien(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)
    page = page_de(None)
    page.goto(reverse("comptes:lien", args=[jeton]))
    assert accessibility_faults(page) == []
    for champ in ("Mot de passe", "Le même, une seconde fois"):
        page.get_by_label(champ).focus()
        page.keyboard.insert_text("tortue bleue sous la pluie fine")
    page.get_by_role("button", name="Enregistrer mon mot de passe").click()
    expect(page.get_by_text("Votre mot de passe est enregistré")).to_be_visible()
    cible.refresh_from_db()
    assert cible.check_password("tortue bleue sous la pluie fine")
