"""The calendar of half-days; opening, filling, closing one."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nouvea_sst.comptes.acces import require_form, require_perm
from nouvea_sst.comptes.envoi_unique import send_once
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.models import JourFerie
from visites.actions import change_state, fill_half_day, hold_slot, open_half_days
from visites.demi_lettres import read_lettres
from visites.enums import EtatDemiJournee, EtatVisite
from visites.forms_planning import CreneauOccupeForm, EtatForm, OuvrirForm, PlanningForm
from visites.models import AbsenceProfessionnel, DemiJournee, Visite
from visites.parametres import read_plage
from visites.perms import can_hold, can_manage, can_manage_half_day, can_open_for
from visites.planning import DemiJourneeLue, read_alone, read_cadre, read_candidates, read_half_days
from visites.presence import count_said
from visites.rules.placement import MIDI
from visites.rules.remplissage import fill, move, refuse_candidate, tell_gesture, tell_why
from visites.views import horloge

UN, SEMAINE = datetime.timedelta(days=1), datetime.timedelta(days=7)
OUVRES = 5
MOITIES = ((datetime.time.min, MIDI), (MIDI, datetime.time.max))
ECARTES_MONTRES = 40
CHANGEE = "Quelqu’un a changé cette demi-journée entre-temps : relisez les heures, puis placez."
PLUS_LIBRE = "Cette demi-journée n’a plus aucun créneau libre : personne ne s’y place."


@require_perm("visites.view_suivi", "visites.hold_entretien")
@require_safe
def planning(request: HttpRequest) -> HttpResponse:
    """Show the half-days of a week, or of a month."""
    aujourdhui = timezone.localdate()
    jour, au_mois = PlanningForm(request.GET).chosen(aujourdhui)
    debut, fin, avant, apres = period_of(jour, au_mois)
    demi_journees = DemiJournee.objects.visible_to(request.user).between(debut, fin)
    lues = read_half_days(request.user, demi_journees)
    visites = [lue for lue in lues if not lue.demi_journee.entretiens]
    seules = read_alone(request.user, debut, fin)
    feries = dict(JourFerie.objects.kept().filter(date__range=(debut, fin)).values_list("date", "libelle"))
    absences = list(AbsenceProfessionnel.objects.visible_to(request.user).between(debut, fin))
    libelle = f"du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} · {count_of(len(lues), 'demi-journée')}"
    record_consultation(acteur=request.user, acte="visites.planning", libelle=libelle)
    contexte = {
        "au_mois": au_mois,
        "jour": jour,
        "debut": debut,
        "fin": fin,
        "vendredi": debut + (OUVRES - 1) * UN,
        "avant": avant,
        "apres": apres,
        "aujourdhui": aujourdhui,
        "semaines": split_weeks(lues, seules, feries, absences, debut, fin),
        "creneaux": sum(len(lue.creneaux) for lue in visites),
        "prises": sum(lue.prises for lue in visites),
        "libres": sum(len(lue.libres) for lue in visites),
        "a_reporter": sum(len(lue.a_reporter) for lue in lues),
        "peut_ouvrir": can_open_for(request.user, request.user),
    }
    return render(request, "visites/planning.html", contexte)


def period_of(jour: datetime.date, au_mois: bool) -> tuple[datetime.date, ...]:
    """Return the first and last day shown, then a day of the period before and of the one after."""
    if au_mois:
        premier = jour.replace(day=1)
        debut = premier - UN * premier.weekday()
        dernier = add_months(premier, 1) - UN
        return debut, dernier + UN * (6 - dernier.weekday()), premier - UN, dernier + UN
    lundi = jour - UN * jour.weekday()
    return lundi, lundi + 6 * UN, lundi - SEMAINE, lundi + SEMAINE


def split_weeks(
    lues: list[DemiJourneeLue],
    seules: list[Visite],
    feries: dict[datetime.date, str],
    absences: list[AbsenceProfessionnel],
    debut: datetime.date,
    fin: datetime.date,
) -> list[list[dict[str, Any]]]:
    """Return the weeks, each with its working days: morning and afternoon, or the day off."""
    semaines, lundi = [], debut
    while lundi <= fin:
        jours = []
        for jour in (lundi + UN * rang for rang in range(OUVRES)):
            siennes = [lue for lue in lues if lue.demi_journee.date == jour]
            a_part = [visite for visite in seules if visite.date == jour]
            moities = [
                {
                    "lues": [lue for lue in siennes if de <= lue.demi_journee.debut < jusqu_a],
                    "seules": [v for v in a_part if v.heure is not None and de <= v.heure < jusqu_a],
                    "absents": [a for a in absences if a.lue.meets(jour, de, jusqu_a)],
                }
                for de, jusqu_a in MOITIES
            ]
            ferie = feries.get(jour, "")
            gardees = bool(siennes or a_part)
            jours.append({"jour": jour, "ferie": ferie, "gardees": gardees, "moities": moities})
        semaines.append(jours)
        lundi += SEMAINE
    return semaines


@require_perm("visites.plan_visite", "visites.hold_entretien")
@require_form
@send_once
def ouvrir(request: HttpRequest) -> HttpResponse:
    """Open a half-day, or a series."""
    jour = timezone.localdate()
    initial = {"date": PlanningForm(request.GET).chosen(jour)[0] if "jour" in request.GET else None}
    form = OuvrirForm(request.POST or None, user=request.user, plage=read_plage(jour), initial=initial)
    if request.method == "POST":
        resultat = form.apply(open_half_days, acteur=request.user, jour=jour)
        if resultat is not None:
            ouvertes, serie = resultat
            mots = "Demi-journée ouverte" if len(ouvertes) == 1 else f"{len(ouvertes)} demi-journées ouvertes"
            passes = ", ".join(f"{format_date(passe)} ({nom})" for passe, nom in serie.passes)
            messages.success(request, f"{mots}.{f' Jours sautés : {passes}.' if passes else ''}")
            return redirect("visites:demi_journee", ouvertes[0].pk)
    return render(request, "visites/ouvrir_demi_journee.html", {"form": form})


def find_half_day(request: HttpRequest, pk: int, *, gere: bool = False) -> DemiJournee:
    """Return a half-day that this account sees; 404 otherwise, 403 for one that it may not manage."""
    vues = DemiJournee.objects.visible_to(request.user).select_related("professionnel", "lieu")
    demi = get_object_or_404(vues, pk=pk)
    if gere and not can_manage_half_day(request.user, demi):
        raise PermissionDenied
    return demi


def read_one(request: HttpRequest, demi: DemiJournee) -> DemiJourneeLue:
    """Return one half-day with its slots."""
    seule = DemiJournee.objects.visible_to(request.user).filter(pk=demi.pk)
    return read_half_days(request.user, seule.select_related("professionnel", "lieu"))[0]


@require_perm("visites.view_suivi", "visites.hold_entretien")
@require_safe
def demi_journee(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the slots of a half-day, who stands in them, and its acts."""
    demi = find_half_day(request, pk)
    lue = read_one(request, demi)
    record_consultation(acteur=request.user, acte="visites.demi_journee", objet=demi)
    return render(request, "visites/demi_journee.html", half_day_context(request, lue))


