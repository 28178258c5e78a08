"""The box in which reports of failed messages arrive: a folder (maildir) or an IMAP account."""

import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

ATTENTE = 20
# A report is short; what is longer is not one, and is left where it stands, read.
OCTETS_MAX = 2_000_000
PAR_PASSAGE = 1000


class BoiteFermee(RuntimeError):
    """The box does not open; the message says why, in French, and holds no secret."""


@contextmanager
def open_box() -> Iterator[Iterator[bytes]]:
    """Give the messages that nobody has read, one by one; each is marked read once the next is asked for.

    A stop in between gives it again: noting it twice changes nothing. Raises BoiteFermee.
    """
    if settings.RETOURS_DOSSIER:
        yield _read_folder(Path(settings.RETOURS_DOSSIER))
    elif settings.RETOURS_IMAP:
        boite = _log_in()
        try:
            yield _read_imap(boite)
        finally:
            _close(boite)
    else:
        raise BoiteFermee("Aucune boîte de retours : donnez RETOURS_DOSSIER ou RETOURS_IMAP.")


def _read_folder(chemin: Path) -> Iterator[bytes]:
    if not (chemin / "new").is_dir():
        raise BoiteFermee("RETOURS_DOSSIER n’est pas une boîte maildir : le dossier « new » manque.")
    boite = mailbox.Maildir(chemin, create=False)
    nouveaux = [cle for cle, lu in boite.iteritems() if lu.get_subdir() == "new"]
    for cle in sorted(nouveaux)[:PAR_PASSAGE]:
        octets = boite.get_bytes(cle)
        yield octets[:OCTETS_MAX]
        message: Any = boite[cle]
        message.set_subdir("cur")
        message.add_flag("S")
        boite[cle] = message


def _log_in() -> Any:
    adresse = urlsplit(settings.RETOURS_IMAP)
    if adresse.scheme not in {"imaps", "imap"} or not adresse.hostname:
        raise BoiteFermee("RETOURS_IMAP s’écrit imaps://compte@serveur/dossier.")
    boite: Any = None
    try:
        if adresse.scheme == "imaps":
            boite = imaplib.IMAP4_SSL(
                adresse.hostname,
                adresse.port or 993,
                timeout=ATTENTE,
                ssl_context=ssl.create_default_context(),
            )
        else:
            boite = imaplib.IMAP4(adresse.hostname, adresse.port or 143, timeout=ATTENTE)
        boite.login(unquote(adresse.username or ""), settings.RETOURS_MOT_DE_PASSE)
        etat, _nombre = boite.select(f'"{unquote(adresse.path.strip("/")) or "INBOX"}"')
    except (imaplib.IMAP4.error, OSError) as erreur:
        _close(boite)
        raise BoiteFermee("La boîte de retours ne s’ouvre pas : serveur ou mot de passe.") from erreur
    if etat != "OK":
        _close(boite)
        raise BoiteFermee("Le dossier de la boîte de retours n’existe pas.")
    return boite


def _close(boite: Any) -> None:
    """Take leave, then close the line even when the server no longer answers."""
    if boite is not None:
        for geste in (boite.logout, boite.shutdown):
            with suppress(imaplib.IMAP4.error, OSError):
                geste()


def _ask(boite: Any, *demande: Any) -> Any:
    try:
        _etat, lu = boite.uid(*demande)
    except (imaplib.IMAP4.error, OSError) as erreur:
        raise BoiteFermee(
            "La boîte de retours s’est fermée en cours de lecture : le reste se lit au passage suivant."
        ) from erreur
    return lu


def _read_imap(boite: Any) -> Iterator[bytes]:
    trouves = _ask(boite, "search", None, "UNSEEN")
    for cle in (trouves[0] or b"").split()[:PAR_PASSAGE]:
        lu = _ask(boite, "fetch", cle, "(BODY.PEEK[])")
        octets = next((part[1] for part in lu if isinstance(part, tuple)), b"")
        yield octets[:OCTETS_MAX]
        _ask(boite, "store", cle, "+FLAGS", "(\\Seen)")
