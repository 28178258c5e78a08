"""What a report of a mail server says (RFC 3464): which message, refused for good or late, and why.

An answer of a person, or of his absence, is no report: it says nothing here.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message

ETIQUETTE = re.compile(r"\+(\d{1,18})-([0-9a-f]{16})@")
REFERENCE = re.compile(r"<[^<>\s]{1,118}>")
CODE = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
ENTETES_DESTINATAIRE = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
# By class and subject of the status (RFC 3463), the most precise first.
RAISONS = {
    "1.1": "Adresse inconnue",
    "1.2": "Domaine inconnu",
    "1.10": "Domaine sans messagerie",
    "2.1": "Boîte fermée",
    "2.2": "Boîte pleine",
    "2.3": "Message trop long pour la boîte",
    "4.1": "Serveur du destinataire injoignable",
    "4.7": "Délai de remise dépassé",
    "1": "Adresse refusée",
    "2": "Boîte indisponible",
    "3": "Serveur du destinataire en panne",
    "4": "Serveur du destinataire injoignable",
    "5": "Échange refusé par le serveur",
    "6": "Format refusé par le serveur",
    "7": "Refusé par les règles du destinataire",
}


@dataclass(frozen=True)
class Retour:
    """A report: `numero` and `marque` from the address it was sent to, `reference` from what it returns."""

    definitif: bool
    code: str = ""
    reference: str = ""
    numero: int | None = None
    marque: str = ""


def return_path(adresse: str, numero: int, marque: str) -> str:
    """Return the address of returns that bears the number of a message and its mark."""
    boite, _, domaine = adresse.partition("@")
    return f"{boite}+{numero}-{marque}@{domaine}"


def read_retour(octets: bytes) -> Retour | None:
    """Return what a report says; nothing for what is no report, or tells of no failure."""
    message = email.message_from_bytes(octets, policy=email.policy.compat32)
    if message.get_content_type() != "multipart/report":
        return None
    if (_param(message, "report-type") or "delivery-status") != "delivery-status":
        return None
    parties = list(message.walk())
    etat = next((p for p in parties if p.get_content_type() == "message/delivery-status"), None)
    if etat is None:
        return None
    action, code = _read_status(etat)
    if action not in {"failed", "delayed"}:
        return None
    numero, marque = _read_label(message)
    return Retour(action == "failed", code, _read_reference(parties), numero, marque)


def word_status(retour: Retour) -> str:
    """Return why, in French, with the code of the server."""
    _classe, _, reste = retour.code.partition(".")
    raison = RAISONS.get(reste) or RAISONS.get(reste.partition(".")[0]) or "Non remis par le serveur"
    mots = raison if retour.definitif else f"Remise retardée : {raison[0].lower()}{raison[1:]}"
    return f"{mots} ({retour.code})" if retour.code else mots


def _param(message: Message, nom: str) -> str:
    valeur = message.get_param(nom)
    return valeur.lower() if isinstance(valeur, str) else ""


def _read_status(partie: Message) -> tuple[str, str]:
    """The first failure of the recipients, else what is said of the first of them."""
    blocs = partie.get_payload()
    dits = []
    for bloc in blocs if isinstance(blocs, list) else ():
        if not isinstance(bloc, Message) or bloc["Action"] is None:
            continue
        trouve = CODE.search(str(bloc["Status"] or ""))
        dits.append((str(bloc["Action"]).split()[0].lower() if str(bloc["Action"]).split() else "", trouve))
    dits.sort(key=lambda dit: dit[0] != "failed")
    if not dits:
        return "", ""
    action, trouve = dits[0]
    return action, ".".join(str(int(n)) for n in trouve.groups()) if trouve else ""


def _read_reference(parties: list[Message]) -> str:
    """The Message-ID of the returned message, whole or its headers alone."""
    for partie in parties:
        genre = partie.get_content_type()
        if genre == "message/rfc822":
            contenu = partie.get_payload()
            rendu = contenu[0] if isinstance(contenu, list) and contenu else None
            lu = str(rendu["Message-ID"] or "") if isinstance(rendu, Message) else ""
        elif genre == "text/rfc822-headers":
            octets = partie.get_payload(decode=True)
            lu = str(
                email.message_from_bytes(octets if isinstance(octets, bytes) else b"")["Message-ID"] or ""
            )
        else:
            continue
        if trouve := REFERENCE.search(lu):
            return trouve[0]
    return ""


def _read_label(message: Message) -> tuple[int | None, str]:
    for nom in ENTETES_DESTINATAIRE:
        for valeur in message.get_all(nom) or ():
            if trouve := ETIQUETTE.search(str(valeur)):
                return int(trouve[1]), trouve[2]
    return None, ""
