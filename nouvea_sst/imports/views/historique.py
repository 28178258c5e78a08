"""The files brought in, with what they did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.cibles import may_read, targets
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.filters import ImportFilter
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.origines import records_of
from nouvea_sst.imports.tables.fiches import FicheTable
from nouvea_sst.imports.tables.historique import ImportTable
from nouvea_sst.imports.views.depots import DROIT
from nouvea_sst.imports.views.releves import describe_feed
from nouvea_sst.lib.listes import Liste, liste, render_list

TITRES = {"crees": "Fiches créées", "modifies": "Fiches modifiées", "partis": "Personnes parties"}


@require_perm(DROIT)
@require_safe
@liste
def historique(request: HttpRequest) -> HttpResponse:
    """List the files brought in, with what they did."""
    definition = Liste(
        queryset=Import.objects.visible_to(request.user)
        .select_related("depose_par", "passage")
        .without_bytes()
        .said_kept(),
        table=ImportTable,
        modele="imports/historique.html",
        nom_fichier="imports",
        filtre=ImportFilter,
        contexte={"flux": describe_feed(request.user)},
    )
    return render_list(request, definition)


@require_perm(DROIT)
@require_safe
@liste
def fiches(request: HttpRequest, pk: int) -> HttpResponse:
    """List exactly the records that an import made, changed or had leave."""
    imports = Import.objects.visible_to(request.user).without_bytes().filter(etat=EtatImport.APPLIQUE)
    depot = get_object_or_404(imports.exclude(requete=""), pk=pk)
    fait = request.GET.get("fait", "crees")
    cible = targets().get(depot.cible)
    if fait not in TITRES or cible is None or cible.modele is None:
        raise Http404
    lignes = records_of(depot, cible.modele, fait, request.user).order_by("pk")
    if cible.porteur:
        lignes = lignes.select_related(cible.porteur)
    record_consultation(
        acteur=request.user, acte="imports.fiches", objet=depot, libelle=f"{fait} : {lignes.count()}"
    )
    definition = Liste(
        queryset=lignes,
        table=FicheTable,
        modele="imports/fiches.html",
        nom_fichier=f"import-{pk}-{fait}",
        contexte={"depot": depot, "titre": TITRES[fait]},
        options_table={"cible": cible, "liee": may_read(request.user, cible)},
        exportable=False,
    )
    return render_list(request, definition)
