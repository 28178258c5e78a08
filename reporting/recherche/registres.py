"""Records by number: reports, accidents, actions."""

import datetime
from typing import Any

from django.urls import reverse

from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.etats import member_of
from nouvea_sst.lib.numeros import numbered
from reporting.indicateurs.liens import address_of
from reporting.recherche.elements import Genre, Resultat, first_rows, make_genre
from reporting.rules.recherche import Saisie
from signalements.models import Accident, Action, Signalement


def find_records(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Records whose number was typed, each kind only when the text may be its number."""
    return [
        *_signalements(user, saisie, limite),
        *_accidents(user, saisie, limite),
        *_actions(user, saisie, limite),
    ]


def _signalements(user: Any, saisie: Saisie, limite: int) -> list[Genre]:
    """Reports, as their list finds them."""
    if numbered(saisie.texte, "S") is None:
        return []
    vus = Signalement.objects.visible_to(user).with_text(saisie.texte).order_by("-recu_le", "-pk")
    lus, total = first_rows(vus, limite)
    resultats = [
        Resultat(
            f"{s.numero} · {s.intitule}",
            reverse("signalements:signalement", args=[s.pk]),
            f"faits du {format_date(s.survenu_le)} · {s.lieu}",
            member_of(s),
            is_typed(saisie, s.numero, "S", total),
        )
        for s in lus
    ]
    url = address_of("signalements:liste", vue="tous", q=saisie.texte)
    return make_genre("signalements", "Signalements", "megaphone", (resultats, total), url)


def _accidents(user: Any, saisie: Saisie, limite: int) -> list[Genre]:
    """Accidents, as their list finds them: by number, and those of the agent of this matricule."""
    if numbered(saisie.texte, "AT") is None:
        return []
    vus = Accident.objects.visible_to(user).about(saisie.texte, user).select_related("agent")
    lus, total = first_rows(vus.order_by("-date", "-pk"), limite)
    resultats = [
        Resultat(
            f"{a.numero} · {a.agent}",
            reverse("signalements:accident", args=[a.pk]),
            f"{a.get_nature_display()} · {format_date(a.date)}",
            exact=is_typed(saisie, a.numero, "AT", total),
        )
        for a in lus
    ]
    url = address_of("signalements:accidents", vue="tous", agent=saisie.texte)
    return make_genre("accidents", "Accidents", "bandaid", (resultats, total), url)


def _actions(user: Any, saisie: Saisie, limite: int) -> list[Genre]:
    """Actions of the plan, as their list finds them."""
    if numbered(saisie.texte, "PA") is None:
        return []
    vues = Action.objects.visible_to(user).with_text(saisie.texte).order_by("echeance", "pk")
    lues, total = first_rows(vues, limite)
    resultats = [
        Resultat(
            f"{a.numero} · {a.intitule}",
            reverse("signalements:action", args=[a.pk]),
            f"échéance du {format_date(a.echeance)}",
            member_of(a),
            is_typed(saisie, a.numero, "PA", total),
        )
        for a in lues
    ]
    url = address_of("signalements:actions", vue="toutes", q=saisie.texte)
    return make_genre("actions", "Actions du plan", "list-check", (resultats, total), url)


def is_typed(saisie: Saisie, numero: str, prefixe: str, total: int) -> bool:
    """Whether the text is this number with its prefix, or the only one that its rank and prefix leave."""
    if not saisie.plie.startswith(prefixe.lower()):
        return False
    return total == 1 or numero.lower().split("-") == saisie.plie.split()
