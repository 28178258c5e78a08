"""What changed on an agent's file, its absences, a structure, a post; and who opened the file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agents.models import (
    Absence,
    Affectation,
    Agent,
    Carriere,
    Contrat,
    ExigencePoste,
    ExpositionPoste,
    PositionAdministrative,
    Poste,
    RaisonSuivi,
    Structure,
)
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.historique import Piste, read_history, render_history
from nouvea_sst.imports.moteur.origines import tell_origins

PRIVES = ("matricule", "id_tiarhe", "num_cafat", "num_ruamm", "nom_naissance", "sexe", "date_naissance")
NATURE = ("type", "accident", "date_accident", "sans_arret")
CARRIERE = ("collectivite", "statut", "code_categorie", "date_embauche", "date_depart", "est_elu")


@require_perm("agents.change_agent")
@require_safe
def historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on the file, its affectations, career and contracts, its reasons of follow-up."""
    contexte = agent_frame(request, pk)
    caches = () if request.user.has_perm("agents.view_identite") else PRIVES
    if not request.user.has_perm("agents.view_carriere"):
        caches = (*caches, *CARRIERE)
    dates = [Piste(modele, "agent_id") for modele in (Affectation, Carriere, Contrat, RaisonSuivi)]
    pistes = (Piste(Agent, caches=caches), *dates)
    etapes = tell_origins(read_history(pistes, *contexte["agent"].cles), request.user)
    contexte |= {"etapes": etapes, "des_absences": False}
    return render(request, "agents/historique.html", contexte)


@require_perm("agents.change_absence")
@require_safe
def absences_historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed in the absences and positions of an agent, those deleted included."""
    contexte = agent_frame(request, pk, "agents:absences")
    caches = () if request.user.has_perm("agents.view_type_absence") else NATURE
    pistes = [Piste(modele, "agent_id", caches) for modele in (Absence, PositionAdministrative)]
    contexte["etapes"] = tell_origins(read_history(pistes, *contexte["agent"].cles), request.user)
    contexte["des_absences"] = True
    return render(request, "agents/historique.html", contexte)


@require_perm("agents.change_agent")
@require_safe
def structure_historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a structure."""
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    retour = _back(request, "structure", pk, structure.sigle)
    pistes = [Piste(Structure)]
    return render_history(
        request, objet=structure, titre=structure.sigle, retour=retour, pistes=pistes, dire=tell_origins
    )


@require_perm("agents.change_agent")
@require_safe
def poste_historique(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed on a post."""
    poste = get_object_or_404(Poste.objects.visible_to(request.user), pk=pk)
    retour = _back(request, "poste", pk, poste.intitule)
    pistes = [Piste(Poste), Piste(ExpositionPoste, "poste_id"), Piste(ExigencePoste, "poste_id")]
    return render_history(
        request, objet=poste, titre=poste.intitule, retour=retour, pistes=pistes, dire=tell_origins
    )


def _back(request: HttpRequest, objet: str, pk: int, nom: str) -> tuple[str, str]:
    """Return where one came from: the form for who may correct, else the list."""
    if request.user.has_perm("agents.change_structure"):
        return reverse(f"agents:{objet}_corriger", args=[pk]), nom
    return reverse(f"agents:{objet}s"), f"{objet.capitalize()}s"
