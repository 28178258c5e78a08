"""Leaves of accidents: entry, what belongs to an accident, cumulated days, deletion."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agents.actions import create_absence, delete_absence, load_types_absence, restore_absence, update_absence
from agents.models import Absence, TypeAbsence
from tests.agents.factories import JOUR, AbsenceFactory, AgentFactory
from tests.fabriques import compte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]
D = datetime.date


@pytest.fixture
def agent():
    load_types_absence(acteur=None)
    return AgentFactory()


@pytest.fixture
def rh():
    return compte("rh")


def of_code(code):
    return TypeAbsence.objects.get(code=code)


@pytest.fixture
def accident(agent):
    return AbsenceFactory(
        agent=agent,
        type=of_code(77),
        date_debut=D(2026, 3, 2),
        date_fin=D(2026, 3, 11),
        date_accident=D(2026, 3, 2),
    )


def enter(rh, agent, code, debut, fin, **champs):
    return create_absence(
        acteur=rh,
        agent_id=agent.pk,
        jour=JOUR,
        type=of_code(code),
        date_debut=debut,
        date_fin=fin,
        **champs,
    )


def refused(*args, **champs):
    with pytest.raises(ValidationError) as refus:
        enter(*args, **champs)
    return set(refus.value.message_dict)


def test_a_relapse_is_tied_to_an_accident_of_the_agent(rh, agent, accident):
    jours = (D(2026, 6, 1), D(2026, 6, 5))
    assert refused(rh, agent, 78, *jours) == {"accident"}
    autre = AbsenceFactory(agent=AgentFactory(), type=of_code(77), date_debut=D(2026, 3, 2))
    assert refused(rh, agent, 78, *jours, accident=autre) == {"accident"}
    rechute = enter(rh, agent, 78, *jours, accident=accident)
    assert refused(rh, agent, 78, D(2026, 7, 1), D(2026, 7, 2), accident=rechute) == {"accident"}
    assert list(accident.suites.all()) == [rechute]


def test_a_prolongation_goes_to_the_accident_of_the_leave_before(rh, agent, accident):
    une = enter(rh, agent, 77, D(2026, 3, 12), D(2026, 3, 20), prolongation=True)
    deux = enter(rh, agent, 77, D(2026, 3, 21), D(2026, 3, 22), prolongation=True)
    assert une.accident == deux.accident == accident


def test_an_illness_has_nothing_of_an_accident(rh, agent, accident):
    jours = (D(2026, 6, 1), D(2026, 6, 5))
    assert refused(rh, agent, 81, *jours, sans_arret=True) == {"type"}
    assert refused(rh, agent, 81, *jours, accident=accident) == {"type"}


def test_a_second_accident_of_the_day_is_refused(rh, agent, accident):
    assert refused(rh, agent, 77, D(2026, 6, 1), D(2026, 6, 2), date_accident=D(2026, 3, 2)) == {
        "date_accident"
    }


def test_an_accident_without_leave_takes_no_day(rh, agent):
    sans = enter(rh, agent, 77, D(2026, 11, 23), D(2026, 11, 25), sans_arret=True)
    enter(rh, agent, 81, D(2026, 11, 23), D(2026, 11, 25))
    assert sans.itt == 0
    assert sans not in Absence.objects.overlapping(JOUR, JOUR)
    assert [ligne[0] for ligne in agent.absences.as_maillons()] != [sans.pk]


def test_an_accident_with_a_relapse_is_neither_deleted_nor_made_an_illness(rh, agent, accident):
    enter(rh, agent, 77, D(2026, 3, 12), D(2026, 3, 20), prolongation=True)
    enter(rh, agent, 78, D(2026, 6, 1), D(2026, 6, 5), accident=accident)
    with pytest.raises(ValidationError) as refus:
        delete_absence(acteur=rh, absence_id=accident.pk, version=accident.version)
    assert "la prolongation du 12/03/2026 et la rechute du 01/06/2026" in refus.value.message
    with pytest.raises(ValidationError) as refus:
        update_absence(
            acteur=rh,
            absence_id=accident.pk,
            version=accident.version,
            jour=JOUR,
            type=of_code(81),
            date_debut=accident.date_debut,
            date_fin=accident.date_fin,
        )
    assert set(refus.value.message_dict) == {"type"}


def test_a_relapse_is_not_put_back_without_its_accident(rh, agent, accident):
    rechute = enter(rh, agent, 78, D(2026, 6, 1), D(2026, 6, 5), accident=accident)
    cle = rechute.pk
    delete_absence(acteur=rh, absence_id=cle, version=rechute.version)
    delete_absence(acteur=rh, absence_id=accident.pk, version=accident.version)
    rechute.pk = cle
    with pytest.raises(ValidationError, match="n’est plus là"):
        restore_absence(acteur=rh, objet=rechute)


def cells(client, agent):
    reponse = client.get(reverse("agents:absences", args=[agent.pk]))
    return reponse.content.decode()


def test_days_of_incapacity_add_up_beside_the_accident(client_de, rh, agent, accident):
    enter(rh, agent, 77, D(2026, 3, 12), D(2026, 3, 20), prolongation=True)
    enter(rh, agent, 78, D(2026, 6, 1), D(2026, 6, 5), accident=accident)
    texte = cells(client_de(), agent)
    assert "accident du 02/03/2026, ITT : 23 j, avec 1 prolongation, 1 rechute" in texte
    assert texte.count("de l’accident du 02/03/2026") == 2


def test_who_reads_no_type_reads_nothing_of_it(client_de, agent, accident):
    AbsenceFactory(
        agent=agent, type=of_code(77), date_debut=D(2026, 9, 1), date_fin=D(2026, 9, 1), sans_arret=True
    )
    texte = cells(client_de("medecin"), agent)
    assert "02/03/2026" in texte
    assert "ITT" not in texte and "ccident du" not in texte and "01/09/2026" not in texte
    assert "sans arrêt" in cells(client_de(), agent)


def test_the_form_forgets_what_another_type_hides(client_de, agent, accident):
    adresse = reverse("agents:absence_ajouter", args=[agent.pk])
    saisie = {
        "type": of_code(81).pk,
        "date_debut": "2026-11-02",
        "date_fin": "2026-11-04",
        "accident": accident.pk,
        "sans_arret": "on",
        "date_accident": "2026-11-01",
    }
    client = client_de("rh")
    assert "Accident du 02/03/2026" in client.get(adresse).content.decode()
    assert client.post(adresse, saisie).status_code == 302
    absence = Absence.objects.get(date_debut=D(2026, 11, 2))
    assert (absence.accident, absence.sans_arret, absence.date_accident) == (None, False, None)


def test_the_form_ties_a_relapse(client_de, agent, accident):
    saisie = {"type": of_code(78).pk, "date_debut": "2026-11-02", "date_fin": "2026-11-04"}
    adresse, client = reverse("agents:absence_ajouter", args=[agent.pk]), client_de("rh")
    assert "Une rechute se rattache à un accident" in client.post(adresse, saisie).content.decode()
    assert client.post(adresse, saisie | {"accident": accident.pk}).status_code == 302
    assert Absence.objects.get(date_debut=D(2026, 11, 2)).accident == accident
