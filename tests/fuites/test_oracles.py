"""Filters, sorts and searches tell nobody what he may not read: two worlds that differ in it answer alike."""

import datetime
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from agents.querysets import AgentQuerySet
from tests.architecture.verifs_urls import routes
from tests.fabriques import log_in
from tests.fuites.attendus import SIGLES
from tests.fuites.marche import COMPTES
from tests.fuites.mondes import change_world, hidden_values
from tests.fuites.ville import Ville

RECHERCHES = {"signalements:choisir_agent"}
# Shows the words of small lists to all its readers, as juge.EXCEPTIONS says: they are what it is about.
MOTS_DES_LISTES = {"visites:regles"}
BRUIT = re.compile(
    r'name="(?:csrfmiddlewaretoken|saisie_de|jeton)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
    r"|/journal/\d+/|\d\d:\d\d"
)
CHAMP = re.compile(r"<(?:input|select)\b[^>]*\bname=\"(\w+)\"")
OPTION = re.compile(r'<option value="([^"]+)"')
TRI = re.compile(r"[?&]sort=(-?\w+)")
RESERVES = {"csrfmiddlewaretoken", "next", "liste", "requete", "nom", "colonnes", "par_defaut", "jeton"}
LIBRES = {"q", "agent"}
MOTS_CHERCHES = 4
RELATIONS = ("", "agent__", "visite__", "signalement__", "agent__suivi__", "agents__")


def lists() -> list[str]:
    """Return the addresses of the lists and searches of the house."""
    return [
        route.adresse
        for route in routes()
        if not route.parametres
        and (getattr(route.vue, "est_liste", False) or route.nom in RECHERCHES)
        and route.nom not in MOTS_DES_LISTES
    ]


def questions(page: str, secrets: dict[str, Any]) -> Iterator[str]:
    """Return what one may ask of a list: its own filters and sorts, then those that nobody offers."""
    mots = [str(v) for v in secrets.values() if isinstance(v, str)]
    jours = [v for v in secrets.values() if isinstance(v, datetime.date)]
    for nom in sorted(set(CHAMP.findall(page)) - RESERVES):
        for mot in mots[:: max(1, len(mots) // MOTS_CHERCHES)] if nom in LIBRES else mots[:1]:
            yield urlencode({nom: mot})
        for jour in jours[:1]:
            yield urlencode({nom: f"{jour:%d/%m/%Y}"})
        bloc = page.partition(f'<select name="{nom}"')[2].partition("</select>")[0]
        for option in OPTION.findall(bloc)[:1]:
            yield urlencode({nom: unescape(option)})
    for tri in sorted(set(TRI.findall(unescape(page)))):
        yield urlencode({"sort": tri})
    yield from unoffered(secrets)


def unoffered(secrets: dict[str, Any]) -> Iterator[str]:
    """Return every hidden column as a filter in one question, as a sort in another: none must count."""
    filtres, tris = [], []
    for champ, valeur in secrets.items():
        colonne = champ.rpartition(".")[2]
        texte = valeur.isoformat() if isinstance(valeur, datetime.date) else str(valeur)
        for relation in RELATIONS:
            suffixes = ("", "__gte", "__lt") if isinstance(valeur, datetime.date) else ("", "__icontains")
            filtres += [(f"{relation}{colonne}{suffixe}", texte) for suffixe in suffixes]
            tris += [("sort", f"{relation}{colonne}"), ("sort", f"-{relation}{colonne}")]
    yield urlencode(filtres)
    yield urlencode(tris)


def ask(client: Client, adresse: str) -> tuple[int, bytes]:
    """Return the answer without what changes by itself, and without its own line in the journal."""
    with transaction.atomic():
        reponse = client.get(adresse)
        transaction.set_rollback(True)
    COMPTES["questions d’oracle"] += 1
    if "html" not in reponse.get("Content-Type", ""):
        return reponse.status_code, b""
    return reponse.status_code, BRUIT.sub("", reponse.content.decode()).encode()


def oracles(ville: Ville, role: str) -> tuple[list[str], int]:
    """Return the questions whose answer changes with what the role may not read, and how many were asked."""
    client = log_in(ville.settle(role))
    secrets = hidden_values(ville, role)
    premier: dict[str, tuple[int, bytes]] = {}
    with transaction.atomic():
        change_world(ville, role, autre=False)
        for adresse in lists():
            statut, page = ask(client, adresse)
            if statut != 200:
                continue
            premier[adresse] = (statut, page)
            for question in questions(page.decode(), secrets):
                premier[f"{adresse}?{question}"] = ask(client, f"{adresse}?{question}")
        transaction.set_rollback(True)
    with transaction.atomic():
        assert change_world(ville, role, autre=True) > 5
        second = {adresse: ask(client, adresse) for adresse in premier}
        transaction.set_rollback(True)
    return [adresse for adresse in premier if premier[adresse] != second[adresse]], len(premier)


@pytest.mark.parametrize("role", SIGLES)
def test_answers_are_the_same_whatever_one_may_not_read(ville, role):
    trahies, nombre = oracles(ville, role)
    assert trahies == []
    assert nombre >= {"psychologue": 0, "chct": 0, "auditeur": 0, "administrateur": 0}.get(role, 15)


def test_search_by_a_hidden_number_is_an_oracle(ville, monkeypatch):
    """The net: with a search that takes the matricule from anybody, the preventeur finds agents by it."""
    vraie = AgentQuerySet.search
    monkeypatch.setattr(AgentQuerySet, "search", lambda agents, texte, numeros=True: vraie(agents, texte))
    trahies, _ = oracles(ville, "preventeur")
    assert any("?q=771" in adresse for adresse in trahies)
    COMPTES["oracles plantés, attrapés"] += 1
