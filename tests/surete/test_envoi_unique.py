"""The same form sent several times at the same moment makes one record, and leads to the same page."""

import threading
import uuid
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from nouvea_sst.comptes import envoi_unique
from nouvea_sst.comptes.actions.menage import GARDE_FORMULAIRES
from nouvea_sst.comptes.models import FormulaireRecu, LigneJournal
from nouvea_sst.comptes.tasks import clear_expired
from signalements.models import Signalement
from tests.architecture.verifs_urls import routes
from tests.fabriques import compte, log_in
from tests.imports.fichiers import GONY, make_csv
from tests.surete.creations import CREATIONS, day
from tests.surete.formulaires import open_form, pick_form

MARQUEES = {route.nom for route in routes() if getattr(route.vue, "envoi_unique", False)}


def fresh(saisie):
    """The same content, its files readable once more."""
    return {
        nom: SimpleUploadedFile(v.name, v.open().read()) if isinstance(v, SimpleUploadedFile) else v
        for nom, v in saisie.items()
    }


def send_together(client, adresse, donnees, fois):
    """Post the same content in several threads that start together; return status and address of each."""
    depart, suites = threading.Barrier(fois), []

    def send(contenu):
        fil = Client()
        fil.cookies = client.cookies
        depart.wait()
        try:
            reponse = fil.post(adresse, contenu)
            suites.append((reponse.status_code, reponse.get("Location")))
        except Exception as erreur:
            suites.append((500, repr(erreur)))
        finally:
            connection.close()

    fils = [threading.Thread(target=send, args=[fresh(donnees)]) for _ in range(fois)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return suites


def sent(nom, fois):
    """Send the form of this view so many times at once; return the answers and how many records it made."""
    creation = CREATIONS[nom]()
    client = log_in(creation.compte or compte(creation.role))
    formulaire = open_form(client, creation.page, nom)
    avant = creation.modele._default_manager.count()
    suites = send_together(client, formulaire.adresse, formulaire.filled(**creation.saisie), fois)
    return suites, creation.modele._default_manager.count() - avant


def test_every_view_that_creates_is_tried():
    assert set(CREATIONS) == MARQUEES


@pytest.mark.django_db(transaction=True)
def test_each_form_sent_at_once_makes_one_record_and_leads_to_one_page():
    """One house for all of them: emptying it costs more than the forms do."""
    fautes = {}
    for nom in CREATIONS:
        suites, faits = sent(nom, fois=10 if nom == "agents:ajouter" else 2)
        if {statut for statut, _ in suites} != {302} or len(set(suites)) != 1 or faits != 1:
            fautes[nom] = (faits, suites)
    assert fautes == {}


@pytest.mark.django_db(transaction=True)
def test_without_its_token_the_same_file_comes_in_twice():
    """The net itself: what the test above would see, were the token not looked at."""
    with mock.patch.object(envoi_unique, "fingerprint", lambda request: uuid.uuid4().hex):
        suites, faits = sent("imports:deposer", 2)
    assert faits == 2
    assert len(set(suites)) == 2


@pytest.mark.django_db
class TestOneAfterTheOther:
    """What the back button and errors do."""

    @pytest.fixture
    def essai(self):
        creation = CREATIONS["agents:absence_ajouter"]()
        client = log_in(compte(creation.role))
        return client, creation, open_form(client, creation.page, "agents:absence_ajouter")

    def test_page_gone_back_to_and_sent_again_leads_to_the_same_record(self, essai):
        client, creation, formulaire = essai
        donnees = formulaire.filled(**creation.saisie)
        suites = [client.post(formulaire.adresse, donnees) for _ in range(3)]
        assert {s.status_code for s in suites} == {302}
        assert creation.modele.objects.count() == 1
        assert LigneJournal.objects.filter(acte="agents.create_absence").count() == 1

    def test_page_gone_back_to_and_filled_otherwise_makes_another_record(self, essai):
        client, creation, formulaire = essai
        client.post(formulaire.adresse, formulaire.filled(**creation.saisie))
        autre = creation.saisie | {"date_debut": day(-4), "date_fin": day(-4)}
        assert client.post(formulaire.adresse, formulaire.filled(**autre)).status_code == 302
        assert creation.modele.objects.count() == 2

    def test_token_is_kept_through_errors_and_spent_by_the_sending_that_succeeds(self, essai):
        client, creation, formulaire = essai
        fautive = formulaire.filled(**creation.saisie | {"date_fin": "31/02/2026"})
        reponse = client.post(formulaire.adresse, fautive)
        assert reponse.status_code == 200
        assert not FormulaireRecu.objects.exists()
        corrige = pick_form(reponse.content.decode(), creation.page, formulaire.nom)
        assert corrige.champs["jeton"] == formulaire.champs["jeton"]
        donnees = corrige.filled(date_fin=creation.saisie["date_fin"])
        assert [client.post(corrige.adresse, donnees).status_code for _ in range(2)] == [302, 302]
        assert creation.modele.objects.count() == 1

    def test_refusal_takes_back_the_token_with_the_rest(self, essai):
        client, creation, formulaire = essai
        cause = mock.patch("agents.views.absences.create_absence", side_effect=RuntimeError)
        with cause, pytest.raises(RuntimeError):
            client.post(formulaire.adresse, formulaire.filled(**creation.saisie))
        assert client.post(formulaire.adresse, formulaire.filled(**creation.saisie)).status_code == 302

    def test_page_of_before_an_update_without_token_still_writes(self, essai):
        client, creation, formulaire = essai
        assert client.post(formulaire.adresse, formulaire.filled(**creation.saisie, jeton=None))
        assert creation.modele.objects.count() == 1

    def test_another_file_under_the_same_token_is_another_file(self):
        creation = CREATIONS["imports:deposer"]()
        client = log_in(compte(creation.role))
        formulaire = open_form(client, creation.page, "imports:deposer")
        client.post(formulaire.adresse, formulaire.filled(**creation.saisie))
        autre = SimpleUploadedFile("registre.csv", make_csv([GONY]))
        client.post(formulaire.adresse, formulaire.filled(**creation.saisie | {"fichier": autre}))
        assert creation.modele.objects.count() == 2

    def test_report_without_a_name_leaves_none_in_the_trace(self):
        creation = CREATIONS["signalements:signaler"]()
        client = log_in(compte(creation.role))
        formulaire = open_form(client, creation.page, "signalements:signaler")
        client.post(formulaire.adresse, formulaire.filled(**creation.saisie | {"nom": "sans"}))
        trace = FormulaireRecu.objects.get()
        assert Signalement.objects.get().declarant is None
        assert {f.name for f in trace._meta.fields} == {"id", "empreinte", "adresse", "recu_le"}

    def test_traces_are_forgotten_after_their_time(self):
        for age in (timedelta(), GARDE_FORMULAIRES + timedelta(hours=1)):
            trace = FormulaireRecu.objects.create(empreinte=uuid.uuid4().hex, adresse="/")
            FormulaireRecu.objects.filter(pk=trace.pk).update(recu_le=timezone.now() - age)
        clear_expired()
        assert FormulaireRecu.objects.count() == 1
