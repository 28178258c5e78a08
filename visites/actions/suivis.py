"""Brings the due dates up to date, by lots: few queries however many agents."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Agent
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail
from visites.faits import read_faits, read_valeurs
from visites.models import Suivi
from visites.rules.echeance import FaitsAgent, Valeur, due_date

LOT = 5000
TACHE_A_LA_DEMANDE = "visites.refresh_on_demand"
CALCULES = ["categorie", "derniere_visite", "echeance", "regle", "preuve"]


@dataclass(frozen=True)
class BilanSuivis:
    """What a calculation did."""

    creees: int = 0
    modifiees: int = 0
    inchangees: int = 0

    def __add__(self, autre: "BilanSuivis") -> "BilanSuivis":
        return BilanSuivis(
            self.creees + autre.creees,
            self.modifiees + autre.modifiees,
            self.inchangees + autre.inchangees,
        )

    def __str__(self) -> str:
        comptes = ((self.creees, "créée"), (self.modifiees, "modifiée"), (self.inchangees, "inchangée"))
        return ", ".join(count_of(nombre, mot) for nombre, mot in comptes)


def refresh_suivis(
    *,
    acteur: Any,
    jour: datetime.date,
    agents: Iterable[int] | None = None,
    progres: Callable[[int, int], None] | None = None,
) -> BilanSuivis:
    """Recompute the due dates of these agents (keys; all when None) with the values in force on `jour`.

    Each lot is one transaction, so that a night's calculation never keeps a doctor who signs waiting.
    Raises RegleInconnue when the reference data lacks a value.
    """
    cles = list(Agent.objects.order_by("pk").values_list("pk", flat=True) if agents is None else agents)
    valeurs = read_valeurs(jour)
    bilan = BilanSuivis()
    for debut in range(0, len(cles), LOT):
        bilan += refresh_lot(cles=cles[debut : debut + LOT], valeurs=valeurs, jour=jour)
        if progres is not None:
            progres(min(debut + LOT, len(cles)), len(cles))
    record_act(acteur=acteur, acte="visites.refresh_suivis", libelle=str(bilan))
    return bilan


@transaction.atomic
def request_refresh(*, acteur: Any) -> Travail:
    """Queue the calculation of the due dates that the account sees; the job writes the journal line."""
    travail = open_travail(acteur=acteur, intitule="Calcul des échéances de visite")
    app.configure_task(TACHE_A_LA_DEMANDE).defer(travail_id=travail.pk)
    return travail


@transaction.atomic
def refresh_lot(*, cles: Collection[int], valeurs: Mapping[str, Valeur], jour: datetime.date) -> BilanSuivis:
    """Recompute one lot without a journal line: the act that calls it writes its own.

    The rows are locked before the visits are read: whoever signs meanwhile comes wholly before or after.
    """
    connus = {
        s.agent_id: s for s in Suivi.objects.select_for_update().filter(agent_id__in=cles).order_by("pk")
    }
    maintenant = timezone.now()
    a_ecrire, inchanges = [], []
    for agent_id, faits in read_faits(cles, jour).items():
        suivi = _compute(agent_id, faits, valeurs, jour, maintenant)
        connu = connus.get(agent_id)
        if connu is not None and _same(connu, suivi):
            inchanges.append(connu.pk)
        else:
            a_ecrire.append(suivi)
    Suivi.objects.bulk_create(
        a_ecrire, update_conflicts=True, unique_fields=["agent"], update_fields=[*CALCULES, "calcule_le"]
    )
    Suivi.objects.filter(pk__in=inchanges).update(calcule_le=maintenant)
    modifies = sum(suivi.agent_id in connus for suivi in a_ecrire)
    return BilanSuivis(len(a_ecrire) - modifies, modifies, len(inchanges))


def _compute(
    agent_id: int,
    faits: FaitsAgent,
    valeurs: Mapping[str, Valeur],
    jour: datetime.date,
    maintenant: datetime.datetime,
) -> Suivi:
    reponse = due_date(faits, valeurs, jour)
    return Suivi(
        agent_id=agent_id,
        categorie=faits.categorie,
        derniere_visite=faits.derniere_visite,
        echeance=reponse.jour,
        regle=reponse.regle,
        preuve=reponse.preuve,
        calcule_le=maintenant,
    )


def _same(un: Suivi, autre: Suivi) -> bool:
    return all(getattr(un, champ) == getattr(autre, champ) for champ in CALCULES)
