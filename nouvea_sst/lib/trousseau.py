"""The keys of encrypted columns: one file per class, in a folder outside the database and its backups.

A file holds one key a line, « name key », the oldest first; the last one encrypts, all of them decrypt. The
name of a key is drawn from the key: a line that was cut or badly copied is found at once.
"""

import base64
import binascii
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.pannes import word_failure

CHIFFREES = (Classe.M2, Classe.M1, Classe.Y1, Classe.H2)
OCTETS = 32
SIGNES = 8
ESSAI = "# Clés d’essai, faites par l’application : refusées en production."
SANS_DOSSIER = "Le dossier des clés de chiffrement n’est pas dit : donnez son chemin dans NOUVEA_CLES."


class CleManquante(RuntimeError):
    """A key is absent or unreadable; the message says which, in French, and holds no secret."""


@dataclass(frozen=True)
class Trousseau:
    """The keys of a class by name, the oldest first."""

    classe: Classe
    cles: dict[str, bytes] = field(repr=False)
    essai: bool = False

    @property
    def courante(self) -> str:
        """Name of the key that encrypts."""
        return next(reversed(self.cles))

    def find(self, nom: str) -> bytes:
        """Return the key of this name. Raises CleManquante."""
        if nom not in self.cles:
            raise CleManquante(f"La clé {nom} de la classe {self.classe} manque.")
        return self.cles[nom]


def name_of(cle: bytes) -> str:
    """Return the name of a key: it tells nothing of the key."""
    return hashlib.sha256(b"nouvea-sst " + cle).hexdigest()[:SIGNES]


def read_ring(classe: Classe) -> Trousseau:
    """Return the keys of a class as the file has them now; a trial makes its own. Raises CleManquante."""
    chemin = file_of(classe)
    if settings.MODE != "production" and not chemin.exists():
        _make_trial(chemin)
    try:
        etat = chemin.stat()
        return _parse(chemin, classe, etat.st_ino, etat.st_mtime_ns, etat.st_size)
    except OSError as erreur:
        raise CleManquante(f"Le fichier de clés {chemin} ne se lit pas : {word_failure(erreur)}.") from None


def file_of(classe: Classe) -> Path:
    """Return the file of a class. Raises CleManquante when no folder was told."""
    if settings.CLES is None:
        raise CleManquante(SANS_DOSSIER)
    return Path(settings.CLES) / f"{classe}.cles"


@lru_cache(maxsize=32)
def _parse(chemin: Path, classe: Classe, *_etat: int) -> Trousseau:
    """Read a file; its state is part of the question, so that a key added by another process is seen."""
    cles = {}
    texte = chemin.read_text(encoding="utf8", errors="replace")
    for rang, ligne in enumerate(texte.splitlines(), start=1):
        if not ligne.strip() or ligne.startswith("#"):
            continue
        nom, _, codee = ligne.strip().partition(" ")
        cle = _decode(codee)
        if len(cle) != OCTETS or name_of(cle) != nom:
            raise CleManquante(f"La ligne {rang} du fichier de clés {chemin} est abîmée.")
        cles[nom] = cle
    if not cles:
        raise CleManquante(f"Le fichier de clés {chemin} est vide.")
    return Trousseau(classe, cles, essai=texte.startswith(ESSAI))


def _decode(codee: str) -> bytes:
    try:
        return base64.b64decode(codee, validate=True)
    except (binascii.Error, ValueError):
        return b""


def add_key(classe: Classe) -> str:
    """Put a new key at the end of the file of a class, made if need be; return its name."""
    chemin = file_of(classe)
    with _locked(chemin):
        avant = read_ring(classe).cles if chemin.exists() else {}
        essai = read_ring(classe).essai if chemin.exists() else settings.MODE != "production"
        cle = secrets.token_bytes(OCTETS)
        _write(chemin, [*avant.values(), cle], essai=essai)
    return name_of(cle)


def keep_current(classe: Classe) -> list[str]:
    """Take all keys but the last out of the file of a class; return their names."""
    chemin = file_of(classe)
    with _locked(chemin):
        trousseau = read_ring(classe)
        _write(chemin, [trousseau.cles[trousseau.courante]], essai=trousseau.essai)
    return [nom for nom in trousseau.cles if nom != trousseau.courante]


def _make_trial(chemin: Path) -> None:
    with _locked(chemin):
        if not chemin.exists():
            _write(chemin, [secrets.token_bytes(OCTETS)], essai=True)


@contextmanager
def _locked(chemin: Path) -> Iterator[None]:
    """Let one process at a time change the files of the folder, made if need be."""
    chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(chemin.parent / ".verrou", "w", encoding="utf8") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield


def _write(chemin: Path, cles: Iterable[bytes], *, essai: bool) -> None:
    """Replace a file whole or not at all: a cut of power leaves the one before."""
    lignes = [f"{name_of(cle)} {base64.b64encode(cle).decode()}" for cle in cles]
    brouillon = chemin.with_suffix(".brouillon")
    brouillon.unlink(missing_ok=True)
    with os.fdopen(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sortie:
        sortie.write("\n".join([*([ESSAI] if essai else []), *lignes, ""]))
        sortie.flush()
        os.fsync(sortie.fileno())
    brouillon.replace(chemin)
    dossier = os.open(chemin.parent, os.O_RDONLY)
    try:
        os.fsync(dossier)
    finally:
        os.close(dossier)


def faults_of_keys() -> list[str]:
    """Return a French sentence for each fault of the keys; in a trial an absent one is made: no fault."""
    if settings.CLES is None:
        return [SANS_DOSSIER]
    return [faute for classe in CHIFFREES if (faute := _fault_of(classe))]


def _fault_of(classe: Classe) -> str:
    chemin = file_of(classe)
    if not chemin.exists():
        if settings.MODE != "production":
            return ""
        return f"Les clés de la classe {classe} manquent : {chemin} n’existe pas."
    if chemin.stat().st_mode & 0o077:
        return f"Le fichier de clés {chemin} s’ouvre à d’autres que son propriétaire."
    try:
        trousseau = read_ring(classe)
    except CleManquante as erreur:
        return str(erreur)
    if trousseau.essai and settings.MODE == "production":
        return f"Le fichier {chemin} porte des clés d’essai, que la production refuse."
    return ""


def refuse_without_keys() -> None:
    """Raise ImproperlyConfigured with every fault of the keys: nothing is served without them."""
    if fautes := faults_of_keys():
        raise ImproperlyConfigured(" ".join(fautes))
