"""A professional who is away: nothing is placed, proposed, opened in his hours; what stood there is told."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import JourFerie
from tests.agents.factories import AgentFactory, SiteFactory
from tests.fabriques import compte, log_in
from tests.visites.factories import (
    AbsenceProfessionnelFactory,
    DemiJourneeFactory,
    MotifFactory,
    RegleVisiteFactory,
    VisiteDueFactory,
    VisiteFactory,
)
from visites.actions import (
    cancel_absence_professionnel,
    correct_absence_professionnel,
    fill_half_day,
    note_absence_professionnel,
    open_half_days,
    plan_visite,
)
from visites.models import AbsenceProfessionnel, DemiJournee, Visite
from visites.planning import read_half_days
from visites.rules.absences import Empechement, refuse_away

JOUR = datetime.date(2026, 11, 23)  # a Monday
LUNDI = datetime.date(2026, 11, 30)
UN = datetime.timedelta(days=1)
H = datetime.time
UN_JOUR = "Des heures se disent pour un seul jour."
pytestmark = pytest.mark.django_db


@pytest.fixture
def medecin():
    load_parametres(acteur=None)
    return compte(Role.MEDECIN, first_name="Anne", last_name="Le Goff")


@pytest.fixture
def coordinateur():
    return compte(Role.COORDINATEUR)


def half_day(medecin, **champs):
    """From eight to nine, four slots."""
    champs = {"date": LUNDI, "debut": H(8), "fin": H(9)} | champs
    return DemiJourneeFactory.create(professionnel=medecin, **champs)


def read(user, demi):
    """This half-day with its slots, as this account reads it."""
    return read_half_days(user, DemiJournee.objects.filter(pk=demi.pk))[0]


def note(acteur, medecin, **champs):
    """A leave of one day."""
    champs = {"nature": "conge", "date_debut": LUNDI} | champs
    return note_absence_professionnel(acteur=acteur, jour=JOUR, professionnel=medecin, **champs)


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"debut": JOUR - UN, "fin": JOUR}, "date_debut", "Le 22/11/2026 est passé."),
        ({"fin": LUNDI - UN}, "date_fin", "La fin précède le début."),
        ({"de": H(8)}, "fin", "Dites les deux heures, ou aucune pour la journée entière."),
        ({"de": H(9), "jusqu_a": H(8)}, "fin", "La fin précède le début."),
        (
            {"fin": LUNDI + UN, "de": H(8), "jusqu_a": H(9)},
            "debut",
            "Des heures se disent pour un seul jour.",
        ),
    ],
)
def test_an_absence_that_cannot_be_is_refused_beside_its_field(champs, champ, phrase):
    demande = Empechement(**{"debut": LUNDI, "fin": LUNDI, "mots": "en congé"} | champs)
    assert refuse_away(jour=JOUR, demande=demande, autres=[]) == [(champ, phrase)]


def test_two_absences_of_one_professional_do_not_meet(coordinateur, medecin):
    note(coordinateur, medecin, date_fin=LUNDI + 4 * UN)
    with pytest.raises(ValidationError, match="Une absence est déjà notée du 30/11 au 04/12"):
        note(coordinateur, medecin, date_debut=LUNDI + UN)
    note(coordinateur, compte(Role.MEDECIN), date_debut=LUNDI + UN)


def test_two_parts_of_one_day_may_stand_side_by_side(coordinateur, medecin):
    note(coordinateur, medecin, debut=H(8), fin=H(9))
    note(coordinateur, medecin, debut=H(9), fin=H(10))
    with pytest.raises(ValidationError):
        note(coordinateur, medecin, debut=H(9, 30), fin=H(11))


def test_nothing_is_placed_while_the_professional_is_away(coordinateur, medecin):
    note(coordinateur, medecin, nature="formation", debut=H(8), fin=H(9))
    placer = {
        "acteur": coordinateur,
        "jour": JOUR,
        "motif": MotifFactory.create(),
        "nature": "examen",
        "date": LUNDI,
        "professionnel": medecin,
    }
    with pytest.raises(ValidationError) as refus:
        plan_visite(agent=AgentFactory.create(), heure=H(8, 45), **placer)
    phrase = "Ce professionnel est en formation le 30/11 de 08:00 à 09:00 : choisissez un autre jour."
    assert refus.value.message_dict == {"date": [phrase]}
    assert plan_visite(agent=AgentFactory.create(), heure=H(9), **placer).heure == H(9)


def test_the_fill_places_nobody_in_an_absence_noted_meanwhile(coordinateur, medecin):
    demi, due = half_day(medecin), VisiteDueFactory.create(regle=RegleVisiteFactory.create())
    note(coordinateur, medecin)
    with pytest.raises(ValidationError) as refus:
        fill_half_day(acteur=coordinateur, jour=JOUR, demi_journee=demi, version=1, choix=[(due.pk, H(8))])
    assert "en congé" in refus.value.message_dict[str(due.pk)][0]
    assert not Visite.objects.exists()


def test_only_the_slots_that_the_absence_meets_close(coordinateur, medecin):
    demi = half_day(medecin)
    note(coordinateur, medecin, debut=H(8, 10), fin=H(8, 30))
    assert read(coordinateur, demi).libres == [H(8, 30), H(8, 45)]


def test_a_day_off_of_the_city_closes_a_half_day_opened_before(coordinateur, medecin):
    demi = half_day(medecin)
    visite = VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8), demi_journee=demi, duree=15)
    JourFerie.objects.create(date=LUNDI, libelle="Pont de la Ville", nature="chome")
    lue = read(coordinateur, demi)
    assert lue.libres == []
    assert lue.a_reporter == [visite]


def test_visits_in_an_absence_stay_and_are_told_to_be_moved(coordinateur, medecin):
    demi = half_day(medecin)
    visites = [
        VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=heure, demi_journee=demi, duree=15)
        for heure in (H(8), H(8, 45))
    ]
    absence = note(coordinateur, medecin, debut=H(8), fin=H(8, 30))
    assert read(coordinateur, demi).a_reporter == visites[:1]
    cancel_absence_professionnel(acteur=coordinateur, absence=absence, version=1)
    lue = read(coordinateur, demi)
    assert lue.a_reporter == []
    assert lue.libres == [H(8, 15), H(8, 30)]


def test_a_series_skips_the_days_of_an_absence_and_says_why(coordinateur, medecin):
    note(coordinateur, medecin, date_debut=datetime.date(2026, 12, 4), date_fin=datetime.date(2026, 12, 8))
    ouvertes, serie = open_half_days(
        acteur=coordinateur,
        jour=JOUR,
        professionnel=medecin,
        lieu=SiteFactory.create(),
        date=LUNDI,
        debut=H(8),
        fin=H(9),
        duree=15,
        semaines=1,
        jusqu_au=datetime.date(2026, 12, 14),
    )
    assert [d.date for d in ouvertes] == [LUNDI, datetime.date(2026, 12, 14)]
    assert serie.passes == [(datetime.date(2026, 12, 7), "Anne Le Goff en congé")]


def test_no_half_day_opens_in_an_absence(coordinateur, medecin):
    note(coordinateur, medecin)
    page = reverse("visites:ouvrir_demi_journee")
    saisie = {
        "professionnel": medecin.pk,
        "lieu": SiteFactory.create().pk,
        "date": "30/11/2026",
        "debut": "08:00",
        "fin": "09:00",
        "duree": "15",
    }
    with pytest.MonkeyPatch.context() as horloge:
        horloge.setattr("django.utils.timezone.localdate", lambda *a: JOUR)
        reponse = log_in(coordinateur).post(page, saisie)
    assert reponse.context["form"].errors == {"date": ["Le 30/11/2026 : Anne Le Goff en congé."]}
    assert reponse.context["form"]["duree"].value() == "15"
    assert not DemiJournee.objects.exists()


def test_care_staff_note_their_own_absences_only(medecin):
    note(medecin, medecin)
    with pytest.raises(PermissionDenied):
        note(compte(Role.INFIRMIER), medecin, date_debut=LUNDI + UN)


def test_the_second_of_two_editors_overwrites_nothing(coordinateur, medecin):
    absence = note(coordinateur, medecin)
    corriger = {"acteur": coordinateur, "jour": JOUR, "absence": absence, "nature": "autre"}
    correct_absence_professionnel(version=1, date_debut=LUNDI + UN, **corriger)
    with pytest.raises(VersionPerimee):
        correct_absence_professionnel(version=1, date_debut=LUNDI + 2 * UN, **corriger)
    assert AbsenceProfessionnel.objects.get().date_debut == LUNDI + UN


def test_one_that_has_begun_may_be_shortened(coordinateur, medecin):
    absence = AbsenceProfessionnelFactory.create(
        professionnel=medecin, date_debut=JOUR - 3 * UN, date_fin=LUNDI
    )
    corrigee = correct_absence_professionnel(
        acteur=coordinateur,
        jour=JOUR,
        absence=absence,
        version=1,
        nature="conge",
        date_debut=JOUR - 3 * UN,
        date_fin=JOUR,
    )
    assert corrigee.date_fin == JOUR


def test_the_calendar_shows_who_is_away_and_what_is_to_be_moved(coordinateur, medecin):
    demi = half_day(medecin)
    VisiteFactory.create(professionnel=medecin, date=LUNDI, heure=H(8), demi_journee=demi, duree=15)
    AbsenceProfessionnelFactory.create(professionnel=medecin, date_debut=LUNDI, date_fin=LUNDI + UN)
    client = log_in(coordinateur)
    page = client.get(reverse("visites:planning"), {"jour": f"{LUNDI:%Y-%m-%d}"}).text
    assert "1 visite à reporter" in page
    assert "Anne Le Goff en congé<br>du 30/11 au 01/12" in page
    assert "À reporter" in client.get(reverse("visites:demi_journee", args=[demi.pk])).text
