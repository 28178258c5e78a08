"""The pages of a merge, and the ways by which a merged file is still found."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.actions import delete_absence, undo_merge
from agents.fusion.retour import find_merge_obstacles
from agents.models import Absence, Agent, Alias
from nouvea_sst.comptes.corbeille import put_back
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal, Retrait
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.enums import EffetLigne
from tests.agents import factories as a
from tests.agents.fusions import JOUR, merge
from tests.fabriques import compte, log_in
from tests.imports.fichiers import BOULA, make_csv
from tests.signalements import factories as s
from tests.visites.factories import VisiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wamo():
    """Béa Wamo, whose file under her birth name was merged into the other."""
    garde = a.AgentFactory(nom="Wamo", prenom="Béa", matricule="3120", id_tiarhe="")
    fondu = a.AgentFactory(nom="Boula", prenom="Béa", matricule="4066", id_tiarhe="T77")
    return garde, fondu, merge(garde, fondu)


@pytest.mark.parametrize("texte", ["4066", "904066", "T77", "boula", "bea boula", "Wamo"])
def test_search_finds_him_by_what_he_was(client_de, wamo, texte):
    garde, _fondu, _alias = wamo
    client = client_de(Role.RH)
    assert list(Agent.objects.visible_to(client.compte).search(texte)) == [garde]
    page = client.get(reverse("recherche:resultats"), {"q": texte}, follow=True).content.decode()
    assert "WAMO Béa" in page


def test_who_reads_no_number_finds_no_former_name(wamo):
    assert not Agent.objects.all().search("boula", numeros=False).exists()


PAGES = (
    "agents:agent",
    "agents:absences",
    "agents:historique",
    "agents:corriger",
    "visites:agent",
    "signalements:accidents_agent",
)


@pytest.mark.parametrize("nom", PAGES)
def test_old_address_leads_to_the_one_who_stays(client_de, wamo, nom):
    garde, fondu, _alias = wamo
    reponse = client_de(Role.COORDINATEUR).get(reverse(nom, args=[fondu.pk]) + "?page=2")
    assert reponse.status_code == 302
    assert reponse.url == reverse(nom, args=[garde.pk]) + "?page=2"


def test_old_address_tells_nothing_to_who_may_not_see_him(client_de, wamo):
    _garde, fondu, _alias = wamo
    assert client_de(Role.ENCADRANT).get(reverse("agents:agent", args=[fondu.pk])).status_code == 404
    assert client_de(Role.CHCT).get(reverse("agents:agent", args=[fondu.pk])).status_code == 403


def test_history_tells_of_both_files(client_de, wamo):
    garde, _fondu, _alias = wamo
    page = client_de(Role.RH).get(reverse("agents:historique", args=[garde.pk])).content.decode()
    assert "Boula" in page and "4066" in page


def test_what_was_taken_from_the_old_file_comes_back_to_the_one_who_stays():
    rh = compte(Role.RH)
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    absence = a.AbsenceFactory(agent=fondu)
    delete_absence(acteur=rh, absence_id=absence.pk, version=absence.version)
    signalement = s.SignalementFactory()
    signalement.agents.add(fondu)
    merge(garde, fondu)
    retrait = Retrait.objects.get()
    put_back(acteur=rh, retrait_id=retrait.pk, maintenant=timezone.now())
    assert Absence.objects.get(pk=absence.pk).agent == garde


def test_the_trash_of_a_merged_file_follows_the_scope_of_the_one_who_stays():
    caisse, ville = a.CollectiviteFactory(), a.CollectiviteFactory()
    tenu, rh = compte(Role.RH), compte(Role.RH)
    a.ResponsabiliteFactory(compte=tenu, collectivite=caisse)
    garde, fondu = a.AgentFactory(collectivite=ville), a.AgentFactory(collectivite=ville)
    absence = a.AbsenceFactory(agent=fondu)
    delete_absence(acteur=rh, absence_id=absence.pk, version=absence.version)
    merge(garde, fondu)
    assert Retrait.objects.visible_to(rh).count() == 1
    assert Retrait.objects.visible_to(tenu).count() == 0


def plan_of(ligne, entete=None):
    """The preview of a register of one row."""
    contenu = make_csv([ligne], entete=entete)
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def effects(depot):
    return list(depot.lignes.values_list("effet", flat=True)), depot.apercu["nombres"]


def test_import_does_not_bring_a_merged_file_back():
    """The register still has the old row: it is the one who stays, and what was chosen stays chosen."""
    premier = plan_of(BOULA)
    apply_import(acteur=None, jour=JOUR, import_id=premier.pk)
    fondu = Agent.objects.get(matricule="3120")
    garde = a.AgentFactory(nom="Wamo", prenom="Nathalie", matricule="9999", sexe="F")
    # Two files of one day: the older file keeps its days.
    merge(garde, fondu)
    garde.refresh_from_db()
    avant = Agent.objects.filter(pk=garde.pk).values().get()
    depot = plan_of(BOULA)
    nombres = depot.apercu["nombres"]
    assert (nombres["crees"], nombres["modifies"], nombres["refuses"]) == (0, 0, 0), nombres
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert Agent.objects.count() == 1
    assert Agent.objects.filter(pk=garde.pk).values().get() == avant
    # What the old row brings that neither file held is a change of the one who stays.
    depot = plan_of([*BOULA, "nathalie@ville.nc"], entete=[*ENTETE, "Courriel"])
    assert depot.apercu["nombres"]["modifies"] == 1


ENTETE = ["Matricule", "Nom", "Prénom", "Sexe", "Date de naissance", "Date d’embauche", "Statut", "Service"]


def test_import_of_both_rows_tells_that_they_are_one(wamo):
    lignes = [["3120", "Wamo", "Béa"], ["4066", "Boula", "Béa"]]
    contenu = make_csv(lignes, entete=["Matricule", "Nom", "Prénom"])
    depot = deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)
    refusee = depot.lignes.get(effet=EffetLigne.REFUSE)
    assert "concerne déjà cette personne" in refusee.motif
    assert depot.apercu["nombres"]["crees"] == 0


def test_page_compares_merges_and_undoes(client_de):
    client = client_de(Role.RH)
    garde = a.AgentFactory(nom="Wamo", telephone="12", courriel="")
    fondu = a.AgentFactory(nom="Wamo", telephone="34", courriel="b@ville.nc")
    a.AbsenceFactory(agent=fondu)
    choisir = client.get(reverse("agents:fusion_choisir", args=[garde.pk])).content.decode()
    adresse = reverse("agents:fusion", args=[garde.pk, fondu.pk])
    assert f'href="{adresse}"' in choisir
    page = client.get(adresse)
    assert f'href="{reverse("agents:absences", args=[fondu.pk])}">1 absence<' in page.content.decode()
    form = page.context["form"]
    assert form["courriel"].value() == "fondu" and form["telephone"].value() == "garde"
    saisie = {nom: form[nom].value() for nom in form.fields} | {"telephone": "fondu"}
    page = client.post(adresse, saisie, follow=True)
    assert "n’en font plus qu’une" in page.content.decode()
    garde.refresh_from_db()
    assert (garde.telephone, garde.courriel) == ("34", "b@ville.nc")
    alias = Alias.objects.get()
    assert alias.fondu_par == client.compte
    lues = LigneJournal.objects.filter(acte="agents.fusion").values_list("agent_cle", flat=True)
    assert set(lues) == {str(garde.pk), str(fondu.pk)}

    defaire = reverse("agents:fusion_defaire", args=[garde.pk, alias.pk])
    assert f'href="{defaire}"' in client.get(reverse("agents:agent", args=[garde.pk])).content.decode()
    assert client.get(defaire).status_code == 200
    page = client.post(defaire, {"version": garde.version}, follow=True)
    assert "La fusion est défaite" in page.content.decode()
    assert Agent.objects.filter(pk=fondu.pk).exists() and not Alias.objects.exists()


def test_page_refuses_what_cannot_be(client_de):
    client = client_de(Role.RH)
    garde, fondu = a.AgentFactory(compte=compte(Role.AGENT)), a.AgentFactory(compte=compte(Role.AGENT))
    page = client.get(reverse("agents:fusion", args=[garde.pk, fondu.pk])).content.decode()
    assert "Les deux fiches ont un compte" in page and "Fondre les deux fiches</button>" not in page
    sienne = a.AgentFactory(compte=client.compte)
    for un, deux in ((sienne, garde), (garde, sienne)):
        assert client.get(reverse("agents:fusion", args=[un.pk, deux.pk])).status_code == 403
    assert client.get(reverse("agents:fusion", args=[garde.pk, garde.pk])).status_code == 404


def test_page_says_what_forbids_to_undo(client_de, wamo):
    garde, _fondu, alias = wamo
    pris = a.AgentFactory(matricule="4066")
    page = client_de(Role.RH).get(reverse("agents:fusion_defaire", args=[garde.pk, alias.pk]))
    assert f"est maintenant celui de {pris}" in page.content.decode()


def test_chief_reads_and_does_not_merge(client_de):
    garde, fondu = a.AgentFactory(nom="Wamo"), a.AgentFactory(nom="Wamo")
    chef = client_de(Role.CHEF)
    assert chef.get(reverse("agents:fusion", args=[garde.pk, fondu.pk])).status_code == 403
    liste = chef.get(reverse("qualite:lignes", args=["meme-identite"])).content.decode()
    assert reverse("agents:fusion", args=[garde.pk, fondu.pk]) not in liste


def test_rh_reads_counts_of_what_he_sees_alone():
    rh = log_in(compte(Role.RH))
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    s.SignalementFactory().agents.add(fondu)
    page = rh.get(reverse("agents:fusion", args=[garde.pk, fondu.pk])).content.decode()
    assert "1 enregistrement que vous ne voyez pas" in page and "1 signalement" not in page


def test_rh_undoing_reads_counts_of_what_he_sees_alone(client_de, wamo):
    garde, _fondu, alias = wamo
    s.SignalementFactory().agents.add(garde)
    a.AbsenceFactory(agent=garde)
    page = (
        client_de(Role.RH).get(reverse("agents:fusion_defaire", args=[garde.pk, alias.pk])).content.decode()
    )
    assert "1 absence" in page and "1 enregistrement que vous ne voyez pas" in page
    assert "1 signalement" not in page


def test_number_taken_is_named_to_whoever_sees_its_bearer(wamo):
    garde, _fondu, alias = wamo
    porteur = a.AgentFactory(nom="Ailleurs", matricule="4066")
    limite = compte(Role.RH)
    a.ResponsabiliteFactory(compte=limite, structure=None, collectivite=a.CollectiviteFactory(code="CDE"))
    phrases = find_merge_obstacles(alias, garde, type(limite).objects.get(pk=limite.pk))
    assert any("quelqu’un d’autre" in phrase for phrase in phrases)
    assert not any(str(porteur) in phrase for phrase in phrases)
    assert any(str(porteur) in phrase for phrase in find_merge_obstacles(alias, garde))


def test_undone_by_the_button_of_the_message(client_de, wamo):
    garde, fondu, alias = wamo
    version = Agent.objects.values_list("version", flat=True).get(pk=garde.pk)
    undo_merge(acteur=None, alias_id=alias.pk, version=version, jour=JOUR, maintenant=timezone.now())
    page = client_de(Role.RH).post(
        reverse("agents:fusion_defaire", args=[garde.pk, alias.pk]), {"version": 1}, follow=True
    )
    assert "déjà défaite" in page.content.decode()
    assert Agent.objects.filter(pk=fondu.pk).exists()


def test_comparing_asks_each_table_once_of_both_files(client_de, django_assert_max_num_queries):
    client = client_de(Role.RH)
    garde, fondu = a.AgentFactory(nom="Wamo"), a.AgentFactory(nom="Wamo")
    for agent in (garde, fondu):
        a.AffectationFactory(agent=agent)
    page = reverse("agents:fusion", args=[garde.pk, fondu.pk])
    client.get(page)
    with django_assert_max_num_queries(14):
        assert client.get(page).status_code == 200


def test_two_full_files_of_one_person_ask_each_table_once(client_de, django_assert_max_num_queries):
    client = client_de(Role.RH)
    garde, fondu = a.AgentFactory(nom="Wamo"), a.AgentFactory(nom="Wamo")
    maladie = a.TypeAbsenceFactory()
    for agent in (garde, fondu):
        a.AffectationFactory(agent=agent)
        a.CarriereFactory(agent=agent)
        a.PositionFactory(agent=agent)
        a.ContratFactory(agent=agent)
        a.AbsenceFactory(agent=agent, type=maladie)
        s.AccidentFactory(agent=agent)
        VisiteFactory(agent=agent)
    page = reverse("agents:fusion", args=[garde.pk, fondu.pk])
    client.get(page)
    with django_assert_max_num_queries(21):
        assert client.get(page).status_code == 200


def test_undoing_counts_what_came_since_in_one_question(client_de, wamo, django_assert_max_num_queries):
    client = client_de(Role.RH)
    garde, _fondu, alias = wamo
    page = reverse("agents:fusion_defaire", args=[garde.pk, alias.pk])
    client.get(page)
    with django_assert_max_num_queries(14):
        assert client.get(page).status_code == 200
