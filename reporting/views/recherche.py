"""The search box: results while typing, and their page. What was typed goes neither to log nor to journal."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from reporting.recherche.composer import count_people, find_all, sole_answer
from reporting.recherche.elements import Genre
from reporting.rules.recherche import MAXIMUM, read_typed

PAR_GENRE = 25
SUGGEREES = 8


@acces_connecte
@require_safe
def resultats(request: HttpRequest) -> HttpResponse:
    """All kinds with their first rows; a number that names one record opens it, unless ?tout=1."""
    saisie = read_typed(request.GET.get("q", ""))
    genres = find_all(request.user, saisie, timezone.localdate(), PAR_GENRE)
    seul = sole_answer(saisie, genres)
    if seul is not None and "tout" not in request.GET:
        return redirect(seul.url)
    _record(request, "recherche.resultats", genres)
    contexte = {
        "saisie": saisie,
        "refus": saisie.refus.value if saisie.refus else "",
        "genres": genres,
        "total": sum(genre.total for genre in genres),
        "maximum": MAXIMUM,
    }
    return render(request, "recherche/resultats.html", contexte)


@acces_connecte
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first results of each kind, for the list under the box; empty under two letters."""
    saisie = read_typed(request.GET.get("q", ""))
    genres = find_all(request.user, saisie, timezone.localdate(), SUGGEREES)
    _record(request, "recherche.suggestions", genres)
    contexte = {
        "saisie": saisie,
        "refus": saisie.refus.value if saisie.refus else "",
        "genres": genres,
        "total": sum(genre.total for genre in genres),
        "suite": urlencode([("q", saisie.texte), ("tout", "1")]),
    }
    reponse = render(request, "recherche/_suggestions.html", contexte)
    reponse["Cache-Control"] = "no-store"
    return reponse


def _record(request: HttpRequest, acte: str, genres: Sequence[Genre]) -> None:
    """One consultation line when people were shown: how many, never what was typed."""
    if count_people(genres):
        compte = ", ".join(f"{genre.titre.lower()} : {len(genre.resultats)}" for genre in genres)
        lignes = count_of(count_people(genres), "ligne nominative,lignes nominatives")
        record_consultation(acteur=request.user, acte=acte, libelle=f"{lignes} ({compte})")
