"""Alerts about absences: raised and closed by the calculation, decided by people."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from agents.enums import EtatAlerte, MotifEcart
from agents.faits import Bareme, read_bareme, read_horloges, read_reglages
from agents.models import Absence, Agent, AlerteAbsence
from agents.parametres import TOLERANCE
from agents.perms import refuse_own_file
from agents.rules.alertes import SURVEILLEES, Constat, Reglages, find_alertes
from agents.rules.chaines import build_all
from agents.rules.etats import ALERTE
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.dates import add_months
from nouvea_sst.lib.transitions import check_transition
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail

LOT = 2000
SUJET = "Cette alerte"
TACHE_A_LA_DEMANDE = "agents.refresh_alertes_on_demand"


@dataclass(frozen=True)
class BilanAlertes:
    """What a calculation did."""

    levees: int = 0
    closes: int = 0
    tenues: int = 0

    def __add__(self, autre: "BilanAlertes") -> "BilanAlertes":
        return BilanAlertes(
            self.levees + autre.levees, self.closes + autre.closes, self.tenues + autre.tenues
        )

    def __str__(self) -> str:
        mots = ((self.levees, "levée"), (self.closes, "sans suite,sans suite"), (self.tenues, "inchangée"))
        return ", ".join(count_of(nombre, mot) for nombre, mot in mots)


def refresh_alertes(*, acteur: Any, jour: datetime.date, agents: Iterable[int] | None = None) -> BilanAlertes:
    """Raise what holds on a day and close what no longer does, for these agents (keys; all when None).

    What a person decided stays as decided for the same occasion. Each lot is one transaction.
    """
    reglages, bareme = read_reglages(jour), read_bareme(jour)
    tolerance = Parametre.objects.number_on(jour, TOLERANCE)
    cles = _concerned(jour, reglages, agents)
    bilan = BilanAlertes()
    for debut in range(0, len(cles), LOT):
        constats = _find(cles[debut : debut + LOT], jour, reglages, bareme, tolerance)
        bilan += _write_lot(cles=cles[debut : debut + LOT], constats=constats, jour=jour)
    record_act(acteur=acteur, acte="agents.refresh_alertes", libelle=str(bilan))
    return bilan


@transaction.atomic
def request_alertes(*, acteur: Any) -> Travail:
    """Queue the calculation of the alerts that the account sees; the job writes the journal line."""
    travail = open_travail(acteur=acteur, intitule="Calcul des alertes d’absence")
    app.configure_task(TACHE_A_LA_DEMANDE).defer(travail_id=travail.pk)
    return travail


def _concerned(jour: datetime.date, reglages: Reglages, agents: Iterable[int] | None) -> list[int]:
    """Keys of the agents absent in the months that a rule counts, and of those with an open alert."""
    absents = Absence.objects.filter(type__famille__in=SURVEILLEES).overlapping(
        add_months(jour, -reglages.mois.nombre), jour
    )
    cles = set(absents.order_by().values_list("agent_id", flat=True).distinct())
    cles |= set(AlerteAbsence.objects.open().order_by().values_list("agent_id", flat=True).distinct())
    return sorted(cles if agents is None else cles & set(agents))


def _find(
    cles: Collection[int], jour: datetime.date, reglages: Reglages, bareme: Bareme, tolerance: int
) -> dict[int, list[Constat]]:
    """Return what holds for each of these agents, in a constant number of queries; nothing of who left."""
    suivis = set(Agent.objects.followed_on(jour).filter(pk__in=cles).values_list("pk", flat=True))
    absences = Absence.objects.filter(agent__in=suivis)
    chaines = build_all(absences.filter(type__famille__in=SURVEILLEES).as_maillons(), tolerance)
    en_arret = absences.overlapping(jour, jour).filter(type__compte_droits=True)
    horloges = read_horloges(set(en_arret.values_list("agent_id", flat=True)), jour, bareme)
    soldes = {agent: horloge.solde for agent, horloge in horloges.items()}
    return {
        agent: find_alertes(jour, siennes, soldes.get(agent), reglages) for agent, siennes in chaines.items()
    }


@transaction.atomic
def _write_lot(
    *, cles: Collection[int], constats: dict[int, list[Constat]], jour: datetime.date
) -> BilanAlertes:
    """Write one lot; the act that calls it writes the journal line."""
    lues = AlerteAbsence.objects.select_for_update(of=("self",)).filter(agent_id__in=cles).order_by("pk")
    connues = {(a.agent_id, a.regle, a.seuil, a.occasion): a for a in lues}
    neuves, rouvertes, tenues = [], 0, 0
    for agent, siens in constats.items():
        for constat in siens:
            alerte = connues.pop((agent, *constat.cle), None)
            if alerte is None:
                neuves.append(_new(agent, constat, jour))
            elif alerte.etat == EtatAlerte.CADUQUE:
                rouvertes += 1
                _save(alerte, etat=EtatAlerte.OUVERTE, limite=constat.limite, preuve=constat.preuve)
            else:
                tenues += 1
                _hold(alerte, constat)
    AlerteAbsence.objects.bulk_create(neuves)
    closes = [a for a in connues.values() if a.etat == EtatAlerte.OUVERTE]
    for alerte in closes:
        _save(alerte, etat=EtatAlerte.CADUQUE)
    return BilanAlertes(len(neuves) + rouvertes, len(closes), tenues)


def _new(agent: int, constat: Constat, jour: datetime.date) -> AlerteAbsence:
    return AlerteAbsence(
        agent_id=agent,
        regle=constat.regle,
        seuil=constat.seuil,
        occasion=constat.occasion,
        limite=constat.limite,
        preuve=constat.preuve,
        levee_le=jour,
    )


def _hold(alerte: AlerteAbsence, constat: Constat) -> None:
    """Bring the facts of an open alert up to date; what was decided keeps those it was decided on."""
    if alerte.etat == EtatAlerte.OUVERTE and (alerte.preuve, alerte.limite) != (
        constat.preuve,
        constat.limite,
    ):
        AlerteAbsence.objects.filter(pk=alerte.pk).update(preuve=constat.preuve, limite=constat.limite)


def _save(alerte: AlerteAbsence, **faits: Any) -> None:
    for nom, valeur in faits.items():
        setattr(alerte, nom, valeur)
    alerte.version += 1
    alerte.save(update_fields=[*faits, "version"])


@transaction.atomic
def treat_alerte(*, acteur: Any, pk: int, version: int, maintenant: datetime.datetime) -> AlerteAbsence:
    """Say that an act followed an alert. Raises TransitionRefusee, VersionPerimee, PermissionDenied."""
    faits = {"decidee_par": acteur, "decidee_le": maintenant}
    return _decide(acteur, "agents.treat_alerte", pk, version, EtatAlerte.TRAITEE, faits)


@transaction.atomic
def dismiss_alerte(
    *,
    acteur: Any,
    pk: int,
    version: int,
    motif: MotifEcart,
    commentaire: str,
    maintenant: datetime.datetime,
) -> AlerteAbsence:
    """Set an alert aside, with its reason. Raises TransitionRefusee, VersionPerimee, PermissionDenied."""
    faits = {
        "motif": motif,
        "commentaire": commentaire,
        "decidee_par": acteur,
        "decidee_le": maintenant,
    }
    return _decide(acteur, "agents.dismiss_alerte", pk, version, EtatAlerte.ECARTEE, faits)


@transaction.atomic
def reopen_alerte(*, acteur: Any, pk: int, version: int) -> AlerteAbsence:
    """Take a decision back. Raises TransitionRefusee, VersionPerimee, PermissionDenied."""
    faits = {"motif": "", "commentaire": "", "decidee_par": None, "decidee_le": None}
    return _decide(acteur, "agents.reopen_alerte", pk, version, EtatAlerte.OUVERTE, faits)


def _decide(
    acteur: Any, acte: str, pk: int, version: int, etat: EtatAlerte, faits: dict[str, Any]
) -> AlerteAbsence:
    """Bring an alert to another state; nobody decides about himself."""
    alerte = AlerteAbsence.objects.select_for_update(of=("self",)).select_related("agent").get(pk=pk)
    refuse_own_file(acteur, alerte.agent)
    check_transition(ALERTE, EtatAlerte(alerte.etat), etat, SUJET)
    check_version(alerte, version)
    _save(alerte, etat=etat, **faits)
    record_act(acteur=acteur, acte=acte, objet=alerte, agent=alerte.agent, champs=["etat", *faits])
    return alerte
