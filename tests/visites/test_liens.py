"""An agent answers from his message, once, for the slot that he was told of; nothing else opens."""

import datetime
import email
import email.policy
import re

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.actions import load_entete, load_modeles
from documents.models import Courriel, Document, LettreEmise
from nouvea_sst.comptes.actions import make_lien
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.chiffrement import unseal
from tests.agents.factories import AgentFactory
from tests.documents.factories import published
from tests.documents.test_courriels import dump, tables
from tests.fabriques import compte
from tests.visites.factories import DemiJourneeFactory, VisiteFactory
from visites.actions.lettres import make_lettres, request_lettres
from visites.actions.liens import SIGNATURE, open_lien, send_lien
from visites.actions.presence import say_presence
from visites.actions.reponses import use_lien
from visites.enums import EtatVisite, Reponse
from visites.lettres import key_of
from visites.models import LienReponse, Visite
from visites.rules import liens

pytestmark = pytest.mark.django_db
SEMAINE = datetime.timedelta(days=7)


@pytest.fixture(autouse=True)
def reglages(settings):
    settings.COURRIEL, settings.ADRESSE_SITE = True, "https://sst.exemple.nc"
    settings.DEFAULT_FROM_EMAIL = "sst@exemple.nc"
    cache.clear()


@pytest.fixture
def visite():
    jour = timezone.localdate() + SEMAINE
    demi = DemiJourneeFactory(date=jour)
    return VisiteFactory(
        date=jour,
        heure=demi.debut,
        professionnel=demi.professionnel,
        demi_journee=demi,
        duree=demi.duree,
        agent=AgentFactory(nom="Kaloi", prenom="Jeanne", courriel="j.kaloi@exemple.nc"),
    )


def opened(visite, **quand):
    return open_lien(visite=visite, maintenant=timezone.now(), **quand).removeprefix("https://sst.exemple.nc")


def answer(adresse, reponse="confirmee"):
    return Client().post(adresse, {"reponse": reponse})


def words(reponse):
    return re.sub(r"\s+", " ", reponse.content.decode())


def test_page_says_when_and_where_and_nobody_nor_why(visite):
    page = words(Client().get(opened(visite)))
    assert str(visite.demi_journee.lieu) in page and "13:00" in page and "Rendez-vous avec le service" in page
    for tu in ("Kaloi", "Jeanne", "Le Goff", visite.motif.libelle, visite.get_nature_display(), "médic"):
        assert tu.lower() not in page.lower(), tu


def test_reading_answers_nothing_however_often(visite):
    adresse = opened(visite)
    avant = LigneJournal.objects.count()
    for lire in (Client().get, Client().head, Client().get):
        assert lire(adresse).status_code == 200
    visite.refresh_from_db()
    assert (visite.reponse, visite.etat) == (Reponse.ATTENDUE, EtatVisite.PLACEE)
    assert LienReponse.objects.get().fini_le is None and LigneJournal.objects.count() == avant


@pytest.mark.parametrize("reponse, etat", [("confirmee", EtatVisite.PLACEE), ("declinee", EtatVisite.EXCUSE)])
def test_answer_is_kept_once_and_said_again_to_who_comes_back(visite, reponse, etat):
    adresse = opened(visite)
    assert answer(adresse, reponse).status_code == 200
    visite.refresh_from_db()
    assert (visite.reponse, visite.etat, visite.reponse_voie) == (reponse, etat, "lien")
    autre = "declinee" if reponse == "confirmee" else "confirmee"
    for encore in (answer(adresse, autre), Client().get(adresse)):
        assert encore.status_code == 404 and liens.SERVI in words(encore)
    visite.refresh_from_db()
    assert visite.reponse == reponse


