"""How visits went, what agents answered, and the counters that come of it."""

import datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.models import Parametre
from tests.fabriques import compte, log_in
from tests.visites.factories import (
    JOUR,
    DemiJourneeFactory,
    MotifFactory,
    VisiteDueFactory,
    VisiteFactory,
    held,
)
from visites.actions import change_state, confirm, decline, note_absence, say_all_present, say_presence
from visites.enums import VoieReponse
from visites.models import MotifExcuse, Visite, VisiteDue
from visites.presence import read_counts, read_substitutes

H = datetime.time
JEUDI = JOUR + datetime.timedelta(days=2)

pytestmark = pytest.mark.usefixtures("regles", "jour")


@pytest.fixture(autouse=True)
def now():
    """Nine o’clock of the day of the tests."""
    matin = timezone.make_aware(datetime.datetime.combine(JOUR, H(9)))
    with mock.patch("visites.actions.presence.timezone.now", return_value=matin):
        yield matin


@pytest.fixture
def coo(db):
    return compte(Role.COORDINATEUR)


def say(acteur, visite, presence, jour=JOUR, **champs):
    visite = Visite.objects.get(pk=visite.pk)
    return say_presence(
        acteur=acteur, jour=jour, visite=visite, version=visite.version, presence=presence, **champs
    )


def slots(demi, nombre):
    """So many visits in a half-day, one after the other."""
    debut = datetime.datetime.combine(demi.date, demi.debut)
    return [
        VisiteFactory.create(
            demi_journee=demi,
            professionnel=demi.professionnel,
            date=demi.date,
            heure=(debut + datetime.timedelta(minutes=15 * rang)).time(),
            duree=15,
        )
        for rang in range(nombre)
    ]


def test_who_is_present_still_waits_for_his_conclusion(coo):
    visite = say(coo, VisiteFactory.create(), "present", arrivee=H(8, 55))
    assert (visite.etat, visite.presence, visite.arrivee) == ("placee", "present", H(8, 55))


def test_what_was_said_is_corrected_the_same_day_with_a_trace(coo):
    visite = VisiteFactory.create()
    say(coo, visite, "absent")
    corrigee = say(coo, visite, "present")
    assert (corrigee.etat, corrigee.presence) == ("placee", "present")
    actes = LigneJournal.objects.filter(objet_cle=str(visite.pk)).order_by("pk")
    assert list(actes.values_list("acte", flat=True)) == ["visites.note_absence", "visites.correct_presence"]
    with pytest.raises(ValidationError, match="ne se corrige que ce jour-là"):
        say(coo, visite, "absent", jour=JOUR + datetime.timedelta(days=1))


@pytest.mark.parametrize("presence", ["present", "absent"])
def test_nobody_is_said_there_before_the_day(coo, presence):
    with pytest.raises(ValidationError, match="attendez ce jour"):
        say(coo, VisiteFactory.create(date=JEUDI), presence)


def test_an_excuse_is_no_absence_and_keeps_its_reason(coo):
    motif = MotifExcuse.objects.get(libelle="Formation ou mission")
    visite = say(coo, VisiteFactory.create(), "excuse", excuse=motif, excuse_precision="Stage à Koné")
    assert (visite.etat, visite.excuse, visite.excuse_comptee) == ("excuse", motif, False)


def test_an_excuse_without_valid_reason_counts_when_the_section_says_so(coo):
    sans = MotifExcuse.objects.get(libelle="Convenance personnelle")
    assert not say(coo, VisiteFactory.create(), "excuse", excuse=sans).excuse_comptee
    Parametre.objects.filter(code="visites.excuse_comptee").update(valeur=1)
    valable = MotifExcuse.objects.get(libelle="Nécessité de service")
    assert say(coo, VisiteFactory.create(), "excuse", excuse=sans).excuse_comptee
    assert say(coo, VisiteFactory.create(), "excuse").excuse_comptee
    assert not say(coo, VisiteFactory.create(), "excuse", excuse=valable).excuse_comptee


def test_a_clinical_word_in_an_excuse_is_read_again(coo):
    with pytest.raises(ValidationError) as refus:
        say(coo, VisiteFactory.create(), "excuse", excuse_precision="Chimiothérapie ce jour")
    assert list(refus.value.message_dict) == ["excuse_precision"]


