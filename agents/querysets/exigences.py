"""Questions about the demands of posts, and which posts go with what must be avoided."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from agents.enums import Accord, NiveauExigence
from agents.querysets.agents import rows_of
from agents.rules.exigences import Contrainte


class ExigencePosteQuerySet(models.QuerySet):
    """Demands of posts."""

    def visible_to(self, user: Any) -> Self:
        """Those of the posts that this account sees."""
        return self.filter(poste__in=rows_of(self.model, "poste").visible_to(user))

    def against(self, contrainte: Contrainte) -> Q:
        """Rows that clash with this constraint: asked for, and not known to stay within its limit."""
        heurt = Q(type=contrainte.type) & ~Q(niveau=NiveauExigence.JAMAIS)
        if contrainte.limite is None:
            return heurt
        return heurt & (Q(valeur__isnull=True) | Q(valeur__gt=contrainte.limite))


def grade_posts(postes: Any, contraintes: Sequence[Contrainte]) -> Any:
    """Add « accord » and its rank to posts, as rules.exigences.grade decides it, in the query itself."""
    exigences = postes.model._meta.get_field("exigences").related_model.objects
    siennes = exigences.filter(poste=OuterRef("pk"))
    heurts = Q(pk__in=[])
    for contrainte in contraintes:
        heurts |= exigences.against(contrainte)
    inconnues: Any = Q(pk__in=[])
    for contrainte in contraintes:
        inconnues |= ~Exists(siennes.filter(type=contrainte.type))
    cas = [
        When(Exists(siennes.filter(heurts, niveau=NiveauExigence.SOUVENT)), then=Value(Accord.CONTRAIRE)),
        When(inconnues, then=Value(Accord.A_VERIFIER)),
        When(Exists(siennes.filter(heurts)), then=Value(Accord.A_AMENAGER)),
    ]
    champ = models.CharField()
    accord = Case(*cas, default=Value(Accord.COMPATIBLE), output_field=champ)
    rangs = [When(accord=cle, then=Value(rang)) for rang, cle in enumerate(Accord)]
    return postes.annotate(accord=accord).annotate(
        rang_accord=Case(*rangs, default=Value(9), output_field=models.IntegerField())
    )
