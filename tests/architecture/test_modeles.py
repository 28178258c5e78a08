"""Models: the real house, and small faulty ones."""

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.test.utils import isolate_apps

from nouvea_sst.lib.classes import Classe, class_by_field
from tests.architecture import verifs_modeles as v
from tests.architecture.maison import RACINE

GLOSSAIRE = RACINE / "docs/glossaire.md"


def test_foreign_keys_go_left():
    fautes = v.keys_to_the_right(v.house_models())
    assert not fautes, "\n".join(fautes)


def test_no_record_takes_another_with_it_unsaid():
    fautes = v.links_that_let_go(v.house_models(), v.ENTRAINES)
    assert not fautes, "\n".join(fautes)


def test_no_link_is_let_go_that_is_gone():
    fautifs = {faute.partition(":")[0] for faute in v.links_that_let_go(v.house_models())}
    assert set(v.ENTRAINES) <= fautifs


@pytest.mark.parametrize("suite", [models.CASCADE, models.SET_NULL, models.DO_NOTHING])
@isolate_apps("agents")
def test_link_that_lets_go_is_reported(suite):
    class Essai(models.Model):
        agent = models.ForeignKey("agents.Agent", suite, null=True)

        class Meta:
            app_label = "agents"

    assert v.links_that_let_go([Essai]) == [f"agents.Essai.agent: on_delete is {suite.__name__}"]
    assert v.links_that_let_go([Essai], ["agents.Essai.agent"]) == []


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


def test_every_field_has_one_class():
    fautes = v.fields_without_class(v.house_models())
    assert not fautes, "\n".join(fautes)


@isolate_apps("agents")
def test_model_without_classes_is_reported():
    class Essai(models.Model):
        nom = models.CharField(max_length=1)

        class Meta:
            app_label = "agents"

    assert v.fields_without_class([Essai]) == [
        "agents.Essai.id has no class",
        "agents.Essai.nom has no class",
    ]


@isolate_apps("agents")
def test_forgotten_doubled_and_unknown_fields_are_reported():
    class Cible(models.Model):
        CLASSES = {Classe.T0: ("id",)}

        class Meta:
            app_label = "agents"

    class Essai(models.Model):
        nom = models.CharField(max_length=1)
        cible = models.ForeignKey(Cible, models.PROTECT)
        autres = models.ManyToManyField(Cible, related_name="+")

        CLASSES = {Classe.T0: ("id", "nom"), Classe.A1: ("nom", "prenom", "cible_id")}

        class Meta:
            app_label = "agents"

    assert v.fields_without_class([Cible, Essai, Essai.autres.through]) == [
        "agents.Essai.autres has no class",
        "agents.Essai.cible has no class",
        "agents.Essai.nom has two classes",
        "agents.Essai.cible_id has a class and is no field",
        "agents.Essai.prenom has a class and is no field",
    ]


@isolate_apps("agents")
def test_word_that_is_no_class_and_text_for_a_tuple_are_reported():
    class Essai(models.Model):
        CLASSES = {"secret": ("id",), Classe.T0: ""}

        class Meta:
            app_label = "agents"

    assert v.fields_without_class([Essai]) == [
        "agents.Essai: secret is no class",
        "agents.Essai: T0 names no tuple",
    ]


@isolate_apps("agents")
def test_history_has_the_classes_of_what_it_copies():
    class Suivi(models.Model):
        nom = models.CharField(max_length=1)
        note = models.CharField(max_length=1)

        CLASSES = {Classe.T0: ("id",), Classe.A1: ("nom",), Classe.H1: ("note",)}

        class Meta:
            app_label = "agents"

    class SuiviEvent(models.Model):
        pgh_tracked_model = Suivi
        pgh_id = models.AutoField(primary_key=True)
        pgh_label = models.TextField()
        id = models.IntegerField()
        note = models.CharField(max_length=1)

        class Meta:
            app_label = "agents"

    class Ajout(SuiviEvent):
        de_plus = models.TextField()

        class Meta:
            app_label = "agents"

    assert v.fields_without_class([SuiviEvent]) == []
    assert class_by_field(SuiviEvent) == {
        "pgh_id": Classe.L1,
        "pgh_label": Classe.L1,
        "id": Classe.T0,
        "note": Classe.H1,
    }
    assert "agents.Ajout.de_plus has no class" in v.fields_without_class([Ajout])


def test_every_app_is_installed():
    assert v.uninstalled_apps(RACINE) == []


def test_app_in_the_tree_alone_is_reported(plant):
    racine = plant({"handicap/apps.py": ""})
    assert "handicap: in the tree or in INSTALLED_APPS, not in both" in v.uninstalled_apps(racine)
