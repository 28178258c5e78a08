"""Bringing a file in, step by step: the file, its columns, what it would change, what it changed."""

import datetime
from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation, wrote_last
from nouvea_sst.imports.actions import (
    ImportClos,
    ImportUtilise,
    RefusRestants,
    abandon_import,
    change_reglages,
    deposit_import,
    request_application,
    request_undo,
)
from nouvea_sst.imports.cibles import may_read, target, targets, targets_of
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.forms.colonnes import ColonnesForm
from nouvea_sst.imports.forms.depots import MO, DeposerForm, RaisonForm
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.traces import describe_traces, find_obstacles, read_traces
from nouvea_sst.imports.parametres import FICHIER, GARDE, TAILLE
from nouvea_sst.imports.tables.apercu import (
    VUES,
    choose_view,
    refusal_headers,
    refusal_rows,
    views_of,
)
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.listes import Liste, liste, render_list
from nouvea_sst.lib.versions import VersionPerimee, compare_texts, read_version
from nouvea_sst.lib.xlsx import TYPE_XLSX, write_xlsx
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.file import is_dead

EN_MARCHE = (EtatImport.EN_COURS, EtatImport.ANNULATION)
DROIT = "imports.import_registre"
REFUS_MONTRES = 5
PERIME = "revu les colonnes entre-temps : relisez ce qui change avant de décider."
UN_JOUR = datetime.timedelta(days=1)


def is_own(request: HttpRequest, perimee: VersionPerimee) -> bool:
    """Whether the reader himself wrote meanwhile, from another window."""
    return wrote_last(acteur=request.user, objet=perimee.objet, depuis=timezone.now() - UN_JOUR)


def who_has(request: HttpRequest, perimee: VersionPerimee) -> str:
    """Begin the sentence that says who wrote meanwhile."""
    autre_fenetre = "Vous-même, dans une autre fenêtre, avez"
    return autre_fenetre if is_own(request, perimee) else "Quelqu’un d’autre a"


@require_perm(DROIT)
@require_form
@send_once
def deposer(request: HttpRequest) -> HttpResponse:
    """Take the file, recognise it, go on to what it would change."""
    jour = timezone.localdate()
    taille = Parametre.objects.number_on(jour, TAILLE) * MO
    form = DeposerForm(request.POST or None, request.FILES or None, taille_max=taille, user=request.user)
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        try:
            depot = deposit_import(
                acteur=request.user,
                jour=jour,
                cible=form.cleaned_data["cible"],
                nom_fichier=fichier.name,
                contenu=fichier.read(),
                profil=form.cleaned_data["profil"],
                complet=form.cleaned_data["complet"],
            )
        except FichierIllisible as refus:
            form.add_error("fichier", str(refus))
        else:
            return redirect("imports:apercu", depot.pk)
    recents = Import.objects.visible_to(request.user).without_bytes().order_by("-depose_le", "-pk")[:5]
    contexte = {"form": form, "recents": recents, "cibles": targets_of(request.user).values()}
    return render(request, "imports/deposer.html", contexte)


@require_perm(DROIT)
@require_form
def colonnes(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct columns, key and date order; keep them as a profile."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    if depot.etat != EtatImport.DEPOSE:
        return redirect("imports:bilan", pk)
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte="imports.colonnes", objet=depot)
    form = ColonnesForm(request.POST or None, depot=depot, cible=target(depot.cible), user=request.user)
    conflit, soi = None, False
    if request.method == "POST" and form.is_valid():
        try:
            change_reglages(
                acteur=request.user,
                jour=timezone.localdate(),
                import_id=pk,
                reglages=form.as_reglages(),
                nom_profil=form.cleaned_data["nom_profil"],
                valeurs={} if form.other_target() else form.matched(),
                cible=form.other_target(),
                complet=form.cleaned_data.get("complet"),
                version=form.cleaned_data["version"],
            )
            return redirect("imports:colonnes" if form.is_anew() else "imports:apercu", pk)
        except FichierIllisible as refus:
            form.add_error("feuille", str(refus))
        except ImportClos:
            return redirect("imports:bilan", pk)
        except VersionPerimee as perimee:
            conflit = compare_texts(form, SimpleNamespace(**ColonnesForm.initial_of(perimee.objet)))
            form.data = form.data.copy()
            form.data["version"] = str(perimee.objet.version)
            soi = is_own(request, perimee)
    contexte = {"depot": depot, "form": form, "conflit": conflit, "soi": soi}
    return render(request, "imports/colonnes.html", contexte)


