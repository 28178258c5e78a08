"""States with their look: one enum says value, French label, colour class and icon, once.

Write an enum like any TextChoices, with four items per member::

    class EtatVisite(EtatChoices):
        A_PLACER = "a_placer", "À placer", "is-neutral", "circle"
        REALISEE = "realisee", "Réalisée", "is-done", "check-circle-fill"

and use it like any TextChoices: ``CharField(choices=EtatVisite, max_length=20)``,
``EtatVisite.A_PLACER.label``. Each member also has ``.classe`` (``is-neutral``) and ``.icone`` (``circle``,
a Bootstrap icon name).

In a template (tag library ``sst``, built in)::

    {% etat visite %}                      badge of visite.etat
    {% etat visite champ="avis" %}         badge of another field with such an enum
    {% etat membre %}                      badge of an enum member
    {% etat visite quiet=True %}           no ground: inside dense tables
    {% etat visite texte="12 j de retard" %}   same colour and icon, other words

Colour classes: is-late (retard, refus), is-soon (bientôt, en attente), is-done (fait), is-active (en cours),
is-sealed (réservé), is-neutral (sans urgence, clos).
"""

from typing import Any

from django.db.models import Field, TextChoices
from django.db.models.enums import ChoicesType

# Text colour of each class, for the PDF renderer, which applies no page CSS inside an SVG.
CLASSES = {
    "is-late": "#a1231a",
    "is-soon": "#764700",
    "is-done": "#1a5e37",
    "is-active": "#1d4c8a",
    "is-sealed": "#573787",
    "is-neutral": "#43515e",
}

_enums: dict[tuple[tuple[str, str], ...], Any] = {}


class EtatType(ChoicesType):
    """Metaclass: take colour class and icon off each member before Django reads value and label."""

    def __new__(metacls, classname, bases, classdict, **kwds):
        """Build the enum; TypeError when a member lacks one of its four items or names an unknown colour."""
        looks = {}
        for name in classdict._member_names:
            items = classdict[name]
            if not isinstance(items, tuple) or len(items) != 4:
                raise TypeError(f"{classname}.{name}: write value, label, colour class, icon")
            value, label, classe, icone = items
            if classe not in CLASSES:
                raise TypeError(f"{classname}.{name}: unknown colour class {classe}")
            looks[name] = (classe, icone)
            # dict.__setitem__: enum's own dictionary refuses a second assignment.
            dict.__setitem__(classdict, name, (value, label))
        cls = super().__new__(metacls, classname, bases, classdict, **kwds)
        for name, (classe, icone) in looks.items():
            member: Any = cls.__members__[name]
            member.classe = classe
            member.icone = icone
        if looks:
            _enums[tuple((str(value), str(label)) for value, label in cls.choices if value)] = cls
        return cls


# The stubs give TextChoices a metaclass of their own; a second one would hide it from mypy.
_METACLASSE: Any = EtatType


class EtatChoices(TextChoices, metaclass=_METACLASSE):
    """TextChoices whose members carry the colour class and the icon of their badge."""

    classe: str
    icone: str


def all_enums() -> list[type[EtatChoices]]:
    """Return every enum of states that is loaded, by module and name: the gallery shows them all."""
    return sorted(_enums.values(), key=lambda cls: (cls.__module__, cls.__name__))


def enum_of(field: Field) -> type[EtatChoices]:
    """Return the EtatChoices class whose choices this model field offers; LookupError when there is none."""
    choices = tuple((str(value), str(label)) for value, label in field.flatchoices if value)
    try:
        return _enums[choices]
    except KeyError:
        raise LookupError(f"{field.model.__name__}.{field.name} does not offer an EtatChoices") from None


def member_of(instance: Any, champ: str = "etat") -> EtatChoices | None:
    """Return the enum member held by a field of a model instance, None when the field is empty."""
    value = getattr(instance, champ)
    if value is None or value == "":
        return None
    if isinstance(value, EtatChoices):
        return value
    return enum_of(instance._meta.get_field(champ))(value)
