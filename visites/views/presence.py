"""The attendance of a half-day on one screen, the answers of agents, and who takes a freed slot."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from visites.actions import confirm, decline, fill_half_day, say_all_present, say_presence
from visites.enums import Presence, Reponse
from visites.forms import FormulaireActe
from visites.forms_presence import VOIES, PresenceForm, RemplacerForm, ReponseForm
from visites.models import DemiJournee, Visite
from visites.presence import count_said, read_lines, read_moved, read_substitutes, reasons_on
from visites.views import horloge
from visites.views.planning import find_half_day
from visites.views.rendez_vous import find_managed

CHANGEE = "Quelqu’un a dit autre chose entre-temps : relisez cette ligne."
RELIRE = "Quelqu’un a changé cette demi-journée entre-temps : relisez-la."


@require_perm("visites.plan_visite")
@require_safe
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is expected, who came, and what agents answered."""
    demi = find_half_day(request, pk, gere=True)
    record_consultation(acteur=request.user, acte="visites.presence", objet=demi)
    return render(request, "visites/presence.html", presence_context(request, demi))


def presence_context(request: HttpRequest, demi: DemiJournee, erreurs: Any = ()) -> dict[str, Any]:
    """Return what the page of the attendance needs; `erreurs` stand above it."""
    jour = timezone.localdate()
    lignes = read_lines(request.user, demi)
    dites = count_said((ligne.visite for ligne in lignes), venue=demi.date <= jour)
    return {
        "demi": demi,
        "venue": demi.date <= jour,
        "lignes": lignes,
        "dites": dites,
        "a_dire": sum(ligne.visite.presence == Presence.ATTENDU for ligne in lignes),
        "motifs": reasons_on(demi.date),
        "vierge": PresenceForm(jour=demi.date),
        "voies": VOIES,
        "deplacees": read_moved(request.user, demi) if demi.date <= jour else [],
        "remplacants": read_substitutes(
            request.user, demi, [ligne.visite for ligne in lignes], jour, horloge.clock()
        ),
        "erreurs": list(erreurs),
        "dite_de": 0,
        "dite_quoi": "",
        "saisie": "",
        "form": None,
        "en_direct": False,
    }


@require_perm("visites.plan_visite")
@require_POST
def dire(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how one visit went; the row comes back alone to a page that asks for it so."""
    visite = find_managed(request, pk)
    form = PresenceForm(request.POST, jour=visite.date or timezone.localdate(), auto_id=f"excuse-{pk}-%s")
    form.apply(say_presence, acteur=request.user, jour=timezone.localdate(), visite=visite)
    return answer(request, visite, form)


@require_perm("visites.plan_visite")
@require_POST
def repondre(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what an agent answered to his appointment."""
    visite = find_managed(request, pk)
    form = ReponseForm(request.POST)
    if form.is_valid():
        lu = form.cleaned_data
        acte = confirm if lu["reponse"] == Reponse.CONFIRMEE else decline
        form.guard(
            acte,
            acteur=request.user,
            jour=timezone.localdate(),
            visite=visite,
            voie=lu["voie"],
            version=lu["version"],
        )
    return answer(request, visite, form)


def answer(request: HttpRequest, visite: Visite, form: FormulaireActe) -> HttpResponse:
    """Return the row with what was refused, alone or in its page; without refusal and htmx, its page anew."""
    if form.conflit is not None:
        form.add_error(None, CHANGEE)
    phrases = [str(phrase) for liste in form.errors.values() for phrase in liste]
    if visite.demi_journee_id is None:
        for phrase in phrases:
            messages.error(request, phrase)
        return redirect("visites:visite", visite.pk)
    en_direct = bool(request.htmx)  # type: ignore[attr-defined]
    if not phrases and not en_direct:
        return redirect("visites:presence", visite.demi_journee_id)
    demi = find_half_day(request, visite.demi_journee_id, gere=True)
    contexte = presence_context(request, demi, () if en_direct else phrases)
    contexte |= {"dite_de": visite.pk if phrases else 0, "form": form, "en_direct": en_direct}
    contexte |= {
        "dite_quoi": request.POST.get("presence", ""),
        "saisie": request.POST.get("excuse_precision", ""),
    }
    if not en_direct:
        return render(request, "visites/presence.html", contexte)
    contexte["ligne"] = next((ligne for ligne in contexte["lignes"] if ligne.visite.pk == visite.pk), None)
    return render(request, "visites/_presence_dite.html", contexte)


@require_perm("visites.plan_visite")
@require_POST
def tous_presents(request: HttpRequest, pk: int) -> HttpResponse:
    """Say present everybody of whom nothing was said."""
    demi = find_half_day(request, pk, gere=True)
    form = FormulaireActe(request.POST)
    nombre = form.apply(say_all_present, acteur=request.user, jour=timezone.localdate(), demi_journee=demi)
    if nombre is None:
        erreurs = form.non_field_errors() or [RELIRE]
        return render(request, "visites/presence.html", presence_context(request, demi, erreurs))
    messages.success(request, f"{count_of(nombre, 'présence')} : notées." if nombre else "Tout était dit.")
    return redirect("visites:presence", demi.pk)


@require_perm("visites.plan_visite")
@require_POST
def remplacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a free hour to the substitute proposed for it."""
    demi = find_half_day(request, pk, gere=True)
    form = RemplacerForm(request.POST)
    place = None
    if form.is_valid():
        lu = form.cleaned_data
        place = form.guard(
            fill_half_day,
            acteur=request.user,
            jour=timezone.localdate(),
            demi_journee=demi,
            version=lu["version"],
            choix=[(lu["due"], lu["heure"])],
        )
    if place is not None:
        messages.success(request, f"Remplaçant placé à {form.cleaned_data['heure']:%H:%M}.")
        return redirect("visites:presence", demi.pk)
    erreurs = [RELIRE] if form.conflit is not None else form.non_field_errors() or [RELIRE]
    return render(request, "visites/presence.html", presence_context(request, demi, erreurs))
