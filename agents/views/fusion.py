"""Two files of one person: find the other, compare, merge; undo."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.actions import ApercuPerime, merge_agents, undo_merge
from agents.forms.fusion import DefaireForm, FusionForm
from agents.fusion import Lien, count_seen, disagreements, fingerprint, links_to_agent, read_holdings, settle
from agents.fusion.retour import find_merge_obstacles, rows_since
from agents.models import Agent, Alias
from agents.perms import can_merge
from agents.views.cadre import agent_frame
from agents.views.saisie import add_errors
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.annulation import say_done
from nouvea_sst.lib.versions import VersionPerimee

DROIT = "agents.merge_agent"
PROPOSES = 12
NON_VUS = "enregistrement que vous ne voyez pas,enregistrements que vous ne voyez pas"
RELIRE = "Une des deux fiches a changé entre-temps : relisez avant de décider."


@require_perm(DROIT)
@require_safe
def fusion_choisir(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other file of the same person: those alike, and whom one types."""
    contexte = agent_frame(request, pk, "agents:agent", can_merge)
    agent, cherche = contexte["agent"], request.GET.get("q", "").strip()
    autres = Agent.objects.visible_to(request.user).exclude(pk=pk).select_related("structure", "poste")
    memes = Q(nom_cle=agent.nom_cle)
    if agent.date_naissance:
        memes |= Q(date_naissance=agent.date_naissance, prenom__iexact=agent.prenom)
    if agent.num_cafat:
        memes |= Q(num_cafat=agent.num_cafat)
    if agent.num_ruamm:
        memes |= Q(num_ruamm=agent.num_ruamm)
    trouves = autres.search(cherche) if cherche else autres.filter(memes)
    contexte |= {"cherche": cherche, "trouves": trouves.order_by("nom_cle", "pk")[:PROPOSES]}
    return render(request, "agents/fusion_choisir.html", contexte)


@require_perm(DROIT)
@require_form
def fusion(request: HttpRequest, pk: int, autre: int) -> HttpResponse:
    """Show two files side by side, what would move and how collisions are settled; merge."""
    contexte = agent_frame(request, pk, "agents:agent", can_merge)
    garde = contexte["agent"]
    autres = Agent.objects.visible_to(request.user).select_related("structure", "collectivite")
    fondu = autres.exclude(pk=pk).filter(pk=autre).first()
    if fondu is None and garde.alias.filter(cle=autre).exists():
        messages.info(request, "Ces deux fiches n’en font déjà plus qu’une.")
        return redirect("agents:agent", pk)
    if fondu is None:
        raise Http404
    if not can_merge(request.user, fondu):
        raise PermissionDenied
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte="agents.fusion", objet=fondu, agent=fondu)
    tenus = read_holdings(garde, fondu)
    reglement, nombres = settle(garde, fondu, tenus), tenus.deplaces
    form = FusionForm(
        request.POST or None,
        garde=garde,
        fondu=fondu,
        empreinte=fingerprint(reglement, nombres),
        desaccords=disagreements(garde, fondu),
    )
    if request.method == "POST" and form.is_valid() and not reglement.refus:
        try:
            return _merge(request, form, contexte)
        except (VersionPerimee, ApercuPerime):
            messages.warning(request, RELIRE)
            return redirect("agents:fusion", pk, autre)
        except ValidationError as refus:
            add_errors(form, refus)
    contexte |= {
        "fondu": fondu,
        "form": form,
        "reglement": reglement,
        "deplaces": moved_words(request.user, fondu, nombres),
    }
    return render(request, "agents/fusion.html", contexte)


