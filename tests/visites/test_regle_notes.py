"""Which files join a note: read by their bytes, the hostile ones refused, each in a sentence."""

import zlib
from binascii import hexlify

import pytest

from tests.visites.notes import JPEG, PDF, PNG
from visites.rules.notes import TEXTE_MAX, refuse_piece, refuse_text

MO = 1


def pdf_with(corps):
    return PDF.replace(b"<</Type/Catalog>>", b"<</Type/Catalog " + corps + b">>")


def pdf_hiding(corps, filtre=b"/FlateDecode", pack=zlib.compress, plus=b""):
    """A PDF whose objects stand in a compressed stream."""
    flux = pack(corps)
    faits = (plus, filtre, len(flux))
    objet = b"2 0 obj\n<</Type/ObjStm%b/N 1/First 4/Filter%b/Length %d>>\nstream\n" % faits
    return PDF.replace(b"trailer", objet + flux + b"\nendstream\nendobj\ntrailer")


def packed(corps):
    """Compressed, then written in hexadecimal."""
    return hexlify(zlib.compress(corps))


def spoiled(corps):
    """Compressed, its check at the end wrong: readers open it all the same."""
    return zlib.compress(corps)[:-4] + b"abcd"


@pytest.mark.parametrize(
    "nom, octets",
    [
        ("a.pdf", PDF),
        ("a.jpg", JPEG),
        ("a.JPEG", JPEG),
        ("a.png", PNG),
        ("a.pdf", pdf_hiding(b"<</Type/Page>>")),
        ("a.pdf", pdf_hiding(b"<</Type/Page>>", b"[/FlateDecode]")),
        ("a.pdf", pdf_with(b"/OpenAction [3 0 R /XYZ null null 0]/A<</S/URI/URI(https://a.nc)>>")),
        ("a.pdf", pdf_with(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>")),
        ("a.pdf", pdf_with(b"/A<</S/URI/URI(https://a.nc)>>")),
    ],
)
def test_ordinary_file_is_joined(nom, octets):
    assert refuse_piece(nom, octets, mo=MO) == ""


@pytest.mark.parametrize(
    "nom, octets, dit",
    [
        ("a.pdf", b"", "vide"),
        ("a.pdf", PDF + b" " * 1024 * 1024, "dépasse 1 Mo"),
        ("a.exe", b"MZ\x90\0", "seuls ces fichiers"),
        ("a.docx", b"PK\x03\x04", "seuls ces fichiers"),
        ("a.svg", b"<svg onload='x'>", "seuls ces fichiers"),
        ("a.html", b"<script>", "seuls ces fichiers"),
        ("a.pdf", b"\n" + PDF, "seuls ces fichiers"),
        ("a.pdf", PNG, "un autre genre"),
        ("a.pdf.exe", PDF, "un autre genre"),
        ("a.png", JPEG, "un autre genre"),
        ("../a.pdf", PDF, "illisibles"),
        ("a\u202efdp.pdf", PDF, "illisibles"),
        ("a" * 130 + ".pdf", PDF, "trop long"),
        ("a.png", PNG + b"PK\x03\x04", "autre chose la suit"),
        ("a.jpg", JPEG + b"<script>", "autre chose la suit"),
        ("a.jpg", JPEG[:-2], "incomplète"),
        ("a.pdf", PDF + b"PK\x03\x04" * 400, "autre chose le suit"),
        ("a.pdf", pdf_with(b"/JavaScript 3 0 R"), "un programme"),
        ("a.pdf", pdf_with(b"/J#61vaScript 3 0 R"), "un programme"),
        ("a.pdf", pdf_with(b"/S/JS"), "un programme"),
        ("a.pdf", pdf_with(b"/Launch"), "un programme"),
        ("a.pdf", pdf_with(b"/EmbeddedFiles 3 0 R"), "un autre fichier"),
        ("a.pdf", pdf_with(b"/Encrypt 3 0 R"), "mot de passe"),
        ("a.pdf", pdf_hiding(b"<</S/JavaScript/JS(app.alert(1))>>"), "un programme"),
        ("a.pdf", pdf_with(b"/OpenAction<</S/URI/URI(http://suivi.example/x)>>"), "de lui-même"),
        ("a.pdf", pdf_with(b"/Open#41ction 9 0 R/A<</S/U#52I/URI(http://suivi.example)>>"), "de lui-même"),
        ("a.pdf", pdf_hiding(b"<</OpenAction 9 0 R>><</S/URI/URI(http://suivi.example)>>"), "de lui-même"),
        ("a.pdf", pdf_with(b"/AA<</O 9 0 R>>"), "de lui-même"),
        ("a.pdf", pdf_hiding(b"<</AA<</O 9 0 R>>>>"), "de lui-même"),
        ("a.pdf", pdf_with(b"/S/GoToR/F(autre.pdf)"), "ouvre un autre fichier"),
        ("a.pdf", pdf_with(b"/EmbeddedFile"), "un autre fichier"),
        ("a.pdf", pdf_with(b"/S/SubmitForm/F(http://suivi.example)"), "un formulaire actif"),
        ("a.pdf", pdf_hiding(b"<</S/JavaScript>>", b"[/ASCIIHexDecode]", hexlify), "trop compliqué"),
        (
            "a.pdf",
            pdf_hiding(b"<</S/JavaScript>>", b"[/ASCIIHexDecode/FlateDecode]", packed),
            "trop compliqué",
        ),
        ("a.pdf", pdf_hiding(b"<</S/JavaScript>>", pack=spoiled), "trop compliqué"),
        ("a.pdf", pdf_hiding(b"<</S/JavaScript>>", plus=b"/x(obj)"), "un programme"),
        ("a.pdf", pdf_hiding(b" " * 70 * 1024 * 1024), "trop compliqué"),
    ],
)
def test_hostile_or_unfit_file_is_refused_in_a_sentence(nom, octets, dit):
    assert dit in refuse_piece(nom, octets, mo=MO)


@pytest.mark.parametrize("texte, refusee", [("", 1), ("  \n", 1), ("a\0", 1), ("a" * TEXTE_MAX, 0), ("é", 0)])
def test_text_of_a_note(texte, refusee):
    assert bool(refuse_text(texte)) == bool(refusee)
