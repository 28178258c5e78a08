"""What was typed in a session that is over comes back to whoever typed it, and to nobody else."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent
from nouvea_sst.comptes.actions import purge
from nouvea_sst.comptes.models import LigneJournal, SaisieGardee
from nouvea_sst.comptes.rules.saisies import PAR_COMPTE, kept_fields, readable_texts
from nouvea_sst.comptes.saisies import mark_of
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


def test_text_is_kept_shown_after_log_in_and_sent_again_once():
    personne = compte("rh")
    client = log_in(personne)
    expire(client)
    perdu = client.post(AJOUTER, {"nom": "Kaloi", "prenom": TEXTE, "saisie_de": mark_of(personne)})
    assert perdu.status_code == 302 and "motif=gardee" in perdu["Location"]
    assert "est gardé" in client.get(perdu["Location"]).content.decode()
    assert not Agent.objects.exists()
    client, entree = reconnect(personne)
    assert entree["Location"] == SAISIES
    page = client.get(SAISIES).content.decode()
    assert TEXTE in page and f'action="{AJOUTER}"' in page
    saisie = SaisieGardee.objects.get()
    client.post(AJOUTER, {"nom": "Kaloi", "prenom": TEXTE, "saisie_gardee": saisie.pk})
    assert Agent.objects.filter(prenom=TEXTE).count() == 1
    assert not SaisieGardee.objects.exists()
    assert TEXTE not in str(list(LigneJournal.objects.filter(acte__startswith="comptes.").values()))


def test_another_person_never_sees_it():
    personne, autre = compte("rh"), compte("administrateur")
    client = log_in(personne)
    expire(client)
    client.post(AJOUTER, {"nom": TEXTE})
    ailleurs, entree = reconnect(autre)
    assert entree["Location"] == reverse("accueil")
    assert TEXTE not in ailleurs.get(SAISIES).content.decode()
    saisie = SaisieGardee.objects.get()
    abandon = reverse("comptes:saisie_abandonner", args=[saisie.pk])
    assert ailleurs.post(abandon).status_code == 404
    assert ailleurs.post(reverse("comptes:fermer_mienne"), {"saisie_gardee": saisie.pk}).status_code == 302
    assert SaisieGardee.objects.exists()


def test_form_of_one_sent_by_another_goes_back_to_the_first():
    """A typed, his session ended; B logged in on the same browser, and presses A's button."""
    premier, second = compte("rh"), compte("rh")
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(second).cookies
    page = client.post(AJOUTER, {"nom": TEXTE, "saisie_de": mark_of(premier)})
    assert page.status_code == 403
    assert TEXTE not in page.content.decode() and "la personne qui l’a tapée" in page.content.decode()
    assert SaisieGardee.objects.get().compte == premier


def test_old_token_of_ones_own_form_keeps_the_text():
    personne = compte("rh")
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(personne).cookies
    page = client.post(AJOUTER, {"nom": TEXTE, "saisie_de": mark_of(personne)}).content.decode()
    assert f'href="{SAISIES}"' in page
    assert SaisieGardee.objects.get().champs == {"nom": [TEXTE]}


@pytest.mark.parametrize("marque", ["", "1:forgee", "autre"])
def test_form_of_another_site_is_not_kept(marque):
    personne, voleur = compte("rh"), compte("agent")
    client = Client(enforce_csrf_checks=True)
    client.cookies = log_in(personne).cookies
    marque = mark_of(voleur) if marque == "autre" else marque
    page = client.post(AJOUTER, {"nom": "piège tendu ailleurs", "saisie_de": marque})
    assert page.status_code == 403
    assert not SaisieGardee.objects.filter(compte=personne).exists()


def test_visitor_without_mark_leaves_nothing():
    assert Client().post(AJOUTER, {"nom": TEXTE}).status_code == 302
    assert not SaisieGardee.objects.exists()


def test_mark_alone_tells_whose_form_it_is():
    """Logged out in another tab: no session is left, the form still knows."""
    personne = compte("rh")
    reponse = Client().post(AJOUTER, {"nom": TEXTE, "saisie_de": mark_of(personne)})
    assert "motif=gardee" in reponse["Location"]
    assert SaisieGardee.objects.get().compte == personne


def test_files_are_lost_and_named_and_passwords_are_never_kept():
    personne = compte("rh")
    client = log_in(personne)
    expire(client)
    fichier = SimpleUploadedFile("registre.csv", b"a;b")
    client.post(reverse("imports:deposer"), {"fichier": fichier, "cible": "agents", "mot_de_passe": "x" * 20})
    saisie = SaisieGardee.objects.get()
    assert saisie.fichiers == ["fichier"] and "mot_de_passe" not in saisie.champs
    client, _ = reconnect(personne)
    assert "À joindre de nouveau : fichier" in client.get(SAISIES).content.decode()


def test_htmx_form_goes_back_to_its_page():
    personne = compte("rh")
    entetes = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{AJOUTER}?x=1"}
    reponse = Client().post(
        "/visites/conclure/1/apercu/", {"texte": TEXTE, "saisie_de": mark_of(personne)}, headers=entetes
    )
    assert reponse.status_code == 401 and "motif=gardee" in reponse["HX-Redirect"]
    assert SaisieGardee.objects.get().adresse == f"{AJOUTER}?x=1"
    entetes["HX-Current-URL"] = "http://ailleurs.example/vol/"
    Client().post(
        "/visites/conclure/1/apercu/", {"texte": TEXTE, "saisie_de": mark_of(personne)}, headers=entetes
    )
    assert SaisieGardee.objects.first().adresse == "/visites/conclure/1/apercu/"


def test_kept_texts_are_few_and_short_lived():
    personne = compte("rh")
    for n in range(PAR_COMPTE + 2):
        Client().post(AJOUTER, {"nom": f"Texte {n}", "saisie_de": mark_of(personne)})
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
    assert readable_texts(champs) == [("Recit", "Le sol glisse.")]


def test_every_form_carries_the_mark_of_its_owner(client_de):
    client = client_de("rh")
    assert f'name="saisie_de" value="{mark_of(client.compte)}"' in client.get(AJOUTER).content.decode()
    assert "saisie_de" not in Client().get(reverse("comptes:connexion")).content.decode()
