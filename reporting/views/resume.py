"""« Résumé du jour »: one's own choice to receive it or not."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nouvea_sst.comptes.acces import acces_connecte, require_form
from nouvea_sst.referentiel.models import Parametre
from reporting.actions import choose_resume
from reporting.models import Resume
from reporting.parametres import RESUME


@acces_connecte
@require_form
def resume(request: HttpRequest) -> HttpResponse:
    """Say whether the message of the day comes, when, to which address; change it."""
    user: Any = request.user
    if request.method == "POST":
        recoit = request.POST.get("recoit") == "oui"
        choose_resume(acteur=user, recoit=recoit)
        messages.success(request, f"Vous {'recevrez' if recoit else 'ne recevrez plus'} le résumé du jour.")
        return redirect("reporting:resume")
    contexte = {
        "resume": Resume.objects.visible_to(user).first(),
        "heure": int(Parametre.objects.number_on(timezone.localdate(), RESUME)),
        "envoie": settings.COURRIEL,
    }
    return render(request, "reporting/resume.html", contexte)
