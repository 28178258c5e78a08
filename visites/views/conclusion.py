"""The doctor's form, and what each reader will receive of it."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.rules.saisies import kept_fields
from nouvea_sst.comptes.saisies import describe_saisie
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.dates import add_months, years_between
from nouvea_sst.lib.scelles import ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante
from nouvea_sst.lib.versions import read_version
from visites.actions import record_avis
from visites.enums import EtatVisite
from visites.faits import propose_next
from visites.forms import BaseMesureFormSet, ConclureForm, make_measures
from visites.lecture import preview
from visites.models import BrouillonConclusion, Restriction, Visite
from visites.parametres import read_validites
from visites.perms import can_manage, can_sign
from visites.rules.avis import AVEC_DATE_DE_REVUE, describe_choice, is_come, settle
from visites.rules.brouillons import word_moment
from visites.rules.lecteurs import Lecteur
from visites.views.agent import find_visite

CONFLIT = 409
DROITS = ("visites.record_avis", "visites.record_attestation")
PASSEES = 3


def find_signable(request: HttpRequest, pk: int) -> Visite:
    """Return a visit that this account may sign; 404 out of scope, 403 when it is not his to sign."""
    return check_signable(request.user, find_visite(request, pk))


def check_signable(user: Any, visite: Visite) -> Visite:
    """Return the visit, when this account may sign it; 403 otherwise."""
    if not can_sign(user, visite) or visite.date is None:
        raise PermissionDenied
    return visite


@require_perm(*DROITS)
@sans_garde
@require_form
def conclure(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter and sign the conclusion of a visit."""
    siens = BrouillonConclusion.objects.visible_to(request.user)
    vues = Visite.objects.visible_to(request.user).with_names()
    visite = get_object_or_404(siens.mark(vues), pk=pk)
    if request.method == "POST" and is_overtaken(request.user, visite):
        return show_overtaken(request, visite)
    check_signable(request.user, visite)
    if visite.etat != EtatVisite.PLACEE and request.method != "POST":
        return redirect("visites:visite", visite.pk)
    if not is_come(visite.date, timezone.localdate()):
        return render(request, "visites/trop_tot.html", {"visite": visite, "agent": visite.agent})
    saisie = Saisie(request, visite)
    if request.method == "POST":
        signee = saisie.sign()
        if signee is not None:
            messages.success(request, announce(signee))
            return redirect(after(request.user, signee))
    else:
        record_consultation(acteur=request.user, acte="visites.conclure", objet=visite, agent=visite.agent)
    return render(request, "visites/conclure.html", saisie.context())


def is_overtaken(user: Any, visite: Visite) -> bool:
    """Whether somebody else signed the visit while this account was typing its conclusion."""
    typed = BrouillonConclusion.objects.visible_to(user).filter(visite=visite)
    return visite.etat == EtatVisite.REALISEE and not can_sign(user, visite) and typed.exists()


def show_overtaken(request: HttpRequest, visite: Visite) -> HttpResponse:
    """Say who signed, with what was typed here: it stays on this page and nowhere else."""
    ligne = describe_saisie(request.path, kept_fields(request.POST.lists()), [])
    contexte = {"visite": visite, "agent": visite.agent, "ligne": ligne}
    reponse = render(request, "visites/deja_conclue.html", contexte, status=CONFLIT)
    reponse["Cache-Control"] = "no-store, private"
    return reponse


def after(user: Any, signee: Visite) -> str:
    """Return where one goes on: the next visit of the day that this account may conclude, else the day."""
    jour = signee.date or timezone.localdate()
    restent = Visite.objects.visible_to(user).of_day(jour, user).filter(etat=EtatVisite.PLACEE)
    suivantes = [v for v in restent.select_related("agent") if can_sign(user, v)]
    heure = signee.heure or datetime.time.min
    plus_tard = [v for v in suivantes if v.heure is not None and v.heure >= heure]
    if suivantes:
        return reverse("visites:conclure", args=[(plus_tard or suivantes)[0].pk])
    return f"{reverse('visites:journee')}?jour={jour}"


def announce(visite: Visite) -> str:
    """Say that the conclusion is signed, with the way to its document."""
    adresse = reverse("visites:visite", args=[visite.pk])
    return format_html(
        'Conclusion signée pour {}. <a href="{}">Voir la visite et son document</a>', visite.agent, adresse
    )


