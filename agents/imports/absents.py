"""Agents whom a register that should hold everybody leaves out."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q

from agents.models import Agent
from agents.rules.identite import name_key
from nouvea_sst.imports.rules.cible import Absent, Absents, Reference, Valeurs


def find_absents(
    *,
    presents: Collection[int],
    crees: Sequence[Valeurs],
    refuses: Sequence[Valeurs],
    jour: datetime.date,
    acteur: Any,
) -> Absents:
    """Return the agents present on this day whom no row speaks of, those of refused rows left out.

    A file says nothing of the collectivités that it does not hold. Nobody proposes himself.
    """
    attendus = Agent.objects.present_on(jour)
    portee = ""
    collectivites = _collectivites(presents, crees)
    if collectivites:
        attendus = attendus.filter(collectivite__in=[c for c in collectivites if isinstance(c, int)])
        portee = (
            "Le fichier ne contient qu’une collectivité : seuls ses agents sont comparés."
            if len(collectivites) == 1
            else "Seuls sont comparés les agents des collectivités que le fichier contient."
        )
    manquants = attendus.exclude(pk__in=presents).exclude(_spoken_of(refuses)).order_by("nom_cle", "pk")
    if acteur is not None:
        manquants = manquants.exclude(compte=acteur.pk)
    proposes = tuple(
        Absent(
            agent.pk,
            f"{agent.nom.upper()} {agent.prenom}",
            agent.matricule or "",
            str(agent.structure or ""),
            agent.date_embauche,
        )
        for agent in manquants.select_related("structure")
    )
    return Absents(attendus.count(), proposes, portee)


def _collectivites(presents: Collection[int], crees: Sequence[Valeurs]) -> set[int | str]:
    """Return the collectivités of the people of the file, those that it adds included."""
    connus = Agent.objects.filter(pk__in=presents).exclude(collectivite=None)
    connues = set(connus.order_by().values_list("collectivite", flat=True).distinct())
    return connues | {v["collectivite"].cle for v in crees if isinstance(v.get("collectivite"), Reference)}


def _spoken_of(refuses: Sequence[Valeurs]) -> Q:
    """Those of whom a refused row speaks, by number or by name: the file has them."""
    matricules = {str(v["matricule"]) for v in refuses if v.get("matricule")}
    noms = {name_key(v.get("nom") or "", v.get("prenom") or "") for v in refuses} - {""}
    return Q(matricule__in=matricules) | Q(nom_cle__in=noms)
