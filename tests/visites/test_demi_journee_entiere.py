"""In a real browser: a half-day from empty to closed, by keyboard wherever a key does it."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from zeal import zeal_ignore

from documents.actions import load_entete, load_modeles
from documents.models import LettreEmise, LotLettres
from nouvea_sst.lib.pdf import is_pdf_possible
from tests.agents.factories import AgentFactory, SiteFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, VisiteDueFactory
from visites.actions import fill_half_day
from visites.models import DemiJournee, Visite
from visites.tasks import make_letters

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("regles"),
    pytest.mark.navigateur,
    pytest.mark.skipif(not is_pdf_possible(), reason="pango is not there"),
]
LENDEMAIN = JOUR + datetime.timedelta(days=1)
NOMS = ("Ajapuhnya", "Bearune", "Caihe", "Debels", "Ehnyimane")


@pytest.fixture
def ville(transactional_db):
    """Five agents whose visits are due, the house that writes to them, a doctor and a place."""
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())
    for rang, nom in enumerate(NOMS):
        VisiteDueFactory.create(
            agent=AgentFactory.create(nom=nom, prenom="Anaïs"),
            calculee=JOUR - datetime.timedelta(days=40 - rang),
        )
    compte("medecin", first_name="Anne", last_name="Le Goff")
    SiteFactory.create(libelle="Annexe du Sémaphore")


@pytest.fixture
def horloge():
    """The day it is: the tests move on to the next one."""
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR) as jour:
        yield jour


@pytest.fixture
def sans_compte(monkeypatch):
    """Each placement asks its own questions, under lock: the server's thread leaves them uncounted."""

    def fill(**faits):
        with zeal_ignore():
            return fill_half_day(**faits)

    monkeypatch.setattr("visites.views.planning.fill_half_day", fill)


def open_four_slots(page):
    page.goto(reverse("visites:ouvrir_demi_journee"))
    page.get_by_label("Professionnel").select_option(label="Anne Le Goff, Médecin du travail")
    page.get_by_label("Lieu").select_option(label="Annexe du Sémaphore")
    page.get_by_label("Date").fill(f"{LENDEMAIN:%d/%m/%Y}")
    page.locator("[name=debut]").fill("08:00")
    page.locator("[name=fin]").fill("09:00")
    page.get_by_role("button", name="Ouvrir la demi-journée").click()
    expect(page.get_by_text("Demi-journée ouverte.")).to_be_visible()
    return DemiJournee.objects.get()


def fill_moving_one_by_keyboard(page):
    page.get_by_role("link", name="Remplir 4 créneaux libres").click()
    noms = page.locator("section[aria-labelledby=propose] li a.what")
    expect(noms).to_have_text([f"{nom.upper()} Anaïs" for nom in NOMS[:4]])
    expect(page.locator("section[aria-labelledby=propose] li").first).to_contain_text("jours de retard")
    page.get_by_role("button", name="Monter BEARUNE Anaïs").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(noms.first).to_have_text("BEARUNE Anaïs")
    expect(page.locator("#dit")).to_contain_text("rang 1 sur 4")
    page.get_by_role("button", name="Placer 4 visites").click()
    expect(page.get_by_text("4 visites : rendez-vous placés.")).to_be_visible()


def make_all_letters(page, demi):
    page.get_by_role("link", name="Établir les lettres de 4 rendez-vous").click()
    page.get_by_role("button", name="Établir et classer 8 lettres").click()
    expect(page.get_by_text("en préparation").first).to_be_visible()
    page.goto(reverse("visites:demi_journee", args=[demi.pk]))
    expect(page.get_by_text("Des lettres de cette demi-journée sont en préparation.")).to_be_visible()
    expect(page.get_by_role("link", name="Établir les lettres")).to_have_count(0)
    lot = LotLettres.objects.get()
    make_letters(travail_id=lot.travail_id, lot_id=lot.pk)


def test_a_half_day_goes_from_empty_to_closed(page_de, ville, horloge, sans_compte):
    page = page_de("coordinateur")
    demi = open_four_slots(page)
    fill_moving_one_by_keyboard(page)
    make_all_letters(page, demi)
    page.goto(reverse("visites:demi_journee", args=[demi.pk]))
    expect(page.get_by_text("4 convocations, 4 avis")).to_be_visible()
    assert LettreEmise.objects.count() == 8

    page.goto(reverse("visites:presence", args=[demi.pk]))
    rangs = page.locator("[data-sst-presence] > li")
    rangs.nth(1).focus()
    page.keyboard.press("n")
    expect(rangs.nth(1)).to_contain_text("Déclinée")
    page.get_by_role("button", name="Placer EHNYIMANE Anaïs à 08:15").click()
    expect(page.get_by_text("Remplaçant placé à 08:15.")).to_be_visible()

    horloge.return_value = LENDEMAIN
    page.goto(reverse("visites:presence", args=[demi.pk]))
    page.get_by_role("button", name="Clore la demi-journée").click()
    expect(page.get_by_text("dites qui est venu d’abord")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("ArrowDown")
    expect(rangs.nth(0)).to_be_focused()
    page.keyboard.press("p")
    expect(rangs.nth(0)).to_contain_text("arrivé à")
    # The one who declined was already said: the key passes to who takes his place.
    expect(rangs.filter(has_text="EHNYIMANE")).to_be_focused()
    page.keyboard.press("a")
    expect(rangs.filter(has_text="EHNYIMANE").get_by_role("button", name="Retirer")).to_be_visible()
    page.keyboard.press("p")
    expect(rangs.filter(has_text="CAIHE")).to_contain_text("arrivé à")
    page.keyboard.press("e")
    page.get_by_role("button", name="Noter l’excuse").last.click()
    expect(page.locator("#dites")).to_have_text("2 présents, 1 absent, 2 excusés")
    page.get_by_role("button", name="Clore la demi-journée").click()
    expect(page.get_by_text("Demi-journée close.")).to_be_visible()
    demi.refresh_from_db()
    assert demi.etat == "close"
    etats = Visite.objects.order_by("heure", "pk").values_list("agent__nom", "etat", "venue")
    assert list(etats) == [
        ("Bearune", "placee", True),
        ("Ajapuhnya", "excuse", False),
        ("Ehnyimane", "absent", False),
        ("Caihe", "placee", True),
        ("Debels", "excuse", False),
    ]
