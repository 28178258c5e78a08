"""One button makes every letter of a half-day once: added, moved there and back, stopped, asked by two."""

import datetime
import io
import multiprocessing
import os
import re
import signal
import time
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents.actions import load_entete, load_modeles
from documents.enums import GenreLettre
from documents.models import Courriel, Document, LettreEmise, LotLettres
from documents.rules.champs import fields_for
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.pdf import is_pdf_possible
from tests.agents.factories import AgentFactory, SiteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import DemiJourneeFactory, VisiteFactory
from visites.actions import cancel_visite
from visites.actions.lettres import EN_COURS, RIEN_A_FAIRE, request_lettres_demi
from visites.demi_lettres import filed_letters, read_lettres
from visites.models import Visite
from visites.rules.lettres import find_replaced, next_key
from visites.tasks import make_letters

pytestmark = pytest.mark.django_db
avec_pango = pytest.mark.skipif(not is_pdf_possible(), reason="pango is not there")
UN = datetime.timedelta(days=1)


@pytest.fixture
def maison(db):
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())


@pytest.fixture
def demi(maison):
    lieu = SiteFactory(libelle="Annexe du Sémaphore")
    return DemiJourneeFactory(
        date=timezone.localdate() + UN, lieu=lieu, debut=datetime.time(7), fin=datetime.time(12), capacite=20
    )


def place(demi, heure, **champs):
    agent = AgentFactory(structure=StructureFactory(), **champs)
    return VisiteFactory(
        agent=agent,
        date=demi.date,
        heure=heure,
        professionnel=demi.professionnel,
        demi_journee=demi,
        duree=15,
    )


def make(demi, **choix):
    """Ask for the letters and let the worker make them."""
    lot = request_lettres_demi(
        acteur=compte("coordinateur"), jour=timezone.localdate(), demi_journee=demi, **choix
    )
    make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    lot.travail.refresh_from_db()
    assert lot.travail.etat == "termine", lot.travail.message
    return LotLettres.objects.get(pk=lot.pk)


def kinds():
    return sorted(LettreEmise.objects.values_list("modele__type__genre", flat=True))


def text_of(contenu):
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(bytes(contenu))).pages]
    return pages


@avec_pango
def test_one_button_files_a_letter_and_a_notice_for_each_and_the_sheet_in_front(demi):
    visites = [place(demi, datetime.time(8 + n), nom=nom) for n, nom in enumerate(("Kaloi", "Wamo"))]
    lot = make(demi)
    assert kinds() == ["avis_responsable"] * 2 + ["convocation"] * 2
    pages = text_of(lot.contenu)
    assert len(pages) == 5 and "Feuille de présence" in pages[0]
    assert all("Annexe du Sémaphore" in page for page in pages[1:] if "présenter" in page)
    classees = filed_letters(compte("coordinateur"), demi)
    assert {c.visite for c in classees} == {v.pk for v in visites} and len(classees) == 4
    with pytest.raises(ValidationError, match="Toutes les lettres"):
        make(demi)
    assert RIEN_A_FAIRE and LotLettres.objects.count() == 1


@avec_pango
def test_who_came_is_on_the_sheet_and_gets_no_letter(demi):
    place(demi, datetime.time(8), nom="Attendu")
    Visite.objects.filter(pk=place(demi, datetime.time(9), nom="Venu").pk).update(venue=True)
    lot = make(demi)
    assert kinds() == ["avis_responsable", "convocation"] and len(lot.ecartees) == 1
    assert "est venu au rendez-vous" in lot.ecartees[0] and "2 rendez-vous" in text_of(lot.contenu)[0]
    Visite.objects.update(venue=True)
    with pytest.raises(ValidationError, match="Toutes les lettres"):
        make(demi)
    lues = read_lettres(compte("coordinateur"), demi, list(Visite.objects.all()), timezone.localdate())
    assert lues.a_faire == 0


@avec_pango
def test_one_added_after_gets_his_letters_alone_with_the_sheet_of_all(demi):
    place(demi, datetime.time(8))
    make(demi)
    place(demi, datetime.time(9), nom="Ajoutée")
    second = make(demi)
    assert second.nombre == 2 and second.ecartees == []
    assert "2 rendez-vous" in text_of(second.contenu)[0]
    assert LettreEmise.objects.count() == 4


@avec_pango
def test_one_moved_gets_the_letter_that_replaces_the_former_there_and_back(demi):
    visite = place(demi, datetime.time(8))
    make(demi)
    for heure, avant in ((datetime.time(10), "8 h"), (datetime.time(8), "10 h")):
        Visite.objects.filter(pk=visite.pk).update(heure=heure)
        lot = make(demi)
        assert lot.nombre == 2
        _, convocation, avis = text_of(lot.contenu)
        assert f"à {avant} est déplacé" in convocation.replace("\u00a0", " ")
        assert "remplace le précédent" in avis
        with pytest.raises(ValidationError, match="Toutes"):
            make(demi)
    assert kinds() == ["avis_report"] * 2 + ["avis_responsable", "convocation", "report", "report"]


