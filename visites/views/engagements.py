"""Measures to apply: the list, one of them with its life, and its acts."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.historique import Piste, read_history
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.tableaux import tell_filters
from nouvea_sst.lib.versions import VersionPerimee, read_version
from nouvea_sst.referentiel.models import Parametre
from visites.actions import (
    acknowledge,
    answer_engagement,
    close_engagement,
    follow_engagement,
    renew_engagement,
    reopen_engagement,
)
from visites.enums import EtatEngagement, SuiteEngagement
from visites.filters_engagements import TOUTES, EngagementFilter
from visites.forms_engagements import AccuserForm, CloreForm, SuiteForm, SuivreForm
from visites.models import Engagement
from visites.parametres import RAPPEL
from visites.perms import can_answer, can_follow
from visites.querysets_engagements import addressees_of
from visites.rules.engagements import A_DIRE_AU_CHCT, FINIS, Faits, is_late, state_of
from visites.rules.propositions import Proposition, propose
from visites.tables_engagements import EngagementTable

# The views, the count of each, and whether its rows are late.
VUES = (
    ("En cours", "", "en_cours", False),
    ("À accuser", "a_accuser", "a_accuser", False),
    ("À appliquer", "a_appliquer", "a_appliquer", False),
    ("En retard", "retard", "retard", True),
    ("CHCT à informer", "chct", "chct", True),
    ("Fin proche", "fin", "fin", False),
    ("À revoir", "revoir", "revoir", False),
    ("Toutes", TOUTES, "toutes", False),
)
CHANGE = "Cette restriction a changé entre-temps\u202f: relisez-la."


def read_engagements(user: Any) -> Any:
    """The commitments that this account sees, as they stand today."""
    jour = timezone.localdate()
    rappel = Parametre.objects.number_on(jour, RAPPEL)
    return Engagement.objects.visible_to(user).on(jour, rappel).with_names()


def find_engagement(request: HttpRequest, pk: int) -> Engagement:
    """Return one within the account's scope, as it stands today; 404 otherwise."""
    return get_object_or_404(read_engagements(request.user), pk=pk)


@require_perm("visites.view_engagement")
@require_safe
@liste
def liste_restrictions(request: HttpRequest) -> HttpResponse:
    """Measures of the scope, the most pressing first, with where each stands."""
    user, jour = request.user, timezone.localdate()
    lignes = read_engagements(user)
    filtre = EngagementFilter(request.GET, queryset=lignes, request=request, jour=jour)
    mots, nombre = tell_filters(filtre, request), filtre.qs.count()
    libelle = f"{count_of(nombre, 'restriction')}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=user, acte="visites.restrictions", libelle=libelle)
    comptes, active = lignes.counts(), request.GET.get("etat", "")
    repond = user.has_perm("visites.answer_engagement")
    imprime = request.GET.get("imprimer") == "1"
    papier = user.has_perm("visites.follow_engagement")
    definition = Liste(
        queryset=lignes,
        table=EngagementTable,
        modele="visites/restrictions.html",
        nom_fichier="restrictions-a-appliquer",
        filtre=lambda *args, **kwargs: filtre,
        contexte={
            "vues": [
                {
                    "libelle": libelle,
                    "url": f"{request.path}?etat={etat}" if etat else request.path,
                    "actif": etat == active,
                    "compte": comptes[compte],
                    "retard": tard and comptes[compte] > 0,
                }
                for libelle, etat, compte, tard in VUES
            ],
            "toutes": comptes["toutes"],
            "accusables": comptes["a_accuser"] if repond else 0,
            "accuser": AccuserForm(cles=[], papier=papier),
            "papier": papier,
        },
        total=nombre,
        options_table={"exclude": () if repond and not imprime else ("choix",)},
    )
    return render_list(request, definition)


