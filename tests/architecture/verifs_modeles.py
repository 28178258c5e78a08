"""Checks on models: where foreign keys point, what the glossary names, the class of each field."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db.models import PROTECT, Model

from nouvea_sst.lib.classes import Classe, declared_classes, fields_of, is_historique
from tests.architecture.maison import ORDRE

IDENTIFIANT = re.compile(r"`([A-Za-z_][A-Za-z0-9_]*)`")


def house_models() -> list[type[Model]]:
    """Models of the house, those Django makes for many-to-many tables included."""
    return [m for m in apps.get_models(include_auto_created=True) if app_of(m) in ORDRE]


def app_of(modele: type[Model]) -> str:
    """App of a model, named with dots."""
    return apps.get_app_config(modele._meta.app_label).name


def keys_to_the_right(modeles: Iterable[type[Model]]) -> list[str]:
    """Foreign keys that point at a later app: a record may point at its cause, never at its consequence."""
    fautes = []
    for modele in modeles:
        for champ in [*modele._meta.local_fields, *modele._meta.local_many_to_many]:
            cible = champ.related_model
            if cible and app_of(cible) in ORDRE:
                if ORDRE.index(app_of(cible)) > ORDRE.index(app_of(modele)):
                    fautes.append(f"{modele._meta.label}.{champ.name} points at {cible._meta.label}")
    return fautes


def unnamed_in_glossary(modeles: Iterable[type[Model]], glossaire: str) -> list[str]:
    """Models whose class name the glossary lacks as `Identifier`."""
    connus = set(IDENTIFIANT.findall(glossaire))
    return sorted(
        f"{m._meta.label} is not in the glossary"
        for m in modeles
        if not m._meta.auto_created and m.__name__ not in connus
    )


def fields_without_class(modeles: Iterable[type[Model]]) -> list[str]:
    """Fields that CLASSES forgets, names twice or does not know; a history answers for no name too many.

    The tables that Django makes for many-to-many fields are left out: the field itself has its class.
    """
    fautes = []
    for modele in modeles:
        if modele._meta.auto_created:
            continue
        declares = declared_classes(modele)
        nommes = Counter(champ for champs in declares.values() for champ in champs)
        champs = set(fields_of(modele))
        ou = modele._meta.label
        fautes += [f"{ou}.{champ} has no class" for champ in sorted(champs - set(nommes))]
        fautes += [f"{ou}.{champ} has two classes" for champ, fois in sorted(nommes.items()) if fois > 1]
        if not is_historique(modele):
            fautes += [f"{ou}.{champ} has a class and is no field" for champ in sorted(set(nommes) - champs)]
        fautes += [f"{ou}: {cle} is no class" for cle in declares if not isinstance(cle, Classe)]
        fautes += [
            f"{ou}: {cle} names no tuple" for cle, noms in declares.items() if not isinstance(noms, tuple)
        ]
    return fautes


def uninstalled_apps(racine: Path) -> list[str]:
    """Apps of the order that are installed without standing in the tree, or the reverse."""
    installees = {a.name for a in apps.get_app_configs() if a.name in ORDRE}
    presentes = {a for a in ORDRE if (racine.joinpath(*a.split(".")) / "apps.py").exists()}
    return [f"{app}: in the tree or in INSTALLED_APPS, not in both" for app in installees ^ presentes]


# What goes with the record that it hangs on, each for its reason; everything else holds that record back.
ENTRAINES = {
    "visites.Suivi.agent": "computed: made again from the agent's facts",
    "visites.VisiteDue.agent": "computed: found again from the agent's facts",
    "visites.Visite.due": "a visit due is found again, the visit stays",
    "visites.EssaiRegle.travail": "a job is cleared away, what it found stays",
    "imports.LigneImport.fichier": "the preview of a file, read again from it",
    "imports.Partant.fichier": "those proposed of a file, found again from it",
    "imports.Import.travail": "a job is cleared away, what it did stays",
    "reporting.Edition.travail": "a job is cleared away, what it made stays",
    "reporting.VueEnregistree.utilisateur": "a view kept for oneself",
}


def links_that_let_go(modeles: Iterable[type[Model]], admis: Iterable[str] = ()) -> list[str]:
    """Foreign keys without on_delete=PROTECT: deleting a record would take others with it, in silence."""
    return [
        f"{champ.model._meta.label}.{champ.name}: on_delete is {champ.remote_field.on_delete.__name__}"
        for modele in modeles
        if not modele._meta.auto_created and not is_historique(modele)
        for champ in modele._meta.local_fields
        if champ.remote_field is not None
        and champ.remote_field.on_delete is not PROTECT
        and f"{modele._meta.label}.{champ.name}" not in admis
    ]