@pytest.mark.parametrize("methode", ["get", "post"])
def test_each_link_that_does_not_open_says_why(visite, methode):
    def say(adresse):
        recue = getattr(Client(), methode)(adresse, {"reponse": "confirmee"})
        assert recue.status_code == 404
        return words(recue)

    adresse = opened(visite)
    chemin = reverse("rendez_vous:repondre", args=["x"])
    assert liens.FAUX in say(chemin)
    assert liens.FAUX in say(adresse[:-3] + "aa/")
    inconnu = SIGNATURE.sign(str(liens.Jeton(liens.USAGE, visite.pk, "0" * 16, "secret")))
    assert liens.FAUX in say(reverse("rendez_vous:repondre", args=[inconnu]))
    ailleurs = SIGNATURE.sign(str(liens.Jeton("annulation", visite.pk, "0" * 16, "secret")))
    assert liens.AUTRE_USAGE in say(reverse("rendez_vous:repondre", args=[ailleurs]))
    voisin = signing.Signer(salt="autre").sign(str(liens.Jeton(liens.USAGE, visite.pk, "0" * 16, "s")))
    assert liens.FAUX in say(reverse("rendez_vous:repondre", args=[voisin]))
    nouveau = opened(visite)
    assert liens.REMPLACE in say(adresse)
    LienReponse.objects.filter(fini_le=None).update(expire_le=timezone.now())
    assert liens.EXPIRE in say(nouveau)
    Visite.objects.filter(pk=visite.pk).update(etat=EtatVisite.ABSENT)
    assert liens.CLOS in say(nouveau)
    Visite.objects.filter(pk=visite.pk).update(heure=datetime.time(13, 15))
    assert liens.DEPLACE in say(nouveau)
    Visite.objects.filter(pk=visite.pk).update(etat=EtatVisite.ANNULEE)
    assert liens.ANNULE in say(nouveau)


def test_link_of_an_account_does_not_answer_nor_this_one_open_an_account(visite):
    cible = compte("agent", password=None)
    _, jeton = make_lien(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)
    assert liens.FAUX in words(answer(reverse("rendez_vous:repondre", args=[jeton])))
    sien = opened(visite).rstrip("/").rpartition("/")[2]
    assert Client().get(reverse("comptes:lien", args=[sien])).status_code == 404


def test_link_of_one_appointment_answers_for_no_other(visite):
    autre = VisiteFactory(date=visite.date, heure=datetime.time(9))
    answer(opened(visite))
    autre.refresh_from_db()
    assert autre.reponse == Reponse.ATTENDUE


def test_address_of_the_page_stays_with_its_holder(visite):
    for recue in (Client().get(opened(visite)), Client().get(reverse("rendez_vous:repondre", args=["x"]))):
        assert recue["Referrer-Policy"] == "no-referrer"
        assert "no-store" in recue["Cache-Control"] and "noindex" in recue["X-Robots-Tag"]
        assert not recue.cookies


def test_answer_is_taken_where_the_browser_tells_no_origin(visite):
    client = Client(enforce_csrf_checks=True)
    recue = client.post(opened(visite), {"reponse": "confirmee"}, secure=True, HTTP_ORIGIN="null")
    assert recue.status_code == 200


def test_other_word_than_the_two_answers_is_refused_and_uses_nothing(visite):
    adresse = opened(visite)
    assert "Choisissez une des deux réponses" in words(answer(adresse, "peut-être"))
    assert LienReponse.objects.get().fini_le is None
    assert answer(adresse).status_code == 200


def test_too_many_tries_wait(visite, monkeypatch):
    monkeypatch.setattr("visites.views.liens.LIMITE", {"reponse": "3/m/ip"})
    chemin = reverse("rendez_vous:repondre", args=["x"])
    assert [Client().get(chemin).status_code for _ in range(5)] == [404, 404, 404, 429, 429]


def test_answer_refused_by_the_appointment_leaves_the_link_open(visite, monkeypatch):
    def refuse(**faits):
        raise ValidationError("Ce rendez-vous a été donné à un autre agent.")

    adresse = opened(visite)
    monkeypatch.setattr("visites.actions.reponses.confirm", refuse)
    recue = answer(adresse)
    assert recue.status_code == 409 and "donné à un autre" in words(recue)
    assert LienReponse.objects.get().fini_le is None


def test_token_lies_nowhere_in_the_database(visite):
    send_lien(acteur=compte(), visite=visite, maintenant=timezone.now())
    courriel = Courriel.objects.get()
    texte = unseal(courriel, "contenu")
    jeton = texte.partition(b"/rendez-vous/")[2].split()[0].replace(b"=\r\n", b"").rstrip(b"/")
    vidage = b"".join(dump(table) for table in tables())
    assert b"j.kaloi@exemple.nc" in vidage
    assert jeton[:20] and jeton[:20] not in vidage and b"/rendez-vous/" not in vidage


