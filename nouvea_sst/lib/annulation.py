"""« C’est fait — Annuler »: a message that carries the way back.

An act that takes something away does it at once, and says so with a button that puts it back::

    from nouvea_sst.lib.annulation import say_done

    say_done(
        request,
        "La vue « Mon équipe » est supprimée.",
        adresse=reverse("reporting:vue_retablir", args=[vue.pk]),
        bouton="Garder la vue",
        champs={"version": vue.version},  # optional: what the button posts besides its token
    )

The message stands above the next page (components/messages.html). Its button is a form: it posts to
`adresse`, works without script, and may be pressed once (data-sst-une-fois). The view behind `adresse` asks
for the same right as the act, takes POST only, finds the record through visible_to(user), puts it back, says
so with messages.success, and redirects to where the record is seen. Pressed late or twice it must answer with
a message, never with a failure. Where the act cannot be undone, ask first with components/confirm.html.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

MARQUE = "annuler:"


@dataclass(frozen=True)
class Annulation:
    """The button of a message: where it posts, its words, its hidden fields."""

    adresse: str
    bouton: str
    champs: dict[str, str] = field(default_factory=dict)


def say_done(
    request: HttpRequest, texte: str, *, adresse: str, bouton: str, champs: Mapping[str, object] | None = None
) -> None:
    """Say at the next page that an act is done, with the button that takes it back."""
    if not adresse.startswith("/") or adresse.startswith("//"):
        raise ValueError("the way back is an address of the house")
    retour = {
        "adresse": adresse,
        "bouton": bouton,
        "champs": {cle: str(valeur) for cle, valeur in (champs or {}).items()},
    }
    messages.success(request, texte, extra_tags=f"{MARQUE}{json.dumps(retour)}")


def read_annulation(message: Any) -> Annulation | None:
    """Return the way back that a message carries, None for a plain one."""
    marque = message.extra_tags or ""
    if not marque.startswith(MARQUE):
        return None
    return Annulation(**json.loads(marque.removeprefix(MARQUE)))
