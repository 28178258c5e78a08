"""Seals and opens values: AES-256-GCM, each value bound to its table, its column and its row.

Moved elsewhere, changed, or under another key, a value does not open.
"""

import base64
import binascii
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from nouvea_sst.lib.scelles import FORME, ColonneScellee, OctetsScelles, ScelleRompu, is_sealed, key_name_in
from nouvea_sst.lib.trousseau import read_ring

NONCE = 12


def seal(objet: models.Model, champ: str, clair: str | bytes) -> None:
    """Put a value, sealed by the key in use, into a column of a record. Raises CleManquante."""
    colonne = column_of(objet, champ)
    trousseau = read_ring(colonne.classe)
    nom = trousseau.courante
    hasard = os.urandom(NONCE)
    octets = clair.encode() if isinstance(clair, str) else clair
    chiffre = AESGCM(trousseau.find(nom)).encrypt(hasard, octets, bound_to(objet, colonne, nom))
    setattr(objet, champ, _join(colonne, nom, hasard, chiffre))


def unseal(objet: models.Model, champ: str) -> Any:
    """Return what a column of a record holds: text or bytes. Raises CleManquante, ScelleRompu."""
    colonne = column_of(objet, champ)
    valeur = getattr(objet, champ)
    ou = f"{objet._meta.db_table}.{colonne.column} de la ligne {objet.pk}"
    if valeur is None or not is_sealed(valeur):
        raise ScelleRompu(f"{ou} : rien de scellé.")
    nom = key_name_in(valeur)
    cle = read_ring(colonne.classe).find(nom)
    try:
        hasard, chiffre = _split(colonne, valeur)
        octets = AESGCM(cle).decrypt(hasard, chiffre, bound_to(objet, colonne, nom))
    except (InvalidTag, ValueError, binascii.Error):
        raise ScelleRompu(f"{ou} : le contenu a été changé ou déplacé, il ne s’ouvre pas.") from None
    return octets if isinstance(colonne, OctetsScelles) else octets.decode()


def column_of(objet: models.Model, champ: str) -> ColonneScellee:
    """Return the sealed column of this name."""
    colonne = objet._meta.get_field(champ)
    if not isinstance(colonne, ColonneScellee):
        raise TypeError(f"{champ} is not sealed")
    return colonne


def bound_to(objet: models.Model, colonne: ColonneScellee, nom: str) -> bytes:
    """Return what a value is bound to. Raises ValueError for a row that nothing tells from the others."""
    ligne = getattr(objet, colonne.ligne)
    if ligne is None:
        raise ValueError("la ligne n’a pas encore de clé")
    return f"{FORME}|{objet._meta.db_table}|{colonne.column}|{ligne}|{nom}".encode()


def _join(colonne: ColonneScellee, nom: str, hasard: bytes, chiffre: bytes) -> str | bytes:
    if isinstance(colonne, OctetsScelles):
        return f"{FORME}.{nom}.".encode() + hasard + chiffre
    return ".".join((FORME, nom, *(base64.urlsafe_b64encode(p).decode() for p in (hasard, chiffre))))


def _split(colonne: ColonneScellee, valeur: Any) -> tuple[bytes, bytes]:
    if isinstance(colonne, OctetsScelles):
        reste = bytes(valeur).split(b".", 2)[2]
        return reste[:NONCE], reste[NONCE:]
    _forme, _nom, hasard, chiffre = valeur.split(".")
    return base64.urlsafe_b64decode(hasard), base64.urlsafe_b64decode(chiffre)
