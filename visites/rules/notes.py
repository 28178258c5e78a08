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
GENRES = "un PDF, une image JPEG ou une image PNG"
FIN_PNG = b"IEND\xaeB`\x82"
FIN_JPEG = b"\xff\xd9"

ACTIF = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Encrypt)"
    rb"(?![A-Za-z0-9])"
)
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
    for partie in _parts(octets):
        if partie is None:
            return "Le PDF est trop compliqué pour être vérifié : imprimez-le en PDF, puis joignez la copie."
        trouve = ACTIF.search(_plain(partie))
        if trouve and trouve[0] == b"/Encrypt":
            return "Le PDF est protégé par un mot de passe : joignez-en une copie qui ne l’est pas."
        if trouve:
            return (
                "Le PDF contient un programme, un formulaire actif ou un autre fichier : imprimez-le en PDF."
            )
    return ""


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
        if b"/ObjStm" in _plain(avant[max(avant.rfind(b"obj"), 0) :]):
            ouvert = _inflate(octets[ouverture.end() : fin], reste)
            reste -= len(ouvert)
            yield ouvert if reste > 0 else None
        debut = fin
    dehors.append(octets[debut:])
    yield b"\n".join(dehors)


def _plain(partie: bytes) -> bytes:
    """Names with their escapes undone: /J#53 is /JS."""
    return ECHAPPE.sub(lambda signe: bytes([int(signe[1], 16)]), partie)


def _inflate(flux: bytes, reste: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(flux, max(reste, 1))
    except zlib.error:
        return flux


def _number(nombre: int) -> str:
    return f"{nombre:,}".replace(",", "\u202f")
