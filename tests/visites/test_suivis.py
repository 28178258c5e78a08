"""Due dates are brought up to date by lots: few queries, the same answer twice, one line in the journal."""

import datetime
from decimal import Decimal
from io import StringIO
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agents.models import Agent, ExpositionPoste, RaisonSuivi, TypeExposition
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.actions import defer_followups
from tests.agents.factories import AffectationFactory, AgentFactory, PosteFactory
from tests.visites.factories import JOUR, MotifFactory, VisiteFactory, held
from visites import calcul
from visites.actions import BilanSuivis, refresh_suivis
from visites.models import Suivi
from visites.tasks import refresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date


@pytest.fixture
def valeurs_du_renforce():
    """What is asked before a posting, and the visit that spares it."""
    for code, mois in (("delai_initiale", 0), ("dispense_initiale", 24)):
        Parametre.objects.create(
            code=f"visites.{code}.renforce", libelle="Dispense", valeur=mois, unite="mois",
            date_effet=D(2020, 1, 1), source="Un texte", fiabilite="modele",
        )  # fmt: skip


def calculate(**arguments):
    return refresh_suivis(acteur=None, jour=JOUR, **arguments)


def test_created_then_unchanged_then_modified():
    agent = AgentFactory(date_embauche=D(2026, 10, 1))
    assert calculate() == BilanSuivis(creees=1)
    assert Suivi.objects.get().echeance == D(2027, 1, 1)
    avant = Suivi.objects.get().calcule_le
    assert calculate() == BilanSuivis(inchangees=1)
    assert Suivi.objects.get().calcule_le > avant
    held(agent=agent, date=D(2026, 11, 2))
    assert calculate() == BilanSuivis(modifiees=1)
    suivi = Suivi.objects.get()
    assert (suivi.regle, suivi.derniere_visite, suivi.echeance) == (
        "periodique",
        D(2026, 11, 2),
        D(2028, 11, 2),
    )


def test_only_the_latest_held_visit_counts():
    agent = AgentFactory(statut="C")
    motifs = [MotifFactory(code=f"m{n}") for n in range(4)]
    held(agent=agent, motif=motifs[0], date=D(2020, 1, 1), prochaine_visite=D(2021, 1, 1))
    held(agent=agent, motif=motifs[1], date=D(2024, 1, 31), validite_mois=13)
    VisiteFactory(agent=agent, motif=motifs[2], etat="absent", date=D(2025, 1, 1))
    VisiteFactory(agent=agent, motif=motifs[3], date=D(2026, 12, 1))
    calculate()
    suivi = Suivi.objects.get()
    assert (suivi.regle, suivi.derniere_visite, suivi.echeance) == (
        "professionnel",
        D(2024, 1, 31),
        D(2025, 2, 28),
    )


def test_open_reason_makes_the_follow_up_closer():
    agent = AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="simple"))
    held(agent=agent, date=D(2026, 1, 1))
    RaisonSuivi.objects.create(agent=agent, categorie="renforce", date_debut=D(2026, 1, 1), date_fin=JOUR)
    calculate()
    assert (Suivi.objects.get().categorie, Suivi.objects.get().echeance) == ("renforce", D(2030, 1, 1))
    refresh_suivis(acteur=None, jour=JOUR + datetime.timedelta(days=1))
    assert (Suivi.objects.get().categorie, Suivi.objects.get().echeance) == ("simple", D(2031, 1, 1))


def test_new_text_applies_from_its_date_and_old_value_stays():
    held(agent=AgentFactory(statut="C"), date=D(2026, 1, 1))
    ancien = Parametre.objects.get(code="visites.periodicite.simple")
    Parametre.objects.create(
        code=ancien.code,
        libelle=ancien.libelle,
        valeur=Decimal(12),
        unite="mois",
        date_effet=D(2027, 1, 1),
        source="Un texte nouveau",
        fiabilite="texte",
    )
    calculate()
    assert Suivi.objects.get().preuve["version"] == "2020-07-02"
    refresh_suivis(acteur=None, jour=D(2027, 1, 1))
    suivi = Suivi.objects.get()
    assert (suivi.echeance, suivi.preuve["version"]) == (D(2027, 1, 1), "2027-01-01")


def test_elected_member_has_no_due_date_and_a_reason():
    AgentFactory(est_elu=True)
    calculate()
    suivi = Suivi.objects.excluded().get()
    assert (suivi.regle, suivi.echeance, suivi.exclusion) == ("exclu", None, "elu")


