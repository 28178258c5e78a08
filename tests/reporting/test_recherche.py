"""The search box: what each role finds, that it may open all of it, and what it costs."""

import datetime
import unicodedata

import pytest

from agents.models import Poste, Responsabilite, Site
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.dates import Periode
from nouvea_sst.mesures import Compteur
from reporting.models import Edition
from reporting.pack.chiffres import build
from reporting.recherche.composer import find_all
from reporting.recherche.pages import PAGES
from reporting.rules.recherche import read_typed
from tests.fabriques import compte, log_in
from tests.imports.remplissage import APERCU
from tests.reporting import factories as f

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
SAISIES = (
    "kaloi", "katoa", "4127", "espaces", "DECV", "ducos", "jardinier", "S-2026-0412", "412", "AT-2026-058",
    "PA-2026-0007", "chct", "chct 1", "24/11/2026", "registre", "visites", "mon", "signal", "2026", "90",
)  # fmt: skip


@pytest.fixture
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)
    return JOUR


@pytest.fixture
def ville(jour):
    """One record of each kind, agents in and out of the manager's team."""
    service = f.StructureFactory(sigle="DECV", libelle="Direction des espaces verts")
    autre = f.StructureFactory(sigle="DSI", libelle="Systèmes d’information")
    poste = Poste.objects.create(intitule="Jardinier")
    site = Site.objects.create(libelle="Dépôt de Ducos")
    champs = {"structure": service, "poste": poste, "site": site}
    kaloi = f.AgentFactory(
        nom="Kaloi", prenom="Hélène", nom_naissance="D’Artagnan-Béa", matricule="4127", id_tiarhe="T00981",
        **champs,
    )  # fmt: skip
    f.AgentFactory(nom="Katoa", prenom="Anaïs", matricule="0038", structure=autre)
    f.AgentFactory(nom="Kaparti", prenom="Jean", date_depart=JOUR - datetime.timedelta(days=9), **champs)
    f.SignalementFactory(numero="S-2026-0412", structure=service)
    f.SignalementFactory(numero="S-2025-0412", structure=autre)
    f.AccidentFactory(numero="AT-2026-0058", agent=kaloi)
    f.ActionFactory(numero="PA-2026-0007")
    f.make_hours(2025, 2026)
    seance = f.SeanceFactory(date=JOUR)
    periode = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))
    Edition.objects.create(
        seance=seance, debut=periode.debut, fin=periode.fin, arretee_le=JOUR, rang=1, pages=1, pdf=b"%PDF",
        sha256="0" * 64, chiffres=build(seance=seance, periode=periode, rang=1, jour=JOUR),
    )  # fmt: skip
    Import.objects.create(
        cible="agents", nom_fichier="registre.xlsx", contenu=b"x", sha256="0" * 64, apercu=APERCU
    )
    return {"service": service, "kaloi": kaloi}


def account(role, ville):
    """An account of this role, in charge of the team or the agent himself where the role is that."""
    qui = compte(role)
    if role == Role.ENCADRANT:
        Responsabilite.objects.create(
            compte=qui, structure=ville["service"], date_debut=JOUR.replace(year=2020)
        )
    if role == Role.AGENT:
        ville["kaloi"].compte = qui
        ville["kaloi"].save()
    return qui


def titles(client, texte, **autres):
    """Titles found, by kind."""
    genres = client.get("/recherche/", {"q": texte, "tout": 1} | autres).context["genres"]
    return {genre.cle: [r.titre for r in genre.resultats] for genre in genres}


@pytest.mark.parametrize(
    "saisi",
    [
        "kaloi", "KALOI hélène", "helene kaloi", "Hélène", "artagnan", "d'artagnan", "D’ARTAGNAN-BEA", "béa",
        "4127", "9004127", "904127", "900 4127", " 4127 ", "T00981", "t00981", "kaloi decv",
        unicodedata.normalize("NFD", "Hélène"), "kaloi\0",
    ],
)  # fmt: skip
def test_agent_is_found_in_every_form(ville, client_de, saisi):
    assert titles(client_de(), saisi)["agents"] == ["KALOI Hélène"]


@pytest.mark.parametrize(
    "saisi",
    ["k", "%", "_", "a%b", "ka%i", "%%", "'; DROP TABLE agents_agent; --", "<script>alert(1)</script>", "\0",
     "\x00\x01", "x" * 5000, "mot " * 60, "’’’", "–", "0", "00000", "999999999999", "\u202e", "12/13/2026"],
)  # fmt: skip
@pytest.mark.parametrize("adresse", ["/recherche/", "/recherche/suggestions/"])
def test_odd_texts_find_nobody_and_break_nothing(ville, client_de, saisi, adresse):
    reponse = client_de().get(adresse, {"q": saisi})
    assert reponse.status_code == 200
    assert reponse.context["genres"] == []
    assert "<script>alert" not in reponse.content.decode()


def test_birth_name_and_numbers_are_found_by_those_who_read_them_only(ville, client_de):
    for saisi in ("artagnan", "4127", "T00981"):
        assert "agents" in titles(client_de("infirmier"), saisi)
        assert "agents" not in titles(client_de("preventeur"), saisi), saisi
        assert "agents" not in titles(log_in(account(Role.ENCADRANT, ville)), saisi), saisi
    assert "accidents" not in titles(client_de("preventeur"), "4127")
    assert "accidents" in titles(client_de("coordinateur"), "4127")


