"""Small tables that the rows of a file point at, by what the file writes of them."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from agents.enums import CategorieSuivi
from agents.models import Collectivite, Poste, Site
from agents.rules.registre import COLLECTIVITES
from nouvea_sst.imports.rules.cible import Ajouts, Reference
from nouvea_sst.lib.texte import fold


def new_poste(intitule: str) -> Poste:
    """A post with a simple follow-up."""
    return Poste(intitule=intitule, categorie_suivi=CategorieSuivi.SIMPLE)


def new_site(libelle: str) -> Site:
    """A place where agents work."""
    return Site(libelle=libelle)


def new_collectivite(code: str) -> Collectivite:
    """One of the employers that the former software knows."""
    ancien = next(ancien for ancien, (connu, _) in COLLECTIVITES.items() if connu == code)
    return Collectivite(code=code, libelle=COLLECTIVITES[ancien][1], code_ancien=ancien)


class ReferenceAttendue(ValueError):
    """What a row points at is not known yet; the message says so in French."""


@dataclass
class Lexique:
    """Entries of a small table by text; one that is missing is made (`fabriquer`), or waited for.

    titre: an entry in the singular; inconnu: « Entité {} inconnue », said of a row that will wait.
    """

    titre: str
    connus: dict[str, Reference]
    fabriquer: Callable[[str], Any] | None = None
    inconnu: str = ""
    par_pk: Mapping[int, Reference] = field(default_factory=dict)
    nouveaux: dict[str, Reference] = field(default_factory=dict)

    def find(self, texte: str) -> Reference:
        """Return the entry of this text, even one still to be made. Raises ReferenceAttendue."""
        plie = fold(texte)
        connue = self.connus.get(plie) or self.nouveaux.get(plie)
        if connue is None and self.fabriquer is None:
            raise ReferenceAttendue(f"{self.inconnu.format(texte)} pour l’instant : la ligne attendra.")
        return connue or Reference(f"{self.titre}:{plie}", texte, nouvelle=True)

    def resolve(self, texte: str) -> Reference:
        """Return the entry of this text, to be made with the import when there is none."""
        trouvee = self.find(texte)
        return self.nouveaux.setdefault(fold(texte), trouvee) if trouvee.nouvelle else trouvee


def read_lexique(titre: str, lignes: QuerySet, libelle: str, *textes: str, **reste: Any) -> Lexique:
    """Read a table in one question: each entry is found by its texts, the label itself when none is named."""
    colonnes = textes or (libelle,)
    connus: dict[str, Reference] = {}
    par_pk: dict[int, Reference] = {}
    for pk, nom, *lus in lignes.order_by("pk").values_list("pk", libelle, *colonnes):
        par_pk[pk] = Reference(pk, str(nom))
        for texte in lus:
            if texte not in {None, ""}:
                connus.setdefault(fold(str(texte)), par_pk[pk])
    return Lexique(titre, connus, par_pk=par_pk, **reste)


def keep_additions(lexiques: Iterable[Lexique], nommees: Set[int | str]) -> list[Ajouts]:
    """Have only the entries made that these keys name; return what would be added beside the rows."""
    lexiques = list(lexiques)
    for lexique in lexiques:
        lexique.nouveaux = {texte: r for texte, r in lexique.nouveaux.items() if r.cle in nommees}
    return [
        Ajouts(lexique.titre, tuple(r.libelle for r in lexique.nouveaux.values()))
        for lexique in lexiques
        if lexique.nouveaux
    ]
