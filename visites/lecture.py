"""Gathers what a conclusion holds, stored or being typed, for the rule that cuts it for each reader."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from agents.models import Agent
from agents.perms import is_own_file
from visites.models import ConclusionCorrigee, Restriction, Visite
from visites.perms import sees_conclusion, sees_motif
from visites.rules.avis import Avis, next_visit, validity_kept
from visites.rules.lecteurs import ConclusionLue, Lecteur, Lecture, MesureLue, compose
from visites.signees import word_terms


def reader_of(user: Any, agent: Agent) -> Lecteur:
    """Return as whom this account reads the conclusions of this agent."""
    if is_own_file(user, agent):
        return Lecteur.AGENT
    return Lecteur.SECTION if sees_conclusion(user, agent) else Lecteur.ENCADRANT


def read_visite(user: Any, visite: Visite, restrictions: Iterable[Restriction]) -> Lecture:
    """Return what this account reads of a signed visit."""
    lue = _gather(
        visite,
        professionnel=visite.nom_professionnel,
        avis=Avis(visite.conclusion, visite.validite_mois, visite.prochaine_visite, visite.message_employeur),
        termes=visite.signee_lue or word_terms(visite, [restriction.lue for restriction in restrictions]),
        corrigee_le=_local_day(visite.corrigee_le),
        orientation="" if visite.orientation is None else visite.orientation.libelle,
    )
    lecteur = reader_of(user, visite.agent)
    return compose(lecteur, lue, motif_en_clair=sees_motif(user, visite.agent))


def read_version(
    user: Any, visite: Visite, version: ConclusionCorrigee, avant: datetime.date | None
) -> Lecture:
    """Return what this account read of a former version, corrected on `avant` when it was not the first."""
    lue = _gather(
        visite,
        professionnel=version.nom_professionnel,
        avis=Avis(
            version.conclusion, version.validite_mois, version.prochaine_visite, version.message_employeur
        ),
        termes=version.lue or word_terms(visite, version.lues),
        corrigee_le=avant,
        orientation=version.orientation,
    )
    lecteur = reader_of(user, visite.agent)
    return compose(lecteur, lue, motif_en_clair=sees_motif(user, visite.agent))


def read_versions(user: Any, visite: Visite) -> list[dict[str, Any]]:
    """Return the former versions, the latest first, each with what this account read of it."""
    signee = visite.signee_le is not None
    versions = list(ConclusionCorrigee.objects.visible_to(user).filter(visite=visite)) if signee else []
    return [
        {
            "version": version,
            "lecture": read_version(
                user,
                visite,
                version,
                _local_day(version.signee_le) if version.signee_le != visite.signee_le else None,
            ),
        }
        for version in versions
    ]


def preview(
    lecteur: Lecteur,
    visite: Visite,
    avis: Avis,
    mesures: list[MesureLue],
    signataire: str,
    corrigee_le: datetime.date | None = None,
    orientation: str = "",
    courantes: Iterable[Restriction] = (),
) -> Lecture:
    """Return what this reader will receive of a conclusion that is being typed, measures by their start."""
    rangees = sorted(mesures, key=lambda mesure: mesure.date_debut or datetime.date.min)
    lue = _gather(
        visite,
        professionnel=signataire,
        avis=avis,
        termes=word_terms(visite, rangees, courantes, avis.finies),
        corrigee_le=corrigee_le,
        orientation=orientation,
    )
    return compose(lecteur, lue)


def _local_day(moment: datetime.datetime | None) -> datetime.date | None:
    return None if moment is None else timezone.localtime(moment).date()


def _gather(
    visite: Visite,
    *,
    professionnel: str,
    avis: Avis,
    termes: dict[str, Any],
    corrigee_le: datetime.date | None = None,
    orientation: str = "",
) -> ConclusionLue:
    agent = visite.agent
    jour = visite.date
    return ConclusionLue(
        agent=f"{agent.get_civilite_display()} {agent.nom_courant}".strip(),
        date=jour,
        nature=visite.nature,
        professionnel=professionnel,
        conclusion=avis.conclusion,
        **termes,
        message=avis.message_employeur,
        validite_mois=None if jour is None else validity_kept(avis, jour),
        prochaine_visite=None if jour is None else next_visit(avis, jour),
        corrigee_le=corrigee_le,
        orientation=orientation,
    )
