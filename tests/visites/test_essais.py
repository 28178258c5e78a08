"""A rule is tried, then adopted from a date: what the trial announced is what the calculation does."""

import datetime
import random
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from agents.models import Absence, Agent
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AbsenceFactory, AgentFactory, TypeAbsenceFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, VisiteFactory, held
from visites.actions import (
    abandon_essai,
    adopt_essai,
    adopt_regle,
    correct_regle,
    refresh_suivis,
    start_essai,
    withdraw_regle,
)
from visites.enums import EtatDue, EtatEssai
from visites.essais import changed_facts, is_outdated, trial_rule, try_regle
from visites.forms_regles import COLONNES
from visites.models import EssaiRegle, Motif, RegleVisite, Suivi, VisiteDue
from visites.rules.essais import add_up, carry
from visites.tasks import run_essai
from visites.views.essais import wait

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date
DEMAIN = JOUR + datetime.timedelta(days=1)
MALADIE, LONGUE = 71, 76


@pytest.fixture
def chef():
    return compte("chef")


@pytest.fixture
def ville():
    """Forty agents, seen or not, ill for a while or long, some of whom missed a visit: always the same."""
    hasard = random.Random(20261124)  # noqa: S311
    types = [TypeAbsenceFactory(code=code, libelle=f"Type {code}") for code in (MALADIE, LONGUE)]
    motifs = list(Motif.objects.filter(code__in=["periodique", "reprise_maladie"]))
    for _ in range(40):
        agent = AgentFactory(
            statut=hasard.choice("FC"),
            date_embauche=JOUR - datetime.timedelta(days=hasard.randint(10, 4000)),
        )
        if hasard.random() < 0.6:
            vue = JOUR - datetime.timedelta(days=hasard.randint(5, 1500))
            held(agent=agent, date=vue, motif=hasard.choice(motifs))
        if hasard.random() < 0.7:
            debut = JOUR - datetime.timedelta(days=hasard.randint(5, 300))
            fin = debut + datetime.timedelta(days=hasard.choice([10, 20, 35, 60, 88, 89, 90, 120]))
            AbsenceFactory(agent=agent, type=hasard.choice(types), date_debut=debut, date_fin=fin)
        if hasard.random() < 0.2:
            VisiteFactory(
                agent=agent, etat="absent", date=JOUR - datetime.timedelta(days=30), motif=motifs[0]
            )
    refresh_suivis(acteur=None, jour=JOUR)
    assert VisiteDue.objects.open().count() > 40


def columns(declencheur, **champs):
    """The columns of the version in force, some of them otherwise."""
    regle = RegleVisite.objects.in_force(JOUR).get(declencheur=declencheur)
    noms = ["motif_id" if nom == "motif" else nom for nom in COLONNES]
    nouvelles = {"date_effet": JOUR, "source": "Essai", "fiabilite": "hypothese"} | champs
    return {nom: getattr(regle, nom) for nom in noms} | nouvelles


def tried(declencheur, **champs):
    """What the trial of this version announces for everybody."""
    regle, active = trial_rule(declencheur, columns(declencheur, **champs))
    cles = list(Agent.objects.order_by("pk").values_list("pk", flat=True))
    return try_regle(regle=regle, active=active, jour=JOUR, cles=cles)


def series(declencheur):
    return sum(RegleVisite.objects.filter(declencheur=declencheur).values_list("version", flat=True))


def adopt(chef, declencheur, **champs):
    return adopt_regle(
        acteur=chef,
        jour=JOUR,
        declencheur=declencheur,
        version=series(declencheur),
        valeurs=columns(declencheur, **champs),
    )


def dates():
    return dict(VisiteDue.objects.open().values_list("pk", "echeance"))


