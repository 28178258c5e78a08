"""Where the messages are, and sending one again."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from documents.actions import resend_courriel
from documents.filters import CourrielFilter
from documents.models import Courriel
from documents.tables import CourrielTable
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.lib.versions import VersionPerimee, read_version


@require_perm("documents.view_courriel")
@require_safe
@liste
def courriels(request: HttpRequest) -> HttpResponse:
    """The messages and their state; never what they say."""
    lignes = Courriel.objects.visible_to(request.user).without_content()
    filtre = CourrielFilter(request.GET, queryset=lignes, request=request)
    nombre, mots = filtre.qs.count(), tell_filters(filtre, request)
    libelle = f"{count_of(nombre, 'message')}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=request.user, acte="documents.courriels", libelle=libelle)
    cachees = () if request.user.has_perm("documents.send_courriel") else ("acte",)
    if not settings.SMS_ADRESSE:
        cachees = (*cachees, "canal")
    definition = Liste(
        queryset=lignes,
        table=CourrielTable,
        modele="documents/courriels.html",
        nom_fichier="messages",
        filtre=lambda *args, **kwargs: filtre,
        total=nombre,
        contexte={"etats": Courriel.objects.visible_to(request.user).count_states()},
        options_table={"exclude": cachees},
    )
    return render_list(request, definition)


@require_perm("documents.send_courriel")
@require_POST
def renvoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a message again."""
    ligne = get_object_or_404(Courriel.objects.visible_to(request.user), pk=pk)
    try:
        resend_courriel(
            acteur=request.user, maintenant=timezone.now(), pk=ligne.pk, version=read_version(request.POST)
        )
        messages.success(request, "Message remis en attente : il part dans la minute.")
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    except VersionPerimee:
        messages.warning(request, "Ce message a changé d’état entre-temps : relisez-le.")
    return redirect("documents:courriels")
