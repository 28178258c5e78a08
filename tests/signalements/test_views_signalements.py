"""Pages of reports, role by role: who declares, who sees, who sees the name, who acts."""

import datetime
import io
import uuid

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.models import LigneJournal
from signalements.models import Signalement
from tests.agents.factories import AgentFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte
from tests.signalements.factories import AccidentFactory, SignalementFactory, delai, qualified

pytestmark = pytest.mark.django_db


def path(nom, *args):
    return reverse(f"signalements:{nom}", args=args)


def saisie(**autres):
    return {
        "jeton": str(uuid.uuid4()),
        "categorie": "situation",
        "recit": "Le sol est glissant. Une collègue a failli tomber.",
        "gravite": "3",
        "danger_immediat": "non",
        "survenu_le": timezone.localdate().isoformat(),
        "survenu_a": "07:50",
        "lieu": "Halle 2",
        "nom": "avec",
    } | autres


@pytest.mark.parametrize(
    "role, statut",
    [
        ("coordinateur", 200),
        ("chef", 200),
        ("preventeur", 200),
        ("encadrant", 200),
        ("agent", 200),
        ("medecin", 403),
        ("rh", 403),
        ("chct", 403),
        ("auditeur", 403),
    ],
)
def test_who_declares_and_lists(client_de, role, statut):
    client = client_de(role)
    assert client.get(path("signaler")).status_code == statut
    assert client.get(path("liste")).status_code == statut


def test_an_agent_declares_and_follows_his_report(client_de):
    delai()
    client = client_de("agent")
    reponse = client.post(path("signaler"), saisie(), follow=True)
    signalement = Signalement.objects.get()
    assert signalement.numero in reponse.content.decode()
    assert signalement.declarant == client.compte
    assert client.get(path("signalement", signalement.pk)).status_code == 200
    assert client.get(path("liste")).context["total"] == 1


def test_without_name_only_the_address_given_leads_back(client_de):
    delai()
    client = client_de("agent")
    donnees = saisie(nom="sans")
    page = client.post(path("signaler"), donnees, follow=True).content.decode()
    signalement = Signalement.objects.get()
    assert signalement.numero in page
    assert path("envoye", signalement.jeton) in page
    assert client.get(path("signalement", signalement.pk)).status_code == 404
    assert client.get(path("envoye", uuid.uuid4())).status_code == 404
    actes = LigneJournal.objects.filter(acte__startswith="signalements.declare")
    assert not actes.exists()
    assert not LigneJournal.objects.filter(acteur_cle=client.compte.username, objet_cle=signalement.pk)


def test_double_submit_makes_one(client_de):
    delai()
    client, donnees = client_de("agent"), saisie()
    adresses = {client.post(path("signaler"), donnees)["Location"] for _ in range(2)}
    assert len(adresses) == Signalement.objects.count() == 1


def test_agent_added_twice_is_linked_once(client_de):
    signalement, agent = SignalementFactory(), AgentFactory(nom="Kaloi", matricule="4127")
    client = client_de("preventeur")
    for _ in range(2):
        reponse = client.post(path("ajouter_agent", signalement.pk), {"agent": agent.nom})
        assert reponse.status_code == 302
    assert list(signalement.agents.all()) == [agent]
    assert LigneJournal.objects.filter(acte="signalements.link_agent").count() == 1


@pytest.mark.parametrize(
    "champ, valeur, phrase",
    [
        ("recit", "", "obligatoire"),
        ("categorie", "autre_chose", "choix"),
        ("gravite", "", "obligatoire"),
        ("lieu", "", "obligatoire"),
        ("survenu_le", "2099-01-01", "pas encore venu"),
        ("survenu_le", "31/02/2026", "date valide"),
        ("survenu_a", "25h", "heure valide"),
    ],
)
def test_errors_keep_what_was_typed(client_de, champ, valeur, phrase):
    delai()
    reponse = client_de("agent").post(
        path("signaler"), saisie(**{"mesures_immediates": "Un cône", champ: valeur})
    )
    page = reponse.content.decode()
    assert (reponse.status_code, Signalement.objects.count()) == (200, 0)
    assert phrase in page
    assert "Un cône" in page


def test_an_agent_cannot_name_another(client_de):
    delai()
    agent = AgentFactory.create()
    client_de("agent").post(path("signaler"), saisie(agent_concerne=agent.matricule))
    assert not Signalement.objects.get().agents.exists()


def test_a_manager_names_his_own_agents_only(client_de):
    delai()
    client = client_de("encadrant")
    sien, autre = AgentFactory.create(), AgentFactory.create()
    ResponsabiliteFactory.create(compte=client.compte, structure=sien.structure)
    page = client.post(path("signaler"), saisie(agent_concerne=autre.nom)).content.decode()
    assert "Aucun agent ne porte" in page
    client.post(path("signaler"), saisie(agent_concerne=sien.nom))
    assert list(Signalement.objects.get().agents.all()) == [sien]


