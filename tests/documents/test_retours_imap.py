"""The box of returns as an IMAP account: read once, marked read after, refusals told without the secret."""

import datetime

import pytest
from django.core.mail import send_mail

from documents import retours
from documents.actions import read_retours
from documents.enums import EtatCourriel
from documents.models import Courriel
from documents.retours import BoiteFermee, open_box
from tests.documents.fausse_boite import FausseBoite
from tests.documents.retours import report

pytestmark = pytest.mark.enable_socket
MAINTENANT = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def reglages(settings):
    settings.EMAIL_BACKEND = "documents.outbox.Backend"
    settings.DEFAULT_FROM_EMAIL = "sst@exemple.nc"
    settings.RETOURS_DOSSIER = ""
    settings.RETOURS_MOT_DE_PASSE = "secret"


def address_for(boite, dossier="", schema="imap"):
    return f"{schema}://retours%40exemple.nc@127.0.0.1:{boite.port}/{dossier}"


def read_all():
    with open_box() as messages:
        return list(messages)


@pytest.mark.django_db
def test_a_report_in_the_account_is_noted_and_read_once(settings):
    send_mail("Un message", "Un message vous attend.", None, ["a0@exemple.nc"])
    Courriel.objects.update(etat=EtatCourriel.ENVOYE, envoye_le=MAINTENANT, contenu=None, cree_le=MAINTENANT)
    parti = Courriel.objects.get()
    rapport = report(adresse=parti.adresse, reference=parti.reference)
    with FausseBoite({7: rapport, 9: b"Subject: Bonjour\r\n\r\nRien."}) as boite:
        settings.RETOURS_IMAP = address_for(boite)
        assert read_retours(maintenant=MAINTENANT) == {"lus": 2, "revenus": 1, "sans_suite": 1}
        assert boite.lus == {7, 9}
        assert boite.commandes[-1] == "LOGOUT"
        assert not read_retours(maintenant=MAINTENANT)
    parti.refresh_from_db()
    assert (parti.etat, parti.reponse) == (EtatCourriel.REVENU, "Adresse inconnue (5.1.1)")


def test_a_message_stays_unread_until_it_was_dealt_with(settings):
    with FausseBoite({1: b"un", 2: b"deux"}) as boite:
        settings.RETOURS_IMAP = address_for(boite)
        with open_box() as messages:
            assert next(messages) == b"un"
            assert boite.lus == set()
            assert next(messages) == b"deux"
            assert boite.lus == {1}
        assert read_all() == [b"deux"]


def test_a_line_that_is_cut_leaves_the_rest_for_the_next_time(settings):
    with FausseBoite({1: b"un", 2: b"deux"}, coupe=2) as boite:
        settings.RETOURS_IMAP = address_for(boite)
        with pytest.raises(BoiteFermee, match="en cours de lecture"):
            read_all()
        assert boite.lus == {1}
        boite.coupe = None
        assert read_all() == [b"deux"]


def test_a_folder_with_a_space_and_an_account_with_an_at_are_read(settings):
    with FausseBoite({3: b"trois"}, dossier="Messages revenus") as boite:
        settings.RETOURS_IMAP = address_for(boite, "Messages%20revenus")
        assert read_all() == [b"trois"]


def test_a_very_long_message_is_cut_and_no_pass_reads_more_than_its_share(settings, monkeypatch):
    monkeypatch.setattr(retours, "OCTETS_MAX", 10)
    monkeypatch.setattr(retours, "PAR_PASSAGE", 2)
    with FausseBoite({uid: b"x" * 50 for uid in range(1, 5)}) as boite:
        settings.RETOURS_IMAP = address_for(boite)
        assert read_all() == [b"x" * 10] * 2
        assert boite.lus == {1, 2}


@pytest.mark.parametrize(
    ("mot", "dossier", "phrase"),
    [
        ("autre", "", "serveur ou mot de passe"),
        ("secret", "absent", "n’existe pas"),
    ],
)
def test_a_wrong_password_or_folder_is_said_without_the_secret(settings, mot, dossier, phrase):
    with FausseBoite({}, mot=mot) as boite:
        settings.RETOURS_IMAP = address_for(boite, dossier)
        with pytest.raises(BoiteFermee, match=phrase) as refus:
            read_all()
    assert "secret" not in str(refus.value)


@pytest.mark.parametrize("adresse", ["pop://a@b/c", "imaps:///INBOX", "boite"])
def test_an_address_of_another_kind_is_told_how_to_be_written(settings, adresse):
    settings.RETOURS_IMAP = adresse
    with pytest.raises(BoiteFermee, match="imaps://compte@serveur"):
        read_all()


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(settings):
    with FausseBoite({1: b"un"}) as boite:
        settings.RETOURS_IMAP = address_for(boite, schema="imaps")
        with pytest.raises(BoiteFermee, match="serveur ou mot de passe"):
            read_all()
        assert "LOGIN" not in boite.commandes


def test_nothing_listens(settings):
    with FausseBoite({}) as boite:
        settings.RETOURS_IMAP = address_for(boite)
    with pytest.raises(BoiteFermee, match="serveur ou mot de passe"):
        read_all()
