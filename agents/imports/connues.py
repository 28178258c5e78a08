"""What the database knows of the agents' dated rows, read in a fixed number of questions."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from agents.imports.lexiques import Lexique, ReferenceAttendue
from agents.models import Agent, Alias
from agents.rules.annuaire import list_name
from agents.rules.matricule import Matricule, matricule_forms
from nouvea_sst.imports.rules.cible import Reference, Valeurs
from nouvea_sst.imports.rules.ecarts import is_blank
from nouvea_sst.lib.liens import links_to
from nouvea_sst.lib.texte import fold


class DeuxPersonnes(ValueError):
    """The numbers of a row are those of two agents; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Connue:
    """A row of the database: its agent, the number that brought it, its values."""

    pk: int
    agent: int
    cle_import: str
    valeurs: Valeurs


@dataclass(frozen=True, slots=True)
class LigneDatee:
    """A row of the file, its agent, and the row of the database that it speaks of, if there is one.

    effacables: the fields that an empty cell empties. retiree: as in LigneLue.
    """

    numero: int
    agent: int
    valeurs: Valeurs
    connue: Connue | None
    effacables: Set[str]
    retiree: bool = False

    @property
    def numerotee(self) -> bool:
        """Whether the number of the row is that of the row of the database."""
        if self.connue is None or not self.connue.cle_import:
            return False
        numero = self.valeurs.get("cle_import")
        return self.retiree or (numero is not None and numero.cle == self.connue.cle_import)

    @property
    def resultat(self) -> Valeurs:
        """The values as they will stand: those of the file, then those that it leaves alone."""
        if self.connue is None:
            return self.valeurs
        dites = {nom: v for nom, v in self.valeurs.items() if nom in self.effacables or not is_blank(v)}
        return self.connue.valeurs | dites


@dataclass
class Personnes:
    """Every agent by his numbers."""

    references: dict[int, Reference] = field(default_factory=dict)
    par_matricule: dict[str, int] = field(default_factory=dict)
    par_tiarhe: dict[str, int] = field(default_factory=dict)
    par_compte: dict[int, int] = field(default_factory=dict)

    def find(self, valeurs: Mapping[str, Any]) -> Reference:
        """Return who a row speaks of. Raises ReferenceAttendue, DeuxPersonnes."""
        numero, tiarhe = valeurs.get("matricule"), valeurs.get("id_tiarhe")
        trouves = []
        if isinstance(numero, Matricule):
            trouves.append(self.par_matricule.get(numero.numero))
        if tiarhe:
            trouves.append(self.par_tiarhe.get(fold(tiarhe)))
        connus = {pk for pk in trouves if pk is not None}
        if len(connus) > 1:
            noms = " et ".join(str(self.references[pk]) for pk in sorted(connus))
            raise DeuxPersonnes(f"Le matricule et le matricule Tiarhé sont ceux de deux agents : {noms}.")
        if not connus:
            raise ReferenceAttendue(
                f"Agent {_as_written(numero, tiarhe)} inconnu pour l’instant : la ligne attendra."
            )
        return self.references[connus.pop()]


def _as_written(numero: Any, tiarhe: Any) -> str:
    """A number as the file has it, but for the form of six digits."""
    if not isinstance(numero, Matricule):
        return str(tiarhe)
    return matricule_forms(numero.numero, numero.prefixe)[1] if numero.prefixe else numero.numero


def read_people() -> Personnes:
    """Read every agent by his numbers, in two questions."""
    lus = Personnes()
    colonnes = ("pk", "matricule", "id_tiarhe", "compte_id", "nom", "prenom")
    for pk, matricule, tiarhe, compte, nom, prenom in Agent.objects.order_by("pk").values_list(*colonnes):
        lus.references[pk] = Reference(pk, list_name({"nom": nom, "prenom": prenom}))
        if matricule:
            lus.par_matricule[matricule] = pk
        if tiarhe:
            lus.par_tiarhe.setdefault(fold(tiarhe), pk)
        if compte is not None:
            lus.par_compte[compte] = pk
    # The numbers of a merged file lead to the one that stays, as long as nobody else bears them.
    for pk, matricule, tiarhe in Alias.objects.order_by("pk").values_list("agent", "matricule", "id_tiarhe"):
        if matricule:
            lus.par_matricule.setdefault(matricule, pk)
        if tiarhe:
            lus.par_tiarhe.setdefault(fold(tiarhe), pk)
    return lus


def read_known(
    modele: Any,
    stockes: Sequence[str],
    lexiques: Mapping[str, Lexique],
    agents: Set[int],
    cles: Set[str],
) -> list[Connue]:
    """Read the rows of these agents, and those that bear these keys, in one question."""
    avec_cle = any(champ.name == "cle_import" for champ in modele._meta.local_fields)
    colonnes = ["pk", "agent_id", *(modele._meta.get_field(nom).attname for nom in stockes)]
    lignes: Iterable[Any] = (
        modele._base_manager.order_by("pk")
        .values_list(*colonnes, *(["cle_import"] * avec_cle))
        .iterator(chunk_size=5000)
    )
    gardees = []
    for pk, agent, *lus in lignes:
        cle = lus.pop() if avec_cle else ""
        if agent in agents or cle in cles:
            valeurs = {nom: _point(lexiques.get(nom), v) for nom, v in zip(stockes, lus, strict=True)}
            gardees.append(Connue(pk, agent, cle, valeurs))
    return gardees


def find_counted_on(modele: Any, cles: Set[int]) -> dict[int, str]:
    """Say of these records which ones others count on, and what the others are: one question for each link.

    Rows that only tie two records are named after the record that holds them.
    """
    comptees: dict[int, str] = {}
    for relation in links_to(modele) if cles else ():
        autre, champ = relation.related_model, relation.field.attname
        nom = str((autre._meta.auto_created or autre)._meta.verbose_name)
        liens = autre._base_manager.filter(**{f"{champ}__in": cles}).order_by().values_list(champ, flat=True)
        for cle in liens:
            comptees.setdefault(cle, nom)
    return comptees


def _point(lexique: Lexique | None, valeur: Any) -> Any:
    return valeur if lexique is None or valeur is None else lexique.par_pk[valeur]