@pytest.mark.parametrize("role, voit", [("coordinateur", True), ("preventeur", True), ("encadrant", False)])
def test_who_sees_the_declarer(client_de, role, voit):
    client = client_de(role)
    structure = StructureFactory.create()
    if role == "encadrant":
        ResponsabiliteFactory.create(compte=client.compte, structure=structure)
    declarant = compte("agent", first_name="Léontine", last_name="WASSAUMI")
    vu = SignalementFactory.create(declarant=declarant, structure=structure)
    page = client.get(path("signalement", vu.pk)).content.decode()
    assert ("WASSAUMI" in page) is voit
    assert "WASSAUMI" not in client.get(path("liste")).content.decode()


def test_no_workbook_names_the_declarer(client_de):
    SignalementFactory.create(declarant=compte("agent", first_name="Léontine", last_name="WASSAUMI"))
    reponse = client_de("coordinateur").get(path("liste"), {"vue": "tous", "format": "xlsx"})
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
    lignes = [[str(c) for c in ligne] for ligne in feuille.iter_rows(values_only=True)]
    assert len(lignes) == 2
    assert not any("WASSAUMI" in c for ligne in lignes for c in ligne)
    assert "Déclarant" not in lignes[0]


@pytest.mark.parametrize("role", ["encadrant", "agent"])
def test_reports_of_others_do_not_exist(client_de, role):
    vu = SignalementFactory.create(structure=StructureFactory.create(), declarant=compte("agent"))
    client = client_de(role)
    assert client.get(path("signalement", vu.pk)).status_code == 404
    assert client.get(path("liste")).context["total"] == 0


def test_a_manager_reads_and_does_not_act(client_de):
    client = client_de("encadrant")
    structure = StructureFactory.create()
    ResponsabiliteFactory.create(compte=client.compte, structure=structure)
    vu = SignalementFactory.create(structure=structure)
    page = client.get(path("signalement", vu.pk)).content.decode()
    assert "Qualifier le signalement" not in page
    assert "Rejeter" not in page
    for nom in ("qualifier", "commencer", "mesures", "clore", "rejeter", "ajouter_agent"):
        assert client.post(path(nom, vu.pk)).status_code == 403


def qualification(**autres):
    return {
        "version": "1",
        "intitule": "Sol glissant halle 2",
        "categorie": "situation",
        "structure": StructureFactory.create().pk,
        "risque": "3-3",
        "pilote": compte("preventeur").pk,
    } | autres


def test_the_section_leads_a_report_to_its_end(client_de):
    client = client_de("preventeur")
    vu = SignalementFactory.create()
    page = client.get(path("signalement", vu.pk)).content.decode()
    assert "Gravité 3, probabilité 3 : 9, risque élevé" in page
    client.post(path("qualifier", vu.pk), qualification())
    client.post(path("commencer", vu.pk), {"version": "2"})
    client.post(path("mesures", vu.pk), {"version": "3", "texte": "Caillebotis."})
    assert "obligatoire" in client.post(path("clore", vu.pk), {"version": "4"}).content.decode()
    reponse = client.post(path("clore", vu.pk), {"version": "4", "texte": "Plus de chute."}, follow=True)
    vu.refresh_from_db()
    assert (vu.etat, vu.gravite * vu.probabilite) == ("clos", 9)
    assert "Plus de chute." in reponse.content.decode()


def test_loser_of_two_qualifications_sees_both_texts(client_de):
    client = client_de("chef")
    vu = qualified(intitule="Texte déjà enregistré", version=5)
    donnees = qualification(intitule="Texte du second")
    page = client.post(path("qualifier", vu.pk), donnees).content.decode()
    assert "Texte déjà enregistré" in page
    assert "Texte du second" in page
    client.post(path("qualifier", vu.pk), donnees | {"version": "5"})
    vu.refresh_from_db()
    assert vu.intitule == "Texte du second"


def test_refused_transition_is_said(client_de):
    vu = SignalementFactory.create()
    reponse = client_de("chef").post(path("commencer", vu.pk), {"version": "1"}, follow=True)
    assert "ne peut pas passer à « En traitement »" in reponse.content.decode()


def test_rejected_report_tells_its_declarer_why(client_de):
    client = client_de("agent")
    vu = SignalementFactory.create(
        declarant=client.compte,
        etat="rejete",
        clos_le=datetime.date(2026, 11, 24),
        conclusion="Déjà signalé.",
    )
    assert "Déjà signalé." in client.get(path("signalement", vu.pk)).content.decode()
    assert "Déjà signalé." in client.get(path("envoye", vu.jeton)).content.decode()


