"""What is taken away can be put back for thirty days, with the same key and the same content.

Taking away is the business of the app that owns the record: its action locks, checks rights and version,
calls put_aside() and leaves its journal line. Putting back too: settings.RETABLISSEMENTS names, by model, the
action that checks that the record may still stand and writes it with write_back(). A record that others count
on is not taken away at all: RetraitRefuse says which.
"""

import datetime
import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.module_loading import import_string

from nouvea_sst.comptes.models import Retrait
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.classes import is_historique

GARDE = datetime.timedelta(days=30)


class RetraitRefuse(Exception):
    """Other records count on this one; the message names them in French."""


class RetablissementRefuse(Exception):
    """The record can no longer be put back; the message says why in French."""


@transaction.atomic
def put_aside(
    *, acteur: Any, objet: Model, libelle: str, droit: str, adresse: str, agent: Any = None
) -> Retrait:
    """Take a record away and keep what it was. The caller holds its lock and leaves the journal line.

    `droit` is the right that takes it away, and so puts it back; `adresse` the page where it was seen.
    Raises RetraitRefuse when another record counts on it.
    """
    refuse_if_counted_on(objet)
    retrait = Retrait.objects.create(
        modele=objet._meta.label_lower,
        cle=str(objet.pk),
        libelle=libelle[:200],
        donnees=json.loads(serializers.serialize("json", [objet]))[0],
        droit=droit,
        adresse=adresse,
        agent_cle="" if agent is None else str(agent.pk),
        retire_par=acteur,
    )
    try:
        objet.delete()
    except ProtectedError as erreur:
        raise RetraitRefuse("Rien n’est retiré : d’autres enregistrements en dépendent.") from erreur
    return retrait


def refuse_if_counted_on(objet: Model) -> None:
    """Raise RetraitRefuse when a record of any app points at this one, without knowing which app."""
    comptes = []
    for relation in objet._meta.related_objects:
        modele = relation.related_model
        if is_historique(modele):
            continue
        nombre = modele._default_manager.filter(**{relation.field.name: objet}).count()
        if nombre:
            noms = f"{modele._meta.verbose_name},{modele._meta.verbose_name_plural}"
            comptes.append(count_of(nombre, noms))
    if comptes:
        raise RetraitRefuse(f"Rien n’est retiré : {', '.join(comptes)} en dépend. Détachez d’abord ce lien.")


@transaction.atomic
def put_back(*, acteur: Any, retrait_id: int, maintenant: datetime.datetime) -> Retrait:
    """Put a record back as it was; asked twice it changes nothing.

    Raises RetablissementRefuse, or what the action of the app raises of rights.
    """
    retrait = Retrait.objects.select_for_update(of=("self",)).get(pk=retrait_id)
    if retrait.retabli_le is not None:
        return retrait
    if retrait.retire_le < maintenant - GARDE:
        raise RetablissementRefuse("Les trente jours sont passés : saisissez-le de nouveau.")
    if apps.get_model(retrait.modele)._default_manager.filter(pk=retrait.cle).exists():
        raise RetablissementRefuse("Cet enregistrement est déjà en place.")
    retablir = settings.RETABLISSEMENTS.get(retrait.modele)
    if retablir is None:
        raise RetablissementRefuse("Ce genre d’élément ne se rétablit plus ici : demandez-le de nouveau.")
    objet = next(serializers.deserialize("python", [retrait.donnees])).object
    try:
        import_string(retablir)(acteur=acteur, objet=objet)
    except ValidationError as refus:
        raise RetablissementRefuse(" ".join(refus.messages)) from refus
    retrait.retabli_le = maintenant
    retrait.save(update_fields=["retabli_le"])
    return retrait


def write_back(objet: Model) -> None:
    """Write the row with its own key and columns, version and dates included."""
    objet.save_base(raw=True, force_insert=True)


def empty_old(*, maintenant: datetime.datetime) -> int:
    """Drop for good what was taken away more than GARDE ago; a cleaning: it leaves no journal line."""
    return Retrait.objects.filter(retire_le__lt=maintenant - GARDE).delete()[0]
