"""Passwords: long, unguessable, without a rule of composition."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.rules.mots_de_passe import holds_number, is_made_of, is_repetition, is_sequence
from tests.agents.factories import AgentFactory
from tests.fabriques import MOT_DE_PASSE, compte

BONNE = "tortue bleue sous la pluie fine"
MOI = Utilisateur(username="kaloi.j", first_name="Joseph", last_name="Kaloinewa")


@pytest.mark.parametrize(
    "mot",
    [
        "tortue bleue sous la pluie fine",
        "8305917264428170",  # 16 digits drawn at random
        "niaouli-lagon-kaori-42",
        "cheval agrafe batterie correcte",
        "ЖЩЮЯЪЭФЦЧШБГДЛПИ",
        "x" * 3 + "qvb7 mlk2 wpt9 zrd4" * 6,
    ],
)
def test_good_passwords_pass(mot):
    validate_password(mot, MOI)


@pytest.mark.parametrize(
    "mot, phrase",
    [
        ("court", "16 caractères"),
        ("1111111111111111", "répète"),
        ("abcabcabcabcabcabc", "répète"),
        ("1234567890123456", "clavier"),
        ("azertyuiopqsdfghjklm", "clavier"),
        ("0987654321098765", "clavier"),
        ("motdepasse-motdepasse1", "mots usuels"),
        ("Noumea-Sante-2026!!!!", "mots usuels"),
        ("ville de nouméa sécurité", "mots usuels"),
        ("N0um3a-S4nt3-s3rv1c3", "mots usuels"),
        ("josephkaloinewa2026", "ressemble trop|mots usuels"),
        ("liberte-egalite-fraternite", "mots usuels"),
    ],
)
def test_bad_passwords_say_why_in_french(mot, phrase):
    with pytest.raises(ValidationError, match=phrase) as refus:
        validate_password(mot, MOI)
    assert all(ord(c) < 0x250 or c in "’« »" for c in " ".join(refus.value.messages))


@pytest.mark.django_db
def test_ones_matricule_does_not_make_a_password():
    personne = compte("agent")
    AgentFactory(compte=personne, matricule="4127")
    for mot in ("4127412741274127", "xxxxxx4127xxxxxx"):
        with pytest.raises(ValidationError):
            validate_password(mot, personne)
    validate_password("tortue 4127 sous la pluie", personne)


def test_rules_see_what_they_are_told():
    assert is_repetition("abababababababab") and not is_repetition("tortue bleue sous")
    assert is_sequence("abcd-efgh-ijkl-mnop") and not is_sequence("tortue bleue sous")
    assert is_made_of("soleil-soleil-99", ["soleil"]) and not is_made_of("8305917264428170", ["soleil"])
    assert holds_number("4127 4127 aaaaaa", "4127") and not holds_number("8305917264428170", "4127")


@pytest.mark.django_db
def test_the_password_one_has_is_not_a_new_one():
    personne = compte("agent", password="tortue bleue sous la pluie fine")
    with pytest.raises(ValidationError, match="actuel"):
        validate_password("tortue bleue sous la pluie fine", personne)
    validate_password("cheval agrafe batterie correcte", personne)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "saisie, phrase",
    [
        ({"oldpassword": "autre"}, "Ce n’est pas votre mot de passe actuel."),
        ({"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE}, "C’est votre mot de passe actuel"),
        ({"password2": "cheval agrafe batterie"}, "Les deux mots de passe ne sont pas les mêmes."),
        ({"password1": "bref", "password2": "bref"}, "Il faut au moins 16 caractères"),
    ],
)
def test_own_password_page_speaks_as_the_house_does(client_de, saisie, phrase):
    client, adresse = client_de("agent"), reverse("comptes:mot_de_passe")
    page = client.get(adresse).content.decode()
    vide = page.partition('<form id="mot-de-passe"')[2].partition("</form>")[0]
    assert "placeholder" not in vide and "Une phrase de plusieurs mots" in vide
    assert not re.search("court|courant|trop commun", vide)
    bonne = {"oldpassword": MOT_DE_PASSE, "password1": BONNE, "password2": BONNE}
    reponse = client.post(adresse, bonne | saisie)
    assert phrase in reponse.content.decode()
    client.compte.refresh_from_db()
    assert client.compte.check_password(MOT_DE_PASSE)
    assert client.post(adresse, bonne).status_code == 302
