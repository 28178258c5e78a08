"""Acts on accidents and their absences; questions about leave and days lost."""

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from signalements import actions
from signalements.actions.accident import ArretRefuse
from signalements.models import Accident
from signalements.querysets import free_absences
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.fabriques import compte
from tests.signalements.factories import AccidentFactory, arret, type_absence

pytestmark = pytest.mark.django_db
D = datetime.date
DATE = D(2026, 10, 15)


def faits(agent, **autres):
    return {
        "agent": agent,
        "nature": "service",
        "date": DATE,
        "lieu": "Atelier",
        "circonstances": "En descendant du camion.",
    } | autres


def absence_of(agent, debut, fin, famille="accident"):
    return AbsenceFactory.create(agent=agent, type=type_absence(famille), date_debut=debut, date_fin=fin)


def create(agent, jeton=None, absences=(), **autres):
    return actions.create_accident(
        acteur=compte("coordinateur"),
        jeton=jeton or uuid.uuid4(),
        faits=faits(agent, **autres),
        absences=absences,
    )


def test_accident_gets_the_number_of_its_year_and_its_absences():
    agent = AgentFactory.create()
    absence = absence_of(agent, D(2026, 10, 16), D(2026, 10, 20))
    accident = create(agent, absences=[absence])
    assert accident.numero == "AT-2026-0001"
    assert accident.jours_perdus == 5
    ligne = LigneJournal.objects.get()
    assert (ligne.acte, ligne.agent_cle) == ("signalements.create_accident", str(agent.pk))


def test_same_form_sent_twice_makes_one_accident():
    agent, jeton = AgentFactory.create(), uuid.uuid4()
    assert create(agent, jeton) == create(agent, jeton)
    assert Accident.objects.count() == 1


def test_second_first_accident_of_the_day_is_refused():
    agent = AgentFactory.create()
    premier = create(agent)
    with pytest.raises(ValidationError, match="déjà saisi à cette date"):
        create(agent)
    assert create(agent, nature="trajet")
    assert create(agent, rechute_de=premier)


@pytest.mark.parametrize(
    "a_lui, debut, fin, famille, refuse",
    [
        (True, D(2026, 10, 15), D(2026, 10, 16), "accident", False),
        (True, D(2026, 10, 16), D(2026, 10, 16), "professionnelle", False),
        (True, D(2026, 10, 16), D(2026, 10, 16), "maladie", True),
        (True, D(2026, 10, 10), D(2026, 10, 15), "accident", True),
        (False, D(2026, 10, 16), D(2026, 10, 20), "accident", True),
    ],
)
def test_only_his_absences_after_the_accident_are_linked(a_lui, debut, fin, famille, refuse):
    agent = AgentFactory.create()
    absence = absence_of(agent if a_lui else AgentFactory.create(), debut, fin, famille)
    if not refuse:
        assert list(create(agent, absences=[absence]).absences.all()) == [absence]
        return
    with pytest.raises(ArretRefuse, match="ne suit pas cet accident"):
        create(agent, absences=[absence])
    assert not Accident.objects.exists()


def test_an_absence_belongs_to_one_accident():
    accident = AccidentFactory.create(date=DATE)
    absence = arret(accident, 1, 5)
    assert list(free_absences(accident.agent)) == []
    assert list(free_absences(accident.agent, accident)) == [absence]
    with pytest.raises(ArretRefuse, match=accident.numero):
        create(accident.agent, date=D(2026, 10, 14), absences=[absence])


def test_correction_checks_the_version_and_names_what_changed():
    accident = AccidentFactory.create(date=DATE)
    absence = arret(accident, 1, 5, lie=False)
    acteur = compte("preventeur")
    suite = {"acteur": acteur, "pk": accident.pk, "faits": {"lieu": "Dépôt"}, "absences": [absence]}
    actions.update_accident(version=1, **suite)
    accident.refresh_from_db()
    assert (accident.lieu, accident.version, accident.jours_perdus) == ("Dépôt", 2, 5)
    assert LigneJournal.objects.get().champs == ["lieu", "absences"]
    with pytest.raises(VersionPerimee):
        actions.update_accident(version=1, **suite)


