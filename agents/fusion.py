"""Two files of one person: what hangs on the one that goes, and how what cannot stand together is settled.

Nothing is written here: the page shows this before, the act does exactly this. An app whose rows of two
agents may collide declares a function (garde, fondu) → Reglement in settings.FUSIONS.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from agents.models import Absence, Agent, Alias
from agents.perms import seen_by
from agents.rules.fusion import Bornes, free_parts, is_same_person
from nouvea_sst.imports.moteur.traces import count_together, rows_seen_by
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.liens import is_calculated, links_to

# What follows from the affectations and the name.
DERIVES = ("structure", "poste", "site", "nom_cle")
# What the copy of a dated row says by itself.
PROPRES = frozenset({"id", "agent", "date_debut", "date_fin", "cle_import", "version"})
DEUX_COMPTES = "Les deux fiches ont un compte : l’administrateur technique en délie d’abord un."

# Whoever holds the account will read both files: a mistake would show him another's.
AUTRE_IDENTITE = (
    "Une des deux fiches a un compte, et elles ne portent pas la même identité : l’administrateur technique "
    "délie d’abord ce compte."
)


@dataclass
class Reglement:
    """How the rows of two agents that cannot stand together are settled, in words and in rows.

    retires: rows that go. retouches: rows with the columns that change. ajoutes: new rows of the agent who
    stays, which carry what a row cut in two leaves. refus: why the two files cannot be merged at all.
    """

    dits: list[str] = field(default_factory=list)
    retires: list[Model] = field(default_factory=list)
    retouches: list[tuple[Model, dict[str, Any]]] = field(default_factory=list)
    ajoutes: list[Model] = field(default_factory=list)
    refus: list[str] = field(default_factory=list)

    def add(self, autre: "Reglement") -> None:
        """Take in what another table settles."""
        for nom in ("dits", "retires", "retouches", "ajoutes", "refus"):
            getattr(self, nom).extend(getattr(autre, nom))


@dataclass(frozen=True)
class Lien:
    """One way in which a table points at agents."""

    relation: Any

    @property
    def modele(self) -> Any:
        """The table."""
        return self.relation.related_model

    @property
    def champ(self) -> str:
        """Its column."""
        return self.relation.field.name

    @property
    def nom(self) -> str:
        """« visites.visite.agent », as the way back writes it."""
        return f"{self.modele._meta.label_lower}.{self.champ}"

    def rows(self, agent_id: int) -> QuerySet:
        """The rows that point at an agent."""
        return self.modele._base_manager.filter(**{self.champ: agent_id})

    def twice(self, garde_id: int, fondu_id: int) -> QuerySet:
        """Of a table that only ties two records, the rows of the one that the other has as well."""
        if not self.modele._meta.auto_created:
            return self.modele._base_manager.none()
        autre = next(c for c in self.modele._meta.local_fields if c.is_relation and c.name != self.champ)
        return self.rows(fondu_id).filter(
            **{f"{autre.name}__in": self.rows(garde_id).order_by().values(autre.name)}
        )


def links_to_agent() -> Iterator[Lien]:
    """Every way in which a table points at agents, the past and what is calculated left out."""
    return (Lien(relation) for relation in links_to(Agent) if not is_calculated(relation.related_model))


def calculated_links() -> Iterator[Lien]:
    """Tables calculated from the agent's facts: their rows go, and are made again."""
    return (Lien(relation) for relation in links_to(Agent) if is_calculated(relation.related_model))


def settle(garde: Agent, fondu: Agent) -> Reglement:
    """Return how everything that cannot stand together is settled."""
    reglement = Reglement()
    comptes = [agent.compte_id for agent in (garde, fondu) if agent.compte_id is not None]
    if len(comptes) == 2:
        reglement.refus.append(DEUX_COMPTES)
    elif comptes and not is_same_person(
        *((agent.nom_cle, agent.date_naissance, agent.num_cafat) for agent in (garde, fondu))
    ):
        reglement.refus.append(AUTRE_IDENTITE)
    for chemin in settings.FUSIONS:
        reglement.add(import_string(chemin)(garde, fondu))
    return reglement


def fingerprint(reglement: Reglement, nombres: Mapping[str, int]) -> str:
    """Return a text that changes when what the page said is no longer what would be done."""
    dit = repr((reglement.dits, reglement.refus, sorted(nombres.items())))
    return hashlib.sha256(dit.encode()).hexdigest()[:32]


def count_links(fondu: Agent, lecteur: Any = None) -> dict[str, int]:
    """Count what hangs on the file that goes, by name of its link, in one question; only what somebody sees
    when he is named.
    """
    liens = list(links_to_agent())
    lots = [lien.rows(fondu.pk) for lien in liens]
    if lecteur is not None:
        lots = [rows_seen_by(lot, lecteur) for lot in lots]
    return {liens[rang].nom: nombre for rang, nombre in count_together(lots).items()}


def _period(ligne: Any) -> Bornes:
    return ligne.date_debut, ligne.date_fin


def _in_words(bornes: Bornes) -> str:
    debut, fin = bornes
    return f"du {format_date(debut)} au {format_date(fin)}" if fin else f"depuis le {format_date(debut)}"


def settle_affectations(garde: Agent, fondu: Agent) -> Reglement:
    """One structure at a time: the file that stays keeps its days, the other one what they leave."""
    autres = fondu.affectations.select_related("structure")
    return _share_days(garde, garde.affectations, autres, lambda a: f"Affectation {a.structure.sigle}")


