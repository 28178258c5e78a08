"""Placing, moving, cancelling visits, noting absences."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.models import JourFerie, Parametre
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, MotifFactory, VisiteFactory, held
from visites.actions import cancel_visite, move_visite, note_absence, plan_visite
from visites.models import Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D, T = datetime.date, datetime.time


def plan(**champs):
    arguments = {
        "acteur": None,
        "jour": JOUR,
        "nature": "examen",
        "date": JOUR,
        "heure": T(9, 0),
    } | champs
    arguments.setdefault("agent", None)
    arguments["agent"] = arguments["agent"] or AgentFactory()
    arguments.setdefault("motif", MotifFactory())
    if "professionnel" not in arguments:
        arguments["professionnel"] = compte("medecin")
    arguments["acteur"] = arguments["acteur"] or compte("coordinateur")
    return plan_visite(**arguments)


def refusals(appel, **champs):
    with pytest.raises(ValidationError) as refus, transaction.atomic():
        appel(**champs)
    return refus.value.message_dict if hasattr(refus.value, "error_dict") else refus.value.messages


def test_placed_visit_is_stored_with_one_line():
    visite = plan()
    visite.refresh_from_db()
    assert (visite.etat, visite.date, visite.heure) == ("placee", JOUR, T(9, 0))
    ligne = LigneJournal.objects.get(acte="visites.plan_visite")
    assert ligne.agent_cle == str(visite.agent_id)


def test_holiday_of_the_reference_data_is_refused():
    JourFerie.objects.create(date=D(2026, 12, 24), libelle="Pont")
    assert "chômé" in refusals(plan, date=D(2026, 12, 24))["date"][0]
    assert not Visite.objects.exists()


def test_one_hour_of_a_professional_holds_one_visit():
    medecin = compte("medecin")
    plan(professionnel=medecin)
    assert "09:15" in refusals(plan, professionnel=medecin)["heure"][0]
    assert plan(professionnel=medecin, heure=T(9, 15)) and plan(professionnel=compte("medecin"))


def test_database_itself_refuses_two_visits_in_one_hour():
    visite = VisiteFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisiteFactory(professionnel=visite.professionnel)


def test_second_click_places_nothing_more():
    agent = AgentFactory()
    plan(agent=agent)
    assert "déplacez-la" in refusals(plan, agent=agent, heure=T(10, 0))["motif"][0]
    assert Visite.objects.count() == 1


def test_waiting_visit_of_the_same_motive_is_the_one_placed():
    attente = VisiteFactory(etat="a_placer", date=None, heure=None, professionnel=None)
    assert plan(agent=attente.agent, motif=attente.motif).pk == attente.pk


def test_elected_member_is_refused():
    assert "élu" in str(refusals(plan, agent=AgentFactory(est_elu=True)))


def test_nobody_places_his_own_visit_nor_receives_himself():
    medecin = compte("medecin")
    agent = AgentFactory(compte=medecin)
    assert "sa propre visite" in str(refusals(plan, agent=agent, acteur=medecin))
    assert "sa propre visite" in str(refusals(plan, agent=agent, professionnel=medecin))


def test_horizon_is_the_value_in_force_on_the_day():
    assert "24 mois" in refusals(plan, date=D(2028, 11, 27))["date"][0]
    Parametre.objects.create(
        code="visites.horizon_placement", valeur=6, unite="mois", date_effet=JOUR, fiabilite="usage"
    )
    assert "jusqu’au 24/05/2027" in refusals(plan, date=D(2027, 5, 25))["date"][0]
    Parametre.objects.filter(code="visites.horizon_placement").delete()
    assert "référentiel" in refusals(plan)["date"][0]


def test_absent_agent_is_placed_only_on_purpose():
    absence = AbsenceFactory(date_debut=JOUR, date_fin=D(2026, 12, 4))
    refus = refusals(plan, agent=absence.agent)
    assert list(refus) == ["malgre_absence"] and "04/12/2026" in refus["malgre_absence"][0]
    assert absence.type.libelle.lower() not in str(refus).lower()
    visite = plan(agent=absence.agent, date=D(2026, 12, 7))
    assert "malgre_absence" in refusals(move, visite=visite, date=D(2026, 12, 4))
    assert move(visite, date=D(2026, 12, 4), malgre_absence=True)


def move(visite, **champs):
    arguments = {
        "acteur": compte("coordinateur"),
        "jour": JOUR,
        "visite": visite,
        "version": visite.version,
        "date": D(2026, 11, 26),
        "heure": T(8, 15),
        "professionnel": visite.professionnel,
    } | champs
    return move_visite(**arguments)


def test_moved_visit_changes_version_and_says_which_fields():
    visite = VisiteFactory()
    assert move(visite).version == 2
    assert LigneJournal.objects.get(acte="visites.move_visite").champs == ["date", "heure"]


def test_visit_may_keep_its_own_hour():
    visite = VisiteFactory()
    assert move(visite, date=visite.date, heure=visite.heure)


def test_loser_of_two_editors_changes_nothing():
    visite = VisiteFactory()
    move(visite)
    with pytest.raises(VersionPerimee) as perdu:
        move(visite, date=D(2026, 11, 27))
    assert perdu.value.objet.date == D(2026, 11, 26)
    assert Visite.objects.get().date == D(2026, 11, 26)


@pytest.mark.parametrize(
    "acte",
    [
        lambda v: move(v),
        lambda v: cancel_visite(acteur=compte(), visite=v, version=v.version, raison="Erreur"),
        lambda v: note_absence(acteur=compte(), jour=JOUR, visite=v, version=v.version),
    ],
)
def test_signed_visit_never_changes(acte):
    visite = held()
    with pytest.raises(ValidationError, match="ne change plus"):
        acte(visite)
    visite.refresh_from_db()
    assert visite.etat == "realisee"


def test_cancelled_visit_keeps_its_reason_and_frees_the_hour():
    visite = VisiteFactory()
    cancel_visite(acteur=compte(), visite=visite, version=1, raison="Agent en mission")
    visite.refresh_from_db()
    assert (visite.etat, visite.annulee_parce_que) == ("annulee", "Agent en mission")
    assert plan(agent=visite.agent, motif=visite.motif, professionnel=visite.professionnel)


def test_absence_is_noted_from_the_day_itself():
    visite = VisiteFactory()
    veille = JOUR - datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="attendez"):
        note_absence(acteur=compte(), jour=veille, visite=visite, version=1)
    assert note_absence(acteur=compte(), jour=JOUR, visite=visite, version=1).etat == "absent"


def test_nobody_handles_his_own_file():
    acteur = compte("coordinateur")
    visite = VisiteFactory(agent=AgentFactory(compte=acteur))
    with pytest.raises(ValidationError, match="propre dossier"):
        cancel_visite(acteur=acteur, visite=visite, version=1, raison="x")
