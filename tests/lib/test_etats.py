"""The enum that carries its own badge."""

import pytest
from django.db import models

from nouvea_sst.lib.etats import EtatChoices, enum_of, member_of


class EtatEssai(EtatChoices):
    A_FAIRE = "a_faire", "À faire", "is-soon", "clock-fill"
    FAIT = "fait", "Fait", "is-done", "check-circle-fill"


class Fiche:
    """Stand-in for a model instance: a value as the database gives it, and its field."""

    def __init__(self, etat):
        self.etat = etat

    class _meta:
        @staticmethod
        def get_field(name):
            return field(EtatEssai)


def field(choices):
    made = models.CharField(choices=choices, max_length=20)
    made.name = "etat"
    made.model = Fiche
    return made


def test_a_member_is_its_value_and_knows_label_class_and_icon():
    assert EtatEssai.FAIT == "fait"
    assert EtatEssai.FAIT.label == "Fait"
    assert EtatEssai.FAIT.classe == "is-done"
    assert EtatEssai.FAIT.icone == "check-circle-fill"


def test_choices_are_those_of_a_text_choices():
    assert EtatEssai.choices == [("a_faire", "À faire"), ("fait", "Fait")]
    assert EtatEssai("a_faire") is EtatEssai.A_FAIRE


def test_a_field_leads_back_to_its_enum():
    assert enum_of(field(EtatEssai)) is EtatEssai
    assert member_of(Fiche("fait")) is EtatEssai.FAIT
    assert member_of(Fiche(EtatEssai.A_FAIRE)) is EtatEssai.A_FAIRE
    assert member_of(Fiche("")) is None


def test_a_field_of_other_choices_is_refused():
    with pytest.raises(LookupError):
        enum_of(field([("x", "X")]))


def test_a_member_without_its_look_is_refused():
    with pytest.raises(TypeError):

        class Incomplet(EtatChoices):
            A = "a", "A"


def test_an_unknown_colour_is_refused():
    with pytest.raises(TypeError):

        class Bariole(EtatChoices):
            A = "a", "A", "is-pink", "circle"
