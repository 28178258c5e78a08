"""What comes back is known by its mark or its reference, said in French, and counted once."""

import datetime
import mailbox

import pytest
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from documents.actions import read_retours
from documents.actions.courriels import mark_of, sender_of
from documents.enums import EtatCourriel
from documents.models import Courriel
from documents.rules.retours import Retour, read_retour, word_status
from tests.agents.factories import AgentFactory
from tests.documents.retours import away, receipt, report

MAINTENANT = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
JOUR = datetime.timedelta(days=1)


@pytest.fixture
def boite(settings, tmp_path):
    settings.EMAIL_BACKEND = "documents.outbox.Backend"
    settings.DEFAULT_FROM_EMAIL = "sst@exemple.nc"
    settings.COURRIEL_RETOURS = "retours@exemple.nc"
    settings.RETOURS_DOSSIER = str(tmp_path / "boite")
    return mailbox.Maildir(tmp_path / "boite", create=True)


def sent(nombre=1):
    for rang in range(nombre):
        send_mail("Un message", "Un message vous attend.", None, [f"a{rang}@exemple.nc"])
    Courriel.objects.update(etat=EtatCourriel.ENVOYE, envoye_le=MAINTENANT, contenu=None, cree_le=MAINTENANT)
    return list(Courriel.objects.order_by("pk"))


@pytest.mark.django_db
@pytest.mark.parametrize("entier", [False, True])
def test_address_that_does_not_exist_comes_back_and_is_said_in_french(boite, entier):
    (parti,) = sent()
    boite.add(report(adresse=parti.adresse, reference=parti.reference, entier=entier))
    assert read_retours(maintenant=MAINTENANT) == {"lus": 1, "revenus": 1}
    parti.refresh_from_db()
    assert (parti.etat, parti.reponse) == (EtatCourriel.REVENU, "Adresse inconnue (5.1.1)")
    assert (parti.revenu_le, parti.envoye_le) == (MAINTENANT, MAINTENANT)


@pytest.mark.django_db
def test_signed_address_of_returns_tells_the_message_that_the_report_does_not_quote(boite):
    parti, autre = sent(2)
    boite.add(report(adresse="ailleurs@exemple.org", reference="<perdue@mx>", a=sender_of(courriel=parti)))
    read_retours(maintenant=MAINTENANT)
    parti.refresh_from_db()
    autre.refresh_from_db()
    assert (parti.etat, autre.etat) == (EtatCourriel.REVENU, EtatCourriel.ENVOYE)


@pytest.mark.django_db
def test_late_delivery_is_said_and_is_no_return(boite):
    (parti,) = sent()
    boite.add(report(adresse=parti.adresse, reference=parti.reference, action="delayed", status="4.4.1"))
    assert read_retours(maintenant=MAINTENANT) == {"lus": 1, "retardes": 1}
    parti.refresh_from_db()
    assert parti.etat == EtatCourriel.ENVOYE
    assert parti.reponse == "Remise retardée : serveur du destinataire injoignable (4.4.1)"


@pytest.mark.django_db
def test_absence_receipts_forgeries_and_noise_change_nothing(boite):
    parti, autre = sent(2)
    faux = sender_of(courriel=parti).replace(mark_of(pk=parti.pk), "0" * 16)
    emprunte = sender_of(courriel=parti).replace(f"+{parti.pk}-", f"+{autre.pk}-")
    for lettre in (
        away(reference=parti.reference, a=sender_of(courriel=parti)),
        receipt(adresse=parti.adresse, reference=parti.reference),
        report(adresse=parti.adresse, reference="<inventee@exemple.nc>"),
        report(adresse=parti.adresse, reference="", a=faux),
        report(adresse=parti.adresse, reference="", a=emprunte),
        report(adresse=parti.adresse, reference=parti.reference, action="delivered", status="2.0.0"),
        report(
            adresse=parti.adresse, reference="", a="retours+999999999999999999-" + "a" * 16 + "@exemple.nc"
        ),
        b"\xff\xfe\x00 rien",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\n",
    ):
        boite.add(lettre)
    assert read_retours(maintenant=MAINTENANT) == {"lus": 9, "sans_suite": 9}
    assert set(Courriel.objects.values_list("etat", "reponse")) == {(EtatCourriel.ENVOYE, "")}


