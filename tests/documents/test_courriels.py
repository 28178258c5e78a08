"""A message is written with its act, sent once, tried for a day; nothing is lost without being said."""

import datetime
from base64 import b64encode
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, send_mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from documents.actions import Piece, resend_courriel, write_courriel
from documents.actions.courriels import GARDE, forget_contents, send_due
from documents.enums import EtatCourriel
from documents.models import Courriel
from documents.rules.envois import DELAIS, RENONCE, delay_after, gives_up
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.chiffrement import seal, unseal
from nouvea_sst.lib.serveur_essai import Serveur
from nouvea_sst.mesures import leave_nothing
from nouvea_sst.mesures_messages import measure_messages
from tests.fabriques import compte

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
MINUTE = datetime.timedelta(minutes=1)
MAINTENANT = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def reglages(settings):
    settings.EMAIL_BACKEND = "documents.outbox.Backend"
    settings.EMAIL_ENVOI = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "sst@exemple.nc"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5


@pytest.fixture
def serveur(settings):
    with Serveur() as ouvert:
        settings.EMAIL_PORT = ouvert.port
        yield ouvert


def write(nombre=1):
    for rang in range(nombre):
        send_mail("Un message", "Un message vous attend.", None, [f"a{rang}@exemple.nc"])
    Courriel.objects.update(cree_le=MAINTENANT, depuis_le=MAINTENANT, prochain_le=MAINTENANT)


def test_message_goes_with_its_act_or_not_at_all():
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert not Courriel.objects.exists()


def test_message_is_sent_once_and_its_content_goes(serveur):
    write()
    assert send_due(maintenant=MAINTENANT) == {EtatCourriel.ENVOYE: 1}
    assert send_due(maintenant=MAINTENANT) == {}
    courriel = Courriel.objects.get()
    assert serveur.recus == {courriel.reference: 1}
    assert (courriel.contenu, courriel.envoye_le) == (None, MAINTENANT)


@pytest.mark.parametrize(
    "mode, debut", [("test", "[TEST] "), ("demonstration", "[TEST] "), ("production", "")]
)
def test_subject_says_elsewhere_than_in_production_that_it_is_a_trial(settings, mode, debut):
    settings.MODE = mode
    write()
    assert Courriel.objects.get().objet == f"{debut}Un message"


def test_each_address_has_its_message_and_its_state():
    EmailMessage("Un message", "Texte", to=["a@exemple.nc", "b@exemple.nc"], bcc=["c@exemple.nc"]).send()
    assert sorted(Courriel.objects.values_list("adresse", flat=True)) == [f"{c}@exemple.nc" for c in "abc"]
    assert not any(b"c@exemple.nc" in unseal(c, "contenu") for c in Courriel.objects.all())


def test_delays_grow_and_end_after_a_day():
    assert [delay_after(n) for n in range(1, 9)] == [*DELAIS, DELAIS[-1]]
    assert all(a < b for a, b in zip(DELAIS, DELAIS[1:], strict=False))
    assert not gives_up(MAINTENANT, MAINTENANT + RENONCE - MINUTE)
    assert gives_up(MAINTENANT, MAINTENANT + RENONCE)


def test_server_down_for_a_day_gives_up_and_says_so_then_sends_again(serveur):
    write()
    serveur.panne = True
    for heure in range(30):
        send_due(maintenant=MAINTENANT + heure * 60 * MINUTE)
    courriel = Courriel.objects.get()
    assert (courriel.etat, courriel.reponse) == (EtatCourriel.NON_DISTRIBUE, "Serveur occupé (421)")
    assert 5 < courriel.essais < 15
    serveur.panne = False
    plus_tard = MAINTENANT + 40 * 60 * MINUTE
    resend_courriel(
        acteur=compte("administrateur"), maintenant=plus_tard, pk=courriel.pk, version=courriel.version
    )
    assert send_due(maintenant=plus_tard) == {EtatCourriel.ENVOYE: 1}


def test_address_that_does_not_exist_is_refused_at_once(serveur):
    write()
    serveur.part = 1.0
    serveur.draw = lambda: "550 adresse"
    assert send_due(maintenant=MAINTENANT) == {EtatCourriel.REFUSE: 1}
    assert Courriel.objects.get().reponse == "Adresse refusée (550)"