def half_day_context(request: HttpRequest, lue: DemiJourneeLue) -> dict[str, Any]:
    """Return what the page of a half-day needs."""
    demi, jour = lue.demi_journee, timezone.localdate()
    lignes = [
        {
            "creneau": creneau,
            "peut_gerer": demi.etat == EtatDemiJournee.OUVERTE
            and creneau.visite is not None
            and creneau.visite.etat == EtatVisite.PLACEE
            and can_manage(request.user, creneau.visite),
        }
        for creneau in lue.creneaux
    ]
    ecrit, lit = (request.user.has_perm(f"documents.{droit}_lettre") for droit in ("issue", "view"))
    visites = [creneau.visite for creneau in lue.creneaux if creneau.visite is not None]
    return {
        "form": None,
        "peut_ecrire": ecrit,
        "lettres": read_lettres(request.user, demi, visites, jour) if lit else None,
        "demi": demi,
        "lue": lue,
        "lignes": lignes,
        "venue": demi.date <= jour,
        "a_reporter": {visite.pk for visite in lue.a_reporter},
        "peut_gerer": can_manage_half_day(request.user, demi),
        "peut_tenir": demi.etat == EtatDemiJournee.OUVERTE and can_hold(request.user, demi),
        "dites": count_said(visites, venue=demi.date <= jour),
    }


FAITS = {
    EtatDemiJournee.CLOSE: "Demi-journée close.",
    EtatDemiJournee.OUVERTE: "Demi-journée rouverte.",
    EtatDemiJournee.ANNULEE: "Demi-journée annulée.",
}


