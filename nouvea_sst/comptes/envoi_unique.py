"""The same form sent twice makes one record: a double click, a second sending, the back button.

Each form that creates holds a token drawn when the page was made ({% jeton %}, or the form's own `jeton`
field) and kept as long as it comes back with errors. The view that answers it is marked @send_once: the first
sending writes, in one transaction, its record and where it led; the same token with the same content leads
there again. Other content under the same token (one came back and typed something else) is another sending:
nothing typed is lost. The row says neither who sent nor what: a report made without a name stays without.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from nouvea_sst.comptes.models import FormulaireRecu
from nouvea_sst.comptes.rules.saisies import CSRF, MARQUE, RENVOI

JETON = "jeton"
# What the house adds: it says whose form it is, or that it comes back after a log-in.
HORS_CONTENU = {CSRF, MARQUE, RENVOI}


def send_once(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a form sent again by the redirect of the first sending; what leads nowhere is sent anew."""

    @wraps(vue)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(JETON):
            return vue(request, *args, **kwargs)
        empreinte = fingerprint(request)
        with transaction.atomic():
            _take_turn(empreinte)
            deja = FormulaireRecu.objects.filter(empreinte=empreinte).first()
            if deja is not None:
                return HttpResponseRedirect(deja.adresse)
            reponse = vue(request, *args, **kwargs)
            if isinstance(reponse, HttpResponseRedirect):
                FormulaireRecu.objects.create(empreinte=empreinte, adresse=reponse.url)
            return reponse

    answer.envoi_unique = True  # type: ignore[attr-defined]
    return answer


def fingerprint(request: HttpRequest) -> str:
    """Return the same text for the same form with the same content, token included, and for no other."""
    somme = hashlib.sha256(request.get_full_path().encode())
    for nom, valeurs in sorted(request.POST.lists()):
        if nom not in HORS_CONTENU:
            somme.update(repr((nom, valeurs)).encode())
    for nom, fichiers in sorted(request.FILES.lists()):
        for fichier in fichiers:
            somme.update(repr((nom, fichier.name)).encode() + _digest(fichier))
    return somme.hexdigest()


def _digest(fichier: UploadedFile) -> bytes:
    """Digest a file and leave it to be read again."""
    somme = hashlib.sha256()
    for morceau in fichier.chunks():
        somme.update(morceau)
    fichier.seek(0)
    return somme.digest()


def _take_turn(empreinte: str) -> None:
    """Wait for the same form being sent at the same moment, until the end of the transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [empreinte])
