"""The calculation writes what is due, keeps what a person decided, says why a visit is due no longer."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Absence, ExpositionPoste, TypeExposition
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, PosteFactory
from tests.agents.fusions import merge, undo
from tests.fabriques import compte
from tests.visites.factories import JOUR, DemandeVisiteFactory, VisiteFactory, held
from tests.visites.malades import UN, calculate, ill, motif, reprise, seen_then_ill
from visites.actions import (
    cancel_visite,
    choose_date,
    note_absence,
    plan_visite,
    set_aside_due,
    take_up_due,
)
from visites.models import Motif, RegleVisite, Suivi, VisiteDue
from visites.pourquoi import explain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date


@pytest.fixture
def agent():
    return seen_then_ill()


def effects(bilan):
    return {Motif.objects.get(pk=pk).code: comptes for pk, comptes in bilan.motifs.items()}


def test_several_motives_and_the_nearest_is_the_follow_up_s(agent):
    assert effects(calculate()) == {"periodique": {"creees": 1}, "reprise_maladie": {"creees": 1}}
    du = reprise(agent)
    assert (du.echeance, du.etat, du.fait_le) == (JOUR - 8 * UN, "ouverte", JOUR - 10 * UN)
    suivi = Suivi.objects.get(agent=agent)
    assert (suivi.echeance, suivi.regle, suivi.preuve) == (du.echeance, "reprise", du.preuve)


def test_twice_changes_nothing(agent):
    calculate()
    avant = list(VisiteDue.objects.order_by("pk").values())
    assert effects(calculate()) == {"periodique": {"gardees": 1}, "reprise_maladie": {"gardees": 1}}
    apres = list(VisiteDue.objects.order_by("pk").values())
    for ligne in (*avant, *apres):
        ligne.pop("calculee_le")
    assert avant == apres


def test_leave_that_grows_moves_its_due_and_changes_its_motive(agent):
    calculate()
    cle = reprise(agent).pk
    ill(agent, JOUR - 9 * UN, 60)
    bilan = calculate()
    du = VisiteDue.objects.get(pk=cle)
    assert effects(bilan)["reprise_longue_maladie"] == {"modifiees": 1}
    assert du.motif.code == "reprise_longue_maladie" and du.echeance == JOUR + 52 * UN


def test_visit_held_closes_its_own_due_only(agent):
    calculate()
    cle = reprise(agent).pk
    held(agent=agent, motif=motif("periodique"), date=JOUR - UN)
    calculate()
    assert reprise(agent).etat == "ouverte"
    assert VisiteDue.objects.get(agent=agent, cloture="tenue").famille == "periodique"
    visite = held(agent=agent, motif=motif("reprise_maladie"), date=JOUR)
    calculate()
    du = VisiteDue.objects.get(pk=cle)
    assert (du.etat, du.cloture, du.close_le) == ("close", "tenue", JOUR)
    assert du.preuve["tenue"]["pk"] == visite.pk
    assert effects(calculate()).keys() == {"periodique"}


def test_due_whose_fact_goes_is_closed_and_comes_back_with_it(agent):
    calculate()
    du = reprise(agent)
    garde = Absence.objects.get()
    Absence.objects.all().delete()
    calculate()
    du.refresh_from_db()
    assert (du.etat, du.cloture) == ("close", "sans_objet")
    garde.save(force_insert=True)
    calculate()
    du.refresh_from_db()
    assert (du.etat, du.cloture, du.close_le) == ("ouverte", "", None)


def test_day_of_a_person_comes_back_with_its_occasion(agent):
    calculate()
    choisie = JOUR + 6 * UN
    choose_date(
        acteur=compte(Role.COORDINATEUR),
        due=reprise(agent),
        version=1,
        jour=JOUR,
        choisie=choisie,
        raison_choix="Retour le 30",
    )
    garde = Absence.objects.get()
    Absence.objects.all().delete()
    calculate()
    assert reprise(agent).etat == "close"
    garde.save(force_insert=True)
    calculate()
    assert (reprise(agent).etat, reprise(agent).echeance) == ("ouverte", choisie)
    assert Suivi.objects.get(agent=agent).echeance == choisie


def test_visit_held_for_its_due_does_not_let_it_come_back(agent):
    calculate()
    held(agent=agent, motif=motif("reprise_maladie"), due=reprise(agent), date=JOUR)
    for _ in range(3):
        calculate()
        assert (reprise(agent).etat, reprise(agent).cloture) == ("close", "tenue")


def test_decision_goes_with_a_merge_and_comes_back_with_its_undoing(agent):
    calculate()
    choose_date(
        acteur=compte(Role.COORDINATEUR),
        due=reprise(agent),
        version=1,
        jour=JOUR,
        choisie=JOUR + 6 * UN,
        raison_choix="Retour le 30",
    )
    cle, garde = reprise(agent).pk, AgentFactory(date_embauche=D(2015, 1, 1), statut="C")
    alias = merge(garde, agent)
    calculate()
    assert reprise(garde).choisie == JOUR + 6 * UN
    undo(alias)
    calculate()
    rendue = reprise(agent)
    assert (rendue.pk, rendue.echeance, rendue.raison_choix) == (cle, JOUR + 6 * UN, "Retour le 30")
    assert not VisiteDue.objects.open().filter(agent=garde, famille="reprise").exists()


def test_who_leaves_is_due_nothing(agent):
    calculate()
    agent.date_depart = JOUR - UN
    agent.save()
    calculate()
    assert set(VisiteDue.objects.values_list("etat", "cloture")) == {("close", "exclu")}
    assert Suivi.objects.get(agent=agent).regle == "exclu"


def test_overdue_never_drops_out(agent):
    calculate()
    for annees in (1, 2, 5):
        calculate(D(JOUR.year + annees, 11, 24))
        assert reprise(agent).etat == "ouverte"


def test_date_of_a_person_stays_through_calculations(agent):
    calculate()
    chef = compte(Role.COORDINATEUR)
    choisie = JOUR + 6 * UN
    choose_date(
        acteur=chef, due=reprise(agent), version=1, jour=JOUR, choisie=choisie, raison_choix="Retour le 30"
    )
    ill(agent, JOUR - 9 * UN, 3)
    calculate()
    du = reprise(agent)
    assert (du.echeance, du.choisie, du.calculee) == (choisie, choisie, JOUR - 5 * UN)
    suivi = Suivi.objects.get(agent=agent)
    assert suivi.echeance == choisie and suivi.preuve["choix"]["raison"] == "Retour le 30"
    choose_date(acteur=chef, due=du, version=2, jour=JOUR, choisie=None, raison_choix="")
    assert reprise(agent).echeance == JOUR - 5 * UN
    lignes = LigneJournal.objects.filter(acte="visites.choose_date")
    assert lignes.count() == 2 and not lignes.filter(objet_libelle__contains="Retour").exists()


def test_what_is_put_aside_stays_aside_and_may_be_taken_up(agent):
    calculate()
    chef = compte(Role.COORDINATEUR)
    set_aside_due(acteur=chef, due=reprise(agent), version=1, jour=JOUR, raison="Vu ailleurs")
    assert Suivi.objects.get(agent=agent).regle == "periodique"
    ill(agent, JOUR - 9 * UN, 3)
    assert "reprise_maladie" not in effects(calculate())
    assert reprise(agent).etat == "ecartee"
    take_up_due(acteur=chef, due=reprise(agent), version=2, jour=JOUR)
    calculate()
    assert (reprise(agent).etat, reprise(agent).echeance) == ("ouverte", JOUR - 5 * UN)


@pytest.mark.parametrize(
    "date, raison, champ", [(JOUR - UN, "Pour voir", "choisie"), (JOUR + UN, "  ", "raison_choix")]
)
def test_date_that_makes_no_sense_is_refused(agent, date, raison, champ):
    calculate()
    with pytest.raises(ValidationError) as refus:
        choose_date(
            acteur=compte(Role.COORDINATEUR),
            due=reprise(agent),
            version=1,
            jour=JOUR,
            choisie=date,
            raison_choix=raison,
        )
    assert champ in refus.value.message_dict


def test_nobody_changes_his_own_and_the_loser_of_two_is_told(agent):
    calculate()
    chef = compte(Role.COORDINATEUR)
    with pytest.raises(VersionPerimee):
        set_aside_due(acteur=chef, due=reprise(agent), version=7, jour=JOUR, raison="Non")
    agent.compte = chef
    agent.save()
    with pytest.raises(PermissionDenied):
        set_aside_due(acteur=chef, due=reprise(agent), version=1, jour=JOUR, raison="Non")


def test_missed_visit_is_counted_at_once_and_a_placed_one_knows_its_due(agent):
    calculate()
    chef, medecin = compte(Role.COORDINATEUR), compte(Role.MEDECIN)
    visite = plan_visite(
        acteur=chef,
        jour=JOUR,
        agent=agent,
        motif=motif("reprise_maladie"),
        nature="examen",
        date=JOUR,
        heure=datetime.time(9),
        professionnel=medecin,
    )
    assert visite.due == reprise(agent)
    note_absence(acteur=chef, jour=JOUR, visite=visite, version=1)
    assert (reprise(agent).absences, reprise(agent).priorite) == (1, 10)


def test_request_is_satisfied_by_its_visit():
    demande = DemandeVisiteFactory(agent=AgentFactory(date_embauche=D(2015, 1, 1)))
    calculate()
    assert VisiteDue.objects.get(cle=f"demande:{demande.pk}").motif.code == "demande_agent"
    held(agent=demande.agent, motif=motif("demande_agent"), date=JOUR)
    calculate()
    demande.refresh_from_db()
    assert (demande.etat, demande.traitee_le) == ("satisfaite", JOUR)


def test_new_version_of_a_rule_applies_from_its_day_and_the_old_one_stays_in_the_proof(agent):
    calculate()
    ancienne = RegleVisite.objects.get(declencheur="maladie")
    ancienne.pk, ancienne.date_effet, ancienne.decalage = None, JOUR + 10 * UN, 5
    ancienne.save()
    calculate()
    assert reprise(agent).preuve["version"] == "2000-01-01"
    calculate(JOUR + 10 * UN)
    assert reprise(agent).echeance == JOUR - 5 * UN
    assert reprise(agent).preuve["version"] == f"{JOUR + 10 * UN}"


def test_statements_do_not_grow_with_the_rows():
    def fill(nombre):
        for _ in range(nombre):
            agent = AgentFactory(date_embauche=D(2015, 1, 1))
            ill(agent, JOUR - 49 * UN, 40)
            VisiteFactory(agent=agent, motif=motif("periodique"), etat="absent", date=JOUR - 3 * UN)

    def statements():
        with CaptureQueriesContext(connection) as sql:
            calculate()
        return len(sql)

    fill(3)
    calculate()
    fill(3)
    peu = statements()
    fill(25)
    assert statements() == peu


def test_a_return_visit_cancelled_before_its_day_leaves_every_return_due(agent):
    ill(agent, JOUR - 200 * UN, 40)
    calculate()
    avant = set(VisiteDue.objects.filter(agent=agent, famille="reprise").values_list("cle", "etat"))
    assert {etat for _, etat in avant} == {"ouverte"} and len(avant) == 2
    visite = VisiteFactory(agent=agent, motif=motif("reprise_maladie"), date=JOUR + UN)
    calculate()
    cancel_visite(acteur=compte(Role.COORDINATEUR), visite=visite, version=1, raison="Médecin empêché")
    calculate(JOUR + 2 * UN)
    assert set(VisiteDue.objects.filter(agent=agent, famille="reprise").values_list("cle", "etat")) == avant
    held(agent=agent, motif=motif("reprise_maladie"), date=JOUR + UN)
    calculate(JOUR + 2 * UN)
    assert not VisiteDue.objects.filter(agent=agent, famille="reprise", etat="ouverte").exists()


def test_exposure_of_the_post_asks_for_a_closer_follow_up(agent):
    agent.poste = PosteFactory(categorie_suivi="simple", intitule="Maçon")
    agent.save()
    type = TypeExposition.objects.create(libelle="Amiante", categorie="renforce")
    ExpositionPoste.objects.create(poste=agent.poste, type=type, date_debut=D(2020, 1, 1), date_fin=JOUR)
    calculate()
    du = VisiteDue.objects.get(agent=agent, famille="periodique")
    assert (du.motif.code, du.echeance) == ("suivi_renforce", D(2028, 6, 3))
    assert "exposition : Amiante, poste : Maçon" in str(du.preuve["faits"])
    calculate(JOUR + UN)
    du.refresh_from_db()
    assert (du.motif.code, du.echeance) == ("periodique", D(2029, 6, 3))


def test_first_visit_is_asked_for_from_the_day_that_the_post_exposes(agent):
    neuf = AgentFactory(date_embauche=JOUR - 60 * UN, poste=PosteFactory(categorie_suivi="simple"))
    type = TypeExposition.objects.create(libelle="Amiante", categorie="renforce")
    ExpositionPoste.objects.create(poste=neuf.poste, type=type, date_debut=JOUR)
    calculate()
    du = VisiteDue.objects.get(agent=neuf)
    assert du.echeance == JOUR
    assert "Suivi demandé depuis le" in str(du.preuve["faits"])


def test_what_is_put_aside_comes_back_when_its_leave_changes_its_nature(agent):
    calculate()
    chef = compte(Role.COORDINATEUR)
    set_aside_due(acteur=chef, due=reprise(agent), version=1, jour=JOUR, raison="Vu ailleurs")
    calculate()
    assert reprise(agent).etat == "ecartee"
    ill(agent, JOUR - 9 * UN, 60)
    for _ in range(2):
        calculate()
        du = reprise(agent)
        assert (du.etat, du.cloture, du.motif.code) == ("ouverte", "", "reprise_longue_maladie")
        assert du.preuve["faits"][-1]["libelle"] == "Proposée de nouveau"
    assert effects(calculate())["reprise_longue_maladie"] == {"gardees": 1}


def test_day_of_a_person_is_bound_and_says_when_the_facts_change(agent):
    calculate()
    faits = {"acteur": compte(Role.COORDINATEUR), "jour": JOUR, "raison_choix": "Retour le 30"}
    with pytest.raises(ValidationError, match="plus long intervalle"):
        choose_date(due=reprise(agent), version=1, choisie=D(9999, 12, 31), **faits)
    choose_date(due=reprise(agent), version=1, choisie=JOUR + UN, **faits)
    assert reprise(agent).rappel == ""
    ill(agent, JOUR - 9 * UN, 40)
    calculate()
    propose = reprise(agent).calculee
    assert propose > JOUR + UN and f"{propose:%d/%m/%Y}" in reprise(agent).rappel
    assert "les faits ont changé" in " ".join(explain(reprise(agent))["calcul"])
