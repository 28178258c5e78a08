"""A link opens once, in its time, for an approved account, and nobody else knows the password."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import disable_compte, make_lien, revoke_lien, use_lien
from nouvea_sst.comptes.actions.liens import LienRefuse, read_lien
from nouvea_sst.comptes.models import LienCompte, LigneJournal, SessionCompte, Utilisateur
from tests.fabriques import compte, log_in

pytestmark = pytest.mark.django_db
BON = "tortue bleue sous la pluie fine"
HEURE = datetime.timedelta(hours=1)


def lien_de(cible, quand=None):
    administrateur = compte("administrateur")
    return make_lien(acteur=administrateur, maintenant=quand or timezone.now(), compte_id=cible.pk)


def choose(jeton, mot=BON):
    return Client().post(reverse("comptes:lien", args=[jeton]), {"new_password1": mot, "new_password2": mot})


def test_invitation_from_the_screen_to_the_log_in(client_de):
    client = client_de("administrateur")
    saisie = {"identifiant": "904999", "last_name": "Wanakaja", "first_name": "Lise", "role": "agent"}
    compte_cree = client.post(reverse("comptes:ajouter"), saisie, follow=True).content.decode()
    assert "Créer un lien d’invitation" in compte_cree
    nouveau = Utilisateur.objects.get(username="904999")
    page = client.post(reverse("comptes:creer_lien", args=[nouveau.pk]))
    adresse = page.context["adresse"]
    assert adresse in page.content.decode()
    assert adresse not in client.get(reverse("comptes:compte", args=[nouveau.pk])).content.decode()
    assert "attend un accord" in Client().get(adresse).content.decode()
    Utilisateur.objects.filter(pk=nouveau.pk).update(approuve_le=timezone.now())
    assert choose(page.context["adresse"].rstrip("/").rsplit("/", 1)[1]).status_code == 302
    bon = Client().post(reverse("comptes:connexion"), {"login": "904999", "password": BON})
    assert bon["Location"] == reverse("accueil")
    assert BON not in str(list(LigneJournal.objects.values()))


def test_token_is_not_in_the_database():
    _, jeton = lien_de(compte("encadrant", password=None))
    assert jeton.split(":")[0] not in str(list(LienCompte.objects.values()))


@pytest.mark.parametrize("password, heures", [(None, 72), ("x", 1)])
def test_link_lasts_its_time(password, heures):
    champs = {} if password else {"password": None}
    _, jeton = lien_de(compte("encadrant", **champs))
    debut = timezone.now()
    read_lien(signe=jeton, maintenant=debut + heures * HEURE - HEURE / 60)
    with pytest.raises(LienRefuse):
        read_lien(signe=jeton, maintenant=debut + heures * HEURE)


def test_link_opens_once():
    _, jeton = lien_de(compte("encadrant"))
    assert choose(jeton).status_code == 302
    seconde = choose(jeton, "autre phrase bien longue ici")
    assert seconde.status_code == 404


def test_link_ends_by_renewal_revocation_closing_or_forgery():
    cible = compte("encadrant")
    administrateur = compte("administrateur")
    _, premier = lien_de(cible)
    _, second = lien_de(cible)
    assert choose(premier).status_code == 404
    assert choose(f"{second}x").status_code == 404
    revoke_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    assert choose(second).status_code == 404
    _, troisieme = lien_de(cible)
    disable_compte(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    assert choose(troisieme).status_code == 404


def test_unapproved_account_is_not_given_a_password():
    _, jeton = lien_de(compte("encadrant", password=None, approuve_le=None))
    with pytest.raises(PermissionDenied):
        use_lien(signe=jeton, maintenant=timezone.now(), mot_de_passe=BON)
    assert choose(jeton).status_code == 403


def test_link_stays_shut_while_somebody_is_logged_in(client_de):
    _, jeton = lien_de(compte("encadrant"))
    client = client_de("administrateur")
    reponse = client.post(reverse("comptes:lien", args=[jeton]), {"new_password1": BON, "new_password2": BON})
    assert reponse.status_code == 403
    assert LienCompte.objects.filter(fini_le=None).count() == 1


def test_new_password_ends_the_sessions_of_the_old_one():
    cible = compte("encadrant")
    client = log_in(cible)
    _, jeton = lien_de(cible)
    choose(jeton)
    assert not SessionCompte.objects.filter(compte=cible).exists()
    assert client.get(reverse("comptes:mes_sessions")).status_code == 302


def test_bad_password_keeps_the_link_open():
    _, jeton = lien_de(compte("encadrant"))
    page = choose(jeton, "azertyuiopqsdfghjklm")
    assert page.status_code == 200 and "clavier" in page.content.decode()
    assert choose(jeton).status_code == 302


def test_server_gives_a_link_when_nobody_is_left_to_approve(capsys):
    cible = compte("chef", username="seul")
    call_command("lien_compte", "SEUL")
    jeton = capsys.readouterr().out.split("/compte/lien/")[1].split("/")[0]
    assert choose(jeton).status_code == 302
    cible.refresh_from_db()
    assert cible.check_password(BON)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("lien_compte", "personne")


def test_holder_of_a_link_chooses_a_password_and_nothing_else():
    cible = compte("encadrant", password=None)
    _, jeton = lien_de(cible)
    avant = Utilisateur.objects.filter(pk=cible.pk).values().get()
    trop = {
        "role": "chef",
        "username": "autre",
        "is_superuser": "on",
        "is_active": "",
        "approuve_le": "2001-01-01",
    }
    saisie = {"new_password1": BON, "new_password2": BON}
    Client().post(reverse("comptes:lien", args=[jeton]), trop | saisie)
    apres = Utilisateur.objects.filter(pk=cible.pk).values().get()
    assert {champ for champ in avant if avant[champ] != apres[champ]} == {"password"}
