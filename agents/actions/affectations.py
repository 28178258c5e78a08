"""Acts on affectations; structure, poste and site of the agent follow the one of the day."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F

from agents.models import Affectation, Agent, Poste, Site, Structure
from agents.perms import refuse_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups

VEILLE = datetime.timedelta(days=1)


@transaction.atomic
def set_affectation(
    *,
    acteur: Any,
    agent_id: int,
    jour: datetime.date,
    structure: Structure,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    intitule_poste: str = "",
    libelle_site: str = "",
    temps_travail: int = 100,
) -> Affectation:
    """Give the agent a new affectation; the one that is open ends the day before.

    Raises ValidationError by field when another affectation begins on that day or later, PermissionDenied for
    one's own.
    """
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=agent_id)
    refuse_own_file(acteur, agent)
    affectation = open_affectation(
        agent=agent,
        jour=jour,
        structure=structure,
        date_debut=date_debut,
        date_fin=date_fin,
        intitule_poste=intitule_poste,
        libelle_site=libelle_site,
        temps_travail=temps_travail,
    )
    record_act(acteur=acteur, acte="agents.set_affectation", objet=affectation, agent=agent)
    defer_followups()
    return affectation


def open_affectation(
    *,
    agent: Agent,
    jour: datetime.date,
    structure: Structure,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    intitule_poste: str = "",
    libelle_site: str = "",
    temps_travail: int = 100,
) -> Affectation:
    """Write an affectation inside the act of the caller, who leaves the journal line."""
    suivante = agent.affectations.filter(date_debut__gte=date_debut).order_by("date_debut").first()
    if suivante:
        raise ValidationError(
            {"date_debut": f"Une affectation commence déjà le {suivante.date_debut:%d/%m/%Y} : corrigez-la."}
        )
    agent.affectations.exclude(date_fin__lt=date_debut).update(
        date_fin=date_debut - VEILLE, version=F("version") + 1
    )
    affectation = Affectation(
        agent=agent,
        structure=structure,
        poste=find_poste(intitule=intitule_poste),
        site=find_site(libelle=libelle_site),
        date_debut=date_debut,
        date_fin=date_fin,
        temps_travail=temps_travail,
    )
    _save(affectation, jour)
    return affectation


@transaction.atomic
def update_affectation(
    *,
    acteur: Any,
    affectation_id: int,
    version: int,
    jour: datetime.date,
    structure: Structure,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    intitule_poste: str = "",
    libelle_site: str = "",
    temps_travail: int = 100,
) -> Affectation:
    """Correct an affectation.

    Raises VersionPerimee, ValidationError when it would overlap another, PermissionDenied for one's own.
    """
    affectation = Affectation.objects.select_for_update(of=("self",)).get(pk=affectation_id)
    agent = Agent.objects.select_for_update(of=("self",)).get(pk=affectation.agent_id)
    refuse_own_file(acteur, agent)
    check_version(affectation, version)
    affectation.structure = structure
    affectation.date_debut, affectation.date_fin = date_debut, date_fin
    affectation.poste = find_poste(intitule=intitule_poste)
    affectation.site = find_site(libelle=libelle_site, tenu=affectation.site)
    affectation.temps_travail = temps_travail
    affectation.version += 1
    autres = agent.affectations.exclude(pk=affectation.pk)
    if date_fin is not None:
        autres = autres.filter(date_debut__lte=date_fin)
    if autre := autres.exclude(date_fin__lt=date_debut).order_by("date_debut").first():
        raise ValidationError(
            {"date_debut": f"Cette période chevauche l’affectation du {autre.date_debut:%d/%m/%Y}."}
        )
    _save(affectation, jour)
    record_act(acteur=acteur, acte="agents.update_affectation", objet=affectation, agent=agent)
    defer_followups()
    return affectation


@transaction.atomic
def close_affectation(
    *, acteur: Any, affectation_id: int, jour: datetime.date, date_fin: datetime.date
) -> Affectation:
    """End an affectation on this day, included.

    Raises ValidationError when it begins later, PermissionDenied for one's own.
    """
    affectation = Affectation.objects.select_for_update(of=("self",)).get(pk=affectation_id)
    refuse_own_file(acteur, affectation.agent)
    affectation.date_fin = date_fin
    affectation.version += 1
    _save(affectation, jour)
    record_act(acteur=acteur, acte="agents.close_affectation", objet=affectation, agent=affectation.agent)
    defer_followups()
    return affectation


def _save(affectation: Affectation, jour: datetime.date) -> None:
    """Check and write the affectation, then bring the agent in line. Raises ValidationError."""
    if affectation.date_fin and affectation.date_fin < affectation.date_debut:
        raise ValidationError({"date_fin": "La fin précède le début."})
    affectation.full_clean(exclude=["agent"])
    affectation.save()
    align_agent(agent=affectation.agent, jour=jour)


def align_agent(*, agent: Agent, jour: datetime.date) -> None:
    """Repeat on the agent the affectation of the day, else the last that ended, else the next to begin."""
    affectations = list(agent.affectations.order_by("date_debut", "pk"))
    commencees = [a for a in affectations if a.date_debut <= jour]
    retenue = commencees[-1] if commencees else (affectations[0] if affectations else None)
    agent.structure = retenue.structure if retenue else None
    agent.poste = retenue.poste if retenue else None
    agent.site = retenue.site if retenue else None
    agent.save(update_fields=["structure", "poste", "site"])


@transaction.atomic
def align_agents(*, acteur: Any, jour: datetime.date) -> int:
    """Bring every agent in line with his affectation of the day, as when one typed ahead begins.

    Returns how many changed; one journal line if any did.
    """
    with connection.cursor() as curseur:
        curseur.execute(ALIGNEMENT, {"jour": jour, "agents": None})
        changes = curseur.rowcount
    if changes:
        record_act(acteur=acteur, acte="agents.align_agents", libelle=f"{changes} agents")
        defer_followups()
    return changes


def align_touched(*, acteur: Any, jour: datetime.date, agents: list[int]) -> None:
    """Bring these agents in line with their affectation of the day, inside the act of the caller."""
    with connection.cursor() as curseur:
        curseur.execute(ALIGNEMENT, {"jour": jour, "agents": agents})


ALIGNEMENT = """
UPDATE agents_agent AS agent
   SET structure_id = du_jour.structure_id, poste_id = du_jour.poste_id, site_id = du_jour.site_id
  FROM (SELECT DISTINCT ON (agent_id) agent_id, structure_id, poste_id, site_id
          FROM agents_affectation
         WHERE %(agents)s::bigint[] IS NULL OR agent_id = ANY(%(agents)s)
         ORDER BY agent_id, (date_debut > %(jour)s),
                  CASE WHEN date_debut > %(jour)s THEN date_debut END ASC,
                  date_debut DESC, id DESC) AS du_jour
 WHERE du_jour.agent_id = agent.id
   AND (agent.structure_id, agent.poste_id, agent.site_id)
       IS DISTINCT FROM (du_jour.structure_id, du_jour.poste_id, du_jour.site_id)
"""


def find_poste(*, intitule: str) -> Poste | None:
    """Return the post of this title, made on first use with a simple follow-up; None for an empty title."""
    propre = " ".join(intitule.split())
    if not propre:
        return None
    return (
        Poste.objects.filter(intitule__iexact=propre).first()
        or Poste.objects.get_or_create(intitule=propre)[0]
    )


def find_site(*, libelle: str, tenu: Site | None = None) -> Site | None:
    """Return the site of this name, made on first use; None for an empty name.

    Raises ValidationError when it was put aside, unless the affectation holds it already (`tenu`).
    """
    propre = " ".join(libelle.split())
    if not propre:
        return None
    site = (
        Site.objects.filter(libelle__iexact=propre).first() or Site.objects.get_or_create(libelle=propre)[0]
    )
    if not site.actif and site != tenu:
        raise ValidationError(
            {"libelle_site": "Ce site n’est plus proposé à la saisie : choisissez-en un autre."}
        )
    return site
