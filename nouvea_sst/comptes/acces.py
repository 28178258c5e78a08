"""How a view says who may come in. A view that says nothing is refused to everybody."""

from collections.abc import Callable
from typing import Any

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
