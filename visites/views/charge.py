"""The load of the coming months: visits due by month and motive, each number its rows."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.lib.listes import Liste, liste, render_list
from visites.charge import read_charge
from visites.models import RegleVisite, VisiteDue
from visites.perms import reads_origin
from visites.tables import ChargeTable, load_columns


@require_perm("visites.view_suivi")
@require_safe
@liste
def charge(request: HttpRequest) -> HttpResponse:
    """Show the visits due of the coming 24 months as a chart, of one motive if asked, and as a table."""
    dues = VisiteDue.objects.visible_to(request.user)
    lue = read_charge(dues, timezone.localdate(), origine=reads_origin(request.user))
    choisi = request.GET.get("motif", "")
    choisi = choisi if choisi in lue.motifs else ""
    definition = Liste(
        queryset=lue.rows(),
        table=ChargeTable,
        modele="visites/charge.html",
        nom_fichier="charge-des-visites",
        contexte={
            "graphique_charge": lue.draw(choisi),
            "choisi": choisi,
            "lignes_dues": lue.total(),
            "par_motif": lue.by_motive(),
            "placees": lue.placees,
            "adresse_placees": lue.address_of_placed,
            "versions_a_venir": RegleVisite.objects.to_come(timezone.localdate()),
        },
        options_table={"charge": lue, "extra_columns": load_columns(lue)},
    )
    return render_list(request, definition)
