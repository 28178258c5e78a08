"""Erases the files of imports once the time to keep them is over."""

import datetime

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.parametres import FICHIER
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.models import Parametre


@transaction.atomic
def erase_files(*, instant: datetime.datetime) -> int:
    """Erase the files of imports settled for longer than the reference data of the day says; return how many.

    Those that wait for a decision keep theirs. What was written stays, the name and the fingerprint too.
    """
    jours = Parametre.objects.number_on(instant.date(), FICHIER)
    perimes = Import.objects.with_file().settled_before(instant - datetime.timedelta(days=jours))
    effaces = perimes.update(contenu=b"", efface_le=instant)
    if effaces:
        libelle = count_of(effaces, "fichier d’import effacé,fichiers d’import effacés")
        record_act(acteur=None, acte="imports.erase_files", libelle=libelle)
    return effaces
