"""« Mon dossier »: one's own file whatever the role, nobody else's, and what it costs."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.enums import FamilleAbsence
from agents.models import Responsabilite
from documents.models import Document
from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.mesures import Compteur
from tests.fabriques import compte, log_in
from tests.reporting import factories as f
from tests.visites.remplissage import PREUVE
from visites.enums import EtatVisite
from visites.models import Restriction, Suivi, TypeRestriction

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
UN = datetime.timedelta(days=1)


@pytest.fixture
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)
    return JOUR


def make_file(qui, nom, structure=None):
    """An agent with one record of each kind."""
    f.make_target("visites.periodicite.simple", 60)
    agent = f.AgentFactory(nom=nom, prenom="Hina", compte=qui, matricule=None, structure=structure)
    motif = f.MotifFactory()
    visite = f.VisiteFactory(agent=agent, motif=motif, date=JOUR + 6 * UN, heure=datetime.time(8, 15))
    genre = TypeRestriction.objects.create(libelle=f"Mesure de {nom}")
    Restriction.objects.create(visite=visite, agent=agent, type=genre, date_debut=JOUR - UN)
    arret = f.TypeAbsenceFactory(famille=FamilleAbsence.LONGUE, libelle=f"Arrêt de {nom}")
    f.AbsenceFactory(agent=agent, type=arret, date_debut=JOUR - 40 * UN, date_fin=JOUR - 30 * UN)
    Document.objects.create(
        categorie="certificat", agent=agent, nom_fichier=f"{nom}.pdf", contenu=nom.encode(), sha256="0" * 64
    )
    Suivi.objects.create(
        agent=agent, categorie="simple", regle="periodique", echeance=JOUR + 90 * UN, preuve=PREUVE,
        calcule_le=timezone.now(),
    )  # fmt: skip
    f.SignalementFactory(declarant=qui, intitule=f"Chute de {nom}")
    f.AccidentFactory(agent=agent)
    return agent


@pytest.mark.parametrize("role", Role.values)
def test_each_role_reads_his_own_file_and_nobody_elses(jour, role):
    qui = compte(role)
    make_file(qui, "Wamytan")
    make_file(compte("agent"), "Poadja")
    reponse = log_in(qui).get("/mon-dossier/")
    page = reponse.content.decode()
    for attendu in (
        "lundi 30 novembre 2026 à 08:15",
        "Mesure de Wamytan",
        "Arrêt de Wamytan",
        "Chute de Wamytan",
    ):
        assert attendu in page, attendu
    assert "Poadja" not in page
    assert all(c["url"].startswith("#") for c in reponse.context["chiffres"])


@pytest.mark.parametrize("role", Role.values)
def test_every_link_of_the_page_opens(jour, role):
    qui = compte(role)
    make_file(qui, "Wamytan")
    client = log_in(qui)
    contenu = client.get("/mon-dossier/").content.decode().partition("<main")[2]
    adresses = {m.partition('"')[0].replace("&amp;", "&") for m in contenu.split('href="')[1:]}
    for adresse in adresses:
        if not adresse.startswith("#"):
            assert client.get(adresse).status_code == 200, adresse
    assert any("documents" in adresse for adresse in adresses)


@pytest.mark.parametrize("role", Role.values)
def test_page_asks_fifteen_questions_at_most(jour, role):
    qui = compte(role)
    structure = f.StructureFactory()
    Responsabilite.objects.create(compte=compte("encadrant"), structure=structure, date_debut=JOUR - 900 * UN)
    make_file(qui, "Wamytan", structure)
    client = log_in(qui)
    with Compteur() as sql:
        assert client.get("/mon-dossier/").status_code == 200
    assert len(sql) <= 15, str(sql)


def test_documents_of_another_are_unknown(jour):
    qui = compte("rh")
    sien, autre = make_file(qui, "Wamytan"), make_file(compte("agent"), "Poadja")
    client = log_in(qui)
    assert client.get(f"/mon-dossier/documents/{sien.documents.get().pk}/").content == b"Wamytan"
    assert client.get(f"/mon-dossier/documents/{autre.documents.get().pk}/").status_code == 404


def test_due_date_without_visit_says_before_when_and_why(jour):
    qui = compte("agent")
    agent = make_file(qui, "Wamytan")
    agent.restrictions.all().delete()
    agent.visites.all().delete()
    page = log_in(qui).get("/mon-dossier/").content.decode()
    assert "À revoir avant le <b>22 février 2027</b>" in page
    assert "Pourquoi cette date" in page


def test_reader_without_rights_gets_no_dead_link_in_the_reasons(jour):
    qui = compte("psychologue")
    agent = make_file(qui, "Wamytan")
    fait = {"libelle": "Dernière visite", "valeur": "12/06/2023", "url_name": "visites:visite", "pk": 1}
    Suivi.objects.filter(agent=agent).update(preuve=PREUVE | {"faits": [fait]})
    page = log_in(qui).get("/mon-dossier/").content.decode()
    assert "12/06/2023" in page
    assert "/visites/1/" not in page


def test_who_opened_the_file_is_a_role_and_a_moment(jour):
    qui, medecin = compte("agent"), compte("medecin", first_name="Anne", last_name="Le Goff")
    agent = make_file(qui, "Wamytan")
    log_in(medecin).get(f"/agents/{agent.pk}/")
    client = log_in(qui)
    client.get("/mon-dossier/")
    reponse = client.get("/mon-dossier/")
    (ligne,) = reponse.context["consultations"]
    assert ligne["qui"] == "Médecin du travail"
    assert "Le Goff" not in reponse.content.decode()
    siennes = LigneJournal.objects.filter(acte="soi.dossier", nature=NatureJournal.CONSULTATION)
    assert siennes.count() == 2


@pytest.mark.parametrize("role", Role.values)
def test_account_without_agent_is_told_whom_to_ask(role, client_de):
    page = client_de(role).get("/mon-dossier/").content.decode()
    assert "Votre compte n’est relié à aucune fiche" in page


def test_cancelled_visits_and_past_ones_are_not_the_next(jour):
    qui = compte("agent")
    agent = make_file(qui, "Wamytan")
    agent.visites.update(etat=EtatVisite.ANNULEE)
    assert log_in(qui).get("/mon-dossier/").context["prochaine"] is None


def test_whole_days_are_written_without_decimals(jour):
    qui = compte("agent")
    agent = f.AgentFactory(compte=qui)
    genre = f.TypeAbsenceFactory(famille=FamilleAbsence.LONGUE, libelle="Arrêt")
    f.AbsenceFactory(
        agent=agent, type=genre, date_debut=JOUR - 4 * UN, date_fin=JOUR - 2 * UN,
        debut_apres_midi=True, fin_matin=True,
    )  # fmt: skip
    f.AbsenceFactory(agent=agent, type=genre, date_debut=JOUR - UN, date_fin=JOUR - UN, fin_matin=True)
    page = log_in(qui).get(reverse("soi:dossier")).content.decode()
    assert ">2 j<" in page and ">0,5 j<" in page
