"""Facts of a period: what counts, what does not, where it is cut."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.enums import FamilleAbsence
from nouvea_sst.lib.dates import Periode
from reporting.indicateurs.calcul import compute_all
from reporting.indicateurs.collecte import collect
from reporting.indicateurs.courbes import accidents_by_month, rolling_tf1
from signalements.enums import EtatAction, EtatSignalement, NatureAccident
from tests.reporting import factories as f
from visites.enums import EtatVisite, RegleEcheance

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
PERIODE = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30))


def day(texte):
    return datetime.date.fromisoformat(texte)


def test_headcount_leaves_out_the_gone_the_coming_and_the_elected():
    f.AgentFactory()
    f.AgentFactory(date_depart=PERIODE.fin)
    f.AgentFactory(date_embauche=None)
    f.AgentFactory(date_depart=day("2026-06-29"))
    f.AgentFactory(date_embauche=day("2026-07-01"))
    f.AgentFactory(est_elu=True)
    faits = collect(PERIODE, JOUR)
    assert faits.actuel.effectif == 3
    assert faits.avant.effectif == 4


def test_accidents_count_by_leave_and_nature_relapses_and_diseases_apart():
    avec = f.AccidentFactory()
    avec.absences.add(
        f.AbsenceFactory(agent=avec.agent, date_debut=day("2026-03-10"), date_fin=day("2026-03-12"))
    )
    f.AccidentFactory(jours_saisis=4)
    sans = f.AccidentFactory()
    sans.absences.add(f.AbsenceFactory(agent=sans.agent, date_debut=sans.date, date_fin=sans.date))
    f.AccidentFactory(benin=True)
    f.AccidentFactory(nature=NatureAccident.TRAJET, jours_saisis=9)
    f.AccidentFactory(nature=NatureAccident.MALADIE_PRO, jours_saisis=9)
    f.AccidentFactory(agent=avec.agent, rechute_de=avec, date=day("2026-05-01"), jours_saisis=2)
    f.AccidentFactory(date=day("2025-06-30"), jours_saisis=1)
    f.AccidentFactory(date=day("2026-07-01"), jours_saisis=1)
    collecte = collect(PERIODE, JOUR)
    actuel = collecte.actuel
    assert (actuel.at_avec, actuel.at_sans, actuel.benins, actuel.trajet) == (2, 2, 1, 1)
    assert actuel.at_declares == 3
    assert actuel.jours_perdus == 2 + 4 + 2, "the day of the accident is not lost, those of a relapse are"
    assert collecte.avant.at_avec == 1


def test_lost_days_are_split_at_the_bounds_of_the_period():
    accident = f.AccidentFactory(date=day("2025-12-20"))
    accident.absences.add(
        f.AbsenceFactory(agent=accident.agent, date_debut=day("2025-12-20"), date_fin=day("2026-01-10"))
    )
    f.AccidentFactory(date=day("2026-06-28"), jours_saisis=10)
    collecte = collect(PERIODE, JOUR)
    assert collecte.actuel.jours_perdus == 10 + 2
    assert collecte.avant.jours_perdus == 0


def test_absence_days_by_family_cut_at_the_bounds_half_days_as_halves():
    maladie = f.TypeAbsenceFactory()
    enfant = f.TypeAbsenceFactory(famille=FamilleAbsence.ENFANT)
    f.AbsenceFactory(type=maladie, date_debut=day("2025-12-25"), date_fin=day("2026-01-04"))
    f.AbsenceFactory(
        type=maladie,
        date_debut=day("2026-02-27"),
        date_fin=day("2026-03-01"),
        debut_apres_midi=True,
        fin_matin=True,
    )
    f.AbsenceFactory(type=enfant, date_debut=day("2026-06-30"), date_fin=day("2026-07-02"), fin_matin=True)
    f.AbsenceFactory(
        agent=f.AgentFactory(est_elu=True), date_debut=day("2026-02-01"), date_fin=day("2026-02-20")
    )
    f.AbsenceFactory(type=maladie, date_debut=day("2025-06-30"), date_fin=day("2025-07-30"))
    collecte = collect(PERIODE, JOUR)
    assert collecte.actuel.jours_absence == {FamilleAbsence.MALADIE: 4 + 2, FamilleAbsence.ENFANT: 1}
    assert collecte.avant.jours_absence[FamilleAbsence.MALADIE] == 1


def test_rates_of_the_period_and_of_the_year_before():
    f.make_hours(2025, 2026)
    f.AccidentFactory(jours_saisis=4)
    figures = compute_all(collect(PERIODE, JOUR))
    assert figures["tf1"].actuel.valeur == Decimal(1_000_000) / 1_200_000
    assert figures["tf1"].avant.valeur == 0
    assert figures["tf1"].mieux is False


def test_missing_hours_are_said_not_guessed():
    f.make_hours(2025, 2026)
    f.HeuresTravaillees.objects.filter(annee=2026, mois=5).delete()
    figures = compute_all(collect(PERIODE, JOUR))
    assert figures["tf1"].actuel.valeur is None
    assert figures["tf1"].actuel.raison == "heures de mai 2026 non saisies"
    assert figures["tf1"].avant.valeur == 0


def test_hours_of_a_structure_are_not_those_of_the_city():
    f.HeuresFactory(annee=2026, mois=1, structure=f.StructureFactory())
    assert (2026, 1) in collect(PERIODE, JOUR).actuel.heures.mois_manquants


def test_visits_held_and_missed_and_due_dates_of_this_day():
    f.VisiteFactory(realisee=True)
    f.VisiteFactory(etat=EtatVisite.ABSENT)
    f.VisiteFactory()
    f.VisiteFactory(realisee=True, date=day("2025-03-10"))
    f.SuiviFactory(echeance=JOUR)
    f.SuiviFactory(echeance=JOUR - datetime.timedelta(days=1))
    f.SuiviFactory(echeance=day("2027-01-01"), derniere_visite=None)
    f.SuiviFactory(echeance=None, regle=RegleEcheance.EXCLU)
    collecte = collect(PERIODE, JOUR)
    assert (collecte.actuel.visites_realisees, collecte.actuel.visites_manquees) == (1, 1)
    assert collecte.avant.visites_realisees == 1
    situation = collecte.situation
    assert (situation.suivis, situation.a_jour, situation.en_retard, situation.jamais_vus) == (3, 2, 1, 1)
    a_jour = compute_all(collecte)["visites_a_jour"]
    assert (a_jour.actuel.numerateur, a_jour.actuel.denominateur) == (2, 3)
    assert a_jour.avant.valeur is None


def test_actions_and_reports_of_the_period_and_what_waits_today():
    due = day("2026-03-31")
    f.ActionFactory()
    f.ActionFactory(echeance=JOUR - datetime.timedelta(days=1))
    f.ActionFactory(echeance=due, etat=EtatAction.FAITE, faite_le=due, preuve="Vue sur place")
    f.ActionFactory(echeance=due, etat=EtatAction.FAITE, faite_le=day("2026-04-01"), preuve="Vue sur place")
    f.ActionFactory(echeance=due, etat=EtatAction.ABANDONNEE, faite_le=due, preuve="Remplacée")
    f.ActionFactory(echeance=PERIODE.fin, etat=EtatAction.EN_COURS)
    f.SignalementFactory()
    f.SignalementFactory(qualifier_avant=JOUR)
    f.SignalementFactory(
        survenu_le=day("2025-03-10"),
        etat=EtatSignalement.REJETE,
        clos_le=day("2025-03-12"),
        conclusion="Sans objet",
    )
    collecte = collect(PERIODE, JOUR)
    assert (collecte.actuel.actions_dues, collecte.actuel.actions_a_temps) == (3, 1)
    assert (collecte.situation.actions_ouvertes, collecte.situation.actions_en_retard) == (3, 2)
    assert (collecte.actuel.signalements, collecte.avant.signalements) == (2, 1)
    assert collecte.situation.signalements_a_qualifier == 2
    assert collecte.situation.signalements_en_retard == 1


def test_months_are_those_of_the_period_cut_at_its_bounds():
    for jour in ("2026-03-10", "2026-03-16", "2026-04-02", "2025-03-15", "2025-03-17"):
        f.AccidentFactory(date=day(jour), jours_saisis=1)
    periode = Periode(day("2026-03-01"), day("2026-04-15"))
    lignes = accidents_by_month(collect(periode, JOUR))
    assert lignes.mois == [(2026, 3), (2026, 4)]
    assert (lignes.actuel, lignes.avant) == ([2, 1], [2, 0])


def test_curve_begins_with_the_first_year_whose_hours_are_known():
    f.make_hours(2024, 2026)
    annees = [fenetre.fin.year for fenetre, _ in rolling_tf1(collect(PERIODE, JOUR), 6)]
    assert annees == [2025, 2026], "the twelve months to June 2024 lack those of 2023"


def test_gathering_costs_the_same_for_few_and_many_rows():
    def cost():
        with CaptureQueriesContext(connection) as sql:
            collect(PERIODE, JOUR)
        return len(sql)

    f.AccidentFactory(jours_saisis=3)
    premier = cost()
    for accident in f.AccidentFactory.create_batch(30, jours_saisis=None):
        absence = f.AbsenceFactory(agent=accident.agent, date_debut=accident.date, date_fin=day("2026-04-01"))
        accident.absences.add(absence)
    f.SuiviFactory.create_batch(30)
    assert cost() == premier
    assert premier <= 11
