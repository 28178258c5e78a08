"""Questions about reports, accidents and actions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from agents.enums import FamilleAbsence
from agents.models import Absence, Agent, Structure
from agents.querysets import held_collectivites, of_held_collectivites
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.numeros import numbered
from signalements.enums import EtatAction, EtatSignalement, NatureAccident
from signalements.rules.jours import all_days_lost, days_lost, days_to_come

FINIS = (EtatSignalement.CLOS, EtatSignalement.REJETE)
FAMILLES = (FamilleAbsence.ACCIDENT, FamilleAbsence.PROFESSIONNELLE)


def free_absences(agent: Agent, accident: Any = None) -> models.QuerySet[Absence]:
    """Absences for accident or disease of an agent that belong to no accident, or to this one."""
    absences = Absence.objects.with_days().filter(agent=agent, type__famille__in=FAMILLES)
    libre = Q(accidents__isnull=True)
    if accident is not None:
        libre |= Q(accidents=accident)
    return absences.filter(libre).order_by("-date_debut", "-pk")


class SignalementQuerySet(models.QuerySet):
    """Reports. A report belongs to the day of its facts."""

    def visible_to(self, user: Any) -> Self:
        """All for the section, one's structures' for a manager, always those that one declared.

        Who answers for a collectivité sees the reports that name or come from one of its agents: a place
        belongs to no collectivité. In the section he also sees those that are given to him.
        """
        if not user.has_perm("signalements.view_signalement"):
            return self.none()
        siens = Q(declarant=user)
        if user.portee in {Portee.TOUS, Portee.EQUIPE}:
            siens |= self._naming(Agent.objects.filter(of_held_collectivites(user)))
        if user.portee == Portee.TOUS:
            siens |= of_held_collectivites(user, "declarant__agent__") | Q(pilote=user)
            return self.filter(~Exists(held_collectivites(user)) | siens)
        if user.portee == Portee.EQUIPE:
            siens |= Q(structure__in=Structure.objects.held_by(user))
        return self.filter(siens)

    def naming(self, agents: models.QuerySet) -> Self:
        """Reports that name one of these agents."""
        return self.filter(self._naming(agents))

    def _naming(self, agents: models.QuerySet) -> Q:
        modele: Any = self.model
        liens = modele.agents.through.objects.filter(signalement=OuterRef("pk"), agent__in=agents)
        return Q(Exists(liens))

    def between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Reports of facts of the period, both ends included."""
        return self.filter(survenu_le__range=(debut, fin))

    def with_text(self, texte: str) -> Self:
        """Reports of this number if the text is one; else whose title, place or account holds it."""
        if (numero := numbered(texte, "S")) is not None:
            return self.filter(numero)
        mots = Q(intitule__icontains=texte) | Q(lieu__icontains=texte)
        return self.filter(mots | Q(recit__icontains=texte))

    def to_qualify(self) -> Self:
        """Reports that nobody has qualified yet."""
        return self.filter(etat=EtatSignalement.NOUVEAU)

    def late_on(self, jour: datetime.date) -> Self:
        """Reports whose qualification is late on this day."""
        return self.to_qualify().filter(qualifier_avant__lt=jour)

    def open(self) -> Self:
        """Reports that are neither closed nor rejected."""
        return self.exclude(etat__in=FINIS)

    def under_way(self) -> Self:
        """Reports qualified and not finished."""
        return self.open().exclude(etat=EtatSignalement.NOUVEAU)

    def finished(self) -> Self:
        """Reports closed or rejected."""
        return self.filter(etat__in=FINIS)

    def count_views(self, jour: datetime.date) -> dict[str, int]:
        """Count each view of the list in one question."""
        nouveau = Q(etat=EtatSignalement.NOUVEAU)
        return self.order_by().aggregate(
            a_qualifier=Count("pk", filter=nouveau),
            en_retard=Count("pk", filter=nouveau & Q(qualifier_avant__lt=jour)),
            en_cours=Count("pk", filter=~nouveau & ~Q(etat__in=FINIS)),
            clos=Count("pk", filter=Q(etat__in=FINIS)),
            tous=Count("pk"),
        )

    def at_the_place_of(self, signalement: Any) -> Self:
        """The other reports of the twelve months before, on the same site or in the same named place."""
        endroit = Q(lieu__iexact=signalement.lieu)
        if signalement.site_id:
            endroit |= Q(site=signalement.site_id)
        depuis = add_months(signalement.survenu_le, -12)
        voisins = self.filter(endroit, survenu_le__range=(depuis, signalement.survenu_le))
        return voisins.exclude(pk=signalement.pk).order_by("-survenu_le", "-pk")