CAS = [
    ("maladie", {"seuil": 15}),
    ("maladie", {"operateur": "gte", "seuil": 60}),
    ("maladie", {"decalage": 10}),
    ("maladie", {"decalage": -1, "depart": "debut"}),
    ("maladie", {"active": False}),
    ("longue_maladie", {"operateur": "gt"}),
    ("longue_maladie", {"seuil": 60, "decalage": 1, "unite": "mois"}),
    ("longue_maladie", {"types_absence": [LONGUE]}),
    ("nouvel_arrivant", {"seuil": 3}),
    ("nouvel_arrivant", {"active": False}),
    ("periodique", {"active": False}),
    ("periodique", {"priorite": 3}),
    ("relance", {"seuil": 2}),
    ("relance", {"decalage": 45, "priorite": 1}),
    ("prereprise", {"seuil": 30, "recul_mois": None}),
]


@pytest.mark.parametrize("declencheur, champs", CAS)
def test_trial_announces_what_the_calculation_then_does(ville, chef, declencheur, champs):
    """Property: appear, disappear, move on one side; created, closed, changed and the dates on the other."""
    bilan, avant = tried(declencheur, **champs), dates()
    totaux = add_up(bilan.mouvements, JOUR)
    adopt(chef, declencheur, **champs)
    effets = refresh_suivis(acteur=None, jour=JOUR).motifs
    apres = dates()

    def done(effet):
        return sum(comptes.get(effet, 0) for comptes in effets.values())

    assert totaux.total("apparues") == done("creees") == len(apres.keys() - avant.keys())
    assert totaux.total("disparues") == done("closes") == len(avant.keys() - apres.keys())
    deplacees = totaux.total("avancees") + totaux.total("reculees")
    assert deplacees == sum(avant[pk] != apres[pk] for pk in avant.keys() & apres.keys())
    assert deplacees + totaux.total("autrement") == done("modifiees")
    mois = {m: n for m, *n in totaux.months(JOUR)}
    for cote, jours in enumerate((avant, apres)):
        assert totaux.dues(cote) == len(jours)
        assert totaux.late(cote) == sum(j is not None and j < JOUR for j in jours.values())
        assert mois["2026-12"][cote] == sum(f"{j:%Y-%m}" == "2026-12" for j in jours.values() if j)


def test_the_cases_move_something(ville):
    """The net itself: nothing would be proven by trials that change nothing."""
    vus = {m.effet for declencheur, champs in CAS for m in tried(declencheur, **champs).mouvements}
    assert vus == {"apparues", "disparues", "avancees", "reculees", "autrement", "inchangees"}


def content():
    """Every row of the tables that a calculation writes."""
    with connection.cursor() as curseur:
        lus = []
        for modele in (VisiteDue, Suivi, RegleVisite):
            table = connection.ops.quote_name(modele._meta.db_table)
            curseur.execute(f"SELECT t::text FROM {table} t ORDER BY id")  # noqa: S608
            lus += curseur.fetchall()
        return lus


def start(chef, declencheur="maladie", **champs):
    return start_essai(
        acteur=chef,
        jour=JOUR,
        declencheur=declencheur,
        version=series(declencheur),
        valeurs=columns(declencheur, **({"seuil": 15, "date_effet": DEMAIN} | champs)),
    )


def test_a_trial_writes_nothing_on_visits(ville, chef):
    avant = content()
    essai = start(chef)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    assert content() == avant
    essai.refresh_from_db()
    assert essai.etat == EtatEssai.PRET and "apparues" in {m[2] for m in essai.resultat["mouvements"]}
    essai.travail.refresh_from_db()
    assert essai.travail.etat == "termine"
    assert essai.travail.adresse_resultat == f"/visites/regles/essais/{essai.pk}/"
    assert LigneJournal.objects.filter(acte="visites.start_essai").count() == 1


def test_a_trial_run_twice_keeps_its_first_result_and_an_abandoned_one_none(ville, chef):
    essai = start(chef)
    abandon_essai(acteur=chef, pk=essai.pk, version=1)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    essai.refresh_from_db()
    assert (essai.etat, essai.resultat) == (EtatEssai.ABANDONNE, {})
    with pytest.raises(ValidationError, match="clos"):
        abandon_essai(acteur=chef, pk=essai.pk, version=2)