def test_what_is_sent_or_emptied_is_not_sent_again(serveur):
    write()
    send_due(maintenant=MAINTENANT)
    envoye = Courriel.objects.get()
    demande = {"acteur": compte("administrateur"), "maintenant": MAINTENANT, "pk": envoye.pk}
    with pytest.raises(ValidationError, match="ne se renvoie pas"):
        resend_courriel(**demande, version=envoye.version)
    seal(envoye, "contenu", b"x")
    contenu = envoye.contenu
    Courriel.objects.update(etat=EtatCourriel.REFUSE, envoye_le=None, contenu=contenu)
    assert forget_contents(maintenant=MAINTENANT + GARDE) == 0
    assert forget_contents(maintenant=MAINTENANT + GARDE + MINUTE) == 1
    with pytest.raises(ValidationError, match="ne se renvoie pas"):
        resend_courriel(**demande, version=envoye.version)


def test_thousand_messages_a_third_of_faults_and_an_outage_lose_nothing(decompte):
    with leave_nothing():
        mesure = measure_messages(1000, MAINTENANT)
    for nom in ("messages", "envoyes", "refuses", "perdus", "doubles", "coupures_apres"):
        decompte[nom] += getattr(mesure, nom)
    assert mesure.tient and mesure.perdus == 0
    assert mesure.doubles <= mesure.coupures_apres
    assert mesure.envoyes > 900 and mesure.non_distribues == 0
    assert not Courriel.objects.exists()


def test_page_says_the_state_never_the_content(client_de):
    send_mail("Un message", "Contenu secret", None, ["a@exemple.nc"])
    page = client_de("administrateur").get(reverse("documents:courriels")).content.decode()
    assert "a@exemple.nc" in page and "En attente" in page
    assert "Contenu secret" not in page


def test_sending_again_is_an_act_of_the_journal(serveur):
    write()
    Courriel.objects.update(etat=EtatCourriel.REFUSE)
    courriel = Courriel.objects.get()
    resend_courriel(
        acteur=compte("administrateur"), maintenant=timezone.now(), pk=courriel.pk, version=courriel.version
    )
    assert LigneJournal.objects.filter(acte="documents.resend_courriel").exists()


def test_file_goes_with_its_message_and_is_read_back_whole(serveur):
    contenu = "BEGIN:VCALENDAR\r\nLOCATION:Nouméa\r\n".encode()
    piece = Piece("rendez-vous.ics", "text/calendar", contenu, {"method": "REQUEST", "charset": "utf-8"})
    courriel = write_courriel(
        adresse="a@exemple.nc", objet="Un rendez-vous", texte="Il vous attend.", pieces=[piece]
    )
    octets = unseal(courriel, "contenu")
    assert all(len(ligne) <= 998 for ligne in octets.split(b"\r\n"))
    lu = message_from_bytes(octets, policy=policy.default)
    assert (lu["To"], lu["Message-ID"]) == ("a@exemple.nc", courriel.reference)
    texte, jointe = lu.iter_parts()
    assert texte.get_content().strip() == "Il vous attend."
    assert jointe.get_content_type() == "text/calendar" and jointe.get_param("method") == "REQUEST"
    assert jointe.get_filename() == "rendez-vous.ics"
    assert jointe.get_payload(decode=True) == contenu
    Courriel.objects.update(prochain_le=MAINTENANT, depuis_le=MAINTENANT)
    assert send_due(maintenant=MAINTENANT) == {EtatCourriel.ENVOYE: 1}


@pytest.mark.parametrize("champ", ["adresse", "objet"])
def test_line_end_in_a_header_adds_no_header(champ):
    faits = {"adresse": "a@exemple.nc", "objet": "Un rendez-vous", "texte": "x"}
    with pytest.raises(ValueError, match="newline"):
        write_courriel(**faits | {champ: "a@exemple.nc\r\nBcc: b@exemple.nc"})
    assert not Courriel.objects.exists()


def test_waiting_message_lies_sealed_in_the_database():
    secret = "https://exemple.nc/reponse/jeton-tres-secret"
    send_mail("Un message", f"Ouvrez {secret}", None, ["a@exemple.nc"])
    vidage = b"".join(dump(table) for table in tables())
    assert b"a@exemple.nc" in vidage and b"jeton-tres-secret" not in vidage
    assert b64encode(b"jeton-tres-secret")[:-4] not in vidage
    assert secret.encode() in unseal(Courriel.objects.get(), "contenu")


def tables():
    with connection.cursor() as curseur:
        return connection.introspection.table_names(curseur)


def dump(table):
    """The rows of a table as a backup writes them, its bytes as they are."""
    with connection.cursor() as curseur, curseur.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copie:
        return b"".join(bytes(bloc) for bloc in copie)
