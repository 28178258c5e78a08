"""What was typed in a session that is over comes back to whoever typed it, and to nobody else."""

import datetime
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.actions import purge
from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from nouvea_sst.comptes.rules.saisies import PAR_COMPTE, kept_fields, readable_texts
from nouvea_sst.comptes.sessions import VUE
from tests.fabriques import MOT_DE_PASSE, compte, log_in

pytestmark = pytest.mark.django_db
AJOUTER = reverse("agents:ajouter")
SAISIES = reverse("comptes:saisies")
TEXTE = "Un nom composé, tapé longuement"


def expire(client):
    session = client.session
    session[VUE] = (timezone.now() - datetime.timedelta(hours=2)).timestamp()
    session.save()


def reconnect(personne):
    client = Client()
    reponse = client.post(
        reverse("comptes:connexion"), {"login": personne.username, "password": MOT_DE_PASSE}
    )
    return client, reponse


def mark_in(client, adresse=AJOUTER):
    """The mark that the form of a page carries."""
    return re.search(r'name="saisie_de" value="([^"]+)"', client.get(adresse).content.decode())[1]


def late(client, **autres):
    """Send a form whose session has ended meanwhile."""
    marque = mark_in(client)
    expire(client)
    return client.post(AJOUTER, {"nom": TEXTE, "saisie_de": marque} | autres)


def test_text_is_kept_shown_after_log_in_and_sent_again_once():
    personne = compte("rh")
    perdu = late(log_in(personne), nom="Kaloi", prenom=TEXTE)
    client = Client()
    assert perdu.status_code == 302 and "motif=gardee" in perdu["Location"]
    assert "est gardé" in client.get(perdu["Location"]).content.decode()
    assert not Agent.objects.exists()
    client, entree = reconnect(personne)
    assert entree["Location"] == SAISIES
    page = client.get(SAISIES).content.decode()
    assert TEXTE in page and f'action="{AJOUTER}"' in page
    assert "<dt>Prénom</dt>" in page and "Ajouter un agent <span" in page
    saisie = SaisieGardee.objects.get()
    client.post(AJOUTER, {"nom": "Kaloi", "prenom": TEXTE, "saisie_gardee": saisie.pk})
    assert Agent.objects.filter(prenom=TEXTE).count() == 1
    assert not SaisieGardee.objects.exists()
    assert TEXTE not in str(list(LigneJournal.objects.filter(acte__startswith="comptes.").values()))


def test_another_person_never_sees_it():
    personne, autre = compte("rh"), compte("administrateur")
    late(log_in(personne))
    ailleurs, entree = reconnect(autre)
    assert entree["Location"] == reverse("accueil")
    assert TEXTE not in ailleurs.get(SAISIES).content.decode()
    saisie = SaisieGardee.objects.get()
    abandon = reverse("comptes:saisie_abandonner", args=[saisie.pk])
    assert ailleurs.post(abandon).status_code == 404
    assert ailleurs.post(reverse("comptes:fermer_mienne"), {"saisie_gardee": saisie.pk}).status_code == 302
    assert SaisieGardee.objects.exists()


def test_form_of_one_sent_by_another_is_neither_kept_nor_shown():
    """A typed, his session ended; B logged in on the same browser, and presses A's button."""
    premier, second = compte("rh"), compte("rh")
    marque = mark_in(log_in(premier))
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(second).cookies
    page = client.post(AJOUTER, {"nom": TEXTE, "saisie_de": marque})
    assert page.status_code == 403
    assert TEXTE not in page.content.decode()
    assert not SaisieGardee.objects.exists()


def test_old_token_of_ones_own_form_keeps_the_text():
    client = log_in(compte("rh"))
    marque = mark_in(client)
    ferme = Client(enforce_csrf_checks=True)
    ferme.cookies = client.cookies
    page = ferme.post(AJOUTER, {"nom": TEXTE, "saisie_de": marque}).content.decode()
    assert f'href="{SAISIES}"' in page
    assert SaisieGardee.objects.get().champs == {"nom": [TEXTE]}


@pytest.mark.parametrize("marque", ["", "1:forgee", "autre"])
def test_form_of_another_site_is_neither_kept_nor_shown(marque):
    personne, voleur = compte("rh"), compte("rh")
    marque = mark_in(log_in(voleur)) if marque == "autre" else marque
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(personne).cookies
    page = client.post(AJOUTER, {"nom": "piège tendu ailleurs", "saisie_de": marque})
    assert page.status_code == 403 and "piège" not in page.content.decode()
    assert not SaisieGardee.objects.exists()


def test_visitor_without_mark_leaves_nothing():
    assert Client().post(AJOUTER, {"nom": TEXTE}).status_code == 302
    assert not SaisieGardee.objects.exists()


def test_visitor_with_the_mark_of_an_account_plants_nothing_under_it():
    """The mark was read on a page: without that page's session it keeps nothing, and shows its own text."""
    marque = mark_in(log_in(compte("rh")))
    page = Client().post(AJOUTER, {"nom": TEXTE, "saisie_de": marque})
    assert page.status_code == 409 and TEXTE in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not SaisieGardee.objects.exists()
    assert not LigneJournal.objects.filter(acte="comptes.keep_saisie").exists()


