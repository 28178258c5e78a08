"""Requests for a visit: ask, list, read, answer, take back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.models import Agent
from agents.perms import is_own_file
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from visites.actions import ask_visite, keep_demande, refuse_visite, withdraw_demande
from visites.enums import EtatDemande, EtatVisite
from visites.filters import DemandeFilter
from visites.forms_demandes import DemanderForm, ReponseForm, RetirerForm
from visites.models import DemandeVisite, Visite, VisiteDue
from visites.perms import (
    can_ask,
    can_keep,
    can_place,
    can_refuse,
    can_withdraw,
    has_asked,
    origins_for,
)
from visites.rules.etats import DEMANDE
from visites.tables import DemandeTable
from visites.views.agent import ONGLET

TROUVES = 20
VUES = (("À examiner", "deposee"), ("Retenues", "retenue"), ("Toutes", ""))
ACTES: dict[str, tuple[str, ...]] = {
    "retenir": (
        "Retenir la demande de visite",
        "La visite reste due à l’agent et attend d’être placée. Votre réponse est facultative.",
        "Retenir la demande",
        "Demande retenue.",
    ),
    "refuser": (
        "Refuser la demande de visite",
        "Aucune visite ne sera placée pour cette demande. L’agent et qui l’a faite lisent votre réponse.",
        "Refuser la demande",
        "Demande refusée.",
    ),
    "retirer": (
        "Retirer la demande de visite",
        "Personne n’y a encore répondu. Une autre demande reste possible.",
        "Retirer la demande",
        "Demande retirée.",
    ),
}


@require_perm("visites.ask_visite")
@require_safe
def demander_qui(request: HttpRequest) -> HttpResponse:
    """First of two steps: for whom. Who may only ask for himself goes straight to the second."""
    user: Any = request.user
    q = request.GET.get("q", "").strip()
    vus = Agent.objects.visible_to(user)
    if not user.has_perm("agents.view_equipe") and not user.has_perm("visites.view_demande"):
        soi = vus.filter(compte=user).first()
        if soi is not None:
            return redirect("visites:demander", soi.pk)
    numeros = user.has_perm("agents.view_identite")
    trouves = vus.search(q, numeros=numeros).select_related("structure", "poste") if q else vus.none()
    lus = [agent for agent in trouves[: TROUVES + 1] if can_ask(user, agent)]
    if lus:
        record_consultation(acteur=user, acte="visites.demander_qui", libelle=count_of(len(lus), "agent"))
    contexte = {"q": q, "trouves": lus, "limite": TROUVES, "numeros": numeros}
    return render(request, "visites/demander_qui.html", contexte)


@require_perm("visites.ask_visite")
@sans_garde
@require_form
@send_once
def demander(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a visit of an agent: of himself, of one's own people, or in the name of who asked."""
    contexte = agent_frame(request, pk, ONGLET, can_ask)
    agent, jour = contexte["agent"], contexte["jour"]
    origines = origins_for(request.user, agent)
    propre = is_own_file(request.user, agent)
    form = DemanderForm(request.POST or None, origines=origines, propre=propre)
    if request.method == "POST":
        demande = form.apply(ask_visite, acteur=request.user, jour=jour, agent=agent)
        if demande is not None:
            messages.success(request, "Visite demandée. Vous lirez ici ce qu’elle devient.")
            return redirect("visites:demande", demande.pk)
    attente = DemandeVisite.objects.visible_to(request.user).waiting().filter(agent=agent)
    deja = list(attente.filter(origine__in=origines))
    contexte |= {"form": form, "propre": propre, "deja": deja}
    return render(request, "visites/demander.html", contexte)


@require_perm("visites.view_demande", "visites.ask_visite")
@require_safe
@liste
def liste_demandes(request: HttpRequest) -> HttpResponse:
    """Requests, latest first: all of the scope for who reads them, else one's own."""
    user = request.user
    vues = DemandeVisite.objects.visible_to(user)
    lignes = vues.select_related("agent__structure__direction").with_due()
    filtre = DemandeFilter(request.GET, queryset=vues, request=request)
    mots = tell_filters(filtre, request)
    libelle = f"{count_of(filtre.qs.count(), 'demande')}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=user, acte="visites.demandes", libelle=libelle)
    active, comptes = request.GET.get("etat", ""), vues.count_states()
    section = user.has_perm("visites.view_demande")
    definition = Liste(
        queryset=lignes,
        table=DemandeTable,
        modele="visites/demandes.html",
        nom_fichier="demandes-de-visite",
        filtre=DemandeFilter,
        contexte={
            "vues": [
                {
                    "libelle": libelle,
                    "url": f"{request.path}?etat={etat}" if etat else request.path,
                    "actif": etat == active,
                    "compte": comptes[etat],
                    "retard": False,
                }
                for libelle, etat in VUES
            ],
            "section": section,
            "toutes": comptes[""],
        },
        options_table={"exclude": () if user.has_perm("visites.view_suivi") else ("echeance",)},
    )
    return render_list(request, definition)


