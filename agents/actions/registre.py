"""Writes a personnel register: agents, their affectations, and the structures and posts that it brings."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from agents.actions.agents import CHAMPS
from agents.actions.fiche_du_compte import follow_departures
from agents.actions.references import PAR_LOT, add_references
from agents.actions.structures import rebuild_paths
from agents.models import Affectation, Agent, Structure
from agents.perms import refuse_own_file
from agents.rules.arborescence import Noeud
from agents.rules.identite import name_key
from nouvea_sst.comptes.journal import record_act, record_acts
from nouvea_sst.imports.moteur.plan import LignePlan
from nouvea_sst.imports.rules.cible import Reference
from nouvea_sst.travaux.actions import defer_followups

ACTE = "agents.load_registre"
LIENS = ("structure", "poste", "site", "collectivite")
AFFECTES = ("structure", "poste", "site")
# Written as they stand; the collectivité is one of the links.
COPIES = tuple(champ for champ in CHAMPS if champ not in LIENS)
VEILLE = datetime.timedelta(days=1)


@transaction.atomic
def load_registre(
    *,
    acteur: Any,
    jour: datetime.date,
    crees: Sequence[LignePlan],
    modifies: Sequence[LignePlan],
    contexte: Any,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Write the accepted rows of a register, all or none; return what was added beside the agents.

    Agents who are not in the register are left as they are. A change of structure, poste or site closes the
    affectation the day before `jour` and opens another. The journal gets a line for each agent, and one
    in all. Raises PermissionDenied when a row changes the file of the account itself.
    """
    pks = _add_references(contexte)
    nouveaux = [_new_agent(ligne, pks) for ligne in crees]
    for debut in range(0, len(nouveaux), PAR_LOT):
        Agent.objects.bulk_create(nouveaux[debut : debut + PAR_LOT])
        progress(min(debut + PAR_LOT, len(nouveaux)))
    _open_affectations(nouveaux, jour)
    changes = _change_agents(modifies, pks, jour, acteur)
    progress(len(crees) + len(modifies))
    record_acts(acteur=acteur, acte=ACTE, agents=[*((agent, []) for agent in nouveaux), *changes])
    record_act(
        acteur=acteur,
        acte=ACTE,
        libelle=f"{len(crees)} créés, {len(modifies)} modifiés",
        champs=sorted({champ for ligne in modifies for champ in ligne.changements}),
    )
    follow_departures(acteur=acteur, jour=jour, agents=[agent for agent, _ in changes])
    defer_followups()
    return {
        "structure": len(contexte.arbre.nouveaux),
        "poste": len(contexte.postes.nouveaux),
        "site": len(contexte.sites.nouveaux),
        "collectivité": len(contexte.collectivites.nouveaux),
    }


@transaction.atomic
def leave_registre(*, acteur: Any, jour: datetime.date, departs: Mapping[int, datetime.date]) -> None:
    """Note the last day of agents whom a full register leaves out; those gone by `jour` lose their account.

    Raises PermissionDenied when the account's own file is among them.
    """
    partis = list(Agent.objects.select_for_update(of=("self",)).filter(pk__in=list(departs)).order_by("pk"))
    for agent in partis:
        refuse_own_file(acteur, agent)
        agent.date_depart = departs[agent.pk]
        agent.version += 1
    Agent.objects.bulk_update(partis, ["date_depart", "version"], batch_size=PAR_LOT)
    record_acts(acteur=acteur, acte="agents.leave_registre", agents=((a, ["date_depart"]) for a in partis))
    follow_departures(acteur=acteur, jour=jour, agents=partis)
    defer_followups()


@transaction.atomic
def undo_registre(
    *,
    acteur: Any,
    crees: Mapping[type[Model], set[Any]],
    modifies: Mapping[type[Model], set[Any]],
) -> None:
    """Settle what the undo of an import gives back of the agents: their sort key, a journal line for each.

    Raises PermissionDenied when the account's own file is among them.
    """
    rendus = list(Agent.objects.filter(pk__in=modifies.get(Agent, ())).order_by("pk"))
    for agent in rendus:
        refuse_own_file(acteur, agent)
        agent.nom_cle = name_key(agent.nom, agent.prenom)
    Agent.objects.bulk_update(rendus, ["nom_cle"], batch_size=PAR_LOT)
    retires = Agent.objects.filter(pk__in=crees.get(Agent, ())).order_by("pk")
    record_acts(acteur=acteur, acte="agents.undo_registre", agents=((a, []) for a in (*rendus, *retires)))


def _add_references(contexte: Any) -> dict[int | str, int]:
    """Write the structures, posts, sites and collectivités that are missing; return keys by reference."""
    pks = _add_structures(contexte.arbre.nouveaux)
    return pks | add_references(lexiques=(contexte.postes, contexte.sites, contexte.collectivites))


