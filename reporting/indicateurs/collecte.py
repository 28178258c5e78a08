"""Gathers the facts in a fixed number of SQL statements, however many agents there are."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest, Least

from agents.backends import is_held_to_collectivites
from agents.enums import FamilleAbsence
from agents.models import Absence, Agent, HeuresTravaillees
from agents.querysets import held_collectivites, of_held_collectivites
from nouvea_sst.lib.dates import Periode
from nouvea_sst.referentiel.models import Parametre
from reporting.indicateurs.faits import (
    AccidentsDuJour,
    Collecte,
    Faits,
    Situation,
    VisitesDuJour,
    count_accidents,
    count_visites,
)
from reporting.parametres import OBJECTIF_A_JOUR, OBJECTIF_TF1
from reporting.rules.periodes import Mois, hours_in, rolling_years
from signalements.enums import EtatAction, NatureAccident
from signalements.models import Accident, Action, Signalement
from signalements.rules.jours import days_lost
from visites.enums import EtatVisite
from visites.models import Suivi, Visite

ANNEES_COURBE = 6
OBJECTIFS = (OBJECTIF_TF1, OBJECTIF_A_JOUR)
DEMI = Decimal("0.5")


@dataclass(frozen=True)
class _Base:
    """Rows read once for both periods."""

    effectifs: Mapping[str, int]
    heures: Mapping[Mois, Decimal]
    accidents: Sequence[AccidentsDuJour]
    visites: Sequence[VisitesDuJour]
    jours_perdus: Mapping[str, int]
    absences: Mapping[str, Mapping[FamilleAbsence, Decimal]]
    signalements: Mapping[str, int]
    actions: Mapping[str, int]


@dataclass(frozen=True)
class Perimetre:
    """The agents that the facts are about: the whole city, or those of some collectivités."""

    agents: QuerySet[Agent] | None = None
    mots: str = ""

    def rows(self, lignes: Any, champ: str = "agent") -> Any:
        """Keep the rows of these agents."""
        return lignes if self.agents is None else lignes.filter(**{f"{champ}__in": self.agents})


def perimeter_of(user: Any) -> Perimetre:
    """Return the whole city, or the collectivités that this account is held to."""
    if not is_held_to_collectivites(user):
        return Perimetre()
    noms = held_collectivites(user).values_list("collectivite__libelle", flat=True).distinct()
    mots = ", ".join(sorted(noms))
    return Perimetre(Agent.objects.filter(of_held_collectivites(user)), mots)


def collect(periode: Periode, jour: datetime.date, perimetre: Perimetre | None = None) -> Collecte:
    """Return the facts of the period, of the same one a year before, and of this day.

    They are those of the whole city, unless a perimeter is given; hours are known for the city only.
    """
    perimetre = perimetre or Perimetre()
    deux = {"actuel": periode, "avant": periode.year_before()}
    glissants = rolling_years(periode.fin, ANNEES_COURBE)
    large = Periode(min(glissants[0].debut, deux["avant"].debut), periode.fin)
    base = _Base(
        effectifs=_effectifs(deux, perimetre),
        heures=_heures(large) if perimetre.agents is None else {},
        accidents=_accidents(large, perimetre),
        visites=_visites(Periode(deux["avant"].debut, periode.fin), perimetre),
        jours_perdus=_jours_perdus(deux, perimetre),
        absences=_absences(deux, perimetre),
        signalements=_signalements(deux, jour, perimetre),
        actions=_actions(deux, jour, perimetre),
    )
    return Collecte(
        actuel=_faits("actuel", periode, base),
        avant=_faits("avant", deux["avant"], base),
        situation=_situation(jour, base, perimetre),
        accidents=base.accidents,
        visites=base.visites,
        heures=base.heures,
        objectifs=_objectifs(jour),
    )


def _faits(nom: str, periode: Periode, base: _Base) -> Faits:
    """Put together the facts of one of the two periods."""
    service = NatureAccident.SERVICE
    return Faits(
        periode=periode,
        effectif=base.effectifs[nom],
        heures=hours_in(periode, base.heures),
        at_avec=count_accidents(base.accidents, periode, service, avec_arret=True),
        at_sans=count_accidents(base.accidents, periode, service, avec_arret=False),
        benins=count_accidents(base.accidents, periode, service, avec_arret=False, benin=True),
        trajet=count_accidents(base.accidents, periode, NatureAccident.TRAJET),
        jours_perdus=base.jours_perdus[nom],
        jours_absence=base.absences[nom],
        visites_realisees=count_visites(base.visites, periode, EtatVisite.REALISEE),
        visites_manquees=count_visites(base.visites, periode, EtatVisite.ABSENT),
        signalements=base.signalements[nom],
        actions_dues=base.actions[f"{nom}_dues"],
        actions_a_temps=base.actions[f"{nom}_a_temps"],
    )


def _effectifs(deux: Mapping[str, Periode], perimetre: Perimetre) -> dict[str, int]:
    """Headcounts on the last day of each period: present, and not elected."""
    presents = {
        nom: Count("pk", filter=Q(pk__in=Agent.objects.followed_on(p.fin).order_by().values("pk")))
        for nom, p in deux.items()
    }
    return perimetre.rows(Agent.objects.order_by(), "pk").aggregate(**presents)


def _heures(periode: Periode) -> dict[Mois, Decimal]:
    """Hours of the city by month."""
    lignes = HeuresTravaillees.objects.of_city().filter(annee__range=(periode.debut.year, periode.fin.year))
    return {(a, m): h for a, m, h in lignes.order_by("annee", "mois").values_list("annee", "mois", "heures")}


def _accidents(periode: Periode, perimetre: Perimetre) -> list[AccidentsDuJour]:
    """First accidents by day, nature and leave."""
    avec = Accident.objects.with_leave().filter(pk=OuterRef("pk"))
    lignes = (
        perimetre.rows(Accident.objects.between(periode.debut, periode.fin))
        .filter(rechute_de__isnull=True)
        .annotate(avec=Exists(avec))
        .order_by("date", "nature", "avec", "benin")
        .values_list("date", "nature", "avec", "benin")
        .annotate(nombre=Count("pk"))
    )
    return [AccidentsDuJour(d, NatureAccident(n), a, b, c) for d, n, a, b, c in lignes]


def _visites(periode: Periode, perimetre: Perimetre) -> list[VisitesDuJour]:
    """Visits held and missed by day."""
    lignes = (
        perimetre.rows(Visite.objects)
        .filter(date__range=(periode.debut, periode.fin), etat__in=[EtatVisite.REALISEE, EtatVisite.ABSENT])
        .order_by("date", "etat")
        .values_list("date", "etat")
        .annotate(nombre=Count("pk"))
    )
    return [VisitesDuJour(d, EtatVisite(e), n) for d, e, n in lignes]


def _jours_perdus(deux: Mapping[str, Periode], perimetre: Perimetre) -> dict[str, int]:
    """Days lost in each period by accidents of service, relapses with them."""
    lignes = (
        perimetre.rows(Accident.objects.filter(nature=NatureAccident.SERVICE))
        .losing_days(deux["avant"].debut, deux["actuel"].fin)
        .order_by("pk", "absences__date_debut")
        .values_list("pk", "date", "jours_saisis", "absences__date_debut", "absences__date_fin")
    )
    accidents: dict[int, tuple[datetime.date, int | None, list[tuple[datetime.date, datetime.date]]]] = {}
    for pk, date, saisis, debut, fin in lignes:
        arrets = accidents.setdefault(pk, (date, saisis, []))[2]
        if debut is not None:
            arrets.append((debut, fin))
    return {
        nom: sum(
            days_lost(date, arrets, saisis, p.debut, p.fin) for date, saisis, arrets in accidents.values()
        )
        for nom, p in deux.items()
    }


def _absences(deux: Mapping[str, Periode], perimetre: Perimetre) -> dict[str, dict[FamilleAbsence, Decimal]]:
    """Calendar days of absence in each period by family, half days as halves, elected members left out."""
    agregats: dict[str, Any] = {}
    for nom, p in deux.items():
        dedans = Q(date_debut__lte=p.fin, date_fin__gte=p.debut)
        duree = Least(F("date_fin"), Value(p.fin)) - Greatest(F("date_debut"), Value(p.debut))
        agregats[f"{nom}_duree"] = Sum(duree, filter=dedans)
        agregats[f"{nom}_lignes"] = Count("pk", filter=dedans)
        agregats[f"{nom}_matins"] = Count(
            "pk", filter=dedans & Q(debut_apres_midi=True, date_debut__gte=p.debut)
        )
        agregats[f"{nom}_soirs"] = Count("pk", filter=dedans & Q(fin_matin=True, date_fin__lte=p.fin))
    lignes: Any = (
        perimetre.rows(Absence.objects.filter(agent__est_elu=False))
        .overlapping(deux["avant"].debut, deux["actuel"].fin)
        .order_by("type__famille")
        .values("type__famille")
        .annotate(**agregats)
    )
    jours: dict[str, dict[FamilleAbsence, Decimal]] = {nom: {} for nom in deux}
    for ligne in lignes:
        for nom in deux:
            duree = ligne[f"{nom}_duree"]
            entiers = (duree.days if duree else 0) + ligne[f"{nom}_lignes"]
            demis = ligne[f"{nom}_matins"] + ligne[f"{nom}_soirs"]
            jours[nom][FamilleAbsence(ligne["type__famille"])] = entiers - demis * DEMI
    return jours


def _signalements(deux: Mapping[str, Periode], jour: datetime.date, perimetre: Perimetre) -> dict[str, int]:
    """Reports of facts of each period; reports that wait for qualification on this day."""
    attente = Signalement.objects.to_qualify().order_by().values("pk")
    retard = Signalement.objects.late_on(jour).order_by().values("pk")
    tous = Signalement.objects.all()
    vus = tous if perimetre.agents is None else tous.naming(perimetre.agents)
    return vus.order_by().aggregate(
        a_qualifier=Count("pk", filter=Q(pk__in=attente)),
        en_retard=Count("pk", filter=Q(pk__in=retard)),
        **{nom: Count("pk", filter=Q(survenu_le__range=(p.debut, p.fin))) for nom, p in deux.items()},
    )


def _actions(deux: Mapping[str, Periode], jour: datetime.date, perimetre: Perimetre) -> dict[str, int]:
    """Actions due in each period, those of them done in time; open and late ones on this day."""
    par_periode: dict[str, Any] = {}
    for nom, p in deux.items():
        due = Q(echeance__range=(p.debut, p.fin)) & ~Q(etat=EtatAction.ABANDONNEE)
        a_temps = due & Q(etat=EtatAction.FAITE, faite_le__lte=F("echeance"))
        par_periode[f"{nom}_dues"] = Count("pk", filter=due)
        par_periode[f"{nom}_a_temps"] = Count("pk", filter=a_temps)
    ouvertes = Action.objects.open().order_by().values("pk")
    retard = Action.objects.late_on(jour).order_by().values("pk")
    toutes = Action.objects.all()
    vues = toutes if perimetre.agents is None else toutes.about(perimetre.agents)
    return vues.order_by().aggregate(
        ouvertes=Count("pk", filter=Q(pk__in=ouvertes)),
        en_retard=Count("pk", filter=Q(pk__in=retard)),
        **par_periode,
    )


def _situation(jour: datetime.date, base: _Base, perimetre: Perimetre) -> Situation:
    """Visits due as last calculated, seen from this day, with what waits; agents followed and up to date."""
    comptes = perimetre.rows(Suivi.objects.all()).counts(jour, 0)
    return Situation(
        jour=jour,
        suivis=comptes["suivis"],
        a_jour=comptes["a_jour"],
        en_retard=comptes["retard"],
        jamais_vus=comptes["jamais"],
        actions_ouvertes=base.actions["ouvertes"],
        actions_en_retard=base.actions["en_retard"],
        signalements_a_qualifier=base.signalements["a_qualifier"],
        signalements_en_retard=base.signalements["en_retard"],
    )


def _objectifs(jour: datetime.date) -> dict[str, Decimal]:
    """Targets in force on this day, by short name."""
    lignes = Parametre.objects.in_force(jour).of(OBJECTIFS)
    return {code.removeprefix("reporting.objectif_"): v for code, v in lignes.values_list("code", "valeur")}