def test_same_place(client_de):
    ici = SignalementFactory.create(lieu="Halle 2", survenu_le=datetime.date(2026, 11, 20))
    dates = {
        "un an avant": datetime.date(2025, 11, 20),
        "trop ancien": datetime.date(2025, 11, 19),
        "plus tard": datetime.date(2026, 11, 21),
    }
    for intitule, jour in dates.items():
        SignalementFactory.create(lieu="halle 2", survenu_le=jour, intitule=intitule)
    SignalementFactory.create(lieu="Ailleurs", survenu_le=ici.survenu_le, intitule="ailleurs")
    contexte = client_de("chef").get(path("signalement", ici.pk)).context
    assert [v.intitule for v in contexte["voisins"]] == ["un an avant"]


def test_agents_are_noted_by_the_section(client_de):
    client = client_de("preventeur")
    vu, agent = SignalementFactory.create(), AgentFactory.create()
    client.post(path("ajouter_agent", vu.pk), {"agent": agent.nom})
    assert str(agent) in client.get(path("signalement", vu.pk)).content.decode()
    assert "Aucun agent" in client.post(path("ajouter_agent", vu.pk), {"agent": "zzz"}).content.decode()
    client.post(path("retirer_agent", vu.pk, agent.pk))
    assert not vu.agents.exists()


@pytest.mark.parametrize(
    "parametres, attendus",
    [
        ({}, {"nouveau", "retard"}),
        ({"vue": "a_qualifier"}, {"nouveau", "retard"}),
        ({"vue": "en_retard"}, {"retard"}),
        ({"vue": "en_cours"}, {"qualifie"}),
        ({"vue": "clos"}, {"clos"}),
        ({"vue": "tous"}, {"nouveau", "retard", "qualifie", "clos"}),
        ({"gravite": "4"}, {"clos"}),
        ({"du": "01/01/2026", "au": "31/01/2026"}, {"retard"}),
        ({"q": "ÉCHELLE"}, {"qualifie"}),
        ({"vue": "en_cours", "gravite": "4"}, set()),
    ],
)
def test_views_and_filters(client_de, parametres, attendus):
    demain = timezone.localdate() + datetime.timedelta(days=1)
    SignalementFactory.create(intitule="nouveau", qualifier_avant=demain)
    SignalementFactory.create(intitule="retard", survenu_le=datetime.date(2026, 1, 31))
    qualified(intitule="qualifie", recit="Échelle sans patin.")
    qualified(intitule="clos", etat="clos", gravite=4, clos_le=datetime.date(2026, 11, 1), conclusion="Vu.")
    reponse = client_de("chef").get(path("liste"), parametres)
    assert {ligne.record.intitule for ligne in reponse.context["table"].rows} == attendus


def test_consultations_are_recorded_without_what_was_typed(client_de):
    client = client_de("chef")
    vu = SignalementFactory.create()
    client.get(path("liste"), {"vue": "tous", "q": "dépression", "gravite": "3"})
    client.get(path("signalement", vu.pk))
    liste, page = LigneJournal.objects.order_by("pk")
    assert (liste.acte, liste.nature) == ("signalements.liste", "consultation")
    assert liste.objet_libelle == "0 ligne (vue « Tous », Texte ou numéro, Gravité : Sérieuse)"
    assert (page.acte, page.objet_libelle) == ("signalements.signalement", vu.numero)


@pytest.mark.parametrize("methode", ["get", "post"])
def test_rejecting_ones_own_report_is_refused_with_a_sentence(client_de, methode):
    client = client_de("coordinateur")
    sien = SignalementFactory.create(declarant=client.compte)
    envoi = {"texte": "Sans objet.", "version": 1}
    reponse = getattr(client, methode)(path("rejeter", sien.pk), envoi, follow=True)
    assert "une autre personne doit décider de le rejeter" in reponse.content.decode()
    sien.refresh_from_db()
    assert sien.etat == "nouveau"


@pytest.mark.parametrize("role, lit", [("coordinateur", True), ("preventeur", False), ("encadrant", False)])
def test_matricule_finds_nobody_for_who_does_not_read_it(client_de, role, lit):
    """What one may not read one may not find: neither here nor in the list of accidents."""
    delai()
    client, agent = client_de(role), AccidentFactory.create().agent
    ResponsabiliteFactory.create(compte=client.compte, structure=agent.structure)
    page = client.post(path("signaler"), saisie(agent_concerne=agent.matricule)).content.decode()
    assert ("Aucun agent ne porte ce nom." not in page) is lit
    assert (str(agent) in client.get(path("accidents"), {"agent": agent.matricule}).content.decode()) is lit


@pytest.mark.parametrize("role, distinction", [("coordinateur", "matricule"), ("preventeur", "sigle")])
def test_homonyms_are_told_apart_by_what_one_reads(client_de, role, distinction):
    delai()
    agents = AgentFactory.create_batch(2, nom="Wamytan", nom_cle="wamytan joseph")
    page = client_de(role).post(path("signaler"), saisie(agent_concerne="Wamytan")).content.decode()
    assert all((f"({agent.matricule})" in page) is (distinction == "matricule") for agent in agents)
    assert all((f"({agent.structure.sigle})" in page) is (distinction == "sigle") for agent in agents)
