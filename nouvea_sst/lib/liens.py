"""Which tables point at a model: asked of the models themselves, so that none is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from nouvea_sst.lib.histoire import Histoire


def links_to(modele: type[Model]) -> Iterator[Any]:
    """Return the links of other tables to a model, those that tie two models in both senses included.

    The past is left out: it is of what was.
    """
    for relation in modele._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            if not issubclass(relation.related_model, Histoire):  # type: ignore[arg-type]
                yield relation


def is_calculated(modele: Any) -> bool:
    """Whether the rows of a model are calculated from others, at any time."""
    return getattr(modele, "se_recalcule", False)
