"""One job a session and period, whoever asks and however often at once."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nouvea_sst.lib.dates import Periode
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from reporting import tasks
from reporting.actions import ATTENTE, DossierDejaDemande, request_edition
from reporting.models import Edition
from reporting.pack import fabrique
from tests.fabriques import compte, log_in
from tests.reporting import factories as f

PERIODE = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
PREPARER = "/pilotage/dossiers/preparer/"


def ask(acteur, seance, derniere=0):
    """Ask for the pack."""
    return request_edition(acteur=acteur, seance=seance, periode=PERIODE, derniere=derniere)


def make(travail, seance):
    """Do what the worker does."""
    tasks.make_pack(
        travail_id=travail.pk,
        seance_id=seance.pk,
        debut=PERIODE.debut.isoformat(),
        fin=PERIODE.fin.isoformat(),
    )


@pytest.fixture
def seance(monkeypatch):
    monkeypatch.setattr(fabrique, "render_pdf", lambda chiffres: (b"%PDF-1.7 essai", 6))
    return f.SeanceFactory


@pytest.mark.django_db(transaction=True)
def test_four_clicks_of_two_accounts_make_one_job(seance):
    seance = seance()
    comptes = [compte("coordinateur"), compte("chef")] * 2
    depart, suites = threading.Barrier(len(comptes)), []

    def click(acteur):
        depart.wait()
        try:
            suites.append(ask(acteur, seance))
        except Exception as erreur:
            suites.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=click, args=[acteur]) for acteur in comptes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    travail = Travail.objects.get()
    refus = [s for s in suites if isinstance(s, DossierDejaDemande)]
    assert [s for s in suites if s not in refus] == [travail] * 2
    assert {str(r) for r in refus} == {f"Ce dossier est déjà en préparation par {travail.demandeur}."}
    assert len(refus) == 2
    assert ProcrastinateJob.objects.filter(task_name="reporting.make_pack").count() == 1
    make(travail, seance)
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_edition_made_while_the_form_was_open_answers_it(seance):
    seance, chef, autre = seance(), compte("chef"), compte("coordinateur")
    travail = ask(chef, seance)
    make(travail, seance)
    assert ask(chef, seance) == travail
    with pytest.raises(DossierDejaDemande, match="vient d’être fait par"):
        ask(autre, seance)
    assert ask(autre, seance, derniere=Edition.objects.latest_pk()) != travail


@pytest.mark.django_db
@pytest.mark.parametrize(
    "etat, age, vit",
    [
        (EtatTravail.EN_FILE, ATTENTE * 9, True),
        (EtatTravail.EN_COURS, ATTENTE / 2, True),
        (EtatTravail.EN_COURS, ATTENTE * 2, False),
        (EtatTravail.ECHEC, ATTENTE / 2, False),
    ],
)
def test_only_a_living_job_is_joined(seance, etat, age, vit):
    seance, chef = seance(), compte("chef")
    quand = timezone.now() - age
    travail = ask(chef, seance)
    Travail.objects.filter(pk=travail.pk).update(
        etat=etat, demande_le=quand, commence_le=None if etat == EtatTravail.EN_FILE else quand
    )
    assert (ask(chef, seance) == travail) is vit


@pytest.mark.django_db
def test_second_account_reads_who_prepares_it_and_may_insist_once_it_is_made(seance, client_de):
    seance, chef = seance(date=datetime.date(2027, 6, 1)), compte("chef", last_name="Wamytan")
    travail = ask(chef, seance)
    client = client_de("coordinateur")
    demande = {"seance": seance.pk, "du": "01/01/2026", "au": "30/06/2026", "derniere": "0"}
    page = client.post(PREPARER, demande).content.decode()
    assert f"Ce dossier est déjà en préparation par {chef}." in page
    assert f'href="/pilotage/dossiers/?seance={seance.pk}"' in page
    assert '<option value="30/06/2026" selected>' in page
    make(travail, seance)
    reponse = client.post(PREPARER, demande)
    assert "Ce dossier vient d’être fait par" in reponse.content.decode()
    derniere = reponse.context["form"]["derniere"].value()
    assert derniere == Edition.objects.get().pk
    insiste = client.post(PREPARER, demande | {"derniere": derniere})
    make(Travail.objects.get(pk=insiste.url.split("/")[2]), seance)
    assert [e.rang for e in Edition.objects.order_by("pk")] == [1, 2]
    assert log_in(chef).get(PREPARER).context["form"]["derniere"].value() == Edition.objects.latest_pk()
