"""The nightly feed on the first page, in the history and in its own lists."""

import datetime
import re

import pytest
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.enums import EffetLigne, EtatImport, IssueReleve
from nouvea_sst.imports.models import FichierReleve, Import, LigneImport, Releve
from nouvea_sst.mesures import Compteur
from tests.fabriques import compte, log_in
from tests.imports.remplissage import APERCU
from tests.reporting.test_aujourdhui import JOUR, fill, jour  # noqa: F401

pytestmark = pytest.mark.django_db
UN = datetime.timedelta(days=1)
NUIT = datetime.datetime(2026, 11, 23, 16, tzinfo=datetime.UTC)  # 03:00 of the 24th in Nouméa


@pytest.fixture
def depots(tmp_path, settings):
    settings.DEPOTS = tmp_path
    return tmp_path


def take(nom, issue, quand=NUIT, cible="agents", refuses=0):
    """A file that the feed took, with its refused rows."""
    releve, _ = Releve.objects.get_or_create(debut=quand, defaults={"fin": quand})
    etats = {IssueReleve.APPLIQUE: EtatImport.APPLIQUE, IssueReleve.ATTENTE: EtatImport.DEPOSE}
    depot = None
    if issue in etats:
        depot = Import.objects.create(
            cible=cible, nom_fichier=nom, contenu=b"x", sha256="0" * 64, etat=etats[issue], apercu=APERCU
        )
        LigneImport.objects.bulk_create(
            LigneImport(fichier=depot, numero=n + 2, effet=EffetLigne.REFUSE, libelle="BOULA", motif="Vide.")
            for n in range(refuses)
        )
    FichierReleve.objects.create(
        releve=releve, nom=nom, cible=cible, issue=issue, depot=depot, pris_le=quand, deplace=True
    )


def fill_nights():
    """The night before the last one, then the last one: three applied, one that waits, one refused."""
    take("hier.csv", IssueReleve.APPLIQUE, NUIT - UN, refuses=7)
    take("hier_attend.csv", IssueReleve.ATTENTE, NUIT - UN)
    take("hier_refuse.csv", IssueReleve.REFUSE, NUIT - UN)
    for nom, refuses in (("a.csv", 4), ("b.csv", 8), ("c.csv", 0)):
        take(nom, IssueReleve.APPLIQUE, refuses=refuses)
    take("d.csv", IssueReleve.ATTENTE)
    take("e.csv", IssueReleve.REFUSE)
    take("f.csv", IssueReleve.DEJA)
    # Brought by somebody: neither counted nor listed with the feed.
    Import.objects.create(cible="agents", nom_fichier="main.csv", contenu=b"x", sha256="0" * 64)


def panel_of(page):
    """The panel of the feed, as text and as (words, address)."""
    trouve = re.search(r'aria-labelledby="releve">(.*?)</section>', page, re.S)
    corps = trouve[1] if trouve else ""
    liens = re.findall(r'class="what" href="([^"]+)">([^<]+)<', corps)
    return corps, {mots: url.replace("&amp;", "&") for url, mots in liens}


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.CHEF, Role.RH])
def test_each_number_leads_to_exactly_its_rows(jour, depots, role):  # noqa: F811
    fill_nights()
    client = log_in(compte(role))
    _, liens = panel_of(client.get("/").content.decode())
    assert list(liens) == [
        "3 fichiers appliqués",
        "12 lignes à corriger",
        "1 fichier refusé",
        "2 fichiers à relire : Registre du personnel",
    ]
    for mots, url in liens.items():
        reponse = client.get(url)
        assert reponse.context["table"].paginator.count == int(mots.split()[0]), url
    noms = {f.nom_fichier for f in client.get(liens["3 fichiers appliqués"]).context["table"].data.data}
    assert noms == {"a.csv", "b.csv", "c.csv"}


def test_files_to_decide_are_one_line_for_each_target(jour, depots):  # noqa: F811
    for nom, cible in (("a.csv", "agents"), ("b.csv", "agents"), ("c.csv", "visites"), ("d.csv", "contrats")):
        take(nom, IssueReleve.ATTENTE, cible=cible)
    for role, attendus in ((Role.COORDINATEUR, [2, 1, 1]), (Role.RH, [2, 1])):
        client = log_in(compte(role))
        _, liens = panel_of(client.get("/").content.decode())
        a_relire = {mots: url for mots, url in liens.items() if "à relire" in mots}
        assert [int(mots.split()[0]) for mots in a_relire] == attendus
        for mots, url in a_relire.items():
            assert client.get(url).context["table"].paginator.count == int(mots.split()[0]), url


