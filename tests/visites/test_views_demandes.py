"""Requests for a visit on screen: the form, the list, the page, the answers; what each reader is told."""

import pytest
from django.urls import reverse

from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from tests.agents.factories import AgentFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, DemandeVisiteFactory
from visites.actions import refresh_agent
from visites.models import DemandeVisite, Motif, VisiteDue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]


def page_of(client, nom, *cles, **suite):
    return client.get(reverse(f"visites:{nom}", args=cles), suite)


def manager(client_de):
    """The client of a manager, and an agent of his structure."""
    client, structure = client_de("encadrant"), StructureFactory.create()
    ResponsabiliteFactory.create(compte=client.compte, structure=structure)
    return client, AgentFactory.create(structure=structure, nom="Wamytan", prenom="Lise")


def test_a_manager_asks_and_knows_that_the_agent_reads_his_reason(client_de):
    client, agent = manager(client_de)
    trouve = page_of(client, "demander_qui", q="wamytan").content.decode()
    adresse = reverse("visites:demander", args=[agent.pk])
    assert adresse in trouve
    assert "L’agent lira cette raison" in client.get(adresse).content.decode()
    envoi = {"raison": "Une reprise de poste difficile.", "origine": "service", "jeton": "x"}
    reponse = client.post(adresse, envoi, follow=True)
    assert "Visite demandée." in reponse.content.decode()
    client.post(adresse, envoi)
    demande = DemandeVisite.objects.get()
    assert (demande.origine, demande.demandeur) == ("service", client.compte)
    encore = client.post(adresse, envoi | {"jeton": "y"}).content.decode()
    assert "attend déjà" in encore and reverse("visites:demande", args=[demande.pk]) in encore
    assert DemandeVisite.objects.count() == 1


def test_a_manager_finds_nobody_beyond_his_people(client_de):
    client, _ = manager(client_de)
    autre = AgentFactory.create(nom="Kaloi")
    assert "Aucun agent trouvé" in page_of(client, "demander_qui", q="kaloi").content.decode()
    assert page_of(client, "demander", autre.pk).status_code == 404


def test_an_agent_asks_for_himself_and_need_not_say_why(client_de):
    client = client_de("agent")
    agent = AgentFactory.create(compte=client.compte)
    assert page_of(client, "demander_qui").url == reverse("visites:demander", args=[agent.pk])
    client.post(reverse("visites:demander", args=[agent.pk]), {"raison": "", "avant_le": ""})
    assert DemandeVisite.objects.get().origine == "agent"


def test_an_agent_reads_what_his_service_asked_and_the_answer(client_de):
    client = client_de("agent")
    demande = DemandeVisiteFactory(
        agent=AgentFactory.create(compte=client.compte),
        origine="service",
        etat="refusee",
        traitee_le=JOUR,
        raison="Le poste change en janvier.",
        reponse="Vu la semaine passée.",
    )
    for adresse in (reverse("visites:demande", args=[demande.pk]), reverse("soi:dossier")):
        texte = client.get(adresse).content.decode()
        assert demande.raison in texte and demande.reponse in texte and "Le service" in texte
    assert reverse("visites:demande", args=[demande.pk]) in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["rh", "chef"])
def test_who_reads_no_request_reads_his_own_on_his_file(client_de, role):
    client = client_de(role)
    demande = DemandeVisiteFactory(
        agent=AgentFactory.create(compte=client.compte), origine="service", raison="Le poste change."
    )
    assert page_of(client, "demande", demande.pk).status_code == 403
    texte = client.get(reverse("soi:dossier")).content.decode()
    assert demande.raison in texte and reverse("visites:demande", args=[demande.pk]) not in texte


def test_the_section_counts_those_to_examine_and_the_number_leads_to_exactly_them(client_de):
    client = client_de("coordinateur")
    a_examiner = [DemandeVisiteFactory(), DemandeVisiteFactory(origine="service")]
    DemandeVisiteFactory(etat="retenue", traitee_le=JOUR)
    chiffres = client.get("/").context["journee"].chiffres
    chiffre = next(c for c in chiffres if "demandes de visite" in c["libelle"])
    assert chiffre["valeur"] == "2"
    table = client.get(chiffre["url"]).context["table"]
    assert {ligne.record.pk for ligne in table.rows} == {d.pk for d in a_examiner}


@pytest.mark.parametrize(
    "filtre, attendues",
    [
        ({}, {"lise", "paul", "anna"}),
        ({"q": "boula"}, {"lise"}),
        ({"etat": "retenue"}, {"paul"}),
        ({"origine": "service"}, {"anna"}),
        ({"du": "20/11/2026"}, {"lise", "paul"}),
        ({"au": "20/11/2026"}, {"anna"}),
    ],
)
def test_the_list_is_filtered(client_de, filtre, attendues):
    for prenom, nom, champs in (
        ("lise", "Boula", {}),
        ("paul", "Gony", {"etat": "retenue", "traitee_le": JOUR}),
        ("anna", "Sao", {"origine": "service", "demandee_le": JOUR.replace(day=20, month=10)}),
    ):
        DemandeVisiteFactory(agent=AgentFactory.create(nom=nom, prenom=prenom), **champs)
    table = page_of(client_de("medecin"), "demandes", **filtre).context["table"]
    assert {ligne.record.agent.prenom.lower() for ligne in table.rows} == attendues


