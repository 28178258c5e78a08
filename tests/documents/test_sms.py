"""A short message goes by the gateway, once, or says why not; without a gateway nothing of it shows."""

import datetime

import pytest
from django.urls import reverse

from documents.actions import queue_courriel, send_due
from documents.enums import CanalMessage, EtatCourriel
from documents.models import Courriel
from documents.rules.sms import count_messages, write_short
from tests.documents.passerelle import FaussePasserelle

MAINTENANT = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def passerelle(settings, monkeypatch):
    monkeypatch.setattr("documents.sms.ATTENTE", 0.3)
    with FaussePasserelle() as ouverte:
        settings.SMS_ADRESSE, settings.SMS_CLE = ouverte.adresse, "cle-d-essai"
        yield ouverte


def write(rang=0):
    ligne = queue_courriel(
        adresse=f"+68770000{rang}",
        objet="Rappel",
        reference=f"<sms{rang}@exemple.nc>",
        contenu=b"Rendez-vous demain.",
        canal=CanalMessage.SMS,
    )
    Courriel.objects.filter(pk=ligne.pk).update(depuis_le=MAINTENANT, prochain_le=MAINTENANT)
    return ligne


def send(quand=MAINTENANT):
    return send_due(maintenant=quand, canal=CanalMessage.SMS)


@pytest.mark.django_db
@pytest.mark.enable_socket
def test_gateway_that_accepts_gets_it_once_with_its_reference_and_key(passerelle):
    ligne = write()
    assert send() == {EtatCourriel.ENVOYE: 1}
    assert send() == {}
    assert passerelle.textes == [
        {"to": "+687700000", "text": "Rendez-vous demain.", "reference": ligne.reference}
    ]
    assert passerelle.entetes["Authorization"] == "Bearer cle-d-essai"
    assert passerelle.entetes["Idempotency-Key"] == ligne.reference
    assert Courriel.objects.get().contenu is None


@pytest.mark.django_db
@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "reponse, etat, mots",
    [
        (422, EtatCourriel.REFUSE, "Numéro refusé (422)"),
        (302, EtatCourriel.REFUSE, "Numéro refusé (302)"),
        (503, EtatCourriel.EN_ATTENTE, "Passerelle occupée (503)"),
        (429, EtatCourriel.EN_ATTENTE, "Passerelle occupée (429)"),
        ("pend", EtatCourriel.EN_ATTENTE, "Passerelle injoignable"),
        ("coupe", EtatCourriel.EN_ATTENTE, "Passerelle injoignable"),
    ],
)
def test_gateway_that_fails_is_said_and_what_may_pass_is_tried_again(passerelle, reponse, etat, mots):
    write()
    passerelle.reponse = reponse
    assert send() == {etat: 1}
    assert Courriel.objects.get().reponse == mots
    passerelle.reponse = 200
    reste = {EtatCourriel.ENVOYE: 1} if etat == EtatCourriel.EN_ATTENTE else {}
    assert send(MAINTENANT + MINUTE) == reste
    # Cut after it was taken, it goes twice, under one reference that lets the gateway know it.
    assert sum(passerelle.recus.values()) == (2 if reponse == "coupe" else len(reste))


@pytest.mark.django_db
@pytest.mark.enable_socket
def test_silent_gateway_ends_the_round_and_mail_does_not_wait_for_it(passerelle):
    write(0)
    write(1)
    passerelle.reponse = "pend"
    assert send() == {EtatCourriel.EN_ATTENTE: 1}
    assert Courriel.objects.filter(essais=0).count() == 1


@pytest.mark.django_db
def test_without_a_gateway_nothing_of_it_shows(client_de, settings):
    write()
    assert "Canal" not in client_de("administrateur").get(reverse("documents:courriels")).content.decode()
    settings.SMS_ADRESSE = "https://passerelle.exemple.nc/"
    assert "Canal" in client_de("administrateur").get(reverse("documents:courriels")).content.decode()


@pytest.mark.parametrize(
    "texte, nombre", [("a" * 160, 1), ("a" * 161, 2), ("é" * 160, 1), ("€" * 80, 1), ("€" * 81, 2)]
)
def test_messages_are_counted_as_telephones_do(texte, nombre):
    assert count_messages(texte) == nombre


def test_signs_that_telephones_lack_are_written_otherwise():
    assert write_short("L’hôtel « Ça » – être à 8\u00a0h…") == 'L\'hotel " Ça " - etre à 8 h...'
    with pytest.raises(ValueError, match="alphabet"):
        count_messages("ê")
