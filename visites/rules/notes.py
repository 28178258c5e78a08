"""What a sealed text, its sharing and its attachments must be: of a confidential note, of an exchange."""

import datetime
import re
import zlib
from collections.abc import Iterator

TEXTE_MAX = 100_000
NOM_MAX = 120
PIECES_MAX = 20
# The most that the compressed objects of a PDF are opened to, all together.
OUVERT_MAX = 64 * 1024 * 1024

PDF, JPEG, PNG = "pdf", "jpeg", "png"
SUFFIXES = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG}
IMPRIMER = "imprimez-le en PDF, puis joignez la copie."
GENRES = "un PDF, une image JPEG ou une image PNG"
FIN_PNG = b"IEND\xaeB`\x82"
FIN_JPEG = b"\xff\xd9"

# What a PDF may not hold, by its name, and what is said of it.
PROGRAMME = "contient un programme, ou en lance un"
FICHIER = "contient ou ouvre un autre fichier"
SEUL = "ouvre une adresse ou fait autre chose de lui-même"
ENVOI = "contient un formulaire actif, qui envoie ou va chercher des données"
ACTIFS = {
    **dict.fromkeys((b"JavaScript", b"JS", b"Launch"), PROGRAMME),
    **dict.fromkeys((b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"GoToE", b"GoToR"), FICHIER),
    **dict.fromkeys((b"XFA", b"SubmitForm", b"ImportData"), ENVOI),
    b"AA": SEUL,
}
ACTIF = re.compile(rb"/(%s|Encrypt)(?![A-Za-z0-9])" % b"|".join(ACTIFS))
# Done when the file opens: a view of a page is an array; anything else may lead to an address.
OUVERTURE = re.compile(rb"/OpenAction(?![A-Za-z0-9])(?!\s*\[)")
ADRESSE = re.compile(rb"/URI(?![A-Za-z0-9])")
COMPRESSE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode(?![A-Za-z0-9])")
ECHAPPE = re.compile(rb"#([0-9A-Fa-f]{2})")
FLUX = re.compile(rb"stream\r?\n")


def refuse_text(texte: str) -> str:
    """Say why this is no text to sign; nothing when it is one."""
    if not texte.strip():
        return "Écrivez le texte : un texte vide ne se signe pas."
    if len(texte) > TEXTE_MAX:
        return (
            f"Le texte a {_number(len(texte))} signes et ne peut en avoir plus de {_number(TEXTE_MAX)} : "
            "coupez-le en deux. Rien n’est enregistré, il est resté ci-dessous."
        )
    if "\0" in texte:
        return "Le texte contient un signe illisible : copiez-le de nouveau, sans mise en forme."
    return ""


def refuse_date(date: datetime.date, jour: datetime.date) -> str:
    """Say why a text is not signed as of this day."""
    return "On ne signe pas un texte d’un jour à venir." if date > jour else ""


def refuse_end(jusqu_au: datetime.date, jour: datetime.date, dernier: datetime.date) -> str:
    """Say why a share does not end on this day; `dernier` is the latest that is admitted."""
    if jusqu_au < jour:
        return "Ce jour est passé : le partage ne montrerait rien."
    if jusqu_au > dernier:
        return f"Un partage dure jusqu’au {dernier:%d/%m/%Y} au plus ; il se renouvelle."
    return ""


def read_type(octets: bytes) -> str:
    """Return what a file is by its bytes, whatever its name says; nothing for what is not accepted."""
    if octets.startswith(b"%PDF-"):
        return PDF
    if octets.startswith(b"\xff\xd8\xff"):
        return JPEG
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return ""


def refuse_piece(nom: str, octets: bytes, *, mo: int) -> str:
    """Say why a file is not joined; nothing when it is. `mo` is the largest size, in mebibytes."""
    if not octets:
        return "Le fichier est vide."
    if len(octets) > mo * 1024 * 1024:
        return f"Le fichier dépasse {mo} Mo."
    if len(nom) > NOM_MAX or not nom.isprintable() or "/" in nom or "\\" in nom:
        return f"Le nom du fichier est trop long ou porte des signes illisibles : {NOM_MAX} signes au plus."
    genre = read_type(octets)
    if not genre:
        return f"Ce n’est pas {GENRES} : seuls ces fichiers se joignent."
    if SUFFIXES.get(nom.rpartition(".")[2].lower()) != genre:
        return "Le nom du fichier annonce un autre genre que son contenu : enregistrez-le de nouveau."
    return _refuse_pdf(octets) if genre == PDF else _refuse_image(genre, octets)


def _refuse_image(genre: str, octets: bytes) -> str:
    """An image ends where its format says: what follows would be another file."""
    fin = FIN_PNG if genre == PNG else FIN_JPEG
    return "" if octets.endswith(fin) else "L’image est incomplète, ou autre chose la suit : refaites-la."


def _refuse_pdf(octets: bytes) -> str:
    """A PDF ends as one, asks for no password, and holds neither a program nor another file."""
    if b"%%EOF" not in octets[-1024:]:
        return "Le PDF est incomplet, ou autre chose le suit : refaites-le."
    ouvre = mene = False
    for partie in _parts(octets):
        if partie is None:
            return f"Le PDF est trop compliqué pour être vérifié : {IMPRIMER}"
        lisible = _plain(partie)
        trouve = ACTIF.search(lisible)
        if trouve and trouve[1] == b"Encrypt":
            return "Le PDF est protégé par un mot de passe : joignez-en une copie qui ne l’est pas."
        if trouve:
            return f"Le PDF {ACTIFS[trouve[1]]} : {IMPRIMER}"
        ouvre, mene = ouvre or bool(OUVERTURE.search(lisible)), mene or bool(ADRESSE.search(lisible))
    # A link that one clicks is ordinary; together with an act on opening it may be followed by itself.
    return f"Le PDF {SEUL} : {IMPRIMER}" if ouvre and mene else ""


def _parts(octets: bytes) -> Iterator[bytes | None]:
    """What the streams of objects hold, opened, then the file without its streams; None past the limit."""
    debut, dehors, reste = 0, [], OUVERT_MAX
    for ouverture in FLUX.finditer(octets):
        if ouverture.start() < debut:
            continue
        fin = octets.find(b"endstream", ouverture.end())
        if fin < 0:
            break
        avant = octets[debut : ouverture.start()]
        dehors.append(avant)
        entete = _plain(avant)
        if b"/ObjStm" in entete:
            ouvert = _inflate(entete, octets[ouverture.end() : fin], reste)
            reste -= len(ouvert or b"")
            yield ouvert if reste > 0 else None
        debut = fin
    dehors.append(octets[debut:])
    yield b"\n".join(dehors)


def _plain(partie: bytes) -> bytes:
    """Names with their escapes undone: /J#53 is /JS."""
    return ECHAPPE.sub(lambda signe: bytes([int(signe[1], 16)]), partie)


def _inflate(entete: bytes, flux: bytes, reste: int) -> bytes | None:
    """The objects of a stream; None when they are packed otherwise than once, as everybody does."""
    if b"/Filter" not in entete:
        return flux
    if entete.count(b"Decode") != 1 or not COMPRESSE.search(entete):
        return None
    try:
        return zlib.decompressobj().decompress(flux, max(reste, 1))
    except zlib.error:
        return None


def _number(nombre: int) -> str:
    return f"{nombre:,}".replace(",", "\u202f")
