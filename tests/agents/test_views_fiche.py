"""The agent's page: who sees what, entry and correction."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent, RaisonSuivi
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import (
    AffectationFactory,
    AgentFactory,
    PosteFactory,
    ResponsabiliteFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]


def page(client, agent, nom="agents:agent"):
    return client.get(reverse(nom, args=[agent.pk]))


@pytest.fixture
def kaloi():
    agent = AgentFactory(
        nom="Kaloi",
        matricule="4127",
        num_cafat="318442",
        num_ruamm="718442",
        sexe="M",
        poste=PosteFactory(intitule="Jardinier", categorie_suivi="renforce"),
        structure=StructureFactory(sigle="DEPEV", libelle="Espaces verts"),
    )
    AffectationFactory(agent=agent)
    return agent


@pytest.mark.parametrize("role", ["coordinateur", "chef", "medecin", "infirmier", "rh"])
def test_those_who_follow_the_agent_read_everything(client_de, kaloi, role):
    texte = page(client_de(role), kaloi).content.decode()
    for attendu in (
        "4127 · 9004127 · 904127",
        "318442",
        "718442",
        "12/05/1979",
        "47 ans",
        "Suivi renforcé",
        "03/03/2011",
    ):
        assert attendu in texte


def test_preventer_reads_neither_birth_nor_numbers(client_de, kaloi):
    texte = page(client_de("preventeur"), kaloi).content.decode()
    assert "Fonctionnaire" in texte and "Espaces verts" in texte
    for interdit in ("4127", "318442", "718442", "12/05/1979", "47 ans", "Suivi renforcé"):
        assert interdit not in texte


def test_manager_reads_name_and_post_only(client_de, kaloi):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=kaloi.structure)
    texte = page(client, kaloi).content.decode()
    assert "KALOI Joseph" in texte and "Jardinier" in texte
    interdits = ("4127", "318442", "718442", "12/05/1979", "47 ans", "onctionnaire", "03/03/2011", "renforcé")
    for interdit in interdits:
        assert interdit not in texte


def test_agent_reads_his_own_page(client_de, kaloi):
    client = client_de("agent")
    Agent.objects.update(compte=client.compte)
    texte = page(client, kaloi).content.decode()
    assert "9004127" in texte and "Corriger" not in texte


@pytest.mark.parametrize("role", ["encadrant", "agent"])
def test_out_of_scope_is_not_found(client_de, kaloi, role):
    assert page(client_de(role), kaloi).status_code == 404


@pytest.mark.parametrize("role", ["psychologue", "chct", "auditeur", "administrateur"])
def test_roles_without_the_right_are_refused(client_de, kaloi, role):
    assert page(client_de(role), kaloi).status_code == 403


def test_reading_leaves_one_consultation_line(client_de, kaloi):
    page(client_de("medecin"), kaloi)
    ligne = LigneJournal.objects.get(nature="consultation")
    assert (ligne.acte, ligne.agent_cle) == ("agents.agent", str(kaloi.pk))


def test_elected_member_shows_why_he_is_not_followed(client_de, kaloi):
    Agent.objects.update(est_elu=True)
    texte = page(client_de("coordinateur"), kaloi).content.decode()
    assert "Membre élu du conseil municipal : le suivi médical des agents ne le concerne pas." in texte


def test_open_reason_raises_the_follow_up(client_de, kaloi):
    kaloi.poste.categorie_suivi = "simple"
    kaloi.poste.save()
    RaisonSuivi.objects.create(agent=kaloi, categorie="adapte", date_debut=datetime.date(2026, 1, 1))
    RaisonSuivi.objects.create(
        agent=kaloi,
        categorie="renforce",
        date_debut=datetime.date(2025, 1, 1),
        date_fin=datetime.date(2026, 11, 23),
    )
    assert page(client_de("medecin"), kaloi).context["categorie"] == "adapte"


def saisie(**champs):
    return {
        "nom": "Wamytan",
        "prenom": "Élise",
        "date_naissance": "1990-02-28",
        "temps_travail": "100",
    } | champs


def test_agent_is_entered_with_his_first_affectation(client_de, kaloi):
    client = client_de("rh")
    reponse = client.post(
        reverse("agents:ajouter"),
        saisie(
            matricule="900 5138",
            date_embauche="2026-11-02",
            structure=kaloi.structure_id,
            intitule_poste="  jardinier ",
        ),
    )
    agent = Agent.objects.get(nom="Wamytan")
    assert reponse.status_code == 302
    assert (agent.matricule, agent.nom_cle) == ("5138", "wamytan elise")
    assert (agent.structure, agent.poste) == (kaloi.structure, kaloi.poste)
    assert agent.affectations.get().date_debut == datetime.date(2026, 11, 2)
    assert LigneJournal.objects.filter(acte="agents.create_agent", agent_cle=str(agent.pk)).count() == 1


def test_homonym_is_asked_about_and_the_typed_text_kept(client_de):
    client = client_de("rh")
    connu = AgentFactory(nom="WAMYTAN", prenom="Elise", date_naissance=datetime.date(1990, 2, 28))
    reponse = client.post(reverse("agents:ajouter"), saisie(telephone="5540"))
    texte = reponse.content.decode()
    assert connu.matricule in texte and 'value="5540"' in texte and "homonyme_confirme" in texte
    assert Agent.objects.count() == 1
    client.post(reverse("agents:ajouter"), saisie(homonyme_confirme="on"))
    assert Agent.objects.count() == 2


@pytest.mark.parametrize(
    "champs, faute",
    [
        ({"matricule": "41A7"}, "Un matricule ne compte que des chiffres"),
        ({"matricule": "4127"}, "Ce matricule est déjà celui d’un autre agent."),
        ({"num_cafat": "318 442"}, "Ce numéro est déjà celui d’un autre agent."),
        ({"num_cafat": "A1"}, "Un numéro CAFAT ne compte que des chiffres."),
        ({"num_ruamm": "71 8442"}, "Ce numéro est déjà celui d’un autre agent."),
        ({"num_ruamm": "A1"}, "Un numéro RUAMM ne compte que des chiffres."),
        ({"date_naissance": "2026-11-25"}, "Cette date est dans l’avenir."),
        ({"date_embauche": "2006-02-27"}, "L’agent n’aurait pas eu 16 ans."),
        ({"date_embauche": "2020-01-02", "date_depart": "2020-01-01"}, "Le départ précède l’embauche."),
        ({"code_categorie": "4", "statut": "F"}, "La catégorie 4 donne le statut « Contractuel »."),
        ({"code_categorie": "9", "statut": "F"}, "La catégorie 9 est celle d’un élu"),
        ({"intitule_poste": "Jardinier"}, "Choisissez la structure de ce poste."),
        ({"nom": ""}, "Ce champ est obligatoire."),
    ],
)
def test_entry_is_refused_beside_the_field(client_de, kaloi, champs, faute):
    reponse = client_de("rh").post(reverse("agents:ajouter"), saisie(**champs))
    assert reponse.status_code == 200
    assert faute in reponse.content.decode()
    assert Agent.objects.count() == 1


def test_correction_says_what_changed(client_de, kaloi):
    client = client_de("rh")
    form = client.get(reverse("agents:corriger", args=[kaloi.pk])).context["form"]
    valeurs = {nom: v for nom, v in form.initial.items() if v not in (None, False)}
    client.post(reverse("agents:corriger", args=[kaloi.pk]), valeurs | {"code_categorie": "9", "statut": ""})
    kaloi.refresh_from_db()
    assert (kaloi.est_elu, kaloi.statut, kaloi.version) == (True, "", 2)
    ligne = LigneJournal.objects.get(acte="agents.update_agent")
    assert sorted(ligne.champs) == ["code_categorie", "est_elu", "statut"]


def test_second_of_two_editors_sees_both_texts(client_de, kaloi):
    client = client_de("rh")
    adresse = reverse("agents:corriger", args=[kaloi.pk])
    valeurs = {n: v for n, v in client.get(adresse).context["form"].initial.items() if v not in (None, False)}
    client.post(adresse, valeurs | {"telephone": "5540"})
    reponse = client.post(adresse, valeurs | {"telephone": "5599"})
    texte = reponse.content.decode()
    assert "Quelqu’un d’autre a enregistré cette fiche" in texte
    assert "5540" in texte and "5599" in texte
    kaloi.refresh_from_db()
    assert kaloi.telephone == "5540"
    client.post(adresse, valeurs | {"telephone": "5599", "version": "2"})
    kaloi.refresh_from_db()
    assert kaloi.telephone == "5599"


def test_nobody_corrects_his_own_file(client_de, kaloi):
    client = client_de("rh")
    Agent.objects.update(compte=client.compte)
    for nom in ("agents:corriger", "agents:affectation_ajouter", "agents:absence_ajouter"):
        assert client.get(reverse(nom, args=[kaloi.pk])).status_code == 403


@pytest.mark.parametrize("role", ["medecin", "infirmier", "preventeur", "encadrant", "agent"])
def test_others_may_not_enter_nor_correct(client_de, kaloi, role):
    client = client_de(role)
    assert client.get(reverse("agents:ajouter")).status_code == 403
    assert client.post(reverse("agents:corriger", args=[kaloi.pk])).status_code == 403


def test_affectation_ends_the_one_before_and_moves_the_agent(client_de, kaloi):
    client, ailleurs = client_de("coordinateur"), StructureFactory()
    adresse = reverse("agents:affectation_ajouter", args=[kaloi.pk])
    assert client.get(adresse).status_code == 200
    client.post(adresse, {"structure": ailleurs.pk, "date_debut": "2026-11-24", "temps_travail": "80"})
    kaloi.refresh_from_db()
    ancienne, nouvelle = kaloi.affectations.order_by("date_debut")
    assert ancienne.date_fin == datetime.date(2026, 11, 23)
    assert (kaloi.structure, kaloi.poste, nouvelle.temps_travail) == (ailleurs, None, 80)
    corriger = reverse("agents:affectation_corriger", args=[kaloi.pk, nouvelle.pk])
    assert client.get(corriger).status_code == 200
