"""Makes one file of two, and takes that back. docs/decisions/0010-fusion.md says by which rules."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from agents.actions.affectations import align_agent
from agents.actions.agents import CHAMPS, fill_agent
from agents.actions.fiche_du_compte import follow_departures
from agents.fusion import (
    Reglement,
    calculated_links,
    disagreements,
    fingerprint,
    kept_row,
    linked_models,
    links_to_agent,
    read_holdings,
    settle,
)
from agents.fusion.retour import find_merge_obstacles
from agents.models import Agent, Alias
from agents.perms import refuse_own_file, seen_by
from agents.rules.fusion import is_serious
from nouvea_sst.comptes.actions import notify
from nouvea_sst.comptes.corbeille import write_back
from nouvea_sst.comptes.enums import NatureAvis
from nouvea_sst.comptes.journal import record_act, record_acts
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_followups

SANS_RAISON = "Ces deux fiches ne disent pas la même personne : dites pourquoi c’en est une seule."
PLACE_PRISE = "Un enregistrement ne peut pas être tenu deux fois par le même agent : rien n’a été fait."


class ApercuPerime(Exception):
    """What the page said is no longer what would be done."""


@transaction.atomic
def merge_agents(
    *,
    acteur: Any,
    garde_id: int,
    fondu_id: int,
    versions: tuple[int, int],
    empreinte: str,
    repris: Iterable[str],
    jour: datetime.date,
    maintenant: datetime.datetime,
    raison: str = "",
) -> Alias:
    """Move everything from one file to another, which takes over the columns `repris`; leave an alias.

    raison: why they are one person, asked for where they look like two; it stays with the alias.

    Raises PermissionDenied for one's own file or one out of reach, VersionPerimee, ApercuPerime when the
    settlement is no longer the one read, ValidationError by field, or of all, for what cannot be.
    """
    garde, fondu = _lock(acteur, garde_id, fondu_id)
    for agent, version in zip((garde, fondu), versions, strict=True):
        check_version(agent, version)
    reglement = _settle_as_read(garde, fondu, empreinte, raison)
    avant = kept_row(garde)["fields"]
    try:
        with transaction.atomic():
            retour = _settle_rows(reglement) | _move_rows(garde, fondu)
            retour |= {"fiche": kept_row(fondu), "garde_cle": garde.pk, "raison": raison.strip()}
            champs = {nom: getattr(fondu, nom) for nom in CHAMPS if nom in set(repris)}
            _take_places(garde, fondu)
            fondu_cle = fondu.pk
            fondu.delete()
            fill_agent(
                acteur=acteur,
                agent=garde,
                champs={nom: getattr(garde, nom) for nom in CHAMPS} | champs,
                jour=jour,
            )
            garde.version += 1
            garde.save()
            if garde.affectations.exists():
                align_agent(agent=garde, jour=jour)
            _check_links()
    except IntegrityError as refus:
        raise ValidationError(PLACE_PRISE) from refus
    apres = kept_row(garde)["fields"]
    changes = {
        nom: [avant[nom], apres[nom]] for nom in avant if avant[nom] != apres[nom] and nom != "version"
    }
    fondu.pk = fondu_cle
    alias = _leave_alias(acteur, garde, fondu, retour | {"garde": changes}, maintenant)
    for acte, ligne in reglement.actes:
        record_act(acteur=acteur, acte=acte, objet=ligne, agent=garde)
    _tell(acteur, garde, fondu, sorted(changes), jour, maintenant, "agents.merge_agents", "agents.fold_agent")
    return alias


def _settle_as_read(garde: Agent, fondu: Agent, empreinte: str, raison: str) -> Reglement:
    """Return how collisions are settled, as the page said. Raises ValidationError, ApercuPerime."""
    tenus = read_holdings(garde, fondu)
    reglement = settle(garde, fondu, tenus)
    if reglement.refus:
        raise ValidationError(reglement.refus)
    if fingerprint(reglement, tenus.deplaces) != empreinte:
        raise ApercuPerime
    if is_serious(disagreements(garde, fondu)) and not raison.strip():
        raise ValidationError(SANS_RAISON)
    return reglement


def _lock(acteur: Any, garde_id: int, fondu_id: int) -> tuple[Agent, Agent]:
    """Return both files, locked, that the account may merge. Raises PermissionDenied."""
    verrouilles = Agent.objects.select_for_update(of=("self",)).filter(pk__in=[garde_id, fondu_id])
    trouves = {agent.pk: agent for agent in verrouilles.order_by("pk")}
    vus = set(seen_by(acteur).filter(pk__in=trouves).values_list("pk", flat=True))
    if len(trouves) != 2 or vus != set(trouves):
        raise PermissionDenied
    for agent in trouves.values():
        refuse_own_file(acteur, agent)
    return trouves[garde_id], trouves[fondu_id]


def _rewritten(ligne: Mapping[str, Any]) -> Any:
    """The row that JSON kept."""
    return next(serializers.deserialize("python", [ligne])).object


def _settle_rows(reglement: Reglement) -> dict[str, Any]:
    """Write how collisions are settled; return what takes it back."""
    retires = [kept_row(ligne) for ligne in reglement.retires]
    for ligne in reglement.retires:
        ligne.delete()
    retouches = []
    for ligne, valeurs in reglement.retouches:
        avant = kept_row(ligne)["fields"]
        for nom, valeur in valeurs.items():
            setattr(ligne, nom, valeur)
        _save(ligne)
        apres = kept_row(ligne)["fields"]
        retouches.append(
            [ligne._meta.label_lower, ligne.pk, {nom: [avant[nom], apres[nom]] for nom in valeurs}]
        )
    ajoutes = []
    for ligne in reglement.ajoutes:
        ligne.save()
        ajoutes.append([ligne._meta.label_lower, ligne.pk])
    return {"retires": retires, "retouches": retouches, "ajoutes": ajoutes}


def _save(ligne: Any) -> None:
    """Write a row that changes behind its page: whoever edits it sees that."""
    if hasattr(ligne, "version"):
        ligne.version += 1
    ligne.save()


def _move_rows(garde: Agent, fondu: Agent) -> dict[str, Any]:
    """Point everything at the file that stays; return which rows were of the one, which of the other."""
    deplaces, propres, doubles = {}, {}, []
    for lien in links_to_agent():
        doubles += [kept_row(ligne) for ligne in lien.twice(garde.pk, fondu.pk).order_by("pk")]
        lien.twice(garde.pk, fondu.pk).delete()
        propres[lien.nom] = _keys(lien.rows(garde.pk))
        deplaces[lien.nom] = _keys(lien.rows(fondu.pk))
        _point_at(lien, deplaces[lien.nom], garde.pk)
    for lien in calculated_links():
        lien.rows(fondu.pk).delete()
    return {
        "deplaces": {nom: cles for nom, cles in deplaces.items() if cles},
        "propres": {nom: cles for nom, cles in propres.items() if cles},
        "doubles": doubles,
    }


def _keys(lignes: Any) -> list[int]:
    return list(lignes.order_by("pk").values_list("pk", flat=True))


def _point_at(lien: Any, cles: list[int], agent_id: int) -> None:
    """Make these rows an agent's, and their pages stale."""
    colonnes: dict[str, Any] = {lien.champ: agent_id}
    if any(champ.name == "version" for champ in lien.modele._meta.local_fields):
        colonnes["version"] = F("version") + 1
    lien.modele._base_manager.filter(pk__in=cles).update(**colonnes)


