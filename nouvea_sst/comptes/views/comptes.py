"""The list of accounts, and the page of one."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.actions import invite_compte, make_lien, update_compte
from nouvea_sst.comptes.actions.liens import reset_approved
from nouvea_sst.comptes.enums import EtatCompte
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.filters import DORMANTS, PARTIS, REVENUS, CompteFilter
from nouvea_sst.comptes.forms import CorrectionForm, InvitationForm
from nouvea_sst.comptes.historique import Piste, read_history
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import PROPRE_COMPTE, can_change_compte
from nouvea_sst.comptes.rules.approbation import DORMANCE, needs_two
from nouvea_sst.comptes.tables import CompteTable, list_name
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee, compare_texts

ADRESSE_DEMANDEE = "Le compte est corrigé ; la nouvelle adresse attend l’accord du chef de section."
VUES = (
    ("Tous", ""),
    ("À approuver", EtatCompte.A_APPROUVER.value),
    ("Invités", EtatCompte.INVITE.value),
    ("Désactivés", EtatCompte.DESACTIVE.value),
    ("Sans connexion depuis 90 jours", DORMANTS),
    ("Agents partis", PARTIS),
    ("Agents revenus", REVENUS),
)


@require_perm("comptes.view_compte")
@require_safe
@liste
def liste_comptes(request: HttpRequest) -> HttpResponse:
    """List the accounts: who may log in, with which role, since when unused."""
    maintenant = timezone.now()
    comptes = Utilisateur.objects.visible_to(request.user)
    filtre = CompteFilter(request.GET, queryset=comptes, request=request, maintenant=maintenant)
    record_consultation(
        acteur=request.user,
        acte="comptes.liste",
        libelle=f"{count_of(filtre.qs.count(), 'compte')}{export_words(request)}",
    )
    contexte = {"vues": views_of(request, maintenant), "attente": awaited(request.user).count()}
    definition = Liste(
        queryset=comptes,
        table=CompteTable,
        modele="comptes/liste.html",
        nom_fichier="comptes",
        filtre=lambda *args, **kwargs: filtre,
        contexte=contexte,
        options_table={"maintenant": maintenant},
    )
    return render_list(request, definition)


def views_of(request: HttpRequest, maintenant: datetime.datetime) -> list[dict[str, Any]]:
    """Return the views above the list, each with its number of rows, counted by one question."""
    comptes = Utilisateur.objects.visible_to(request.user)
    filtres = [
        CompteFilter({"etat": cle}, queryset=comptes, request=request, maintenant=maintenant)
        for _, cle in VUES
    ]
    nombres = comptes.aggregate(
        **{
            f"n{rang}": Count("pk", filter=Q(pk__in=filtre.qs.order_by().values("pk")))
            for rang, filtre in enumerate(filtres)
        }
    )
    actuel = {cle: valeur for cle, valeur in request.GET.items() if valeur and cle in {"q", "role", "etat"}}
    adresse = reverse("comptes:liste")
    return [
        {
            "libelle": libelle,
            "url": f"{adresse}?etat={cle}" if cle else adresse,
            "actif": actuel == ({"etat": cle} if cle else {}),
            "compte": nombres[f"n{rang}"],
            "retard": False,
        }
        for rang, (libelle, cle) in enumerate(VUES)
    ]


def waiting(user: Any) -> Any:
    """Return the requests that wait, as far as this account may see them."""
    return DemandeCompte.objects.visible_to(user).waiting()


def awaited(user: Any) -> Any:
    """Return those that this account is asked to decide, or that wait at all for who decides none."""
    decide = user.has_perm("comptes.approve_compte")
    return DemandeCompte.objects.visible_to(user).to_decide_by(user) if decide else waiting(user)


def account_frame(request: HttpRequest, pk: int, a_changer: bool = False) -> dict[str, Any]:
    """Return the context of comptes/base_compte.html, « compte » the account; 404 out of sight.

    Pages of other apps about an account stand in this frame. An act asks for it `a_changer`: 403 for one's
    own account.
    """
    compte = get_object_or_404(Utilisateur.objects.visible_to(request.user), pk=pk)
    peut_changer = can_change_compte(request.user, compte)
    if a_changer and not peut_changer:
        raise PermissionDenied(PROPRE_COMPTE)
    if request.method in {"GET", "HEAD"}:
        vue = request.resolver_match.view_name if request.resolver_match else ""
        record_consultation(acteur=request.user, acte=vue.replace(":", "."), objet=compte)
    return {
        "compte": compte,
        "nom_compte": list_name(compte),
        "peut_changer": peut_changer,
    }


@require_perm("comptes.view_compte")
@require_safe
def compte(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: who, which role, what waits, its link."""
    maintenant = timezone.now()
    contexte = account_frame(request, pk)
    fiche = contexte["compte"]
    depuis = fiche.last_login or fiche.date_joined
    contexte |= {
        "demandes": fiche.demandes.select_related("demandeur", "decideur").order_by("-demandee_le", "-pk")[
            :10
        ],
        "lien": fiche.liens.usable_at(maintenant).select_related("cree_par").first(),
        "choisi": fiche.has_usable_password(),
        "dort_depuis": (maintenant - depuis).days if maintenant - depuis > DORMANCE else 0,
        "accord": reset_approved(compte=fiche, maintenant=maintenant),
        "a_deux": needs_two(fiche.role),
    }
    return render(request, "comptes/compte.html", contexte)