@avec_pango
def test_another_professional_at_the_same_hour_tells_the_manager_nothing_new(demi):
    visite = place(demi, datetime.time(8), statut="F")
    make(demi)
    Visite.objects.filter(pk=visite.pk).update(professionnel=compte("medecin", last_name="Autre"))
    lot = make(demi)
    assert lot.nombre == 1 and kinds() == ["avis_responsable", "convocation", "convocation"]


@avec_pango
def test_printing_again_gives_the_very_letters_and_makes_none(demi):
    visites = [place(demi, datetime.time(8 + n)) for n in range(2)]
    make(demi)
    avant = {d.pk: d.sha256 for d in Document.objects.all()}
    type(visites[0].agent).objects.filter(pk=visites[0].agent_id).update(nom="Renommée")
    lot = make(demi, reprendre=True)
    assert {d.pk: d.sha256 for d in Document.objects.all()} == avant
    assert (LettreEmise.objects.count(), lot.nombre) == (4, 4)
    pages = text_of(lot.contenu)
    assert len(pages) == 5 and not any("RENOMMÉE" in page for page in pages[1:])
    vides = DemiJourneeFactory(date=demi.date + UN)
    with pytest.raises(ValidationError, match="rien à réimprimer"):
        make(vides, reprendre=True)


def test_two_people_do_not_have_the_same_letters_made_at_once(demi):
    place(demi, datetime.time(8))
    demande = {"jour": timezone.localdate(), "demi_journee": demi}
    request_lettres_demi(acteur=compte("coordinateur"), **demande)
    with pytest.raises(ValidationError, match="déjà en préparation"):
        request_lettres_demi(acteur=compte("chef"), **demande)
    assert LotLettres.objects.count() == 1 and EN_COURS


@avec_pango
def test_letters_of_two_lots_made_at_the_same_moment_are_in_one_of_them(demi):
    """The other lot issues the letters between the layout and the writing of this one."""
    place(demi, datetime.time(8))
    lots = [request_lettres_demi(acteur=compte("coordinateur"), jour=timezone.localdate(), demi_journee=demi)]
    LotLettres.objects.update(objet_cle="")
    lots.append(
        request_lettres_demi(acteur=compte("coordinateur"), jour=timezone.localdate(), demi_journee=demi)
    )
    for lot in lots:
        make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    assert LettreEmise.objects.count() == 2
    assert sorted(LotLettres.objects.values_list("nombre", flat=True)) == [0, 2]


def _work(travail, lot):
    connections.close_all()
    make_letters(travail_id=travail, lot_id=lot)