def _add_structures(nouveaux: Sequence[Noeud]) -> dict[int | str, int]:
    """Write the new nodes level by level, parents first; return their keys by reference."""
    pks: dict[int | str, int] = {}
    restants = list(nouveaux)
    while restants:
        prets = [n for n in restants if n.parent is None or n.parent.pk is not None or n.parent.cle in pks]
        objets = [
            Structure(sigle=n.sigle, libelle=n.libelle, niveau=n.niveau, parent_id=_pk_of(n.parent, pks))
            for n in prets
        ]
        for noeud, objet in zip(
            prets, Structure.objects.bulk_create(objets, batch_size=PAR_LOT), strict=True
        ):
            pks[noeud.cle] = objet.pk
        restants = [n for n in restants if n.cle not in pks]
    if nouveaux:
        rebuild_paths()
    return pks


def _pk_of(noeud: Noeud | None, pks: Mapping[int | str, int]) -> int | None:
    if noeud is None:
        return None
    return noeud.pk if noeud.pk is not None else pks[noeud.cle]


def _stored(champ: str, valeur: Any, pks: Mapping[int | str, int]) -> Any:
    """Return what the column holds: a key for a reference, an empty text where nothing is said."""
    if isinstance(valeur, Reference):
        return pks.get(valeur.cle, valeur.cle)
    if valeur is None and Agent._meta.get_field(champ).null:
        return None
    return "" if valeur is None else valeur


def _column(champ: str) -> str:
    return f"{champ}_id" if champ in LIENS else champ


def _new_agent(ligne: LignePlan, pks: Mapping[int | str, int]) -> Agent:
    valeurs = {
        _column(champ): _stored(champ, ligne.valeurs[champ], pks)
        for champ in (*COPIES, *LIENS)
        if champ in ligne.valeurs
    }
    seule = "+" not in ligne.cle.partition("=")[0]
    agent = Agent(**valeurs, cle_import="" if seule else ligne.cle)
    agent.nom_cle = name_key(agent.nom, agent.prenom)
    return agent


def _open_affectations(agents: Sequence[Agent], jour: datetime.date) -> None:
    """Give each new agent who has a structure an affectation since his hire, else since this day."""
    Affectation.objects.bulk_create(
        [_affectation(agent, agent.date_embauche or jour) for agent in agents if agent.structure_id],
        batch_size=PAR_LOT,
    )


def _affectation(agent: Agent, debut: datetime.date) -> Affectation:
    # By keys: the objects would be fetched one by one.
    cles: dict[str, Any] = {f"{lien}_id": getattr(agent, f"{lien}_id") for lien in AFFECTES}
    return Affectation(agent=agent, date_debut=debut, **cles)


def _change_agents(
    lignes: Sequence[LignePlan], pks: Mapping[int | str, int], jour: datetime.date, acteur: Any
) -> list[tuple[Agent, list[str]]]:
    """Write the new values of the agents changed, and their new affectations; return each with his fields."""
    par_pk = {ligne.pk: ligne for ligne in lignes if ligne.pk is not None}
    agents = list(Agent.objects.select_for_update(of=("self",)).filter(pk__in=list(par_pk)).order_by("pk"))
    changes: set[str] = set()
    deplaces = []
    for agent in agents:
        refuse_own_file(acteur, agent)
        changements = par_pk[agent.pk].changements
        for champ, (_, nouveau) in changements.items():
            setattr(agent, _column(champ), _stored(champ, nouveau, pks))
        agent.nom_cle = name_key(agent.nom, agent.prenom)
        agent.version += 1
        changes |= set(changements)
        if agent.structure_id and changements.keys() & set(AFFECTES):
            deplaces.append(agent)
    if agents:
        Agent.objects.bulk_update(agents, [*sorted(changes), "nom_cle", "version"], batch_size=PAR_LOT // 2)
    _move(deplaces, jour)
    return [(agent, sorted(par_pk[agent.pk].changements)) for agent in agents]


def _move(agents: Sequence[Agent], jour: datetime.date) -> None:
    """Close the affectations of these agents the day before, open those that they have now.

    An affectation that begins this very day is corrected in place; one that begins later stays, and the new
    one ends the day before it.
    """
    siennes = Affectation.objects.filter(agent__in=agents, date_debut__gte=jour).order_by("-date_debut")
    suivantes = {a.agent_id: a.date_debut for a in siennes if a.date_debut > jour}
    en_place = {a.agent_id: a for a in siennes if a.date_debut == jour}
    for agent in agents:
        if agent.pk in en_place:
            affectation = en_place[agent.pk]
            for lien in AFFECTES:
                setattr(affectation, f"{lien}_id", getattr(agent, f"{lien}_id"))
            affectation.version += 1
    Affectation.objects.bulk_update(
        en_place.values(), ["structure", "poste", "site", "version"], batch_size=PAR_LOT
    )
    partis = [agent for agent in agents if agent.pk not in en_place]
    ouvertes = Affectation.objects.filter(agent__in=partis, date_debut__lt=jour).exclude(date_fin__lt=jour)
    ouvertes.update(date_fin=jour - VEILLE, version=F("version") + 1)
    nouvelles = [_affectation(agent, jour) for agent in partis]
    for nouvelle in nouvelles:
        if suivante := suivantes.get(nouvelle.agent_id):
            nouvelle.date_fin = suivante - VEILLE
    Affectation.objects.bulk_create(nouvelles, batch_size=PAR_LOT)
