"""In a real browser: the doctor concludes by keyboard alone; pages stand on a desk and on a phone."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.agents.factories import AgentFactory, PosteFactory
from tests.fabriques import compte
from tests.gardes.navigateur import TELEPHONE, accessibility_faults
from tests.visites.factories import JOUR, RestrictionFactory, VisiteFactory, held
from visites.actions import refresh_suivis
from visites.models import Restriction, Visite, VisiteDue

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("jour", "regles"),
    pytest.mark.navigateur,
]


@pytest.fixture
def visite(transactional_db):
    agent = AgentFactory(
        statut="C", civilite="mme", poste=PosteFactory(intitule="Agent des écoles", categorie_suivi="adapte")
    )
    held(agent=agent, date=datetime.date(2023, 11, 20))
    refresh_suivis(acteur=None, jour=JOUR)
    return VisiteFactory(agent=agent, professionnel=compte("medecin", first_name="Anne", last_name="Le Goff"))


def choose(page, lettres):
    """Type ahead in the list that has the focus."""
    for lettre in lettres:
        page.keyboard.press("Space" if lettre == " " else lettre)


def add_measure(page, lettres, precision, fin):
    """A row of measures without the mouse: Alt R, then from field to field."""
    page.keyboard.press("Alt+r")
    choose(page, lettres)
    page.keyboard.press("Tab")
    page.keyboard.type(precision)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(fin)


def test_doctor_concludes_by_keyboard_alone(page_de, visite):
    page = page_de(visite.professionnel)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    page.keyboard.press("2")
    add_measure(page, "Port", "10 kg", "24/05/2027")
    add_measure(page, "Pas de ge", "bras au-dessus des épaules", "24/05/2027")
    add_measure(page, "Am", "chariot réglable", "24/11/2027")
    apercu = page.locator("#apercu")
    expect(apercu).to_contain_text("Aménagement matériel, chariot réglable, jusqu’au 24/11/2027")
    expect(apercu).not_to_contain_text("Apte")
    page.keyboard.press("Enter")
    assert Visite.objects.get(pk=visite.pk).etat == "placee"
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Conclusion signée pour")).to_be_visible()
    signee = Visite.objects.get(pk=visite.pk)
    assert (signee.etat, signee.conclusion, signee.validite_mois) == ("realisee", "amenagement", 36)
    assert [(str(r), r.date_fin.isoformat()) for r in Restriction.objects.order_by("pk")] == [
        ("Port de charges limité 10 kg", "2027-05-24"),
        ("Pas de gestes répétitifs bras au-dessus des épaules", "2027-05-24"),
        ("Aménagement matériel chariot réglable", "2027-11-24"),
    ]


def test_months_and_day_say_the_same_and_readers_change(page_de, visite):
    page = page_de(visite.professionnel)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    jour = page.get_by_label("Prochaine visite")
    expect(jour).to_have_value("24/11/2029")
    page.get_by_label("12 mois").check()
    expect(jour).to_have_value("24/11/2027")
    expect(page.locator("#choix")).to_contain_text("La règle propose 36 mois")
    expect(page.locator("#choix")).to_contain_text("vous avez choisi plus court")
    jour.fill("24/12/2026")
    expect(page.get_by_label("12 mois")).not_to_be_checked()
    page.get_by_label("Inapte temporaire").check()
    page.get_by_text("La section", exact=True).click()
    expect(page.locator("#apercu")).to_contain_text("Inapte temporaire")
    expect(page.locator("#apercu")).to_contain_text("24/12/2026")
    page.get_by_label("Apte", exact=False).first.check()
    expect(page.get_by_role("radio", name="La section")).to_be_checked()
    expect(page.locator("#apercu")).to_contain_text("Avis")


def test_temporary_conclusion_withdraws_the_day_of_the_rule(page_de, visite):
    page = page_de(visite.professionnel)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    jour, regle = page.get_by_label("Prochaine visite"), page.get_by_label("36 mois")
    page.keyboard.press("3")
    expect(jour).to_have_value("")
    expect(regle).not_to_be_checked()
    expect(page.locator("#choix")).to_contain_text("plus proche que le 24/11/2029")
    page.keyboard.press("5")
    page.keyboard.press("1")
    expect(jour).to_have_value("24/11/2029")
    expect(regle).to_be_checked()
    page.keyboard.press("3")
    jour.fill("24/12/2026")
    page.get_by_label("Apte", exact=False).first.check()
    expect(jour).to_have_value("24/12/2026")
    expect(page.locator("#choix")).to_contain_text("vous avez choisi plus court")


def test_refused_form_keeps_rows_and_says_where(page_de, visite):
    page = page_de(visite.professionnel)
    page.goto(reverse("visites:conclure", args=[visite.pk]))
    page.keyboard.press("2")
    add_measure(page, "Port", "10 kg", "01/01/2020")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("La fin précède le début.")).to_be_visible()
    expect(page.get_by_label("Précision")).to_have_value("10 kg")
    expect(page.get_by_label("Apte avec aménagement ou restriction")).to_be_checked()


@pytest.mark.parametrize("ecran", [{}, {"viewport": TELEPHONE}], ids=["bureau", "telephone"])
def test_pages_are_accessible_and_never_wider_than_the_screen(page_de, visite, ecran):
    RestrictionFactory(visite=Visite.objects.get(etat="realisee"))
    agent, due = visite.agent_id, VisiteDue.objects.open().get()
    medecin = page_de(visite.professionnel, **ecran)
    coordinateur = page_de("coordinateur", **ecran)
    chemins = [
        (coordinateur, f"/visites/?pourquoi={due.pk}"),
        (coordinateur, "/visites/charge/"),
        (coordinateur, reverse("visites:due", args=[due.pk])),
        (coordinateur, reverse("visites:due_date", args=[due.pk])),
        (coordinateur, reverse("visites:due_ecarter", args=[due.pk])),
        (coordinateur, reverse("visites:agent", args=[agent])),
        (coordinateur, reverse("visites:restrictions_agent", args=[agent])),
        (coordinateur, reverse("visites:placer", args=[agent])),
        (coordinateur, reverse("visites:annuler", args=[visite.pk])),
        (coordinateur, "/visites/journee/"),
        (medecin, reverse("visites:visite", args=[visite.pk])),
        (medecin, "/visites/journee/"),
        (medecin, reverse("visites:conclure", args=[visite.pk])),
    ]
    for page, chemin in chemins:
        page.goto(chemin)
        assert accessibility_faults(page) == [], chemin
        largeur = page.evaluate("document.documentElement.scrollWidth")
        assert largeur <= page.viewport_size["width"], chemin