def test_only_these_agents_are_recomputed():
    un, _ = AgentFactory(), AgentFactory()
    assert calculate(agents=[un.pk]) == BilanSuivis(creees=1)
    assert Suivi.objects.get().agent == un


def test_queries_do_not_grow_with_the_agents():
    def queries():
        with CaptureQueriesContext(connection) as sql:
            calculate()
        return len(sql)

    AgentFactory.create_batch(2)
    calculate()
    AgentFactory.create_batch(2)
    peu = queries()
    AgentFactory.create_batch(30)
    assert queries() == peu


def test_lots_cover_everybody_and_say_how_far():
    AgentFactory.create_batch(5)
    avances = []
    with mock.patch.object(calcul, "LOT", 2):
        bilan = calculate(progres=lambda fait, total: avances.append((fait, total)))
    assert bilan == BilanSuivis(creees=5) and Suivi.objects.count() == 5
    assert avances == [(2, 5), (4, 5), (5, 5)]


def test_one_line_in_the_journal():
    AgentFactory.create_batch(3)
    avant = LigneJournal.objects.count()
    calculate()
    assert LigneJournal.objects.count() == avant + 1
    assert LigneJournal.objects.get(acte="visites.refresh_suivis").objet_libelle.startswith(
        "3 agents, visites dues : 3 créées"
    )


def test_command_says_how_many(jour):
    AgentFactory()
    sortie = StringIO()
    call_command("calculer_visites", stdout=sortie)
    assert "1 créée, 0 modifiée, 0 gardée, 0 close" in sortie.getvalue()


def test_command_says_what_the_reference_data_lacks(jour):
    AgentFactory()
    Parametre.objects.filter(code="visites.delai_initiale").delete()
    with pytest.raises(CommandError, match="délai|delai"):
        call_command("calculer_visites")


def test_task_is_the_one_that_follows_a_change_in_the_personnel_file(jour):
    AgentFactory()
    defer_followups()
    defer_followups()
    with connection.cursor() as curseur:
        curseur.execute("SELECT task_name, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1")
        assert curseur.fetchall() == [("agents.refresh_alertes", 1), ("visites.refresh_suivis", 1)]
    refresh()
    assert Suivi.objects.count() == Agent.objects.count() == 1


@pytest.mark.usefixtures("valeurs_du_renforce")
@pytest.mark.parametrize(
    ("postes", "vue", "attendue", "entree"),
    [
        ([D(2026, 10, 1)], D(2023, 1, 1), D(2026, 10, 1), True),
        ([D(2019, 5, 6), D(2026, 10, 1)], D(2023, 1, 1), D(2027, 1, 1), False),
        ([], D(2012, 1, 1), D(2015, 3, 1), True),
    ],
)
def test_who_is_posted_where_a_risk_stands_is_seen_before_his_posting(postes, vue, attendue, entree):
    poste = PosteFactory(categorie_suivi="simple")
    agent = AgentFactory(statut="C", date_embauche=D(2011, 3, 3), poste=poste)
    amiante = TypeExposition.objects.create(libelle="Amiante", categorie="renforce")
    ExpositionPoste.objects.create(poste=poste, type=amiante, date_debut=D(2015, 3, 1))
    for jour in postes:
        AffectationFactory(agent=agent, date_debut=jour)
    held(agent=agent, date=vue)
    calculate()
    suivi = Suivi.objects.get()
    assert (suivi.categorie, suivi.echeance) == ("renforce", attendue)
    assert ("Entrée dans ce suivi" in suivi.preuve["regle"]) is entree


@pytest.mark.usefixtures("valeurs_du_renforce")
def test_a_post_that_asks_by_itself_asks_from_the_posting():
    poste = PosteFactory(categorie_suivi="renforce")
    agent = AgentFactory(statut="C", date_embauche=D(2011, 3, 3), poste=poste)
    AffectationFactory(agent=agent, poste=PosteFactory(categorie_suivi="simple"), date_debut=D(2011, 3, 3))
    AffectationFactory(agent=agent, date_debut=D(2026, 10, 1))
    held(agent=agent, date=D(2024, 9, 30))
    calculate()
    assert Suivi.objects.get().echeance == D(2026, 10, 1)
    held(agent=agent, date=D(2026, 9, 28))
    calculate()
    assert Suivi.objects.get().echeance == D(2030, 9, 28)
