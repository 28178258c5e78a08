"""Sessions of the CHCT: list, page with the agenda, entry."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commissions import actions
from commissions.enums import EtatSeance, Instance
from commissions.filters import SeanceFilter
from commissions.forms import PointForm, SeanceForm
from commissions.models import PointOrdreDuJour, Seance
from commissions.rules.dates import JourRefuse
from commissions.tables import SeanceTable
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import Piste, render_history
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee, compare_texts, read_version

ECRIRE = "commissions.change_seance"
PERIMEE = "Quelqu’un d’autre vient de modifier cette séance : relisez-la avant de recommencer."
VUES = {"a_venir": "À venir", "passees": "Passées", "toutes": "Toutes"}


@require_perm("commissions.view_seance")
@require_safe
@liste
def liste_seances(request: HttpRequest) -> HttpResponse:
    """Sessions: those to come first."""
    jour = timezone.localdate()
    vues = Seance.objects.visible_to(request.user)
    filtree = any(nom in request.GET for nom in SeanceFilter.base_filters)
    vue = request.GET.get("vue", "")
    vue = vue if vue in VUES else ("toutes" if filtree else "a_venir")
    lignes = {"a_venir": vues.coming_on, "passees": vues.past_on, "toutes": lambda _: vues}[vue](jour)
    comptes = vues.count_views(jour)
    filtre = SeanceFilter(request.GET, queryset=lignes, request=request)
    record_consultation(
        acteur=request.user,
        acte="commissions.seances",
        libelle=f"{count_of(filtre.qs.count(), 'séance')} (vue « {VUES[vue]} »){export_words(request)}",
    )
    definition = Liste(
        queryset=lignes.with_points(),
        table=SeanceTable,
        modele="commissions/seances.html",
        nom_fichier="seances",
        filtre=SeanceFilter,
        contexte={
            "vues": [
                {
                    "libelle": mot,
                    "url": f"?vue={cle}",
                    "actif": cle == vue,
                    "compte": comptes[cle],
                    "retard": False,
                }
                for cle, mot in VUES.items()
            ]
        },
    )
    return render_list(request, definition)


def _find(request: HttpRequest, pk: int) -> Seance:
    """Return the session, or 404."""
    return get_object_or_404(Seance.objects.visible_to(request.user), pk=pk)


def _page(request: HttpRequest, vue: Seance, form: PointForm | None = None) -> HttpResponse:
    """The page of a session: agenda, state, editions of the pack."""
    jour = timezone.localdate()
    prepare = vue.etat == EtatSeance.PREPAREE and request.user.has_perm(ECRIRE)
    contexte = {
        "seance": vue,
        "jour": jour,
        "points": list(vue.points.all()),
        "prepare": prepare,
        "tenable": prepare and vue.date <= jour,
        "form": (form or PointForm()) if prepare else None,
    }
    return render(request, "commissions/seance.html", contexte)


@require_perm("commissions.view_seance")
@require_safe
def seance(request: HttpRequest, pk: int) -> HttpResponse:
    """One session."""
    vue = _find(request, pk)
    record_consultation(acteur=request.user, acte="commissions.seance", objet=vue)
    return _page(request, vue)


@require_perm(ECRIRE)
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a session and its agenda, points taken off included."""
    vue = _find(request, pk)
    record_consultation(acteur=request.user, acte="commissions.historique", objet=vue)
    titre = f"{vue.get_instance_display()} n° {vue.numero}"
    pistes = [Piste(Seance), Piste(PointOrdreDuJour, "seance_id")]
    retour = (reverse("commissions:seance", args=[pk]), titre)
    return render_history(request, objet=vue, titre=titre, retour=retour, pistes=pistes)


@require_perm(ECRIRE)
@require_form
@send_once
def ajouter(request: HttpRequest) -> HttpResponse:
    """Prepare a session."""
    seances = Seance.objects.visible_to(request.user).filter(instance=Instance.CHCT)
    initial = {"numero": Seance.objects.next_number(Instance.CHCT)} | seances.usual_facts()
    form = SeanceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            jour = timezone.localdate()
            creee = actions.create_seance(acteur=request.user, jour=jour, faits=form.faits)
            messages.success(request, f"{creee} : complétez l’ordre du jour.")
            return redirect("commissions:seance", pk=creee.pk)
        except JourRefuse as refus:
            form.add_error("date", str(refus))
        except ValidationError:
            form.add_error("numero", "Une séance porte déjà ce numéro.")
    return render(request, "commissions/saisie.html", {"form": form, "seance": None, "conflit": None})


