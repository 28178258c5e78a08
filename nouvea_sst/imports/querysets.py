"""Questions about imports."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, Self

from django.db import models
from django.utils import timezone

from nouvea_sst.imports.cibles import closed_to
from nouvea_sst.imports.enums import EffetLigne, EtatImport, IssueReleve
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
        """Rows of files applied that point at what nobody knows yet, and that no later file says anew."""
        return self.filter(
            effet=EffetLigne.ATTENTE, fichier__etat=EtatImport.APPLIQUE, redite_par__isnull=True
        )

    def visible_to(self, user: Any) -> Self:
        """For those who may import, what concerns the targets that they may bring in."""
        if not user.has_perm("imports.import_registre"):
            return self.none()
        return self.exclude(fichier__cible__in=closed_to(user))

    def to_correct(self) -> Self:
        """Rows refused of files applied: somebody corrects them."""
        return self.filter(effet=EffetLigne.REFUSE, fichier__etat=EtatImport.APPLIQUE)

    def seen_changes(self) -> Iterator[tuple[int, list[list[str]]]]:
        """Number and changes of each row of a preview that had some: label, old, new."""
        return self.exclude(changements=[]).order_by().values_list("numero", "changements").iterator()

    def of_feed(self) -> Self:
        """Rows of the files that the nightly feed took."""
        return self.filter(fichier__passage__isnull=False)

    def taken_on(self, jour: datetime.date | models.Subquery) -> Self:
        """Those of one night of the feed."""
        return self.filter(fichier__passage__pris_le__date=jour)


class ReleveQuerySet(models.QuerySet):
    """Passages of the nightly feed."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who may import."""
        return self.all() if user.has_perm("imports.import_registre") else self.none()

    def with_ages(self) -> Self:
        """Each with when the feed first passed, and when it last took a file."""
        releves: Any = self.model._meta.base_manager
        fichiers: Any = self.model._meta.get_field("fichiers").related_model
        return self.annotate(
            dernier_fichier=models.Subquery(
                fichiers._base_manager.order_by("-pris_le").values("pris_le")[:1],
                output_field=models.DateTimeField(),
            ),
            premiere=models.Subquery(
                releves.order_by("debut").values("debut")[:1], output_field=models.DateTimeField()
            ),
        )

    def last_begun(self) -> datetime.datetime | None:
        """When the last passage began, in local time; None for none, or when it was cut short."""
        derniere: Any = self.order_by("-debut", "-pk").first()
        return timezone.localtime(derniere.debut) if derniere and derniere.fin else None


class FichierReleveQuerySet(models.QuerySet):
    """Files that the nightly feed took."""

    def visible_to(self, user: Any) -> Self:
        """For those who may import, what concerns the targets that they may bring in."""
        if not user.has_perm("imports.import_registre"):
            return self.none()
        return self.exclude(cible__in=closed_to(user))

    def taken_on(self, jour: datetime.date | models.Subquery) -> Self:
        """Those of one night."""
        return self.filter(pris_le__date=jour)

    def refused(self) -> Self:
        """Those that were not even read."""
        return self.filter(issue=IssueReleve.REFUSE)


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
        attendent = models.Q(lignes__effet=EffetLigne.ATTENTE, lignes__redite_par__isnull=True)
        return self.applied().filter(attendent).distinct()

    def with_file(self) -> Self:
        """Those of which the house still has the file itself."""
        return self.exclude(contenu=b"")

    def said_kept(self) -> Self:
        """Leave the file in the database, with `garde` to say whether it is there."""
        garde = models.ExpressionWrapper(~models.Q(contenu=b""), output_field=models.BooleanField())
        return self.defer("contenu").annotate(garde=garde)

    def settled_before(self, instant: datetime.datetime) -> Self:
        """Files applied, taken back or not, at that time or before."""
        return self.filter(applique_le__lte=instant, etat__in=(EtatImport.APPLIQUE, EtatImport.ANNULE))

    def without_file(self) -> Self:
        """Leave the file in the database."""
        return self.defer("contenu")

    def of_feed(self) -> Self:
        """Files that the nightly feed took."""
        return self.filter(passage__isnull=False)

    def taken_on(self, jour: datetime.date | models.Subquery) -> Self:
        """Those of one night of the feed."""
        return self.filter(passage__pris_le__date=jour)

    def to_decide(self) -> Self:
        """Files that wait for a person."""
        return self.filter(etat=EtatImport.DEPOSE)

    def without_bytes(self) -> Self:
        """For lists: leave the file and its details in the database."""
        return self.defer("contenu", "apercu")
