"""Questions about due dates, visits and restrictions."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim, TruncMonth

from agents.models import Agent
from visites.enums import EtatDemande, EtatDue, EtatVisite, RegleEcheance
from visites.rules.bareme import SUIVI
from visites.rules.regles import DEMANDES, REPRISES
from visites.rules.reprise import SANS_MOTIF


class RegleVisiteQuerySet(models.QuerySet):
    """Rules of visits, each from a date."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may read the reference data."""
        return self.all() if user.has_perm("referentiel.view_parametre") else self.none()

    def kept(self) -> Self:
        """Versions that were not withdrawn."""
        return self.filter(retiree_parce_que="")

    def in_force(self, jour: datetime.date) -> Self:
        """The version of each rule that applies on this day: one row a rule, switched off ones too."""
        return (
            self.kept()
            .filter(date_effet__lte=jour)
            .order_by("declencheur", "-date_effet")
            .distinct("declencheur")
        )

    def listed_on(self, jour: datetime.date) -> Self:
        """One row a rule, the version in force, with the day and the words of its next one."""
        toutes = type(self)(self.model)
        suite = toutes.to_come(jour).filter(declencheur=OuterRef("declencheur"))
        return self.filter(pk__in=toutes.in_force(jour).values("pk")).annotate(
            suivante_le=models.Subquery(suite.values("date_effet")[:1]),
        )

    def with_dues(self, user: Any) -> Self:
        """Each rule with the number of visits still due by it, of the agents whom this account sees.

        That of a rule of requests would count them by who asked: None for who may not know it.
        """
        lien: Any = self.model._meta.get_field("visites_dues")
        siennes = (
            lien.related_model._default_manager.visible_to(user)
            .open()
            .filter(regle__declencheur=OuterRef("declencheur"))
        )
        comptees = siennes.order_by().values("regle__declencheur").annotate(n=Count("pk")).values("n")
        nombre: Any = Coalesce(models.Subquery(comptees, output_field=models.IntegerField()), 0)
        if not user.has_perm("visites.view_motif_demande"):
            nombre = Case(When(declencheur__in=DEMANDES, then=None), default=nombre)
        return self.annotate(dues=nombre)

    def to_come(self, jour: datetime.date) -> Self:
        """Versions that begin after this day, soonest first."""
        return self.kept().filter(date_effet__gt=jour).order_by("date_effet", "pk")


class EssaiRegleQuerySet(models.QuerySet):
    """Rules on trial."""

    def visible_to(self, user: Any) -> Self:
        """Every trial for those who may write the rules: its page is for them alone."""
        return self.all() if user.has_perm("referentiel.change_medical") else self.none()


