"""What a row held before each change is kept by the database, whoever changes it and by whatever path."""

import datetime
import uuid

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, transaction
from pghistory.trigger import Event as Evenement

from agents.models import Absence, Agent, HistoireAbsence, HistoireAgent
from commissions.models import HistoireSeance
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.models import HistoireUtilisateur, Utilisateur
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.histoire import CREATION, MODIFICATION, SUPPRESSION, Histoire, classes_of_history
from signalements.actions import declare_signalement
from signalements.models import HistoireSignalement
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.commissions.factories import SeanceFactory
from tests.fabriques import compte
from tests.signalements.factories import JOUR, delai

pytestmark = pytest.mark.django_db
# By hand: the rows that matter. A model that joins them is added here.
SUIVIS = {
    "agents.Absence",
    "agents.Affectation",
    "agents.Agent",
    "agents.AlerteAbsence",
    "agents.Carriere",
    "agents.Contrat",
    "agents.DroitMaladie",
    "agents.ExigencePoste",
    "agents.ExpositionPoste",
    "agents.HeuresTravaillees",
    "agents.PositionAdministrative",
    "agents.Poste",
    "agents.RaisonSuivi",
    "agents.Responsabilite",
    "agents.Structure",
    "agents.TypeAbsence",
    "agents.TypeExigence",
    "agents.TypeExposition",
    "agents.TypePosition",
    "commissions.PointOrdreDuJour",
    "commissions.Seance",
    "comptes.Utilisateur",
    "documents.Document",
    "referentiel.JourFerie",
    "referentiel.Parametre",
    "reporting.Edition",
    "signalements.Accident",
    "signalements.Action",
    "signalements.MaladieProfessionnelle",
    "signalements.SiegeLesion",
    "signalements.TypeAccident",
    "signalements.Signalement",
    "visites.MedecinRepris",
    "visites.Motif",
    "visites.MotifExcuse",
    "visites.Orientation",
    "visites.Recommandation",
    "visites.TypeInaptitude",
    "visites.MotClinique",
    "visites.Restriction",
    "visites.Suivi",
    "visites.TypeRestriction",
    "visites.Visite",
}
HISTOIRES = [m for m in apps.get_models() if issubclass(m, Histoire)]
TUS = {
    "comptes.Utilisateur": ("password", "last_login"),
    "documents.Document": ("contenu",),
    "reporting.Edition": ("pdf",),
}


def test_rows_that_matter_have_a_past():
    assert {h.pgh_tracked_model._meta.label for h in HISTOIRES} >= SUIVIS


@pytest.mark.parametrize("histoire", HISTOIRES, ids=lambda h: h.__name__)
def test_each_table_of_the_past_is_armed(histoire):
    suivi = histoire.pgh_tracked_model
    actes = {str(d.operation) for d in suivi._meta.triggers if isinstance(d, Evenement)}
    assert {"UPDATE", "DELETE"} <= actes
    assert histoire.__name__ == f"Histoire{suivi.__name__}"
    assert histoire._meta.default_permissions == ()
    assert {d.name for d in histoire._meta.triggers} == {"append_only", "histoire_jamais_vide"}


@pytest.mark.parametrize(("suivi", "champs"), TUS.items())
def test_secrets_and_bytes_have_no_past(suivi, champs):
    histoire = next(h for h in HISTOIRES if h.pgh_tracked_model._meta.label == suivi)
    for champ in champs:
        with pytest.raises(FieldDoesNotExist):
            histoire._meta.get_field(champ)


def traces(lignes):
    return [(t.pgh_label, t.nom) for t in lignes.order_by("pgh_id")]


def test_insert_update_and_delete_keep_what_stood_before():
    agent = AgentFactory(nom="Un")
    Agent.objects.filter(pk=agent.pk).update(nom="Deux")
    Agent.objects.filter(pk=agent.pk).delete()
    assert traces(HistoireAgent.objects.filter(pgh_obj_id=agent.pk)) == [
        (CREATION, "Un"),
        (MODIFICATION, "Un"),
        (SUPPRESSION, "Deux"),
    ]


def test_sql_typed_by_hand_leaves_its_trace():
    agent = AgentFactory(nom="Un")
    with connection.cursor() as curseur:
        curseur.execute("UPDATE agents_agent SET nom = 'Deux' WHERE id = %s", [agent.pk])
    trace = HistoireAgent.objects.get(pgh_obj_id=agent.pk, pgh_label=MODIFICATION)
    assert (trace.nom, trace.pgh_context) == ("Un", None)