@require_perm("visites.answer_engagement")
@require_POST
def accuser(request: HttpRequest) -> HttpResponse:
    """Acknowledge the measures that were ticked, all or none."""
    offertes = read_engagements(request.user).filter(etat=EtatEngagement.A_ACCUSER)
    papier = request.user.has_perm("visites.follow_engagement")
    form = AccuserForm(request.POST, cles=list(offertes.values_list("pk", flat=True)), papier=papier)
    faites = form.apply(acknowledge, acteur=request.user, jour=timezone.localdate())
    if faites is None:
        for phrases in form.errors.values():
            messages.error(request, " ".join(str(phrase) for phrase in phrases))
    else:
        messages.success(request, f"Accusé de réception\u202f: {count_of(faites, 'restriction')}.")
    return redirect("visites:restrictions")


@require_perm("visites.view_engagement")
@require_safe
def engagement(request: HttpRequest, pk: int) -> HttpResponse:
    """One measure to apply: to whom, by when, what became of it, and its life."""
    user, vue = request.user, find_engagement(request, pk)
    agent = vue.restriction.agent
    record_consultation(acteur=user, acte="visites.engagement", objet=vue, agent=agent)
    etat = EtatEngagement(vue.etat)  # type: ignore[attr-defined]
    vivant = etat not in FINIS
    suit, jour = vivant and can_follow(user, vue), timezone.localdate()
    contexte = {
        "engagement": vue,
        "agent": agent,
        "etat": etat,
        "jour": jour,
        "etapes": steps_of(vue.faits, jour),
        "changements": read_history([Piste(Engagement, caches=("restriction",))], pk),
        "proposition": find_proposal(vue) if vivant else None,
        "peut_repondre": vivant and can_answer(user, vue),
        "peut_suivre": suit,
        "encadre": vue.destinataire_id is not None or bool(addressees_of(agent, jour)),
        "peut_renouveler": suit and vue.restriction.date_fin is not None and not vue.place.left_on(jour),
        "voit_conclusion": user.has_perm("visites.view_conclusion"),
    }
    return render(request, "visites/engagement.html", contexte)


def find_proposal(vue: Engagement) -> Proposition | None:
    """Return what is proposed for this commitment today, once its agent moved or its review came."""
    return propose(vue.place, vue.restriction.etendue, vue.revue_le, timezone.localdate())


def steps_of(faits: Faits, jour: datetime.date) -> list[dict[str, str]]:
    """The life of a measure: received, answered, the committee told, its end, each with its day."""
    etat, tard = state_of(faits, jour), "is-late" if is_late(faits, jour) else "is-soon"
    attendu = f"attendu le {format_date(faits.echeance)}"
    etapes = [_step("Reçue", faits.accuse_le, tard, attendu if etat not in FINIS else "non dit")]
    dite = SuiteEngagement(faits.suite).label if faits.suite else "Suite donnée"
    etapes.append(_step(dite, faits.suite_le, tard, attendu if etat not in FINIS else "non dit"))
    if faits.suite in A_DIRE_AU_CHCT:
        etapes.append(_step("CHCT informé", faits.chct_le, "is-late", "à faire"))
    if faits.clos_le is not None:
        return [*etapes, _step("Suivi clos", faits.clos_le, "", "")]
    finie = etat is EtatEngagement.ECHUE
    fin = "nouvel avis" if faits.date_fin is None else format_date(faits.date_fin)
    return [*etapes, {"libelle": "Fin", "classe": "is-done" if finie else "is-neutral", "texte": fin}]


def _step(libelle: str, jour: datetime.date | None, classe: str, attendu: str) -> dict[str, str]:
    fait = jour is not None
    return {
        "libelle": libelle,
        "classe": "is-done" if fait else classe,
        "texte": format_date(jour) if fait else attendu,
    }


