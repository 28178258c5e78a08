"""Default deny, the limits of sessions, and the identifier of the request for the journal."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from nouvea_sst.comptes.actions import drop_saisie, note_expiry
from nouvea_sst.comptes.contexte import acting, consultation_notee, requete_en_cours
from nouvea_sst.comptes.journal import record_consultation, record_refusal
from nouvea_sst.comptes.rules.saisies import RENVOI
from nouvea_sst.comptes.rules.sessions import end_reason
from nouvea_sst.comptes.saisies import comes_back, keep_typed, show_again
from nouvea_sst.comptes.sessions import OUVERTE, VUE, moment_of, start
from nouvea_sst.lib.xlsx import TYPE_XLSX

# A request more than this after the last noted one counts as activity: one write a minute at most.
PAS_ACTIVITE = datetime.timedelta(minutes=1)
LECTURES = {"GET", "HEAD", "OPTIONS"}
# htmx stops asking when it is answered so.
PLUS_DE_SUIVI = 286
Suite = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Gives each request an identifier, and writes its refusals outside the view's transaction.

    A workbook never leaves without a line: the view's own, else one of here.
    """

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        requete = str(uuid.uuid4())
        jeton = requete_en_cours.set(requete)
        notee = consultation_notee.set(False)
        try:
            if request.method in LECTURES:
                reponse = self.get_response(request)
            else:
                with acting(request.user, requete):
                    reponse = self.get_response(request)
            if reponse.status_code == 403 and request.user.is_authenticated:
                record_refusal(
                    acteur=request.user,
                    acte="acces.refuse",
                    libelle=route_of(request),
                    cle=keys_to_tell(request),
                )
            elif reponse.status_code == 404 and keys_of(request) and request.user.is_authenticated:
                # Out of scope or unknown: one line for both, so that neither the answer nor its cost tells.
                record_refusal(
                    acteur=request.user,
                    acte="acces.introuvable",
                    libelle=route_of(request),
                    cle=keys_to_tell(request),
                )
            elif reponse.get("Content-Type") == TYPE_XLSX and not consultation_notee.get():
                acte = route_of(request).replace(":", ".")
                record_consultation(acteur=request.user, acte=acte, libelle="Liste en xlsx")
            return reponse
        finally:
            consultation_notee.reset(notee)
            requete_en_cours.reset(jeton)


class SessionLimitsMiddleware:
    """Ends a session left alone or too old, notes activity, and lets no browser keep what it was shown.

    What a page asks by itself (X-Suivi) is no activity.
    """

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.fin_session = ""  # type: ignore[attr-defined]
        connu = request.user.is_authenticated
        if connu:
            self._end_if_over(request)
        reponse = self.get_response(request)
        if connu or request.user.is_authenticated:
            reponse["Cache-Control"] = "no-store, private"
            self._forget_sent_again(request, reponse)
        return reponse

    def process_view(self, request: HttpRequest, vue: Any, args: Any, kwargs: Any) -> None:
        """Note activity, once a minute at most; a view may ask that its moment be left out."""
        if not request.user.is_authenticated:
            return
        maintenant = timezone.now()
        if OUVERTE not in request.session:
            start(request.session, maintenant)
        vue_le = moment_of(request.session[VUE])
        if (
            not asks_by_itself(request)
            and not leaves_no_moment(request, vue)
            and vue_le is not None
            and maintenant - vue_le >= PAS_ACTIVITE
        ):
            request.session[VUE] = maintenant.timestamp()

    def _end_if_over(self, request: HttpRequest) -> None:
        """Close the session that has passed a limit of its role; the request goes on as a visitor's."""
        compte: Any = request.user
        ouverte, vue = (moment_of(request.session.get(cle)) for cle in (OUVERTE, VUE))
        if ouverte is None or vue is None:
            return
        motif = end_reason(
            ouverte=ouverte,
            vue=vue,
            maintenant=timezone.now(),
            inactivite=idle_limit(compte.role),
            duree=datetime.timedelta(hours=settings.SESSION_HEURES),
        )
        if motif:
            note_expiry(compte=compte, motif=motif)
            request.session.flush()
            request.user = AnonymousUser()
            request.fin_session = motif  # type: ignore[attr-defined]

    def _forget_sent_again(self, request: HttpRequest, reponse: HttpResponse) -> None:
        """Delete what was kept of a form once its page has taken it, be it to show it again with errors."""
        if request.method == "POST" and reponse.status_code < 400 and request.user.is_authenticated:
            if (cle := request.POST.get(RENVOI, "")).isdecimal() and len(cle) < 19:
                drop_saisie(acteur=request.user, saisie_id=int(cle))


