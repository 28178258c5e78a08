"""One's running jobs and those just ended, for the frame of every page."""

from typing import Any

from django import template

from nouvea_sst.travaux.models import Travail

register = template.Library()


@register.simple_tag(takes_context=True)
def suivi_travaux(context: template.Context) -> dict[str, Any]:
    """{% suivi_travaux as mes_travaux %}: how many run, which have ended; costs no question without any job.

    The page of a job says its end by itself.
    """
    request = context["request"]
    user = getattr(request, "user", None)
    if not getattr(user, "suit_travaux", False):
        return {"en_cours": 0, "finis": []}
    siens = list(Travail.objects.visible_to(user).to_announce())
    ici = request.resolver_match
    montre = ici.kwargs.get("pk") if ici and ici.view_name == "travaux:travail" else None
    finis = [t for t in siens if t.est_fini and t.pk != montre]
    return {"en_cours": sum(not t.est_fini for t in siens), "finis": finis}
