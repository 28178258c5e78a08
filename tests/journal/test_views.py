"""The journal on screen: whom it answers, what it finds, what it leaves of its own reading."""

import datetime
import io

import openpyxl
import pytest
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.journal import record_act, record_consultation
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.journal.views import journal as views
from nouvea_sst.referentiel.models import Parametre
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.signalements.factories import delai

pytestmark = pytest.mark.django_db


@pytest.fixture
def lignes():
    """Three people, two agents."""
    coo = compte("coordinateur", username="coo", first_name="Ana", last_name="Wabete")
    rh = compte("rh", username="rh", first_name="Luc", last_name="Poala")
    kaloi = AgentFactory(nom="Kaloi", prenom="Joseph", matricule="4321")
    boula = AgentFactory(nom="Boula", prenom="Rose")
    with acting(coo, "r-1"):
        record_consultation(acteur=coo, acte="agents.agent", objet=kaloi, agent=kaloi)
    with acting(rh, "r-2"):
        record_act(acteur=rh, acte="agents.update_agent", objet=boula, agent=boula, champs=["nom"])
    return {"coo": coo, "rh": rh, "kaloi": kaloi, "boula": boula}


def shown(reponse):
    return {ligne.record.acte for ligne in reponse.context["table"].rows}


@pytest.mark.parametrize(
    ("parametres", "attendus"),
    [
        ("", {"agents.agent", "agents.update_agent"}),
        ("?compte=coo", {"agents.agent"}),
        ("?compte=wabete+ana", {"agents.agent"}),
        ("?compte=personne", set()),
        ("?agent=kaloi+joseph", {"agents.agent"}),
        ("?agent=4321", set()),
        ("?agent=9004321", set()),
        ("?agent=personne", set()),
        ("?acte=agents.update_agent", {"agents.update_agent"}),
        ("?vue=consultation", {"agents.agent"}),
        ("?vue=refus", set()),
        ("?objet=agents.agent&role=rh", {"agents.update_agent"}),
        ("?objet=visites.visite", set()),
        ("?au=01/01/2020", set()),
        ("?du=01/01/2020", {"agents.agent", "agents.update_agent"}),
    ],
)
def test_auditor_finds_by_account_agent_act_object_and_period(client_de, lignes, parametres, attendus):
    reponse = client_de("auditeur").get(f"/journal/{parametres}")
    assert shown(reponse) - {"journal.liste"} == attendus


def test_period_runs_from_midnight_to_midnight_in_noumea(client_de, lignes):
    aujourdhui = timezone.localdate()
    hier = aujourdhui - datetime.timedelta(days=1)
    client = client_de("auditeur")
    assert shown(client.get(f"/journal/?du={aujourdhui:%d/%m/%Y}&au={aujourdhui:%d/%m/%Y}"))
    assert not shown(client.get(f"/journal/?au={hier:%d/%m/%Y}"))


def test_chief_reads_the_section_without_content(client_de, lignes):
    psy = compte("psychologue", username="psy")
    record_consultation(acteur=psy, acte="reporting.accueil")
    reponse = client_de("chef").get("/journal/")
    assert shown(reponse) == {"agents.agent", "journal.liste"}
    page = reponse.content.decode()
    assert "Ana Wabete" in page
    assert "KALOI" not in page and "dossier" not in shown(reponse)
    assert not {"agent", "dossier", "objet", "cle"} & set(reponse.context["filtre"].form.fields)


def test_chief_finds_nothing_by_what_he_may_not_read(client_de, lignes):
    client = client_de("chef")
    trouves = shown(client.get(f"/journal/?agent=boula&dossier={lignes['boula'].pk}"))
    assert "agents.agent" in trouves
    assert client.get(f"/journal/{LigneJournal.objects.first().pk}/").status_code == 403


