"""Who may not know who asked for a visit reads no count of visits by who asked."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.agents.factories import AgentFactory
from tests.visites.factories import JOUR
from visites.actions import refresh_suivis
from visites.models import RegleVisite, VisiteDue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles", "jour")]


@pytest.mark.parametrize("role, voit", [("chef", False), ("medecin", True)])
def test_visits_due_are_counted_by_who_asked_for_those_alone_who_may_know_it(client_de, role, voit):
    agent = AgentFactory(date_embauche=datetime.date(2020, 1, 1))
    refresh_suivis(acteur=None, jour=JOUR)
    due = VisiteDue.objects.open().get(agent=agent)
    VisiteDue.objects.filter(pk=due.pk).update(regle=RegleVisite.objects.get(declencheur="demande_medecin"))
    client = client_de(role)
    for tri in ("dues", "-dues"):
        lignes = client.get(reverse("visites:regles"), {"sort": tri}).context["table"].rows
        lus = {ligne.record.declencheur: ligne.record.dues for ligne in lignes}
        demandes = [lus[f"demande_{qui}"] for qui in ("agent", "service", "medecin")]
        assert demandes == ([0, 0, 1] if voit else [None, None, None])
        assert lus["maladie"] == 0
    page = client.get(reverse("visites:regle", args=["demande_medecin"])).content.decode()
    assert ("Visites dues" in page) is voit
    classeur = load_workbook(
        io.BytesIO(client.get(reverse("visites:regles"), {"format": "xlsx"}).content)
    ).active
    tetes, *rangs = classeur.iter_rows(values_only=True)
    dues = {rang[0]: rang[tetes.index("Visites dues")] for rang in rangs}
    assert list(dues.values()).count(None) == (0 if voit else 3)
