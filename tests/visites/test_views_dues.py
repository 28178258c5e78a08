"""One visit due: why, who changed its day, who may; the agent's own list."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.models import LigneJournal
from tests.agents.factories import AgentFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import JOUR, DemandeVisiteFactory, VisiteFactory, held
from visites.actions import refresh_suivis
from visites.enums import Declencheur
from visites.models import Motif, RegleVisite, Suivi, VisiteDue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
D = datetime.date
UN = datetime.timedelta(days=1)


@pytest.fixture
def due():
    """A periodic visit due on 24/12/2026."""
    agent = AgentFactory(nom="Delmas", prenom="Éric")
    held(agent=agent, date=D(2024, 12, 24))
    refresh_suivis(acteur=None, jour=JOUR)
    return VisiteDue.objects.get(agent=agent)


def page_of(due, nom="due"):
    return reverse(f"visites:{nom}", args=[due.pk])


def test_page_opens_its_stored_proof(client_de, due):
    texte = client_de("rh").get(page_of(due)).content.decode()
    for mots in ("Visite périodique", "Pourquoi le 24/12/2026", "24/12/2024", "dans 30 j", "Calculé le"):
        assert mots in texte, mots
    assert "Changer la date" not in texte and "Écarter" not in texte
    assert LigneJournal.objects.get(acte="visites.due").agent_cle == str(due.agent_id)


def test_another_day_is_kept_with_who_and_why(client_de, due):
    client = client_de("coordinateur")
    saisie = {"choisie": "15/02/2027", "raison_choix": "En mission à Lifou.", "version": due.version}
    reponse = client.post(page_of(due, "due_date"), saisie)
    assert reponse.url == page_of(due)
    due.refresh_from_db()
    assert (due.choisie, due.echeance, due.calculee) == (D(2027, 2, 15), D(2027, 2, 15), D(2026, 12, 24))
    assert Suivi.objects.get(agent=due.agent).echeance == D(2027, 2, 15)
    texte = client.get(page_of(due)).content.decode()
    for mots in ("Pourquoi le 15/02/2027", "En mission à Lifou.", "Échéance changée à la main", "Avant"):
        assert mots in texte, mots
    refresh_suivis(acteur=None, jour=JOUR)
    due.refresh_from_db()
    assert due.echeance == D(2027, 2, 15)


def test_rule_gets_its_day_back(client_de, due):
    client = client_de("coordinateur")
    saisie = {"choisie": "15/02/2027", "raison_choix": "En mission.", "version": due.version}
    client.post(page_of(due, "due_date"), saisie)
    due.refresh_from_db()
    assert "Rendre la date de la règle" in client.get(page_of(due)).content.decode()
    assert client.post(page_of(due, "due_regle"), {"version": due.version}).url == page_of(due)
    due.refresh_from_db()
    assert (due.choisie, due.raison_choix, due.echeance) == (None, "", D(2026, 12, 24))


def test_rule_that_lacks_is_said_and_nothing_is_changed(client_de, due):
    client = client_de("coordinateur")
    RegleVisite.objects.filter(declencheur=Declencheur.NOUVEL_ARRIVANT).delete()
    saisie = {"choisie": "15/02/2027", "raison_choix": "En mission à Lifou.", "version": due.version}
    texte = client.post(page_of(due, "due_date"), saisie).content.decode()
    assert "Aucune règle de visite n’est en vigueur" in texte and "Rien n’a été changé." in texte
    assert "En mission à Lifou." in texte
    due.refresh_from_db()
    assert due.choisie is None


@pytest.mark.parametrize(
    "saisie, phrase",
    [
        ({"choisie": "23/11/2026", "raison_choix": "Oui"}, "Choisissez un jour à venir."),
        ({"choisie": "15/02/2027", "raison_choix": ""}, "Ce champ est obligatoire."),
    ],
)
def test_day_needs_a_reason_and_lies_ahead(client_de, due, saisie, phrase):
    reponse = client_de("coordinateur").post(page_of(due, "due_date"), saisie | {"version": due.version})
    assert reponse.status_code == 200 and phrase in reponse.content.decode()
    due.refresh_from_db()
    assert due.choisie is None


def test_put_aside_it_leaves_the_list_and_comes_back(client_de, due):
    client = client_de("coordinateur")
    client.post(page_of(due, "due_ecarter"), {"raison": "Vu par un confrère.", "version": due.version})
    due.refresh_from_db()
    assert (due.etat, due.ecartee_parce_que) == ("ecartee", "Vu par un confrère.")
    refresh_suivis(acteur=None, jour=JOUR)
    assert client.get("/visites/").context["total"] == 0
    ecartees = client.get("/visites/?echeance=ecartees")
    assert ecartees.context["total"] == 1 and "Écartée" in ecartees.content.decode()
    assert "Vu par un confrère." in client.get(page_of(due)).content.decode()
    tard = {"choisie": "15/02/2027", "raison_choix": "En mission.", "version": due.version}
    assert "n’est plus due" in client.post(page_of(due, "due_date"), tard).content.decode()
    client.post(page_of(due, "due_reprendre"), {"version": due.version})
    assert client.get("/visites/").context["total"] == 1
    due.refresh_from_db()
    encore = client.post(page_of(due, "due_reprendre"), {"version": due.version})
    assert "n’est pas écartée" in encore.content.decode()


def test_nobody_changes_what_he_is_due_himself(due):
    qui = compte("coordinateur")
    Agent.objects.filter(pk=due.agent_id).update(compte=qui)
    client = log_in(qui)
    assert "Changer la date" not in client.get(page_of(due)).content.decode()
    for nom in ("due_date", "due_regle", "due_ecarter"):
        assert client.get(page_of(due, nom)).status_code == 403
        assert client.post(page_of(due, nom), {"version": due.version}).status_code == 403


def test_second_editor_sees_both_texts(client_de, due):
    client = client_de("coordinateur")
    saisie = {"choisie": "15/02/2027", "raison_choix": "En mission.", "version": due.version}
    client.post(page_of(due, "due_date"), saisie)
    reponse = client.post(page_of(due, "due_date"), saisie | {"raison_choix": "En formation."})
    texte = reponse.content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte and "En mission." in texte and "En formation." in texte


def test_tab_lists_all_that_the_agent_is_due(client_de, due):
    DemandeVisiteFactory(agent=due.agent, demandee_le=JOUR, avant_le=None)
    refresh_suivis(acteur=None, jour=JOUR)
    adresse = reverse("visites:agent", args=[due.agent_id])
    lignes = client_de("coordinateur").get(adresse).context["dues"]
    assert [ligne["due"].motif_lu for ligne in lignes] == ["À la demande de l’agent", "Visite périodique"]
    publics = client_de("rh").get(adresse)
    assert [ligne["due"].motif_lu for ligne in publics.context["dues"]] == [
        "À la demande",
        "Visite périodique",
    ]


def test_own_file_lists_them_with_the_motive_in_clear(due):
    qui = compte("agent")
    Agent.objects.filter(pk=due.agent_id).update(compte=qui)
    DemandeVisiteFactory(agent=due.agent, origine="service", demandee_le=JOUR)
    refresh_suivis(acteur=None, jour=JOUR)
    texte = log_in(qui).get("/mon-dossier/").content.decode()
    assert "À la demande du service, avant le 09/12/2026" in texte
    assert "Visite périodique, avant le 24/12/2026" in texte


def test_visit_is_placed_for_the_row_that_was_opened(client_de, due):
    client = client_de("coordinateur")
    demandee = VisiteFactory.build().motif
    page = client.get(reverse("visites:placer", args=[due.agent_id]), {"due": due.pk})
    assert page.context["form"].initial["motif"] == due.motif
    assert demandee is not None
    for cle in ("0", "x", "9" * 30, ""):
        page = client.get(reverse("visites:placer", args=[due.agent_id]), {"due": cle})
        assert page.context["form"].initial["motif"] == Motif.objects.get(code="periodique")


@pytest.fixture
def demandees():
    """Three agents: one asked for a visit himself, the service for the second, the doctor for the third."""
    for rang, origine in enumerate(("agent", "service", "medecin")):
        DemandeVisiteFactory(
            agent=AgentFactory(nom=f"Kaloi{rang}", est_elu=False), origine=origine, demandee_le=JOUR
        )
    refresh_suivis(acteur=None, jour=JOUR)
    return VisiteDue.objects.filter(famille="demande").order_by("pk")


@pytest.mark.parametrize("role", ["rh", "chef"])
def test_who_asked_is_told_by_no_page_filter_sort_or_address(client_de, demandees, role):
    client = client_de(role)
    pages = ["/visites/", "/visites/charge/", "/visites/?format=xlsx"]
    pages += [f"/visites/?pourquoi={due.pk}" for due in demandees] + [page_of(due) for due in demandees]
    pages += [reverse("visites:agent", args=[due.agent_id]) for due in demandees]
    textes = {page: client.get(page).content.decode(errors="ignore") for page in pages}
    for page, texte in textes.items():
        for mots in ("demande de l’agent", "demande du service", "demande du médecin", "emandée par"):
            assert mots not in texte, page
    sources = {client.get(page_of(due)).context["pourquoi"]["source_libelle"] for due in demandees}
    assert sources == {""}
    tous = client.get("/visites/").context["filtre"].form.fields["motif"].choices
    publics = [mots for _, mots in tous]
    assert len(publics) == len(set(publics)) and publics.count("À la demande") == 1
    cle = next(str(cle) for cle, mots in tous if mots == "À la demande")
    assert rows_of(client, f"motif={cle}") == {"Kaloi0", "Kaloi1", "Kaloi2"}
    autres = Motif.objects.filter(code__startswith="demande").exclude(pk=cle)
    toutes = rows_of(client, "")
    for motif in autres:
        reponse = client.get(f"/visites/?motif={motif.pk}")
        assert reponse.context["filtre"].form.errors and rows_of(client, f"motif={motif.pk}") == toutes
    table = client.get("/visites/?colonnes=priorite,motif").context["table"]
    assert "priorite" not in [colonne.name for colonne in table.columns.iterall()]


def test_origin_does_not_order_rows_for_who_may_not_know_it(client_de, demandees):
    """Same day, same public wording: only the key orders them, whatever the priority of who asked."""
    for tri in ("motif", "-motif", "priorite", "-priorite", "echeance", ""):
        lignes = client_de("rh").get("/visites/", {"sort": tri, "q": "kaloi"}).context["table"].rows
        cles = [ligne.record.pk for ligne in lignes if ligne.record.famille == "demande"]
        assert cles in (sorted(cles), sorted(cles, reverse=True)), tri


def rows_of(client, requete):
    return {ligne.record.agent.nom for ligne in client.get(f"/visites/?{requete}").context["table"].rows}


def test_section_filters_by_who_asked(client_de, demandees):
    motif = Motif.objects.get(code="demande_service")
    assert rows_of(client_de("coordinateur"), f"motif={motif.pk}") == {"Kaloi1"}
    medecin = Motif.objects.get(code="demande_medecin")
    assert rows_of(client_de("medecin"), f"motif={motif.pk}&motif={medecin.pk}") == {"Kaloi1", "Kaloi2"}
