"""« Qui a consulté ce dossier »: role and date for the agent, the section's accounts for its chief."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agents.tables import ConsultationTable
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list


@require_perm("agents.view_consultations")
@require_safe
@liste
def consultations(request: HttpRequest, pk: int) -> HttpResponse:
    """List the times that the file was opened. Who reads the list without the section's right has no name."""
    contexte = agent_frame(request, pk)
    nommees = request.user.has_perm("comptes.view_journal_section")
    lignes = LigneJournal.objects.consultations_of(contexte["agent"].cles_journal)
    vues = lignes.of_section() if nommees else lignes
    suites = list(vues.group_consultations(pages=nommees))
    combien = count_of(sum(suite.nombre for suite in suites), "consultation")
    definition = Liste(
        queryset=suites,
        table=ConsultationTable,
        modele="agents/consultations.html",
        nom_fichier="consultations",
        contexte=contexte | {"nommees": nommees, "combien": combien},
        exportable=False,
        options_table={
            "moi": request.user.get_username(),
            "exclude": () if nommees else ("nom_acteur", "acte"),
        },
    )
    return render_list(request, definition)