@pytest.mark.django_db
def test_report_read_twice_counts_once_and_what_is_read_is_not_read_again(boite):
    (parti,) = sent()
    lettre = report(adresse=parti.adresse, reference=parti.reference)
    boite.add(lettre)
    boite.add(lettre)
    assert read_retours(maintenant=MAINTENANT) == {"lus": 2, "revenus": 1, "sans_suite": 1}
    assert read_retours(maintenant=MAINTENANT) == {}


@pytest.mark.django_db
def test_message_that_did_not_leave_does_not_come_back(boite):
    send_mail("Un message", "Texte", None, ["a@exemple.nc"])
    attend = Courriel.objects.get()
    boite.add(report(adresse=attend.adresse, reference=attend.reference))
    assert read_retours(maintenant=MAINTENANT) == {"lus": 1, "sans_suite": 1}


@pytest.mark.parametrize(
    "code, mots",
    [
        ("5.2.2", "Boîte pleine (5.2.2)"),
        ("5.7.1", "Refusé par les règles du destinataire (5.7.1)"),
        ("5.9.9", "Non remis par le serveur (5.9.9)"),
        ("", "Non remis par le serveur"),
    ],
)
def test_codes_have_their_words(code, mots):
    assert word_status(Retour(True, code)) == mots


def test_report_of_many_recipients_tells_the_one_that_failed():
    lettre = report(adresse="a@exemple.nc", reference="<r@exemple.nc>")
    deux = lettre.replace(
        b"Final-Recipient",
        b"Final-Recipient: rfc822; b@exemple.nc\r\nAction: relayed\r\nStatus: 2.0.0\r\n\r\nFinal-Recipient",
        1,
    )
    retour = read_retour(deux)
    assert (retour.definitif, retour.code, retour.reference) == (True, "5.1.1", "<r@exemple.nc>")


@pytest.mark.django_db
def test_command_says_what_it_read_and_why_a_box_does_not_open(boite, settings, capsys):
    (parti,) = sent()
    boite.add(report(adresse=parti.adresse, reference=parti.reference))
    call_command("lire_retours")
    assert "1 message lu : 1 revenu, 0 en retard, 0 sans suite." in capsys.readouterr().out
    settings.RETOURS_DOSSIER += "-absente"
    with pytest.raises(CommandError, match="maildir"):
        call_command("lire_retours")


@pytest.mark.django_db
def test_refused_address_is_told_on_the_agent_the_first_page_and_the_messages(boite, client_de):
    (parti,) = sent()
    agent = AgentFactory(courriel="A0@exemple.nc")
    boite.add(report(adresse=parti.adresse, reference=parti.reference))
    read_retours(maintenant=MAINTENANT)
    client = client_de("coordinateur")
    for adresse in (reverse("visites:agent", args=[agent.pk]), reverse("documents:agent", args=[agent.pk])):
        assert "Adresse refusée : le message du 24/11/2026" in client.get(adresse).content.decode()
    assert "adresse à corriger" in client.get("/").content.decode()
    page = client.get(reverse("documents:courriels"), {"vue": "a_corriger"}).content.decode()
    assert "a0@exemple.nc" in page and "Adresse inconnue (5.1.1)" in page
    send_mail("Un message", "Texte", None, ["a0@exemple.nc"])
    arrives = Courriel.objects.filter(etat=EtatCourriel.EN_ATTENTE)
    arrives.update(etat=EtatCourriel.ENVOYE, envoye_le=MAINTENANT, cree_le=MAINTENANT + JOUR)
    assert "adresse à corriger" not in client.get("/").content.decode()