def _merge(request: HttpRequest, form: FusionForm, contexte: dict[str, Any]) -> HttpResponse:
    """Merge as the form says, and offer the way back."""
    saisie = form.cleaned_data
    alias = merge_agents(
        acteur=request.user,
        garde_id=form.garde.pk,
        fondu_id=form.fondu.pk,
        versions=(saisie["version"], saisie["version_fondu"]),
        empreinte=saisie["empreinte"],
        repris=form.repris,
        raison=saisie.get("raison", ""),
        jour=contexte["jour"],
        maintenant=timezone.now(),
    )
    garde = Agent.objects.get(pk=alias.agent_id)
    say_done(
        request,
        "Les deux fiches n’en font plus qu’une.",
        adresse=reverse("agents:fusion_defaire", args=[garde.pk, alias.pk]),
        bouton="Défaire la fusion",
        champs={"version": garde.version},
    )
    return redirect("agents:agent", garde.pk)


def moved_words(user: Any, fondu: Agent, nombres: dict[str, int]) -> list[dict[str, str]]:
    """Return what moves, « 3 absences », with its page; what the account does not see is counted in all."""
    vus, liens = count_seen(fondu, user), {lien.nom: lien for lien in links_to_agent()}
    lignes = [
        {"texte": _count(liens[nom], nombre), "url": _page_of(user, liens[nom], fondu)}
        for nom, nombre in vus.items()
    ]
    return [*lignes, *({"texte": mots, "url": ""} for mots in _unseen(nombres, vus))]


def words_since(user: Any, alias: Alias, garde: Agent) -> list[str]:
    """Return what was added since a merge, « 3 absences »; what the account does not see, in one count."""
    vues, toutes = rows_since(alias, garde, user), rows_since(alias, garde)
    return [*(count_of(nombre, mots) for mots, nombre in vues.items()), *_unseen(toutes, vues)]


def _unseen(tous: Mapping[str, int], vus: Mapping[str, int]) -> list[str]:
    """What the account does not see of these rows, in one count; nothing when it sees all."""
    reste = sum(tous.values()) - sum(vus.values())
    return [count_of(reste, NON_VUS)] if reste else []


def _count(lien: Lien, nombre: int) -> str:
    meta = (lien.modele._meta.auto_created or lien.modele)._meta
    return count_of(nombre, f"{meta.verbose_name},{meta.verbose_name_plural}")


def _page_of(user: Any, lien: Lien, agent: Agent) -> str:
    """The tab of the agent that shows these rows; empty when there is none, or it is not this account's."""
    nom = settings.PAGES_D_UN_AGENT.get(lien.modele._meta.label_lower, "")
    adresse = reverse(nom, args=[agent.pk]) if nom else ""
    droits = getattr(resolve(adresse).func, "droit_requis", ()) if adresse else ()
    return adresse if any(user.has_perm(droit) for droit in droits) else ""


@require_perm(DROIT)
@require_form
def fusion_defaire(request: HttpRequest, pk: int, alias: int) -> HttpResponse:
    """Say what undoing a merge would do, or what forbids it; undo it."""
    contexte = agent_frame(request, pk, "agents:agent", can_merge)
    garde = contexte["agent"]
    fondu = garde.alias.select_related("fondu_par").filter(pk=alias).first()
    if fondu is None:
        messages.info(request, "Cette fusion est déjà défaite.")
        return redirect("agents:agent", pk)
    obstacles = find_merge_obstacles(fondu, garde, request.user)
    form = DefaireForm(request.POST or None, initial={"version": garde.version})
    if request.method == "POST" and form.is_valid() and not obstacles:
        try:
            undo_merge(
                acteur=request.user,
                alias_id=fondu.pk,
                version=form.cleaned_data["version"],
                jour=contexte["jour"],
                maintenant=timezone.now(),
            )
        except VersionPerimee:
            messages.warning(request, RELIRE)
            return redirect("agents:fusion_defaire", pk, alias)
        except ValidationError as refus:
            obstacles = refus.messages
        else:
            messages.success(request, "La fusion est défaite : il y a de nouveau deux fiches.")
            return redirect("agents:agent", pk)
    contexte |= {"alias": fondu, "form": form, "obstacles": obstacles}
    contexte["raison"] = fondu.retour.get("raison", "")
    contexte["depuis"] = words_since(request.user, fondu, garde)
    return render(request, "agents/fusion_defaire.html", contexte)