@require_perm("comptes.view_compte")
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on an account: its role, its state, its name, by whom and when."""
    contexte = account_frame(request, pk)
    etapes = read_history([Piste(Utilisateur)], pk)
    return render(request, "comptes/historique.html", contexte | {"etapes": etapes})


@require_perm("comptes.change_compte")
@require_form
@send_once
def ajouter(request: HttpRequest) -> HttpResponse:
    """Make an account that waits for approval; its page makes the invitation link."""
    form = InvitationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            nouveau = invite_compte(
                acteur=request.user,  # type: ignore[arg-type]
                maintenant=timezone.now(),
                identifiant=form.cleaned_data["identifiant"],
                role=form.cleaned_data["role"],
                champs=form.identity_fields(),
            )
        except ValidationError as refus:
            form.add_error(None, refus)
        else:
            messages.success(request, "Le compte est créé. Créez maintenant le lien que vous remettrez.")
            return redirect("comptes:compte", nouveau.pk)
    return render(request, "comptes/ajouter.html", {"form": form})


def show_lien(request: HttpRequest, compte: Utilisateur, maintenant: datetime.datetime) -> HttpResponse:
    """Make the account's link; where it cannot be sent, show it in an answer that nothing repeats."""
    lien, signe = make_lien(acteur=request.user, maintenant=maintenant, compte_id=compte.pk)  # type: ignore[arg-type]
    if not signe:
        messages.success(request, "Le lien part à l’adresse de la personne : personne d’autre ne le voit.")
        return redirect("comptes:compte", compte.pk)
    contexte = {
        "compte": lien.compte,
        "nom_compte": list_name(compte),
        "lien": lien,
        "adresse": request.build_absolute_uri(reverse("comptes:lien", args=[signe])),
    }
    return render(request, "comptes/lien_cree.html", contexte)


@require_perm("comptes.change_compte")
@require_form
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the name, the function and the address of an account; not one's own address."""
    contexte = account_frame(request, pk)
    fiche, conflit = contexte["compte"], None
    form = CorrectionForm(
        request.POST.dict() or None,
        initial=CorrectionForm.initial_of(fiche),
        avec_adresse=contexte["peut_changer"],
    )
    if form.is_bound and form.is_valid():
        try:
            changes = update_compte(
                acteur=request.user,  # type: ignore[arg-type]
                maintenant=timezone.now(),
                compte_id=pk,
                version=form.cleaned_data["version"],
                champs=form.identity_fields(),
            )
        except VersionPerimee as perimee:
            conflit = compare_texts(form, perimee.objet)
            form.data = form.data | {"version": str(perimee.objet.version)}  # type: ignore[attr-defined]
        else:
            demandee = "email" in form.changed_data and "email" not in changes
            messages.success(request, ADRESSE_DEMANDEE if demandee else "Le compte est corrigé.")
            return redirect("comptes:compte", pk)
    return render(request, "comptes/corriger.html", contexte | {"form": form, "conflit": conflit})