@require_perm(*DROITS)
@sans_garde
@require_POST
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a reader will receive of what is typed so far. Writes nothing."""
    saisie = Saisie(request, find_signable(request, pk))
    return render(request, "visites/_apercu.html", saisie.preview_context())


@dataclass(frozen=True)
class Repris:
    """A draft taken up again: version, moment in words, fields, None when it does not open."""

    version: int
    moment: str
    champs: QueryDict | None


def find_brouillon(user: Any, visite: Any) -> Repris | None:
    """Return what this account left of the conclusion of this visit, for its form as it stands now."""
    siens = BrouillonConclusion.objects.visible_to(user).filter(visite=visite)
    brouillon = siens.first() if visite.a_brouillon else None
    if brouillon is None:
        return None
    moment = word_moment(timezone.localtime(brouillon.garde_le), timezone.localdate())
    try:
        gardes = json.loads(unseal(brouillon, "contenu"))
    except (CleManquante, ScelleRompu):
        return Repris(brouillon.version, moment, None)
    champs = QueryDict(mutable=True)
    for nom, valeurs in gardes.items():
        champs.setlist(nom, valeurs)
    champs["version"] = str(visite.version)
    return Repris(brouillon.version, moment, champs)


class Saisie:
    """A conclusion being typed: its form, its rows of measures, what the rule proposes."""

    def __init__(self, request: HttpRequest, visite: Visite) -> None:
        self.request, self.visite = request, visite
        self.jour = timezone.localdate()
        self.date = visite.date or self.jour
        self.regle = propose_next(visite.agent, self.date, self.jour)
        donnees: Any = request.POST if request.method == "POST" else None
        self.ajoute = donnees is not None and "ajouter" in donnees
        if donnees is not None and self.ajoute:  # the button of those without script
            donnees = donnees.copy()
            rangs = donnees.get("mesures-TOTAL_FORMS", "")
            donnees["mesures-TOTAL_FORMS"] = str(int(rangs) + 1) if rangs.isdecimal() else "1"
        self.brouillon = None if donnees is not None else find_brouillon(request.user, visite)
        if self.brouillon is not None and self.brouillon.champs is not None:
            donnees = self.brouillon.champs
        self.form = ConclureForm(
            donnees,
            visite=visite,
            regle_mois=self.regle.mois,
            validites=read_validites(self.jour),
            initial={
                "version": visite.version,
                "validite_mois": self.regle.mois,
                "prochaine_visite": self.regle.jour,
            },
        )
        self.mesures: BaseMesureFormSet = make_measures(donnees, jour=self.date)
        if self.brouillon is not None and self.brouillon.champs is not None:
            self._silence()

    def _silence(self) -> None:
        """Show a draft as it was left: nobody sent it, nothing in it is a fault yet."""
        self.form.is_valid(), self.mesures.is_valid()
        self.form.errors.clear()
        self.mesures.non_form_errors().clear()
        for ligne in self.mesures.forms:
            ligne.errors.clear()
            ligne.unmark()

    def sign(self) -> Visite | None:
        """Sign when form and rows are right; otherwise leave the errors where they belong."""
        if self.ajoute or not (self.form.is_valid() & self.mesures.is_valid()):
            return None
        avis = self.form.read(self.mesures)
        version = self.form.cleaned_data["version"]
        return self.form.guard(
            record_avis,
            acteur=self.request.user,
            jour=self.jour,
            visite=self.visite,
            version=version,
            avis=avis,
        )

    def preview_context(self) -> dict[str, Any]:
        """Return what the chosen reader will receive, and how the day chosen stands to the rule's."""
        lecteur = Lecteur.of(self.request.POST.get("lecteur", ""))
        avis, lues = self._typed()
        settled = settle(avis, self.date, self.regle.jour)
        return {
            "visite": self.visite,
            "form": self.form,
            "mesures": self.mesures,
            "lecteur": lecteur,
            "lecteurs": list(Lecteur),
            "en_direct": bool(self.request.htmx),  # type: ignore[attr-defined]
            "lecture": preview(lecteur, self.visite, settled, lues, str(self.request.user)),
            "choix": self._word_choice(avis),
        }

    def _word_choice(self, avis: Any) -> str:
        """Say how the day chosen stands to the rule's, or that the rule proposes nothing."""
        regle = self.regle
        if regle.manque:
            return f"{regle.manque} La règle ne propose rien\u202f: tapez la date de la prochaine visite."
        return describe_choice(avis, date_visite=self.date, regle_jour=regle.jour, regle_mois=regle.mois)

    def _typed(self) -> tuple[Any, list[Any]]:
        if self.form.is_bound:
            self.form.is_valid(), self.mesures.is_valid()
        else:
            self.form.cleaned_data = dict(self.form.initial)
        return self.form.read(self.mesures), [ligne.lue for ligne in self.mesures.filled()]

    def context(self) -> dict[str, Any]:
        """Return what the page needs."""
        visite, agent = self.visite, self.visite.agent
        journee = list(Visite.objects.of_day(self.date, visite.professionnel).values_list("pk", flat=True))
        passees = Visite.objects.visible_to(self.request.user).held().filter(agent=agent)
        recentes = list(passees.select_related("motif")[:PASSEES])
        mesures = list(Restriction.objects.filter(agent=agent).select_related("type"))
        naissance = agent.date_naissance
        return self.preview_context() | {
            "agent": agent,
            "brouillon": self.brouillon,
            "brouillon_version": self._draft_version(),
            "validites": self._validities(),
            "regle_jour": self.regle.jour,
            "avec_revue": " ".join(sorted(AVEC_DATE_DE_REVUE)),
            "age": None if naissance is None else years_between(naissance, self.jour),
            "rang": journee.index(visite.pk) + 1 if visite.pk in journee else 0,
            "total": len(journee),
            "passees": [(p, [m for m in mesures if m.visite_id == p.pk]) for p in recentes],
            "derniere": recentes[0] if recentes else None,
            "en_cours": [m for m in mesures if m.is_open_on(self.jour)],
            "peut_gerer": visite.etat == EtatVisite.PLACEE and can_manage(self.request.user, visite),
        }

    def _draft_version(self) -> int:
        """Version of the draft that this page continues; 0 for none, and for one that does not open."""
        if self.request.method == "POST":
            return read_version(self.request.POST, "brouillon")
        return self.brouillon.version if self.brouillon is not None and self.brouillon.champs else 0

    def _validities(self) -> list[dict[str, Any]]:
        """Return the choices of months, each with the day it gives."""
        choisie = str(self.form["validite_mois"].value() or "")
        return [
            {"mois": mois, "jour": add_months(self.date, mois), "choisi": str(mois) == choisie}
            for mois, _ in self.form.fields["validite_mois"].choices  # type: ignore[attr-defined]
        ]
