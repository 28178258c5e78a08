"""A conclusion being typed, or corrected: its form, its rows of measures, what each reader will receive."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.dates import add_months, years_between
from nouvea_sst.lib.scelles import ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante
from nouvea_sst.lib.versions import read_version
from visites.actions import correct_avis, record_avis
from visites.enums import EtatVisite, EtendueMesure
from visites.faits import propose_next, read_valeurs
from visites.forms_conclusion import BaseMesureFormSet, ConclureForm, CorrigerForm, make_measures
from visites.lecture import preview
from visites.models import BrouillonConclusion, Restriction, Visite
from visites.parametres import VALIDITES, read_validites
from visites.perms import can_manage
from visites.relecture import LexiqueLu
from visites.rules.avis import AVEC_DATE_DE_REVUE, Avis, describe_choice, settle
from visites.rules.brouillons import word_moment
from visites.rules.corrections import changes_shared, share_measures
from visites.rules.lecteurs import Lecteur, readers_of
from visites.rules.lexique import distinct, find_marks
from visites.signees import as_measures, read_signed, running, word_running

PASSEES = 3


@dataclass(frozen=True)
class Repris:
    """A draft taken up again: version, moment in words, fields, None when it does not open."""

    version: int
    moment: str
    champs: QueryDict | None


def find_brouillon(user: Any, visite: Any) -> Repris | None:
    """Return what this account left of the conclusion of this visit, for its form as it stands now.

    What was typed before the version that stands was signed is no draft of its correction.
    """
    siens = BrouillonConclusion.objects.visible_to(user).filter(visite=visite)
    signee = visite.corrigee_le or visite.signee_le
    siens = siens.filter(garde_le__gt=signee) if signee is not None else siens
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

    formulaire: type[ConclureForm] = ConclureForm

    def __init__(self, request: HttpRequest, visite: Visite) -> None:
        self.request, self.visite, self.lu = request, visite, LexiqueLu()
        self.jour = timezone.localdate()
        self.date = visite.date or self.jour
        self.courantes = list(running(visite))
        valeurs = read_valeurs(self.jour, *VALIDITES)
        self.regle = propose_next(visite.agent, self.date, self.jour, valeurs)
        donnees: Any = request.POST if request.method == "POST" else None
        self.ajoute = donnees is not None and "ajouter" in donnees
        if donnees is not None and self.ajoute:  # the button of those without script
            donnees = donnees.copy()
            rangs = donnees.get("mesures-TOTAL_FORMS", "")
            donnees["mesures-TOTAL_FORMS"] = str(int(rangs) + 1) if rangs.isdecimal() else "1"
        self.brouillon = None if donnees is not None else self.find_start()
        if self.brouillon is not None and self.brouillon.champs is not None:
            donnees = self.brouillon.champs
        self.form = self.formulaire(
            donnees,
            lu=self.lu,
            visite=visite,
            regle_mois=self.regle.mois,
            validites=read_validites(self.jour, valeurs),
            courantes=[(r.pk, word_running(visite, r)) for r in self.courantes],
            initial={
                "version": visite.version,
                "validite_mois": self.regle.mois,
                "prochaine_visite": self.regle.jour,
            },
        )
        self.mesures: BaseMesureFormSet = self.make_rows(donnees)
        if self.brouillon is not None and self.brouillon.champs is not None:
            self._silence()

    def find_start(self) -> Repris | None:
        """Return what the page opens with: the draft that was left, or None."""
        return find_brouillon(self.request.user, self.visite)

    def make_rows(self, donnees: Any) -> BaseMesureFormSet:
        """Return the rows of measures."""
        rangees: BaseMesureFormSet = make_measures(donnees, jour=self.date, lu=self.lu)
        return rangees

    def date_correction(self, avis: Avis) -> datetime.date | None:
        """Day that the preview says it was corrected on; None for a first version."""
        return None

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
            self.acte,
            acteur=self.request.user,
            jour=self.jour,
            visite=self.visite,
            version=version,
            avis=avis,
            **self.more(),
        )

    @property
    def acte(self) -> Callable[..., Visite]:
        """The action that signs."""
        return record_avis

    def more(self) -> dict[str, Any]:
        """What else the action takes of the form."""
        return {}

    def preview_context(self) -> dict[str, Any]:
        """Return what the chosen reader will receive, and how the day chosen stands to the rule's."""
        lecteur = Lecteur.of(self.request.POST.get("lecteur", ""))
        avis, lues = self._typed()
        settled = settle(avis, self.date, self.regle.jour)
        orientation = str(self.form.cleaned_data.get("orientation") or "")
        return {
            "visite": self.visite,
            "form": self.form,
            "mesures": self.mesures,
            "lecteur": lecteur,
            "lecteurs": readers_of(self.visite.motif.libelle, self.visite.motif.libelle_public),
            "en_direct": bool(self.request.htmx),  # type: ignore[attr-defined]
            "lecture": preview(
                lecteur,
                self.visite,
                settled,
                lues,
                str(self.request.user),
                self.date_correction(settled),
                orientation,
                self.courantes,
            ),
            "choix": self._word_choice(avis),
            "a_corriger": self.mesures.hidden_rows(),
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
        return self.form.read(self.mesures), [ligne.lue for ligne in self.mesures.filled() if ligne.se_lit]

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
            "peut_finir": self.request.user.has_perm("visites.record_avis"),
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


class Correction(Saisie):
    """A signed conclusion being corrected: the page opens with what was signed."""

    formulaire = CorrigerForm

    def find_start(self) -> Repris:
        """Return the draft that was left, else what was signed, as the form would have sent it.

        The clinical words of what was signed were confirmed then.
        """
        garde = super().find_start()
        return garde if garde is not None and garde.champs is not None else self._read_signed()

    def _read_signed(self) -> Repris:
        visite, lexique = self.visite, self.lu.lexique
        lignes = list(visite.restrictions.order_by("date_debut", "pk"))
        champs = QueryDict(mutable=True)
        champs["version"], champs["conclusion"] = str(visite.version), visite.conclusion
        champs["validite_mois"] = str(visite.validite_mois or "")
        champs["prochaine_visite"] = _typed_day(visite.prochaine_visite)
        champs["orientation"] = str(visite.orientation_id or "")
        champs["message_employeur"] = visite.message_employeur
        champs.setlist("confirmes", _keys(visite.message_employeur, lexique))
        champs.setlist("finies", [str(r.pk) for r in self.courantes if r.finie_par_id == visite.pk])
        champs["mesures-TOTAL_FORMS"], champs["mesures-INITIAL_FORMS"] = str(len(lignes)), "0"
        for rang, ligne in enumerate(lignes):
            debut = f"mesures-{rang}-"
            champs[f"{debut}type"], champs[f"{debut}precision"] = str(ligne.type_id), ligne.precision
            champs[f"{debut}date_debut"] = _typed_day(ligne.date_debut)
            champs[f"{debut}date_fin"] = _typed_day(ligne.date_fin)
            if ligne.etendue == EtendueMesure.POSTE:
                champs[f"{debut}au_poste"] = "on"
            champs.setlist(f"{debut}confirmes", _keys(ligne.precision, lexique))
        return Repris(0, "", champs)

    def make_rows(self, donnees: Any) -> BaseMesureFormSet:
        """Return the rows of measures; a kind put aside since may stay."""
        rangees: BaseMesureFormSet = make_measures(donnees, jour=self.date, visite=self.visite, lu=self.lu)
        return rangees

    def date_correction(self, avis: Avis) -> datetime.date | None:
        """Every reader will read the day of the correction, unless it changes the orientation alone."""
        ancien, posees = read_signed(self.visite)
        partage = share_measures(as_measures(posees), avis.mesures)
        if ancien.orientation_id != avis.orientation_id and not changes_shared(ancien, avis, partage):
            corrigee = self.visite.corrigee_le
            return None if corrigee is None else timezone.localtime(corrigee).date()
        return self.jour

    @property
    def acte(self) -> Callable[..., Visite]:
        """The action that signs the new version."""
        return correct_avis

    def more(self) -> dict[str, Any]:
        """Why it is corrected."""
        return {"raison": self.form.cleaned_data["raison"]}


def _typed_day(jour: datetime.date | None) -> str:
    return "" if jour is None else f"{jour:%d/%m/%Y}"


def _keys(texte: str, lexique: Any) -> list[str]:
    return [marque.cle for marque in distinct(find_marks(texte, lexique))] if texte else []