def find_demande(request: HttpRequest, pk: int) -> DemandeVisite:
    """Return the request, or 404 out of scope."""
    lignes = DemandeVisite.objects.visible_to(request.user)
    return get_object_or_404(lignes.select_related("agent__structure", "agent__poste"), pk=pk)


@require_perm("visites.view_demande", "visites.ask_visite")
@require_safe
def demande(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who asks, why, what became of it."""
    user, vue = request.user, find_demande(request, pk)
    record_consultation(acteur=user, acte="visites.demande", objet=vue, agent=vue.agent)
    due = VisiteDue.objects.filter(agent=vue.agent, cle=f"demande:{vue.pk}").first()
    visites = Visite.objects.visible_to(user).filter(due=due) if due is not None else Visite.objects.none()
    propre = is_own_file(user, vue.agent)
    contexte = {
        "demande": vue,
        "jour": timezone.localdate(),
        "propre": propre,
        "due": due if propre or user.has_perm("visites.view_suivi") else None,
        "visite": visites.exclude(etat=EtatVisite.ANNULEE).order_by("-date", "-pk").first(),
    }
    return render(request, "visites/demande.html", contexte | acts_on(user, vue))


def acts_on(user: Any, vue: DemandeVisite) -> dict[str, bool]:
    """What this account may still do with a request."""
    suites = DEMANDE[EtatDemande(vue.etat)]
    attend = vue.etat in {EtatDemande.DEPOSEE, EtatDemande.RETENUE}
    return {
        "peut_retenir": EtatDemande.RETENUE in suites and can_keep(user, vue),
        "peut_refuser": EtatDemande.REFUSEE in suites and can_refuse(user, vue),
        "peut_retirer": can_withdraw(user, vue),
        "peut_placer": attend and can_place(user, vue.agent),
    }


@require_perm("visites.answer_demande")
@sans_garde
@require_form
def retenir(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a request, with an answer or none."""
    vue = find_demande(request, pk)
    if not can_keep(request.user, vue):
        raise PermissionDenied
    form = ReponseForm(request.POST or None, initial={"version": vue.version}, exigee=False)
    return _confirm(request, vue, "retenir", form, keep_demande)


@require_perm("visites.answer_demande")
@sans_garde
@require_form
def refuser(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a request; the answer is required."""
    vue = find_demande(request, pk)
    if not can_refuse(request.user, vue):
        raise PermissionDenied
    form = ReponseForm(request.POST or None, initial={"version": vue.version}, exigee=True)
    return _confirm(request, vue, "refuser", form, refuse_visite)


@require_perm("visites.ask_visite")
@require_form
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own request, while nobody has answered it."""
    vue = find_demande(request, pk)
    if not has_asked(request.user, vue):
        raise PermissionDenied
    form = RetirerForm(request.POST or None, initial={"version": vue.version})
    return _confirm(request, vue, "retirer", form, withdraw_demande)


def _confirm(request: HttpRequest, vue: DemandeVisite, acte: str, form: Any, action: Any) -> HttpResponse:
    """Ask, act, and go back to the request."""
    titre, consequences, bouton, fait = ACTES[acte]
    jour = timezone.localdate()
    if request.method == "POST":
        if form.apply(action, acteur=request.user, jour=jour, demande=vue) is not None:
            messages.success(request, fait)
            return redirect("visites:demande", vue.pk)
    else:
        record_consultation(acteur=request.user, acte=f"visites.demande_{acte}", objet=vue, agent=vue.agent)
    contexte = {
        "demande": vue,
        "form": form,
        "titre_acte": titre,
        "consequences": consequences,
        "bouton": bouton,
        "danger": acte == "refuser",
    }
    return render(request, "visites/demande_acte.html", contexte)
