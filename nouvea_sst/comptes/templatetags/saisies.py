"""{% csrf_token %} of the house: Django's field, and beside it whose form it is. Built in."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nouvea_sst.comptes.rules.saisies import CSRF, MARQUE
from nouvea_sst.comptes.saisies import mark_of

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Write both fields: what was typed in a form that comes too late goes back to whoever opened it."""
    jeton = context.get("csrf_token")
    if not jeton or str(jeton) == "NOTPROVIDED":
        return SafeString("")
    champ = format_html('<input type="hidden" name="{}" value="{}">', CSRF, jeton)
    requete = context.get("request")
    user = getattr(requete, "user", None)
    if user is None or not user.is_authenticated:
        return champ
    return champ + format_html('<input type="hidden" name="{}" value="{}">', MARQUE, mark_of(requete))
