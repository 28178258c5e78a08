"""Follow-ups by coordinators: the list, the tab of an agent, one of them, who is named on it, its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list
from nouvea_sst.lib.pdf import PdfImpossible
from nouvea_sst.lib.tableaux import tell_filters
from visites.actions import (
    close_accompagnement,
    hand_over_echanges,
    name_membre,
    open_accompagnement,
    release_membre,
    restrict_accompagnement,
)
from visites.enums import EtatAccompagnement
from visites.filters_echanges import AccompagnementFilter
from visites.forms import VersionForm
from visites.forms_echanges import NommerForm
from visites.forms_notes import RemettreForm
from visites.models import Accompagnement, Echange, EtapeEchange
from visites.perms import can_follow_agent, nameable_on
from visites.tables_echanges import AccompagnementTable
from visites.views.notes import as_attachment

LIRE, TENIR = "visites.view_accompagnement", "visites.write_echange"
ONGLET = "visites:accompagnements_agent"
# The views of the list: a state each, and whether its rows are late.
VUES = (*((etat.label, etat.value, etat.value) for etat in EtatAccompagnement), ("Tous", "", "toutes"))


def read_accompagnements(user: Any) -> Any:
    """The follow-ups that this account reads, as they stand today."""
    return Accompagnement.objects.visible_to(user).on(timezone.localdate()).with_names()


def find_accompagnement(request: HttpRequest, cle: Any) -> Any:
    """Return one that this account reads, as it stands today; 404 otherwise."""
    return get_object_or_404(read_accompagnements(request.user), cle=cle)


@require_perm(LIRE)
@require_safe
@liste
def liste_accompagnements(request: HttpRequest) -> HttpResponse:
    """Follow-ups that one reads, what comes next first; no word of any."""
    user, lignes = request.user, read_accompagnements(request.user)
    filtre = AccompagnementFilter(request.GET, queryset=lignes, request=request)
    mots, nombre = tell_filters(filtre, request), filtre.qs.count()
    compte = count_of(nombre, "accompagnement")
    libelle = f"{compte}{f' ({mots})' if mots else ''}{export_words(request)}"
    record_consultation(acteur=user, acte="visites.accompagnements", libelle=libelle)
    comptes, active = lignes.counts(), request.GET.get("etat", "")
    definition = Liste(
        queryset=lignes,
        table=AccompagnementTable,
        modele="visites/accompagnements.html",
        nom_fichier="accompagnements",
        filtre=lambda *args, **kwargs: filtre,
        contexte={
            "vues": [
                {
                    "libelle": libelle,
                    "url": f"{request.path}?etat={etat}" if etat else request.path,
                    "actif": etat == active,
                    "compte": comptes[cle],
                    "retard": etat == EtatAccompagnement.RETARD and comptes[cle] > 0,
                }
                for libelle, etat, cle in VUES
            ],
            "toutes": comptes["toutes"],
        },
        total=nombre,
    )
    return render_list(request, definition)


@require_perm(LIRE)
@require_safe
def accompagnements_agent(request: HttpRequest, pk: int) -> HttpResponse:
    """The follow-ups of an agent that one reads; on one's own file, none."""
    contexte, user = agent_frame(request, pk), request.user
    lus = read_accompagnements(user).filter(agent_id=pk)
    tient = can_follow_agent(user, contexte["agent"])
    siens = Accompagnement.objects.held_by(user).filter(agent_id=pk)
    contexte |= {
        "accompagnements": [(un, EtatAccompagnement(un.etat)) for un in lus.order_by("est_ferme", "-pk")],
        "sienne": contexte["agent"].compte_id == user.pk,
        "peut_ouvrir": tient and not siens.open().exists(),
        "peut_remettre": tient and Echange.objects.held_by(user).filter(accompagnement__in=siens).exists(),
    }
    return render(request, "visites/accompagnements_agent.html", contexte)


