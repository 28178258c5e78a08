"""Those whom a full file leaves out: who left, and when."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.imports.actions import ImportClos, TropDePartants, choose_leavers
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.forms.partants import PartantsForm
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.parametres import PARTANTS
from nouvea_sst.imports.rules.partants import too_many
from nouvea_sst.imports.tables.partants import PartantTable
from nouvea_sst.imports.views.depots import DROIT, PERIME, who_has
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee, read_version
from nouvea_sst.referentiel.models import Parametre


@require_perm(DROIT)
@require_form
@liste
def partants(request: HttpRequest, pk: int) -> HttpResponse:
    """List those proposed to have left; keep who did, and when."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    if depot.etat != EtatImport.DEPOSE or not depot.complet or depot.apercu["manque"]:
        return redirect("imports:apercu", pk)
    jour, lignes = timezone.localdate(), depot.partants.all()
    envoye = request.method == "POST"
    vus = [int(cle) for cle in request.POST.getlist("vus") if cle.isdecimal()][: settings.PAGE_LIGNES]
    form = PartantsForm(request.POST if envoye else None, partants=list(lignes.filter(pk__in=vus)))
    if form.is_bound and form.is_valid() and _keep(request, form, pk, jour):
        return redirect(request.get_full_path())
    nombre, part = depot.apercu["partants"], Parametre.objects.number_on(jour, PARTANTS)
    record_consultation(
        acteur=request.user, acte="imports.partants", objet=depot, libelle=f"{nombre} proposés"
    )
    trop = too_many(nombre, depot.apercu["effectif"], part)
    alerte = f"Plus de {part} % du personnel manque au fichier : vérifiez qu’il est complet." if trop else ""
    gardes = count_of(lignes.filter(retenu=True).count(), "parti gardé,partis gardés")
    definition = Liste(
        queryset=lignes,
        table=PartantTable,
        modele="imports/partants.html",
        nom_fichier=f"import-{pk}-partants",
        contexte={"depot": depot, "form": form, "alerte": alerte, "etat_texte": gardes},
        options_table={"form": form, "fiche": target(depot.cible).fiche},
    )
    return render_list(request, definition)


def _keep(request: HttpRequest, form: PartantsForm, pk: int, jour: datetime.date) -> bool:
    """Keep what was ticked; False when too many would leave, which the form then says."""
    try:
        choose_leavers(
            acteur=request.user,
            jour=jour,
            import_id=pk,
            version=read_version(request.POST),
            vus=[partant.pk for partant in form.partants],
            departs=form.departs(),
        )
    except TropDePartants as trop:
        form.add_error(None, str(trop))
        return False
    except ImportClos:
        pass  # its page says what became of it
    except VersionPerimee as perimee:
        messages.warning(request, f"{who_has(request, perimee)} {PERIME}")
    else:
        messages.success(request, "Les partants choisis sont gardés ; rien n’est encore écrit.")
    return True
