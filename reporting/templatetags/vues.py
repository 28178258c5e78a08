"""The saved views above a list, for every list without a line of its own code."""

from typing import Any

from django import template
from django.urls import reverse

from reporting.listes import canonical_query, find_list
from reporting.models import VueEnregistree

register = template.Library()


@register.simple_tag(takes_context=True)
def vues_enregistrees(context: template.Context) -> dict[str, Any]:
    """{% vues_enregistrees as gardees %}: one's views of the list shown; empty where none can be kept."""
    request = context["request"]
    nom = request.resolver_match.view_name if request.resolver_match else ""
    liste = find_list(nom, request.user)
    if liste is None:
        return {"liste": ""}
    ici = canonical_query(request.GET)
    adresse = reverse(nom)
    vues = [
        {
            "pk": vue.pk,
            "libelle": vue.nom,
            "url": f"{adresse}?{vue.requete}",
            "actif": vue.requete == ici,
            "par_defaut": request.user.vues_par_defaut.get(nom) == vue.requete,
        }
        for vue in VueEnregistree.objects.visible_to(request.user).filter(liste=nom)
    ]
    return {
        "liste": nom,
        "adresse": adresse,
        "requete": ici,
        "vues": vues,
        "active": next((vue for vue in vues if vue["actif"]), None),
    }
