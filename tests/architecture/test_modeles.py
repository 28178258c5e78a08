"""Models: the real house, and small faulty ones."""

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture import verifs_modeles as v
from tests.architecture.maison import RACINE

GLOSSAIRE = RACINE / "docs/glossaire.md"


def test_foreign_keys_go_left():
    fautes = v.keys_to_the_right(v.house_models())
    assert not fautes, "\n".join(fautes)


def test_house_has_models_to_check():
    assert len(v.house_models()) > 10


@pytest.mark.parametrize("champ", [models.ForeignKey, models.OneToOneField])
@isolate_apps("agents", "visites")
def test_string_key_to_a_later_app_is_reported(champ):
    class Essai(models.Model):
        visite = champ("visites.Cible", models.PROTECT)

        class Meta:
            app_label = "agents"

    class Cible(models.Model):
        class Meta:
            app_label = "visites"

    assert v.keys_to_the_right([Essai]) == ["agents.Essai.visite points at visites.Cible"]


@isolate_apps("agents", "visites")
def test_many_to_many_to_a_later_app_is_reported():
    class Cible(models.Model):
        class Meta:
            app_label = "visites"

    class Essai(models.Model):
        visites = models.ManyToManyField(Cible)

        class Meta:
            app_label = "agents"

    assert v.keys_to_the_right([Essai]) == ["agents.Essai.visites points at visites.Cible"]


@isolate_apps("agents", "visites")
def test_key_to_an_earlier_app_is_left_alone():
    class Cause(models.Model):
        class Meta:
            app_label = "agents"

    class Suite(models.Model):
        cause = models.ForeignKey(Cause, models.PROTECT)
        elle = models.ForeignKey("self", models.PROTECT)
        groupe = models.ForeignKey(Group, models.PROTECT)

        class Meta:
            app_label = "visites"

    assert v.keys_to_the_right([Suite]) == []


def test_glossary_names_every_model():
    if not GLOSSAIRE.exists():
        pytest.fail("docs/glossaire.md is missing")
    fautes = v.unnamed_in_glossary(v.house_models(), GLOSSAIRE.read_text(encoding="utf8"))
    assert not fautes, "\n".join(fautes)


@isolate_apps("agents")
def test_model_missing_from_the_glossary_is_reported():
    class Essai(models.Model):
        class Meta:
            app_label = "agents"

    assert v.unnamed_in_glossary([Essai], "| essai | Essai | `Essais` |") == [
        "agents.Essai is not in the glossary"
    ]
    assert v.unnamed_in_glossary([Essai], "| essai | `Essai` | … |") == []


def test_every_app_is_installed():
    assert v.uninstalled_apps(RACINE) == []


def test_app_in_the_tree_alone_is_reported(plant):
    racine = plant({"handicap/apps.py": ""})
    assert "handicap: in the tree or in INSTALLED_APPS, not in both" in v.uninstalled_apps(racine)
