"""Acts on reports: numbers, delays, names, transitions, versions, double submits, journal."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee
from signalements import actions
from signalements.models import Signalement
from tests.agents.factories import AgentFactory, StructureFactory
from tests.fabriques import compte
from tests.signalements.factories import JOUR, SignalementFactory, delai, qualified

pytestmark = pytest.mark.django_db
D = datetime.date


def faits(**autres):
    return {
        "categorie": "situation",
        "recit": "Le sol est glissant. Une collègue a failli tomber.",
        "danger_immediat": False,
        "gravite": 3,
        "survenu_le": JOUR,
        "survenu_a": datetime.time(7, 50),
        "lieu": "Halle 2",
        "site": None,
        "structure": None,
        "mesures_immediates": "",
    } | autres


def declare(acteur, jeton=None, anonyme=False, jour=JOUR, agents=(), **autres):
    return actions.declare_signalement(
        acteur=acteur,
        jour=jour,
        jeton=jeton or uuid.uuid4(),
        anonyme=anonyme,
        faits=faits(**autres),
        agents=agents,
    )


def test_report_gets_number_title_and_deadline():
    delai(3)
    agent = compte("agent")
    premier, second = declare(agent), declare(agent)
    assert (premier.numero, second.numero) == ("S-2026-0001", "S-2026-0002")
    assert premier.intitule == "Le sol est glissant"
    assert premier.qualifier_avant == D(2026, 11, 27)
    assert premier.declarant == agent
    assert declare(agent, jour=D(2027, 1, 1), survenu_le=D(2026, 12, 31)).numero == "S-2027-0001"
    ligne = LigneJournal.objects.filter(objet_cle=str(premier.pk)).get()
    assert (ligne.acte, ligne.acteur_cle) == ("signalements.declare_signalement", agent.username)


def test_report_without_name_leaves_the_declarer_nowhere():
    delai()
    agent = compte("agent", first_name="Léa", last_name="WASSAUMI")
    signalement = declare(agent, anonyme=True)
    assert signalement.declarant is None
    assert not LigneJournal.objects.exists()
    assert not Signalement.objects.visible_to(agent).exists()


def test_a_name_kept_on_an_anonymous_row_is_refused_by_the_database():
    with pytest.raises(IntegrityError):
        SignalementFactory.create(anonyme=True, declarant=compte("agent"))


def test_same_form_sent_twice_makes_one_report():
    delai()
    agent, jeton = compte("agent"), uuid.uuid4()
    assert declare(agent, jeton) == declare(agent, jeton)
    assert Signalement.objects.count() == LigneJournal.objects.count() == 1


def test_same_form_with_another_text_makes_another_report():
    delai()
    agent, jeton = compte("agent"), uuid.uuid4()
    premier, second = declare(agent, jeton), declare(agent, jeton, recit="Autre chose.")
    assert premier != second
    assert premier.jeton != second.jeton


def test_concerned_agents_are_kept():
    delai()
    agent = AgentFactory.create()
    assert list(declare(compte("encadrant"), agents=[agent]).agents.all()) == [agent]


def qualification(**autres):
    return {
        "intitule": "Sol glissant halle 2",
        "categorie": "situation",
        "structure": StructureFactory.create(),
        "site": None,
        "gravite": 3,
        "probabilite": 3,
        "pilote": compte("preventeur"),
    } | autres


def test_a_report_goes_through_its_whole_life():
    preventeur = compte("preventeur")
    s = SignalementFactory.create()
    s = actions.qualify_signalement(acteur=preventeur, pk=s.pk, version=1, jour=JOUR, faits=qualification())
    assert (s.etat, s.qualifie_le, s.gravite * s.probabilite) == ("qualifie", JOUR, 9)
    s = actions.start_signalement(acteur=preventeur, pk=s.pk, version=2, jour=JOUR)
    s = actions.record_mesures(acteur=preventeur, pk=s.pk, version=3, jour=JOUR, mesures="Caillebotis.")
    assert (s.etat, s.mesures, s.mesures_le) == ("mesures_prises", "Caillebotis.", JOUR)
    s = actions.close_signalement(
        acteur=preventeur, pk=s.pk, version=4, jour=JOUR, conclusion="Plus de chute."
    )
    assert (s.etat, s.clos_le, s.conclusion, s.version) == ("clos", JOUR, "Plus de chute.", 5)
    actes = LigneJournal.objects.order_by("pk").values_list("acte", flat=True)
    assert [a.partition(".")[2] for a in actes] == [
        "qualify_signalement",
        "start_signalement",
        "record_mesures",
        "close_signalement",
    ]


def test_measures_without_effect_are_treated_again():
    s = qualified(etat="mesures_prises", mesures="Cônes.", mesures_le=JOUR)
    s = actions.start_signalement(acteur=compte("preventeur"), pk=s.pk, version=1, jour=JOUR)
    assert (s.etat, s.mesures, s.mesures_le) == ("en_traitement", "Cônes.", None)


def test_a_qualification_may_be_corrected_and_keeps_its_day():
    s = qualified(qualifie_le=D(2026, 11, 20))
    s = actions.qualify_signalement(
        acteur=compte("chef"), pk=s.pk, version=1, jour=JOUR, faits=qualification(probabilite=1)
    )
    assert (s.etat, s.qualifie_le, s.probabilite) == ("qualifie", D(2026, 11, 20), 1)


def test_rejection_keeps_its_reason():
    s = SignalementFactory.create()
    s = actions.reject_signalement(
        acteur=compte("chef"), pk=s.pk, version=1, jour=JOUR, raison="Déjà signalé."
    )
    assert (s.etat, s.conclusion, s.clos_le) == ("rejete", "Déjà signalé.", JOUR)


@pytest.mark.parametrize("texte", ["", "   "])
def test_no_closing_without_conclusion(texte):
    s = qualified(etat="mesures_prises")
    with pytest.raises((ValidationError, IntegrityError)):
        actions.close_signalement(
            acteur=compte("chef"), pk=s.pk, version=1, jour=JOUR, conclusion=texte.strip()
        )


def test_closed_report_does_not_move():
    s = qualified(etat="clos", clos_le=JOUR, conclusion="Vu.")
    with pytest.raises(TransitionRefusee, match="définitif"):
        actions.start_signalement(acteur=compte("chef"), pk=s.pk, version=1, jour=JOUR)
    assert not LigneJournal.objects.exists()


def test_second_click_is_told_that_it_is_done_already():
    s = qualified()
    chef = compte("chef")
    actions.start_signalement(acteur=chef, pk=s.pk, version=1, jour=JOUR)
    with pytest.raises(TransitionRefusee, match="déjà dans l’état « En traitement »"):
        actions.start_signalement(acteur=chef, pk=s.pk, version=1, jour=JOUR)


def test_loser_of_two_editors_writes_nothing():
    s, chef = SignalementFactory.create(), compte("chef")
    actions.qualify_signalement(acteur=chef, pk=s.pk, version=1, jour=JOUR, faits=qualification())
    with pytest.raises(VersionPerimee):
        actions.qualify_signalement(
            acteur=chef, pk=s.pk, version=1, jour=JOUR, faits=qualification(intitule="Autre")
        )
    s.refresh_from_db()
    assert (s.intitule, s.version) == ("Sol glissant halle 2", 2)


def test_agents_are_linked_once_and_unlinked():
    s, chef, agent = SignalementFactory.create(), compte("chef"), AgentFactory.create()
    assert actions.link_agent(acteur=chef, signalement=s, agent=agent)
    assert not actions.link_agent(acteur=chef, signalement=s, agent=agent)
    assert actions.unlink_agent(acteur=chef, signalement=s, agent=agent)
    assert not actions.unlink_agent(acteur=chef, signalement=s, agent=agent)
    assert set(LigneJournal.objects.values_list("agent_cle", flat=True)) == {str(agent.pk)}
    assert LigneJournal.objects.count() == 2


def test_who_declared_a_report_does_not_reject_it():
    declarant = compte("coordinateur")
    s = SignalementFactory.create(declarant=declarant)
    with pytest.raises(TransitionRefusee, match="une autre personne doit décider"):
        actions.reject_signalement(acteur=declarant, pk=s.pk, version=1, jour=JOUR, raison="Sans objet.")
    rejete = actions.reject_signalement(
        acteur=compte("chef"), pk=s.pk, version=1, jour=JOUR, raison="Sans objet."
    )
    assert rejete.etat == "rejete"
