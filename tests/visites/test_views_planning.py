"""The planning of a week and of a month."""

import datetime

import pytest
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from tests.fabriques import compte, log_in
from tests.visites.factories import JOUR, DemiJourneeFactory, VisiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
H = datetime.time
LUNDI = JOUR + datetime.timedelta(days=(7 - JOUR.weekday()) % 7)


def test_the_planning_shows_who_came_and_the_visits_that_stand_in_no_half_day(jour):
    medecin = compte(Role.MEDECIN)
    demi = DemiJourneeFactory.create(professionnel=medecin, date=LUNDI, debut=H(8), fin=H(9))
    ici = {"date": LUNDI, "professionnel": medecin}
    VisiteFactory.create(**ici, demi_journee=demi, heure=demi.debut, venue=True, agent__nom="Venu")
    VisiteFactory.create(**ici, heure=H(15), agent__nom="Seul")
    VisiteFactory.create(**ici, heure=H(16), agent__nom="Annulé", etat="annulee", annulee_parce_que="Essai")
    client = log_in(compte(Role.COORDINATEUR))
    page = client.get(reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}"}).content.decode()
    assert "Hors demi-journée" in page and "SEUL" in page and "ANNULÉ" not in page
    assert ", présent</span>" in page
    mois = client.get(
        reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}", "vue": "mois"}
    ).content.decode()
    assert "Hors demi-journée" in mois and "SEUL" not in mois
    rh = log_in(compte(Role.PSYCHOLOGUE)).get(reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}"})
    assert "SEUL" not in rh.content.decode()
