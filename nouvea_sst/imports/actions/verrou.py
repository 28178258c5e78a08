"""Holds the row of an import that is still to be decided."""

from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.versions import check_version


class ImportClos(Exception):
    """The import was applied, is being applied, or was given up: nothing more happens to it."""


def lock_open_import(*, import_id: int, version: int | None) -> Import:
    """Lock the row of an import still to be decided, as it was seen. Raises ImportClos or VersionPerimee."""
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if depose.etat != EtatImport.DEPOSE:
        raise ImportClos
    if version is not None:
        check_version(depose, version)
    return depose
