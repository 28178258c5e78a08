"""Makes PDFs with WeasyPrint, which may be absent: the one module that loads it."""

import importlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

JOURNAL = logging.getLogger(__name__)
PAQUETS = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MANQUE = f"Les PDF demandent trois bibliothèques du système : apt-get install {PAQUETS}"


class PdfImpossible(RuntimeError):
    """The system libraries are missing; the message says which to install, in French."""


def load_weasyprint() -> Any:
    """Return the weasyprint module. Raises PdfImpossible without pango."""
    try:
        return importlib.import_module("weasyprint")
    except OSError as erreur:
        raise PdfImpossible(MANQUE) from erreur


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
