"""Makes PDFs with WeasyPrint, which may be absent: the one module that loads it."""

import gc
import importlib
import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from pypdf import PdfWriter

JOURNAL = logging.getLogger(__name__)
PAQUETS = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MANQUE = f"Les PDF demandent trois bibliothèques du système : apt-get install {PAQUETS}"


class PdfImpossible(RuntimeError):
    """The system libraries are missing; the message says which to install, in French."""


def load_weasyprint() -> Any:
    """Return the weasyprint module. Raises PdfImpossible without pango."""
    try:
        module = importlib.import_module("weasyprint")
    except OSError as erreur:
        raise PdfImpossible(MANQUE) from erreur
    importlib.import_module("pydyf").PDF.page_references = property(name_pages)
    return module


def name_pages(pdf: Any) -> tuple[bytes, ...]:
    """Return how a PDF refers to each of its pages, worked out once.

    pydyf writes all of them anew for each tag: a file of 300 pages spends a third of its time on it.
    """
    enfants, connues = pdf.pages["Kids"], vars(pdf).get("pages_nommees", ())
    if len(connues) * 3 != len(enfants):
        connues = pdf.pages_nommees = tuple(f"{numero} 0 R".encode() for numero in enfants[::3])
    return connues


def is_pdf_possible() -> bool:
    """Whether PDFs can be made on this machine."""
    try:
        load_weasyprint()
    except PdfImpossible:
        return False
    return True


def fetch_from(racines: tuple[Path, ...]) -> Callable[..., Any]:
    """Return WeasyPrint's fetcher shut on these folders: no network, no other file, data: URLs allowed."""
    module = load_weasyprint()

    class Fetcher(module.urls.URLFetcher):  # type: ignore[name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            """Open only the project's own assets."""
            if url.startswith("file:"):
                chemin = Path(unquote(urlsplit(url).path)).resolve()
                if not any(chemin.is_relative_to(racine) for racine in racines):
                    raise ValueError("fichier hors des feuilles de style du projet")
            elif not url.startswith("data:"):
                raise ValueError("adresse refusée")
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=["file", "data"])


def make_pdf(html: str, *, titre: str) -> tuple[bytes, int]:
    """Turn a finished HTML page into tagged PDF/UA-1; return its bytes and its number of pages.

    Relative addresses are looked for in static/. Falls back to an untagged PDF when tagging fails.
    """
    module = load_weasyprint()
    statique = (settings.BASE_DIR / "static").resolve()
    document = module.HTML(string=html, base_url=statique.as_uri() + "/", url_fetcher=fetch_from((statique,)))
    try:
        rendu = document.render(pdf_variant="pdf/ua-1")
        return rendu.write_pdf(pdf_variant="pdf/ua-1"), len(rendu.pages)
    except Exception:  # a table that the tagger cannot follow must not cost the reader the document
        JOURNAL.exception("PDF sans balises pour « %s »", titre)
        rendu = document.render()
        return rendu.write_pdf(), len(rendu.pages)


def join_files(fichiers: Sequence[bytes]) -> bytes:
    """Return the pages of these PDFs as one, in their order; what they hold in common is kept once."""
    relieur = PdfWriter()
    for fichier in fichiers:
        relieur.append(io.BytesIO(fichier), import_outline=False)
    relieur.compress_identical_objects()
    sortie = io.BytesIO()
    relieur.write(sortie)
    return sortie.getvalue()


@contextmanager
def hold_pages() -> Iterator[Callable[[], None]]:
    """Give what keeps the pages laid out so far out of the collector's walks; they are back at the end.

    Hundreds of pages wait in memory to be bound: walking them again and again takes a tenth of a lot's time.
    """

    def hold() -> None:
        gc.collect()
        gc.freeze()

    try:
        yield hold
    finally:
        gc.unfreeze()


class Presse:
    """Makes many documents with the same sheets, read once, and binds them into one file.

    Raises PdfImpossible without pango. Addresses of a page are relative to static/ and open nothing else.
    """

    def __init__(self, feuilles: Sequence[str]) -> None:
        self._module = load_weasyprint()
        statique = (settings.BASE_DIR / "static").resolve()
        self._base = statique.as_uri() + "/"
        self._fetcher = fetch_from((statique,))
        self._polices = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
        self._feuilles = [
            self._module.CSS(
                filename=str(statique / feuille), url_fetcher=self._fetcher, font_config=self._polices
            )
            for feuille in feuilles
        ]

    def lay_out(self, html: str) -> Any:
        """Return the pages of a finished page that links no sheet, to be written or bound."""
        document = self._module.HTML(string=html, base_url=self._base, url_fetcher=self._fetcher)
        return document.render(stylesheets=self._feuilles, font_config=self._polices, pdf_variant="pdf/ua-1")

    def write(self, pages: Any) -> bytes:
        """Write one document as tagged PDF/UA-1."""
        return bytes(pages.write_pdf(pdf_variant="pdf/ua-1"))

    def join(self, parties: Sequence[Any]) -> bytes:
        """Write as one file, in their order, pages laid out here and files written before; nothing for none.

        Files written before keep their look to the point; the whole is then a plain PDF, without tags.
        """
        if any(isinstance(partie, bytes) for partie in parties):
            return join_files([p if isinstance(p, bytes) else self.write(p) for p in parties])
        return self.bind(parties)

    def bind(self, documents: Sequence[Any]) -> bytes:
        """Write all pages of these documents, in their order, as one file; nothing for none."""
        if not documents:
            return b""
        return self.write(documents[0].copy([page for document in documents for page in document.pages]))
