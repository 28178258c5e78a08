"""The journal on screen: the list, and one line with all that its request did. Reading it is a line too."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.historique import Etape, Piste, read_history
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import LigneJournal, Sceau
from nouvea_sst.journal.filters import JournalFilter, word_object
from nouvea_sst.journal.tables import CONTENU, JournalTable
from nouvea_sst.lib.affichage import count_of, format_number
from nouvea_sst.lib.classes import Classe, class_by_field
from nouvea_sst.lib.listes import Liste, export_words, liste, render_list

ENTIER = "comptes.view_journal"
SECTION = "comptes.view_journal_section"
VUES = {"": "Tout", "consultation": "Consultations", "acte": "Actes", "refus": "Accès refusés"}
EXPORTEES = 10_000
# What the auditor reads of a record's content: the reference data, the budget, what is published.
LUES_EN_AUDIT = {Classe.T0, Classe.B1, Classe.S1, Classe.L1}
LIGNES_DE_REQUETE = 100


@require_perm(ENTIER, SECTION)
@require_safe
@liste
def liste_journal(request: HttpRequest) -> HttpResponse:
    """List who did or read what. The chief of the section has no content: neither objects nor files."""
    vue = request.GET.get("vue", "")
    vues = LigneJournal.objects.visible_to(request.user)
    lignes = vues.filter(nature=vue) if vue in NatureJournal.values else vues
    combien = JournalFilter(request.GET, queryset=lignes, request=request).qs.count()
    if request.GET.get("format") == "xlsx" and combien > EXPORTEES:
        return refuse_export(request, combien)
    record_list(request, combien)
    complet = request.user.has_perm(ENTIER)
    definition = Liste(
        queryset=lignes,
        table=JournalTable,
        modele="journal/liste.html",
        nom_fichier="journal",
        filtre=JournalFilter,
        contexte={
            "vues": view_links(vue, vues.count_natures()),
            "complet": complet,
            "sceau": Sceau.objects.visible_to(request.user).latest_seal(),
        },
        options_table={"detail": complet, "exclude": () if complet else CONTENU},
    )
    return render_list(request, definition)


def view_links(courante: str, comptes: dict[str, int]) -> list[dict[str, Any]]:
    """Return the views as components/views_bar.html reads them."""
    return [
        {
            "libelle": mot,
            "url": f"?vue={cle}" if cle else "?",
            "actif": cle == courante,
            "compte": comptes.get(cle, 0) if cle else sum(comptes.values()),
            "retard": False,
        }
        for cle, mot in VUES.items()
    ]


def refuse_export(request: HttpRequest, combien: int) -> HttpResponse:
    """Say that the workbook would be too long, and show the list again: a part would pass for the whole."""
    messages.error(
        request,
        f"Un classeur tient au plus {format_number(EXPORTEES)} lignes et ce choix en compte"
        f" {format_number(combien)} : resserrez la période ou les filtres.",
    )
    reste = request.GET.copy()
    reste.pop("format")
    return redirect(f"{reverse('journal:liste')}?{reste.urlencode()}")


def record_list(request: HttpRequest, combien: int) -> None:
    """Leave one line: which filters by name, never what was typed, and how many lines."""
    filtres = {"vue": "Vue"} | {nom: str(filtre.label) for nom, filtre in JournalFilter.base_filters.items()}
    noms = [mot for nom, mot in filtres.items() if request.GET.get(nom)]
    libelle = f"{count_of(combien, 'ligne')}, filtres : {', '.join(noms) or 'aucun'}{export_words(request)}"
    record_consultation(acteur=request.user, acte="journal.liste", libelle=libelle)


@require_perm(ENTIER)
@require_safe
def ligne(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one line, the others of its request, and what changed as far as the auditor may read it."""
    lignes = LigneJournal.objects.visible_to(request.user)
    vue = get_object_or_404(lignes, pk=pk)
    soeurs = lignes.filter(requete=vue.requete).exclude(pk=pk) if vue.requete else lignes.none()
    memes = list(soeurs.order_by("pk")[:LIGNES_DE_REQUETE])
    record_consultation(acteur=request.user, acte="journal.ligne", libelle=f"Ligne {pk}")
    contexte = {
        "ligne": vue,
        "role": Role(vue.role).label if vue.role in Role.values else "",
        "nature": NatureJournal(vue.nature).label,
        "refusee": vue.nature == NatureJournal.REFUS,
        "acte": word_act(vue.acte),
        "type_objet": word_object(vue.objet_type),
        "champs": word_fields(vue),
        "soeurs": [{"ligne": autre, "acte": word_act(autre.acte)} for autre in memes],
        "etapes": history_of(vue),
    }
    return render(request, "journal/ligne.html", contexte)


def word_fields(vue: LigneJournal) -> list[str]:
    """Name the changed fields as their forms do; a field that no longer exists keeps its stored name."""
    try:
        modele = apps.get_model(vue.objet_type)
    except (LookupError, ValueError):
        return list(vue.champs)
    mots = []
    for nom in vue.champs:
        try:
            mots.append(str(getattr(modele._meta.get_field(nom), "verbose_name", nom)))
        except FieldDoesNotExist:
            mots.append(nom)
    return mots


def history_of(vue: LigneJournal) -> list[Etape]:
    """Return before and after of the line's object in the line's request, the secret fields left out."""
    try:
        modele: Any = apps.get_model(vue.objet_type)
    except (LookupError, ValueError):
        return []
    if not vue.requete or not vue.objet_cle.isdecimal() or not hasattr(modele, "histoire"):
        return []
    caches = [champ for champ, classe in class_by_field(modele).items() if classe not in LUES_EN_AUDIT]
    return read_history([Piste(modele, caches=caches)], int(vue.objet_cle), requetes=[vue.requete])