class VisiteDueQuerySet(models.QuerySet):
    """Visits due."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, if its role sees due dates."""
        if not user.has_perm("visites.view_suivi"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def open(self) -> Self:
        """Still to be held."""
        return self.filter(etat=EtatDue.OUVERTE)

    def set_aside(self) -> Self:
        """Put aside by a person."""
        return self.filter(etat=EtatDue.ECARTEE)

    def due_before(self, jour: Any) -> Self:
        """Due before this day: late when the day is today."""
        return self.filter(echeance__lt=jour)

    def due_between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Due from debut to fin, both included."""
        return self.filter(echeance__range=(debut, fin))

    def on(self, jour: datetime.date, a_venir: int = 0) -> Self:
        """Each row with its states on this day, as booleans est_… to filter by, and when its agent was seen.

        « bientot » reaches `a_venir` days: whoever asks for that state reads how many. « a_jour » and
        « jamais » say something of the agent: they hold for the nearest of his rows alone, so that they
        count agents. One never seen is so as well when all that he was due was put aside.
        """
        return self.annotate(
            derniere_visite=F("agent__suivi__derniere_visite"), categorie=F("agent__suivi__categorie")
        ).alias(**_states(self.model, jour, a_venir))

    def with_appointment(self) -> Self:
        """With the day, hour and professional of the visit that is placed for it."""
        placees = _appointments(self.model).order_by("date", "heure", "pk")
        compte = Trim(Concat("professionnel__first_name", Value(" "), "professionnel__last_name"))
        # One that a file brought has a name, and no account.
        nom = Coalesce(NullIf(compte, Value("")), "nom_professionnel")
        return self.annotate(
            rendez_vous=Subquery(placees.values("date")[:1]),
            rendez_vous_heure=Subquery(placees.values("heure")[:1]),
            medecin=Subquery(placees.annotate(medecin=nom).values("medecin")[:1]),
        )

    def with_last_conclusion(self, jour: datetime.date) -> Self:
        """With the conclusion and the message to the employer of the agent's latest visit."""
        tenues = (
            Agent._meta.get_field("visites")
            .related_model._default_manager.filter(
                agent=OuterRef("agent"), etat=EtatVisite.REALISEE, date__lte=jour
            )
            .order_by("-date", F("heure").desc(nulls_last=True), "-pk")
        )
        return self.annotate(
            derniere_conclusion=Subquery(tenues.values("conclusion")[:1]),
            dernier_message=Subquery(tenues.values("message_employeur")[:1]),
        )

    def in_words(self, *, origine: bool) -> Self:
        """With its motive as `motif_lu`: the public wording for who may not know who asked."""
        return self.annotate(motif_lu=F("motif__libelle" if origine else "motif__libelle_public"))

    def load(self, jour: datetime.date, fin: datetime.date) -> models.QuerySet[Any, dict[str, Any]]:
        """How many rows are due up to fin, by month and motive, those late on this day apart.

        `placees`: how many of them have an appointment; one that serves for two rows places both.
        """
        retard = models.ExpressionWrapper(Q(echeance__lt=jour), output_field=models.BooleanField())
        return (
            self.filter(echeance__lte=fin)
            .alias(placee=Exists(_appointments(self.model)))
            .order_by()
            .values("motif", "motif__libelle_public", mois=TruncMonth("echeance"), retard=retard)
            .annotate(nombre=Count("pk"), placees=Count("pk", filter=Q(placee=True)))
        )


def _appointments(modele: Any, dues: str = "") -> models.QuerySet:
    """Visits placed for the row at hand, or for no row in particular and of a motive that serves for it.

    As when they are held: any of them starts the follow-up anew, those of return serve for each other, and
    one taken over without a motive serves for all. `dues` leads to the row from another one.
    """
    placees = modele._meta.get_field("visites").related_model._default_manager.filter(
        agent=OuterRef("agent"), etat=EtatVisite.PLACEE
    )
    sert = Q(motif=OuterRef(f"{dues}motif")) | Q(motif__code=SANS_MOTIF) | Q(famille_due__in=SUIVI)
    sert |= Q(famille_due=RegleEcheance.REPRISE, motif__regles__declencheur__in=REPRISES)
    famille = models.ExpressionWrapper(OuterRef(f"{dues}famille"), output_field=models.CharField())
    return placees.alias(famille_due=famille).filter(
        Q(due=OuterRef(f"{dues}pk")) | Q(due__isnull=True) & sert
    )


def _states(
    modele: Any,
    jour: datetime.date,
    a_venir: int,
    dues: str = "",
    vue: str = "agent__suivi__derniere_visite",
) -> dict[str, Any]:
    """The states of a visit due on this day, as conditions; `dues` and `vue` lead there from another row."""

    def q(**conditions: Any) -> Q:
        return Q(**{f"{dues}{cle}": valeur for cle, valeur in conditions.items()})

    proches = modele._default_manager.filter(agent=OuterRef("agent"), etat=EtatDue.OUVERTE)
    proche = Subquery(proches.order_by(F("echeance").asc(nulls_last=True), "pk").values("pk")[:1])
    tenues = modele._default_manager.filter(agent=OuterRef("agent")).exclude(etat=EtatDue.CLOSE)
    rang = Case(When(etat=EtatDue.OUVERTE, then=Value(0)), default=Value(1))
    ordre = (rang, F("echeance").asc(nulls_last=True), "pk")
    premiere = Subquery(tenues.order_by(*ordre).values("pk")[:1])
    ouverte = q(etat=EtatDue.OUVERTE)
    return {
        "est_ouverte": ouverte,
        "est_ecartee": q(etat=EtatDue.ECARTEE),
        "est_retard": ouverte & q(echeance__lt=jour),
        "est_bientot": ouverte & q(echeance__range=(jour, jour + datetime.timedelta(days=a_venir))),
        "est_a_jour": ouverte & q(echeance__gte=jour) & q(pk=proche),
        "est_jamais": Q(**{f"{vue}__isnull": True}) & q(pk=premiere),
        "est_manquee": ouverte & q(absences__gte=1),
        "est_placee": ouverte & Exists(_appointments(modele, dues)),
    }


class DemandeVisiteQuerySet(models.QuerySet):
    """Requests for a visit."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, if its role reads requests; else those that it made.

        Those about oneself always, for a role that asks. An agent out of scope takes his requests with him.
        """
        vus = self.filter(agent__in=Agent.objects.visible_to(user))
        if user.has_perm("visites.view_demande"):
            return vus
        if not user.has_perm("visites.ask_visite"):
            return self.none()
        return vus.filter(Q(demandeur=user) | Q(agent__compte=user))

    def waiting(self) -> Self:
        """Those that make a visit due: handed in, or kept."""
        return self.filter(etat__in=[EtatDemande.DEPOSEE, EtatDemande.RETENUE])

    def to_examine(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(etat=EtatDemande.DEPOSEE)

    def made_by(self, user: Any) -> Self:
        """Those that this account made, for himself or for others."""
        return self.filter(demandeur=user)

    def about(self, user: Any) -> Self:
        """Those about the agent whom this account is, whoever made them."""
        return self.filter(agent__compte=user)

    def count_states(self) -> dict[str, int]:
        """How many there are in each state, and in all under «»."""
        par_etat = dict(self.order_by().values_list("etat").annotate(models.Count("pk")))
        return {etat: par_etat.get(etat, 0) for etat in EtatDemande.values} | {"": sum(par_etat.values())}

    def with_due(self) -> Self:
        """With the day of the visit that came of each, as `echeance`; None when none is due any more."""
        dues = Agent._meta.get_field("visites_dues").related_model._default_manager
        cle = Concat(Value("demande:"), Cast(OuterRef("pk"), models.CharField()))
        ouvertes = dues.filter(agent=OuterRef("agent"), cle=cle, etat=EtatDue.OUVERTE)
        return self.annotate(echeance=models.Subquery(ouvertes.values("echeance")[:1]))


class SuiviQuerySet(models.QuerySet):
    """Where each agent stands."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, if its role sees due dates."""
        if not user.has_perm("visites.view_suivi"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def followed(self) -> Self:
        """Agents who have a medical follow-up."""
        return self.exclude(regle=RegleEcheance.EXCLU)

    def excluded(self) -> Self:
        """Agents without follow-up, with why: elected, gone, not arrived."""
        return self.filter(regle=RegleEcheance.EXCLU).annotate(
            exclusion=KeyTextTransform("exclusion", "preuve")
        )

    def due_before(self, jour: Any) -> Self:
        """Agents of whom a visit is due before this day."""
        return self.filter(echeance__lt=jour)

    def due_between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Agents whose nearest visit is due from debut to fin, both included."""
        return self.filter(echeance__range=(debut, fin))

    def counts(self, jour: datetime.date, a_venir: int, **lignes: models.QuerySet) -> dict[str, Any]:
        """How many agents are followed or not, when this was calculated, how many of their visits are due.

        One number a state of a visit due on this day, and one for each queryset of visits due or of agents
        given by name: all in one question.
        """
        dues = "agent__visites_dues"
        modele: Any = Agent._meta.get_field("visites_dues").related_model
        etats = _states(modele, jour, a_venir, f"{dues}__", "derniere_visite")
        autres = {
            nom: Count("pk", distinct=True, filter=Q(pk__in=_keys(choix)))
            if choix.model is self.model
            else Count(dues, filter=Q(**{f"{dues}__in": _keys(choix)}))
            for nom, choix in lignes.items()
        }
        return self.order_by().aggregate(
            **{nom.removeprefix("est_"): Count(dues, filter=etat) for nom, etat in etats.items()},
            **autres,
            suivis=Count("pk", distinct=True, filter=~Q(regle=RegleEcheance.EXCLU)),
            exclus=Count("pk", distinct=True, filter=Q(regle=RegleEcheance.EXCLU)),
            calcule_le=Max("calcule_le"),
        )


def _keys(lignes: models.QuerySet) -> models.QuerySet:
    return lignes.order_by().values("pk")


class VisiteQuerySet(models.QuerySet):
    """Visits."""

    def visible_to(self, user: Any) -> Self:
        """Visits of the agents whom this account sees, if its role sees visits."""
        if not user.has_perm("visites.view_visite"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def open(self) -> Self:
        """To be placed, or placed."""
        return self.filter(etat__in=[EtatVisite.A_PLACER, EtatVisite.PLACEE])

    def held(self) -> Self:
        """Held: concluded here, or under the former software."""
        return self.filter(etat=EtatVisite.REALISEE)

    def signed(self) -> Self:
        """Held, with a conclusion signed here."""
        return self.held().filter(signee_le__isnull=False)

    def last_of_each_agent(self, jour: datetime.date) -> Self:
        """The latest held visit of each agent up to this day: one row an agent."""
        return (
            self.held()
            .filter(date__lte=jour)
            .order_by("agent_id", "-date", models.F("heure").desc(nulls_last=True), "-pk")
            .distinct("agent_id")
        )

    def of_day(self, jour: datetime.date, professionnel: Any) -> Self:
        """A professional's visits of one day, by hour."""
        return (
            self.filter(date=jour, professionnel=professionnel)
            .exclude(etat=EtatVisite.ANNULEE)
            .order_by("heure", "pk")
        )

    def in_agendas(self, professionnels: Any) -> Self:
        """Dated visits of these professionals, those cancelled left out."""
        agenda = self.filter(date__isnull=False, professionnel__in=professionnels)
        return agenda.exclude(etat=EtatVisite.ANNULEE)

    def nearest(self, jour: datetime.date) -> Any:
        """The visit on which an agenda opens: of this day, else of the next one, else of the last one.

        On one day those to conclude come first. None without any.
        """
        ordre = (Case(When(etat=EtatVisite.PLACEE, then=Value(0)), default=Value(1)), "heure", "pk")
        suivante = self.filter(date__gte=jour).order_by("date", *ordre).first()
        return suivante or self.filter(date__lt=jour).order_by("-date", *ordre).first()

    def days_around(self, jour: datetime.date) -> dict[str, datetime.date | None]:
        """The days with visits before and after this one: « avant » and « apres », None without any."""
        return self.aggregate(
            avant=Max("date", filter=Q(date__lt=jour)), apres=Min("date", filter=Q(date__gt=jour))
        )

    def with_names(self) -> Self:
        """With what a page writes of a visit: agent, post, structure, motive, professional, old opinion."""
        return self.select_related(
            "agent__poste",
            "agent__structure__direction",
            "motif",
            "professionnel",
            "recommandation",
            "orientation",
        )


class RestrictionQuerySet(models.QuerySet):
    """Restrictions."""

    def visible_to(self, user: Any) -> Self:
        """Restrictions of the agents whom this account sees, if its role sees them."""
        if not user.has_perm("visites.view_mesures"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))

    def open_on(self, jour: datetime.date) -> Self:
        """Restrictions in force on this day."""
        return self.filter(date_debut__lte=jour).filter(Q(date_fin__isnull=True) | Q(date_fin__gte=jour))

    def to_come(self, jour: datetime.date) -> Self:
        """Restrictions that begin after this day."""
        return self.filter(date_debut__gt=jour)

    def ended(self, jour: datetime.date) -> Self:
        """Restrictions that ended before this day, latest first."""
        return self.filter(date_fin__lt=jour).order_by("-date_fin", "pk")
