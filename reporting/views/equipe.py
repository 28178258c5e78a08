"""« Mon équipe »."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from reporting.equipe.filters import EquipeFilter
from reporting.equipe.lecture import (
    Delais,
    count_views,
    find_duties,
    read_delais,
    team_on,
    with_dates,
    with_measures,
)
from reporting.equipe.tables import EquipeTable

VUES = (
    ("Toute l’équipe", "tous", ""),
    ("Absents ce jour", "absents", "presence=absents"),
    ("", "visite", "visite=bientot"),
    ("Avec un aménagement", "mesures", "mesures=avec"),
)


@require_perm("agents.view_equipe")
@require_safe
@liste
def liste_equipe(request: HttpRequest) -> HttpResponse:
    """His people: present or until when not, next visit, measures to apply."""
    jour = timezone.localdate()
    equipe = with_dates(team_on(request.user, jour), request.user, jour)
    delais = read_delais(jour)
    comptes = count_views(equipe, jour, delais)
    lignes = with_measures(equipe, request.user, jour)
    mots = count_of(comptes["tous"], "agent")
    record_consultation(
        acteur=request.user, acte="equipe.liste", libelle=f"Équipe : {mots}{export_words(request)}"
    )
    definition = Liste(
        queryset=lignes,
        table=EquipeTable,
        modele="equipe/liste.html",
        nom_fichier="equipe",
        filtre=lambda donnees, **autres: EquipeFilter(donnees, jour=jour, delais=delais, **autres),
        contexte={
            "jour": jour,
            "delais": delais,
            "vues": views_of(request, comptes, delais),
            "a_faire": find_duties(request.user, jour, delais),
        },
        options_table={"jour": jour},
    )
    return render_list(request, definition)


def views_of(request: HttpRequest, comptes: dict[str, int], delais: Delais) -> list[dict[str, Any]]:
    """Return the views above the list, each with its number of rows."""
    noms = EquipeFilter.base_filters
    actuel = "&".join(f"{cle}={valeur}" for cle, valeur in request.GET.items() if valeur and cle in noms)
    return [
        {
            "libelle": libelle or delais.vue,
            "url": f"{request.path}?{requete}".rstrip("?"),
            "actif": actuel == requete,
            "compte": comptes[cle],
            "retard": False,
        }
        for libelle, cle, requete in VUES
    ]
