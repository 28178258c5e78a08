"""Visits held under the former software: they count, and nothing signed is made up for them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.agents.factories import JOUR, ResponsabiliteFactory
from tests.visites.factories import VisiteFactory, held
from visites.actions import refresh_suivis, request_certificat
from visites.models import Suivi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
SANS_SIGNATURE = "reprise de l’ancien logiciel, sans conclusion signée ici"


@pytest.fixture
def reprise():
    """An examination of 2024 without a word of its conclusion."""
    visite = held(
        date=datetime.date(2024, 3, 12),
        heure=None,
        professionnel=None,
        conclusion="",
        signee_le=None,
        cle_import="visite=77",
        prochaine_visite=datetime.date(2027, 3, 12),
    )
    refresh_suivis(acteur=None, jour=JOUR)
    return visite


@pytest.mark.parametrize(
    "sans", [{"signee_le": None}, {"conclusion": ""}, {"signee_le": None, "conclusion": ""}]
)
def test_a_visit_of_the_house_needs_its_signature(sans):
    with pytest.raises(IntegrityError, match="visites_realisee_conclue"), transaction.atomic():
        held(**sans)


def test_only_a_visit_that_was_held_may_come_without(reprise):
    with pytest.raises(IntegrityError, match="visites_realisee_conclue"), transaction.atomic():
        VisiteFactory(conclusion="apte", cle_import="visite=78")


def test_it_counts_for_the_due_date(reprise):
    suivi = Suivi.objects.get(agent=reprise.agent)
    assert suivi.derniere_visite == reprise.date
    assert suivi.echeance is not None


def test_page_says_where_it_comes_from(client_de, reprise):
    texte = client_de("coordinateur").get(reverse("visites:visite", args=[reprise.pk])).content.decode()
    assert SANS_SIGNATURE in texte and "non reprise" in texte and "Anne Le Goff" in texte
    assert "à choisir" not in texte and "Établir le certificat" not in texte and "Signée" not in texte


def test_page_shows_the_old_conclusion(client_de, reprise):
    type(reprise).objects.filter(pk=reprise.pk).update(conclusion="apte")
    texte = client_de("coordinateur").get(reverse("visites:visite", args=[reprise.pk])).content.decode()
    assert "Apte" in texte and "non reprise" not in texte


def test_manager_reads_the_day_and_no_measure(client_de, reprise):
    client = client_de("encadrant")
    ResponsabiliteFactory(compte=client.compte, structure=reprise.agent.structure)
    texte = client.get(reverse("visites:visite", args=[reprise.pk])).content.decode()
    assert "12 mars 2024" in texte
    assert SANS_SIGNATURE not in texte and "Aucune mesure" not in texte


def test_no_certificate_of_it(client_de, reprise):
    with pytest.raises(ValidationError, match="signée"):
        request_certificat(acteur=None, visite=reprise)
    assert client_de("coordinateur").post(reverse("visites:certificat", args=[reprise.pk])).status_code == 404


def test_doctor_who_concludes_the_next_one_sees_it(client_de, reprise):
    client = client_de("medecin")
    suivante = VisiteFactory(agent=reprise.agent, professionnel=client.compte)
    texte = client.get(reverse("visites:conclure", args=[suivante.pk])).content.decode()
    assert "vu le 12/03/2024" in texte and "12/03/2024, " not in texte