def test_correction_without_absences_leaves_the_linked_ones():
    accident = AccidentFactory.create(date=DATE)
    absence = arret(accident, 1, 5)
    actions.update_accident(acteur=compte("preventeur"), pk=accident.pk, version=1, faits={"lieu": "Dépôt"})
    assert list(accident.absences.all()) == [absence]


def city():
    """Accidents of every kind, by name."""
    noms = {
        "avec": AccidentFactory.create(date=D(2026, 6, 28)),
        "jour_meme": AccidentFactory.create(date=D(2026, 3, 1)),
        "saisis": AccidentFactory.create(date=D(2026, 6, 20), jours_saisis=12),
        "saisis_et_arret_du_jour": AccidentFactory.create(date=D(2026, 4, 1), jours_saisis=9),
        "zero": AccidentFactory.create(date=D(2026, 5, 1), jours_saisis=0),
        "benin": AccidentFactory.create(date=D(2026, 5, 2), benin=True),
        "trajet": AccidentFactory.create(date=D(2026, 5, 3), nature="trajet"),
    }
    arret(noms["avec"], 1, 5)
    arret(noms["avec"], 3, 12)
    arret(noms["jour_meme"], 0, 0)
    arret(noms["saisis_et_arret_du_jour"], 0, 0)
    arret(noms["trajet"], 1, 4)
    noms["rechute"] = AccidentFactory.create(
        agent=noms["avec"].agent, date=D(2026, 9, 1), rechute_de=noms["avec"]
    )
    arret(noms["rechute"], 1, 3)
    return noms


def names(noms, lignes):
    """Names of these rows, each once."""
    cles = list(lignes.values_list("pk", flat=True))
    assert len(cles) == len(set(cles))
    return {nom for nom, a in noms.items() if a.pk in cles}


def test_with_leave_agrees_with_the_rule():
    noms = city()
    avec = names(noms, Accident.objects.with_leave())
    assert avec == {"avec", "saisis", "trajet", "rechute"}
    assert names(noms, Accident.objects.without_leave()) == set(noms) - avec
    assert avec == {nom for nom, a in noms.items() if a.jours_perdus}


def test_first_accidents_of_service_leave_out_commuting_and_relapses():
    noms = city()
    assert names(noms, Accident.objects.of_service()) == set(noms) - {"trajet", "rechute"}


@pytest.mark.parametrize(
    "debut, fin, jours",
    [
        (D(2026, 1, 1), D(2026, 6, 30), 2 + 10 + 4),
        (D(2026, 7, 1), D(2026, 12, 31), 10 + 2 + 3),
        (D(2026, 1, 1), D(2026, 12, 31), 12 + 12 + 4 + 3),
        (D(2026, 6, 28), D(2026, 6, 28), 1),
        (D(2025, 1, 1), D(2025, 12, 31), 0),
    ],
)
def test_days_lost_of_a_period(debut, fin, jours):
    city()
    assert Accident.objects.days_lost_between(debut, fin) == jours


def test_views_are_counted_in_one_question(django_assert_num_queries):
    city()
    with django_assert_num_queries(1):
        comptes = Accident.objects.count_views()
    assert comptes == {"avec_arret": 4, "sans_arret": 4, "trajet": 1, "tous": 8}


def test_nobody_enters_or_corrects_his_own_accident():
    acteur = compte("coordinateur")
    soi = AgentFactory.create(compte=acteur)
    with pytest.raises(PermissionDenied, match="propre fiche"):
        actions.create_accident(acteur=acteur, jeton=uuid.uuid4(), faits=faits(soi))
    sien, autre = AccidentFactory.create(agent=soi), AccidentFactory.create()
    for accident, changes in ((sien, {"lieu": "Dépôt"}), (autre, {"agent": soi})):
        with pytest.raises(PermissionDenied):
            actions.update_accident(acteur=acteur, pk=accident.pk, version=1, faits=changes)
    actions.update_accident(acteur=compte("chef"), pk=sien.pk, version=1, faits={"lieu": "Dépôt"})
    assert Accident.objects.count() == 2