@require_perm(DROIT)
@require_safe
@liste
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the file would change, row by row; nothing is written yet."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    if depot.etat != EtatImport.DEPOSE:
        return redirect("imports:bilan", pk)
    if depot.apercu["manque"]:
        return redirect("imports:colonnes", pk)
    nombres = depot.apercu["nombres"]
    vue = choose_view(request.GET.get("vue", ""), nombres)
    record_consultation(
        acteur=request.user, acte="imports.apercu", objet=depot, libelle=f"{vue} : {nombres.get(vue, 0)}"
    )
    refuses = depot.lignes.filter(effet=EffetLigne.REFUSE).order_by("numero")
    contexte = {
        "depot": depot,
        "vue": vue,
        "vues": views_of(vue, nombres),
        "nombres": nombres,
        "changements": nombres["crees"] + nombres["modifies"],
        "refuses": [] if vue == "refuses" else refuses[:REFUS_MONTRES],
        "partants": depot.partants.filter(retenu=True).count() if depot.complet else 0,
    }
    # Elsewhere on screen it would take the room of what changes; the workbook has it everywhere.
    montre = vue == "avertis" or request.GET.get("format") == "xlsx"
    definition = Liste(
        queryset=depot.lignes.filter(**VUES[vue].filtre),
        table=VUES[vue].table,
        modele="imports/apercu.html",
        nom_fichier=f"import-{pk}-{vue}",
        contexte=contexte,
        options_table={
            "cible": targets().get(depot.cible),
            "exclude": () if montre else ("avertissement",),
        },
    )
    return render_list(request, definition)


