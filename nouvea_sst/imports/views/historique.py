"""The files brought in, with what they did."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tables.historique import ImportTable
from nouvea_sst.imports.views.depots import DROIT
from nouvea_sst.lib.listes import Liste, liste, render_list


@require_perm(DROIT)
@require_safe
@liste
def historique(request: HttpRequest) -> HttpResponse:
    """List the files brought in, with what they did."""
    definition = Liste(
        queryset=Import.objects.visible_to(request.user).select_related("depose_par").without_bytes(),
        table=ImportTable,
        modele="imports/historique.html",
        nom_fichier="imports",
    )
    return render_list(request, definition)
