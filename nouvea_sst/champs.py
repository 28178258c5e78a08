"""docs/champs.md, written from the models: each field, its class, and who may read it at most."""

from itertools import groupby
from typing import Any

from django.apps import apps

from nouvea_sst.comptes.documentation import table
from nouvea_sst.lib.classes import SENS, Classe, class_by_field, declared_classes, is_historique

ENTETE = """# Champs

Page écrite par `python manage.py documenter` à partir de `CLASSES`, à côté des colonnes de chaque modèle,
qui seul se corrige. Un champ sans classe, ou nommé deux fois, fait échouer la vérification.

La classe dit qui lit un champ **au plus**. Les droits (`permissions.md`) et la portée peuvent être
plus étroits, jamais plus larges. Une table d’historique a les classes de ce qu’elle copie.
"""


def render_champs() -> str:
    """Return the page: what each class means, then each model's fields."""
    parties = [ENTETE, "## Classes\n", render_classes()]
    for app, modeles in groupby(classified_models(), key=lambda modele: modele._meta.app_config):
        parties.append(f"## {app.verbose_name}\n")
        for modele in modeles:
            parties += [
                f"### {modele._meta.verbose_name.capitalize()} (`{modele.__name__}`)\n",
                render(modele),
            ]
    return "\n".join(parties)


def classified_models() -> list[Any]:
    """Return the models that declare classes, app by app; history says nothing of its own."""
    return [
        modele
        for app in apps.get_app_configs()
        for modele in app.get_models()
        if declared_classes(modele) and not is_historique(modele)
    ]


def render_classes() -> str:
    """Return the table of the classes, from the most to the least secret."""
    return table(("Classe", "Contenu", "Lue au plus par"), [(classe, *SENS[classe]) for classe in Classe])


def render(modele: Any) -> str:
    """Return the table of a model: field, label, class, widest audience."""
    return table(
        ("Champ", "Libellé", "Classe", "Lu au plus par"),
        [
            (f"`{champ}`", label(modele, champ), classe, SENS[classe][1])
            for champ, classe in class_by_field(modele).items()
        ],
    )


def label(modele: Any, champ: str) -> str:
    """Return the French label of a field."""
    return "clé" if champ == modele._meta.pk.name else str(modele._meta.get_field(champ).verbose_name)