def test_mark_of_one_page_is_worth_nothing_on_another():
    client = log_in(compte("rh"))
    marque = mark_in(client)
    expire(client)
    assert client.post(reverse("imports:deposer"), {"cible": TEXTE, "saisie_de": marque}).status_code == 409
    assert not SaisieGardee.objects.exists()


def test_mark_of_the_day_before_is_too_old(monkeypatch):
    client = log_in(compte("rh"))
    marque = mark_in(client)
    expire(client)
    demain = time.time() + 25 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: demain)
    assert client.post(AJOUTER, {"nom": TEXTE, "saisie_de": marque}).status_code == 302
    assert not SaisieGardee.objects.exists()


def test_form_of_a_page_left_open_is_sent_again_from_its_answer_after_a_log_in():
    """Logged out in another tab: nothing is kept, the page holds the text until it is sent."""
    personne = compte("rh")
    client = log_in(personne)
    marque = mark_in(client)
    client.logout()
    perdu = client.post(AJOUTER, {"nom": TEXTE, "saisie_de": marque}).content.decode()
    assert not SaisieGardee.objects.exists()
    assert f'href="{reverse("comptes:connexion")}" target="_blank"' in perdu
    assert "<dt>Nom d’usage</dt>" in perdu
    seconde = re.search(r'name="saisie_de" value="([^"]+)"', perdu)[1]
    retour = Client(enforce_csrf_checks=True)
    retour.cookies = log_in(personne).cookies
    page = retour.post(AJOUTER, {"nom": TEXTE, "saisie_de": seconde}).content.decode()
    assert TEXTE in page or SAISIES in page


def test_files_are_lost_and_named_and_passwords_are_never_kept():
    personne = compte("rh")
    client = log_in(personne)
    marque = mark_in(client, reverse("imports:deposer"))
    expire(client)
    fichier = SimpleUploadedFile("registre.csv", b"a;b")
    saisi = {"fichier": fichier, "cible": "agents", "mot_de_passe": "x" * 20, "saisie_de": marque}
    client.post(reverse("imports:deposer"), saisi)
    saisie = SaisieGardee.objects.get()
    assert saisie.fichiers == ["fichier"] and "mot_de_passe" not in saisie.champs
    client, _ = reconnect(personne)
    assert "À joindre de nouveau\u202f: Fichier" in client.get(SAISIES).content.decode()


def test_htmx_form_goes_back_to_its_page():
    client = log_in(compte("rh"))
    marque = mark_in(client)
    expire(client)
    partie = reverse("imports:deposer")
    entetes = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{AJOUTER}?x=1"}
    reponse = client.post(partie, {"nom": TEXTE, "saisie_de": marque}, headers=entetes)
    assert reponse.status_code == 401 and "motif=gardee" in reponse["HX-Redirect"]
    assert SaisieGardee.objects.get().adresse == f"{AJOUTER}?x=1"


def test_htmx_form_that_is_not_kept_stays_on_its_page():
    """What the page of a report sends by script, or a page of another session: the page is not left."""
    signaler = reverse("signalements:signaler")
    for chemin, page in ((AJOUTER, signaler), ("/visites/conclure/1/apercu/", AJOUTER)):
        client = log_in(compte("rh"))
        marque = mark_in(client, page)
        expire(client)
        entetes = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
        reponse = client.post(chemin, {"recit": TEXTE, "saisie_de": marque}, headers=entetes)
        assert reponse.status_code == 286 and "reste sur cette page" in reponse.content.decode()
    assert not SaisieGardee.objects.exists()


@pytest.mark.parametrize("route", ["visites:conclure", "visites:apercu", "signalements:signaler"])
def test_what_a_carer_writes_and_a_report_are_never_kept_on_the_server(route):
    """By hand: the forms with a health professional's words, and the one that may be without a name."""
    args = [] if route == "signalements:signaler" else [1]
    assert resolve(reverse(route, args=args)).func.sans_garde is True


def test_kept_texts_are_few_and_short_lived():
    personne = compte("rh")
    for n in range(PAR_COMPTE + 2):
        late(log_in(personne), nom=f"Texte {n}")
    assert SaisieGardee.objects.count() == PAR_COMPTE
    SaisieGardee.objects.update(gardee_le=timezone.now() - datetime.timedelta(hours=13))
    _, entree = reconnect(personne)
    assert entree["Location"] == reverse("accueil")
    purge(acteur=None)
    assert not SaisieGardee.objects.exists()


def test_what_one_recognises_is_shown():
    champs = kept_fields(
        [("csrfmiddlewaretoken", ["x"]), ("recit", ["Le sol\0 glisse."]), ("structure", ["12"])]
    )
    assert champs == {"recit": ["Le sol glisse."], "structure": ["12"]}
    assert readable_texts(champs, {}) == [("Recit", "Le sol glisse.")]
    assert readable_texts(champs, {"recit": "Que se passe-t-il ?"}) == [
        ("Que se passe-t-il ?", "Le sol glisse.")
    ]


def test_every_form_carries_the_mark_of_its_owner(client_de):
    client = client_de("rh")
    assert client.compte.username not in mark_in(client) and client.session.session_key not in mark_in(client)
    assert "saisie_de" not in Client().get(reverse("comptes:connexion")).content.decode()
