"""Pages of accidents, role by role."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nouvea_sst.comptes.models import LigneJournal
from signalements.models import Accident
from signalements.rules.jours import JOURS_MAX
from tests.agents.factories import AbsenceFactory, AgentFactory, ResponsabiliteFactory
from tests.signalements.factories import (
    AccidentFactory,
    ActionFactory,
    SignalementFactory,
    arret,
    type_absence,
)

pytestmark = pytest.mark.django_db
D = datetime.date


def path(nom, *args):
    return reverse(f"signalements:{nom}", args=args)


@pytest.mark.parametrize(
    "role, statut, dates",
    [
        ("coordinateur", 200, True),
        ("chef", 200, True),
        ("medecin", 200, True),
        ("infirmier", 200, True),
        ("rh", 200, True),
        ("preventeur", 200, False),
        ("psychologue", 403, False),
        ("chct", 403, False),
        ("administrateur", 403, False),
    ],
)
def test_who_sees_accidents_and_the_dates_of_absences(client_de, role, statut, dates):
    accident = AccidentFactory.create()
    arret(accident, 1, 5)
    client = client_de(role)
    assert client.get(path("accidents")).status_code == statut
    reponse = client.get(path("accident", accident.pk))
    assert reponse.status_code == statut
    assert ("du 16/10/2026 au 20/10/2026" in reponse.content.decode()) is dates
    if statut == 200:
        assert "5 jours" in reponse.content.decode()


@pytest.mark.parametrize("role", ["encadrant", "agent"])
def test_scope_is_ones_agents_or_oneself(client_de, role):
    client = client_de(role)
    agent = AgentFactory.create(compte=client.compte if role == "agent" else None)
    if role == "encadrant":
        ResponsabiliteFactory.create(compte=client.compte, structure=agent.structure)
    sien, autre = AccidentFactory.create(agent=agent), AccidentFactory.create()
    assert client.get(path("accident", sien.pk)).status_code == 200
    assert client.get(path("accident", autre.pk)).status_code == 404
    assert client.get(path("accidents")).context["total"] == 1
    assert sien.numero in client.get(path("accidents_agent", agent.pk)).content.decode()
    assert client.get(path("accidents_agent", autre.agent.pk)).status_code == 404
    assert client.get(path("modifier_accident", sien.pk)).status_code == 403


def test_reading_an_accident_leaves_a_line_about_the_agent(client_de):
    accident = AccidentFactory.create()
    client_de("medecin").get(path("accident", accident.pk))
    ligne = LigneJournal.objects.get()
    assert (ligne.acte, ligne.agent_cle) == ("signalements.accident", str(accident.agent.pk))


def saisie(**autres):
    return {
        "nature": "service",
        "date": "2026-10-15",
        "heure": "10:20",
        "declare_le": "2026-10-15",
        "lieu": "Atelier",
        "circonstances": "En descendant du camion.",
    } | autres


def absence(agent, debut, fin, famille="accident"):
    return AbsenceFactory.create(agent=agent, type=type_absence(famille), date_debut=debut, date_fin=fin)


def test_an_accident_is_opened_from_a_report(client_de):
    client = client_de("coordinateur")
    agent = AgentFactory.create()
    signalement = SignalementFactory.create(survenu_le=D(2026, 10, 15), lieu="Halle 2")
    signalement.agents.add(agent)
    suite = f"?signalement={signalement.pk}"
    assert str(agent) in client.get(path("choisir_agent") + suite).content.decode()
    adresse = path("ajouter_accident", agent.pk) + suite
    assert "Halle 2" in client.get(adresse).content.decode()
    client.post(adresse, saisie())
    assert Accident.objects.get().signalement == signalement


@pytest.mark.parametrize("role", ["coordinateur", "preventeur"])
def test_absences_that_follow_are_linked_at_entry(client_de, role):
    agent = AgentFactory.create()
    suivis = [
        absence(agent, D(2026, 10, 16), D(2026, 10, 20)),
        absence(agent, D(2026, 10, 21), D(2026, 10, 25)),
    ]
    absence(agent, D(2026, 11, 10), D(2026, 11, 12))
    absence(agent, D(2026, 10, 26), D(2026, 10, 28), "maladie")
    client = client_de(role)
    page = client.get(path("ajouter_accident", agent.pk)).content.decode()
    assert ("du 16/10/2026" in page) is (role == "coordinateur")
    client.post(path("ajouter_accident", agent.pk), saisie(rattacher="on"))
    accident = Accident.objects.get()
    assert set(accident.absences.all()) == set(suivis)
    assert accident.jours_perdus == 10


def test_absences_are_chosen_by_hand(client_de):
    agent = AgentFactory.create()
    absence(agent, D(2026, 10, 16), D(2026, 10, 20))
    tardif = absence(agent, D(2026, 11, 10), D(2026, 11, 12))
    client_de("coordinateur").post(
        path("ajouter_accident", agent.pk), saisie(arrets_choisis=[str(tardif.pk)])
    )
    assert list(Accident.objects.get().absences.all()) == [tardif]


def test_correction_keeps_what_one_may_not_see(client_de):
    accident = AccidentFactory.create(date=D(2026, 10, 15))
    lie = arret(accident, 30, 35)
    client_de("preventeur").post(path("modifier_accident", accident.pk), saisie(version="1", lieu="Dépôt"))
    accident.refresh_from_db()
    assert accident.lieu == "Dépôt"
    assert list(accident.absences.all()) == [lie]


@pytest.mark.parametrize(
    "autres, phrase",
    [
        ({"date": "2099-01-01"}, "pas encore venu"),
        ({"declare_le": "2026-10-14"}, "précède l’accident"),
        ({"benin": "on", "jours_saisis": "3"}, "n’est pas bénin"),
        ({"lieu": ""}, "obligatoire"),
        ({"jours_saisis": "-1"}, "supérieure ou égale à 0"),
        ({"jours_saisis": "3651"}, "3\u202f650 jours au plus"),
        ({"benin": "on", "jours_saisis": "2000000000"}, "3\u202f650 jours au plus"),
        ({"nature": "service", "date": "2026-09-01", "declare_le": ""}, "déjà saisi à cette date"),
    ],
)
def test_entry_errors(client_de, autres, phrase):
    agent = AgentFactory.create()
    AccidentFactory.create(agent=agent, date=D(2026, 9, 1))
    page = client_de("coordinateur").post(path("ajouter_accident", agent.pk), saisie(**autres))
    assert page.status_code == 200
    assert phrase in page.content.decode()
    assert Accident.objects.count() == 1


def test_a_relapse_comes_after_its_accident(client_de):
    premier = AccidentFactory.create(date=D(2026, 10, 16))
    client = client_de("coordinateur")
    adresse = path("ajouter_accident", premier.agent.pk)
    page = client.post(adresse, saisie(rechute_de=str(premier.pk))).content.decode()
    assert "n’est pas antérieur" in page
    client.post(adresse, saisie(rechute_de=str(premier.pk), date="2026-10-17", declare_le=""))
    assert Accident.objects.filter(rechute_de=premier).exists()


def test_double_submit_makes_one(client_de):
    agent = AgentFactory.create()
    client = client_de("coordinateur")
    jeton = client.get(path("ajouter_accident", agent.pk)).context["form"].initial["jeton"]
    adresses = {
        client.post(path("ajouter_accident", agent.pk), saisie(jeton=str(jeton)))["Location"]
        for _ in range(2)
    }
    assert len(adresses) == Accident.objects.count() == 1


def test_loser_of_two_editors_sees_both_texts(client_de):
    accident = AccidentFactory.create(date=D(2026, 10, 15), lieu="Lieu enregistré", version=4)
    page = client_de("preventeur").post(
        path("modifier_accident", accident.pk), saisie(version="1", lieu="Lieu du second")
    )
    assert "Lieu enregistré" in page.content.decode()
    assert "Lieu du second" in page.content.decode()


@pytest.mark.parametrize(
    "parametres, attendus",
    [
        ({}, {"avec", "sans", "trajet", "rechute"}),
        ({"vue": "avec_arret"}, {"avec", "trajet", "rechute"}),
        ({"vue": "sans_arret"}, {"sans"}),
        ({"vue": "trajet"}, {"trajet"}),
        ({"nature": "service", "arret": "avec", "rechute": "sans"}, {"avec"}),
        ({"nature": "service", "arret": "avec", "rechute": "seules"}, {"rechute"}),
        ({"du": "15/10/2026", "au": "15/10/2026"}, {"avec"}),
        ({"du": "2026-10-16"}, {"trajet", "rechute"}),
        ({"au": "14/10/2026"}, {"sans"}),
        ({"agent": "fragata"}, {"trajet"}),
    ],
)
def test_views_and_filters(client_de, parametres, attendus):
    avec = AccidentFactory.create(lieu="avec", date=D(2026, 10, 15))
    arret(avec, 1, 3)
    AccidentFactory.create(lieu="sans", date=D(2026, 10, 14))
    fragata = AgentFactory.create(nom="Fragata", prenom="Ana")
    AccidentFactory.create(
        lieu="trajet", date=D(2026, 10, 16), nature="trajet", jours_saisis=2, agent=fragata
    )
    AccidentFactory.create(
        lieu="rechute", date=D(2026, 10, 30), agent=avec.agent, rechute_de=avec, jours_saisis=1
    )
    reponse = client_de("rh").get(path("accidents"), parametres)
    assert {ligne.record.lieu for ligne in reponse.context["table"].rows} == attendus


def test_actions_of_an_accident_are_for_those_who_see_the_plan(client_de):
    accident = AccidentFactory.create()
    ActionFactory.create(accident=accident, intitule="Poser une main courante")
    for role, voit in (("preventeur", True), ("medecin", False)):
        page = client_de(role).get(path("accident", accident.pk)).content.decode()
        assert ("Poser une main courante" in page) is voit


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("sien, statut", [(True, 403), (False, 200)])
def test_ones_own_accident_is_for_another_to_handle(client_de, methode, sien, statut):
    client = client_de("coordinateur")
    agent = AgentFactory.create(compte=client.compte if sien else None)
    accident = AccidentFactory.create(agent=agent)
    corriger = path("modifier_accident", accident.pk)
    assert getattr(client, methode)(path("ajouter_accident", agent.pk)).status_code == statut
    assert getattr(client, methode)(corriger).status_code == statut


@pytest.mark.parametrize("sien", [True, False])
def test_ones_own_accident_shows_no_way_to_correct_it(client_de, sien):
    client = client_de("coordinateur")
    accident = AccidentFactory.create(agent=AgentFactory.create(compte=client.compte if sien else None))
    page = client.get(path("accident", accident.pk)).content.decode()
    onglet = client.get(path("accidents_agent", accident.agent_id)).content.decode()
    assert (path("modifier_accident", accident.pk) in page) is not sien
    assert (path("ajouter_accident", accident.agent_id) in onglet) is not sien


@pytest.mark.parametrize("requete", ["?q=%00", "?q=ka%00l", "?signalement=²", "?signalement=%00"])
def test_odd_characters_in_the_address_find_nobody(client_de, requete):
    client = client_de("coordinateur")
    assert client.get(path("choisir_agent") + requete).status_code == 200
    assert client.get(path("ajouter_action") + requete).status_code == 200


def test_days_to_come_are_told_apart_from_days_lost(client_de, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: D(2026, 10, 24))
    accident = AccidentFactory.create(date=D(2026, 10, 15))
    arret(accident, 1, 92)
    page = client_de("chef").get(path("accident", accident.pk)).content.decode()
    assert "92 jours prescrits</b>, dont 83 à venir" in page
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: D(2027, 3, 1))
    page = client_de("chef").get(path("accident", accident.pk)).content.decode()
    assert "92 jours</b> d’après" in page
    assert "à venir" not in page


def test_typed_days_never_leave_the_calendar(client_de):
    """The list adds them to the day of the accident: beyond the year 9999 it had no answer."""
    AccidentFactory.create(jours_saisis=JOURS_MAX)
    assert client_de("coordinateur").get(path("accidents")).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        AccidentFactory.create(jours_saisis=JOURS_MAX + 1)
