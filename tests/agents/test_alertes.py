"""Alerts of absence: raised once, closed by themselves, decided by people, never about oneself."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agents.actions import dismiss_alerte, load_droits_maladie, refresh_alertes, reopen_alerte, treat_alerte
from agents.enums import EtatAlerte, MotifEcart, RegleAlerte
from agents.models import AlerteAbsence
from agents.pourquoi import describe_rising, explain_alerte
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.transitions import TransitionRefusee
from tests.agents.factories import AbsenceFactory, AgentFactory, AlerteFactory, TypeAbsenceFactory
from tests.agents.fusions import merge
from tests.fabriques import compte

pytestmark = pytest.mark.django_db
D = datetime.date
JOUR = D(2026, 11, 24)


@pytest.fixture
def maladie(db):
    load_droits_maladie(acteur=None)
    return TypeAbsenceFactory(compte_droits=True)


RETOUR = D(2026, 12, 20)


def absent(maladie, jours, **champs):
    agent = champs.pop("agent", None) or AgentFactory(statut="F", **champs)
    debut = JOUR - datetime.timedelta(days=jours - 1)
    return AbsenceFactory(agent=agent, type=maladie, date_debut=debut, date_fin=RETOUR)


def refresh(jour=JOUR):
    return str(refresh_alertes(acteur=None, jour=jour))


def kept():
    return sorted(AlerteAbsence.objects.values_list("regle", "seuil", "etat"))


def test_raised_once_whatever_the_nights(maladie):
    absent(maladie, 35)
    assert refresh() == "1 levée, 0 sans suite, 0 inchangée"
    assert refresh(JOUR + datetime.timedelta(days=1)) == "0 levée, 0 sans suite, 1 inchangée"
    assert kept() == [("seuil", 30, "ouverte")]
    assert AlerteAbsence.objects.get().preuve["faits"][1]["valeur"] == "36"


def test_next_threshold_takes_the_place_of_the_last(maladie):
    absent(maladie, 59)
    refresh()
    refresh(JOUR + datetime.timedelta(days=1))
    assert kept() == [("seuil", 30, "caduque"), ("seuil", 60, "ouverte")]


def test_end_of_full_pay_is_told_with_its_day(maladie):
    absent(maladie, 80)
    refresh()
    fin = AlerteAbsence.objects.get(regle=RegleAlerte.FIN_PLEIN)
    assert fin.limite == JOUR + datetime.timedelta(days=10)


def test_end_of_full_pay_is_that_of_the_stop_under_way(maladie):
    """45 days of the year before count against it: full pay ends on 14 November, told from 30 October on."""
    agent = AgentFactory(statut="F")
    for debut, fin in ((D(2025, 10, 1), D(2025, 11, 15)), (D(2026, 10, 1), D(2026, 12, 31))):
        AbsenceFactory(agent=agent, type=maladie, date_debut=debut, date_fin=fin)
    refresh(D(2026, 10, 29))
    assert not AlerteAbsence.objects.filter(regle=RegleAlerte.FIN_PLEIN).exists()
    for jour in (D(2026, 10, 30), D(2026, 11, 14)):
        refresh(jour)
        assert AlerteAbsence.objects.get(regle=RegleAlerte.FIN_PLEIN).limite == D(2026, 11, 14)


def test_end_of_pay_that_has_gone_by_keeps_its_day(maladie):
    """Three days of the year before and 87 of this stop: the ninetieth was 9 November, whenever one looks."""
    agent = AgentFactory(statut="F")
    for debut, fin in ((D(2025, 11, 25), D(2025, 11, 27)), (D(2026, 8, 15), D(2026, 12, 31))):
        AbsenceFactory(agent=agent, type=maladie, date_debut=debut, date_fin=fin)
    for jour in (D(2026, 11, 23), D(2026, 11, 24), D(2026, 12, 8)):
        refresh(jour)
        alerte = AlerteAbsence.objects.get(regle=RegleAlerte.FIN_PLEIN)
        assert alerte.limite == D(2026, 11, 9)
        assert "09/11/2026, passé" in alerte.preuve["calcul"]
        assert "trop tard" in describe_rising(alerte)
    assert 'href="/agents/' in str(explain_alerte(alerte)["faits"])


def test_closes_by_itself_when_the_agent_comes_back_and_opens_again_if_it_was_an_error(maladie):
    absence = absent(maladie, 35)
    refresh()
    absence.date_fin = D(2026, 11, 20)
    absence.save()
    refresh()
    assert kept() == [("seuil", 30, "caduque")]
    absence.date_fin = D(2026, 12, 20)
    absence.save()
    refresh()
    assert kept() == [("seuil", 30, "ouverte")]


def test_what_a_person_set_aside_stays_so_for_that_leave(maladie):
    absence = absent(maladie, 35)
    refresh()
    alerte = AlerteAbsence.objects.get()
    decide(alerte)
    refresh(JOUR + datetime.timedelta(days=2))
    assert kept() == [("seuil", 30, "ecartee")]
    absence.delete()
    refresh()
    assert kept() == [("seuil", 30, "ecartee")]


def decide(alerte, acteur=None, motif=MotifEcart.SANS_OBJET):
    return dismiss_alerte(
        acteur=acteur or compte(),
        pk=alerte.pk,
        version=alerte.version,
        motif=motif,
        commentaire="Vu avec le service",
        maintenant=timezone.now(),
    )


def test_nothing_of_who_left_or_was_elected_nor_of_a_birth(maladie):
    absent(maladie, 35, date_depart=D(2026, 11, 1))
    absent(maladie, 35, est_elu=True)
    absent(TypeAbsenceFactory(famille="maternite"), 95)
    refresh()
    assert kept() == []


def test_four_short_absences_make_one_alert(maladie):
    agent = AgentFactory(statut="F")
    for mois in (2, 4, 6, 8):
        jour = D(2026, mois, 3)
        AbsenceFactory(agent=agent, type=maladie, date_debut=jour, date_fin=jour)
    refresh()
    assert kept() == [("repetees", 0, "ouverte")]


def test_decision_is_taken_back(maladie):
    alerte = decide(AlerteFactory())
    with pytest.raises(TransitionRefusee):
        treat_alerte(acteur=compte(), pk=alerte.pk, version=alerte.version, maintenant=timezone.now())
    rendue = reopen_alerte(acteur=compte(), pk=alerte.pk, version=alerte.version)
    assert (rendue.etat, rendue.motif, rendue.commentaire, rendue.decidee_par) == ("ouverte", "", "", None)


def test_nobody_decides_about_himself(client_de):
    client = client_de("rh")
    alerte = AlerteFactory(agent__compte=client.compte)
    with pytest.raises(PermissionDenied):
        decide(alerte, client.compte)
    assert client.get(reverse("agents:alerte", args=[alerte.pk])).status_code == 200
    assert "Écarter" not in client.get(reverse("agents:alerte", args=[alerte.pk])).content.decode()
    assert client.get(reverse("agents:alerte_ecarter", args=[alerte.pk])).status_code == 403
    assert client.post(reverse("agents:alerte_traiter", args=[alerte.pk]), {"version": 1}).status_code == 403


def test_journal_says_neither_rule_nor_words(client_de):
    alerte = AlerteFactory()
    decide(alerte)
    client_de().get(reverse("agents:alertes"), {"pourquoi": alerte.pk})
    textes = " ".join(f"{ligne.objet_libelle} {ligne.champs}" for ligne in LigneJournal.objects.all())
    assert "Vu avec" not in textes and "longue" not in textes and f"Alerte n° {alerte.pk}" in textes


def test_page_lists_what_is_to_treat_and_explains_it(client_de, jour):
    ouverte, faite = AlerteFactory(), AlerteFactory()
    decide(faite)
    page = client_de("chef").get(reverse("agents:alertes"), {"pourquoi": ouverte.pk}).content.decode()
    assert str(ouverte.agent) in page and str(faite.agent) not in page
    assert "Pourquoi cette alerte" in page and "Recalculer" not in page


def test_dismissing_on_the_page_asks_for_a_reason_and_may_be_taken_back(client_de, jour):
    client, alerte = client_de("coordinateur"), AlerteFactory()
    adresse = reverse("agents:alerte_ecarter", args=[alerte.pk])
    assert client.post(adresse, {"version": 1, "motif": ""}).status_code == 200
    client.post(adresse, {"version": 1, "motif": "sans_objet", "commentaire": ""})
    alerte.refresh_from_db()
    assert (alerte.etat, alerte.est_juste) == (EtatAlerte.ECARTEE, False)
    page = client.get(reverse("agents:alerte", args=[alerte.pk])).content.decode()
    assert "une fausse alerte" in page and "Remettre à traiter" in page
    client.post(reverse("agents:alerte_rouvrir", args=[alerte.pk]), {"version": alerte.version})
    alerte.refresh_from_db()
    assert alerte.etat == EtatAlerte.OUVERTE


def test_each_figure_of_the_precision_is_the_number_of_its_rows(client_de, jour):
    client = client_de("coordinateur")
    for _ in range(2):
        AlerteFactory()
    for motif in (MotifEcart.DEJA_TRAITE, MotifEcart.SANS_OBJET):
        decide(AlerteFactory(), client.compte, motif)
    traitee = AlerteFactory()
    treat_alerte(acteur=client.compte, pk=traitee.pk, version=1, maintenant=timezone.now())
    (ligne,) = client.get(reverse("agents:alertes")).context["precisions"]
    assert [nombre for nombre, _, _ in ligne["nombres"]] == [5, 1, 1, 1, 0, 2]
    assert ligne["taux"].startswith("67")
    for nombre, adresse, _ in ligne["nombres"]:
        assert client.get(adresse).context["total"] == nombre


def test_merge_keeps_the_decided_one_of_two(maladie):
    garde, fondu = AgentFactory(), AgentFactory()
    AlerteFactory(agent=garde)
    decidee = decide(AlerteFactory(agent=fondu))
    AlerteFactory(agent=fondu, seuil=60)
    merge(garde, fondu)
    assert sorted(AlerteAbsence.objects.values_list("agent", "seuil", "etat")) == [
        (garde.pk, 30, "ecartee"),
        (garde.pk, 60, "ouverte"),
    ]
    assert AlerteAbsence.objects.filter(pk=decidee.pk).exists()


def test_calculation_on_demand_is_a_job_that_one_follows(client_de):
    reponse = client_de("rh").post(reverse("agents:alertes_calculer"))
    assert reponse.status_code == 302 and "/travaux/" in reponse["Location"]


def test_alerts_of_many_cost_as_many_questions_as_those_of_few(maladie, django_assert_max_num_queries):
    for _ in range(6):
        absent(maladie, 80)
    with django_assert_max_num_queries(35):
        refresh()