def test_chief_s_workbook_has_no_content(client_de, lignes):
    reponse = client_de("chef").get("/journal/?format=xlsx")
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
    assert [c.value for c in feuille[1]] == ["Quand", "Qui", "Compte", "Rôle", "Nature", "Acte"]
    assert "KALOI" not in str([c.value for rang in feuille.iter_rows() for c in rang])


def test_workbook_keeps_types(client_de, lignes):
    reponse = client_de("auditeur").get("/journal/?format=xlsx&compte=coo")
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
    tete = [c.value for c in feuille[1]]
    rang = dict(zip(tete, [c.value for c in feuille[2]], strict=True))
    assert isinstance(rang["Quand"], datetime.datetime)
    assert rang["Dossier"] == lignes["kaloi"].pk
    assert rang["Acte"] == "Fiche consultée"
    assert rang["Objet"] == "KALOI Joseph"


def test_workbook_too_long_is_refused_with_a_sentence(client_de, lignes, monkeypatch):
    monkeypatch.setattr(views, "EXPORTEES", 1)
    reponse = client_de("auditeur").get("/journal/?format=xlsx&role=rh&au=31/12/2030", follow=True)
    assert reponse.status_code == 200
    assert reponse["Content-Type"].startswith("application/vnd")
    reponse = client_de("auditeur").get("/journal/?format=xlsx", follow=True)
    assert "resserrez la période" in reponse.content.decode()


def test_reading_the_journal_is_a_line_without_what_was_typed(client_de, lignes):
    client = client_de("auditeur")
    client.get("/journal/?agent=kaloi&compte=secret")
    ligne = LigneJournal.objects.filter(acte="journal.liste").latest("pk")
    assert ligne.acteur_cle == client.compte.username
    assert "Agent concerné" in ligne.objet_libelle and "Compte ou nom" in ligne.objet_libelle
    assert "kaloi" not in ligne.objet_libelle and "secret" not in ligne.objet_libelle
    client.get(f"/journal/{ligne.pk}/")
    assert LigneJournal.objects.filter(acte="journal.ligne").count() == 1


@pytest.mark.parametrize("role", ["administrateur", "coordinateur", "medecin", "rh", "agent"])
def test_nobody_else_reads_the_journal(client_de, lignes, role):
    assert client_de(role).get("/journal/").status_code == 403
    assert "/journal/" not in client_de(role).get("/").content.decode()


def test_line_shows_the_others_of_its_request(client_de, lignes):
    with acting(lignes["coo"], "r-9"):
        une = record_act(acteur=lignes["coo"], acte="agents.set_affectation", agent=lignes["kaloi"])
        record_act(acteur=lignes["coo"], acte="agents.update_agent", agent=lignes["kaloi"])
    page = client_de("auditeur").get(f"/journal/{une.pk}/").content.decode()
    assert "Affectation ajoutée" in page and "Fiche corrigée" in page


def test_auditor_reads_the_fields_but_not_the_values_of_a_person(client_de, lignes):
    with acting(lignes["rh"], "r-8"):
        Agent.objects.filter(pk=lignes["boula"].pk).update(nom="Canari-Nom")
        une = record_act(
            acteur=lignes["rh"], acte="agents.update_agent", objet=lignes["boula"], champs=["nom"]
        )
    page = client_de("auditeur").get(f"/journal/{une.pk}/").content.decode()
    assert "nom d’usage" in page
    assert "Canari-Nom" not in page and "Boula</td>" not in page


def test_auditor_reads_the_values_of_the_reference_data(client_de, lignes):
    parametre = delai()
    with acting(lignes["rh"], "r-7"):
        Parametre.objects.filter(pk=parametre.pk).update(valeur=5)
        une = record_act(acteur=lignes["rh"], acte="referentiel.load_parametres", objet=parametre)
    reponse = client_de("auditeur").get(f"/journal/{une.pk}/")
    changements = [(c.avant, c.apres) for e in reponse.context["etapes"] for c in e.changements]
    assert changements == [("3", "5")]