def test_a_trial_that_fails_says_so(ville, chef):
    essai = start(chef)
    RegleVisite.objects.filter(declencheur="periodique").update(date_effet=D(2050, 1, 1))
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    essai.refresh_from_db()
    essai.travail.refresh_from_db()
    assert (essai.etat, essai.travail.etat) == (EtatEssai.ECHEC, "echec")
    assert "Suivi simple" in essai.travail.message


def test_only_the_agents_whom_the_author_sees_are_counted(ville, chef):
    essai = start(chef)
    with mock.patch.object(Utilisateur, "portee", Portee.AUCUNE):
        run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    essai.refresh_from_db()
    assert essai.resultat["agents"] == 0 and essai.resultat["mouvements"] == []


def test_adopted_from_a_later_day_it_changes_nothing_today_and_everything_on_that_day(ville, chef):
    essai = start(chef)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    avant = dates()
    adopte = adopt_essai(acteur=chef, jour=JOUR, pk=essai.pk, version=1, serie=series("maladie"))
    assert adopte.etat == EtatEssai.ADOPTE and adopte.adoptee.seuil == 15
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'visites.refresh_suivis'")
        assert curseur.fetchone() == (0,)
    refresh_suivis(acteur=None, jour=JOUR)
    assert dates() == avant and not VisiteDue.objects.filter(regle=adopte.adoptee).exists()
    refresh_suivis(acteur=None, jour=DEMAIN)
    neuves = VisiteDue.objects.open().filter(regle__declencheur="maladie")
    assert neuves.exists() and {due.regle for due in neuves} == {adopte.adoptee}


def test_adopted_from_today_the_calculation_follows_at_once(chef):
    adopt(chef, "maladie", seuil=15)
    with connection.cursor() as curseur:
        curseur.execute("SELECT task_name FROM procrastinate_jobs")
        assert curseur.fetchall() == [("visites.refresh_suivis",)]


def test_a_visit_due_of_before_keeps_its_old_version_in_its_proof(ville, chef):
    ancienne = RegleVisite.objects.in_force(JOUR).get(declencheur="maladie")
    vue = VisiteDue.objects.open().filter(regle=ancienne).first()
    held(agent=vue.agent, date=JOUR, motif=vue.motif)
    refresh_suivis(acteur=None, jour=JOUR)
    nouvelle = adopt(chef, "maladie", seuil=15, libelle="Retour d’au moins 15 jours")
    refresh_suivis(acteur=None, jour=JOUR)
    vue.refresh_from_db()
    assert (vue.etat, vue.regle) == (EtatDue.CLOSE, ancienne)
    assert (vue.preuve["version"], vue.preuve["regle"]) == ("2000-01-01", ancienne.libelle)
    autre = VisiteDue.objects.open().filter(regle=nouvelle).first()
    assert (autre.preuve["version"], autre.preuve["regle"]) == (JOUR.isoformat(), nouvelle.libelle)


def test_a_trial_older_than_a_rule_in_force_says_so(ville, chef):
    essai = start(chef)
    assert not is_outdated(essai, JOUR)
    adopt(chef, "accident", seuil=20)
    essai.refresh_from_db()
    assert is_outdated(essai, JOUR)


def test_what_somebody_else_changed_is_not_adopted_over(chef):
    essai = start(chef)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    serie = series("maladie")
    adopt(chef, "maladie", seuil=20)
    with pytest.raises(VersionPerimee):
        adopt_essai(acteur=chef, jour=JOUR, pk=essai.pk, version=1, serie=serie)
    with pytest.raises(VersionPerimee):
        adopt_essai(acteur=chef, jour=JOUR, pk=essai.pk, version=9, serie=series("maladie"))
    essai.refresh_from_db()
    assert (essai.etat, essai.adoptee) == (EtatEssai.PRET, None)