class AccidentQuerySet(models.QuerySet):
    """Accidents. An accident belongs to the year of its date, its days to the period they are lost in."""

    def visible_to(self, user: Any) -> Self:
        """Accidents of the agents whom this account sees, if its role sees accidents."""
        if not user.has_perm("signalements.view_accident"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def sum_days(self, jour: datetime.date) -> tuple[int, int]:
        """Return the days prescribed by all these accidents, and how many come after this day."""
        arrets: dict[int, tuple[datetime.date, int | None, list[tuple[datetime.date, datetime.date]]]] = {}
        colonnes = ("pk", "date", "jours_saisis", "absences__date_debut", "absences__date_fin")
        for pk, date, saisis, debut, fin in self.order_by("pk").values_list(*colonnes):
            couples = arrets.setdefault(pk, (date, saisis, []))[2]
            if debut is not None:
                couples.append((debut, fin))
        faits = [(date, couples, saisis) for date, saisis, couples in arrets.values()]
        perdus = sum(all_days_lost(*fait) for fait in faits)
        return perdus, sum(days_to_come(*fait, jour) for fait in faits)

    def about(self, texte: str, user: Any) -> Self:
        """Accidents of this number, and those of the agents whom the text finds for this account."""
        vus = Agent.objects.visible_to(user)
        agents = vus.search(texte, numeros=user.has_perm("agents.view_identite"))
        return self.filter((numbered(texte, "AT") or Q(pk__in=[])) | Q(agent__in=agents))

    def between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Accidents of the period, both ends included."""
        return self.filter(date__range=(debut, fin))

    def of_service(self) -> Self:
        """First accidents of service: neither commuting, nor disease, nor relapse."""
        return self.filter(nature=NatureAccident.SERVICE, rechute_de__isnull=True)

    def of_commuting(self) -> Self:
        """Accidents on the way to or from work."""
        return self.filter(nature=NatureAccident.TRAJET)

    def with_leave(self) -> Self:
        """Accidents with at least one day of leave beyond the day itself."""
        return self.filter(self._leave())

    def without_leave(self) -> Self:
        """Accidents without any."""
        return self.exclude(self._leave())

    def _links(self) -> Any:
        """Links of the accident at hand to its absences."""
        modele: Any = self.model
        return modele.absences.through.objects.filter(accident=OuterRef("pk"))

    def _leave(self) -> Q:
        """A linked absence goes past the day; or none is linked and days were typed."""
        lies = self._links()
        depasse = lies.filter(absence__date_fin__gt=OuterRef("date"))
        # A bare comparison would be unknown, not false, without typed days.
        saisis = Q(jours_saisis__isnull=False, jours_saisis__gte=1)
        return Q(Exists(depasse)) | (~Q(Exists(lies)) & saisis)

    def losing_days(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Accidents that may have lost a day in the period, whenever they happened."""
        touche = self._links().filter(absence__date_fin__gte=debut, absence__date_debut__lte=fin)
        return self.filter(date__lt=fin).filter(Q(Exists(touche)) | Q(jours_saisis__gte=1))

    def with_absences(self) -> Self:
        """With their absences, so that `arrets` asks nothing more."""
        return self.prefetch_related("absences")

    def days_lost_between(self, debut: datetime.date, fin: datetime.date) -> int:
        """Days that these accidents lost from debut to fin, both included, relapses with them."""
        lignes: Any = self.losing_days(debut, fin).with_absences().order_by("pk")
        return sum(days_lost(a.date, a.arrets, a.jours_saisis, debut, fin) for a in lignes)

    def count_views(self) -> dict[str, int]:
        """Count each view of the list in one question."""
        return (
            self.order_by()
            .annotate(avec=models.ExpressionWrapper(self._leave(), models.BooleanField()))
            .aggregate(
                avec_arret=Count("pk", filter=Q(avec=True)),
                sans_arret=Count("pk", filter=Q(avec=False)),
                trajet=Count("pk", filter=Q(nature=NatureAccident.TRAJET)),
                tous=Count("pk"),
            )
        )


class ActionQuerySet(models.QuerySet):
    """Actions of the plan."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may see the plan.

        Who answers for a collectivité sees his own actions, and those that a report or accident within his
        reach has led to.
        """
        if not user.has_perm("signalements.view_action"):
            return self.none()
        modele: Any = self.model
        siennes = Q(pilote=user)
        for cause in ("signalement", "accident"):
            vus = modele._meta.get_field(cause).related_model.objects.visible_to(user)
            siennes |= Q(**{f"{cause}__in": vus})
        return self.filter(~Exists(held_collectivites(user)) | siennes)

    def about(self, agents: models.QuerySet) -> Self:
        """Actions that an accident of these agents, or a report that names one, has led to."""
        modele: Any = self.model
        signalements = modele._meta.get_field("signalement").related_model.objects.naming(agents)
        return self.filter(Q(accident__agent__in=agents) | Q(signalement__in=signalements))

    def with_text(self, texte: str) -> Self:
        """Actions of this number if the text is one; else whose title holds it."""
        numero = numbered(texte, "PA")
        return self.filter(Q(intitule__icontains=texte) if numero is None else numero)

    def open(self) -> Self:
        """Actions neither done nor given up."""
        return self.filter(etat__in=[EtatAction.A_FAIRE, EtatAction.EN_COURS])

    def late_on(self, jour: datetime.date) -> Self:
        """Open actions whose deadline is past on this day."""
        return self.open().filter(echeance__lt=jour)

    def done(self) -> Self:
        """Actions done, proof given."""
        return self.filter(etat=EtatAction.FAITE)

    def count_views(self, jour: datetime.date) -> dict[str, int]:
        """Count each view of the list in one question."""
        ouverte = Q(etat__in=[EtatAction.A_FAIRE, EtatAction.EN_COURS])
        return self.order_by().aggregate(
            a_faire=Count("pk", filter=ouverte),
            en_retard=Count("pk", filter=ouverte & Q(echeance__lt=jour)),
            faites=Count("pk", filter=Q(etat=EtatAction.FAITE)),
            toutes=Count("pk"),
        )
