"""Two files of one person: what hangs on the one that goes, and how what cannot stand together is settled.

Nothing is written here: the page shows this before, the act does exactly this. An app whose rows of two
agents may collide declares a function (garde, fondu, tenus) → Reglement in settings.FUSIONS; it asks of a
table only what `tenus` says that both hold.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db.models import BigIntegerField, F, Model, QuerySet, Value
from django.utils.module_loading import import_string

from agents.models import (
    Absence,
    Affectation,
    Agent,
    AlerteAbsence,
    Carriere,
    Contrat,
    PositionAdministrative,
)
from agents.rules.fusion import IDENTITE, Bornes, find_disagreements, free_parts, is_same_person
from nouvea_sst.imports.moteur.traces import count_together, rows_seen_by
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.liens import is_calculated, links_to

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
    actes: rows of which the journal tells by themselves what becomes of them, with the code of the act.
    """

    dits: list[str] = field(default_factory=list)
    retires: list[Model] = field(default_factory=list)
    retouches: list[tuple[Model, dict[str, Any]]] = field(default_factory=list)
    ajoutes: list[Model] = field(default_factory=list)
    refus: list[str] = field(default_factory=list)
    actes: list[tuple[str, Model]] = field(default_factory=list)

    def add(self, autre: "Reglement") -> None:
        """Take in what another table settles."""
        for nom in ("dits", "retires", "retouches", "ajoutes", "refus", "actes"):
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


def linked_models() -> dict[str, Any]:
    """Every table that points at agents, what is calculated included, by its label."""
    return {lien.modele._meta.label_lower: lien.modele for lien in (*links_to_agent(), *calculated_links())}


@dataclass(frozen=True)
class Tenus:
    """How many rows of each table point at each of two files, by name of the link; what is calculated too."""

    garde: Mapping[str, int]
    fondu: Mapping[str, int]

    def both(self, modele: type[Model]) -> bool:
        """Whether both hold rows of a table."""
        label = modele._meta.label_lower
        return all(any(nom.startswith(f"{label}.") for nom in cote) for cote in (self.garde, self.fondu))

    def goes(self, modele: type[Model]) -> bool:
        """Whether the file that goes holds rows of a table."""
        return any(nom.startswith(f"{modele._meta.label_lower}.") for nom in self.fondu)

    @property
    def deplaces(self) -> dict[str, int]:
        """What hangs on the file that goes, without what is calculated."""
        return {lien.nom: self.fondu[lien.nom] for lien in links_to_agent() if lien.nom in self.fondu}


def read_holdings(garde: Agent, fondu: Agent) -> Tenus:
    """Count what hangs on either file, in one question."""
    liens = [*links_to_agent(), *calculated_links()]
    nombres = count_together([lien.rows(agent.pk) for agent in (garde, fondu) for lien in liens])
    siens = {rang: nombre for rang, nombre in nombres.items() if rang < len(liens)}
    autres = {rang - len(liens): nombre for rang, nombre in nombres.items() if rang >= len(liens)}
    return Tenus(*({liens[rang].nom: n for rang, n in cote.items()} for cote in (siens, autres)))


def settle(garde: Agent, fondu: Agent, tenus: Tenus | None = None) -> Reglement:
    """Return how everything that cannot stand together is settled."""
    reglement, tenus = Reglement(), tenus or read_holdings(garde, fondu)
    comptes = [agent.compte_id for agent in (garde, fondu) if agent.compte_id is not None]
    if len(comptes) == 2:
        reglement.refus.append(DEUX_COMPTES)
    elif comptes and not is_same_person(
        *((a.nom_cle, a.date_naissance, a.num_cafat, a.num_ruamm) for a in (garde, fondu))
    ):
        reglement.refus.append(AUTRE_IDENTITE)
    for chemin in settings.FUSIONS:
        reglement.add(import_string(chemin)(garde, fondu, tenus))
    return reglement


def disagreements(garde: Agent, fondu: Agent) -> list[str]:
    """Columns of the identity that both files fill, and that cannot be one person's."""
    cotes = ({nom: getattr(agent, nom) for nom in IDENTITE} for agent in (garde, fondu))
    return find_disagreements(*cotes)


def fingerprint(reglement: Reglement, nombres: Mapping[str, int]) -> str:
    """Return a text that changes when what the page said is no longer what would be done."""
    dit = repr((reglement.dits, reglement.refus, sorted(nombres.items())))
    return hashlib.sha256(dit.encode()).hexdigest()[:32]


def count_seen(fondu: Agent, lecteur: Any) -> dict[str, int]:
    """Count what hangs on the file that goes and somebody sees, by name of its link, in one question."""
    liens = list(links_to_agent())
    lots = [rows_seen_by(lien.rows(fondu.pk), lecteur) for lien in liens]
    return {liens[rang].nom: nombre for rang, nombre in count_together(lots).items()}


def _period(ligne: Any) -> Bornes:
    return ligne.date_debut, ligne.date_fin


def _in_words(bornes: Bornes) -> str:
    debut, fin = bornes
    return f"du {format_date(debut)} au {format_date(fin)}" if fin else f"depuis le {format_date(debut)}"


