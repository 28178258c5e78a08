"""Writes the visits of the demonstration city."""

import datetime
from typing import Any

from django.utils import timezone

from nouvea_sst.ville.lignes import LigneVisite, Ville
from visites.models import Motif, Restriction, TypeRestriction, Visite

LOT = 4000
FIN_DE_JOURNEE = datetime.time(16)


def write_visites(ville: Ville, agents: dict[str, int], comptes: dict[str, Any]) -> None:
    """Write visits and their restrictions."""
    motifs = dict(Motif.objects.values_list("code", "pk"))
    types = dict(TypeRestriction.objects.values_list("libelle", "pk"))
    for debut in range(0, len(ville.visites), LOT):
        lignes = ville.visites[debut : debut + LOT]
        visites = Visite.objects.bulk_create(_visite(ligne, agents, comptes, motifs) for ligne in lignes)
        Restriction.objects.bulk_create(
            Restriction(
                visite=visite,
                agent_id=visite.agent_id,
                type_id=types[r.type],
                precision=r.precision,
                date_debut=r.debut,
                date_fin=r.fin,
            )
            for visite, ligne in zip(visites, lignes, strict=True)
            for r in ligne.restrictions
        )


def _visite(
    ligne: LigneVisite, agents: dict[str, int], comptes: dict[str, Any], motifs: dict[str, int]
) -> Visite:
    professionnel = comptes[ligne.professionnel]
    tenue = ligne.etat == "realisee"
    instant = timezone.make_aware(datetime.datetime.combine(ligne.date, ligne.heure or FIN_DE_JOURNEE))
    return Visite(
        agent_id=agents[ligne.matricule],
        motif_id=motifs[ligne.motif],
        nature=ligne.nature,
        etat=ligne.etat,
        date=ligne.date,
        heure=ligne.heure,
        professionnel=professionnel,
        nom_professionnel=str(professionnel),
        conclusion=ligne.conclusion,
        validite_mois=ligne.validite_mois,
        prochaine_visite=ligne.prochaine,
        signee_le=instant if tenue else None,
    )