def _take_places(garde: Agent, fondu: Agent) -> None:
    """Give the file that stays the account and the place of the other, where it has none."""
    for nom in ("compte_id", "structure_id", "poste_id", "site_id"):
        if getattr(garde, nom) is None:
            setattr(garde, nom, getattr(fondu, nom))
    garde.cle_import = garde.cle_import or fondu.cle_import


def _check_links() -> None:
    """Have the database check now what it would check at the end. Raises IntegrityError."""
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")


def _leave_alias(
    acteur: Any, garde: Agent, fondu: Agent, retour: dict[str, Any], maintenant: datetime.datetime
) -> Alias:
    """Keep the keys of the file that went."""
    return Alias.objects.create(
        cle=fondu.pk,
        agent=garde,
        nom=fondu.nom,
        prenom=fondu.prenom,
        nom_cle=fondu.nom_cle,
        matricule=fondu.matricule or "",
        id_tiarhe=fondu.id_tiarhe,
        cle_import=fondu.cle_import,
        fondu_par=acteur,
        fondu_le=maintenant,
        retour=retour,
    )


def _tell(
    acteur: Any,
    garde: Agent,
    fondu: Agent,
    champs: list[str],
    jour: datetime.date,
    maintenant: datetime.datetime,
    *actes: str,
) -> None:
    """Leave a line for each key, tell the account whose file it is, have the rest calculated again."""
    for acte, agent, siens in zip(actes, (garde, fondu), (champs, []), strict=True):
        record_acts(acteur=acteur, acte=acte, agents=[(agent, siens)])
    for agent in {agent.compte_id: agent for agent in (fondu, garde)}.values():
        if agent.compte is not None:
            notify(compte=agent.compte, nature=NatureAvis.FICHE_CHANGEE, maintenant=maintenant)
            follow_departures(acteur=acteur, jour=jour, agents=[agent])
    defer_followups()