def test_two_who_say_at_once_get_a_sentence(coo):
    visite = VisiteFactory.create()
    say(coo, visite, "present")
    with pytest.raises(VersionPerimee):
        say_presence(acteur=coo, jour=JOUR, visite=visite, version=1, presence="absent")


def test_all_present_says_the_rest_and_leaves_what_was_said(coo):
    demi = DemiJourneeFactory.create()
    visites = slots(demi, 3)
    say(coo, visites[0], "absent")
    assert say_all_present(acteur=coo, jour=JOUR, demi_journee=demi) == 2
    assert [Visite.objects.get(pk=v.pk).presence for v in visites] == ["absent", "present", "present"]


def test_a_closed_half_day_keeps_what_was_said(coo):
    demi = DemiJourneeFactory.create()
    presente, tue = slots(demi, 2)
    say(coo, presente, "present")
    with pytest.raises(ValidationError, match="1 visite y est encore placée : dites qui est venu"):
        change_state(acteur=coo, demi_journee=demi, version=1, vers="close")
    say(coo, tue, "absent")
    assert change_state(acteur=coo, demi_journee=demi, version=1, vers="close").etat == "close"
    with pytest.raises(ValidationError, match="close"):
        say(coo, tue, "present")


def test_a_refusal_frees_the_slot_and_a_second_one_changes_nothing(coo):
    visite = VisiteFactory.create(date=JEUDI)
    declinee = decline(acteur=coo, jour=JOUR, visite=visite, voie=VoieReponse.TELEPHONE, version=1)
    assert (declinee.etat, declinee.reponse, declinee.repondu_par) == ("excuse", "declinee", str(coo))
    assert decline(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN).reponse_voie == "telephone"
    VisiteFactory.create(date=JEUDI, professionnel=visite.professionnel)
    with pytest.raises(ValidationError, match="donné à un autre agent"):
        confirm(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN)


def test_the_link_answers_without_an_account_and_takes_its_refusal_back(coo):
    visite = VisiteFactory.create(date=JEUDI)
    decline(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN)
    rendue = confirm(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN)
    assert (rendue.etat, rendue.reponse, rendue.repondu_par) == ("placee", "confirmee", "L’agent")


@pytest.mark.parametrize("etat", ["annulee", "absent"])
def test_what_is_over_is_not_answered(etat):
    visite = VisiteFactory.create(date=JEUDI, etat=etat)
    for acte in (confirm, decline):
        with pytest.raises(ValidationError):
            acte(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN)


def test_a_past_appointment_is_not_answered():
    visite = VisiteFactory.create(date=JOUR - datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="est passé"):
        decline(acteur=None, jour=JOUR, visite=visite, voie=VoieReponse.LIEN)


def test_nobody_says_how_his_own_visit_went(coo):
    visite = VisiteFactory.create(agent__compte=coo)
    with pytest.raises(ValidationError, match="propre dossier"):
        note_absence(acteur=coo, jour=JOUR, visite=visite, version=1)


def missed(agent, jour, **champs):
    return VisiteFactory.create(agent=agent, date=jour, etat="absent", **champs)


def test_missed_on_both_sides_of_new_year_makes_the_second_relance():
    prevue = VisiteFactory.create()
    missed(prevue.agent, datetime.date(2025, 12, 29))
    missed(prevue.agent, datetime.date(2026, 1, 5))
    assert read_counts([prevue])[prevue.pk].manquees == 2


def test_a_visit_held_closes_the_count_and_an_excuse_counts_apart():
    prevue = VisiteFactory.create()
    missed(prevue.agent, datetime.date(2025, 12, 29))
    held(agent=prevue.agent, date=datetime.date(2026, 1, 5))
    VisiteFactory.create(agent=prevue.agent, date=datetime.date(2026, 1, 12), etat="excuse")
    comptes = read_counts([prevue])[prevue.pk]
    assert (comptes.manquees, comptes.excusees, comptes.en_clair) == (0, 1, "1 excusé")


def test_an_excuse_after_a_missed_one_is_no_matter_for_a_relance():
    prevue = VisiteFactory.create()
    missed(prevue.agent, datetime.date(2026, 1, 5))
    assert read_counts([prevue])[prevue.pk].apres_manque
    VisiteFactory.create(agent=prevue.agent, date=datetime.date(2026, 1, 12), etat="excuse")
    comptes = read_counts([prevue])[prevue.pk]
    assert (comptes.manquees, comptes.apres_manque) == (1, False)


