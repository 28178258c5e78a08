"""Keeps what the values of files stand for in the house."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.corbeille import put_aside, write_back
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Retrait
from nouvea_sst.imports.models import CorrespondanceValeur
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.versions import check_version


def _now() -> datetime.datetime:
    """To the second: what is taken away is kept as JSON, and comes back the same."""
    return timezone.now().replace(microsecond=0)


@transaction.atomic
def keep_values(*, acteur: Any, cible: str, choix: Mapping[tuple[str, str], str]) -> None:
    """Match values of files, by field and as they are written, with values of the house."""
    for (champ, valeur), maison in choix.items():
        faits = {"valeur": valeur, "choix": maison, "retenue_par": acteur, "retenue_le": _now()}
        retenue, _ = CorrespondanceValeur.objects.update_or_create(
            cible=cible,
            champ=champ,
            cle=fold(valeur),
            defaults=faits | {"version": F("version") + 1},
            create_defaults=faits,
        )
        record_act(acteur=acteur, acte="imports.keep_values", objet=retenue)


@transaction.atomic
def change_value(*, acteur: Any, correspondance_id: int, choix: str, version: int) -> CorrespondanceValeur:
    """Match a value with another one of the house, for the imports to come. Raises VersionPerimee."""
    retenue = CorrespondanceValeur.objects.select_for_update(of=("self",)).get(pk=correspondance_id)
    check_version(retenue, version)
    retenue.choix, retenue.retenue_par, retenue.retenue_le = choix, acteur, _now()
    retenue.version += 1
    retenue.save(update_fields=["choix", "retenue_par", "retenue_le", "version"])
    record_act(acteur=acteur, acte="imports.change_value", objet=retenue, champs=["choix"])
    return retenue


@transaction.atomic
def remove_value(*, acteur: Any, correspondance_id: int, version: int) -> Retrait:
    """Forget what a value stands for: the next file that holds it asks again. Raises VersionPerimee."""
    retenue = CorrespondanceValeur.objects.select_for_update(of=("self",)).get(pk=correspondance_id)
    check_version(retenue, version)
    record_act(acteur=acteur, acte="imports.remove_value", objet=retenue)
    return put_aside(
        acteur=acteur,
        objet=retenue,
        libelle=str(retenue),
        droit="imports.import_registre",
        adresse=reverse("imports:correspondances"),
    )


@transaction.atomic
def restore_value(*, acteur: Any, objet: CorrespondanceValeur) -> None:
    """Put a match back as it was. Raises ValidationError when another was kept meanwhile."""
    jumelles = CorrespondanceValeur.objects.filter(cible=objet.cible, champ=objet.champ, cle=objet.cle)
    if jumelles.exists():
        raise ValidationError("Cette valeur a reçu une autre correspondance depuis.")
    write_back(objet)
    record_act(acteur=acteur, acte="imports.restore_value", objet=objet)
