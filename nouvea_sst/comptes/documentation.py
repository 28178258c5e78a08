"""docs/permissions.md, written from the matrix: what a reader checks is what the code does."""

from collections.abc import Sequence
from itertools import groupby

from django.apps import apps

from nouvea_sst.comptes.enums import Portee, Role
from nouvea_sst.comptes.roles import MATRICE, PORTEES

SIGLES = dict(
    zip(Role, "COO CHE MED INF PSY PRE RH ENC AGT CHC AUD ADM".split(), strict=True),
)
ENTETE = """# Droits

Page écrite par `python manage.py documenter` à partir de `nouvea_sst/comptes/roles.py`, qui seul se corrige.

Un rôle ouvre une page s’il détient le droit qu’elle demande ; la portée dit de qui il voit les lignes.
Hors de sa portée, une adresse répond comme si elle n’existait pas.
"""


def render_permissions() -> str:
    """Return the page: the roles and their scope, then the rights of each app."""
    parties = [ENTETE, "## Rôles et portées\n", render_roles()]
    for app, droits in groupby(sorted(MATRICE), key=lambda droit: droit.partition(".")[0]):
        parties += [f"## {apps.get_app_config(app).verbose_name}\n", render_rights(list(droits))]
    return "\n".join(parties)


def render_roles() -> str:
    """Return the table of the roles: sigle, name, whose records they reach."""
    lignes = [(SIGLES[role], role.label, Portee(PORTEES[role]).label, f"`{role.value}`") for role in Role]
    return table(("Sigle", "Rôle", "Portée", "Clé"), lignes)


def render_rights(droits: list[str]) -> str:
    """Return the table of some rights: what each allows, and a mark under each role that holds it."""
    lignes = [
        (libelles()[droit], f"`{droit}`", *("×" if role in MATRICE[droit] else "" for role in Role))
        for droit in droits
    ]
    return table(("Ce qu’il permet", "Droit", *SIGLES.values()), lignes)


def libelles() -> dict[str, str]:
    """Return the French label of each right that a model declares."""
    return {
        f"{modele._meta.app_label}.{codename}": str(libelle)
        for modele in apps.get_models()
        for codename, libelle in modele._meta.permissions
    }


def table(entete: tuple[str, ...], lignes: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    rangs = [entete, ("---",) * len(entete), *lignes]
    return "".join(f"| {' | '.join(rang)} |\n" for rang in rangs)
