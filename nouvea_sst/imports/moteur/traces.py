"""What an import wrote, read in the tables of the past: what it made, what it changed, what came after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, Field, Model, QuerySet, Value
from django.db.models.functions import Cast

from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.histoire import CREATION, JAMAIS_SUIVIS, MODIFICATION, SUPPRESSION
from nouvea_sst.lib.liens import is_calculated, links_to
from nouvea_sst.referentiel.models import EntreeListe

# What an import does to accounts stays: a closed account is opened again by a person, not by an undo.
HORS = frozenset({"comptes"})
# Whoever imports the register reads what hangs on an agent there, and what has no question of its own: the
# entries of small lists too, which speak of nobody and which forms offer to choose from.
OUVERTES = frozenset({"agents"})
# Of what forbids an undo, so many kinds are named with so many records; the others are counted.
DETAILLES, CITES = 3, 3


@dataclass
class Trace:
    """What one import wrote of one model: keys made; of those changed or erased, what they were before."""

    modele: type[Model]
    crees: set[Any] = field(default_factory=set)
    anciens: dict[Any, int] = field(default_factory=dict)
    effaces: dict[Any, int] = field(default_factory=dict)
    derniere: int = 0

    @property
    def histoire(self) -> type[Model]:
        """Table of the past."""
        return past_of(self.modele)

    @property
    def champs(self) -> list[Field]:
        """Columns that the past keeps, the key left out."""
        gardes = {champ.name for champ in self.histoire._meta.local_fields}
        return [c for c in self.modele._meta.local_fields if c.name in gardes and not c.primary_key]

    def add(self, numero: int, fait: str, cle: Any) -> None:
        """Take in one trace, in the order of their writing."""
        self.derniere = numero
        if fait == CREATION:
            self.crees.add(cle)
        elif fait == MODIFICATION and cle not in self.crees:
            self.anciens.setdefault(cle, numero)
        elif fait == SUPPRESSION and cle in self.crees:
            self.crees.discard(cle)
        elif fait == SUPPRESSION:
            self.effaces[cle] = self.anciens.pop(cle, numero)

    @property
    def se_rend(self) -> bool:
        """Whether the past holds all of a row, so that one erased can be written again."""
        gardes = {champ.name for champ in self.champs} | JAMAIS_SUIVIS
        return all(c.primary_key or c.name in gardes for c in self.modele._meta.local_fields)

    @property
    def touches(self) -> set[Any]:
        """Keys of the rows made, changed or erased."""
        return self.crees | self.anciens.keys() | self.effaces.keys()

    @property
    def rendus(self) -> set[Any]:
        """Keys of the rows that an undo gives back."""
        return self.anciens.keys() | self.effaces.keys()


@dataclass(frozen=True)
class Obstacle:
    """Something that came after the import and rests on it."""

    quoi: str
    exemples: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.quoi} : {', '.join(self.exemples)}" if self.exemples else self.quoi


def past_of(modele: type[Model]) -> type[Model]:
    """Return the table of the past of a model that has one."""
    return modele._meta.get_field("histoire").related_model  # type: ignore[return-value]


def tracked_models() -> list[type[Model]]:
    """Every model whose past is kept, but for those left alone by an undo or calculated anew."""
    return [
        modele
        for modele in apps.get_models()
        if modele._meta.app_label not in HORS
        and not is_calculated(modele)
        and any(champ.name == "histoire" for champ in modele._meta.get_fields())
    ]


def read_traces(requete: str) -> list[Trace]:
    """Return what was written under this identifier, in one question; nothing for an empty one."""
    traces = [Trace(modele) for modele in tracked_models()]
    if requete:
        ecrites = (past_of(t.modele)._base_manager.filter(pgh_context__requete=requete) for t in traces)
        for rang, numero, fait, cle in _read_together(ecrites, "pgh_id", "pgh_label"):
            traces[rang].add(numero, fait, traces[rang].modele._meta.pk.to_python(cle))
    return [trace for trace in traces if trace.derniere]


def _read_together(lots: Iterable[Any], *colonnes: str) -> list[tuple[Any, ...]]:
    """Read traces of several tables in one question: rank of the table, columns, key of the record."""
    parties = [
        lot.order_by().values_list(Value(rang), *colonnes, Cast("pgh_obj_id", CharField()))
        for rang, lot in enumerate(lots)
    ]
    return sorted(parties[0].union(*parties[1:], all=True)) if parties else []


def describe_traces(traces: list[Trace]) -> list[str]:
    """Say what an undo would do: « À effacer : 12 agents, 12 affectations »."""
    effaces = [_count(trace.modele, len(trace.crees)) for trace in traces if trace.crees]
    rendus = [_count(trace.modele, len(trace.rendus)) for trace in traces if trace.rendus]
    faits = (("À effacer", effaces), ("À remettre comme avant l’import", rendus))
    return [f"{fait} : {', '.join(lots)}" for fait, lots in faits if lots]


def describe_undo(traces: list[Trace]) -> str:
    """« 12 fiches effacées, 3 remises comme avant »."""
    effacees = sum(len(trace.crees) for trace in traces)
    remises = sum(len(trace.rendus) for trace in traces)
    faits = (
        (effacees, "fiche effacée,fiches effacées"),
        (remises, "fiche remise comme avant,fiches remises comme avant"),
    )
    return ", ".join(count_of(nombre, mots) for nombre, mots in faits if nombre) or "rien à défaire"


def find_obstacles(traces: list[Trace], lecteur: Any = None, cible: Cible | None = None) -> list[Obstacle]:
    """Return what forbids to take the import back: rows changed since, rows that hang on those it made, and
    what its target says of rows that stand by now where others would come back.

    Kinds and names are said as far as `lecteur` may see them; the rest is counted without a word on it.
    """
    partis = [_count(t.modele, len(t.effaces)) for t in traces if t.effaces and not t.se_rend]
    effaces = [Obstacle(f"Effacé par l’import : {quoi}") for quoi in partis]
    heurts = cible.heurter(traces, lecteur) if cible is not None and cible.heurter is not None else ()
    return [*effaces, *_changed_since(traces, lecteur), *_dependents(traces, lecteur), *heurts]


def _changed_since(traces: list[Trace], lecteur: Any) -> Iterator[Obstacle]:
    """Rows of the import that somebody changed or took away after it."""
    suites = (
        t.histoire._base_manager.filter(pgh_obj_id__in=t.touches, pgh_id__gt=t.derniere) for t in traces
    )
    cles: dict[int, set[str]] = {}
    for rang, cle in _read_together(suites):
        cles.setdefault(rang, set()).add(cle)
    for place, (rang, changees) in enumerate(cles.items()):
        modele = traces[rang].modele
        noms = _name(modele, changees, lecteur) if place < DETAILLES else ()
        yield Obstacle(f"Changé depuis l’import : {_count(modele, len(changees))}", noms)


def _dependents(traces: list[Trace], lecteur: Any) -> Iterator[Obstacle]:
    """Rows of other tables, not of the import, that point at a record that it made."""
    touches = {trace.modele: trace.touches for trace in traces}
    liens = [(t, relation) for t in traces if t.crees for relation in _relations(t.modele)]
    lots = [_pointing_at(trace, relation, touches) for trace, relation in liens]
    tous = count_together(lots)
    vus = count_together([rows_seen_by(lot, lecteur) for lot in lots]) if tous else {}
    for place, (rang, nombre) in enumerate(vus.items()):
        (trace, relation), lot = liens[rang], rows_seen_by(lots[rang], lecteur)
        cles = lot.order_by().values_list(relation.field.attname, flat=True).distinct()
        noms = _name(trace.modele, cles, lecteur) if place < DETAILLES else ()
        yield Obstacle(f"Ajouté depuis l’import : {_count(relation.related_model, nombre)}", noms)
    if autres := sum(tous.values()) - sum(vus.values()):
        quoi = count_of(autres, "enregistrement que vous ne voyez pas,enregistrements que vous ne voyez pas")
        yield Obstacle(f"Ajouté depuis l’import : {quoi}")


def count_together(lots: list[QuerySet]) -> dict[int, int]:
    """Count the rows of several questions in one, by their rank; those without rows are left out."""
    comptes = [
        lot.order_by().values(rang=Value(rang)).annotate(nombre=Count("*")).values_list("rang", "nombre")
        for rang, lot in enumerate(lots)
    ]
    lus = comptes[0].union(*comptes[1:], all=True) if comptes else []
    return {rang: nombre for rang, nombre in sorted(lus) if nombre}


def rows_seen_by(lot: QuerySet, lecteur: Any) -> QuerySet:
    """Keep the rows that this person may see; of a table that asks nobody, those of the personnel file."""
    manager: Any = lot.model._default_manager
    if lecteur is None:
        return lot.none()
    if porteur := lot.model._meta.auto_created:
        vus: Any = porteur._default_manager
        return lot.filter(**{f"{porteur._meta.model_name}__in": vus.visible_to(lecteur)})
    if hasattr(manager, "visible_to"):
        return manager.visible_to(lecteur).filter(pk__in=lot.order_by().values("pk"))
    ouverte = lot.model._meta.app_label in OUVERTES or issubclass(lot.model, EntreeListe)
    return lot if ouverte else lot.none()


def _pointing_at(trace: Trace, relation: Any, touches: dict[type[Model], set[Any]]) -> QuerySet:
    """Return the rows of a table that point at what the import made, without those that it wrote too."""
    modele = relation.related_model
    lignes: QuerySet = modele._base_manager.filter(**{f"{relation.field.name}__in": trace.crees})
    return lignes.exclude(pk__in=touches[modele]) if touches.get(modele) else lignes


def _relations(modele: type[Model]) -> Iterator[Any]:
    """Return the links of other tables to a model, without what is calculated anew."""
    return (relation for relation in links_to(modele) if not is_calculated(relation.related_model))


def calculated_relations(modele: type[Model]) -> Iterator[Any]:
    """Return the links to a model from rows that are calculated anew: they go with it."""
    return (relation for relation in links_to(modele) if is_calculated(relation.related_model))


def _name(modele: type[Model], cles: Iterable[Any], lecteur: Any) -> tuple[str, ...]:
    """Name some records, the first by key, that this person may see."""
    vus = rows_seen_by(modele._base_manager.filter(pk__in=cles), lecteur).order_by("pk")
    return tuple(str(objet) for objet in vus[:CITES])


def _count(modele: Any, nombre: int) -> str:
    """« 3 visites »; rows that only tie two records are named after the record that holds them."""
    meta = (modele._meta.auto_created or modele)._meta
    return count_of(nombre, f"{meta.verbose_name},{meta.verbose_name_plural}")
