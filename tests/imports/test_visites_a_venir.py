"""visites.csv and restrictions.csv beyond visits held: placed, missed, their nature, what they asked for."""

import datetime

import pytest

from nouvea_sst.imports.models import Import, LigneImport
from tests.agents.factories import AgentFactory
from tests.imports.chargement import load, take_back
from tests.imports.test_visites import ENTETE, gony  # noqa: F401 the agent whom the rows speak of
from visites.models import Restriction, TypeRestriction, Visite
from visites.rules.reprise import read_hour

pytestmark = pytest.mark.django_db
COMPLETE = f"{ENTETE};ETAT_VISITE;NATURE_VISITE;HEURE_VISITE"
MESURES = (
    "ID_VISITE;ID_AGENT;ID_TYPE_RESTRICTION;PRECISION_RESTRICTION;DATE_DEBUT_RESTRICTION;DATE_FIN_RESTRICTION"
)


def row(numero, date, etat, *, nature="examen", heure="08:30", motif=2, avis=""):
    return f"{numero};9004127;{date};;2;{avis};;{motif};;;{etat};{nature};{heure}"


def bring(*lignes):
    depot = load("visites", COMPLETE, *lignes)
    return tuple(depot.bilan.get(nom, 0) for nom in ("crees", "modifies", "inchanges", "refuses"))


def refusals():
    return list(LigneImport.objects.filter(effet="refuse").values_list("colonne", "motif"))


@pytest.mark.usefixtures("gony")
def test_a_visit_to_come_is_placed_and_no_visit_taken_over():
    assert bring(row(1, "2026-12-03", "placee", nature="vip")) == (1, 0, 0, 0)
    visite = Visite.objects.get()
    assert (visite.etat, visite.nature, visite.heure) == ("placee", "vip", datetime.time(8, 30))
    assert (visite.date, visite.conclusion, visite.reprise) == (datetime.date(2026, 12, 3), "", False)


@pytest.mark.usefixtures("gony")
def test_a_visit_to_come_that_is_not_placed_is_refused():
    assert bring(row(1, "2026-12-03", "realisee"), row(2, "2026-12-03", "absent")) == (0, 0, 0, 2)


@pytest.mark.usefixtures("gony")
def test_a_visit_missed_concludes_nothing_whatever_its_opinion():
    assert bring(row(1, "2026-03-03", "absent", avis=5)) == (1, 0, 0, 0)
    assert Visite.objects.get().conclusion == ""


@pytest.mark.usefixtures("gony")
def test_a_placed_visit_was_held_when_a_file_without_a_state_says_so():
    bring(row(1, "2026-11-20", "placee"))
    load("visites", ENTETE, "1;9004127;2026-11-20;24;2;5;1;2;;")
    visite = Visite.objects.get()
    assert (visite.etat, visite.conclusion, visite.reprise) == ("realisee", "apte", True)


@pytest.mark.usefixtures("gony")
def test_one_motive_is_placed_once():
    assert bring(row(1, "2026-12-03", "placee"), row(2, "2026-12-04", "placee")) == (1, 0, 0, 1)
    assert bring(row(3, "2026-12-05", "placee")) == (0, 0, 0, 1)
    assert all("déjà placée pour cet agent" in motif for _, motif in refusals())
    assert bring(row(1, "2026-12-08", "placee"), row(4, "2026-12-09", "placee", motif=1)) == (1, 1, 0, 0)


@pytest.mark.usefixtures("gony")
def test_what_was_settled_here_is_not_taken_back():
    bring(row(1, "2026-11-20", "placee"), row(2, "2026-11-20", "placee", motif=1))
    Visite.objects.filter(cle_import="id_visite=2").update(etat="annulee", annulee_parce_que="Reportée")
    visite = Visite.objects.get(cle_import="id_visite=1")
    visite.etat, visite.conclusion, visite.signee_le = "realisee", "apte", "2026-11-20T09:00:00+11:00"
    visite.save()
    assert bring(row(1, "2026-11-20", "absent"), row(2, "2026-11-20", "placee", motif=1)) == (0, 0, 0, 2)
    motifs = {motif for _, motif in refusals()}
    assert any("déjà dans la maison" in m for m in motifs) and any(
        "annulée dans la maison" in m for m in motifs
    )


@pytest.mark.usefixtures("gony")
def test_unknown_states_and_hours_are_refused():
    assert bring(row(1, "2026-03-03", "perdue"), row(2, "2026-03-04", "absent", heure="25:00")) == (
        0,
        0,
        0,
        2,
    )
    assert ("HEURE_VISITE", "Une heure est attendue, comme 08:30.") in [
        (c, m.partition(" Corrigez")[0]) for c, m in refusals()
    ]


@pytest.mark.parametrize("texte", ["8:30", "08h30", "8 h 30", "08:30:00"])
def test_hours_are_read_as_they_are_written(texte):
    assert read_hour(texte) == datetime.time(8, 30)


def measure(visite, agent=9004127, fin="2024-09-12", precision="10 kg"):
    return f"{visite};{agent};Port de charges limité;{precision};2024-03-12;{fin}"


@pytest.mark.usefixtures("gony")
def test_restrictions_wait_for_their_visit_and_come_back_the_same():
    depot = load("restrictions", MESURES, measure(1))
    assert depot.bilan["attentes"] == 1 and not Restriction.objects.exists()
    depot = load("visites", COMPLETE, row(1, "2024-03-12", "realisee"))
    load("restrictions", MESURES, measure(1))
    restriction = Restriction.objects.get()
    assert (restriction.visite, restriction.agent) == (Visite.objects.get(), restriction.visite.agent)
    assert (restriction.precision, restriction.date_fin) == ("10 kg", datetime.date(2024, 9, 12))
    assert load("restrictions", MESURES, measure(1)).bilan["inchanges"] == 1
    assert load("restrictions", MESURES, measure(1, fin="2025-03-12")).bilan["modifies"] == 1


@pytest.mark.usefixtures("gony")
def test_a_restriction_of_a_visit_missed_signed_or_of_somebody_else_is_refused():
    AgentFactory(matricule="4128")
    load("visites", COMPLETE, row(1, "2024-03-12", "absent"), row(2, "2024-04-12", "realisee"))
    Visite.objects.filter(cle_import="id_visite=2").update(
        signee_le="2024-04-12T09:00:00+11:00", conclusion="apte"
    )
    depot = load("restrictions", MESURES, measure(1), measure(2), measure(2, agent=9004128))
    assert depot.bilan["refuses"] == 3 and not Restriction.objects.exists()
    assert len({motif for _, motif in refusals()}) == 3


@pytest.mark.usefixtures("gony")
def test_restrictions_are_taken_back():
    load("visites", COMPLETE, row(1, "2024-03-12", "realisee"))
    depot = load("restrictions", MESURES, measure(1))
    take_back(depot)
    assert not Restriction.objects.exists() and Visite.objects.count() == 1
    assert TypeRestriction.objects.filter(libelle="Port de charges limité").exists()
    assert Import.objects.count() == 2
