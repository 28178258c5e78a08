"""Figures of the strip, each the number of rows of the list that it opens."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent, AlerteAbsence
from agents.parametres import ABSENCE_LONGUE
from documents.filters import A_CORRIGER
from documents.models import Courriel
from nouvea_sst.comptes.enums import EtatCompte, NatureJournal
from nouvea_sst.comptes.filters import DORMANTS, PARTIS, CompteFilter
from nouvea_sst.comptes.models import DemandeCompte, LigneJournal, Utilisateur
from nouvea_sst.comptes.rules.approbation import DORMANCE
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from reporting.equipe.lecture import count_views, read_delais, team_on, with_dates
from reporting.indicateurs.liens import address_of
from reporting.jour.compteurs import count_rows
from reporting.jour.elements import Groupe, Source, make_figure
from reporting.parametres import RECENTS
from reporting.qualite.lecture import count_to_treat, total_of
from signalements.models import Accident, Action, Signalement
from visites.enums import EtatDemande
from visites.models import DemandeVisite, Engagement, Visite, VisiteDue
from visites.parametres import A_VENIR, RAPPEL

RESTRICTIONS = (
    ("retard", "restriction sans réponse à temps,restrictions sans réponse à temps", "en_retard"),
    ("fin", "restriction qui finit bientôt,restrictions qui finissent bientôt", "finit_bientot"),
    ("revoir", "restriction à revoir,restrictions à revoir", "a_revoir"),
)


def _days(nombre: int) -> datetime.timedelta:
    """A number of the reference data as a length."""
    return datetime.timedelta(days=nombre)


def count_visits(user: Any, jour: datetime.date) -> dict[str, Any]:
    """Count due dates by state, with the oldest late one and how far « coming » reaches, in one question."""
    a_venir = Parametre.objects.number_on(jour, A_VENIR)
    comptes = (
        VisiteDue.objects.visible_to(user)
        .on(jour, a_venir)
        .order_by()
        .aggregate(
            retard=Count("pk", filter=Q(est_retard=True)),
            bientot=Count("pk", filter=Q(est_bientot=True)),
            jamais=Count("pk", filter=Q(est_jamais=True)),
            plus_ancienne=Min("echeance", filter=Q(est_retard=True)),
        )
    )
    return comptes | {"a_venir": a_venir}


def visit_figures(comptes: dict[str, Any]) -> list[dict[str, Any]]:
    """Late, soon to come, never seen."""
    delai = count_of(comptes["a_venir"], "jour")
    return [
        make_figure(
            comptes["retard"],
            "visite en retard,visites en retard",
            address_of("visites:liste", echeance="retard"),
            retard=True,
        ),
        make_figure(
            comptes["bientot"],
            f"visite sous {delai},visites sous {delai}",
            address_of("visites:liste", echeance="bientot"),
            bientot=True,
        ),
        make_figure(
            comptes["jamais"],
            "agent jamais vu,agents jamais vus",
            address_of("visites:liste", echeance="jamais"),
        ),
    ]


def alert_figures(user: Any) -> list[dict[str, Any]]:
    """Alerts of absence to treat, for who sees them."""
    if not user.has_perm("agents.view_alerte"):
        return []
    return [alert_figure(AlerteAbsence.objects.visible_to(user).open().count())]


def alert_figure(nombre: int) -> dict[str, Any]:
    """Alerts of absence that nobody has treated nor dismissed."""
    nom = "alerte d’absence à traiter,alertes d’absence à traiter"
    return make_figure(nombre, nom, reverse("agents:alertes"), bientot=True)


def count_house(
    user: Any, jour: datetime.date, autres: Mapping[str, QuerySet] | None = None
) -> dict[str, int]:
    """Count reports to qualify, late actions, long absences, requests, and `autres`, in one query."""
    questions = dict(autres or {}) | {
        "signalements": Signalement.objects.visible_to(user).to_qualify(),
        "actions": Action.objects.visible_to(user).late_on(jour),
        "arrets": _long_absences(user, jour),
    }
    if user.has_perm("visites.answer_demande"):
        questions["visites"] = DemandeVisite.objects.visible_to(user).to_examine()
    if user.has_perm("visites.view_engagement"):
        questions |= measure_questions(user, jour)
    if user.has_perm("agents.view_alerte"):
        questions["alertes"] = AlerteAbsence.objects.visible_to(user).open()
    if user.has_perm("documents.view_courriel"):
        questions["adresses"] = Courriel.objects.visible_to(user).last_refused()
    if user.has_perm("comptes.approve_compte"):
        questions["demandes"] = DemandeCompte.objects.visible_to(user).to_decide_by(user)
    return count_rows(user, questions)


def house_figures(nombres: dict[str, int], jour: datetime.date, source: Source) -> list[dict[str, Any]]:
    """What count_house found, as figures."""
    chiffres = [
        report_figure(nombres["signalements"], source),
        action_figure(nombres["actions"]),
        long_absence_figure(nombres["arrets"], jour),
    ]
    if "visites" in nombres:
        chiffres.insert(0, request_figure(nombres["visites"]))
    chiffres += measure_figures(nombres)
    if "alertes" in nombres:
        chiffres.append(alert_figure(nombres["alertes"]))
    if nombres.get("adresses"):
        chiffres.append(address_figure(nombres["adresses"]))
    if "demandes" in nombres:
        nom = "demande de compte à approuver,demandes de comptes à approuver"
        chiffres.append(make_figure(nombres["demandes"], nom, reverse("comptes:demandes"), bientot=True))
    return chiffres


def measure_questions(user: Any, jour: datetime.date) -> dict[str, QuerySet]:
    """Restrictions that nobody answered in time, whose committee is to be told, whose end comes."""
    suivis = Engagement.objects.visible_to(user).on(jour, Parametre.objects.number_on(jour, RAPPEL))
    return {f"restrictions_{cle}": suivis.filter(**{colonne: True}) for cle, _, colonne in RESTRICTIONS}


def measure_figures(nombres: Mapping[str, int]) -> list[dict[str, Any]]:
    """What measure_questions found, without what is nought."""
    return [
        make_figure(
            nombres[f"restrictions_{cle}"],
            nom,
            address_of("visites:restrictions", etat=cle),
            retard=cle == "retard",
            bientot=cle != "retard",
        )
        for cle, nom, _ in RESTRICTIONS
        if nombres.get(f"restrictions_{cle}")
    ]


def address_figure(nombre: int) -> dict[str, Any]:
    """Addresses whose last message was refused or came back."""
    return make_figure(
        nombre,
        "adresse à corriger,adresses à corriger",
        address_of("documents:courriels", vue=A_CORRIGER),
        bientot=True,
    )


def request_figure(nombre: int) -> dict[str, Any]:
    """Requests for a visit that nobody has answered."""
    return make_figure(
        nombre,
        "demande de visite à examiner,demandes de visite à examiner",
        address_of("visites:demandes", etat=EtatDemande.DEPOSEE.value),
        bientot=True,
    )


def request_figures(user: Any) -> list[dict[str, Any]]:
    """The same for care staff who answer them."""
    if not user.has_perm("visites.answer_demande"):
        return []
    return [request_figure(DemandeVisite.objects.visible_to(user).to_examine().count())]


def prevention_figures(user: Any, jour: datetime.date, source: Source) -> list[dict[str, Any]]:
    """Reports to qualify, late actions, recent accidents."""
    questions = {
        "signalements": Signalement.objects.visible_to(user).to_qualify(),
        "actions": Action.objects.visible_to(user).late_on(jour),
    }
    nombres = count_rows(user, questions)
    return [
        report_figure(nombres["signalements"], source),
        action_figure(nombres["actions"]),
        accident_figure(user, jour),
    ]


def report_figure(nombre: int, source: Source) -> dict[str, Any]:
    """Reports to qualify, those whose deadline is far away too."""
    return make_figure(
        nombre,
        "signalement à qualifier,signalements à qualifier",
        address_of("signalements:liste", vue="a_qualifier"),
        retard=bool(source.totaux.get(Groupe.RETARD)),
        bientot=True,
    )


def action_figure(nombre: int) -> dict[str, Any]:
    """Late actions of the section, whoever pilots them: all figures of the strip speak of the same house."""
    return make_figure(
        nombre,
        "action en retard,actions en retard",
        address_of("signalements:actions", vue="en_retard"),
        retard=True,
    )


def agent_figures(user: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Agents present, absent on this day, absent for more than thirty days."""
    suivis = Agent.objects.visible_to(user).followed_on(jour)
    questions = {"presents": suivis, "absents": suivis.absent_on(jour), "arrets": _long_absences(user, jour)}
    nombres = count_rows(user, questions)
    return [
        make_figure(nombres["presents"], "agent présent,agents présents", reverse("agents:liste")),
        make_figure(
            nombres["absents"],
            "agent absent ce jour,agents absents ce jour",
            address_of("agents:liste", absence="oui"),
        ),
        long_absence_figure(nombres["arrets"], jour),
    ]