def settle_careers(garde: Agent, fondu: Agent) -> Reglement:
    """One category and one position at a time, as affectations; the same contract stays once."""
    reglement = _share_days(garde, garde.carrieres, fondu.carrieres, lambda _: "Ligne de carrière")
    reglement.add(_share_days(garde, garde.positions, fondu.positions, lambda _: "Position administrative"))
    siens = {(contrat.nature, *_period(contrat)) for contrat in garde.contrats.all()}
    for contrat in fondu.contrats.order_by("date_debut", "pk"):
        if (contrat.nature, *_period(contrat)) in siens:
            reglement.retires.append(contrat)
            dit = f"{contrat.get_nature_display()} {_in_words(_period(contrat))}"
            reglement.dits.append(f"{dit} : dans les deux fiches, un seul reste.")
    return reglement


def _share_days(garde: Agent, siennes: Any, autres: Any, nommer: Callable[[Any], str]) -> Reglement:
    """One row a day: the file that stays keeps its days, the other one what they leave."""
    reglement = Reglement()
    prises = [_period(ligne) for ligne in siennes.order_by("date_debut")]
    for ligne in autres.order_by("date_debut"):
        parts = free_parts(_period(ligne), prises)
        if parts == [_period(ligne)]:
            continue
        quoi = f"{nommer(ligne)} {_in_words(_period(ligne))}"
        if not parts:
            reglement.retires.append(ligne)
            reglement.dits.append(f"{quoi} : retirée, ses jours sont déjà pris par la fiche gardée.")
            continue
        (debut, fin), *suites = parts
        reglement.retouches.append((ligne, {"date_debut": debut, "date_fin": fin}))
        reglement.ajoutes += [_copy(ligne, garde, suite) for suite in suites]
        reglement.dits.append(f"{quoi} : réduite à ce que la fiche gardée laisse, {_list_parts(parts)}.")
    return reglement


def _list_parts(parts: Sequence[Bornes]) -> str:
    return " puis ".join(_in_words(part) for part in parts)


def _copy(ligne: Any, garde: Agent, bornes: Bornes) -> Any:
    """The same row, of the agent who stays, in another part of its days."""
    champs = (c.attname for c in ligne._meta.local_fields if c.name not in PROPRES)
    copie = {nom: getattr(ligne, nom) for nom in champs}
    return type(ligne)(agent=garde, date_debut=bornes[0], date_fin=bornes[1], **copie)


def settle_absences(garde: Agent, fondu: Agent) -> Reglement:
    """The same absence entered in both files stays once; those that only overlap stay both, to be corrected.

    One that another record counts on, as an accident, stays: its days are shown among the contradictions.
    """
    reglement = Reglement()
    siennes = list(garde.absences.order_by("date_debut", "pk"))
    autres = list(fondu.absences.order_by("date_debut", "pk"))
    memes = {_facts(absence) for absence in siennes}
    pareilles = [absence for absence in autres if _facts(absence) in memes]
    comptees = _counted_on(pareilles)
    restent = []
    for absence in autres:
        if absence in pareilles and absence.pk not in comptees:
            reglement.retires.append(absence)
        else:
            restent.append(absence)
    if reglement.retires:
        combien = count_of(len(reglement.retires), "absence saisie,absences saisies")
        reglement.dits.append(f"{combien} à l’identique dans les deux fiches : une seule reste.")
    doubles = sum(any(_meet(absence, autre) for autre in siennes) for absence in restent)
    if doubles:
        combien = count_of(doubles, "absence")
        reglement.dits.append(
            f"{combien} sur les mêmes jours que d’autres de la fiche gardée : toutes restent, et se "
            "corrigent ensuite depuis la qualité des données."
        )
    return reglement


def _facts(absence: Absence) -> tuple[Any, ...]:
    return absence.type_id, absence.arret


def _meet(absence: Absence, autre: Absence) -> bool:
    return absence.date_debut <= autre.date_fin and autre.date_debut <= absence.date_fin


def _counted_on(absences: Sequence[Absence]) -> set[int]:
    """Keys of the absences that a record of any app points at."""
    if not absences:
        return set()
    liens = (relation for relation in links_to(Absence))
    return {
        cle
        for relation in liens
        for cle in relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": absences})
        .order_by()
        .values_list(relation.field.attname, flat=True)
    }


def kept_row(objet: Model) -> dict[str, Any]:
    """A row as JSON keeps it."""
    return json.loads(serializers.serialize("json", [objet]))[0]


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
    for nom, cles in retour["deplaces"].items():
        lien = liens.get(nom)
        manquent = len(cles) - (lien.rows(garde.pk).filter(pk__in=cles).count() if lien else 0)
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
    liens = {lien.modele._meta.label_lower: lien.modele for lien in links_to_agent()}
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
    comptes = {}
    for lien in links_to_agent():
        connus = [*alias.retour["deplaces"].get(lien.nom, []), *alias.retour["propres"].get(lien.nom, [])]
        connus += [pk for label, pk in alias.retour["ajoutes"] if label == lien.modele._meta.label_lower]
        lot = lien.rows(garde.pk).exclude(pk__in=connus)
        if lien.modele is Alias:
            continue
        if nombre := (lot if lecteur is None else rows_seen_by(lot, lecteur)).count():
            meta = (lien.modele._meta.auto_created or lien.modele)._meta
            comptes[f"{meta.verbose_name},{meta.verbose_name_plural}"] = nombre
    return comptes


def field_label(nom: str) -> str:
    """Name of a column of the file, as its model says it."""
    champ: Any = Agent._meta.get_field(nom)
    return str(champ.verbose_name)
