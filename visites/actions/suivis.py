"""Brings the visits due up to date, by lots: few queries however many agents."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from agents.models import Agent
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.travaux.actions import open_travail
from nouvea_sst.travaux.models import Travail
from visites.actions.dues import write_dues
from visites.calcul import Lot, compute_lot, in_lots
from visites.dossiers import read_bareme
from visites.enums import EtatDue, RegleEcheance
from visites.models import Suivi, VisiteDue
from visites.rules.bareme import Bareme, Faits, Reponse
from visites.rules.confrontation import DueConnue, Ecarts

TACHE_A_LA_DEMANDE = "visites.refresh_on_demand"
CALCULES = ["categorie", "derniere_visite", "echeance", "regle", "preuve"]
EFFETS = {"creees": "créée", "modifiees": "modifiée", "gardees": "gardée", "closes": "close"}
RIEN = {
    "regle": "Aucune règle en vigueur ne rend une visite due.",
    "version": "",
    "source": "",
    "fiabilite": "",
    "faits": [],
    "calcul": "",
}


@dataclass(frozen=True)
class BilanSuivis:
    """What a calculation did: agents, visits due by motive and effect, and agents that it could not read."""

    creees: int = 0
    modifiees: int = 0
    inchangees: int = 0
    motifs: dict[int, dict[str, int]] = field(default_factory=dict, compare=False)
    erreurs: tuple[int, ...] = field(default=(), compare=False)

    def __add__(self, autre: "BilanSuivis") -> "BilanSuivis":
        motifs = {motif: dict(comptes) for motif, comptes in self.motifs.items()}
        for motif, comptes in autre.motifs.items():
            for effet, nombre in comptes.items():
                ici = motifs.setdefault(motif, {})
                ici[effet] = ici.get(effet, 0) + nombre
        return BilanSuivis(
            self.creees + autre.creees,
            self.modifiees + autre.modifiees,
            self.inchangees + autre.inchangees,
            motifs,
            self.erreurs + autre.erreurs,
        )

    def __str__(self) -> str:
        mots = f"{count_of(self.creees + self.modifiees + self.inchangees, 'agent')}, visites dues : "
        mots += ", ".join(
            count_of(sum(comptes.get(effet, 0) for comptes in self.motifs.values()), mot)
            for effet, mot in EFFETS.items()
        )
        return f"{mots}, {count_of(len(self.erreurs), 'agent')} en erreur" if self.erreurs else mots


def refresh_suivis(
    *,
    acteur: Any,
    jour: datetime.date,
    agents: Iterable[int] | None = None,
    progres: Callable[[int, int], None] | None = None,
    temoin: Callable[[Lot], None] | None = None,
) -> BilanSuivis:
    """Recompute the visits due of these agents (keys; all when None) with the rules in force on `jour`.

    Each lot is one transaction, so that a night's calculation never keeps a doctor who signs waiting.
    Raises RegleInconnue when the reference data lacks a value.
    """
    cles = list(Agent.objects.order_by("pk").values_list("pk", flat=True) if agents is None else agents)
    bareme, bilan = read_bareme(jour), BilanSuivis()
    for lot, fait in in_lots(cles):
        bilan += refresh_lot(cles=lot, bareme=bareme, temoin=temoin)
        if progres is not None:
            progres(fait, len(cles))
    record_act(acteur=acteur, acte="visites.refresh_suivis", libelle=str(bilan))
    return bilan


@transaction.atomic
def request_refresh(*, acteur: Any) -> Travail:
    """Queue the calculation of the due dates that the account sees; the job writes the journal line."""
    travail = open_travail(acteur=acteur, intitule="Calcul des échéances de visite")
    app.configure_task(TACHE_A_LA_DEMANDE).defer(travail_id=travail.pk)
    return travail


def refresh_agent(*, agent_id: int, jour: datetime.date) -> None:
    """Recompute one agent without a journal line: the act that calls it writes its own."""
    refresh_lot(cles=[agent_id], bareme=read_bareme(jour))


def hold_agents(*, cles: Collection[int]) -> dict[int, Suivi]:
    """Lock these agents, then their follow-up, then what they are due; return the follow-ups by agent.

    Whoever writes about visits begins here, in this order, before visits, requests and accounts: those who
    meet wait for each other, and none for whoever waits for him. A row that points at an agent needs no wait.
    """
    agents = Agent.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=cles)
    list(agents.order_by("pk").values_list("pk"))
    suivis = {
        s.agent_id: s for s in Suivi.objects.select_for_update().filter(agent_id__in=cles).order_by("pk")
    }
    list(VisiteDue.objects.select_for_update().filter(agent_id__in=cles).order_by("pk").values_list("pk"))
    return suivis


@transaction.atomic
def refresh_lot(
    *, cles: Collection[int], bareme: Bareme, temoin: Callable[[Lot], None] | None = None
) -> BilanSuivis:
    """Recompute one lot without a journal line: the act that calls it writes its own; `temoin` is shown it.

    The rows are locked before the visits are read: whoever signs meanwhile comes wholly before or after.
    """
    connus = hold_agents(cles=cles)
    maintenant = timezone.now()
    lot = compute_lot(cles, bareme)
    if temoin is not None:
        temoin(lot)
    write_dues(ecarts=[(faits.agent, e) for faits, _, e in lot.dossiers.values()], bareme=bareme)
    a_ecrire, inchanges = [], []
    for agent_id, (faits, reponse, ecarts) in lot.dossiers.items():
        suivi = _make_suivi(agent_id, faits, reponse, ecarts, maintenant)
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
    return BilanSuivis(len(a_ecrire) - modifies, modifies, len(inchanges), lot.count(), tuple(lot.erreurs))


def _make_suivi(
    agent_id: int, faits: Faits, reponse: Reponse, ecarts: Ecarts, maintenant: datetime.datetime
) -> Suivi:
    """The nearest of the visits due; without any, why there is none.

    Of two on one day, by their occasion: the priority of a request would tell who asked.
    """
    ouvertes = [
        *((due.jour, due.cle, str(due.regle.famille), due.preuve) for due in ecarts.creees),
        *(
            (connue.choisie or due.jour, due.cle, str(due.regle.famille), _chosen(connue, due.preuve))
            for connue, due in ecarts.modifiees
        ),
        *(
            (due.echeance, due.cle, due.famille, _chosen(due, due.preuve))
            for due in ecarts.gardees
            if due.etat == EtatDue.OUVERTE
        ),
    ]
    proche = min(ouvertes, key=lambda o: (o[0] is None, o[0] or datetime.date.max, o[1]), default=None)
    if proche is not None:
        echeance, _, regle, preuve = proche
    elif reponse.exclusion is not None:
        echeance, regle, preuve = None, RegleEcheance.EXCLU.value, reponse.exclusion
    else:
        echeance, regle, preuve = None, RegleEcheance.PERIODIQUE.value, RIEN
    return Suivi(
        agent_id=agent_id,
        categorie=faits.base.categorie,
        derniere_visite=faits.base.derniere_visite,
        echeance=echeance,
        regle=regle,
        preuve=preuve,
        calcule_le=maintenant,
    )


def _chosen(connue: DueConnue, preuve: Mapping[str, Any]) -> dict[str, Any]:
    """The proof, with who set another day and why."""
    if connue.choisie is None:
        return dict(preuve)
    choix = {"jour": connue.choisie.isoformat(), "par": connue.choisie_par, "raison": connue.raison_choix}
    return {**preuve, "choix": choix}


def _same(un: Suivi, autre: Suivi) -> bool:
    return all(getattr(un, champ) == getattr(autre, champ) for champ in CALCULES)