def test_sleeping_trigger_would_leave_no_trace():
    """Negative control: what the tests above see is the trigger's work."""
    agent = AgentFactory(nom="Un")
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL session_replication_role = replica")
        curseur.execute("UPDATE agents_agent SET nom = 'Deux' WHERE id = %s", [agent.pk])
        curseur.execute("SET LOCAL session_replication_role = origin")
    assert not HistoireAgent.objects.filter(pgh_obj_id=agent.pk, pgh_label=MODIFICATION).exists()


def test_rows_written_together_leave_a_trace_each():
    absences = [AbsenceFactory(), AbsenceFactory()]
    for absence in absences:
        absence.date_fin += datetime.timedelta(days=1)
    Absence.objects.bulk_update(absences, ["date_fin"])
    Absence.objects.filter(pk__in=[a.pk for a in absences]).delete()
    for absence in absences:
        faits = HistoireAbsence.objects.filter(pgh_obj_id=absence.pk).order_by("pgh_id")
        assert [t.pgh_label for t in faits] == [CREATION, MODIFICATION, SUPPRESSION]


def test_update_that_changes_nothing_leaves_none():
    agent = AgentFactory()
    agent.save()
    Agent.objects.filter(pk=agent.pk).update(version=9)
    assert not HistoireAgent.objects.filter(pgh_obj_id=agent.pk, pgh_label=MODIFICATION).exists()


def test_trace_names_who_acted_and_the_request():
    acteur = compte("rh", username="rh1")
    with acting(acteur, "r-1"):
        agent = AgentFactory()
    trace = HistoireAgent.objects.get(pgh_obj_id=agent.pk)
    assert trace.pgh_context == {"acteur": "rh1", "role": "rh", "requete": "r-1"}


@pytest.mark.django_db(transaction=True)
def test_next_rows_do_not_inherit_the_actor():
    with acting(compte("rh"), "r-1"):
        AgentFactory()
    agent = AgentFactory()
    assert HistoireAgent.objects.get(pgh_obj_id=agent.pk).pgh_context is None


def test_request_names_its_account(client_de):
    client = client_de("chef")
    seance = SeanceFactory()
    client.post(f"/commissions/{seance.pk}/annuler/", {"version": seance.version})
    trace = HistoireSeance.objects.filter(pgh_obj_id=seance.pk, pgh_label=MODIFICATION).get()
    assert trace.pgh_context["acteur"] == client.compte.username
    assert trace.pgh_context["role"] == "chef"


@pytest.mark.parametrize("anonyme", [True, False])
def test_report_without_a_name_keeps_no_declarer(anonyme):
    acteur = compte("agent", username="temoin")
    delai()
    faits = {"recit": "Le sol est glissant.", "gravite": 3, "survenu_le": JOUR, "lieu": "Halle 2"}
    with acting(acteur, "r-1"):
        signalement = declare_signalement(
            acteur=acteur, jour=JOUR, jeton=uuid.uuid4(), anonyme=anonyme, faits=faits
        )
    trace = HistoireSignalement.objects.get(pgh_obj_id=signalement.pk, pgh_label=CREATION)
    assert ("temoin" in str(trace.pgh_context)) is not anonyme


def test_past_of_an_account_holds_no_password():
    utilisateur = compte("rh")
    utilisateur.set_password("un-autre-mot-de-passe")
    utilisateur.first_name = "Ana"
    utilisateur.save()
    lignes = list(HistoireUtilisateur.objects.filter(pgh_obj_id=utilisateur.pk).values())
    assert len(lignes) == 2
    assert not any("pbkdf2" in str(ligne) or "md5$" in str(ligne) for ligne in lignes)


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE agents_histoireagent SET nom = 'autre'",
        "DELETE FROM agents_histoireagent",
        "TRUNCATE agents_histoireagent",
    ],
)
def test_database_refuses_to_change_the_past(ordre):
    AgentFactory()
    with (
        pytest.raises(DatabaseError, match="histoire"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(ordre)


def test_classes_of_the_past_follow_the_model(monkeypatch):
    monkeypatch.setattr(
        Utilisateur, "CLASSES", {Classe.A1: ("first_name", "email"), Classe.T0: ("id",)}, raising=False
    )
    assert classes_of_history(Utilisateur, ["id", "first_name"]) == {
        Classe.A1: ("first_name",),
        Classe.T0: ("id",),
        Classe.L1: ("pgh_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_obj"),
    }


def test_a_trigger_finds_its_setting_and_raises_nothing():
    """Without the setting, each row of a bulk insert costs an error caught in a transaction of its own."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_setting('pgtrigger.ignore', true)")
        assert curseur.fetchone() == ("{}",)
