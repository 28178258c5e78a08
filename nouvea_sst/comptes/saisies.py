"""A form that comes too late: whose it is, what it holds, where it would have gone."""

from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from nouvea_sst.comptes.actions import keep_saisie
from nouvea_sst.comptes.models import SaisieGardee, Utilisateur
from nouvea_sst.comptes.rules.saisies import MARQUE, has_text, kept_fields

ADRESSE_MAX = 500
_SIGNATURE = signing.Signer(salt="comptes.saisie")


def mark_of(user: Any) -> str:
    """Return the mark that a form carries of the person for whom it was made: his key, signed."""
    return _SIGNATURE.sign(str(user.pk))


def owner_of(request: HttpRequest) -> Utilisateur | None:
    """Return whose form this is: by its mark, else by the session that has just ended."""
    try:
        cle = _SIGNATURE.unsign(request.POST.get(MARQUE, ""))
    except signing.BadSignature:
        return getattr(request, "session_finie_de", None)
    return Utilisateur.objects.filter(pk=cle, is_active=True).first()


def destination_of(request: HttpRequest) -> str:
    """Return where the form goes when it is sent again.

    A page that htmx looks after while one types posts elsewhere: what was typed belongs to the page.
    """
    if not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    if page.netloc != request.get_host():
        return request.get_full_path()
    try:
        resolve(page.path)
    except Resolver404:
        return request.get_full_path()
    return f"{page.path}?{page.query}" if page.query else page.path


def keep_typed(request: HttpRequest) -> SaisieGardee | None:
    """Keep what a POST holds for the person who typed it; None without text, or when nobody is known."""
    if request.method != "POST":
        return None
    champs = kept_fields(request.POST.lists())
    adresse = destination_of(request)
    if not has_text(champs) or len(adresse) > ADRESSE_MAX:
        return None
    compte = owner_of(request)
    if compte is None:
        return None
    return keep_saisie(
        compte=compte,
        adresse=adresse,
        champs=champs,
        fichiers=sorted(request.FILES),
    )
