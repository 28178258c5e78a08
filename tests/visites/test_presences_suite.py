"""After any sequence of gestures the counters and the exclusions agree with a recount made by hand."""

import datetime
from contextlib import suppress
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nouvea_sst.comptes.enums import Role
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from visites.actions import (
    cancel_visite,
    confirm,
    decline,
    move_visite,
    plan_visite,
    refresh_agent,
    refresh_suivis,
    say_presence,
)
from visites.models import Motif, Visite, VisiteDue
from visites.presence import read_counts

DEBUT = datetime.date(2025, 12, 22)
GESTES = [
    "placer",
    "deplacer",
    "absent",
    "excuse",
    "present",
    "attendu",
    "decliner",
    "confirmer",
    "annuler",
    "tenir",
]


class Efface(Exception):
    """Takes back what an example wrote."""


class Scene:
    """Two agents and a doctor, from before the end of a year; what is counted by hand beside the base."""

    def __init__(self):
        self.coo, self.medecin = compte(Role.COORDINATEUR), compte(Role.MEDECIN)
        self.agents = [AgentFactory.create(date_embauche=datetime.date(2015, 1, 1)) for _ in range(2)]
        self.jour = DEBUT
        self.dits = {agent.pk: {} for agent in self.agents}
        refresh_suivis(acteur=None, jour=DEBUT, agents=[agent.pk for agent in self.agents])

    def last(self, agent):
        return Visite.objects.filter(agent=agent).order_by("-pk").first()

    def do(self, geste, agent, heure):
        """One gesture on the latest visit of an agent; what the house refuses changes nothing."""
        visite, creneau = self.last(agent), datetime.time(8, 15 * heure)
        with suppress(ValidationError), transaction.atomic():
            if geste == "placer":
                self.place(agent, creneau)
            elif visite is None:
                return
            elif geste == "deplacer":
                ou = {"date": self.jour, "heure": creneau, "professionnel": self.medecin}
                move_visite(acteur=self.coo, jour=self.jour, visite=visite, version=visite.version, **ou)
            elif geste in {"decliner", "confirmer"}:
                acte = confirm if geste == "confirmer" else decline
                rendue = acte(acteur=self.coo, jour=self.jour, visite=visite, voie="telephone")
                self.dits[agent.pk][visite.pk] = "excuse" if rendue.etat == "excuse" else ""
            elif geste == "annuler":
                cancel_visite(acteur=self.coo, visite=visite, version=visite.version, raison="Service fermé.")
            elif geste == "tenir":
                self.hold(visite)
            else:
                say_presence(
                    acteur=self.coo, jour=self.jour, visite=visite, version=visite.version, presence=geste
                )
                self.dits[agent.pk][visite.pk] = geste

    def place(self, agent, heure):
        due = VisiteDue.objects.open().filter(agent=agent).order_by("echeance", "pk").first()
        motif = due.motif if due else Motif.objects.get(code="periodique")
        ou = {"date": self.jour, "heure": heure, "professionnel": self.medecin}
        plan_visite(acteur=self.coo, jour=self.jour, agent=agent, motif=motif, nature="examen", due=due, **ou)

    def hold(self, visite):
        """The doctor concludes what is placed: the count of the agent starts anew."""
        tenue = {"etat": "realisee", "conclusion": "apte", "signee_le": timezone.now()}
        if Visite.objects.filter(pk=visite.pk, etat="placee").update(**tenue):
            self.dits[visite.agent_id] = {}
            refresh_agent(agent_id=visite.agent_id, jour=self.jour)

    def check(self):
        placees = list(Visite.objects.filter(etat="placee").values_list("professionnel", "date", "heure"))
        assert len(placees) == len(set(placees)), "the doctor sees two at once"
        for agent in self.agents:
            dits = list(self.dits[agent.pk].values())
            attendu = (dits.count("absent"), dits.count("excuse"))
            sonde = Visite(agent=agent, motif=None, date=self.jour)
            due = VisiteDue.objects.open().filter(agent=agent).first()
            if due is None:
                continue
            sonde.motif, sonde.due = due.motif, due
            comptes = read_counts([sonde])[sonde.pk]
            assert (comptes.manquees, comptes.excusees) == attendu
            assert due.absences == attendu[0]


gestes = st.lists(
    st.tuples(st.sampled_from(GESTES), st.integers(0, 1), st.integers(0, 3), st.integers(0, 4)), max_size=16
)


@pytest.mark.usefixtures("regles")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestes)
def test_counters_agree_with_a_recount_after_any_gestures(suite):
    with suppress(Efface), transaction.atomic():
        scene = Scene()
        for geste, qui, heure, pas in suite:
            scene.jour += datetime.timedelta(days=pas)
            while scene.jour.weekday() > 4:
                scene.jour += datetime.timedelta(days=1)
            matin = timezone.make_aware(datetime.datetime.combine(scene.jour, datetime.time(9)))
            with (
                mock.patch("django.utils.timezone.now", return_value=matin),
                mock.patch("django.utils.timezone.localdate", return_value=scene.jour),
            ):
                scene.do(geste, scene.agents[qui], heure)
                scene.check()
        raise Efface