@require_perm(ECRIRE)
@require_form
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a session."""
    vue = _find(request, pk)
    form = SeanceForm(request.POST or None, instance=vue, initial={"version": vue.version})
    conflit = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.update_seance(acteur=request.user, pk=pk, version=version, faits=form.faits)
            messages.success(request, "Séance corrigée.")
            return redirect("commissions:seance", pk=pk)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("commissions:seance", pk=pk)
        except JourRefuse as refus:
            form.add_error("date", str(refus))
        except ValidationError:
            form.add_error("numero", "Une séance porte déjà ce numéro.")
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
    return render(request, "commissions/saisie.html", {"form": form, "seance": vue, "conflit": conflit})


def _try(request: HttpRequest, pk: int, act: Any, fait: str = "") -> HttpResponse:
    """Do an act on a session and go back to its page, which says a refusal."""
    try:
        act()
        if fait:
            messages.success(request, fait)
    except (TransitionRefusee, ValueError) as refus:
        messages.error(request, str(refus))
    except VersionPerimee:
        messages.warning(request, PERIMEE)
    return redirect("commissions:seance", pk=pk)


@require_perm(ECRIRE)
@require_POST
def tenir(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the session was held."""
    vue = _find(request, pk)
    jour = timezone.localdate()
    return _try(
        request,
        pk,
        lambda: actions.hold_seance(
            acteur=request.user, pk=vue.pk, version=read_version(request.POST), jour=jour
        ),
        f"{vue} : tenue.",
    )


@require_perm(ECRIRE)
@require_form
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session, after a confirmation."""
    vue = _find(request, pk)
    if request.method == "POST":
        jour = timezone.localdate()
        return _try(
            request,
            pk,
            lambda: actions.cancel_seance(
                acteur=request.user, pk=vue.pk, version=read_version(request.POST), jour=jour
            ),
            f"{vue} : annulée.",
        )
    return render(request, "commissions/annuler.html", {"seance": vue, "nombre": vue.points.count()})


@require_perm(ECRIRE)
@require_POST
@send_once
def ajouter_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point at the end of the agenda."""
    vue = _find(request, pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _page(request, vue, form)
    jeton = form.cleaned_data["jeton"] or form.initial["jeton"]
    return _try(
        request,
        pk,
        lambda: actions.add_point(acteur=request.user, pk=vue.pk, jeton=jeton, faits=form.faits),
    )


@require_perm(ECRIRE)
@require_form
def modifier_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Word a point otherwise."""
    vue = _find(request, pk)
    ligne = get_object_or_404(PointOrdreDuJour, seance=vue, pk=point)
    form = PointForm(request.POST or None, instance=ligne, initial={"version": ligne.version})
    conflit = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        suite: dict[str, Any] = {"point": point, "version": version, "faits": form.faits}
        try:
            actions.update_point(acteur=request.user, pk=vue.pk, **suite)
            messages.success(request, "Point corrigé.")
            return redirect("commissions:seance", pk=pk)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return redirect("commissions:seance", pk=pk)
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
    contexte = {"form": form, "seance": vue, "point": ligne, "conflit": conflit}
    return render(request, "commissions/point.html", contexte)


@require_perm(ECRIRE)
@require_POST
def deplacer_point(request: HttpRequest, pk: int, point: int, rang: int) -> HttpResponse:
    """Bring a point to a rank."""
    vue = _find(request, pk)
    return _try(
        request,
        pk,
        lambda: actions.move_point(
            acteur=request.user,
            pk=vue.pk,
            point=point,
            depuis=read_version(request.POST, "depuis"),
            rang=rang,
        ),
    )


@require_perm(ECRIRE)
@require_POST
def retirer_point(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Take a point off the agenda."""
    vue = _find(request, pk)

    def act() -> None:
        version = read_version(request.POST)
        retrait = actions.remove_point(acteur=request.user, pk=vue.pk, point=point, version=version)
        if retrait is not None:
            adresse = reverse("comptes:retablir", args=[retrait.pk])
            say_done(request, "Point retiré de l’ordre du jour.", adresse=adresse, bouton="Remettre le point")

    return _try(request, pk, act)
