"""Reads what the rules of visits need of many agents: few queries, and no model object for a row."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F

from agents.models import Absence, PositionAdministrative
from agents.parametres import TOLERANCE
from agents.rules.chaines import build_all
from nouvea_sst.referentiel.models import Parametre
from visites.enums import EtatDue, EtatVisite
from visites.faits import ask_agents, ask_demandees, build_facts, gather_demandees, read_valeurs
from visites.models import DemandeVisite, Motif, RegleVisite, Visite, VisiteDue
from visites.querysets_presence import MANQUEE
from visites.rules.bareme import Bareme, Demande, Faits, Position, VisiteVue, group_of
from visites.rules.confrontation import DueConnue
from visites.rules.echeance import RegleInconnue
from visites.rules.occasions import demande_code
from visites.rules.regles import FAMILLES, INDISPENSABLES, Regle
from visites.rules.reprise import SANS_MOTIF

LOT_LU = 5000
POSITION = (
    "agent_id",
    "date_debut",
    "date_fin",
    "type__code",
    "type__libelle",
    "type__en_activite",
    "type__dans_effectif",
)
VISITE = ("agent_id", "pk", "date", "motif_id", "due__cle", "nature", "prochaine_visite", "validite_mois")
DUE = (
    "agent_id",
    "cle",
    "pk",
    "etat",
    "regle_id",
    "famille",
    "motif_id",
    "fait_le",
    "calculee",
    "choisie",
    "echeance",
    "priorite",
    "absences",
    "preuve",
    "raison_choix",
    "choisie_par",
    "ecartee_parce_que",
)


def read_bareme(jour: datetime.date) -> Bareme:
    """Return the rules and values in force on this day. Raises RegleInconnue for one that must not lack."""
    connues = {r.declencheur: r for r in RegleVisite.objects.in_force(jour)}
    for code in INDISPENSABLES:
        if code not in connues:
            raise RegleInconnue(f"Aucune règle de visite n’est en vigueur ce jour-là pour « {code.label} ».")
    regles = {code: make_regle(regle) for code, regle in connues.items() if regle.active}
    sans = Motif.objects.filter(code=SANS_MOTIF).values_list("pk", flat=True).first()
    tolerance = Parametre.objects.number_on(jour, TOLERANCE)
    return Bareme.of(jour, regles, read_valeurs(jour), sans, tolerance, read_groupes(jour))


def read_groupes(jour: datetime.date) -> dict[int, set[str]]:
    """The groups of each motive by every version up to this day: replaced, switched off or withdrawn too."""
    groupes: dict[int, set[str]] = {}
    versions = RegleVisite.objects.filter(date_effet__lte=jour)
    for motif, code in versions.filter(declencheur__in=FAMILLES).values_list("motif_id", "declencheur"):
        groupes.setdefault(motif, set()).add(group_of(code))
    return groupes


def make_regle(regle: RegleVisite) -> Regle:
    """The rule as the pure functions take it."""
    return Regle(
        pk=regle.pk,
        code=regle.declencheur,
        motif_id=regle.motif_id,
        libelle=regle.libelle,
        date_effet=regle.date_effet,
        source=regle.source,
        fiabilite=regle.fiabilite,
        types=frozenset(regle.types_absence),
        positions=frozenset(regle.positions),
        natures=frozenset(regle.natures),
        operateur=regle.operateur,
        seuil=regle.seuil,
        operateur_fin=regle.operateur_fin,
        seuil_fin=regle.seuil_fin,
        unite_seuil=regle.unite_seuil,
        depart=regle.depart,
        decalage=regle.decalage,
        unite=regle.unite,
        priorite=regle.priorite,
        recul_mois=regle.recul_mois,
    )


def sources(agents: Collection[int], jour: datetime.date) -> dict[str, Any]:
    """The rows that a calculation reads, by name, as value lists: the measure reads the same."""
    visites = Visite.objects.filter(agent_id__in=agents, date__lte=jour)
    ordre = ("agent_id", "date", F("heure").asc(nulls_first=True), "pk")
    return {
        "agents": ask_agents(agents),
        "demandees": ask_demandees(agents, jour),
        "absences": Absence.objects.filter(agent_id__in=agents).as_maillons(),
        "positions": PositionAdministrative.objects.filter(agent_id__in=agents)
        .order_by("agent_id", "date_debut", "pk")
        .values_list(*POSITION),
        "tenues": visites.filter(etat=EtatVisite.REALISEE).order_by(*ordre).values_list(*VISITE),
        "manquees": visites.filter(MANQUEE).order_by(*ordre).values_list(*VISITE),
        "demandes": DemandeVisite.objects.waiting()
        .filter(agent_id__in=agents)
        .order_by("demandee_le", "pk")
        .values_list("agent_id", "pk", "origine", "demandee_le", "avant_le"),
        "dues": VisiteDue.objects.filter(agent_id__in=agents)
        .exclude(etat=EtatDue.CLOSE, choisie__isnull=True)
        .order_by("agent_id", "pk")
        .values_list(*DUE),
    }


def read_dossiers(
    lues: Mapping[str, Any],
    dues: Mapping[int, Mapping[str, DueConnue]],
    tolerance: int,
) -> Iterable[Faits]:
    """Yield the facts of each agent; `lues` as sources() gives them, `dues` the rows known by agent, key."""
    raisons, expositions = gather_demandees(lues["demandees"].iterator(chunk_size=LOT_LU))
    tenues, manquees = _group(lues["tenues"]), _group(lues["manquees"])
    positions, demandes = _group(lues["positions"]), _group(lues["demandes"])
    chaines = build_all(lues["absences"].iterator(chunk_size=LOT_LU), tolerance)
    for ligne in lues["agents"]:
        pk = ligne["pk"]
        vues = tenues.get(pk, ())
        yield Faits(
            agent=pk,
            base=build_facts(
                ligne,
                tuple(raisons.get(pk, ())),
                _latest(vues),
                expositions.get(pk, ()),
            ),
            chaines=chaines.get(pk, ()),
            positions=[Position(*p[1:]) for p in positions.get(pk, ())],
            tenues=[VisiteVue._make(v[1:]) for v in vues],
            manquees=[VisiteVue._make(v[1:]) for v in manquees.get(pk, ())],
            demandes=[Demande(d[1], demande_code(d[2]), d[3], d[4]) for d in demandes.get(pk, ())],
            connues={cle for cle, due in dues.get(pk, {}).items() if due.etat != EtatDue.CLOSE},
        )


def _group(lignes: Any) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of each agent, in their order; his key stands first."""
    groupes: dict[int, list[tuple[Any, ...]]] = {}
    for ligne in lignes.iterator(chunk_size=LOT_LU):
        groupes.setdefault(ligne[0], []).append(ligne)
    return groupes


def _latest(vues: Any) -> dict[str, Any] | None:
    """The latest visit as build_facts takes it; the order of the day is that of the hour, unknown first."""
    if not vues:
        return None
    derniere = vues[-1]
    return {
        "pk": derniere[1],
        "date": derniere[2],
        "prochaine_visite": derniere[6],
        "validite_mois": derniere[7],
    }