def idle_limit(role: str) -> datetime.timedelta:
    """Return how long this role may leave its session alone."""
    minutes = settings.SESSION_MINUTES_SANS_ACTIVITE
    return datetime.timedelta(minutes=minutes.get(role, settings.SESSION_MINUTES_AUTRES))


class AccessMiddleware:
    """Refuses every view that does not declare who may come in, and everybody who may not."""

    def __init__(self, get_response: Suite) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Decide before the view runs."""
        if getattr(vue, "acces_public", False):
            return None
        if not request.user.is_authenticated:
            return send_to_login(request)
        if getattr(vue, "acces_connecte", False):
            return None
        droits = getattr(vue, "droit_requis", ())
        if not any(request.user.has_perm(droit) for droit in droits):
            # A role that would come in, kept out by what the account answers for, is told so.
            raise PermissionDenied(getattr(request.user, "refus_de_portee", ""))
        return None


def send_to_login(request: HttpRequest) -> HttpResponse:
    """Send a visitor to log in, saying why his session is over and whether what he typed is kept.

    What is not kept stays in his page, or comes back in one.
    """
    suite = {}
    gardee = keep_typed(request) is not None
    rendue = not gardee and comes_back(request)
    if rendue and not request.headers.get("HX-Request"):
        return show_again(request)
    if request.method in LECTURES and not request.headers.get("HX-Request"):
        suite["next"] = request.get_full_path()
    if gardee:
        suite["motif"] = "gardee"
    elif request.fin_session:  # type: ignore[attr-defined]
        suite["motif"] = request.fin_session  # type: ignore[attr-defined]
    elif settings.SESSION_COOKIE_NAME in request.COOKIES:
        suite["motif"] = "fin"
    adresse = f"{reverse('comptes:connexion')}?{urlencode(suite)}".rstrip("?")
    if asks_by_itself(request) or rendue:
        # Nobody asked, or nothing is kept: the page stays, with what is typed on it, and asks no more.
        reponse = render(request, "layout/_fin_session.html", {"adresse": reverse("comptes:connexion")})
        reponse.status_code = PLUS_DE_SUIVI
        reponse["HX-Retarget"], reponse["HX-Reswap"] = "#fin-session", "innerHTML"
        reponse["HX-Reselect"] = ".alert"
        return reponse
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(adresse)
    reponse = HttpResponse(status=401)
    reponse["HX-Redirect"] = adresse
    return reponse


def route_of(request: HttpRequest) -> str:
    """Name of the route asked for: never the path, which may hold what was typed."""
    match = request.resolver_match or resolve(request.path_info)
    return match.view_name or match.route


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether the page asks again and again, nobody having done anything: it keeps no session alive."""
    return request.headers.get("X-Suivi") == "1"


def leaves_no_moment(request: HttpRequest, vue: Any) -> bool:
    """Whether this request must not be found by its hour."""
    return request.method in getattr(vue, "sans_moment", ())


def keys_to_tell(request: HttpRequest) -> str:
    """Numbers that the line of a refusal may hold."""
    vue = request.resolver_match.func if request.resolver_match else None
    return "" if getattr(vue, "refus_sans_numero", False) else keys_of(request)


def keys_of(request: HttpRequest) -> str:
    """Keys of the records asked for, « 12/7 »; nothing for an address without any. A token is no key."""
    match = request.resolver_match
    cles = match.kwargs.items() if match else ()
    return "/".join(str(v) for nom, v in cles if isinstance(v, int) or (nom, type(v)) == ("cle", uuid.UUID))
