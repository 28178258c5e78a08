"""The net: what a person, a log or a queue received, cut into channels, and the canaries found in each."""

import base64
import binascii
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader

from nouvea_sst.lib.affichage import MOIS
from nouvea_sst.lib.texte import fold
from tests.fuites.canaris import MARQUE, SIGNES, Canari, Voliere


def fragment(rang: int) -> str:
    """Return the letters of base64 that « Zqx » always gives when it stands `rang` bytes after a triplet."""
    lettres = base64.b64encode(b"\0" * rang + MARQUE.capitalize().encode() + b"\0\0").decode()
    return re.escape(lettres[-(-8 * rang // 6) : (8 * rang + 24) // 6])


MOT = re.compile(rf"{MARQUE}[a-z]{{{SIGNES - len(MARQUE)}}}")
ENVERS = re.compile(rf"[a-z]{{{SIGNES - len(MARQUE)}}}{MARQUE[::-1]}")
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{11,}")
AMORCES = re.compile("|".join(fragment(rang) for rang in range(3)))
JOUR = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
LETTRE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er)?\s+({'|'.join(fold(m) for m in MOIS)})\s+(\d{{4}})")
NOMBRE = re.compile(r"\d[\d\u202f\u00a0]*\d")
SERIE = re.compile(r"<v>(\d{4,6})(?:\.\d+)?</v>")
EPOQUE = datetime.date(1899, 12, 30)
TITRE = re.compile(r"<title>(.*?)</title>", re.S)
LIEN = re.compile(r'(?:href|src|action|hx-[a-z]+|formaction)="([^"]*)"')


def catch(voliere: Voliere, texte: str) -> set[Canari]:
    """Return the canaries that a text holds: in capitals, reversed, cut after 8 letters, in base64 too."""
    plie = texte.lower()
    trouves = {voliere.mots.get(mot) for mot in MOT.findall(plie)}
    trouves |= {voliere.mots.get(mot[::-1]) for mot in ENVERS.findall(plie)}
    trouves |= {voliere.mots.get(mot) for suite in decode_base64(texte) for mot in MOT.findall(suite)}
    trouves |= {voliere.jours.get(jour) for jour in days_in(plie)}
    trouves |= {voliere.nombres.get(re.sub(r"\D", "", nombre)) for nombre in NOMBRE.findall(plie)}
    return {canari for canari in trouves if canari is not None}


def decode_base64(texte: str) -> Iterator[str]:
    """Return what the runs of base64 hold, at each of their four alignments."""
    if not AMORCES.search(texte):
        return
    for suite in BASE64.findall(texte):
        suite = suite.replace("-", "+").replace("_", "/")
        for debut in range(4):
            bloc = suite[debut:]
            try:
                octets = base64.b64decode(bloc[: len(bloc) // 4 * 4])
            except (binascii.Error, ValueError):
                continue
            yield octets.decode("latin-1").lower()


def days_in(texte: str) -> Iterator[datetime.date]:
    """Return the days that a text in lower case writes: 24/11/2026, 2026-11-24, 24 novembre 2026, a cell."""
    ecrits = [(a, m, j) for j, m, a in JOUR.findall(texte)] + ISO.findall(texte)
    mois = [fold(m) for m in MOIS]
    ecrits += [(a, mois.index(m) + 1, j) for j, m, a in LETTRE.findall(fold_months(texte))]
    for annee, m, jour in ecrits:
        try:
            yield datetime.date(int(annee), int(m), int(jour))
        except ValueError:
            continue
    for serie in SERIE.findall(texte):
        yield EPOQUE + datetime.timedelta(days=int(serie))


def fold_months(texte: str) -> str:
    """Take the accents of the months away."""
    return texte.replace("é", "e").replace("û", "u")


def channels_of(reponse: Any) -> dict[str, str]:
    """Cut an answer into what is read on screen, its title, its addresses, its headers, its file."""
    entetes = {nom: str(valeur) for nom, valeur in reponse.headers.items()}
    canaux = {
        "fichier": unquote(entetes.pop("Content-Disposition", "")),
        "adresse": unquote(entetes.pop("Location", "") + " " + entetes.pop("HX-Redirect", "")),
        "etiquette": entetes.pop("ETag", ""),
        "temoins": unquote(reponse.cookies.output()),
        "entetes": unquote("\n".join(f"{nom}: {valeur}" for nom, valeur in entetes.items())),
    }
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    genre = reponse.get("Content-Type", "")
    if octets[:2] == b"PK":
        return canaux | read_xlsx(octets)
    if octets[:5] == b"%PDF-":
        return canaux | read_pdf(octets)
    texte = octets.decode("utf8", "replace")
    if "html" in genre:
        liens = unquote("\n".join(LIEN.findall(texte)))
        canaux |= {"titre": " ".join(TITRE.findall(texte)), "liens": liens}
    return canaux | {"corps": texte}


def read_xlsx(octets: bytes) -> dict[str, str]:
    """Return the cells of a workbook, and apart its properties and the names of its parts."""
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        parties = {nom: archive.read(nom).decode("utf8", "replace") for nom in archive.namelist()}
    proprietes = "\n".join(t for nom, t in parties.items() if nom.startswith("docProps"))
    cellules = "\n".join(t for nom, t in parties.items() if not nom.startswith("docProps"))
    return {"proprietes": proprietes + "\n".join(parties), "classeur": cellules}


@cache
def read_pdf(octets: bytes) -> dict[str, str]:
    """Return the text of a PDF, and apart its metadata; one that cannot be read is taken as it stands."""
    if b"%%EOF" not in octets:
        return {"pdf": octets.decode("latin-1")}
    lecteur = PdfReader(io.BytesIO(octets))
    meta = "\n".join(f"{nom}: {valeur}" for nom, valeur in (lecteur.metadata or {}).items())
    if lecteur.xmp_metadata is not None:
        meta += lecteur.xmp_metadata.stream.get_data().decode("utf8", "replace")
    return {"proprietes": meta, "pdf": "\n".join(page.extract_text() for page in lecteur.pages)}
