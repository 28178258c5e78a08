"""The list of agents: search, filters, views, columns by role, workbook."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import (
    AbsenceFactory,
    AgentFactory,
    ResponsabiliteFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]
D = datetime.date
ADRESSE = "/agents/"


def names(client, requete=""):
    """Names on the page, in its order."""
    return [str(ligne.record) for ligne in client.get(ADRESSE + requete).context["table"].page]


@pytest.fixture
def ville():
    direction = StructureFactory(sigle="DECV", niveau="direction")
    service = StructureFactory(sigle="DEPEV", parent=direction)
    section = StructureFactory(sigle="SEV", niveau="section", parent=service)
    autre = StructureFactory(sigle="DSIS", niveau="direction")
    return {
        "eloi": AgentFactory(nom="D’Artagnan-Béa", prenom="Éloi", matricule="4127", structure=section),
        "lea": AgentFactory(nom="Kaloi", prenom="Léa", matricule="0038", structure=service, statut="C"),
        "jean": AgentFactory(nom="Œtjen", prenom="Jean", matricule=None, structure=autre, statut=""),
        "parti": AgentFactory(nom="Parti", date_depart=D(2026, 11, 23), structure=autre),
        "futur": AgentFactory(nom="Futur", date_embauche=D(2026, 11, 25), structure=autre),
        "elu": AgentFactory(nom="Maire", est_elu=True, statut="", structure=autre),
        "direction": direction,
        "service": service,
    }


def test_list_opens_on_those_present_by_name(client_de, ville):
    assert names(client_de()) == ["D’ARTAGNAN-BÉA Éloi", "KALOI Léa", "ŒTJEN Jean"]


@pytest.mark.parametrize(
    "saisi, attendu",
    [
        ("eloi", ["eloi"]),
        ("ÉLOI d'artagnan", ["eloi"]),
        ("bea", ["eloi"]),
        ("oetjen", ["jean"]),
        ("4127", ["eloi"]),
        ("9004127", ["eloi"]),
        ("904127", ["eloi"]),
        ("38", ["lea"]),
        ("900038", ["lea"]),
        ("depev", ["lea"]),
        ("DECV", ["eloi", "lea"]),
        ("lea depev", ["lea"]),
        ("lea decv 4127", []),
        ("%", []),
        ("412", []),
    ],
)
def test_search(client_de, ville, saisi, attendu):
    trouves = client_de().get(ADRESSE, {"q": saisi}).context["filtre"].qs
    assert set(trouves) == {ville[nom] for nom in attendu}


def test_filters(client_de, ville):
    client = client_de()
    assert names(client, f"?direction={ville['direction'].pk}") == ["D’ARTAGNAN-BÉA Éloi", "KALOI Léa"]
    assert names(client, f"?structure={ville['service'].pk}") == ["D’ARTAGNAN-BÉA Éloi", "KALOI Léa"]
    assert names(client, f"?poste={ville['lea'].poste_id}") == ["KALOI Léa"]
    assert names(client, "?statut=C") == ["KALOI Léa"]
    assert names(client, "?statut=inconnu") == ["ŒTJEN Jean"]
    assert names(client, "?presence=partis") == ["PARTI Joseph"]
    assert names(client, "?presence=a_venir") == ["FUTUR Joseph"]
    assert names(client, "?elus=seulement") == ["MAIRE Joseph"]
    assert len(names(client, "?elus=avec")) == 4
    assert len(names(client, "?presence=tous&elus=avec")) == 6


def test_absence_under_way_and_since_more_than_thirty_days(client_de, ville):
    AbsenceFactory(agent=ville["eloi"], date_debut=D(2026, 11, 24), date_fin=D(2026, 11, 24))
    AbsenceFactory(agent=ville["lea"], date_debut=D(2026, 11, 10), date_fin=D(2026, 12, 1))
    AbsenceFactory(agent=ville["lea"], date_debut=D(2026, 10, 25), date_fin=D(2026, 11, 9))
    AbsenceFactory(agent=ville["jean"], date_debut=D(2026, 11, 23), date_fin=D(2026, 11, 23))
    client = client_de()
    assert names(client, "?absence=oui") == ["D’ARTAGNAN-BÉA Éloi", "KALOI Léa"]
    assert names(client, "?absence=longue") == ["KALOI Léa"]
    assert "Absent jusqu’au 01/12/2026" in client.get(ADRESSE).content.decode()


def test_one_day_of_work_ends_the_thirty_days(client_de, ville):
    AbsenceFactory(agent=ville["lea"], date_debut=D(2026, 11, 11), date_fin=D(2026, 12, 1))
    AbsenceFactory(agent=ville["lea"], date_debut=D(2026, 10, 1), date_fin=D(2026, 11, 9))
    assert names(client_de(), "?absence=longue") == []


def test_each_view_counts_exactly_its_rows(client_de, ville):
    AbsenceFactory(agent=ville["lea"])
    client = client_de()
    vues = client.get(ADRESSE).context["vues"]
    assert {v["libelle"]: v["compte"] for v in vues} == {
        "Présents": 3,
        "Absents ce jour": 1,
        "Absents depuis plus de 30 jours": 0,
        "Partis": 1,
        "Élus": 1,
    }
    for vue in vues:
        assert client.get(vue["url"]).context["total"] == vue["compte"]
        assert [v["libelle"] for v in client.get(vue["url"]).context["vues"] if v["actif"]] == [
            vue["libelle"]
        ]


def test_sorting(client_de, ville):
    client = client_de()
    assert names(client, "?sort=-agent")[0] == "ŒTJEN Jean"
    assert names(client, "?sort=structure") == ["KALOI Léa", "ŒTJEN Jean", "D’ARTAGNAN-BÉA Éloi"]


def test_empty_list_says_what_is_near(client_de, ville):
    reponse = client_de().get(ADRESSE, {"q": "maire"})
    assert reponse.context["ailleurs"]["nombre"] == 1
    assert "Voir tous ceux qui répondent" in reponse.content.decode()
    assert client_de().get(ADRESSE + reponse.context["ailleurs"]["url"]).context["total"] == 1


def test_manager_sees_his_structures_without_status_nor_numbers(client_de, ville):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=ville["service"])
    reponse = client.get(ADRESSE)
    texte = reponse.content.decode()
    assert names(client) == ["D’ARTAGNAN-BÉA Éloi", "KALOI Léa"]
    assert "4127" not in texte and "Contractuel" not in texte
    assert {"statut", "presence", "elus"}.isdisjoint(reponse.context["filtre"].form.fields)
    assert not client.get(ADRESSE, {"q": "4127"}).context["total"]
    assert client.get(ADRESSE, {"format": "xlsx"})["Content-Type"].startswith("text/html")


def test_ended_responsibility_gives_nothing(client_de, ville):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=ville["service"], date_fin=D(2026, 1, 1))
    assert names(client) == []


def test_preventer_sees_everybody_without_numbers_nor_absences(client_de, ville):
    AbsenceFactory(agent=ville["lea"])
    reponse = client_de("preventeur").get(ADRESSE)
    texte = reponse.content.decode()
    assert reponse.context["total"] == 3
    assert "4127" not in texte and "Absent" not in texte
    assert "absence" not in reponse.context["filtre"].form.fields


def test_agent_is_sent_to_his_own_page(client_de, ville):
    client = client_de("agent")
    assert client.get(ADRESSE).context["total"] == 0
    Agent.objects.filter(pk=ville["lea"].pk).update(compte=client.compte)
    assert client.get(ADRESSE).url == reverse("agents:agent", args=[ville["lea"].pk])


def test_workbook_holds_the_filtered_rows_with_real_dates(client_de, ville):
    reponse = client_de("rh").get(ADRESSE, {"format": "xlsx", "statut": "C"})
    lignes = list(load_workbook(io.BytesIO(reponse.content)).active.values)
    assert lignes[0][:4] == ("Agent", "Matricule", "Direction", "Structure")
    assert lignes[1][:3] == ("KALOI Léa", "0038", "DECV")
    assert lignes[1][lignes[0].index("Naissance")].date() == D(1979, 5, 12)
    assert len(lignes) == 2


def test_printed_list_says_its_filters(client_de, ville):
    texte = client_de("rh").get(ADRESSE, {"imprimer": "1", "statut": "C"}).content.decode()
    assert "1 agent le 24/11/2026 · Statut : Contractuel" in texte


def test_list_leaves_one_line_with_filter_and_count(client_de, ville):
    client_de("chef").get(ADRESSE, {"statut": "C"})
    ligne = LigneJournal.objects.get(acte="agents.liste")
    assert ligne.objet_libelle == "1 agent (Statut : Contractuel)"


@pytest.mark.parametrize(
    "role, requete, suite",
    [
        ("rh", {"format": "xlsx"}, " en xlsx"),
        ("rh", {"imprimer": "1"}, " sur papier"),
        ("encadrant", {"format": "xlsx"}, ""),
    ],
)
def test_line_says_that_the_list_left_the_screen(client_de, role, requete, suite):
    client_de(role).get(ADRESSE, requete)
    ligne = LigneJournal.objects.get()
    assert (ligne.acte, ligne.objet_libelle) == ("agents.liste", f"0 agent{suite}")


def test_a_workbook_whose_page_notes_nothing_leaves_a_line_too(client_de):
    client_de().get(reverse("agents:postes"))
    assert not LigneJournal.objects.exists()
    client_de("rh").get(reverse("agents:postes"), {"format": "xlsx"})
    ligne = LigneJournal.objects.get()
    assert (ligne.acte, ligne.objet_libelle) == ("agents.postes", "Liste en xlsx")


@pytest.mark.parametrize("role", ["psychologue", "chct", "auditeur", "administrateur"])
def test_roles_without_the_right_are_refused(client_de, role):
    assert client_de(role).get(ADRESSE).status_code == 403
