"""A form that comes too late: whose it is, what it holds, where it would have gone.

What was typed is kept on the server under the account that the form was made for, where the form comes from
the session that it was made in. Anything else, and what is never kept (@sans_garde), goes back to the browser
that sent it, in a page, with its button to send it again: nothing of it stays on the server.
"""

import datetime
import hashlib
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.crypto import constant_time_compare

from nouvea_sst.comptes.actions import keep_saisie
from nouvea_sst.comptes.models import SaisieGardee, Utilisateur
from nouvea_sst.comptes.rules.saisies import MARQUE, has_text, kept_fields, readable_texts
from nouvea_sst.lib.aide import page_title

ADRESSE_MAX = 500
# A page left open overnight still says whose it is; one of the week before no longer.
VALABLE = datetime.timedelta(hours=24)
# The form is refused, and no access is: 403 would leave a line with the account.
CONFLIT = 409
_SIGNATURE = signing.TimestampSigner(salt="comptes.saisie")


@dataclass(frozen=True)
class Marque:
    """What a form says of itself: for which account it was made, in which session, on which page."""

    compte: int
    session: str
    page: str

    def write(self) -> str:
        """Return the mark with its hour, signed."""
        return _SIGNATURE.sign_object([self.compte, self.session, self.page])


def mark_of(request: Any) -> str:
    """Return the mark of a form made for this request."""
    page = _path_of(request.headers.get("HX-Current-URL", "")) if _from_htmx(request) else request.path
    return Marque(request.user.pk, _print_of(request.session.session_key), page).write()


def read_mark(request: HttpRequest) -> Marque | None:
    """Return the mark that a form carries; None when it is not ours or too old."""
    try:
        return Marque(*_SIGNATURE.unsign_object(request.POST.get(MARQUE, ""), max_age=VALABLE))
    except signing.BadSignature:
        return None


def owner_of(request: HttpRequest) -> Utilisateur | None:
    """Return under whose account the form may be kept: sent by himself, or from his session's page."""
    marque = read_mark(request)
    if marque is None:
        return None
    if request.user.is_authenticated:
        siens = marque.compte == request.user.pk
    else:
        cle = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        siens = constant_time_compare(_print_of(cle), marque.session) and marque.page in _pages_of(request)
    return Utilisateur.objects.filter(pk=marque.compte, is_active=True).first() if siens else None


def destination_of(request: HttpRequest) -> str:
    """Return where the form goes when it is sent again.

    A page that htmx looks after while one types posts elsewhere: what was typed belongs to the page.
    """
    if not _from_htmx(request):
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    if page.netloc != request.get_host() or match_of(page.path) is None:
        return request.get_full_path()
    return f"{page.path}?{page.query}" if page.query else page.path


def keep_typed(request: HttpRequest) -> SaisieGardee | None:
    """Keep what a POST holds for the person who typed it; None without text, or when it may not be kept."""
    if request.method != "POST" or never_kept(request):
        return None
    champs = kept_fields(request.POST.lists())
    adresse = destination_of(request)
    if not has_text(champs) or len(adresse) > ADRESSE_MAX:
        return None
    compte = owner_of(request)
    if compte is None:
        return None
    return keep_saisie(compte=compte, adresse=adresse, champs=champs, fichiers=sorted(request.FILES))


def never_kept(request: HttpRequest) -> bool:
    """Whether the view of this form, or the page that it belongs to, is @sans_garde."""
    chemins = (request.path, urlsplit(destination_of(request)).path)
    return any(getattr(match.func, "sans_garde", False) for match in map(match_of, chemins) if match)


def comes_back(request: HttpRequest) -> bool:
    """Whether what was typed may be shown again: a form of ours, and nobody else's who is logged in."""
    if request.method != "POST" or not has_text(kept_fields(request.POST.lists())):
        return False
    marque = read_mark(request)
    return marque is not None and request.user.pk in (None, marque.compte)


def show_again(request: HttpRequest) -> HttpResponse:
    """Answer what was typed in a page, with its button to send it again; the server keeps nothing of it."""
    marque = read_mark(request)
    if marque:
        marque = replace(marque, page=request.path)
    contexte = {
        "ligne": describe_saisie(
            request.get_full_path(), kept_fields(request.POST.lists()), sorted(request.FILES)
        ),
        "marque": marque.write() if marque and not request.user.is_authenticated else "",
    }
    reponse = render(request, "comptes/saisie_rendue.html", contexte, status=CONFLIT)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


def describe_saisie(adresse: str, champs: dict[str, list[str]], fichiers: list[str]) -> dict[str, Any]:
    """Return what comptes/_saisie.html shows of a form: its page, its texts by their labels, its fields."""
    match = match_of(urlsplit(adresse).path)
    libelles = labels_of(match, champs.keys()) if match else {}
    return {
        "page": page_title(match.view_name) if match else "",
        "adresse": adresse,
        "textes": readable_texts(champs, libelles),
        "champs": [(nom, valeur) for nom, valeurs in champs.items() for valeur in valeurs],
        "fichiers": [libelles.get(nom, nom.replace("_", " ")) for nom in fichiers],
    }


def labels_of(match: ResolverMatch, noms: Any) -> dict[str, str]:
    """Return the labels of the fields, from the forms of the module that answers; the likeliest form wins."""
    valeurs = vars(import_module(match.func.__module__)).values()
    formes = [
        getattr(v, "base_fields", {}) for v in valeurs if isinstance(v, type) and issubclass(v, BaseForm)
    ]
    formes.sort(key=lambda champs: len(champs.keys() & set(noms)))
    return {nom: str(champ.label) for champs in formes for nom, champ in champs.items() if champ.label}


def match_of(chemin: str) -> ResolverMatch | None:
    """Return what answers a path, or None."""
    try:
        return resolve(chemin)
    except Resolver404:
        return None


def _pages_of(request: HttpRequest) -> set[str]:
    """Paths of the pages from which a form may come: its own address, or the page that holds it."""
    entetes = (request.headers.get("Referer", ""), request.headers.get("HX-Current-URL", ""))
    return {request.path, *map(_path_of, entetes)}


def _path_of(adresse: str) -> str:
    """Path of an address."""
    return urlsplit(adresse).path


def _print_of(cle: str | None) -> str:
    """Return what a mark keeps of a session: never its key."""
    return hashlib.sha256((cle or "").encode()).hexdigest()[:32] if cle else ""


def _from_htmx(request: Any) -> bool:
    """Whether a script of the page asks."""
    return bool(request.headers.get("HX-Request"))
