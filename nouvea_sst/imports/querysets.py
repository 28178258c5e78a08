"""Questions about imports."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models

from nouvea_sst.imports.cibles import closed_to
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.rules.valeurs import Retenues


class CorrespondanceQuerySet(models.QuerySet):
    """Values of files matched with those of the house."""

    def visible_to(self, user: Any) -> Self:
        """For those who may import, what concerns the targets that they may bring in."""
        if not user.has_perm("imports.import_registre"):
            return self.none()
        return self.exclude(cible__in=closed_to(user))

    def by_field(self, cible: str) -> Retenues:
        """What the engine takes for a target: by field, by folded value, the value of the house."""
        retenues: dict[str, dict[str, str]] = {}
        for champ, cle, choix in self.filter(cible=cible).values_list("champ", "cle", "choix"):
            retenues.setdefault(champ, {})[cle] = choix
        return retenues

    def served(self, servies: Sequence[Sequence[str]]) -> Self:
        """Those that a file met, as its preview keeps them: field and folded value."""
        paires = models.Q(pk__in=())
        for champ, cle in servies:
            paires |= models.Q(champ=champ, cle=cle)
        return self.filter(paires)


class LigneQuerySet(models.QuerySet):
    """Rows of the files brought in."""

    def waiting(self) -> Self:
        """Rows of files applied that point at what nobody knows yet."""
        return self.filter(effet=EffetLigne.ATTENTE, fichier__etat=EtatImport.APPLIQUE)


class ImportQuerySet(models.QuerySet):
    """Files brought in."""

    def visible_to(self, user: Any) -> Self:
        """For those who may import, what concerns the targets that they may bring in."""
        if not user.has_perm("imports.import_registre"):
            return self.none()
        return self.exclude(cible__in=closed_to(user))

    def applied(self) -> Self:
        """Files whose rows were written."""
        return self.filter(etat=EtatImport.APPLIQUE)

    def with_waiting(self) -> Self:
        """Files of which rows still wait."""
        return self.applied().filter(lignes__effet=EffetLigne.ATTENTE).distinct()

    def without_file(self) -> Self:
        """Leave the file in the database."""
        return self.defer("contenu")

    def without_bytes(self) -> Self:
        """For lists: leave the file and its details in the database."""
        return self.defer("contenu", "apercu")