def test_a_file_that_one_may_not_read_is_neither_counted_nor_listed(jour, depots):  # noqa: F811
    take("visites.csv", IssueReleve.APPLIQUE, cible="visites", refuses=2)
    take("visites_2.csv", IssueReleve.REFUSE, cible="visites")
    client = log_in(compte(Role.RH))
    corps, liens = panel_of(client.get("/").content.decode())
    assert list(liens) == ["0 fichier appliqué"]
    for page in ("imports:releves", "imports:a_corriger", "imports:historique"):
        assert client.get(reverse(page)).context["table"].paginator.count == 0, page


@pytest.mark.parametrize(
    "nuit, alertes",
    [
        (NUIT, []),
        (NUIT - UN, []),
        (NUIT - 2 * UN, ["La relève n’est pas passée depuis le 22/11/2026"]),
        (
            NUIT - 4 * UN,
            ["La relève n’est pas passée depuis le 20/11/2026", "Aucun fichier reçu depuis 4 jours"],
        ),
    ],
)
def test_a_feed_that_no_longer_passes_is_said(jour, depots, nuit, alertes):  # noqa: F811
    take("a.csv", IssueReleve.APPLIQUE, nuit)
    corps, _ = panel_of(log_in(compte(Role.COORDINATEUR)).get("/").content.decode())
    assert re.findall(r'<span class="what">([^<]+)<', corps) == alertes


def test_files_that_stopped_coming_are_said_though_the_feed_passes(jour, depots):  # noqa: F811
    Releve.objects.create(debut=NUIT - 3 * UN, fin=NUIT - 3 * UN)
    Releve.objects.create(debut=NUIT, fin=NUIT)
    corps, _ = panel_of(log_in(compte(Role.RH)).get("/").content.decode())
    assert "Aucun fichier reçu depuis 3 jours" in corps


def test_a_passage_cut_short_is_said(jour, depots):  # noqa: F811
    Releve.objects.create(debut=NUIT - UN)
    corps, _ = panel_of(log_in(compte(Role.RH)).get("/").content.decode())
    assert "La relève du 23/11/2026 n’est pas allée au bout" in corps


def test_the_administrator_reads_how_it_does_and_no_file(jour, depots):  # noqa: F811
    fill_nights()
    page = log_in(compte(Role.ADMINISTRATEUR)).get("/").content.decode()
    assert "Relève des fichiers du SIRH" in page
    assert "Passée le 24/11/2026 à 03:00" in page
    assert ".csv" not in page
    assert panel_of(page) == ("", {})


def test_nothing_is_said_where_the_feed_is_off(jour, tmp_path, settings):  # noqa: F811
    settings.DEPOTS = tmp_path / "absent"
    fill_nights()
    for role in (Role.COORDINATEUR, Role.RH, Role.ADMINISTRATEUR):
        assert "Relève" not in log_in(compte(role)).get("/").content.decode()
    assert "éteinte" in log_in(compte(Role.RH)).get(reverse("imports:releves")).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.CHEF, Role.RH, Role.ADMINISTRATEUR])
def test_page_still_asks_the_database_fifteen_times_at_most(jour, depots, role):  # noqa: F811
    fill_nights()
    fill(10)
    client = log_in(compte(role))
    with Compteur() as sql:
        assert client.get("/").status_code == 200
    assert len(sql) <= 15, str(sql)


def test_history_says_where_each_file_comes_from(depots):
    fill_nights()
    Import.objects.filter(nom_fichier="main.csv").update(depose_par=compte(Role.RH))
    client = log_in(compte(Role.COORDINATEUR))
    adresse = reverse("imports:historique")
    comptes = {
        origine: client.get(adresse, {"origine": origine}).context["table"].paginator.count
        for origine in ("personne", "releve", "commande")
    }
    assert comptes == {"personne": 1, "releve": 6, "commande": 0}
    page = client.get(adresse).content.decode()
    assert page.count("Relève de nuit</td>") == 6
    assert "Dernière relève le 24/11/2026 à 03:00" in page
