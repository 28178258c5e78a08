"""Tries one address with one method as one role, and says what came back in the table's words."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from tests.permissions.monde import Monde, taken_back
from tests.permissions.tableau import Attendu

METHODES = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What differs from one answer to the next without telling anything: the form's tokens, the page's nonce.
JETONS = re.compile(rb'((?:csrfmiddlewaretoken|saisie_de)" value="|nonce="|X-CSRFToken": ?")[^"]*')


@dataclass(frozen=True)
class Reponse:
    """What came back."""

    mot: str
    corps: bytes


def open_as(monde: Monde, role: str, adresse: str, methode: str = "GET", donnees: Any = None) -> Any:
    """Send one request as a role, whatever the requests before left in its cookies."""
    client = monde.clients[role]
    client.cookies.clear()
    if client.seance is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = client.seance.value
    return getattr(client, methode.lower())(adresse, donnees)


def ask(monde: Monde, role: str, methode: str, adresse: str, donnees: Any = None) -> Reponse:
    """Send one request as a role, and take back what it wrote."""
    with taken_back():
        try:
            reponse = open_as(monde, role, adresse, methode, donnees)
        except Exception as erreur:
            return Reponse(f"500 {type(erreur).__name__}: {erreur}", b"")
        corps = b"".join(reponse) if reponse.streaming else reponse.content
    return Reponse(word(reponse, role), JETONS.sub(rb"\1", corps))


def word(reponse: Any, role: str) -> str:
    """Name the answer: its status, « con » for the way to the log-in page."""
    if reponse.status_code == 302 and reponse["Location"].startswith(reverse("comptes:connexion")):
        return "con"
    return str(reponse.status_code)


def expected(bloc: Attendu, methode: str, position: str, role: str) -> str:
    """What the table asks for, in the words of an answer."""
    mot = bloc.answer(methode, position, role)
    return "403" if mot == "non" else mot


def unknown(bloc: Attendu, methode: str, role: str) -> str:
    """What a key that does not exist must give: 404 to whoever comes in, the door's answer to others."""
    porte = bloc.at_the_door(role)
    if porte:
        return "403" if porte == "non" else porte
    taken = {m for m, _ in bloc.lignes}
    return "404" if ("GET" if methode == "HEAD" else methode) in taken else "405"
