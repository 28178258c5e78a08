"""Parameters: their list, the page of one, a value added after its preview, corrected or withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.historique import read_events
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import add_valeur, correct_valeur, withdraw_valeur
from nouvea_sst.referentiel.actions.valeurs import series_version, try_act
from nouvea_sst.referentiel.cles import Cle, Effet, all_cles, effect_of
from nouvea_sst.referentiel.enums import Domaine, EtatValeur, Fiabilite
from nouvea_sst.referentiel.filters import ParametreFilter, sujets
from nouvea_sst.referentiel.forms import CorrigerValeurForm, RaisonForm, ValeurForm, tomorrow, written
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.referentiel.perms import ECRIRE, can_change
from nouvea_sst.referentiel.rules.valeurs import has_begun, write_valeur
from nouvea_sst.referentiel.tables import ParametreTable
from nouvea_sst.referentiel.views.accueil import VOIR

PERIMEE = "Quelqu’un d’autre a changé cette valeur entre-temps : relisez-la avant de la retirer."


@require_perm(VOIR)
@require_safe
@liste
def liste_parametres(request: HttpRequest) -> HttpResponse:
    """The values in force today, by subject."""
    jour = timezone.localdate()
    lignes = Parametre.objects.visible_to(request.user).listed_on(jour).in_order()
    comptes: dict[str, int] = {}
    for sujet in lignes.subjects():
        comptes[sujet] = comptes.get(sujet, 0) + 1
    choisi = request.GET.get("sujet", "")
    vues = [_view("Tous", "", sum(comptes.values()), choisi)]
    vues += [_view(sujet, sujet, comptes.get(sujet, 0), choisi) for sujet, _ in sujets()]
    definition = Liste(
        queryset=lignes.select_related("texte"),
        table=ParametreTable,
        modele="referentiel/parametres.html",
        nom_fichier="parametres",
        filtre=ParametreFilter,
        contexte={"vues": vues},
    )
    return render_list(request, definition)


def _view(libelle: str, sujet: str, compte: int, choisi: str) -> dict[str, Any]:
    """One subject above the list."""
    url = f"?sujet={sujet}" if sujet else reverse("referentiel:parametres")
    return {"libelle": libelle, "url": url, "actif": sujet == choisi, "compte": compte, "retard": False}


def find_values(request: HttpRequest, code: str) -> tuple[Cle, list[Parametre]]:
    """Return the key of a parameter and all its values, latest first; 404 for an unknown code."""
    valeurs = Parametre.objects.visible_to(request.user).filter(code=code).select_related("texte")
    lignes = list(valeurs.order_by("-date_effet", "-pk"))
    if code not in all_cles() or not lignes:
        raise Http404
    return all_cles()[code], lignes


def current_of(lignes: list[Parametre], jour: Any) -> Parametre | None:
    """The value in force on a day, of rows latest first."""
    return next((v for v in lignes if not v.retiree_parce_que and has_begun(v.date_effet, jour)), None)


def state_of(valeur: Parametre, actuelle: Parametre | None, jour: Any) -> EtatValeur:
    """Where a value stands."""
    if valeur.retiree_parce_que:
        return EtatValeur.RETIREE
    if not has_begun(valeur.date_effet, jour):
        return EtatValeur.A_VENIR
    return EtatValeur.EN_VIGUEUR if valeur == actuelle else EtatValeur.PASSEE


@require_perm(VOIR)
@require_safe
def parametre(request: HttpRequest, code: str) -> HttpResponse:
    """One parameter: its values, who uses it, its history."""
    cle, lignes = find_values(request, code)
    jour = timezone.localdate()
    actuelle = current_of(lignes, jour)
    etats = [(v, state_of(v, actuelle, jour), write_valeur(v.valeur, v.unite)) for v in lignes]
    contexte = {
        "jour": jour,
        "cle": cle,
        "domaine": Domaine(cle.domaine).label,
        "actuelle": actuelle,
        "actuelle_mots": write_valeur(actuelle.valeur, actuelle.unite) if actuelle else "",
        "fiabilite": Fiabilite(actuelle.fiabilite) if actuelle else None,
        "modele": lignes[0],
        "valeurs": etats,
        "emplois": [(e, reverse(e.url) if e.url else "") for e in cle.emplois],
        "evenements": read_events(lignes),
        "peut": can_change(request.user, cle.domaine),
    }
    return render(request, "referentiel/parametre.html", contexte)


@require_perm(*ECRIRE)
@require_form
@send_once
def changer(request: HttpRequest, code: str) -> HttpResponse:
    """Type a new value, read what it moves, confirm it."""
    cle, lignes = find_values(request, code)
    if not can_change(request.user, cle.domaine):
        raise PermissionDenied
    jour = timezone.localdate()
    actuelle = current_of(lignes, jour) or lignes[0]
    initial = {
        "valeur": written(actuelle)["valeur"],
        "date_effet": tomorrow(jour),
        "version": series_version(lignes=lignes),
    }
    form = ValeurForm(request.POST or None, unite=actuelle.unite, initial=initial)
    form.name_previous(actuelle)
    contexte = {"cle": cle, "actuelle": actuelle, "form": form, "corrigee": None, "jour": jour}

    def send(act: Callable[..., Any]) -> Any:
        version = form.cleaned_data["version"]
        return act(acteur=request.user, jour=jour, code=code, version=version, **form.faits)

    return two_steps(request, contexte, send, add_valeur, "Valeur enregistrée")


@require_perm(*ECRIRE)
@require_form
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a value that has not begun, after its preview."""
    valeur, cle, jour = find_future(request, pk)
    form = CorrigerValeurForm(request.POST or None, unite=valeur.unite, initial=written(valeur))
    contexte = {"cle": cle, "actuelle": valeur, "form": form, "corrigee": valeur, "jour": jour}

    def send(act: Callable[..., Any]) -> Any:
        version = form.cleaned_data["version"]
        return act(acteur=request.user, jour=jour, pk=pk, version=version, **form.faits)

    return two_steps(request, contexte, send, correct_valeur, "Valeur à venir corrigée")


