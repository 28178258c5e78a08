"""In a real browser: a conclusion with three restrictions in few keys, then the next agent."""

import datetime

import pytest
from django.middleware.csrf import _get_new_csrf_string
from django.urls import reverse
from playwright.sync_api import expect

from nouvea_sst.comptes.models import SessionCompte
from tests.agents.factories import AgentFactory, PosteFactory
from tests.fabriques import compte, log_in
from tests.gardes.navigateur import TELEPHONE, accessibility_faults
from tests.visites.factories import VisiteFactory, held
from visites.models import BrouillonConclusion, Restriction, Visite

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("jour", "regles"),
    pytest.mark.navigateur,
]
TOUCHES_MAX = 40
ENVOIS_MAX = 4
COMPTER = """addEventListener('keydown', () => {
  sessionStorage.touches = Number(sessionStorage.touches ?? 0) + 1;
}, true)"""


@pytest.fixture
def visite(transactional_db):
    agent = AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="adapte"))
    for annee in (2017, 2020, 2023):
        held(agent=agent, date=datetime.date(annee, 11, 20))
    return VisiteFactory(agent=agent, professionnel=compte("medecin"), heure=datetime.time(8))


@pytest.fixture
def page(page_de, visite):
    page = page_de(visite.professionnel, viewport={"width": 1366, "height": 768})
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    page.evaluate(COMPTER)
    return page


def add_measure(page, mot, precision, fin):
    """Any word of the measure, what is free text, the days by how long they last."""
    page.keyboard.press("Alt+r")
    page.keyboard.type(mot)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(precision)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(fin)


def test_three_restrictions_take_forty_keys_at_most_and_the_next_agent_comes(page, visite, decompte):
    suivante = VisiteFactory(professionnel=visite.professionnel, heure=datetime.time(9))
    page.keyboard.press("2")
    add_measure(page, "char", "10 kg", "6m")
    add_measure(page, "soleil", "de 11 h à 15 h", "6m")
    add_measure(page, "mat", "chariot réglable", "1a")
    expect(page.locator("#apercu")).to_contain_text("chariot réglable, jusqu’au 24/11/2027")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{reverse('visites:conclure', args=[suivante.pk])}")
    expect(page.get_by_text("Conclusion signée pour la visite")).to_be_visible()
    touches = int(page.evaluate("sessionStorage.touches"))
    decompte["keys besides free text, three restrictions"] += touches
    assert 0 < touches <= TOUCHES_MAX
    assert Visite.objects.get(pk=visite.pk).conclusion == "amenagement"
    assert [(str(r), f"{r.date_fin:%d/%m/%Y}") for r in Restriction.objects.order_by("pk")] == [
        ("Port de charges limité 10 kg", "24/05/2027"),
        ("Pas d’exposition au soleil ou à la chaleur de 11 h à 15 h", "24/05/2027"),
        ("Aménagement matériel chariot réglable", "24/11/2027"),
    ]


