"""The one place where reference data is read and changed."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.referentiel.catalogue import catalogue, count_entrees
from nouvea_sst.referentiel.enums import Fiabilite
from nouvea_sst.referentiel.models import JourFerie, Parametre, Texte
from nouvea_sst.referentiel.rules.valeurs import write_valeur

VOIR = "referentiel.view_parametre"


@require_perm(VOIR)
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Parameters, days off, texts, lists: how many, what changes next."""
    jour = timezone.localdate()
    parametres = Parametre.objects.visible_to(request.user)
    en_vigueur = parametres.listed_on(jour).aggregate(
        total=Count("pk"), hypotheses=Count("pk", filter=Q(fiabilite=Fiabilite.HYPOTHESE))
    )
    a_venir = list(parametres.to_come(jour)[:6])
    dernier = JourFerie.objects.visible_to(request.user).kept().last()
    contexte = {
        "jour": jour,
        "chiffres": [
            _figure(
                en_vigueur["total"], "paramètre en vigueur,paramètres en vigueur", "referentiel:parametres"
            ),
            _figure(
                en_vigueur["hypotheses"],
                "hypothèse à confirmer,hypothèses à confirmer",
                "referentiel:parametres",
                "?fiabilite=hypothese",
                "is-soon",
            ),
            _figure(
                JourFerie.objects.kept().filter(date__year=jour.year).count(),
                f"jour férié ou chômé en {jour.year},jours fériés ou chômés en {jour.year}",
                "referentiel:jours",
                f"?annee={jour.year}",
            ),
            _figure(Texte.objects.count(), "texte,textes", "referentiel:textes"),
        ],
        "a_venir": [(v, write_valeur(v.valeur, v.unite)) for v in a_venir],
        "derniere_annee": dernier.date.year if dernier else None,
        "listes": list_rows(),
        "pages": [(page, reverse(page.url)) for page in catalogue().pages],
    }
    return render(request, "referentiel/accueil.html", contexte)


def _figure(nombre: int, noms: str, url: str, suite: str = "", classe: str = "") -> dict[str, Any]:
    """One number of the strip, with the list of exactly those rows."""
    un, _, plusieurs = noms.partition(",")
    return {
        "valeur": nombre,
        "libelle": plusieurs if nombre >= 2 else un,
        "url": reverse(url) + suite,
        "classe": classe if nombre else "",
    }


def list_rows() -> list[dict[str, Any]]:
    """The small lists: how many entries each offers, how many are put aside."""
    comptes = count_entrees()
    return [
        {"liste": liste, "actives": comptes[cle][0], "cote": comptes[cle][1]}
        for cle, liste in catalogue().listes.items()
    ]
