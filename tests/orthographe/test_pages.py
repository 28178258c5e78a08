"""No unknown French word on any page, as any role; names of people and places aside."""

import re

import pytest

from agents.models import Agent, Structure
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.imports.models import CorrespondanceValeur
from tests.orthographe import lecture
from tests.orthographe.test_sources import pytestmark as _hunspell
from tests.parcours.adresses import pages_of
from tests.permissions.essais import ask

pytestmark = [_hunspell, pytest.mark.django_db, pytest.mark.sans_n_plus_1, pytest.mark.ordre_libre]


def invented():
    """Words of the names given to the city of the tests: accounts, people, structures, words of files."""
    noms = [
        *Utilisateur.objects.values_list("username", "first_name", "last_name"),
        *Agent.objects.values_list("nom", "prenom", "courriel"),
        *Structure.objects.values_list("sigle", "libelle", "libelle"),
        *CorrespondanceValeur.objects.values_list("valeur", "choix", "valeur"),
    ]
    return lecture.words(" ".join(texte for ligne in noms for texte in ligne))


def test_pages_hold_no_unknown_word(monde, decompte):
    lus = {}
    for role in Role:
        for nom, adresse in pages_of(monde, role):
            corps = ask(monde, role, "GET", adresse).corps.decode()
            lus[f"{nom} {role}"] = lecture.words(lecture.page_text(corps))
    decompte["pages read"] += len(lus)
    decompte["distinct words"] += len(set().union(*lus.values()))
    admis = invented()
    fautes = [f"{mot}: {lieux[0]}" for mot, lieux in lecture.where(lus).items() if mot not in admis]
    assert fautes == [], "\n".join(fautes)
    assert len(lus) > 300


def test_a_fault_of_a_page_is_seen(monde):
    corps = ask(monde, Role.COORDINATEUR, "GET", "/").corps.decode()
    abime = re.sub(r"<h1[^>]*>[^<]*", r"<h1>Aujourdhui, la visitte", corps, count=1)
    assert lecture.unknown(lecture.words(lecture.page_text(abime))) >= {"Aujourdhui", "visitte"}


def test_a_fingerprint_is_no_word():
    assert lecture.words("Édition n° 2, empreinte acea f1d0, empreinte  beef cafe.") == {
        "Édition",
        "n",
        "empreinte",
    }
