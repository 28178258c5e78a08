"""The absences tab: dates for all who may open it, types for those who manage them; entry, correction."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Absence, Agent
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AbsenceFactory, AgentFactory, ResponsabiliteFactory, TypeAbsenceFactory
from tests.referentiel.factories import valeur

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]
D = datetime.date


@pytest.fixture
def absence():
    return AbsenceFactory(type=TypeAbsenceFactory(libelle="Congé de longue maladie"), prolongation=True)


def tab(client, absence):
    return client.get(reverse("agents:absences", args=[absence.agent_id]))


@pytest.mark.parametrize("role", ["coordinateur", "chef", "rh"])
def test_types_are_read_by_those_who_manage_them(client_de, absence, role):
    texte = tab(client_de(role), absence).content.decode()
    assert "Congé de longue maladie (prolongation)" in texte
    assert "20/11/2026" in texte and "27/11/2026" in texte


@pytest.mark.parametrize("role", ["medecin", "infirmier", "encadrant"])
def test_others_read_dates_only(client_de, absence, role):
    client = client_de(role)
    ResponsabiliteFactory(compte=client.compte, structure=absence.agent.structure)
    texte = tab(client, absence).content.decode()
    assert "20/11/2026" in texte and "27/11/2026" in texte
    assert "maladie" not in texte and "rolongation" not in texte


def test_agent_reads_his_own_types(client_de, absence):
    client = client_de("agent")
    assert tab(client, absence).status_code == 404
    Agent.objects.update(compte=client.compte)
    assert "Congé de longue maladie" in tab(client, absence).content.decode()


@pytest.mark.parametrize("role", ["preventeur", "psychologue", "chct", "auditeur", "administrateur"])
def test_roles_without_the_right_are_refused(client_de, absence, role):
    assert tab(client_de(role), absence).status_code == 403


def test_absences_never_leave_as_a_workbook(client_de, absence):
    adresse = reverse("agents:absences", args=[absence.agent_id])
    assert client_de().get(adresse, {"format": "xlsx"})["Content-Type"].startswith("text/html")


def test_reading_leaves_one_line_about_the_agent(client_de, absence):
    tab(client_de("medecin"), absence)
    ligne = LigneJournal.objects.get(acte="agents.absences")
    assert (ligne.nature, ligne.agent_cle) == ("consultation", str(absence.agent_id))


def test_absences_that_follow_on_are_added_up(client_de, absence):
    AbsenceFactory(agent=absence.agent, date_debut=D(2026, 10, 16), date_fin=D(2026, 11, 19))
    reponse = tab(client_de(), absence)
    assert "43 j" in reponse.content.decode()
    assert reponse.context["chiffres_agent"][0]["valeur"] == "43 j"
    assert "Absent jusqu’au 27/11/2026, dans 3 jours" in reponse.content.decode()


def in_a_row(reponse):
    """What the column « À la suite » says, latest absence first."""
    return [ligne.get_cell("suite") for ligne in reponse.context["table"].rows]


@pytest.fixture
def accident_then_illness(absence):
    accident = TypeAbsenceFactory(code=77, famille="accident", prolonge=False)
    AbsenceFactory(agent=absence.agent, type=accident, date_debut=D(2026, 11, 10), date_fin=D(2026, 11, 19))
    AbsenceFactory(
        agent=absence.agent, type=absence.type, date_debut=D(2026, 11, 28), date_fin=D(2026, 11, 30)
    )
    return absence


def test_an_accident_and_the_illness_after_it_are_two_leaves(client_de, accident_then_illness):
    assert in_a_row(tab(client_de(), accident_then_illness)) == ["11 j", "", ""]


def test_who_reads_no_type_does_not_learn_it_from_where_a_leave_ends(client_de, accident_then_illness):
    assert in_a_row(tab(client_de("medecin"), accident_then_illness)) == ["21 j", "", ""]


def test_days_between_two_absences_are_tolerated_as_the_reference_data_says(client_de, absence):
    AbsenceFactory(
        agent=absence.agent, type=absence.type, date_debut=D(2026, 11, 10), date_fin=D(2026, 11, 18)
    )
    assert in_a_row(tab(client_de(), absence)) == ["", ""]
    valeur("agents.tolerance_chaine", 1)
    assert in_a_row(tab(client_de(), absence)) == ["17 j", ""]


def entry(**champs):
    return {"date_debut": "2026-11-02", "date_fin": "2026-11-04"} | champs


def test_absence_is_entered(client_de):
    client, agent, maladie = client_de("rh"), AgentFactory(), TypeAbsenceFactory()
    adresse = reverse("agents:absence_ajouter", args=[agent.pk])
    assert client.get(adresse).status_code == 200
    reponse = client.post(adresse, entry(type=maladie.pk, debut_apres_midi="on"))
    assert reponse.url == reverse("agents:absences", args=[agent.pk])
    absence = Absence.objects.get()
    assert (absence.date_debut, absence.date_fin, absence.debut_apres_midi) == (
        D(2026, 11, 2),
        D(2026, 11, 4),
        True,
    )
    assert LigneJournal.objects.filter(acte="agents.create_absence", agent_cle=str(agent.pk)).count() == 1


def test_sending_twice_enters_once(client_de):
    client, agent, maladie = client_de("rh"), AgentFactory(), TypeAbsenceFactory()
    adresse = reverse("agents:absence_ajouter", args=[agent.pk])
    for _ in range(2):
        reponse = client.post(adresse, entry(type=maladie.pk))
    assert Absence.objects.count() == 1
    assert "L’agent est déjà absent du 02/11/2026 au 04/11/2026" in reponse.content.decode()


@pytest.mark.parametrize(
    "champs, faute",
    [
        ({"date_fin": "2026-11-01"}, "La fin précède le début."),
        (
            {"date_fin": "2026-11-02", "debut_apres_midi": "on", "fin_matin": "on"},
            "ne finit pas le même jour à midi",
        ),
        ({"date_debut": "2027-01-25", "date_fin": "2027-01-26"}, "au plus 2 mois à l’avance"),
        ({"date_debut": "2011-03-02"}, "L’agent a été embauché le 03/03/2011."),
        ({"prolongation": "on"}, "Aucune absence qu’elle puisse prolonger"),
        ({"date_debut": ""}, "Ce champ est obligatoire."),
    ],
)
def test_impossible_entry_is_refused_and_kept(client_de, champs, faute):
    agent, maladie = AgentFactory(), TypeAbsenceFactory()
    valeurs = entry(type=maladie.pk) | champs
    reponse = client_de("rh").post(reverse("agents:absence_ajouter", args=[agent.pk]), valeurs)
    texte = reponse.content.decode()
    assert faute in texte and f'value="{valeurs["date_fin"]}"' in texte
    assert not Absence.objects.exists()


def test_correction_and_its_conflict(client_de, absence):
    client = client_de("coordinateur")
    Absence.objects.update(prolongation=False)
    adresse = reverse("agents:absence_corriger", args=[absence.agent_id, absence.pk])
    valeurs = {"type": absence.type_id, "date_debut": "2026-11-20", "version": "1"}
    client.post(adresse, valeurs | {"date_fin": "2026-11-30"})
    absence.refresh_from_db()
    assert (absence.date_fin, absence.version) == (D(2026, 11, 30), 2)
    texte = client.post(adresse, valeurs | {"date_fin": "2026-12-04"}).content.decode()
    assert "30/11/2026" in texte and "04/12/2026" in texte
    absence.refresh_from_db()
    assert absence.date_fin == D(2026, 11, 30)


def test_deletion_asks_first_and_leaves_its_number_in_the_journal(client_de, absence):
    client = client_de("rh")
    adresse = reverse("agents:absence_supprimer", args=[absence.agent_id, absence.pk])
    assert "Supprimer l’absence du 20/11/2026 au 27/11/2026 ?" in client.get(adresse).content.decode()
    assert Absence.objects.exists()
    client.post(adresse, {"version": "1"})
    assert not Absence.objects.exists()
    ligne = LigneJournal.objects.get(acte="agents.delete_absence")
    assert ligne.objet_libelle == f"Absence n° {absence.pk}"


def test_deletion_of_what_was_corrected_meanwhile_is_stopped(client_de, absence):
    Absence.objects.update(version=2)
    adresse = reverse("agents:absence_supprimer", args=[absence.agent_id, absence.pk])
    texte = client_de("rh").post(adresse, {"version": "1"}).content.decode()
    assert "vient d’être corrigée" in texte
    assert Absence.objects.exists()


def test_address_of_another_agent_finds_nothing(client_de, absence):
    adresse = reverse("agents:absence_corriger", args=[AgentFactory().pk, absence.pk])
    assert client_de("rh").get(adresse).status_code == 404


@pytest.mark.parametrize("role", ["chef", "medecin", "infirmier", "encadrant", "agent", "preventeur"])
def test_others_may_not_enter_absences(client_de, absence, role):
    client = client_de(role)
    for nom, cles in {
        "agents:absence_ajouter": [absence.agent_id],
        "agents:absence_corriger": [absence.agent_id, absence.pk],
        "agents:absence_supprimer": [absence.agent_id, absence.pk],
    }.items():
        assert client.post(reverse(nom, args=cles)).status_code == 403
    assert Absence.objects.exists()