@require_perm(TENIR)
@require_POST
@send_once
def accompagnement_ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a follow-up of an agent and be assigned to it."""
    contexte = agent_frame(request, pk, ONGLET, can_follow_agent)
    try:
        ouvert = open_accompagnement(acteur=request.user, jour=contexte["jour"], agent=contexte["agent"])
    except ValidationError as refus:
        messages.warning(request, " ".join(refus.messages))
        return redirect(ONGLET, pk)
    messages.success(request, "Accompagnement ouvert : écrivez-y le premier échange.")
    return redirect("visites:accompagnement", ouvert.cle)


@require_perm(LIRE)
@require_safe
@sensitive_variables()
def accompagnement(request: HttpRequest, cle: Any) -> HttpResponse:
    """One follow-up: what comes next, the people named on it, its exchanges, latest first."""
    user, vu = request.user, find_accompagnement(request, cle)
    record_consultation(acteur=user, acte="visites.accompagnement", objet=vu, agent=vu.agent)
    etapes = EtapeEchange.objects.visible_to(user).open().filter(note__accompagnement=vu)
    contexte = {
        "accompagnement": vu,
        "agent": vu.agent,
        "jour": timezone.localdate(),
        "etat": EtatAccompagnement(vu.etat),
        "tient": user.has_perm(TENIR),
        "ecrit": user.has_perm(TENIR) and vu.ferme_le is None,
        "etapes": [{"etape": e, "texte": unseal(e, "texte")} for e in etapes.select_related("note")],
        "echanges": list(vu.echanges.visible_to(user).counted()),
        "membres": vu.nommes,
        "nommables": nameable_on(vu).exists(),
    }
    return render(request, "visites/accompagnement.html", contexte)


@require_perm(LIRE)
@require_form
def nommer(request: HttpRequest, cle: Any) -> HttpResponse:
    """Name a coordinator or a chief on a follow-up."""
    vu = find_accompagnement(request, cle)
    form = NommerForm(request.POST or None, accompagnement=vu)
    consequences = (
        "Cette personne lira tous les échanges de cet accompagnement, et leurs pièces. Un coordinateur nommé "
        "pourra aussi y écrire."
    )
    faits = {"titre_acte": "Nommer une personne", "consequences": consequences, "bouton": "Nommer"}
    return _apply(request, vu, "nommer", form, name_membre, "Personne nommée.", faits)


@require_perm(LIRE)
@require_POST
def retirer_membre(request: HttpRequest, cle: Any, pk: int) -> HttpResponse:
    """Take somebody off a follow-up; who takes himself off may read it no more."""
    vu = find_accompagnement(request, cle)
    membre = get_object_or_404(vu.membres.visible_to(request.user), pk=pk)
    try:
        release_membre(acteur=request.user, jour=timezone.localdate(), membre=membre)
    except ValidationError as refus:
        messages.error(request, " ".join(refus.messages))
    else:
        messages.success(request, "Personne retirée de l’accompagnement.")
    lit_encore = Accompagnement.objects.visible_to(request.user).filter(pk=vu.pk).exists()
    return redirect("visites:accompagnement", cle) if lit_encore else redirect("visites:accompagnements")


@require_perm(LIRE)
@require_form
def reserver(request: HttpRequest, cle: Any) -> HttpResponse:
    """Leave a follow-up to the people named on it, or give it back to the chiefs; asked before it is done."""
    vu = find_accompagnement(request, cle)
    form = VersionForm(request.POST or None, initial={"version": vu.version})
    if vu.restreint:
        faits = {
            "titre_acte": "Ne plus réserver cet accompagnement ?",
            "consequences": "Les chefs de section le verront et le liront de nouveau, sans y être nommés.",
            "bouton": "Ne plus réserver",
        }
    else:
        faits = {
            "titre_acte": "Réserver cet accompagnement ?",
            "consequences": "Seules les personnes nommées le trouveront et le liront : ni les autres "
            "coordinateurs, ni les chefs de section. Le journal garde qui l’ouvre. Vous y restez nommé.",
            "bouton": "Réserver",
        }
    dit = "Accompagnement ouvert aux chefs de section." if vu.restreint else "Accompagnement réservé."
    reste = {"restreint": not vu.restreint}
    return _apply(request, vu, "reserver", form, restrict_accompagnement, dit, faits, **reste)


@require_perm(LIRE)
@require_form
def fermer(request: HttpRequest, cle: Any) -> HttpResponse:
    """Close a follow-up, or open it again; asked before it is done."""
    vu = find_accompagnement(request, cle)
    form = VersionForm(request.POST or None, initial={"version": vu.version})
    if vu.ferme_le is None:
        faits = {
            "titre_acte": "Fermer cet accompagnement ?",
            "consequences": "Plus rien ne s’y écrit. Tout y reste lisible, et il peut être rouvert.",
            "bouton": "Fermer l’accompagnement",
        }
    else:
        faits = {
            "titre_acte": "Rouvrir cet accompagnement ?",
            "consequences": "Les coordinateurs nommés pourront de nouveau y écrire.",
            "bouton": "Rouvrir l’accompagnement",
        }
    dit = "Accompagnement fermé." if vu.ferme_le is None else "Accompagnement rouvert."
    return _apply(request, vu, "fermer", form, close_accompagnement, dit, faits, ferme=vu.ferme_le is None)


def _apply(
    request: HttpRequest,
    vu: Any,
    acte: str,
    form: Any,
    action: Any,
    dit: str,
    faits: dict[str, str],
    **reste: Any,
) -> HttpResponse:
    """Show what an act changes, do it, and go back to the follow-up."""
    if request.method == "POST":
        jour = timezone.localdate()
        fait = form.apply(action, acteur=request.user, jour=jour, accompagnement=vu, **reste)
        if fait is not None:
            messages.success(request, dit)
            return redirect("visites:accompagnement", vu.cle)
    else:
        nom = f"visites.accompagnement_{acte}"
        record_consultation(acteur=request.user, acte=nom, objet=vu, agent=vu.agent)
    contexte = {"accompagnement": vu, "agent": vu.agent, "form": form, "danger": False}
    return render(request, "visites/accompagnement_acte.html", contexte | faits)


@require_perm(TENIR)
@require_form
@sensitive_variables()
def remettre_echanges(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the copy that the agent asked for, of the follow-ups that one keeps; nothing keeps it."""
    contexte, user = agent_frame(request, pk, ONGLET, can_follow_agent), request.user
    tenus = Echange.objects.held_by(user).filter(accompagnement__agent_id=pk).count()
    form = RemettreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            octets = hand_over_echanges(acteur=user, jour=contexte["jour"], agent=contexte["agent"])
            return as_attachment(HttpResponse(octets, content_type="application/zip"), "copie.zip")
        except ValidationError as refus:
            form.add_error(None, refus)
        except PdfImpossible as refus:
            form.add_error(None, str(refus))
    contexte |= {"form": form, "tenus": tenus}
    return render(request, "visites/echanges_remettre.html", contexte)
