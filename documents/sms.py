"""The gateway that sends short messages, where the house has one: one HTTP address, one key."""

import http.client
import json
import re
import ssl
from urllib.parse import urlsplit

from django.conf import settings

ATTENTE = 10
A_REPRENDRE = {408, 425, 429}
CLE = re.compile(r"[^!-~]")


class NumeroRefuse(Exception):
    """The gateway takes no message for this number; `code` is its answer."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class PasserelleOccupee(NumeroRefuse):
    """The gateway takes nothing now; trying again may do."""


class Passerelle:
    """Hands over one message at a time. It is silent once it did not answer, until it is made anew."""

    def __init__(self) -> None:
        self.muette = False

    def open(self) -> None:
        """Raise OSError when it did not answer the last time."""
        if self.muette:
            raise ConnectionError

    def close(self) -> None:
        """Nothing stays open between two messages."""

    def send(self, numero: str, texte: str, reference: str) -> None:
        """Hand over a text; the reference lets the gateway know one that it took already.

        Raises NumeroRefuse, PasserelleOccupee, OSError. Follows no redirection.
        """
        self.muette = True
        adresse = urlsplit(settings.SMS_ADRESSE)
        lien = _connect(adresse.scheme, adresse.hostname or "", adresse.port)
        chemin = f"{adresse.path or '/'}{f'?{adresse.query}' if adresse.query else ''}"
        corps = json.dumps({"to": numero, "text": texte, "reference": reference})
        entetes = {"Content-Type": "application/json", "Idempotency-Key": CLE.sub("", reference)}
        if settings.SMS_CLE:
            entetes["Authorization"] = f"Bearer {settings.SMS_CLE}"
        try:
            lien.request("POST", chemin, corps.encode(), entetes)
            code = lien.getresponse().status
        except http.client.HTTPException as coupure:
            raise ConnectionError from coupure
        finally:
            lien.close()
        if code >= 500 or code in A_REPRENDRE:
            raise PasserelleOccupee(code)
        self.muette = False
        if not 200 <= code < 300:
            raise NumeroRefuse(code)


def _connect(schema: str, hote: str, port: int | None) -> http.client.HTTPConnection:
    if schema == "https":
        return http.client.HTTPSConnection(hote, port, timeout=ATTENTE, context=ssl.create_default_context())
    return http.client.HTTPConnection(hote, port, timeout=ATTENTE)
