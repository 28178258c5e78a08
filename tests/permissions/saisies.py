"""Finds the forms of a page, and their choices among records."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm, ModelChoiceField
from django.forms.formsets import BaseFormSet
from django_filters import FilterSet
from django_filters.filters import QuerySetRequestMixin


def forms_of(reponse: Any) -> Iterator[BaseForm]:
    """Every form that the templates of a page were given, rows of formsets and filters of lists included."""
    vus: set[int] = set()
    for contexte in reponse.context or ():
        for couche in contexte.dicts if hasattr(contexte, "dicts") else (contexte,):
            for valeur in couche.values():
                if id(valeur) not in vus:
                    vus.add(id(valeur))
                    yield from _unfold(valeur)


def _unfold(valeur: Any) -> Iterator[BaseForm]:
    """The forms inside a value of the context."""
    if isinstance(valeur, FilterSet):
        yield valeur.form
    elif isinstance(valeur, BaseFormSet):
        yield from (*valeur.forms, valeur.empty_form)
    elif isinstance(valeur, BaseForm):
        yield valeur


def choices_of(form: BaseForm) -> dict[str, ModelChoiceField]:
    """Fields of a form that choose among records."""
    return {nom: champ for nom, champ in form.fields.items() if isinstance(champ, ModelChoiceField)}


def name_of(form: BaseForm) -> str:
    """Module and name of the class; a filter's form is made by django-filter, its name is its filter's."""
    classe = type(form)
    return classe.__qualname__ if classe.__module__.startswith("django") else full_name(classe)


def full_name(classe: type) -> str:
    """Module and name: two apps may name a form alike."""
    return f"{classe.__module__}.{classe.__qualname__}"


def leaves(classe: type) -> Iterator[type]:
    """Every class of the house below this one that no other extends."""
    filles = [fille for fille in classe.__subclasses__() if not fille.__module__.startswith("tests")]
    for fille in filles:
        yield from leaves(fille)
    if not filles and not classe.__module__.startswith(("django", "crispy", "allauth")):
        yield classe


def classes_with_choices() -> set[str]:
    """Names of the forms and filters of the house that choose among records."""
    formes = {
        full_name(classe)
        for classe in leaves(BaseForm)
        if any(isinstance(champ, ModelChoiceField) for champ in classe.base_fields.values())
    }
    return formes | {
        f"{classe.__qualname__}Form"
        for classe in leaves(FilterSet)
        if any(isinstance(filtre, QuerySetRequestMixin) for filtre in classe.base_filters.values())
    }
