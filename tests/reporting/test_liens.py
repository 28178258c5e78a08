"""Each figure opens exactly its rows, for who may open them; the others read it without a link."""

import datetime
from urllib.parse import urlsplit

import pytest

from agents.enums import FamilleAbsence
from nouvea_sst.lib.dates import Periode
from reporting.indicateurs.calcul import compute_all
from reporting.indicateurs.collecte import collect
from reporting.indicateurs.courbes import accidents_by_month, clip_month, rolling_tf1
from reporting.indicateurs.liens import Liens
from signalements.enums import EtatAction, EtatSignalement, NatureAccident
from tests.fabriques import compte
from tests.reporting import factories as f
from visites.enums import RegleEcheance

pytestmark = pytest.mark.django_db
PERIODE = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))


def day(texte):
    return datetime.date.fromisoformat(texte)


@pytest.fixture
def jour(monkeypatch):
    """The day on which lists and figures are read."""
    fixe = day("2026-11-24")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: fixe)
    return fixe


@pytest.fixture
def ville(jour):
    """Rows on both sides of each bound, of each nature and state."""
    f.make_hours(2021, 2026)
    for date in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01", "2026-03-15", "2025-03-15"):
        f.AccidentFactory(date=day(date), jours_saisis=2)
        f.AccidentFactory(date=day(date))
        f.AccidentFactory(date=day(date), benin=True)
        f.AccidentFactory(date=day(date), nature=NatureAccident.TRAJET, jours_saisis=2)
        f.AccidentFactory(date=day(date), nature=NatureAccident.MALADIE_PRO, jours_saisis=2)
        f.SignalementFactory(survenu_le=day(date))
    premier = f.AccidentFactory(date=day("2026-02-02"))
    absence = f.AbsenceFactory(
        agent=premier.agent,
        type=f.TypeAbsenceFactory(famille=FamilleAbsence.ACCIDENT),
        date_debut=premier.date,
        date_fin=day("2026-02-10"),
    )
    premier.absences.add(absence)
    f.AccidentFactory(agent=premier.agent, rechute_de=premier, date=day("2026-05-05"), jours_saisis=1)
    f.AgentFactory(date_depart=day("2026-06-29"))
    f.AgentFactory(date_depart=day("2026-08-01"))
    f.AgentFactory(date_embauche=day("2026-08-01"))
    f.AgentFactory(est_elu=True)
    f.SuiviFactory(echeance=day("2026-11-23"))
    f.SuiviFactory(echeance=day("2026-11-24"), derniere_visite=None)
    f.SuiviFactory(echeance=day("2027-11-24"))
    f.SuiviFactory(echeance=None, derniere_visite=None)
    f.SuiviFactory(echeance=None, derniere_visite=None, regle=RegleEcheance.EXCLU)
    f.ActionFactory(echeance=day("2026-11-23"))
    f.ActionFactory()
    f.ActionFactory(etat=EtatAction.FAITE, faite_le=day("2026-03-01"), preuve="Vue sur place")
    f.SignalementFactory(qualifier_avant=day("2026-11-24"))
    f.SignalementFactory(
        etat=EtatSignalement.CLOS,
        categorie="autre",
        qualifie_le=day("2026-03-11"),
        clos_le=day("2026-03-12"),
        conclusion="Réparé",
    )
    return collect(PERIODE, jour)


@pytest.fixture
def coordinateur(client_de):
    return client_de("coordinateur")


def rows(client, url):
    """Return how many rows the list of this address has."""
    reponse = client.get(url)
    assert reponse.status_code == 200, url
    return reponse.context["total"]


@pytest.mark.parametrize(
    "code", ["effectif", "at_avec", "at_sans", "trajet", "tf1", "if", "visites_a_jour", "signalements"]
)
@pytest.mark.parametrize("quand", ["actuel", "avant"])
def test_figure_of_a_period_counts_the_rows_of_its_list(ville, coordinateur, code, quand):
    periode = PERIODE if quand == "actuel" else PERIODE.year_before()
    if code == "visites_a_jour" and quand == "avant":
        assert getattr(compute_all(ville)[code], quand).valeur is None
        return
    taux = getattr(compute_all(ville)[code], quand)
    url = Liens(coordinateur.compte).of_figures(periode)[code]
    assert taux.numerateur > 0
    assert rows(coordinateur, url) == taux.numerateur


@pytest.mark.parametrize(
    "nombre, adresse",
    [
        ("en_retard", lambda liens: liens.visites("retard")),
        ("a_jour", lambda liens: liens.visites("a_jour")),
        ("jamais_vus", lambda liens: liens.visites("jamais")),
        ("actions_ouvertes", lambda liens: liens.actions_vue("a_faire")),
        ("actions_en_retard", lambda liens: liens.actions_vue("en_retard")),
        ("signalements_a_qualifier", lambda liens: liens.signalements_vue("a_qualifier")),
        ("signalements_en_retard", lambda liens: liens.signalements_vue("en_retard")),
    ],
)
def test_number_of_the_day_counts_the_rows_of_its_list(ville, coordinateur, nombre, adresse):
    valeur = getattr(ville.situation, nombre)
    assert valeur > 0
    assert rows(coordinateur, adresse(Liens(coordinateur.compte))) == valeur


def test_each_month_and_each_year_of_the_charts_opens_its_rows(ville, coordinateur):
    liens = Liens(coordinateur.compte)
    par_mois = accidents_by_month(ville)
    for mois, nombre in zip(par_mois.mois, par_mois.actuel, strict=True):
        assert rows(coordinateur, liens.accidents_avec_arret(clip_month(mois, PERIODE))) == nombre
    for fenetre, taux in rolling_tf1(ville, 6):
        assert rows(coordinateur, liens.accidents_avec_arret(fenetre)) == taux.numerateur


@pytest.mark.parametrize(
    "role", ["psychologue", "auditeur", "medecin", "rh", "preventeur", "infirmier", "chef"]
)
def test_every_link_of_the_dashboard_may_be_opened(ville, client_de, role):
    client = client_de(role)
    reponse = client.get("/pilotage/")
    adresses = {urlsplit(u) for u in _links(reponse.content.decode()) if "?" in u}
    for adresse in adresses:
        assert client.get(adresse.geturl()).status_code == 200, adresse
    if role in {"psychologue", "auditeur"}:
        assert not adresses


def _links(page):
    """Addresses of the main part of a page."""
    contenu = page.partition("<main")[2]
    return [morceau.partition('"')[0].replace("&amp;", "&") for morceau in contenu.split('href="')[1:]]


def test_who_sees_some_agents_only_gets_no_link_to_a_city_wide_count(db):
    encadrant = Liens(compte("encadrant"))
    assert encadrant.accidents_avec_arret(PERIODE) == ""
    assert set(encadrant.of_figures(PERIODE).values()) == {""}