@require_perm("visites.answer_engagement")
@sans_garde
@require_form
def suite(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done of a measure."""
    vue = find_engagement(request, pk)
    if not can_answer(request.user, vue):
        raise PermissionDenied
    jour = timezone.localdate()
    dits = {nom: getattr(vue, nom) for nom in ("suite", "raison", "preuve", "version")}
    form = SuiteForm(request.POST or None, initial=dits | {"suite_le": vue.suite_le or jour})
    return _apply(request, vue, "suite", form, answer_engagement, "Suite enregistrée.")


@require_perm("visites.follow_engagement")
@require_form
def suivre(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who applies it, by when, and what follows."""
    vue = find_engagement(request, pk)
    if not can_follow(request.user, vue):
        raise PermissionDenied
    comptes = addressees_of(vue.restriction.agent, timezone.localdate())
    noms = ("destinataire", "echeance", "revue_le", "chct_le", "version")
    initial = {nom: getattr(vue, nom) for nom in noms}
    form = SuivreForm(request.POST or None, initial=initial, comptes=comptes)
    return _apply(request, vue, "suivre", form, follow_engagement, "Suivi changé.")


@require_perm("visites.follow_engagement")
@sans_garde
@require_form
def clore(request: HttpRequest, pk: int) -> HttpResponse:
    """End the follow-up before the end of the measure."""
    vue = find_engagement(request, pk)
    if not can_follow(request.user, vue):
        raise PermissionDenied
    proposition = find_proposal(vue)
    raison = proposition.pourquoi if proposition is not None and proposition.clore else ""
    form = CloreForm(request.POST or None, initial={"version": vue.version, "raison": raison})
    return _apply(request, vue, "clore", form, close_engagement, "Suivi clos.")


ACTES: dict[str, tuple[str, str, str]] = {
    "suite": (
        "Dire la suite donnée",
        "Ce que vous dites vaut accusé de réception. La section le lit.",
        "Enregistrer la suite",
    ),
    "suivre": (
        "Changer le suivi",
        "Qui applique la restriction, avant quand, et quand en reparler.",
        "Enregistrer le suivi",
    ),
    "clore": (
        "Clore le suivi de la restriction\u202f?",
        "La restriction reste celle du médecin\u202f; plus personne n’a à dire s’il l’applique.",
        "Clore le suivi",
    ),
}


def _apply(
    request: HttpRequest, vue: Engagement, acte: str, form: Any, action: Any, fait: str
) -> HttpResponse:
    """Show the form of an act, do it, and go back to the measure."""
    if request.method == "POST":
        if form.apply(action, acteur=request.user, jour=timezone.localdate(), engagement=vue) is not None:
            messages.success(request, fait)
            return redirect("visites:engagement", vue.pk)
    else:
        agent = vue.restriction.agent
        record_consultation(acteur=request.user, acte=f"visites.engagement_{acte}", objet=vue, agent=agent)
    titre, consequences, bouton = ACTES[acte]
    contexte = {
        "engagement": vue,
        "agent": vue.restriction.agent,
        "form": form,
        "titre_acte": titre,
        "consequences": consequences,
        "bouton": bouton,
        "danger": acte == "clore",
    }
    return render(request, "visites/engagement_acte.html", contexte)


@require_perm("visites.follow_engagement")
@require_POST
def rouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Open it again where the agent now stands."""
    vue, version = find_engagement(request, pk), read_version(request.POST)
    jour = timezone.localdate()
    try:
        reopen_engagement(acteur=request.user, jour=jour, engagement=vue, version=version)
    except VersionPerimee:
        messages.error(request, CHANGE)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, "Suivi repris là où l’agent travaille maintenant.")
    return redirect("visites:engagement", pk)


@require_perm("visites.follow_engagement")
@require_POST
def renouveler(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a visit before the end of the measure."""
    vue = find_engagement(request, pk)
    try:
        demande = renew_engagement(acteur=request.user, jour=timezone.localdate(), engagement=vue)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
        return redirect("visites:engagement", pk)
    messages.success(request, "Visite demandée avant la fin de la restriction.")
    return redirect(reverse("visites:demande", args=[demande.pk]))