def find_future(request: HttpRequest, pk: int) -> tuple[Parametre, Cle, Any]:
    """Return a value that may still change, its key and today; 404 for a value that has begun."""
    valeur = get_object_or_404(Parametre.objects.visible_to(request.user), pk=pk)
    cle, jour = all_cles().get(valeur.code), timezone.localdate()
    if cle is None or has_begun(valeur.date_effet, jour):
        raise Http404
    if not can_change(request.user, cle.domaine):
        raise PermissionDenied
    return valeur, cle, jour


def two_steps(
    request: HttpRequest, contexte: dict[str, Any], send: Callable[..., Any], act: Any, fait: str
) -> HttpResponse:
    """Show the form, then what its value moves, then write: the preview tries the act and takes it back."""
    form, cle = contexte["form"], contexte["cle"]
    confirme = "confirmer" in request.POST
    if request.method == "POST" and form.is_valid() and "revenir" not in request.POST:
        try:
            send(act if confirme else try_act(acte=act))
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee as perimee:
            _, lignes = find_values(request, cle.code)
            version = lignes[0].version if contexte["corrigee"] else series_version(lignes=lignes)
            form.stale_values(version, perimee.objet)
        else:
            if confirme:
                messages.success(request, f"{fait} : {describe(form, contexte)}.")
                return redirect("referentiel:parametre", cle.code)
            return render(request, "referentiel/apercu.html", contexte | preview_of(form, contexte))
    return render(request, "referentiel/changer.html", contexte)


def describe(form: Any, contexte: dict[str, Any]) -> str:
    """« 24 mois à partir du 01/01/2027 »."""
    valeur = write_valeur(form.cleaned_data["valeur"], contexte["actuelle"].unite)
    return f"{valeur} à partir du {format_date(form.cleaned_data['date_effet'])}"


def preview_of(form: Any, contexte: dict[str, Any]) -> dict[str, Any]:
    """What changes, from when, who uses it, and how many rows move as things stand today."""
    cle, actuelle, jour = contexte["cle"], contexte["actuelle"], contexte["jour"]
    date_effet = form.cleaned_data["date_effet"]
    effet: Effet | None = effect_of(cle, jour, form.cleaned_data["valeur"])
    return {
        "avant": write_valeur(actuelle.valeur, actuelle.unite),
        "apres": write_valeur(form.cleaned_data["valeur"], actuelle.unite),
        "date_effet": date_effet,
        "commence": has_begun(date_effet, jour),
        "passe": date_effet < jour,
        "fiabilite": Fiabilite(form.cleaned_data["fiabilite"]),
        "effet": effet,
        "effet_url": reverse(effet.url) if effet and effet.url else "",
        "emplois": [(e, reverse(e.url) if e.url else "") for e in cle.emplois],
    }


@require_perm(*ECRIRE)
@require_form
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a value that has not begun, with its reason."""
    valeur, cle, jour = find_future(request, pk)
    form = RaisonForm(request.POST or None, initial={"version": valeur.version})
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_valeur(acteur=request.user, jour=jour, pk=pk, **form.cleaned_data)
        except ValidationError as refus:
            form.hold(refus)
        except VersionPerimee:
            messages.warning(request, PERIMEE)
            return redirect("referentiel:parametre", cle.code)
        else:
            messages.success(request, "Valeur à venir retirée.")
            return redirect("referentiel:parametre", cle.code)
    contexte = {
        "form": form,
        "valeur": valeur,
        "mots": write_valeur(valeur.valeur, valeur.unite),
        "retour": reverse("referentiel:parametre", args=[cle.code]),
    }
    return render(request, "referentiel/retirer.html", contexte)