def test_message_is_neutral_and_goes_to_the_agent_alone(visite):
    send_lien(acteur=compte(), visite=visite, maintenant=timezone.now())
    courriel = Courriel.objects.get()
    assert courriel.adresse == "j.kaloi@exemple.nc"
    assert courriel.objet == "[TEST] Votre rendez-vous"
    texte = unseal(courriel, "contenu").partition(b"\r\n\r\n")[2].decode()
    for tu in ("Kaloi", "Jeanne", "Goff", "visite", "médec", "santé", "aptitude", visite.motif.libelle):
        assert tu.lower() not in texte.lower(), tu
    assert LigneJournal.objects.filter(acte="visites.send_lien").count() == 1


@pytest.mark.parametrize(
    "faute, phrase",
    [
        ({"courriel": ""}, "n’a pas d’adresse"),
        ({"etat": EtatVisite.ANNULEE}, "n’est pas à venir"),
        ({"date": timezone.localdate() - SEMAINE}, "n’est pas à venir"),
    ],
)
def test_no_link_goes_for_what_cannot_be_answered(visite, faute, phrase):
    cible = visite.agent if "courriel" in faute else visite
    type(cible).objects.filter(pk=cible.pk).update(**faute)
    visite = Visite.objects.select_related("agent").get(pk=visite.pk)
    with pytest.raises(ValidationError, match=phrase):
        send_lien(acteur=compte(), visite=visite, maintenant=timezone.now())
    assert not Courriel.objects.exists() and not LienReponse.objects.exists()


def test_coordinateur_sends_a_new_link_and_the_old_one_says_so(visite, client_de):
    ancien = opened(visite)
    client = client_de("coordinateur")
    assert "Envoyer un nouveau lien" in words(client.get(reverse("visites:visite", args=[visite.pk])))
    client.post(reverse("visites:envoyer_lien", args=[visite.pk]))
    assert liens.REMPLACE in words(Client().get(ancien))
    assert LienReponse.objects.filter(fini_le=None).count() == 1 and Courriel.objects.count() == 1


def test_two_answers_at_once_make_one(visite):
    adresse = opened(visite).rstrip("/").rpartition("/")[2]
    use_lien(jeton=adresse, maintenant=timezone.now(), reponse="confirmee")
    with pytest.raises(Exception, match="déjà servi"):
        use_lien(jeton=adresse, maintenant=timezone.now(), reponse="declinee")
    visite.refresh_from_db()
    assert visite.reponse == Reponse.CONFIRMEE


def test_convocation_by_message_holds_the_link_made_as_it_goes(visite, client_de):
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())
    lot = request_lettres(acteur=compte(), jour=timezone.localdate(), visites=[visite.pk])
    faits = {"acteur": lot.demandeur, "maintenant": timezone.now(), "jour": timezone.localdate()}
    for _ in range(2):  # begun again, it makes no other link
        make_lettres(lot=lot, progres=lambda fait, total: None, **faits)
    courriel = Courriel.objects.get()
    texte = email.message_from_bytes(unseal(courriel, "contenu"), policy=email.policy.default)
    corps = texte.get_body().get_content()
    adresse = re.search(r"https://sst.exemple.nc(/rendez-vous/\S+)", corps).group(1)
    assert "Dites si vous venez" in corps
    assert LienReponse.objects.filter(fini_le=None).count() == LienReponse.objects.count() == 1
    assert answer(adresse, "declinee").status_code == 200
    objets = list(Courriel.objects.order_by("pk").values_list("objet", flat=True))
    assert [objet.removeprefix("[TEST] ") for objet in objets] == ["Rendez-vous", "Rendez-vous annulé"]


def test_excused_before_the_day_is_told_and_on_the_day_is_not(visite):
    load_entete(acteur=None)
    document = Document.objects.create(
        categorie="lettre", agent=visite.agent, nom_fichier="d.pdf", contenu=b"%PDF", sha256="0" * 64
    )
    LettreEmise.objects.create(
        agent=visite.agent,
        modele=published(),
        cle=key_of("convocation", visite),
        destinataire="Jeanne",
        mode="courriel",
        document=document,
        emise_le=timezone.now(),
    )
    for jour, dits in ((visite.date - SEMAINE / 7, 1), (visite.date, 0)):
        with transaction.atomic():
            faits = {"acteur": compte(), "jour": jour, "visite": visite, "version": visite.version}
            say_presence(presence="excuse", **faits)
            assert Courriel.objects.count() == dits
            transaction.set_rollback(True)
