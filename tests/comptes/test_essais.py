"""Failed log-ins slow the next one down, the same for a name that exists and one that does not."""

import datetime
from unittest import mock

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import note_attempt, note_login, purge
from nouvea_sst.comptes.models import EssaiConnexion, LigneJournal
from nouvea_sst.comptes.rules.essais import (
    PAR_COMPTE,
    PAR_POSTE,
    delay_after,
    describe_wait,
    is_forgotten,
    network_of,
    wait_left,
)
from tests.fabriques import MOT_DE_PASSE, compte

S = datetime.timedelta(seconds=1)
DEBUT = datetime.datetime(2026, 11, 24, 8, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "mesure, echecs, secondes",
    [
        (PAR_POSTE, *cas)
        for cas in ((0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 300), (9, 900), (500, 900))
    ]
    + [(PAR_COMPTE, *cas) for cas in ((49, 0), (50, 5), (51, 10), (52, 20), (5000, 20))],
)
def test_wait_grows_and_never_locks(mesure, echecs, secondes):
    assert delay_after(echecs, mesure) == secondes * S
    assert wait_left(echecs, mesure, DEBUT, DEBUT + (secondes + 1) * S) == 0 * S


@pytest.mark.parametrize(
    "secondes, mots",
    [(0.2, "1 seconde"), (30, "30 secondes"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_wait_is_told(secondes, mots):
    assert describe_wait(secondes * S) == mots


def test_old_failures_are_forgotten():
    assert is_forgotten(DEBUT, DEBUT + 12 * 3600 * S) and not is_forgotten(DEBUT, DEBUT + 3600 * S)


@pytest.mark.parametrize(
    "adresse, lue",
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_one_subscriber_is_one_place(adresse, lue):
    assert network_of(adresse) == lue


@pytest.mark.django_db
def test_guesses_spread_over_one_network_are_those_of_one_place():
    for n in range(5):
        assert not note_attempt(identifiant="anne", adresse=f"2001:db8::{n}", maintenant=DEBUT)
    assert note_attempt(identifiant="anne", adresse="2001:db8::99", maintenant=DEBUT) == 30 * S


def attempt(nom, mot="faux", poste="10.0.0.1", **entetes):
    cache.clear()  # allauth's limit of an address is another test's
    saisie = {"login": nom, "password": mot}
    client = Client(REMOTE_ADDR=poste)
    return client.post(reverse("comptes:connexion"), saisie, headers=entetes).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("existe", [True, False])
def test_sixth_attempt_waits_whoever_it_is(existe):
    if existe:
        compte("medecin", username="anne")
    pages = [attempt("anne") for _ in range(6)]
    assert all("ne convient pas" in page for page in pages[:5])
    assert "Trop d’essais. Attendez 30 secondes" in pages[5]
    lignes = LigneJournal.objects.filter(acte="comptes.login_failed")
    assert lignes.count() == 5
    assert "anne" not in str(list(lignes.values("acteur_nom", "objet_libelle"))) or existe
    assert [essai.echecs for essai in EssaiConnexion.objects.all()] == [5, 5], "from here, and from anywhere"


@pytest.mark.django_db
def test_right_password_waits_too_then_forgets():
    compte("medecin", username="anne")
    for _ in range(5):
        attempt("anne")
    assert "Trop d’essais" in attempt("ANNE ", MOT_DE_PASSE)
    EssaiConnexion.objects.update(dernier_le=timezone.now() - 31 * S)
    attempt("anne", MOT_DE_PASSE)
    assert [essai.echecs for essai in EssaiConnexion.objects.all()] == [0, 0]
    assert LigneJournal.objects.filter(acte="comptes.login").count() == 1


@pytest.mark.django_db
def test_attempt_is_counted_before_its_password_is_read():
    for _ in range(5):
        assert not note_attempt(identifiant="anne", adresse="10.0.0.1", maintenant=DEBUT)
    assert note_attempt(identifiant="anne", adresse="10.0.0.1", maintenant=DEBUT + S) == 29 * S


@pytest.mark.django_db
def test_failures_of_somebody_else_do_not_make_the_owner_wait():
    compte("medecin", username="anne")
    for _ in range(9):
        attempt("anne", poste="203.0.113.7")
    assert "Trop d’essais" in attempt("anne", poste="203.0.113.7")
    attempt("anne", MOT_DE_PASSE, poste="10.0.0.1")
    assert LigneJournal.objects.filter(acte="comptes.login").count() == 1


@pytest.mark.django_db
def test_guesses_spread_over_many_addresses_are_slowed_for_seconds_and_not_at_ones_own():
    note_login(compte=compte("medecin", username="anne"), adresse="10.0.0.1", maintenant=DEBUT)
    for n in range(50):
        assert not note_attempt(identifiant="anne", adresse=f"203.0.113.{n}", maintenant=DEBUT)
    assert note_attempt(identifiant="anne", adresse="203.0.113.99", maintenant=DEBUT) == 5 * S
    assert note_attempt(identifiant="anne", adresse="203.0.113.99", maintenant=DEBUT + 5 * S) == 0 * S
    assert note_attempt(identifiant="anne", adresse="10.0.0.1", maintenant=DEBUT + 5 * S) == 0 * S
    tard = DEBUT + datetime.timedelta(days=31)
    for n in range(50):
        note_attempt(identifiant="anne", adresse=f"203.0.113.{n}", maintenant=tard)
    assert note_attempt(identifiant="anne", adresse="10.0.0.1", maintenant=tard) == 5 * S


@pytest.mark.django_db
@pytest.mark.parametrize("mandataires, compte_pour_un", [(0, True), (1, False)])
def test_a_forged_address_is_not_believed(settings, mandataires, compte_pour_un):
    """The proxy adds the address that it sees at the end; without a proxy the header says nothing."""
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0, (
        "a header is believed in production only, behind the proxy"
    )
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = mandataires
    for n in range(6):
        page = attempt("anne", **{"X-Forwarded-For": f"198.51.100.{n}"})
    assert ("Trop d’essais" in page) is compte_pour_un
    for n in range(6):
        page = attempt("lise", **{"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"})
    assert "Trop d’essais" in page


@pytest.mark.django_db
def test_cleaning_keeps_the_addresses_that_are_ones_own():
    maintenant = timezone.now()
    for jours in (1, 31):
        note_login(
            compte=compte("agent"), adresse="10.0.0.1", maintenant=maintenant - datetime.timedelta(days=jours)
        )
    note_attempt(identifiant="x", adresse="10.0.0.1", maintenant=maintenant - datetime.timedelta(days=1))
    purge(acteur=None)
    assert EssaiConnexion.objects.get().reussi_le is not None


@pytest.mark.django_db
@pytest.mark.parametrize("nature", ["inconnu", "mot faux", "désactivé", "en attente", "invité"])
def test_every_refusal_costs_the_same_work_and_says_the_same(nature):
    champs = {
        "mot faux": {},
        "désactivé": {"is_active": False, "ferme_le": timezone.now(), "motif_fermeture": "decision"},
        "en attente": {"approuve_le": None},
        "invité": {"password": None},
    }
    if nature in champs:
        compte("medecin", username="anne", **champs[nature])
    mot = "faux" if nature in {"inconnu", "mot faux"} else MOT_DE_PASSE
    with mock.patch.object(
        type(get_hasher()), "encode", autospec=True, side_effect=get_hasher().encode
    ) as tour:
        tour.side_effect = lambda self, *a, **k: "md5$sel$empreinte"
        page = attempt("anne", mot)
    assert "L’identifiant ou le mot de passe ne convient pas." in page
    assert tour.call_count == 1


@pytest.mark.django_db
def test_an_address_is_limited_too():
    pages = [
        Client().post(reverse("comptes:connexion"), {"login": f"nom{n}", "password": "x"}) for n in range(11)
    ]
    assert "Trop d’essais depuis ce poste" in pages[-1].content.decode()


@pytest.mark.django_db
def test_what_is_typed_never_reaches_the_journal():
    attempt("motdepasse-tape-par-erreur")
    assert "tape-par-erreur" not in str(list(LigneJournal.objects.values()))
    assert LigneJournal.objects.get(acte="comptes.login_failed").objet_libelle == "Identifiant inconnu"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "champs", [{"approuve_le": None}, {"is_active": False, "ferme_le": DEBUT, "motif_fermeture": "decision"}]
)
def test_right_password_opens_neither_a_closed_account_nor_one_that_waits(champs):
    compte("medecin", username="anne", **champs)
    assert "ne convient pas" in attempt("anne", MOT_DE_PASSE)
    assert not LigneJournal.objects.filter(acte="comptes.login").exists()
