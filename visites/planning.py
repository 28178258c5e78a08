"""Reads half-days: their slots, who may fill them, and what their letters say."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from agents.enums import CategorieSuivi
from agents.models import Absence, Agent
from agents.perms import is_own_file
from nouvea_sst.referentiel.models import JourFerie, Parametre
from visites.enums import EtatDemiJournee, EtatVisite, NatureVisite
from visites.models import AbsenceProfessionnel, CreneauOccupe, DemiJournee, Visite, VisiteDue
from visites.parametres import A_VENIR
from visites.perms import reads_origin, sees_slots
from visites.querysets_planning import DemiJourneeQuerySet
from visites.rules.absences import Empechement, after, met_at
from visites.rules.creneaux import hours_taken
from visites.rules.remplissage import Cadre, Candidat

# So many rows are looked at to fill a half-day: several times what the longest one holds.
EXAMINES = 150


@dataclass(frozen=True)
class Creneau:
    """One slot: its hour, and the visit that stands there."""

    heure: datetime.time
    visite: Visite | None = None
    occupe: bool = False

    @property
    def pris(self) -> bool:
        """Whether a visit stands there, but of who excused himself, or a psychologist said it is taken."""
        return self.occupe or (self.visite is not None and self.visite.etat != EtatVisite.EXCUSE)


@dataclass
class DemiJourneeLue:
    """A half-day with its slots by hour: a visit that is off their grid has its own."""

    demi_journee: DemiJournee
    creneaux: list[Creneau] = field(default_factory=list)
    absences: list[Empechement] = field(default_factory=list)
    chome: str = ""
    montre: bool = True

    @property
    def prises(self) -> int:
        """How many slots hold a visit, or are taken; that of who excused himself is free again."""
        return sum(c.pris for c in self.creneaux)

    @property
    def libres(self) -> list[datetime.time]:
        """Hours still free, as many as the capacity leaves: none on a day off, none while he is away."""
        if self.demi_journee.etat != EtatDemiJournee.OUVERTE or self.chome:
            return []
        reste = max(0, self.demi_journee.capacite - self.prises)
        return [
            c.heure for c in self.creneaux if c.visite is None and not c.occupe and not self.away_at(c.heure)
        ][:reste]

    def away_at(self, heure: datetime.time) -> Empechement | None:
        """The absence of the professional that a visit at this hour would meet."""
        return met_at(self.absences, self.demi_journee.date, heure, self.demi_journee.duree)

    @property
    def a_reporter(self) -> list[Visite]:
        """Visits still placed at an hour when the professional is away, or on a day off."""
        placees = [c for c in self.creneaux if c.visite and c.visite.etat == EtatVisite.PLACEE]
        return [c.visite for c in placees if c.visite and (self.chome or self.away_at(c.heure))]


def read_half_days(user: Any, demi_journees: DemiJourneeQuerySet) -> list[DemiJourneeLue]:
    """Return these half-days with their slots, in four queries however many they are."""
    lues = {d.pk: d for d in demi_journees}
    if not lues:
        return []
    visites: dict[int, list[Visite]] = {}
    siennes = Visite.objects.visible_to(user).filter(demi_journee__in=lues).with_names()
    for visite in siennes.exclude(etat=EtatVisite.ANNULEE).order_by("heure", "pk"):
        visites.setdefault(visite.demi_journee_id or 0, []).append(visite)
    absences, chomes = read_limits(lues.values())
    lues_ici = [
        read_slots(d, visites.get(pk, []), absences.get(d.professionnel_id, []), chomes.get(d.date, ""))
        for pk, d in lues.items()
    ]
    return read_entretiens(user, lues_ici)


def read_alone(user: Any, debut: datetime.date, fin: datetime.date) -> list[Visite]:
    """Return the visits of these days that stand in no half-day, by day and hour."""
    seules = Visite.objects.visible_to(user).filter(demi_journee=None, date__range=(debut, fin))
    seules = seules.filter(heure__isnull=False).exclude(etat=EtatVisite.ANNULEE)
    return list(seules.with_names().order_by("date", "heure", "pk"))


def read_entretiens(user: Any, lues: list[DemiJourneeLue]) -> list[DemiJourneeLue]:
    """The same, the slots of psychologists taken or free; whoever may not know receives none of them."""
    siennes = [lue for lue in lues if lue.demi_journee.entretiens]
    if not siennes:
        return lues
    demis = [lue.demi_journee for lue in siennes]
    prises = CreneauOccupe.objects.visible_to(user).filter(demi_journee__in=demis).order_by("pk")
    occupees = set(prises.values_list("demi_journee", "heure"))
    for lue in siennes:
        demi = lue.demi_journee
        lue.montre = sees_slots(user, demi)
        lue.creneaux = [Creneau(h, occupe=(demi.pk, h) in occupees) for h in demi.heures if lue.montre]
    return lues


def read_limits(
    demi_journees: Collection[DemiJournee],
) -> tuple[dict[int, list[Empechement]], dict[datetime.date, str]]:
    """Return the absences of their professionals and the days off that fall on them, in two queries."""
    debut, fin = min(d.date for d in demi_journees), max(d.date for d in demi_journees)
    chomes = dict(JourFerie.objects.kept().filter(date__range=(debut, fin)).values_list("date", "libelle"))
    absences: dict[int, list[Empechement]] = {}
    for absence in AbsenceProfessionnel.objects.of({d.professionnel_id for d in demi_journees}, debut, fin):
        absences.setdefault(absence.professionnel_id, []).append(absence.lue)
    return absences, chomes


def read_slots(
    demi_journee: DemiJournee, visites: list[Visite], absences: list[Empechement], chome: str
) -> DemiJourneeLue:
    """Return a half-day with the visits in their slots; an hour that a visit overlaps is not free."""
    tenues = [v for v in visites if v.etat != EtatVisite.EXCUSE]
    prises = [(v.heure, v.duree or demi_journee.duree) for v in tenues if v.heure is not None]
    occupees = hours_taken(demi_journee.heures, demi_journee.duree, prises)
    creneaux = [Creneau(v.heure, v) for v in visites if v.heure is not None]
    creneaux += [Creneau(h) for h in demi_journee.heures if h not in occupees]
    fin = max(demi_journee.fin, *(after(c.heure, demi_journee.duree) for c in creneaux), demi_journee.debut)
    siennes = [a for a in absences if a.meets(demi_journee.date, demi_journee.debut, fin)]
    return DemiJourneeLue(demi_journee, sorted(creneaux, key=lambda c: c.heure), siennes, chome)


def read_cadre(lue: DemiJourneeLue, jour: datetime.date, heure: datetime.time) -> Cadre:
    """The half-day as the rule of filling takes it on this day at this hour, without what is past."""
    demi, libres = lue.demi_journee, lue.libres
    if demi.date <= jour:
        libres = [libre for libre in libres if demi.date == jour and libre >= heure]
    return Cadre(jour, demi.date, libres, demi.lieu.libelle, demi.professionnel.role)


def read_candidates(user: Any, demi: DemiJournee, jour: datetime.date) -> list[Candidat]:
    """Return the visits due that could fill a half-day, the most urgent first, in three queries."""
    fin = max(jour, demi.date) + datetime.timedelta(days=int(Parametre.objects.number_on(jour, A_VENIR)))
    dues = VisiteDue.objects.visible_to(user).open().due_before(fin).with_appointment()
    dues = dues.in_words(origine=reads_origin(user)).select_related("agent__site", "agent__suivi")
    excusees = Visite.objects.filter(agent=OuterRef("agent"), date=demi.date, etat=EtatVisite.EXCUSE)
    dues = dues.annotate(excuse=Exists(excusees.order_by()))
    lignes = list(dues.defer("preuve").order_by("priorite", "echeance", "agent__nom_cle", "pk")[:EXAMINES])
    arrets: dict[int, list[Any]] = {}
    absences = Absence.objects.with_days().filter(agent__in=[due.agent_id for due in lignes])
    for absence in absences.filter(date_fin__gte=demi.date, date_debut__lte=demi.date).order_by("pk"):
        arrets.setdefault(absence.agent_id, []).append(absence.arret)
    siens = (user, demi.professionnel)
    return [_candidate(due, arrets.get(due.agent_id, []), siens) for due in lignes]


def _candidate(due: Any, arrets: list[Any], siens: tuple[Any, Any]) -> Candidat:
    agent: Agent = due.agent
    suivi = getattr(agent, "suivi", None)
    renforce = suivi is not None and suivi.categorie == CategorieSuivi.RENFORCE
    return Candidat(
        due=due.pk,
        agent=agent.pk,
        nom=str(agent),
        motif=due.motif_lu,
        nature=NatureVisite.EXAMEN if renforce else NatureVisite.VIP,
        priorite=due.priorite,
        echeance=due.echeance,
        site=agent.site.libelle if agent.site is not None else "",
        manques=due.absences,
        embauche=agent.date_embauche,
        depart=agent.date_depart,
        placee_le=due.rendez_vous,
        propre_dossier=any(is_own_file(compte, agent) for compte in siens),
        absences=arrets,
        excuse=due.excuse,
    )


@dataclass(frozen=True)
class RendezVous:
    """What a letter says of a placed visit."""

    visite: Visite
    agent: Agent
    date: datetime.date
    heure: datetime.time
    lieu: str
    professionnel: str
    relance: int


def appointments_of(demi_journee: DemiJournee) -> list[RendezVous]:
    """Return the placed visits of a half-day by hour; `relance` counts the appointments missed before it."""
    placees = demi_journee.visites.filter(etat=EtatVisite.PLACEE, heure__isnull=False)
    placees = placees.select_related("agent__structure__direction", "due", "motif").order_by("heure", "pk")
    return [
        RendezVous(
            visite=visite,
            agent=visite.agent,
            date=demi_journee.date,
            heure=visite.heure,
            lieu=demi_journee.lieu.libelle,
            professionnel=str(demi_journee.professionnel),
            relance=0 if visite.due is None else visite.due.absences,
        )
        for visite in placees
        if visite.heure is not None
    ]