@transaction.atomic
def undo_merge(
    *, acteur: Any, alias_id: int, version: int, jour: datetime.date, maintenant: datetime.datetime
) -> Agent:
    """Give back both files as they were, and to each what was its own; what came since stays where it is.

    Raises PermissionDenied, VersionPerimee, ValidationError with what forbids it.
    """
    alias = Alias.objects.select_for_update(of=("self",)).get(pk=alias_id)
    garde = Agent.objects.select_for_update(of=("self",)).get(pk=alias.agent_id)
    refuse_own_file(acteur, garde)
    check_version(garde, version)
    if obstacles := find_merge_obstacles(alias, garde, acteur):
        raise ValidationError(obstacles)
    retour = alias.retour
    fondu = _rewritten(retour["fiche"])
    refuse_own_file(acteur, fondu)
    try:
        with transaction.atomic():
            for nom, (avant, _apres) in retour["garde"].items():
                champ: Any = Agent._meta.get_field(nom)
                setattr(garde, champ.attname, champ.to_python(avant))
            garde.version += 1
            garde.save()
            write_back(fondu)
            _give_back(retour, fondu)
            alias.delete()
            for agent in (garde, fondu):
                if agent.affectations.exists():
                    align_agent(agent=agent, jour=jour)
            _check_links()
    except IntegrityError as refus:
        raise ValidationError(PLACE_PRISE) from refus
    if set(seen_by(acteur).filter(pk__in=[garde.pk, fondu.pk]).values_list("pk", flat=True)) != {
        garde.pk,
        fondu.pk,
    }:
        raise PermissionDenied
    _tell(acteur, garde, fondu, [], jour, maintenant, "agents.undo_merge", "agents.unfold_agent")
    return fondu


def _give_back(retour: Mapping[str, Any], fondu: Agent) -> None:
    """Move the rows back, and take back how collisions were settled."""
    liens = {lien.nom: lien for lien in links_to_agent()}
    modeles = linked_models()
    for nom, cles in retour["deplaces"].items():
        _point_at(liens[nom], cles, fondu.pk)
    for label, pk in retour["ajoutes"]:
        modeles[label]._base_manager.get(pk=pk).delete()
    for label, pk, valeurs in retour["retouches"]:
        ligne = modeles[label]._base_manager.get(pk=pk)
        for nom, (avant, _apres) in valeurs.items():
            champ = ligne._meta.get_field(nom)
            setattr(ligne, champ.attname, champ.to_python(avant))
        _save(ligne)
    for gardee in (*retour["retires"], *retour["doubles"]):
        write_back(_rewritten(gardee))
