"""« Mon équipe »: who stands there, what a manager reads of them, views that count their rows."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from agents.enums import FamilleAbsence
from agents.models import Responsabilite, Structure
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.affichage import count_of
from tests.fabriques import compte, log_in
from tests.referentiel.factories import valeur
from tests.reporting import factories as f
from tests.visites.factories import EngagementFactory
from visites.models import Engagement, Restriction, TypeRestriction

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
UN = datetime.timedelta(days=1)


@pytest.fixture
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)
    return JOUR


@pytest.fixture
def equipe(jour):
    """A manager's structure with one below it, agents in every case, and another service."""
    encadrant = compte("encadrant")
    haute, autre = f.StructureFactory(sigle="DECV"), f.StructureFactory(sigle="DSI")
    basse = f.StructureFactory(sigle="SEV", niveau="service", parent=haute)
    Structure.objects.filter(pk=basse.pk).update(chemin=f"{haute.chemin}{basse.pk}/")
    Responsabilite.objects.create(compte=encadrant, structure=haute, date_debut=JOUR - 900 * UN)
    f.AgentFactory(nom="Chef", structure=haute, compte=encadrant)
    f.AgentFactory(nom="Ailleurs", structure=autre)
    f.AgentFactory(nom="Parti", structure=haute, date_depart=JOUR - 5 * UN)
    f.AgentFactory(nom="Futur", structure=haute, date_embauche=JOUR + 5 * UN)
    f.AgentFactory(nom="Elue", structure=haute, est_elu=True)
    absent = f.AgentFactory(nom="Absent", structure=basse)
    vu = f.AgentFactory(nom="Vu", structure=haute)
    mesure = f.AgentFactory(nom="Mesure", structure=haute)
    f.AgentFactory(nom="Simple", structure=haute)
    longue = f.TypeAbsenceFactory(famille=FamilleAbsence.LONGUE, libelle="Congé de longue maladie")
    f.AbsenceFactory(agent=absent, type=longue, date_debut=JOUR - 9 * UN, date_fin=JOUR + 9 * UN)
    motif = f.MotifFactory(libelle="À la demande de l’agent")
    visite = f.VisiteFactory(agent=vu, motif=motif, date=JOUR + 3 * UN, heure=datetime.time(8, 15))
    f.VisiteFactory(agent=mesure, motif=motif, date=JOUR + 60 * UN)
    genre = TypeRestriction.objects.create(libelle="Port de charges limité")
    posee = Restriction.objects.create(
        visite=visite, agent=mesure, type=genre, precision="10 kg", date_debut=JOUR - 40 * UN
    )
    EngagementFactory(restriction=posee)
    return encadrant


def names(client, **filtres):
    """Names of the rows, in their order."""
    return [ligne.record.nom for ligne in client.get("/mon-equipe/", filtres).context["table"].page]


def test_team_is_those_present_below_too_without_the_manager(equipe):
    assert names(log_in(equipe)) == ["Absent", "Mesure", "Simple", "Vu"]


def test_deputy_has_the_team_while_he_answers_for_it(equipe):
    adjoint, ancien = compte("encadrant"), compte("encadrant")
    haute = Structure.objects.get(sigle="DECV")
    hier = JOUR - 30 * UN
    Responsabilite.objects.create(compte=adjoint, structure=haute, date_debut=hier)
    Responsabilite.objects.create(compte=ancien, structure=haute, date_debut=hier - UN, date_fin=hier)
    assert names(log_in(adjoint)) == ["Absent", "Chef", "Mesure", "Simple", "Vu"]
    assert names(log_in(ancien)) == []
    assert "ne répond d’aucune structure" in log_in(ancien).get("/mon-equipe/").content.decode()


def test_manager_reads_dates_and_measures_and_nothing_else(equipe):
    page = log_in(equipe).get("/mon-equipe/").content.decode()
    for attendu in ("Absent jusqu’au 03/12/2026", "27/11/2026</a> à 08:15", "Port de charges limité, 10 kg"):
        assert attendu in page, attendu
    for tu in ("longue maladie", "À la demande", "Apte", "Ailleurs", "Parti"):
        assert tu not in page, tu


