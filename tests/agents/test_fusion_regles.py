"""How what cannot stand together is settled when two files become one, and comes back."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from agents.fusion import settle
from agents.models import Affectation
from nouvea_sst.comptes.models import LigneJournal
from tests.agents import factories as a
from tests.agents.fusions import JOUR, house, merge, undo
from tests.signalements import factories as s
from tests.visites import factories as v
from visites.enums import EtatVisite
from visites.models import Visite

pytestmark = pytest.mark.django_db


def periods(agent):
    return list(agent.affectations.order_by("date_debut").values_list("date_debut", "date_fin"))


def test_affectations_leave_each_other_their_days():
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    j = datetime.date
    a.AffectationFactory(agent=garde, date_debut=j(2018, 1, 1), date_fin=j(2018, 12, 31))
    ouverte = a.AffectationFactory(agent=garde, date_debut=j(2022, 1, 1))
    a.AffectationFactory(agent=fondu, date_debut=j(2015, 1, 1), date_fin=j(2020, 12, 31))
    couverte = a.AffectationFactory(agent=fondu, date_debut=j(2023, 1, 1))
    avant = house()
    reglement = settle(garde, fondu)
    assert len(reglement.dits) == 2
    assert "du 01/01/2015 au 31/12/2017 puis du 01/01/2019 au 31/12/2020" in reglement.dits[0]
    alias = merge(garde, fondu)
    assert periods(garde) == [
        (j(2015, 1, 1), j(2017, 12, 31)),
        (j(2018, 1, 1), j(2018, 12, 31)),
        (j(2019, 1, 1), j(2020, 12, 31)),
        (j(2022, 1, 1), None),
    ]
    assert not Affectation.objects.filter(pk=couverte.pk).exists()
    garde.refresh_from_db()
    assert garde.structure_id == ouverte.structure_id
    undo(alias)
    apres = house()
    for label in ("agents.Affectation", "agents.Alias"):
        assert apres[label] == avant[label]


def test_absences_that_are_the_same_stay_once_and_others_stay():
    garde, fondu, genre = a.AgentFactory(), a.AgentFactory(), a.TypeAbsenceFactory()
    memes = [a.AbsenceFactory(agent=agent, type=genre) for agent in (garde, fondu)]
    autre = a.AbsenceFactory(agent=fondu, type=genre, date_fin=JOUR)
    reglement = settle(garde, fondu)
    assert reglement.retires == [memes[1]]
    assert len(reglement.dits) == 2
    avant = house()
    alias = merge(garde, fondu)
    assert set(garde.absences.all()) == {memes[0], autre}
    undo(alias)
    assert house() == avant


def test_absence_that_an_accident_counts_on_stays():
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    accident = s.AccidentFactory(agent=fondu)
    absence = s.arret(accident, 1, 3)
    a.AbsenceFactory(agent=garde, type=absence.type, date_debut=absence.date_debut, date_fin=absence.date_fin)
    merge(garde, fondu)
    assert accident.absences.get() == absence and garde.absences.count() == 2


@pytest.mark.parametrize("placee", ["garde", "fondu"])
def test_of_two_visits_foreseen_the_dated_one_stays(placee):
    agents = {"garde": a.AgentFactory(), "fondu": a.AgentFactory()}
    visites = {
        nom: v.VisiteFactory(
            agent=agent,
            etat=EtatVisite.PLACEE if nom == placee else EtatVisite.A_PLACER,
            date=JOUR if nom == placee else None,
            heure=None,
        )
        for nom, agent in agents.items()
    }
    avant = house()
    alias = merge(**agents)
    etats = {nom: Visite.objects.get(pk=visite.pk) for nom, visite in visites.items()}
    annulee = etats["fondu" if placee == "garde" else "garde"]
    assert etats[placee].etat == EtatVisite.PLACEE
    assert (annulee.etat, annulee.annulee_parce_que) == ("annulee", "Fusion de deux fiches du même agent")
    assert {visite.agent_id for visite in etats.values()} == {agents["garde"].pk}
    ligne = LigneJournal.objects.get(acte="visites.cancel_visite")
    assert (ligne.objet_libelle, ligne.agent_cle) == (f"Visite n° {annulee.pk}", str(agents["garde"].pk))
    undo(alias)
    assert house() == avant


def test_same_accident_in_both_files_forbids():
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    numeros = [s.AccidentFactory(agent=agent).numero for agent in (garde, fondu)]
    with pytest.raises(ValidationError, match=f"{numeros[0]} et {numeros[1]}"):
        merge(garde, fondu)


def test_report_that_names_both_names_one():
    garde, fondu = a.AgentFactory(), a.AgentFactory()
    signalement = s.SignalementFactory()
    signalement.agents.set([garde, fondu])
    avant = house()
    alias = merge(garde, fondu)
    assert list(signalement.agents.all()) == [garde]
    undo(alias)
    assert house() == avant