@require_perm("visites.plan_visite", "visites.hold_entretien")
@require_POST
def demi_journee_etat(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a half-day, open it again or cancel it; a refusal comes back with its sentence."""
    demi = find_half_day(request, pk, gere=True)
    form = EtatForm(request.POST)
    changee = form.apply(change_state, acteur=request.user, demi_journee=demi)
    if changee is not None:
        messages.success(request, FAITS[EtatDemiJournee(changee.etat)])
        return redirect("visites:demi_journee", demi.pk)
    if form.conflit is not None:
        form.add_error(None, "Quelqu’un a changé cette demi-journée entre-temps : relisez-la.")
    if request.POST.get("depuis") == "presence":
        for phrase in form.non_field_errors():
            messages.error(request, str(phrase))
        return redirect("visites:presence", demi.pk)
    contexte = half_day_context(request, read_one(request, demi)) | {"form": form}
    return render(request, "visites/demi_journee.html", contexte)


@require_perm("visites.hold_entretien")
@require_POST
def creneau_occupe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a slot is taken, or free again."""
    demi = find_half_day(request, pk)
    form = CreneauOccupeForm(request.POST)
    if form.apply(hold_slot, acteur=request.user, demi_journee=demi) is None:
        contexte = half_day_context(request, read_one(request, demi)) | {"form": form}
        return render(request, "visites/demi_journee.html", contexte)
    return redirect("visites:demi_journee", demi.pk)


@require_perm("visites.plan_visite")
@require_form
def remplir(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose who fills a half-day; gestures change the list, « confirmer » places the visits."""
    demi = find_half_day(request, pk, gere=True)
    if demi.entretiens:
        raise Http404
    jour = timezone.localdate()
    lue = read_one(request, demi)
    cadre, candidats = (
        read_cadre(lue, jour, horloge.clock()),
        read_candidates(request.user, demi, jour),
    )
    propose = fill(cadre, candidats)
    par_due = {c.due: c for c in candidats}
    ordre = [c.due for c in propose.proposes]
    erreurs: dict[str, list[str]] = {}
    dit = ""
    if request.method == "POST":
        ordre = read_order(request)
        if "confirmer" in request.POST:
            erreurs = place_all(request, demi, jour, ordre, cadre.heures)
            if not erreurs:
                return redirect("visites:demi_journee", demi.pk)
        else:
            avant, (geste, cle, cible) = ordre, read_gesture(request)
            ordre = move(ordre, geste, cle, cible)
            dit = tell_gesture(avant, ordre, cle, {c.due: c.nom for c in candidats})
    else:
        record_consultation(acteur=request.user, acte="visites.remplir", objet=demi)
    retenus = [par_due[cle] for cle in ordre if cle in par_due][: len(cadre.heures)]
    pris = {c.agent for c in retenus}
    reserve = [c for c in propose.proposes + propose.reserve if c.agent not in pris]
    contexte = {
        "demi": demi,
        "lue": lue,
        "erreurs": erreurs.get("", []) or ([] if cadre.heures else [PLUS_LIBRE]),
        "dit": dit,
        "lignes": [
            {"candidat": c, "heure": heure, "pourquoi": tell_why(cadre, c), "refus": erreurs.get(str(c.due))}
            for c, heure in zip(retenus, cadre.heures, strict=False)
        ],
        "reserve": [
            (c, tell_why(cadre, c)) for c in reserve if cadre.heures and not refuse_candidate(cadre, c)
        ],
        "plein": len(retenus) >= len(cadre.heures),
        "heures": cadre.heures,
        "ecartes": propose.ecartes[:ECARTES_MONTRES],
        "version": demi.version,
    }
    return render(request, "visites/remplir.html", contexte)


def read_gesture(request: HttpRequest) -> tuple[str, int, int]:
    """Return the gesture asked for, on which key, and towards which other one; 0 for what is no key."""
    geste, *cles = request.POST.get("geste", "").split(":")[:3]
    lues = [int(cle) if cle.isdecimal() and len(cle) < 19 else 0 for cle in cles] + [0, 0]
    return geste, lues[0], lues[1]


def read_order(request: HttpRequest) -> list[int]:
    """Return the visits due that the page holds, in their order; what is no key is left out."""
    cles = [int(cle) for cle in request.POST.getlist("due") if cle.isdecimal() and len(cle) < 19]
    return list(dict.fromkeys(cles))


def place_all(
    request: HttpRequest,
    demi: DemiJournee,
    jour: datetime.date,
    ordre: list[int],
    heures: Sequence[datetime.time],
) -> dict[str, list[str]]:
    """Place them all at the hours that the page showed; return what refuses, by visit due, « » for the whole.

    A page whose hours are no longer those that are free places nobody: each would get another hour.
    """
    version = request.POST.get("version", "")
    if request.POST.getlist("heure") != [f"{heure:%H:%M}" for heure in heures]:
        return {"": [CHANGEE if heures else PLUS_LIBRE]}
    choix = list(zip(ordre, heures, strict=False))
    if not choix:
        return {"": ["Personne n’est choisi : prenez quelqu’un dans la réserve."]}
    try:
        nombre = fill_half_day(
            acteur=request.user,
            jour=jour,
            demi_journee=demi,
            version=int(version) if version.isdecimal() else 0,
            choix=choix,
        )
    except VersionPerimee:
        return {"": [CHANGEE]}
    except ValidationError as refus:
        return refus.message_dict if hasattr(refus, "error_dict") else {"": refus.messages}
    messages.success(request, f"{count_of(nombre, 'visite')} : rendez-vous placés.")
    return {}
