"""Sessions end by the server's clock, by hand, and with the account."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import disable_compte, purge
from nouvea_sst.comptes.models import LigneJournal, SessionCompte
from nouvea_sst.comptes.rules.sessions import name_browser
from nouvea_sst.comptes.sessions import OUVERTE, VUE
from nouvea_sst.travaux.models import Travail
from tests.fabriques import MOT_DE_PASSE, compte, log_in

pytestmark = pytest.mark.django_db
SUIVI = {"HX-Request": "true", "X-Suivi": "1"}
ACCUEIL = reverse("comptes:mes_sessions")


def age(client, *, minutes, cle=VUE):
    """Make the session older, and return the moment written."""
    session = client.session
    session[cle] = (timezone.now() - datetime.timedelta(minutes=minutes)).timestamp()
    session.save()
    return session[cle]


@pytest.mark.parametrize(
    "role, minutes, vit",
    [
        ("medecin", 14, True),
        ("medecin", 15, False),
        ("infirmier", 15, False),
        ("psychologue", 15, False),
        ("administrateur", 15, False),
        ("rh", 16, True),
        ("rh", 29, True),
        ("rh", 30, False),
    ],
)
def test_session_left_alone_ends(role, minutes, vit):
    client = log_in(compte(role))
    age(client, minutes=minutes)
    reponse = client.get(ACCUEIL)
    assert reponse.status_code == (200 if vit else 302)
    assert vit or "motif=inactivite" in reponse["Location"]
    assert LigneJournal.objects.filter(acte="comptes.session_expired").count() == (0 if vit else 1)
    assert client.get(ACCUEIL).status_code == (200 if vit else 302)


@pytest.mark.parametrize("minutes, vit", [(599, True), (600, False)])
def test_session_ends_after_ten_hours_in_any_case(minutes, vit):
    client = log_in(compte("rh"))
    age(client, minutes=minutes, cle=OUVERTE)
    reponse = client.get(ACCUEIL)
    assert reponse.status_code == (200 if vit else 302)
    assert vit or "motif=duree" in reponse["Location"]


def test_activity_keeps_it_open_and_is_written_once_a_minute():
    client = log_in(compte("rh"))
    avant = age(client, minutes=20)
    client.get(ACCUEIL)
    assert client.session[VUE] > avant + 1000
    peu = age(client, minutes=0.5)
    client.get(ACCUEIL)
    assert client.session[VUE] == peu


def test_a_page_that_asks_for_itself_keeps_nothing_open():
    demandeur = compte("rh")
    client = log_in(demandeur)
    travail = Travail.objects.create(intitule="Essai", demandeur=demandeur)
    adresse = reverse("travaux:travail", args=[travail.pk])
    avant = age(client, minutes=20)
    for suivie in (adresse, reverse("travaux:liste"), reverse("travaux:temoin")):
        assert client.get(suivie, headers=SUIVI).status_code == 200
        assert client.session[VUE] == avant
    client.get(adresse, headers={"HX-Request": "true"})
    assert client.session[VUE] > avant


def test_page_that_asks_for_itself_is_told_once_that_the_session_is_over():
    client = log_in(compte("rh"))
    age(client, minutes=31)
    for _ in range(2):
        fini = client.get(reverse("travaux:temoin"), headers=SUIVI)
        assert (fini.status_code, fini["HX-Retarget"]) == (286, "#fin-session")
        assert "HX-Redirect" not in fini
        assert "Votre session est terminée" in fini.content.decode()
    assert LigneJournal.objects.filter(acte="comptes.session_expired").count() == 1
    page = log_in(compte("rh")).get(ACCUEIL).content.decode()
    assert 'id="fin-session"' in page


def test_asked_by_a_person_it_leads_to_log_in():
    client = log_in(compte("rh"))
    age(client, minutes=31)
    fini = client.get(reverse("travaux:temoin"), headers={"HX-Request": "true"})
    assert fini.status_code == 401 and fini["HX-Redirect"].startswith(reverse("comptes:connexion"))


def test_disabled_account_is_out_at_once():
    cible = compte("rh")
    client = log_in(cible)
    disable_compte(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)
    assert not SessionCompte.objects.filter(compte=cible).exists()
    assert client.get(ACCUEIL).status_code == 302
    refus = Client().post(reverse("comptes:connexion"), {"login": cible.username, "password": MOT_DE_PASSE})
    assert "ne convient pas" in refus.content.decode()


def test_one_closes_ones_own_sessions_and_no_one_elses():
    personne, autre = compte("rh"), compte("rh")
    ici, ailleurs, etranger = log_in(personne), log_in(personne), log_in(autre)
    lignes = ici.get(ACCUEIL).context["lignes"]
    assert [ligne["ici"] for ligne in lignes] == [True, False]
    nom_etranger = etranger.get(ACCUEIL).context["lignes"][0]["nom"]
    fermer = reverse("comptes:fermer_mienne")
    ici.post(fermer, {"session": nom_etranger})
    assert etranger.get(ACCUEIL).status_code == 200
    ici.post(fermer, {"session": lignes[1]["nom"]})
    assert ailleurs.get(ACCUEIL).status_code == 302
    assert ici.get(ACCUEIL).status_code == 200
    assert LigneJournal.objects.filter(acte="comptes.close_session").count() == 1


def test_session_key_is_not_on_the_page():
    client = log_in(compte("rh"))
    assert client.session.session_key not in client.get(ACCUEIL).content.decode()


def test_administrator_closes_all_of_an_account(client_de):
    cible = compte("medecin")
    clients = [log_in(cible), log_in(cible)]
    administrateur = client_de("administrateur")
    administrateur.post(reverse("comptes:fermer_session", args=[cible.pk]), {"session": "toutes"})
    assert [c.get(ACCUEIL).status_code for c in clients] == [302, 302]
    assert administrateur.get(ACCUEIL).status_code == 200


def test_own_new_password_closes_the_other_sessions():
    personne = compte("rh")
    ici, ailleurs = log_in(personne), log_in(personne)
    nouveau = "tortue bleue sous la pluie fine"
    saisie = {"oldpassword": MOT_DE_PASSE, "password1": nouveau, "password2": nouveau}
    assert ici.post(reverse("comptes:mot_de_passe"), saisie).status_code == 302
    assert ailleurs.get(ACCUEIL).status_code == 302
    assert ici.get(ACCUEIL).status_code == 200
    assert SessionCompte.objects.filter(compte=personne).count() == 1


def test_nothing_shown_is_kept_by_the_browser():
    client = log_in(compte("rh"))
    for adresse in (ACCUEIL, reverse("agents:liste"), "/nulle-part/"):
        assert client.get(adresse)["Cache-Control"] == "no-store, private"
    fin = client.post(reverse("comptes:deconnexion"))
    assert fin["Clear-Site-Data"] == '"cache", "storage"'
    assert LigneJournal.objects.filter(acte="comptes.logout").count() == 1


def test_log_in_notes_where_from():
    personne = compte("rh")
    client = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"})
    client.post(reverse("comptes:connexion"), {"login": personne.username, "password": MOT_DE_PASSE})
    ligne = SessionCompte.objects.get(compte=personne)
    assert (ligne.navigateur, ligne.adresse) == ("Firefox sur Windows", "127.0.0.1")
    assert LigneJournal.objects.get(acte="comptes.login").acteur_cle == personne.username


@pytest.mark.parametrize(
    "agent, nom",
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge sur Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome sur Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/19 Safari/605", "Safari sur Mac"),
        ("", "Navigateur"),
    ],
)
def test_browser_is_named_as_its_owner_would(agent, nom):
    assert name_browser(agent) == nom


def test_sessions_over_are_cleared_away():
    log_in(compte("rh"))
    SessionCompte.objects.update(expire_date=timezone.now() - datetime.timedelta(days=1))
    assert purge(acteur=None) == 1
