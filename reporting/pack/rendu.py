"""Turns frozen figures into the document."""

from typing import Any

from django.template.loader import render_to_string

from nouvea_sst.lib.pdf import make_pdf
from reporting.pack.lecture import Dossier


def render_pdf(chiffres: dict[str, Any]) -> tuple[bytes, int]:
    """Return the PDF of these figures and its number of pages. Raises PdfImpossible without pango."""
    dossier = Dossier(chiffres)
    html = render_to_string("reporting/dossier/pdf.html", {"dossier": dossier})
    return make_pdf(html, titre=dossier.titre_courant)
