"""What forbids to take a merge back, and what was added since."""

from collections.abc import Mapping
from typing import Any

from agents.fusion import field_label, kept_row, linked_models, links_to_agent
from agents.models import Agent, Alias
from agents.perms import seen_by
from nouvea_sst.imports.moteur.traces import count_together, rows_seen_by

# What follows from the affectations and the name.
DERIVES = ("structure", "poste", "site", "nom_cle")


def find_merge_obstacles(alias: Alias, garde: Agent, lecteur: Any = None) -> list[str]:
    """Return what forbids to undo a merge, in French; nothing when it can be undone.

    Somebody is told of nothing that he does not see; the system, None, of everything.
    """
    retour = alias.retour
    if retour["garde_cle"] != garde.pk:
        return [
            "Les deux fiches ont été fondues ensuite dans une troisième : défaites d’abord cette fusion-là."
        ]
    obstacles = [
        f"La fiche n° {autre.cle} ({autre}) a été fondue ensuite : défaites d’abord cette fusion-là."
        for autre in garde.alias.filter(pk__gt=alias.pk).order_by("-pk")
    ]
    ici = kept_row(garde)["fields"]
    changes = [
        field_label(nom)
        for nom, (_avant, apres) in retour["garde"].items()
        if ici[nom] != apres and nom not in DERIVES
    ]
    if changes:
        obstacles.append(f"La fiche a été corrigée depuis : {', '.join(changes)}.")
    obstacles += _rows_gone(retour, garde) + _rows_changed(retour, lecteur)
    return obstacles + _numbers_taken(retour, garde, lecteur)


def _rows_gone(retour: Mapping[str, Any], garde: Agent) -> list[str]:
    """Rows that were moved, and are no more or are somebody else's: named in the personnel file alone."""
    phrases = []
    liens = {lien.nom: lien for lien in links_to_agent()}
    deplaces = {nom: cles for nom, cles in retour["deplaces"].items() if cles}
    connus = [nom for nom in deplaces if nom in liens]
    nombres = count_together([liens[nom].rows(garde.pk).filter(pk__in=deplaces[nom]) for nom in connus])
    restent = {connus[rang]: nombre for rang, nombre in nombres.items()}
    for nom, cles in deplaces.items():
        lien = liens.get(nom)
        manquent = len(cles) - restent.get(nom, 0)
        if manquent:
            meta = lien.modele._meta if lien else Agent._meta
            quoi = (
                meta.verbose_name_plural
                if meta.app_label == Agent._meta.app_label
                else "autres enregistrements"
            )
            phrases.append(f"Supprimé ou changé d’agent depuis ({quoi}) : {manquent}. À rétablir.")
    return phrases


def _rows_changed(retour: Mapping[str, Any], lecteur: Any) -> list[str]:
    """Rows that the merge settled, and that somebody changed since."""
    liens = linked_models()
    phrases = []
    for label, pk, valeurs in retour["retouches"]:
        lot = liens[label]._base_manager.filter(pk=pk)
        ligne = lot.first()
        champs = {} if ligne is None else kept_row(ligne)["fields"]
        if ligne is None or any(champs[nom] != apres for nom, (_avant, apres) in valeurs.items()):
            vue = ligne is not None and (lecteur is None or rows_seen_by(lot, lecteur).exists())
            phrases.append(f"Corrigé depuis : {ligne if vue else 'un enregistrement que vous ne voyez pas'}.")
    for label, pk in retour["ajoutes"]:
        if not liens[label]._base_manager.filter(pk=pk).exists():
            phrases.append(f"Supprimé depuis : {liens[label]._meta.verbose_name}.")
    return phrases


def _numbers_taken(retour: Mapping[str, Any], garde: Agent, lecteur: Any) -> list[str]:
    """Numbers of the file that went which another agent bears by now; named to whoever sees him."""
    fiche, phrases = retour["fiche"]["fields"], []
    for nom in ("matricule", "compte"):
        rendu = retour["garde"].get(nom)
        autres = Agent.objects.filter(**{nom: fiche[nom]}) if fiche[nom] else Agent.objects.none()
        if rendu is not None:
            autres = autres.exclude(pk=garde.pk)
        if autre := autres.first():
            qui = autre if seen_by(lecteur).filter(pk=autre.pk).exists() else "quelqu’un d’autre"
            phrases.append(f"Le {field_label(nom)} de la fiche fondue est maintenant celui de {qui}.")
    return phrases


def rows_since(alias: Alias, garde: Agent, lecteur: Any = None) -> dict[str, int]:
    """Count what was added since, and stays with the file that stays: what somebody sees when he is named.

    By name of the table, in both numbers.
    """
    liens = [lien for lien in links_to_agent() if lien.modele is not Alias]
    lots = []
    for lien in liens:
        connus = [*alias.retour["deplaces"].get(lien.nom, []), *alias.retour["propres"].get(lien.nom, [])]
        connus += [pk for label, pk in alias.retour["ajoutes"] if label == lien.modele._meta.label_lower]
        lot = lien.rows(garde.pk).exclude(pk__in=connus)
        lots.append(lot if lecteur is None else rows_seen_by(lot, lecteur))
    comptes = {}
    for rang, nombre in count_together(lots).items():
        meta = (liens[rang].modele._meta.auto_created or liens[rang].modele)._meta
        comptes[f"{meta.verbose_name},{meta.verbose_name_plural}"] = nombre
    return comptes
