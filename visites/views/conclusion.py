"""The doctor's form, and what each reader will receive of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from nouvea_sst.comptes.acces import require_form, require_perm, sans_garde
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.dates import add_months, years_between
from visites.actions import record_avis
from visites.enums import EtatVisite
from visites.faits import propose_next
from visites.forms import BaseMesureFormSet, ConclureForm, make_measures
from visites.lecture import preview
from visites.models import Restriction, Visite
from visites.parametres import read_validites
from visites.perms import can_manage, can_sign
from visites.rules.avis import AVEC_DATE_DE_REVUE, describe_choice, is_come
from visites.rules.lecteurs import Lecteur
from visites.views.agent import find_visite

DROITS = ("visites.record_avis", "visites.record_attestation")
PASSEES = 5


def find_signable(request: HttpRequest, pk: int) -> Visite:
    """Return a visit that this account may sign; 404 out of scope, 403 when it is not his to sign."""
    visite = find_visite(request, pk)
    if not can_sign(request.user, visite) or visite.date is None:
        raise PermissionDenied
    return visite


@require_perm(*DROITS)
@sans_garde
@require_form
def conclure(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter and sign the conclusion of a visit."""
    visite = find_signable(request, pk)
    if visite.etat != EtatVisite.PLACEE and request.method != "POST":
        return redirect("visites:visite", visite.pk)
    if not is_come(visite.date, timezone.localdate()):
        return render(request, "visites/trop_tot.html", {"visite": visite, "agent": visite.agent})
    saisie = Saisie(request, visite)
    if request.method == "POST":
        signee = saisie.sign()
        if signee is not None:
            messages.success(request, announce(signee))
            return redirect(f"{reverse('visites:journee')}?jour={visite.date}")
    else:
        record_consultation(acteur=request.user, acte="visites.conclure", objet=visite, agent=visite.agent)
    return render(request, "visites/conclure.html", saisie.context())


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
        return {
            "visite": self.visite,
            "lecteur": lecteur,
            "lecteurs": list(Lecteur),
            "en_direct": bool(self.request.htmx),  # type: ignore[attr-defined]
            "lecture": preview(lecteur, self.visite, avis, lues, str(self.request.user)),
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
        naissance = agent.date_naissance
        return self.preview_context() | {
            "agent": agent,
            "form": self.form,
            "mesures": self.mesures,
            "validites": self._validities(),
            "regle_jour": self.regle.jour,
            "avec_revue": " ".join(sorted(AVEC_DATE_DE_REVUE)),
            "age": None if naissance is None else years_between(naissance, self.jour),
            "rang": journee.index(visite.pk) + 1 if visite.pk in journee else 0,
            "total": len(journee),
            "passees": passees.select_related("motif")[:PASSEES],
            "en_cours": Restriction.objects.filter(agent=agent).open_on(self.jour).select_related("type"),
            "peut_gerer": visite.etat == EtatVisite.PLACEE and can_manage(self.request.user, visite),
        }

    def _validities(self) -> list[dict[str, Any]]:
        """Return the choices of months, each with the day it gives."""
        choisie = str(self.form["validite_mois"].value() or "")
        return [
            {"mois": mois, "jour": add_months(self.date, mois), "choisi": str(mois) == choisie}
            for mois, _ in self.form.fields["validite_mois"].choices  # type: ignore[attr-defined]
        ]