def test_result_says_the_birth_name_that_answered(ville, client_de):
    page = client_de().get("/recherche/suggestions/", {"q": "artagnan"}).content.decode()
    assert "nom de naissance D’ARTAGNAN-BÉA" in page
    assert "ARTAGNAN" not in client_de().get("/recherche/suggestions/", {"q": "kaloi"}).content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_every_result_of_every_role_opens(ville, role):
    client = log_in(account(role, ville))
    vus = set()
    for saisi in (*SAISIES, *(page.libelle for page in PAGES)):
        for genre in client.get("/recherche/", {"q": saisi, "tout": 1}).context["genres"]:
            adresses = {r.url for r in genre.resultats} | {genre.url}
            for adresse in adresses - vus - {""}:
                assert client.get(adresse, follow=True).status_code == 200, (saisi, adresse)
            vus |= adresses
    assert len(vus) >= 3


@pytest.mark.parametrize("role", Role.values)
def test_list_of_a_kind_has_as_many_rows_as_the_search_counted(ville, role):
    client = log_in(account(role, ville))
    for saisi in SAISIES:
        for genre in client.get("/recherche/", {"q": saisi, "tout": 1}).context["genres"]:
            if genre.url:
                assert client.get(genre.url).context["total"] == genre.total, (saisi, genre.url)


def test_manager_and_agent_find_their_own_only(ville):
    encadrant, agent = log_in(account(Role.ENCADRANT, ville)), log_in(account(Role.AGENT, ville))
    assert titles(encadrant, "ka")["agents"] == ["KALOI Hélène"]
    assert titles(agent, "ka")["agents"] == ["KALOI Hélène"]
    assert [t[:11] for t in titles(encadrant, "412")["signalements"]] == ["S-2026-0412"]
    assert "signalements" not in titles(agent, "412")
    assert "structures" not in titles(agent, "espaces verts")


@pytest.mark.parametrize("role", ["psychologue", "chct", "auditeur", "administrateur"])
def test_roles_without_records_find_no_person(ville, role):
    client = log_in(account(role, ville))
    for saisi in SAISIES:
        assert not {"agents", "signalements", "accidents", "structures"} & set(titles(client, saisi))


@pytest.mark.parametrize("role", Role.values)
def test_accounts_and_reference_data_are_found_by_those_who_may_open_them(ville, role):
    compte(Role.RH, last_name="Wénéguéi", first_name="Luce")
    f.make_target("visites.periodicite.simple", 60)
    client = log_in(account(role, ville))
    assert ("comptes" in titles(client, "weneguei")) is (role in {"chef", "auditeur", "administrateur"})
    lecteurs = {"chef", "medecin", "preventeur", "auditeur", "administrateur"}
    trouves = titles(client, "visite tard").get("parametres", [])
    assert [t.strip() for t in trouves] == ["Visite au plus tard tous les 60"] * (role in lecteurs)
    assert ("listes" in titles(client, "motifs")) is (role in lecteurs)


@pytest.mark.parametrize(
    "saisi, adresse",
    [
        ("4127", "agents/"),
        ("9004127", "agents/"),
        ("S-2026-0412", "signalements/"),
        ("s 2026 412", "signalements/"),
        ("AT-2026-058", "signalements/accidents/"),
        ("pa-7", "signalements/actions/"),
    ],
)
def test_number_of_one_record_opens_it(ville, client_de, saisi, adresse):
    reponse = client_de().get("/recherche/", {"q": saisi})
    assert reponse.status_code == 302
    assert reponse.url.startswith(f"/{adresse}")


@pytest.mark.parametrize("saisi", ["S-412", "kaloi", "412", "decv"])
def test_what_names_several_or_no_number_opens_the_page(ville, client_de, saisi):
    assert client_de().get("/recherche/", {"q": saisi}).status_code == 200


def test_typed_text_stays_out_of_the_journal(ville, client_de):
    client = client_de()
    for adresse in ("/recherche/", "/recherche/suggestions/", "/agents/"):
        client.get(adresse, {"q": "kaloi", "tout": 1})
    lignes = LigneJournal.objects.filter(nature="consultation")
    assert lignes.filter(acte="recherche.resultats").get().objet_libelle.startswith("1 ligne nominative (")
    assert lignes.filter(acte="recherche.suggestions").count() == 1
    assert not [ligne for ligne in lignes if "kaloi" in str(vars(ligne)).lower()]


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("saisi", ["ka", "chct 12 90", "412", "chct 1", "24/11/2026", "espaces verts"])
def test_search_asks_fifteen_questions_at_most(ville, role, saisi):
    client = log_in(account(role, ville))
    for adresse in ("/recherche/", "/recherche/suggestions/"):
        with Compteur() as sql:
            assert client.get(adresse, {"q": saisi, "tout": 1}).status_code == 200
        assert len(sql) <= 15, str(sql)


def test_eight_at_most_are_suggested_and_the_rest_is_counted(jour, client_de):
    for n in range(12):
        f.AgentFactory(nom=f"Wamo{n}")
    reponse = client_de().get("/recherche/suggestions/", {"q": "wamo"})
    (genre,) = reponse.context["genres"]
    assert (len(genre.resultats), genre.total, genre.reste) == (8, 12, 4)
    assert "Tous les résultats" in reponse.content.decode()


def test_closest_name_stands_first_and_those_gone_last(jour):
    for nom, prenom, depart in (
        ("Abel", "Marc", None),
        ("Marc", "Paul", JOUR.replace(day=1)),
        ("Marco", "Luc", None),
    ):
        f.AgentFactory(nom=nom, prenom=prenom, date_depart=depart)
    (genre,) = find_all(compte(), read_typed("marc"), JOUR, 8)
    assert [r.titre for r in genre.resultats] == ["MARCO Luc", "MARC Paul", "ABEL Marc"]


def test_visitor_is_sent_to_the_log_in(client):
    assert client.get("/recherche/?q=kaloi").status_code == 302
    assert client.get("/recherche/suggestions/?q=kaloi", headers={"HX-Request": "true"}).status_code == 401