def test_the_list_names_no_reason_even_in_the_workbook(client_de):
    DemandeVisiteFactory(raison="ZIBELINE", reponse="MANDRAGORE")
    client = client_de("coordinateur")
    for suite in ({}, {"format": "xlsx"}, {"imprimer": "1"}):
        assert b"ZIBELINE" not in page_of(client, "demandes", **suite).content
    assert "1 demande" in LigneJournal.objects.filter(acte="visites.demandes").last().objet_libelle


@pytest.mark.parametrize(
    "acte, saisie, etat",
    [
        ("demande_retenir", {"reponse": ""}, "retenue"),
        ("demande_refuser", {"reponse": "Vu la semaine passée."}, "refusee"),
    ],
)
def test_the_section_answers(client_de, acte, saisie, etat):
    demande, client = DemandeVisiteFactory(), client_de("coordinateur")
    adresse = reverse(f"visites:{acte}", args=[demande.pk])
    assert demande.raison in client.get(adresse).content.decode()
    reponse = client.post(adresse, saisie | {"version": 1})
    assert reponse.url == reverse("visites:demande", args=[demande.pk])
    demande.refresh_from_db()
    assert (demande.etat, demande.reponse, demande.traitee_par) == (
        etat,
        saisie["reponse"],
        str(client.compte),
    )


def test_a_refusal_without_a_word_is_not_taken(client_de):
    demande = DemandeVisiteFactory()
    adresse = reverse("visites:demande_refuser", args=[demande.pk])
    texte = client_de("medecin").post(adresse, {"reponse": "", "version": 1}).content.decode()
    assert "Dites pourquoi la visite est refusée." in texte
    demande.refresh_from_db()
    assert demande.etat == "deposee"


def test_what_the_page_offers_is_what_the_account_may_do(client_de):
    demande = DemandeVisiteFactory(origine="medecin")
    offerts = {
        role: {
            acte
            for acte in ("demande_retenir", "demande_refuser", "demande_retirer")
            if reverse(f"visites:{acte}", args=[demande.pk])
            in page_of(client_de(role), "demande", demande.pk).content.decode()
        }
        for role in ("coordinateur", "medecin", "infirmier")
    }
    assert offerts == {
        "coordinateur": {"demande_retenir"},
        "medecin": {"demande_retenir", "demande_refuser"},
        "infirmier": set(),
    }


def test_who_asked_takes_it_back(client_de):
    client = client_de("agent")
    demande = DemandeVisiteFactory(agent=AgentFactory.create(compte=client.compte))
    adresse = reverse("visites:demande_retirer", args=[demande.pk])
    assert adresse in page_of(client, "demande", demande.pk).content.decode()
    client.post(adresse, {"version": 1})
    demande.refresh_from_db()
    assert demande.etat == "retiree"
    assert "a été retirée" in client.post(adresse, {"version": 2}).content.decode()
    assert adresse not in page_of(client, "demande", demande.pk).content.decode()


def test_placing_from_a_request_proposes_its_motive(client_de):
    demande = DemandeVisiteFactory(origine="service")
    refresh_agent(agent_id=demande.agent_id, jour=JOUR)
    due = VisiteDue.objects.get(agent=demande.agent, cle=f"demande:{demande.pk}")
    client = client_de("coordinateur")
    adresse = f"{reverse('visites:placer', args=[demande.agent_id])}?due={due.pk}"
    assert adresse in page_of(client, "demande", demande.pk).content.decode()
    assert client.get(adresse).context["form"].initial["motif"] == Motif.objects.get(code="demande_service")


def test_what_comes_too_late_is_not_kept_in_clear(client_de):
    client = client_de("medecin")
    agent = AgentFactory.create()
    adresse = reverse("visites:demander", args=[agent.pk])
    assert client.get(adresse).status_code == 200
    client.logout()
    client.post(adresse, {"raison": "Un texte de santé."})
    assert not SaisieGardee.objects.exists()


def test_reading_a_request_leaves_a_line_that_names_the_agent(client_de):
    demande = DemandeVisiteFactory()
    page_of(client_de("infirmier"), "demande", demande.pk)
    ligne = LigneJournal.objects.filter(acte="visites.demande").get()
    assert (ligne.objet_libelle, ligne.agent_cle) == (
        f"Demande de visite n° {demande.pk}",
        str(demande.agent_id),
    )


def test_history_of_a_request_tells_each_step(client_de):
    client = client_de("coordinateur")
    demande = DemandeVisiteFactory()
    client.post(reverse("visites:demande_retenir", args=[demande.pk]), {"version": 1, "reponse": "En mai."})
    assert (
        reverse("visites:demande_historique", args=[demande.pk])
        in page_of(client, "demande", demande.pk).content.decode()
    )
    page = page_of(client, "demande_historique", demande.pk).content.decode()
    assert "Retenue" in page and "En mai." in page and str(client.compte) in page


def test_a_request_out_of_scope_does_not_exist(client_de):
    client, agent = manager(client_de)
    demande = DemandeVisiteFactory(agent=agent, demandeur=compte("encadrant"), origine="service")
    assert page_of(client, "demande", demande.pk).status_code == 404
    assert not page_of(client, "demandes").context["table"].rows