@require_perm(DROIT)
@require_POST
def appliquer(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the worker write the accepted rows; the page follows it."""
    get_object_or_404(Import.objects.visible_to(request.user).only("pk"), pk=pk)
    try:
        travail = request_application(
            acteur=request.user,
            import_id=pk,
            version=read_version(request.POST),
            sans_refus=request.POST.get("sans_refus") == "1",
        )
    except ImportClos:
        return redirect("imports:bilan", pk)
    except VersionPerimee as perimee:
        messages.warning(request, f"{who_has(request, perimee)} {PERIME}")
        return redirect("imports:apercu", pk)
    except RefusRestants as refus:
        messages.warning(request, str(refus))
        return redirect(reverse("imports:apercu", args=[pk]) + "?vue=refuses")
    if travail.demandeur_id != request.user.pk:
        return redirect("imports:bilan", pk)
    return redirect("travaux:travail", travail.pk)


@require_perm(DROIT)
@require_form
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, saying what is erased, then give the import up."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    if depot.etat != EtatImport.DEPOSE:
        return redirect("imports:bilan", pk)
    form = RaisonForm(request.POST or None, initial={"version": depot.version})
    if request.method == "POST" and form.is_valid():
        try:
            abandon_import(acteur=request.user, import_id=pk, **form.cleaned_data)
        except ImportClos:
            return redirect("imports:bilan", pk)
        except VersionPerimee as perimee:
            messages.warning(request, f"{who_has(request, perimee)} {PERIME}")
            return redirect("imports:apercu", pk)
        return redirect("imports:historique")
    lues = depot.apercu["lignes"]
    siennes = f"ses {count_of(lues, 'ligne lue,lignes lues')}" if lues > 1 else "sa ligne lue"
    garde = ""
    if depot.vient_de_la_releve:
        jours = count_of(Parametre.objects.number_on(timezone.localdate(), GARDE), "jour")
        garde = f" Le dossier de la relève garde {jours} le fichier qu’elle a pris, puis il s’efface."
    efface = f"{'La copie lue' if garde else 'Le fichier'} et {siennes} seront effacés"
    consequences = f"{efface}, et rien n’en sera écrit. C’est sans retour.{garde}"
    contexte = {"depot": depot, "form": form, "consequences": consequences}
    return render(request, "imports/abandonner.html", contexte)


@require_perm(DROIT)
@require_form
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking the import back would undo, or what forbids it; ask why, then queue it."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    if depot.etat != EtatImport.APPLIQUE or not depot.requete:
        return redirect("imports:bilan", pk)
    form = RaisonForm(request.POST or None, initial={"version": depot.version})
    if request.method == "POST" and form.is_valid():
        try:
            travail = request_undo(acteur=request.user, import_id=pk, **form.cleaned_data)
            return redirect("travaux:travail", travail.pk)
        except ImportClos:
            return redirect("imports:bilan", pk)
        except VersionPerimee:
            messages.warning(request, "L’import a changé entre-temps : relisez avant de décider.")
            return redirect("imports:annuler", pk)
        except ImportUtilise:
            pass  # the page says below what rests on it
    traces = read_traces(depot.requete)
    obstacles = find_obstacles(traces, request.user, targets().get(depot.cible))
    record_consultation(acteur=request.user, acte="imports.annuler", objet=depot)
    contexte = {"depot": depot, "form": form, "obstacles": obstacles, "traces": describe_traces(traces)}
    return render(request, "imports/annuler.html", contexte)


@require_perm(DROIT)
@require_safe
def refus(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over the refused rows as a workbook: reason first, then the cells that were read."""
    depot = get_object_or_404(Import.objects.visible_to(request.user).defer("contenu"), pk=pk)
    lignes = list(depot.lignes.filter(effet=EffetLigne.REFUSE).order_by("numero"))
    record_consultation(
        acteur=request.user, acte="imports.refus", objet=depot, libelle=f"{len(lignes)} lignes refusées"
    )
    contenu = write_xlsx(
        titre="Lignes refusées",
        colonnes=refusal_headers(depot),
        lignes=refusal_rows(lignes),
    )
    reponse = HttpResponse(contenu, content_type=TYPE_XLSX)
    reponse["Content-Disposition"] = f'attachment; filename="refus-import-{pk}.xlsx"'
    return reponse


def kept_until(depot: Import) -> datetime.date | None:
    """Return the day on which the file of an import goes; None where it does not stand to go."""
    if depot.applique_le is None or not depot.garde:
        return None
    jours = Parametre.objects.number_on(timezone.localdate(), FICHIER)
    return timezone.localtime(depot.applique_le).date() + datetime.timedelta(days=jours)


@require_perm(DROIT)
@require_safe
def bilan(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an import did, or where it stands."""
    imports = Import.objects.visible_to(request.user).select_related(
        "depose_par", "travail__arret_par", "passage"
    )
    depot = get_object_or_404(imports.said_kept(), pk=pk)
    if depot.etat == EtatImport.DEPOSE:
        return redirect("imports:apercu", pk)
    record_consultation(acteur=request.user, acte="imports.bilan", objet=depot)
    refuses = depot.lignes.filter(effet=EffetLigne.REFUSE).order_by("numero")[:REFUS_MONTRES]
    cible = targets().get(depot.cible)
    ouverte = cible is not None and cible.accueil and may_read(request.user, cible)
    suivi = depot.travail if depot.travail and depot.travail.demandeur_id == request.user.pk else None
    contexte = {
        "depot": depot,
        "refuses": refuses,
        "suivi": suivi,
        "mort": depot.etat in EN_MARCHE and is_dead(depot.travail, timezone.now()),
        "garde_au": kept_until(depot),
        "mises": depot.bilan.get("attentes", 0),
        "attentes": depot.lignes.waiting().count(),
        "suites": depot.suites.without_bytes().order_by("pk"),
        "cible": cible,
        "accueil": reverse(cible.accueil, args=cible.rubrique) if ouverte and cible else "",
    }
    return render(request, "imports/bilan.html", contexte)
