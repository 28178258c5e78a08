"""A visit already held keeps serving when its rule takes another motive or is switched off."""

import datetime

import pytest

from tests.agents.factories import AbsenceFactory, AgentFactory, TypeAbsenceFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, held
from tests.visites.test_essais import adopt, tried
from visites.actions import refresh_suivis
from visites.models import Motif, RegleVisite, Suivi, VisiteDue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
UN = datetime.timedelta(days=1)


@pytest.fixture
def chef():
    return compte("chef")


@pytest.fixture
def repris():
    """Forty days ill, seen for it at the return by a visit recorded without a visit due."""
    agent = AgentFactory(statut="F", date_embauche=JOUR - 3000 * UN)
    maladie = TypeAbsenceFactory(code=71, libelle="Type 71")
    AbsenceFactory(agent=agent, type=maladie, date_debut=JOUR - 60 * UN, date_fin=JOUR - 21 * UN)
    held(agent=agent, date=JOUR - 20 * UN, motif=Motif.objects.get(code="reprise_maladie"))
    refresh_suivis(acteur=None, jour=JOUR)
    return agent


@pytest.fixture
def informe():
    """Seen a year ago by a visit of information, which only its motive counts for the follow-up."""
    agent = AgentFactory(statut="C", date_embauche=JOUR - 3000 * UN)
    periodique = Motif.objects.get(code="periodique")
    held(agent=agent, date=JOUR - 365 * UN, motif=periodique, nature="vip")
    refresh_suivis(acteur=None, jour=JOUR)
    return agent


def returns():
    return VisiteDue.objects.open().filter(famille="reprise").count()


def never_seen():
    return VisiteDue.objects.open().filter(regle__declencheur="sans_visite").count()


@pytest.mark.parametrize("motif", ["periodique", "demande_medecin"])
def test_another_motive_of_the_rule_asks_for_no_return_twice(repris, chef, motif):
    champs = {"motif_id": Motif.objects.get(code=motif).pk}
    assert returns() == 0
    assert [m for m in tried("maladie", **champs).mouvements if m.effet == "apparues"] == []
    adopt(chef, "maladie", **champs)
    refresh_suivis(acteur=None, jour=JOUR)
    assert returns() == 0


@pytest.mark.parametrize("champs", [{"active": False}, {"motif": "demande_medecin"}])
def test_whoever_was_seen_stays_seen_when_the_periodic_rule_changes(informe, chef, champs):
    if "motif" in champs:
        champs = {"motif_id": Motif.objects.get(code=champs["motif"]).pk}
    assert never_seen() == 0
    apparues = [m for m in tried("periodique", **champs).mouvements if m.effet == "apparues"]
    assert apparues == []
    adopt(chef, "periodique", **champs)
    refresh_suivis(acteur=None, jour=JOUR)
    assert never_seen() == 0
    assert Suivi.objects.filter(agent=informe).exists()


def test_a_version_that_has_not_begun_gives_its_motive_no_group(chef, informe):
    from_tomorrow = {"motif_id": Motif.objects.get(code="demande_medecin").pk, "date_effet": JOUR + UN}
    adopt(chef, "periodique", **from_tomorrow)
    held(agent=informe, date=JOUR - 2 * UN, motif_id=from_tomorrow["motif_id"], nature="vip")
    refresh_suivis(acteur=None, jour=JOUR)
    [due] = VisiteDue.objects.open().filter(agent=informe, regle__declencheur="periodique")
    assert due.fait_le == JOUR - 365 * UN


def test_a_withdrawn_version_keeps_the_group_of_its_motive(repris):
    en_vigueur = RegleVisite.objects.get(declencheur="maladie")
    suivante = RegleVisite.objects.get(pk=en_vigueur.pk)
    suivante.pk, suivante.date_effet = None, JOUR - UN
    suivante.motif = Motif.objects.get(code="reprise")
    suivante.save()
    RegleVisite.objects.filter(pk=en_vigueur.pk).update(retiree_parce_que="Écrite par erreur")
    refresh_suivis(acteur=None, jour=JOUR)
    assert returns() == 0
