"""What was taken away, and putting it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import acces_connecte, require_form
from nouvea_sst.comptes.corbeille import RetablissementRefuse, put_back
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.comptes.tables import RetraitTable
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list


@acces_connecte
@require_safe
@liste
def corbeille(request: HttpRequest) -> HttpResponse:
    """Show what was taken away over thirty days and may be put back."""
    retraits = Retrait.objects.visible_to(request.user).waiting().select_related("retire_par")
    libelle = count_of(retraits.count(), "élément retiré,éléments retirés")
    record_consultation(
        acteur=request.user, acte="comptes.corbeille", libelle=f"{libelle}{export_words(request, False)}"
    )
    definition = Liste(
        queryset=retraits,
        table=RetraitTable,
        modele="comptes/corbeille.html",
        nom_fichier="corbeille",
        exportable=False,
    )
    return render_list(request, definition)


@acces_connecte
@require_form
def retablir(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put a record back; a message brings its button straight to the second step."""
    retrait = get_object_or_404(Retrait.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        record_consultation(
            acteur=request.user, acte="comptes.retablir", objet=retrait, agent=retrait.agent_cle
        )
        return render(request, "comptes/retablir.html", {"retrait": retrait})
    try:
        put_back(acteur=request.user, retrait_id=pk, maintenant=timezone.now())
        messages.success(request, f"L’élément « {retrait} » est rétabli.")
    except RetablissementRefuse as refus:
        messages.error(request, f"L’élément « {retrait} » n’est pas rétabli. {refus}")
    return redirect(retrait.adresse)
