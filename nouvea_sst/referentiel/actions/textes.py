"""Adds and corrects texts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.models import Texte
from nouvea_sst.referentiel.perms import refuse_change


@transaction.atomic
def add_texte(*, acteur: Any, faits: Mapping[str, Any]) -> Texte:
    """Add a text; sent twice, it is added once. Raises PermissionDenied, ValidationError by field."""
    refuse_change(acteur, Domaine.METIER)
    connu = Texte.objects.filter(**faits).first()
    if connu is not None:
        return connu
    texte = Texte(**faits)
    texte.full_clean()
    texte.save()
    record_act(acteur=acteur, acte="referentiel.add_texte", objet=texte)
    return texte


@transaction.atomic
def update_texte(*, acteur: Any, pk: int, version: int, faits: Mapping[str, Any]) -> Texte:
    """Correct a text. Raises PermissionDenied, VersionPerimee, ValidationError by field."""
    refuse_change(acteur, Domaine.METIER)
    texte = Texte.objects.select_for_update(of=("self",)).get(pk=pk)
    check_version(texte, version)
    champs = [nom for nom, valeur in faits.items() if getattr(texte, nom) != valeur]
    if not champs:
        return texte
    for nom, valeur in faits.items():
        setattr(texte, nom, valeur)
    texte.version += 1
    texte.full_clean()
    texte.save()
    record_act(acteur=acteur, acte="referentiel.update_texte", objet=texte, champs=champs)
    return texte