def test_the_same_version_adopted_twice_is_one_row(chef):
    deux = [adopt(chef, "maladie", seuil=15, date_effet=DEMAIN) for _ in range(2)]
    assert deux[0] == deux[1] and RegleVisite.objects.filter(declencheur="maladie").count() == 2
    assert LigneJournal.objects.filter(acte="visites.adopt_regle").count() == 1


def test_a_version_to_come_is_corrected_and_withdrawn_one_that_has_begun_is_not(chef):
    future = adopt(chef, "maladie", seuil=15, date_effet=DEMAIN)
    faits = {"acteur": chef, "jour": JOUR, "pk": future.pk, "raison": "Erreur"}
    valeurs = columns("maladie", seuil=20, date_effet=DEMAIN)
    with pytest.raises(VersionPerimee):
        correct_regle(version=9, valeurs=valeurs, **faits)
    corrigee = correct_regle(version=1, valeurs=valeurs, **faits)
    assert (corrigee.version, corrigee.corrigee_parce_que) == (2, "Erreur")
    assert "Erreur" not in LigneJournal.objects.latest("pk").objet_libelle
    with pytest.raises(ValidationError, match="commencé"):
        correct_regle(version=2, valeurs=valeurs, **(faits | {"jour": DEMAIN}))
    assert withdraw_regle(version=2, **faits).retiree_parce_que == "Erreur"
    assert RegleVisite.objects.in_force(DEMAIN).get(declencheur="maladie").seuil == 30
    with pytest.raises(ValidationError, match="déjà retirée"):
        withdraw_regle(version=3, **faits)


def test_who_may_not_write_medical_reference_data_adopts_nothing():
    for role in ("coordinateur", "preventeur", "administrateur"):
        with pytest.raises(PermissionDenied):
            adopt(compte(role), "maladie", seuil=15)
        with pytest.raises(PermissionDenied):
            start(compte(role))
    assert RegleVisite.objects.filter(declencheur="maladie").count() == 1
    assert not EssaiRegle.objects.exists()


def test_a_motive_put_aside_between_trial_and_adoption_is_refused(chef):
    essai = start(chef)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    Motif.objects.filter(pk=essai.valeurs["motif_id"]).update(actif=False)
    with pytest.raises(ValidationError, match="plus proposé"):
        adopt_essai(acteur=chef, jour=JOUR, pk=essai.pk, version=1, serie=series("maladie"))


@pytest.mark.parametrize(
    ("retard", "mois", "restes"),
    [
        (0, [140, 141, 139], [0, 1, 0]),
        (280, [0, 0, 0], [140, 0, 0]),
        (281, [0, 0, 0], [141, 1, 0]),
        (0, [0, 400, 20, 0], [0, 260, 140, 0]),
        (100, [200, 200, 200], [160, 220, 280]),
    ],
)
def test_what_waits_is_held_first_and_no_month_holds_more_than_its_capacity(retard, mois, restes):
    assert carry(retard, mois, 140) == restes


def test_months_that_hold_hide_no_backlog_from_the_reader_of_a_trial():
    mois = [[f"2026-{rang:02}", 100, 100] for rang in range(1, 13)]
    resultat = {"retard": [40, 481], "mois": mois}
    assert wait(resultat, 0, 140) == {"mois": "janv. 2026", "reste": 0}
    assert wait(resultat, 1, 140) == {"mois": "", "reste": 1}


def test_a_trial_knows_which_facts_have_changed_since_it_read_them(ville, chef):
    essai = start(chef)
    run_essai(travail_id=essai.travail_id, essai_id=essai.pk)
    essai.refresh_from_db()
    assert changed_facts(essai) == [] and essai.resultat["lus_le"]
    absence = Absence.objects.order_by("pk").first()
    absence.date_fin += datetime.timedelta(days=1)
    absence.save()
    assert changed_facts(essai) == ["des absences"]
    held(agent=absence.agent, date=JOUR)
    assert changed_facts(essai) == ["des absences", "des visites"]
    Agent.objects.filter(pk=absence.agent_id).update(statut="CC")
    assert changed_facts(essai) == ["des absences", "des fiches d’agents", "des visites"]
