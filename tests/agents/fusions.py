"""Merges two files as a page would that was just read."""

import datetime
from typing import Any

from django.utils import timezone

from agents.actions import merge_agents, undo_merge
from agents.fusion import fingerprint, links_to_agent, read_holdings, settle
from agents.models import Agent, Alias

JOUR = datetime.date(2026, 11, 24)


def merge(garde: Agent, fondu: Agent, acteur: Any = None, repris: Any = (), **autres: Any) -> Alias:
    """Merge the second into the first; `autres` replace what the page would have sent."""
    garde, fondu = Agent.objects.get(pk=garde.pk), Agent.objects.get(pk=fondu.pk)
    voulu = {
        "acteur": acteur,
        "garde_id": garde.pk,
        "fondu_id": fondu.pk,
        "versions": (garde.version, fondu.version),
        "empreinte": fingerprint(settle(garde, fondu), read_holdings(garde, fondu).deplaces),
        "raison": "Même personne",
        "repris": repris,
        "jour": JOUR,
        "maintenant": timezone.now(),
    }
    return merge_agents(**voulu | autres)


def undo(alias: Alias, acteur: Any = None) -> Agent:
    """Undo as a page would that was just read."""
    version = Agent.objects.values_list("version", flat=True).get(pk=alias.agent_id)
    return undo_merge(acteur=acteur, alias_id=alias.pk, version=version, jour=JOUR, maintenant=timezone.now())


def state(modele: Any) -> dict[Any, dict[str, Any]]:
    """Every row of a table, its version left out."""
    return {
        ligne.pop("id"): {nom: valeur for nom, valeur in ligne.items() if nom != "version"}
        for ligne in modele._base_manager.order_by("pk").values()
    }


def house() -> dict[str, Any]:
    """Every table that points at agents, and the agents, but for what is calculated."""
    modeles = {Agent, *(lien.modele for lien in links_to_agent())}
    return {modele._meta.label: state(modele) for modele in modeles}