@avec_pango
@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_sends_nothing_twice(maison, monkeypatch):
    monkeypatch.setattr("documents.actions.lots.PAR_LOT", 2)
    demi = DemiJourneeFactory(
        date=timezone.localdate() + UN, debut=datetime.time(7), fin=datetime.time(12), capacite=20
    )
    for n in range(8):
        place(demi, datetime.time(7 + n // 4, n % 4 * 15))
    lot = request_lettres_demi(acteur=compte("chef"), jour=timezone.localdate(), demi_journee=demi)
    connections.close_all()
    ouvrier = multiprocessing.get_context("fork").Process(target=_work, args=(lot.travail_id, lot.pk))
    ouvrier.start()
    fin = time.monotonic() + 60
    while LettreEmise.objects.count() < 4 and time.monotonic() < fin:
        time.sleep(0.02)
    os.kill(ouvrier.pid, signal.SIGKILL)
    ouvrier.join()
    parties = dict(LettreEmise.objects.values_list("cle", "document__sha256"))
    assert ouvrier.exitcode == -signal.SIGKILL and 4 <= len(parties) < 16
    assert not bytes(LotLettres.objects.get().contenu)
    make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    finies = dict(LettreEmise.objects.values_list("cle", "document__sha256"))
    assert len(finies) == Document.objects.count() == 16
    assert parties.items() <= finies.items()
    fini = LotLettres.objects.get()
    assert fini.nombre == 16 and len(text_of(fini.contenu)) == 17


def calendar_of(courriel):
    lu = message_from_bytes(bytes(unseal(courriel, "contenu")), policy=policy.default)
    texte, jointe = lu.iter_parts()
    agenda = jointe.get_payload(decode=True).decode().replace("\r\n ", "")
    lignes = dict(ligne.split(":", 1) for ligne in agenda.split("\r\n") if ":" in ligne)
    return texte.get_content(), lignes


@avec_pango
def test_message_goes_beside_with_a_calendar_that_moves_and_is_cancelled(demi, settings):
    settings.COURRIEL, settings.DEFAULT_FROM_EMAIL = True, "Section <sst@exemple.nc>"
    visite = place(demi, datetime.time(8), courriel="agent@exemple.nc")
    place(demi, datetime.time(9), courriel="")
    make(demi)
    (premier,) = Courriel.objects.all()
    texte, agenda = calendar_of(premier)
    assert (agenda["METHOD"], agenda["SEQUENCE"], agenda["LOCATION"]) == (
        "REQUEST",
        "1",
        "Annexe du Sémaphore",
    )
    assert agenda["DTSTART;TZID=Pacific/Noumea"] == f"{demi.date:%Y%m%d}T080000"
    entier = f"{premier.objet} {texte} {agenda}".lower()
    for mot in ("médecin", "visite", "santé", "médical", "aptitude", str(demi.professionnel).lower()):
        assert mot not in entier
    assert LettreEmise.objects.filter(mode="courriel").count() == 1
    Visite.objects.filter(pk=visite.pk).update(heure=datetime.time(10), version=2)
    make(demi)
    _, deplace = calendar_of(Courriel.objects.latest("pk"))
    assert deplace["UID"] == agenda["UID"] and int(deplace["SEQUENCE"]) > int(agenda["SEQUENCE"])
    visite.refresh_from_db()
    cancel_visite(
        acteur=compte("coordinateur"), visite=visite, version=visite.version, raison="Agent en mission."
    )
    _, annule = calendar_of(Courriel.objects.latest("pk"))
    assert (annule["METHOD"], annule["STATUS"], annule["UID"]) == ("CANCEL", "CANCELLED", agenda["UID"])
    assert int(annule["SEQUENCE"]) > int(deplace["SEQUENCE"])
    assert Courriel.objects.count() == 3


def test_who_was_not_told_by_message_is_not_told_that_it_is_off(demi, settings):
    settings.COURRIEL = True
    visite = place(demi, datetime.time(8), courriel="agent@exemple.nc")
    cancel_visite(acteur=compte("coordinateur"), visite=visite, version=1, raison="Agent en mission.")
    assert not Courriel.objects.exists()


@avec_pango
def test_page_says_what_is_filed_with_links_and_what_is_to_be_made(demi, client_de):
    place(demi, datetime.time(8))
    make(demi)
    place(demi, datetime.time(9))
    client = client_de("coordinateur")
    page = client.get(reverse("visites:demi_journee", args=[demi.pk])).content.decode()
    for lettre in LettreEmise.objects.all():
        assert reverse("documents:ouvrir", args=[lettre.document_id]) in page
    assert "Établir les lettres de 1 rendez-vous" in page and "1 convocation" in page
    page = client.get(reverse("visites:lettres_demi_journee", args=[demi.pk])).content.decode()
    assert "Établir et classer 2 lettres" in page.replace("\u00a0", " ")
    assert "Rien à faire : ses lettres sont parties" in page


@pytest.mark.parametrize("nombre", [2, 12])
def test_preview_and_page_cost_the_same_for_two_and_for_twelve(demi, client_de, nombre):
    for n in range(nombre):
        place(demi, datetime.time(7 + n // 4, n % 4 * 15))
    client = client_de("coordinateur")
    for nom in ("visites:demi_journee", "visites:lettres_demi_journee"):
        client.get(reverse(nom, args=[demi.pk]))
        with CaptureQueriesContext(connection) as lues:
            client.get(reverse(nom, args=[demi.pk]))
        dites = [q["sql"] for q in lues if "SAVEPOINT" not in q["sql"]]
        assert len(dites) <= 15, "\n".join(dites)


def test_key_of_a_letter_says_when_it_replaces_another():
    base, autre = "convocation:7:20261130:0815:3", "convocation:7:20261201:0815:3"
    assert next_key(base, []) == base and find_replaced(base, []) is None
    assert next_key(base, [base]) == base
    assert next_key(autre, [base]) == autre
    assert find_replaced(autre, [base]).jour == datetime.date(2026, 11, 30)
    retour = next_key(base, [base, autre])
    assert retour == f"{base}:3" and next_key(base, [base, autre, retour]) == retour
    assert find_replaced("convocation:7:20261130:0815:9", [base]) is None


def test_notice_of_a_move_names_the_former_appointment_and_nothing_of_health():
    noms = {champ.nom for champ in fields_for(GenreLettre.AVIS_REPORT, "section")}
    assert {"ancien.jour", "ancien.heure"} <= noms
    assert not {n for n in noms if n.startswith("visite.") or "professionnel" in n}
