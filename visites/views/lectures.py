"""« Qui a lu mes notes »: for their author, every time that somebody else opened one of them."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list
from visites.models import family_of
from visites.tables import LectureNoteTable


@require_perm("visites.write_note_soignant", "visites.write_note_psychologue")
@require_safe
@liste
def lectures_notes(request: HttpRequest) -> HttpResponse:
    """List who opened the notes of this account, the others' looks first; no text of any note."""
    user: Any = request.user
    toutes = family_of(user).objects.readings(user)
    siennes = Q(acteur_cle=user.get_username())
    nombres = toutes.aggregate(toutes=Count("pk"), autres=Count("pk", filter=~siennes))
    vue = request.GET.get("vue", "")
    record_consultation(
        acteur=user, acte="visites.lectures_notes", libelle=count_of(nombres["toutes"], "lecture")
    )
    choix = [("", "Par d’autres", "autres"), ("toutes", "Toutes, les vôtres comprises", "toutes")]
    definition = Liste(
        queryset=toutes if vue == "toutes" else toutes.exclude(siennes),
        table=LectureNoteTable,
        modele="visites/lectures_notes.html",
        nom_fichier="lectures",
        exportable=False,
        contexte={
            "vues": [
                {
                    "libelle": mot,
                    "url": f"?vue={cle}" if cle else "?",
                    "actif": vue == cle,
                    "compte": nombres[nombre],
                    "retard": False,
                }
                for cle, mot, nombre in choix
            ],
        },
        options_table={"moi": user.get_username()},
    )
    return render_list(request, definition)
