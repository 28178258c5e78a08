"""The letters of a half-day: who gets which, what the manager is told, the sheet, once each."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.actions import load_entete, load_modeles, read_cadre
from documents.enums import GenreLettre
from documents.mise_en_page import write_page
from documents.models import LettreEmise, LotLettres, VersionLettre
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import MotifFactory, VisiteFactory, held
from visites.actions.lettres import request_lettres
from visites.lettres import Redaction, placed
from visites.models import Visite
from visites.tasks import make_letters

pytestmark = pytest.mark.django_db
avec_pango = pytest.mark.skipif(not is_pdf_possible(), reason="pango is not there")
JOUR = datetime.date(2026, 11, 24)
UN = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def maison():
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())


@pytest.fixture
def cadre():
    return read_cadre(signataire=None, jour=JOUR)


def tirage_of(cadre, *visites, **choix):
    pks = [v.pk for v in visites]
    lues = placed(Visite.objects.filter(pk__in=pks), JOUR)
    return Redaction(lues, cadre).write(**({"avis": True, "feuilles": False} | choix))


def kinds(tirage):
    return [pli.page.modele.type.genre for pli in tirage.plis]


def test_status_decides_whether_the_convocation_names_who_receives(cadre):
    textes = {
        statut: write_page(
            tirage_of(cadre, VisiteFactory(agent=AgentFactory(statut=statut)), avis=False).plis[0].page, cadre
        )
        for statut in ("F", "C", "CC")
    }
    assert "Anne Le Goff" in textes["F"]
    assert "Anne Le Goff" not in textes["C"] + textes["CC"]
    assert all("mardi 24 novembre 2026 à 9\u00a0h" in texte for texte in textes.values())


def test_manager_is_told_the_day_and_nothing_of_why_or_by_whom(cadre):
    structure = StructureFactory()
    chef = compte("encadrant", first_name="Marc", last_name="Poadja")
    ResponsabiliteFactory(compte=chef, structure=structure)
    visite = VisiteFactory(
        agent=AgentFactory(structure=structure), motif=MotifFactory(code="secret", libelle="Motif secret")
    )
    tirage = tirage_of(cadre, visite)
    assert kinds(tirage) == [GenreLettre.CONVOCATION, GenreLettre.AVIS_RESPONSABLE]
    avis = write_page(tirage.plis[1].page, cadre)
    assert "Marc Poadja" in avis and "mardi 24 novembre 2026" in avis
    for mot in ("Motif secret", "Anne Le Goff", "médecin", "visite", "santé au travail", "aptitude"):
        assert mot not in avis


def test_a_manager_is_not_the_manager_of_himself(cadre):
    direction = StructureFactory(niveau="direction")
    service = StructureFactory(parent=direction)
    lui, dessus = compte("encadrant"), compte("encadrant")
    ResponsabiliteFactory(compte=lui, structure=service)
    ResponsabiliteFactory(compte=dessus, structure=direction)
    visite = VisiteFactory(agent=AgentFactory(structure=service, compte=lui))
    assert tirage_of(cadre, visite).plis[1].page.destinataire[0] == str(dessus)


def test_without_an_account_the_notice_goes_to_the_function_and_without_a_structure_nowhere(cadre):
    structure = StructureFactory(libelle="Service des plages")
    tirage = tirage_of(cadre, VisiteFactory(agent=AgentFactory(structure=structure)))
    assert tirage.plis[1].page.destinataire == ["Le responsable de la structure", "Service des plages"]
    tirage = tirage_of(cadre, VisiteFactory(agent=AgentFactory(structure=None)))
    assert kinds(tirage) == [GenreLettre.CONVOCATION]
    assert "sans structure" in tirage.ecartees[0]


def test_missed_appointments_since_the_last_one_held_make_a_numbered_relance(cadre):
    agent = AgentFactory()
    for annees in (3, 2, 1):
        VisiteFactory(agent=agent, date=JOUR - annees * 366 * UN, etat="absent", motif=MotifFactory())
    held(agent=agent, date=JOUR - 900 * UN)
    page = tirage_of(cadre, VisiteFactory(agent=agent), avis=False).plis[0].page
    assert page.modele.type.genre == GenreLettre.RELANCE
    assert "Convocation – 2e relance" in write_page(page, cadre)


def test_sheet_lists_the_day_by_hour_and_is_nobodys_letter(cadre):
    medecin = compte("medecin", first_name="Anne", last_name="Le Goff")
    visites = [
        VisiteFactory(professionnel=medecin, heure=datetime.time(h), agent=AgentFactory(nom=nom))
        for h, nom in ((10, "Alpha"), (8, "Bravo"))
    ]
    tirage = tirage_of(cadre, *visites, avis=False, feuilles=True)
    (feuille,) = tirage.devant
    assert [p.heure for p in feuille.presences] == ["8\u00a0h", "10\u00a0h"]
    assert "2 rendez-vous" in write_page(feuille, cadre)


def test_who_has_left_by_then_is_not_convoked(cadre):
    visite = VisiteFactory(agent=AgentFactory(date_depart=JOUR - UN))
    tirage = tirage_of(cadre, visite)
    assert tirage.plis == [] and "a quitté la Ville" in tirage.ecartees[0]


def test_nobody_to_convoke_is_a_sentence():
    passee = VisiteFactory(date=JOUR - UN)
    with pytest.raises(ValidationError, match="personne à convoquer"):
        request_lettres(acteur=compte("coordinateur"), jour=JOUR, visites=[passee.pk])


@avec_pango
def test_job_run_twice_then_asked_again_sends_each_letter_once():
    demain = timezone.localdate() + UN
    visites = [VisiteFactory(date=demain, heure=datetime.time(8 + n)) for n in range(3)]
    coo = compte("coordinateur")
    demande = {"acteur": coo, "jour": timezone.localdate(), "visites": [v.pk for v in visites], "avis": False}
    lot = request_lettres(**demande)
    for _ in range(2):
        make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    assert LettreEmise.objects.filter(lot=lot).count() == 3
    encore = request_lettres(**demande)
    make_letters(travail_id=encore.travail_id, lot_id=encore.pk)
    assert LettreEmise.objects.count() == 3
    assert len([p for p in LotLettres.objects.get(pk=encore.pk).ecartees if "déjà établie" in p]) == 3


@avec_pango
def test_visit_moved_meanwhile_gets_a_new_letter_and_one_cancelled_none():
    demain = timezone.localdate() + UN
    visites = [VisiteFactory(date=demain, heure=datetime.time(8 + n)) for n in range(2)]
    coo = compte("coordinateur")
    demande = {"acteur": coo, "jour": timezone.localdate(), "visites": [v.pk for v in visites], "avis": False}
    lot = request_lettres(**demande)
    Visite.objects.filter(pk=visites[1].pk).update(etat="annulee")
    make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    assert LettreEmise.objects.count() == 1
    assert "déplacés ou annulés" in LotLettres.objects.get().ecartees[-1]
    Visite.objects.filter(pk=visites[0].pk).update(date=demain + UN)
    encore = request_lettres(**demande)
    make_letters(travail_id=encore.travail_id, lot_id=encore.pk)
    assert LettreEmise.objects.count() == 2


def test_without_a_published_text_the_job_says_which():
    VersionLettre.objects.update(etat="retiree", retiree_le=timezone.now())
    visite = VisiteFactory(date=timezone.localdate() + UN)
    lot = request_lettres(acteur=compte("coordinateur"), jour=timezone.localdate(), visites=[visite.pk])
    make_letters(travail_id=lot.travail_id, lot_id=lot.pk)
    assert "Aucune lettre publiée pour « Feuille de présence »" in Travail.objects.get().message
