"""Two files become one: careers, positions and contracts that cannot stand together."""

import datetime

import pytest

from agents.models import Carriere, Contrat, PositionAdministrative
from tests.agents import factories as a
from tests.agents.fusions import house, merge, undo

pytestmark = pytest.mark.django_db
D = datetime.date


def periods(modele):
    return list(modele.objects.order_by("date_debut").values_list("agent", "date_debut", "date_fin"))


@pytest.mark.parametrize(
    ("fabrique", "modele"), [(a.CarriereFactory, Carriere), (a.PositionFactory, PositionAdministrative)]
)
def test_the_file_that_stays_keeps_its_days(fabrique, modele):
    garde, fondu = (a.AgentFactory(nom="Wamo", prenom="Béa", nom_cle="wamo bea") for _ in range(2))
    fabrique(agent=garde, date_debut=D(2015, 1, 1), date_fin=D(2019, 12, 31))
    fabrique(agent=fondu, date_debut=D(2010, 1, 1))
    fabrique(agent=fondu, date_debut=D(2009, 1, 1), date_fin=D(2009, 6, 30))
    avant = house()
    alias = merge(garde, fondu)
    assert periods(modele) == [
        (garde.pk, D(2009, 1, 1), D(2009, 6, 30)),
        (garde.pk, D(2010, 1, 1), D(2014, 12, 31)),
        (garde.pk, D(2015, 1, 1), D(2019, 12, 31)),
        (garde.pk, D(2020, 1, 1), None),
    ]
    undo(alias)
    assert house() == avant


def test_the_same_contract_stays_once():
    garde, fondu = (a.AgentFactory(nom="Wamo", prenom="Béa", nom_cle="wamo bea") for _ in range(2))
    for agent in (garde, fondu):
        a.ContratFactory(agent=agent)
    autre = a.ContratFactory(agent=fondu, nature="cdd", date_debut=D(2009, 1, 1), date_fin=D(2009, 6, 30))
    merge(garde, fondu)
    assert Contrat.objects.filter(agent=garde).count() == Contrat.objects.count() == 2
    assert Contrat.objects.filter(pk=autre.pk, agent=garde).exists()