@pytest.mark.parametrize(
    "filtres, attendus",
    [
        ({"presence": "absents"}, ["Absent"]),
        ({"presence": "presents"}, ["Mesure", "Simple", "Vu"]),
        ({"visite": "bientot"}, ["Vu"]),
        ({"visite": "placee"}, ["Mesure", "Vu"]),
        ({"visite": "sans"}, ["Absent", "Simple"]),
        ({"mesures": "avec"}, ["Mesure"]),
        ({"mesures": "sans"}, ["Absent", "Simple", "Vu"]),
        ({"q": "simple"}, ["Simple"]),
        ({"sort": "visite"}, ["Vu", "Mesure", "Absent", "Simple"]),
        ({"sort": "presence"}, ["Absent", "Mesure", "Simple", "Vu"]),
    ],
)
def test_filters_and_sorts(equipe, filtres, attendus):
    assert names(log_in(equipe), **filtres) == attendus


def test_structure_filter_holds_those_below(equipe):
    assert names(log_in(equipe), structure=Structure.objects.get(sigle="SEV").pk) == ["Absent"]


def test_each_view_counts_exactly_its_rows(equipe):
    client = log_in(equipe)
    vues = client.get("/mon-equipe/").context["vues"]
    assert [v["compte"] for v in vues] == [4, 1, 1, 1]
    for vue in vues:
        reponse = client.get(vue["url"])
        assert reponse.context["total"] == vue["compte"]
        assert [v["libelle"] for v in reponse.context["vues"] if v["actif"]] == [vue["libelle"]]


def test_duties_name_the_visit_and_the_new_measure(equipe):
    client = log_in(equipe)
    a_faire = client.get("/mon-equipe/").context["a_faire"]
    assert [t.titre for t in a_faire["lignes"]] == [
        "Prévenir Prénom Vu de sa visite",
        "Appliquer l’aménagement de Prénom Mesure",
    ]
    assert a_faire["total"] == 2
    for tache in a_faire["lignes"]:
        assert client.get(tache.url).status_code == 200


def duties(encadrant):
    """What the page asks this manager to do."""
    return [t.titre for t in log_in(encadrant).get("/mon-equipe/").context["a_faire"]["lignes"]]


def test_duties_are_those_that_nobody_answered(equipe):
    suivi = Engagement.objects.get()
    assert "Appliquer l’aménagement de Prénom Mesure" in duties(equipe)
    Engagement.objects.filter(pk=suivi.pk).update(
        suite="refusee", suite_le=JOUR, accuse_le=JOUR, raison="Pas de siège."
    )
    assert duties(equipe) == ["Prévenir Prénom Vu de sa visite"]


def test_workbook_has_dates_and_measures(equipe):
    client = log_in(equipe)
    feuille = load_workbook(io.BytesIO(client.get("/mon-equipe/", {"format": "xlsx"}).content)).active
    lignes = [[cellule.value for cellule in ligne] for ligne in feuille.iter_rows()]
    plat = [str(valeur) for ligne in lignes for valeur in ligne]
    assert any("2026-11-27" in valeur for valeur in plat)
    assert any("Port de charges limité" in valeur for valeur in plat)
    assert not any("longue maladie" in valeur for valeur in plat)
    ligne = LigneJournal.objects.filter(acte="equipe.liste").first()
    assert ligne.objet_libelle == "Équipe : 4 agents en xlsx"


def test_delays_are_those_of_the_reference_data(equipe):
    client = log_in(equipe)
    connue = Restriction.objects.get()
    suivante = Restriction.objects.create(
        visite=connue.visite, agent=connue.agent, type=connue.type, date_debut=JOUR + 10 * UN
    )
    EngagementFactory(restriction=suivante)
    assert client.get("/mon-equipe/").context["a_faire"]["total"] == 3
    assert names(client, visite="bientot") == ["Vu"]
    for code in ("visites.a_venir", "reporting.equipe_prevenir", "reporting.equipe_mesures"):
        valeur(code, 2, "2026-11-01")
    page = client.get("/mon-equipe/")
    assert page.context["a_faire"]["total"] == 1
    assert f"Visite sous {count_of(2, 'jour')}" in page.content.decode()
    assert f"sous {count_of(2, 'jour')}" in client.get("/").content.decode()
    assert names(client, visite="bientot") == []
