"""The command says how many visits are due, for whom and why, and writes nothing when it simulates."""

import datetime
import json
from io import StringIO
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from tests.agents.factories import AgentFactory
from tests.visites.factories import held
from visites.models import Suivi, VisiteDue
from visites.rules import occasions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
D = datetime.date


def run(*arguments):
    sortie = StringIO()
    call_command("calculer_visites", *arguments, stdout=sortie)
    return sortie.getvalue()


def line(texte, motif):
    ligne = next(ligne for ligne in texte.splitlines() if ligne.startswith(motif))
    return [int(nombre) for nombre in ligne[46:].split()]


def test_simulation_writes_nothing_and_says_so():
    AgentFactory(date_embauche=D(2026, 10, 1))
    texte = run("--simuler")
    assert line(texte, "Nouvel arrivant") == [1, 0, 0, 0]
    assert "rien n’a été écrit" in texte
    assert not VisiteDue.objects.exists() and not Suivi.objects.exists()


def test_simulation_says_what_the_run_then_does():
    AgentFactory.create_batch(3, date_embauche=D(2026, 10, 1))
    held(agent=AgentFactory(statut="C"), date=D(2024, 1, 10))
    simule, fait = (json.loads(run(*options)) for options in (["--simuler", "--json"], ["--json"]))
    assert simule.pop("simulation") is True and fait.pop("simulation") is False
    assert simule == fait


def test_month_holds_what_is_late_and_what_falls_in_it():
    AgentFactory(date_embauche=D(2026, 1, 1))  # due on 01/04/2026: late
    AgentFactory(date_embauche=D(2026, 9, 30))  # 30/12/2026
    AgentFactory(date_embauche=D(2026, 10, 1))  # 01/01/2027
    assert line(run("--mois", "2026-12"), "Nouvel arrivant") == [2, 0, 0, 0, 1, 1]
    assert line(run("--mois", "2027-01"), "Nouvel arrivant") == [0, 3, 0, 0, 2, 1]
    [motif] = json.loads(run("--mois", "2027-01", "--json"))["motifs"]
    assert (motif["retard"], motif["du_mois"]) == (2, 1)
    assert "Ce mois est passé" in run("--mois", "2026-04", "--simuler")
    assert "Ce mois est passé" not in run("--mois", "2026-11", "--simuler")


@pytest.mark.parametrize("mois", ["9999-12", "9999-11", "0000-01", "2200-01", "2026-13", "12/2026"])
def test_month_that_nobody_can_mean_is_refused_in_words(mois):
    with pytest.raises(CommandError, match=r"[Mm]ois"):
        run("--mois", mois, "--simuler")


@pytest.mark.parametrize("mois", ["1900-01", "2199-12"])
def test_first_and_last_months_are_read(mois):
    assert "rien n’a été écrit" in run("--mois", mois, "--simuler")


def test_simulation_and_run_name_the_same_visits_whatever_was_put_aside_or_closes():
    agents = AgentFactory.create_batch(3, date_embauche=D(2026, 10, 1))
    run()
    VisiteDue.objects.filter(agent=agents[0]).update(
        etat="ecartee", cloture="ecartee", close_le=D(2026, 11, 24), ecartee_parce_que="Vue ailleurs"
    )
    agents[1].date_depart = D(2026, 11, 1)
    agents[1].save()
    lus = [json.loads(run("--mois", "2027-12", "--json", *simuler)) for simuler in (["--simuler"], [])]
    for lu in lus:
        assert sorted((a["matricule"], a["effet"]) for a in lu["agents"]) == sorted(
            [(agents[1].matricule, "close"), (agents[2].matricule, "gardée")]
        )
        assert next(a["cloture"] for a in lu["agents"] if a["effet"] == "close")
        [motif] = lu["motifs"]
        assert (motif["gardees"], motif["closes"], motif["creees"]) == (1, 1, 0)
    assert lus[0]["agents"] == lus[1]["agents"] and lus[0]["motifs"] == lus[1]["motifs"]
    assert json.loads(run("--mois", "2026-11", "--json"))["motifs"] == []


def test_json_explains_each_agent():
    agent = AgentFactory(matricule="1234", date_embauche=D(2026, 10, 1))
    [ligne] = json.loads(run("--json"))["agents"]
    assert (ligne["matricule"], ligne["motif"], ligne["code"], ligne["echeance"]) == (
        agent.matricule,
        "nouvel_arrivant",
        "visites.delai_initiale",
        "2027-01-01",
    )
    assert (
        ligne["faits"][0] == "Embauche : 01/10/2026" and ligne["calcul"] == "01/10/2026 + 3 mois = 01/01/2027"
    )


@pytest.mark.parametrize("mois", ["2026-13", "12-2026", "demain", "0000-01", "2026-1"])
def test_month_that_is_none_is_refused(mois):
    with pytest.raises(CommandError, match="comme 2026-12"):
        run("--mois", mois)


def test_agent_whose_facts_fail_is_named_and_the_others_are_computed():
    """The former software swallowed the error and proposed nobody (sirh.md §2.4, defect 1)."""
    malade, sain = AgentFactory(matricule="4321"), AgentFactory()
    vrai = occasions.followup_due

    def fail(faits, *reste):
        if faits.embauche == D(1999, 1, 1):
            raise ValueError("facts that no rule understands")
        return vrai(faits, *reste)

    malade.date_embauche = D(1999, 1, 1)
    malade.save()
    with (
        mock.patch.object(occasions, "followup_due", fail),
        pytest.raises(CommandError, match="1 agent : 4321"),
    ):
        run()
    assert list(Suivi.objects.values_list("agent", flat=True)) == [sain.pk]