def test_what_was_missed_counts_with_the_visit_due_that_came_of_it():
    agent = VisiteFactory.create().agent
    avant = missed(agent, datetime.date(2026, 1, 5), due=VisiteDueFactory.create(agent=agent))
    suite = VisiteDueFactory.create(agent=agent, cle=f"absence:{avant.pk}")
    prevue = VisiteFactory.create(agent=agent, due=suite, motif=MotifFactory.create(code="suite"))
    assert read_counts([prevue])[prevue.pk].manquees == 1


def test_a_new_occasion_starts_at_nothing():
    ancienne = VisiteDueFactory.create()
    neuve = VisiteDueFactory.create(agent=ancienne.agent, regle=ancienne.regle)
    missed(ancienne.agent, datetime.date(2025, 12, 29), due=ancienne)
    prevues = [
        VisiteFactory.create(agent=ancienne.agent, due=due, motif=MotifFactory.create(code=f"m{due.pk}"))
        for due in (ancienne, neuve)
    ]
    comptes = read_counts(prevues)
    assert [comptes[v.pk].manquees for v in prevues] == [1, 0]


def test_one_row_comes_back_with_the_counts_and_the_substitutes(coo):
    demi = DemiJourneeFactory.create()
    visite, _autre = slots(demi, 2)
    client = log_in(coo)
    reponse = client.post(
        reverse("visites:dire", args=[visite.pk]),
        {"version": 1, "presence": "excuse"},
        headers={"HX-Request": "true"},
    )
    page = reponse.content.decode()
    assert page.count('id="presence-') == 1 and 'id="dites"' in page and 'id="remplacants"' in page
    assert "1 excusé, 1 à dire" in page


def test_an_old_row_says_that_somebody_was_quicker(coo):
    demi = DemiJourneeFactory.create()
    (visite,) = slots(demi, 1)
    say(coo, visite, "present")
    reponse = log_in(coo).post(
        reverse("visites:dire", args=[visite.pk]),
        {"version": 1, "presence": "absent"},
        headers={"HX-Request": "true"},
    )
    assert "Quelqu’un a dit autre chose entre-temps" in reponse.content.decode()
    assert Visite.objects.get(pk=visite.pk).presence == "present"


@pytest.mark.sans_n_plus_1  # a placement asks its own questions, under lock
def test_who_declines_frees_the_slot_for_the_next_one_and_is_not_proposed_again(coo):
    dues = [VisiteDueFactory.create() for _ in range(2)]
    demi = DemiJourneeFactory.create(date=JEUDI, capacite=1)
    visite = VisiteFactory.create(
        agent=dues[0].agent,
        due=dues[0],
        motif=dues[0].motif,
        demi_journee=demi,
        professionnel=demi.professionnel,
        date=JEUDI,
        heure=demi.debut,
        duree=15,
    )
    client, page = log_in(coo), reverse("visites:presence", args=[demi.pk])
    assert client.get(page).context["remplacants"] == []
    decline(acteur=coo, jour=JOUR, visite=visite, voie="telephone")
    assert VisiteDue.objects.get(pk=dues[0].pk).etat == "ouverte"
    (remplacant,) = client.get(page).context["remplacants"]
    assert (remplacant.candidat.due, remplacant.heure) == (dues[1].pk, demi.debut)
    envoi = {"due": dues[1].pk, "heure": f"{demi.debut:%H:%M}", "version": 1}
    adresse = reverse("visites:remplacer", args=[demi.pk])
    assert client.post(adresse, envoi).status_code == 302
    reponse = client.post(adresse, envoi)
    assert reponse.status_code == 200 and reponse.context["erreurs"]
    assert Visite.objects.filter(demi_journee=demi, etat="placee").count() == 1


def test_nobody_is_proposed_today_for_an_hour_that_is_past(coo):
    VisiteDueFactory.create()
    demi = DemiJourneeFactory.create(date=JOUR)
    heures = demi.heures

    def proposed(jour, heure):
        return [ligne.heure for ligne in read_substitutes(coo, demi, [], jour, heure)]

    assert proposed(JOUR, heures[2]) == [heures[2]]
    assert proposed(JOUR - datetime.timedelta(days=1), heures[2]) == [heures[0]]
    assert proposed(JOUR, datetime.time(23, 59)) == []
