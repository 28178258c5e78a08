"""Makes an edition from beginning to end; long, so it runs in the worker or in a command."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError

from commissions.models import Seance
from nouvea_sst.lib.dates import Periode
from nouvea_sst.travaux.models import Travail
from reporting.actions import freeze_edition
from reporting.models import Edition
from reporting.pack.chiffres import build
from reporting.pack.rendu import render_pdf
from reporting.rules.periodes import check_period

ESSAIS = 3

Suivi = Callable[[str, int], None]


def say_nothing(_etape: str, _fait: int) -> None:
    """Follow no progress."""


def make_edition(
    *,
    acteur: Any,
    seance: Seance | None,
    periode: Periode,
    jour: datetime.date,
    travail: Travail | None = None,
    suivre: Suivi = say_nothing,
) -> Edition:
    """Return the edition of this job, made now if it is not yet.

    Raises PeriodeRefusee, or PdfImpossible without pango.
    The number is printed, so it is drawn before the PDF is made: whoever comes second draws again.
    """
    check_period(periode.debut, periode.fin, jour)
    for _essai in range(ESSAIS):
        deja = Edition.objects.filter(travail=travail).first() if travail else None
        if deja is not None:
            return deja
        suivre("Compter les faits de la période", 0)
        chiffres = build(
            seance=seance, periode=periode, rang=Edition.objects.next_rang(seance, periode), jour=jour
        )
        suivre("Mettre en page", 1)
        pdf, pages = render_pdf(chiffres)
        suivre("Figer l’édition", 2)
        try:
            return freeze_edition(
                acteur=acteur,
                seance=seance,
                periode=periode,
                chiffres=chiffres,
                pdf=pdf,
                pages=pages,
                travail=travail,
            )
        except IntegrityError:
            continue
    raise RuntimeError("Trop d’éditions de cette séance se font en même temps.")
