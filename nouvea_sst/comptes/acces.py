"""How a view says who may come in. A view that says nothing is refused to everybody."""

from collections.abc import Callable
from typing import Any

from django.views.decorators.http import require_http_methods

Vue = Callable[..., Any]


def require_perm(*droits: str) -> Callable[[Vue], Vue]:
    """Let in whoever holds one of these codenames; others get the 403 page, visitors the log-in page."""

    def mark(vue: Vue) -> Vue:
        vue.droit_requis = droits  # type: ignore[attr-defined]
        return vue

    return mark


def acces_connecte(vue: Vue) -> Vue:
    """Let in any logged-in account: pages about oneself, whose content asks visible_to()."""
    vue.acces_connecte = True  # type: ignore[attr-defined]
    return vue


def acces_public(vue: Vue) -> Vue:
    """Let in everybody: log-in, health check."""
    vue.acces_public = True  # type: ignore[attr-defined]
    return vue


def refus_sans_numero(vue: Vue) -> Vue:
    """Leave the number out of a refusal: it would tie the account to a record that names nobody."""
    vue.refus_sans_numero = True  # type: ignore[attr-defined]
    return vue


def sans_moment(*methodes: str) -> Callable[[Vue], Vue]:
    """Tie no moment of these requests to the account: a report without a name would be found by its hour.

    The session notes no activity.
    """

    def mark(vue: Vue) -> Vue:
        vue.sans_moment = methodes  # type: ignore[attr-defined]
        return vue

    return mark


def sans_garde(vue: Vue) -> Vue:
    """Never keep on the server what is typed here and comes too late: it goes back to the page alone.

    For what must not be tied to an account, and for what a health professional writes.
    """
    vue.sans_garde = True  # type: ignore[attr-defined]
    return vue


# A page with a form is read, then sent. Pages only read are @require_safe, acts only sent @require_POST:
# each view declares the methods that it takes, below the line that says who may come in.
require_form = require_http_methods(["GET", "HEAD", "POST"])
