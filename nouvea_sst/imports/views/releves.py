"""The nightly feed: whether it passes, what it took, the rows that somebody corrects."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.cibles import closed_to
from nouvea_sst.imports.filters import FichierReleveFilter, LigneACorrigerFilter
from nouvea_sst.imports.models import FichierReleve, LigneImport, Releve
from nouvea_sst.imports.parametres import HEURE
from nouvea_sst.imports.rules.releve import next_passage
from nouvea_sst.imports.tables.releves import FichierReleveTable, LigneACorrigerTable
from nouvea_sst.imports.views.depots import DROIT
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.referentiel.models import Parametre


@require_perm(DROIT)
@require_safe
@liste
def releves(request: HttpRequest) -> HttpResponse:
    """List the files that the feed took, under when it passed and passes."""
    definition = Liste(
        queryset=FichierReleve.objects.visible_to(request.user)
        .select_related("depot")
        .defer("depot__contenu", "depot__apercu"),
        table=FichierReleveTable,
        modele="imports/releves.html",
        nom_fichier="releves",
        filtre=FichierReleveFilter,
        contexte={"flux": describe_feed(request.user), "ailleurs": count_elsewhere(request.user)},
    )
    return render_list(request, definition)


def count_elsewhere(user: Any) -> int:
    """How many files the feed took of which this account reads nothing: their number says nothing of them."""
    return FichierReleve.objects.filter(cible__in=closed_to(user)).count()


def describe_feed(user: Any) -> dict[str, Any]:
    """Return what the pages say of the feed: whether it is on, its last passage, the next one."""
    if not settings.DEPOTS.is_dir():
        return {"allume": False}
    maintenant = timezone.localtime(timezone.now())
    heure = Parametre.objects.numbers_on(maintenant.date(), [HEURE])[HEURE.code]
    derniere = Releve.objects.visible_to(user).order_by("-debut", "-pk").first()
    debut = timezone.localtime(derniere.debut) if derniere and derniere.fin else None
    prochain = next_passage(maintenant, heure, debut)
    return {"allume": True, "derniere": derniere, "prochain": prochain if prochain > maintenant else None}


@require_perm(DROIT)
@require_safe
@liste
def a_corriger(request: HttpRequest) -> HttpResponse:
    """List the refused rows of the files that the feed applied."""
    lignes = LigneImport.objects.visible_to(request.user).of_feed().to_correct()
    filtre = LigneACorrigerFilter(request.GET, queryset=lignes, request=request)
    record_consultation(
        acteur=request.user,
        acte="imports.a_corriger",
        libelle=count_of(filtre.qs.count(), "ligne") + export_words(request),
    )
    definition = Liste(
        queryset=lignes.select_related("fichier").defer("fichier__contenu", "fichier__apercu"),
        table=LigneACorrigerTable,
        modele="imports/a_corriger.html",
        nom_fichier="lignes-a-corriger",
        filtre=LigneACorrigerFilter,
    )
    return render_list(request, definition)