def settle_affectations(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """One structure at a time: the file that stays keeps its days, the other one what they leave."""
    if not tenus.both(Affectation):
        return Reglement()
    siennes, autres = _rows_of_both(Affectation.objects.select_related("structure"), garde, fondu)
    return _share_days(garde, siennes, autres, lambda a: f"Affectation {a.structure.sigle}")


def settle_careers(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """One category and one position at a time, as affectations; the same contract stays once."""
    reglement = Reglement()
    dates = {Carriere: "Ligne de carrière", PositionAdministrative: "Position administrative"}
    for modele, nom in dates.items():
        if tenus.both(modele):
            lignes = _rows_of_both(modele._default_manager.all(), garde, fondu)
            reglement.add(_share_days(garde, *lignes, _always(nom)))
    if not tenus.both(Contrat):
        return reglement
    siens_contrats, autres = _rows_of_both(Contrat.objects.all(), garde, fondu)
    siens = {(contrat.nature, *_period(contrat)) for contrat in siens_contrats}
    for contrat in autres:
        if (contrat.nature, *_period(contrat)) in siens:
            reglement.retires.append(contrat)
            dit = f"{contrat.get_nature_display()} {_in_words(_period(contrat))}"
            reglement.dits.append(f"{dit} : dans les deux fiches, un seul reste.")
    return reglement


def _always(nom: str) -> Callable[[Any], str]:
    """One name for every row."""
    return lambda _ligne: nom


def _rows_of_both(lignes: QuerySet, garde: Agent, fondu: Agent) -> tuple[list[Any], list[Any]]:
    """The rows of the file that stays and of the one that goes, from the oldest on, in one question."""
    toutes = list(lignes.filter(agent__in=(garde, fondu)).order_by("date_debut", "pk"))
    siennes = [ligne for ligne in toutes if ligne.agent_id == garde.pk]
    return siennes, [ligne for ligne in toutes if ligne.agent_id == fondu.pk]


def _share_days(
    garde: Agent, siennes: Sequence[Any], autres: Sequence[Any], nommer: Callable[[Any], str]
) -> Reglement:
    """One row a day: the file that stays keeps its days, the other one what they leave."""
    reglement = Reglement()
    prises = [_period(ligne) for ligne in siennes]
    for ligne in autres:
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


def settle_alertes(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """The same alert raised in both files stays once, as somebody decided it if anybody did."""
    reglement = Reglement()
    if not tenus.both(AlerteAbsence):
        return reglement
    toutes = list(AlerteAbsence.objects.filter(agent__in=(garde, fondu)).order_by("pk"))
    siennes = {_occasion(alerte): alerte for alerte in toutes if alerte.agent_id == garde.pk}
    for alerte in (alerte for alerte in toutes if alerte.agent_id == fondu.pk):
        sienne = siennes.get(_occasion(alerte))
        if sienne is None:
            continue
        decidee = alerte.decidee_le is not None and sienne.decidee_le is None
        reglement.retires.append(sienne if decidee else alerte)
        reglement.dits.append(f"{alerte.titre} : dans les deux fiches, une seule reste.")
    return reglement


def _occasion(alerte: AlerteAbsence) -> tuple[Any, ...]:
    return alerte.regle, alerte.seuil, alerte.occasion


def _list_parts(parts: Sequence[Bornes]) -> str:
    return " puis ".join(_in_words(part) for part in parts)


def _copy(ligne: Any, garde: Agent, bornes: Bornes) -> Any:
    """The same row, of the agent who stays, in another part of its days."""
    champs = (c.attname for c in ligne._meta.local_fields if c.name not in PROPRES)
    copie = {nom: getattr(ligne, nom) for nom in champs}
    return type(ligne)(agent=garde, date_debut=bornes[0], date_fin=bornes[1], **copie)


def settle_absences(garde: Agent, fondu: Agent, tenus: Tenus) -> Reglement:
    """The same absence entered in both files stays once; those that only overlap stay both, to be corrected.

    One that another record counts on, as an accident, stays: its days are shown among the contradictions.
    """
    reglement = Reglement()
    if not tenus.both(Absence):
        return reglement
    siennes, autres = _rows_of_both(Absence.objects.all(), garde, fondu)
    memes = {_facts(absence) for absence in siennes}
    pareilles = [absence for absence in autres if _facts(absence) in memes]
    citees = _references_to(pareilles)
    while comptees := {citee for citee, par in citees if par not in {absence.pk for absence in pareilles}}:
        pareilles = [absence for absence in pareilles if absence.pk not in comptees]
        citees = {(citee, par) for citee, par in citees if citee not in comptees}
    # What belongs to an accident goes before it.
    pareilles.sort(key=lambda absence: absence.accident_id is None)
    reglement.retires += pareilles
    restent = [absence for absence in autres if absence not in pareilles]
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


def _references_to(absences: Sequence[Absence]) -> set[tuple[int, int]]:
    """Each reference of a record of any app to one of these absences, in one question.

    The key of the absence, then that of the absence which points at it; 0 where something else does.
    """
    lots = []
    for relation in links_to(Absence) if absences else ():
        lignes = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": absences})
        par = F("pk") if relation.related_model is Absence else Value(0, BigIntegerField())
        lots.append(lignes.order_by().values_list(F(relation.field.attname), par))
    return set(lots[0].union(*lots[1:])) if lots else set()


def kept_row(objet: Model) -> dict[str, Any]:
    """A row as JSON keeps it."""
    return json.loads(serializers.serialize("json", [objet]))[0]


def field_label(nom: str) -> str:
    """Name of a column of the file, as its model says it."""
    champ: Any = Agent._meta.get_field(nom)
    return str(champ.verbose_name)
