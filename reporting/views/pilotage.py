"""The dashboard."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.lib.dates import Periode
from reporting.forms import PeriodeForm
from reporting.indicateurs.calcul import compute_all
from reporting.indicateurs.collecte import ANNEES_COURBE, collect, perimeter_of
from reporting.indicateurs.courbes import (
    accidents_by_month,
    draw_accidents,
    draw_tf1,
    name_two,
    rolling_tf1,
)
from reporting.indicateurs.ecriture import write_dates
from reporting.indicateurs.liens import Liens
from reporting.indicateurs.panneaux import list_late, list_to_decide, list_worse, next_seance
from reporting.indicateurs.tableau import write_rows
from reporting.rules.periodes import default_period


@require_perm("reporting.view_tableau")
@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """Indicators of the period beside those of a year before; ?du= and ?au= choose it."""
    jour = timezone.localdate()
    form, periode = _periode(request, jour)
    perimetre = perimeter_of(request.user)
    collecte, liens = collect(periode, jour, perimetre), Liens(request.user)
    figures, adresses = compute_all(collecte), liens.of_figures(periode)
    annees = name_two(periode)
    points = rolling_tf1(collecte, ANNEES_COURBE)
    contexte = {
        "form": form,
        "periode": periode,
        "perimetre": perimetre.mots,
        "dates": write_dates(periode),
        "jour": jour,
        "annees": annees,
        "contre": f"contre {annees[0]}",
        "effectif": {"nombre": collecte.actuel.effectif, "url": adresses["effectif"]},
        "en_retard": list_late(collecte.situation, liens),
        "se_degrade": list_worse(figures, adresses),
        "a_decider": list_to_decide(collecte.situation, liens, next_seance(request.user, jour), jour),
        "courbe_accidents": draw_accidents(accidents_by_month(collecte), periode, liens.accidents_avec_arret),
        "courbe_tf1": draw_tf1(points, figures["tf1"].objectif, liens.accidents_avec_arret),
        "lignes": write_rows(figures, adresses, liens.of_figures(periode.year_before())),
    }
    return render(request, "reporting/tableau.html", contexte)


def _periode(request: HttpRequest, jour: datetime.date) -> tuple[PeriodeForm, Periode]:
    """Return the form and the period asked for; the default one while the form has errors."""
    defaut = default_period(jour)
    if not {"du", "au"} & set(request.GET):
        return PeriodeForm(jour=jour, initial={"du": defaut.debut, "au": defaut.fin}), defaut
    form = PeriodeForm(request.GET, jour=jour)
    return form, form.periode if form.is_valid() else defaut
