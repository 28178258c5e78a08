"""Acts on agents: entry, correction, entry in bulk."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.actions.affectations import open_affectation
from agents.actions.fiche_du_compte import follow_departures
from agents.models import Agent
from agents.parametres import AGE
from agents.perms import refuse_own_file, seen_by
from agents.rules.identite import check_categorie, check_dates, name_key
from agents.rules.statut import is_elu, statut_of
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.travaux.actions import defer_followups

# What is typed; nom_cle, structure, poste and site follow.
CHAMPS = (
    "collectivite",
    "matricule",
    "id_tiarhe",
    "num_cafat",
    "num_ruamm",
    "civilite",
    "nom",
    "nom_naissance",
    "prenom",
    "sexe",
    "date_naissance",
    "date_embauche",
    "date_depart",
    "statut",
    "code_categorie",
    "est_elu",
    "courriel",
    "telephone",
)
PAR_LOT = 1000


class HomonymeAConfirmer(Exception):
    """Somebody of the same name and birth date is there already; `agents` are those found."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        super().__init__("Un agent porte déjà ce nom, ce prénom et cette date de naissance.")
        self.agents = agents


@transaction.atomic
def create_agent(
    *,
    acteur: Any,
    jour: datetime.date,
    champs: Mapping[str, Any],
    affectation: Mapping[str, Any] | None = None,
    homonyme_confirme: bool = False,
) -> Agent:
    """Enter an agent, with his first affectation (arguments of open_affectation) if it is given.

    Raises ValidationError by field, HomonymeAConfirmer unless the double was confirmed.
    """
    agent = Agent()
    fill_agent(acteur=acteur, agent=agent, champs=champs, jour=jour)
    if not homonyme_confirme:
        _refuse_homonym(acteur, agent)
    agent.save()
    if affectation:
        open_affectation(agent=agent, jour=jour, **affectation)
    record_act(acteur=acteur, acte="agents.create_agent", objet=agent, agent=agent)
    defer_followups()
    return agent


@transaction.atomic
def update_agent(
    *,
    acteur: Any,
    agent_id: int,
    version: int,
    jour: datetime.date,
    champs: Mapping[str, Any],
    homonyme_confirme: bool = False,
) -> list[str]:
    """Correct an agent and return the names of the fields changed; nothing is written without any.

    Raises VersionPerimee, ValidationError by field, HomonymeAConfirmer when the new name is somebody's,
    PermissionDenied for one's own.
    """
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent_id)
    refuse_own_file(acteur, agent)
    check_version(agent, version)
    avant = {nom: getattr(agent, nom) for nom in CHAMPS}
    identite = (agent.nom_cle, agent.date_naissance)
    fill_agent(acteur=acteur, agent=agent, champs=champs, jour=jour)
    changes = [nom for nom in CHAMPS if getattr(agent, nom) != avant[nom]]
    if not changes:
        return []
    if (agent.nom_cle, agent.date_naissance) != identite and not homonyme_confirme:
        _refuse_homonym(acteur, agent)
    agent.version += 1
    agent.save()
    record_act(acteur=acteur, acte="agents.update_agent", objet=agent, agent=agent, champs=changes)
    if agent.compte_id is not None:
        follow_departures(acteur=acteur, jour=jour, agents=[agent])
    defer_followups()
    return changes


@transaction.atomic
def create_agents_in_bulk(*, acteur: Any, agents: Sequence[Agent], libelle: str) -> list[Agent]:
    """Write many new agents, whose values were checked before, with one journal line; sets their sort key."""
    for agent in agents:
        agent.nom_cle = name_key(agent.nom, agent.prenom)
    ecrits = Agent.objects.bulk_create(agents, batch_size=PAR_LOT)
    record_act(acteur=acteur, acte="agents.create_agents_in_bulk", libelle=libelle)
    defer_followups()
    return ecrits


def fill_agent(*, acteur: Any, agent: Agent, champs: Mapping[str, Any], jour: datetime.date) -> None:
    """Put the typed values on the agent with what follows from them. Raises ValidationError by field."""
    inconnus = set(champs) - set(CHAMPS)
    if inconnus:
        raise TypeError(f"not fields of an agent that one types: {', '.join(sorted(inconnus))}")
    for nom, valeur in champs.items():
        setattr(agent, nom, valeur)
    agent.matricule = agent.matricule or None
    fautes = check_dates(
        jour=jour,
        naissance=agent.date_naissance,
        embauche=agent.date_embauche,
        depart=agent.date_depart,
        age_embauche=Parametre.objects.number_on(jour, AGE),
    )
    fautes |= check_categorie(categorie=agent.code_categorie, statut=agent.statut, est_elu=agent.est_elu)
    for numero in ("num_cafat", "num_ruamm"):
        pareils = {numero: getattr(agent, numero)}
        if pareils[numero] and seen_by(acteur).filter(**pareils).exclude(pk=agent.pk).exists():
            fautes[numero] = "Ce numéro est déjà celui d’un autre agent."
    if fautes:
        raise ValidationError(fautes)
    if agent.code_categorie is not None:
        agent.est_elu = is_elu(agent.code_categorie)
        agent.statut = statut_of(agent.code_categorie) or agent.statut
    agent.nom_cle = name_key(agent.nom, agent.prenom)
    agent.full_clean()


def _refuse_homonym(acteur: Any, agent: Agent) -> None:
    """Raise HomonymeAConfirmer if another agent has this name and birth date.

    Only those whom the account sees: that somebody works elsewhere is not told.
    """
    homonymes = seen_by(acteur).homonyms(agent.nom_cle, agent.date_naissance).exclude(pk=agent.pk)
    if trouves := list(homonymes.select_related("structure", "poste")[:5]):
        raise HomonymeAConfirmer(trouves)