def test_common_case_stands_on_one_screen_with_the_last_three_visits(page):
    for texte in ("20/11/2023", "20/11/2020", "20/11/2017"):
        expect(page.locator("aside").get_by_text(texte)).to_be_in_viewport()
    for nom in ("Conclusion", "Revoir dans", "Message à l’employeur"):
        expect(page.get_by_text(nom, exact=False).first).to_be_in_viewport()
    expect(page.get_by_label("Message à l’employeur")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Signer la conclusion")).to_be_in_viewport()


def test_draft_is_kept_while_typing_and_comes_back_in_another_tab(page, page_de, visite, decompte):
    envois = []
    page.on("request", lambda r: envois.append(r.url) if r.url.endswith("/brouillon/") else None)
    page.keyboard.press("2")
    add_measure(page, "char", "10 kg", "6m")
    page.get_by_label("Message à l’employeur").fill("Prévoir un chariot.")
    expect(page.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    page.wait_for_timeout(2_500)
    decompte["requests of the draft for a measure and a message"] += len(envois)
    assert 0 < len(envois) <= ENVOIS_MAX
    seconde = page_de(visite.professionnel)
    seconde.goto(reverse("visites:conclure", args=[visite.pk]))
    expect(seconde.get_by_text("repris.")).to_be_visible()
    expect(seconde.get_by_label("Message à l’employeur")).to_have_value("Prévoir un chariot.")
    expect(seconde.get_by_label("Apte avec aménagement ou restriction")).to_be_checked()
    expect(seconde.locator("#apercu")).to_contain_text("10 kg, jusqu’au 24/05/2027")
    page.get_by_label("Message à l’employeur").fill("Première fenêtre.")
    expect(page.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    page.wait_for_timeout(2_500)
    seconde.get_by_label("Message à l’employeur").fill("Seconde fenêtre.")
    expect(seconde.locator("#brouillon")).to_contain_text("Une autre fenêtre")
    seconde.get_by_role("button", name="Garder ce qui est ici").click()
    expect(seconde.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    seconde.keyboard.press("Control+Enter")
    expect(seconde.get_by_text("Conclusion signée pour")).to_be_visible()
    assert Visite.objects.get(pk=visite.pk).message_employeur == "Seconde fenêtre."
    assert not BrouillonConclusion.objects.exists()


@pytest.mark.parametrize("ecran", [{}, {"viewport": TELEPHONE}], ids=["bureau", "telephone"])
def test_draft_taken_up_with_words_to_read_again_is_accessible(page_de, visite, ecran):
    page = page_de(visite.professionnel, **ecran)
    chemin = reverse("visites:conclure", args=[visite.pk])
    page.goto(chemin)
    page.get_by_label("Message à l’employeur").fill("Son diabète le gêne.")
    expect(page.locator("#mots-texte mark")).to_have_text("diabète")
    expect(page.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    page.get_by_label("Message à l’employeur").fill("Son diabète le gêne beaucoup.")
    expect(page.locator("#mots-texte mark")).to_have_text("diabète")
    page.wait_for_timeout(2_500)
    suite = page_de(visite.professionnel, **ecran)
    suite.goto(chemin)
    expect(suite.locator("#mots-texte mark")).to_have_text("diabète")
    expect(suite.get_by_label("Message à l’employeur")).to_have_value("Son diabète le gêne beaucoup.")
    assert accessibility_faults(suite) == []
    assert suite.evaluate("document.documentElement.scrollWidth") <= suite.viewport_size["width"]
    page.get_by_label("Message à l’employeur").fill("Autre fenêtre.")
    page.wait_for_timeout(2_500)
    suite.get_by_label("Message à l’employeur").fill("Celle-ci.")
    expect(suite.locator("#brouillon")).to_contain_text("Une autre fenêtre")
    assert accessibility_faults(suite) == []
    assert suite.evaluate("document.documentElement.scrollWidth") <= suite.viewport_size["width"]


def test_nurse_concludes_a_vip_on_the_same_page_with_the_same_draft(page_de, transactional_db):
    agent = AgentFactory(statut="F", poste=PosteFactory(categorie_suivi="simple"))
    vip = VisiteFactory(agent=agent, professionnel=compte("infirmier"), nature="vip")
    page = page_de(vip.professionnel)
    page.goto(reverse("visites:conclure", args=[vip.pk]))
    expect(page.get_by_text("Inapte")).to_have_count(0)
    page.keyboard.press("1")
    page.get_by_label("Message à l’employeur").fill("Bouchons moulés à prévoir.")
    expect(page.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    page.get_by_role("button", name="Signer l’attestation").click()
    expect(page.get_by_text("Conclusion signée pour la visite")).to_be_visible()
    assert Visite.objects.get(pk=vip.pk).conclusion == "attestation"
    assert not BrouillonConclusion.objects.exists()


def test_draft_survives_a_session_that_expires_and_a_tab_that_crashes(page, page_de, visite):
    page.keyboard.press("2")
    add_measure(page, "char", "10 kg", "6m")
    page.get_by_label("Message à l’employeur").fill("Prévoir un chariot.")
    expect(page.locator("#brouillon")).to_contain_text("Brouillon gardé à")
    page.wait_for_timeout(2_000)
    SessionCompte.objects.filter(compte=visite.professionnel).delete()
    page.get_by_label("Message à l’employeur").fill("Prévoir un chariot. Tapé trop tard.")
    page.wait_for_timeout(3_000)
    page.surveillance.take()
    page.close()
    suite = page_de(visite.professionnel)
    suite.goto(reverse("visites:conclure", args=[visite.pk]))
    expect(suite.get_by_text("repris.")).to_be_visible()
    expect(suite.get_by_label("Message à l’employeur")).to_have_value("Prévoir un chariot.")
    expect(suite.locator("#apercu")).to_contain_text("10 kg, jusqu’au 24/05/2027")
    assert Visite.objects.get(pk=visite.pk).etat == "placee"


def test_page_says_that_the_session_ended_and_goes_on_after_a_login_elsewhere(page_de, visite):
    page = page_de(visite.professionnel)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    message, garde = page.get_by_label("Message à l’employeur"), page.locator("#brouillon")
    message.fill("Prévoir un chariot.")
    expect(garde).to_contain_text("Brouillon gardé à")
    page.context.clear_cookies(name="sessionid")
    message.fill("Prévoir un chariot réglable.")
    fin = page.locator("#fin-session")
    expect(fin.get_by_text("Votre session est terminée.")).to_be_in_viewport()
    expect(garde).not_to_be_visible()
    jetons = {"sessionid": log_in(visite.professionnel).cookies["sessionid"].value}
    jetons |= {"csrftoken": _get_new_csrf_string()}
    ici = page.url.partition("/visites")[0]
    page.context.add_cookies([{"name": nom, "value": mot, "url": ici} for nom, mot in jetons.items()])
    with page.expect_response(lambda r: r.url.endswith("/brouillon/") and r.status == 200):
        message.fill("Prévoir un chariot réglable, et deux.")
    expect(fin).to_be_empty()
    expect(garde).to_be_visible()
    page.reload()
    expect(message).to_have_value("Prévoir un chariot réglable, et deux.")


@pytest.mark.parametrize("ecran", [{}, {"viewport": TELEPHONE}], ids=["bureau", "telephone"])
def test_correction_is_accessible_and_signed_without_a_mouse(page_de, visite, ecran):
    page = page_de(visite.professionnel, **ecran)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    page.keyboard.press("2")
    add_measure(page, "char", "10 kg", "6m")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Conclusion signée pour la visite")).to_be_visible()
    page.goto(reverse("visites:corriger", args=[visite.pk]))
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_label("Raison de la correction").fill("Poids mal noté.")
    page.get_by_label("Précision").first.fill("5 kg")
    expect(page.locator("#apercu")).to_contain_text("5 kg, jusqu’au 24/05/2027")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Conclusion corrigée.")).to_be_visible()
    page.locator("summary", has_text="Version 1").click()
    expect(page.get_by_text("Poids mal noté.")).to_be_visible()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