def _long_absences(user: Any, jour: datetime.date) -> QuerySet:
    """Agents whose absence is long, as the reference data says."""
    longue = Parametre.objects.number_on(jour, ABSENCE_LONGUE)
    return Agent.objects.visible_to(user).followed_on(jour).absent_throughout(jour - _days(longue), jour)


def long_absence_figure(nombre: int, jour: datetime.date) -> dict[str, Any]:
    """How many they are, and from how many days on."""
    plus = f"de plus de {count_of(Parametre.objects.number_on(jour, ABSENCE_LONGUE), 'jour')}"
    return make_figure(
        nombre,
        f"arrêt {plus},arrêts {plus}",
        address_of("agents:liste", absence="longue"),
    )


def quality_figures(user: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Rows that contradict or lack something, for who watches over them; they are added up on their page."""
    if not user.has_perm("reporting.view_qualite"):
        return []
    nombre = total_of(count_to_treat(user, jour))
    return [make_figure(nombre, "donnée à revoir,données à revoir", reverse("qualite:accueil"), bientot=True)]


def team_figures(user: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """The team as its list counts it, and the reports under way in its structures."""
    delais = read_delais(jour)
    comptes = count_views(with_dates(team_on(user, jour), user, jour), jour, delais)
    sous = f"sous {count_of(delais.bientot, 'jour')}"
    return [
        make_figure(comptes["tous"], "agent dans l’équipe,agents dans l’équipe", address_of("equipe:liste")),
        make_figure(
            comptes["absents"],
            "agent absent ce jour,agents absents ce jour",
            address_of("equipe:liste", presence="absents"),
        ),
        make_figure(
            comptes["visite"],
            f"visite {sous},visites {sous}",
            address_of("equipe:liste", visite="bientot"),
            bientot=True,
        ),
        make_figure(
            comptes["mesures"],
            "agent avec un aménagement,agents avec un aménagement",
            address_of("equipe:liste", mesures="avec"),
        ),
        *measure_figures(count_rows(user, measure_questions(user, jour))),
        make_figure(
            Signalement.objects.visible_to(user).under_way().count(),
            "signalement en cours,signalements en cours",
            address_of("signalements:liste", vue="en_cours"),
        ),
    ]


def accident_figure(user: Any, jour: datetime.date) -> dict[str, Any]:
    """Recent accidents of service: the reference data says for how long."""
    delai = Parametre.objects.number_on(jour, RECENTS)
    debut, mots = jour - _days(delai), count_of(delai, "jour")
    recents = Accident.objects.visible_to(user).between(debut, jour).of_service()
    return make_figure(
        recents.count(),
        f"accident en {mots},accidents en {mots}",
        address_of("signalements:accidents", du=debut, au=jour, nature="service", rechute="sans"),
    )


def day_figure(user: Any, jour: datetime.date) -> dict[str, Any]:
    """Visits of this professional on this day, concluded ones too."""
    return make_figure(
        Visite.objects.visible_to(user).of_day(jour, user).count(),
        "visite de ce jour,visites de ce jour",
        address_of("visites:journee", jour=jour),
    )


def journal_figures(user: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Refusals, consultations and acts of the seven days before this one, which no longer change."""
    debut, fin = jour - datetime.timedelta(days=7), jour - datetime.timedelta(days=1)
    lignes = LigneJournal.objects.visible_to(user).between_days(debut, fin)
    comptes = lignes.count_natures()
    noms = (
        (NatureJournal.REFUS, "accès refusé en 7 jours jusqu’à hier,accès refusés en 7 jours jusqu’à hier"),
        (
            NatureJournal.CONSULTATION,
            "consultation en 7 jours jusqu’à hier,consultations en 7 jours jusqu’à hier",
        ),
        (NatureJournal.ACTE, "acte en 7 jours jusqu’à hier,actes en 7 jours jusqu’à hier"),
    )
    return [
        make_figure(
            comptes.get(nature, 0),
            nom,
            address_of("journal:liste", vue=nature.value, du=debut, au=fin),
            bientot=nature == NatureJournal.REFUS,
        )
        for nature, nom in noms
    ]


def job_figures(user: Any) -> list[dict[str, Any]]:
    """Background jobs that failed, wait, run: the queue that the administrator watches over."""
    comptes = dict(
        Travail.objects.listed_for(user).order_by("etat").values_list("etat").annotate(Count("pk"))
    )
    noms = (
        (EtatTravail.ECHEC, "travail en échec,travaux en échec"),
        (EtatTravail.EN_FILE, "travail en file,travaux en file"),
        (EtatTravail.EN_COURS, "travail en cours,travaux en cours"),
    )
    return [
        make_figure(
            comptes.get(etat, 0),
            nom,
            address_of("travaux:liste", etat=etat.value),
            retard=etat == EtatTravail.ECHEC,
        )
        for etat, nom in noms
    ]


def account_figures(user: Any, jour: datetime.date) -> list[dict[str, Any]]:
    """Accounts that wait, invitations not used, accounts asleep, leavers disabled: views of their list."""
    comptes, delai = Utilisateur.objects.visible_to(user), count_of(DORMANCE.days, "jour")
    vues = (
        (EtatCompte.A_APPROUVER.value, "compte à approuver,comptes à approuver"),
        (EtatCompte.INVITE.value, "invitation sans réponse,invitations sans réponse"),
        (DORMANTS, f"compte inutilisé depuis {delai},comptes inutilisés depuis {delai}"),
        (PARTIS, "compte fermé par un départ,comptes fermés par un départ"),
    )
    maintenant = timezone.make_aware(datetime.datetime.combine(jour, datetime.time.max))
    nombres = count_rows(
        user,
        {cle: CompteFilter({"etat": cle}, queryset=comptes, maintenant=maintenant).qs for cle, _ in vues},
    )
    return [
        make_figure(nombres[cle], nom, address_of("comptes:liste", etat=cle), bientot=cle != PARTIS)
        for cle, nom in vues
    ]
