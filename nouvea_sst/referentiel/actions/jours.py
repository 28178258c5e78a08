"""Adds and withdraws days off."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from nouvea_sst.referentiel.actions.chargement import load_jours_feries
from nouvea_sst.referentiel.enums import Domaine, NatureJour
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.referentiel.perms import refuse_change
from nouvea_sst.referentiel.rules.valeurs import has_begun


@transaction.atomic
def add_annee(*, acteur: Any, annee: int) -> int:
    """Add the public holidays of a year that are missing. Return how many. Raises PermissionDenied."""
    refuse_change(acteur, Domaine.METIER)
    return load_jours_feries(acteur=acteur, annees=range(annee, annee + 1))


@transaction.atomic
def add_jour(
    *, acteur: Any, jour: datetime.date, date: datetime.date, libelle: str, source: str = ""
) -> JourFerie:
    """Add a day off of the city, not before today; a withdrawn one comes back. Sent twice, it is one.

    Raises PermissionDenied, ValidationError by field.
    """
    refuse_change(acteur, Domaine.METIER)
    connu = JourFerie.objects.select_for_update(of=("self",)).filter(date=date).first()
    if connu is not None and not connu.retire_parce_que:
        if (connu.libelle, connu.source, connu.nature) == (libelle, source, NatureJour.CHOME):
            return connu
        raise ValidationError({"date": f"Le {date:%d/%m/%Y} est déjà chômé : {connu.libelle}."})
    if date < jour:
        raise ValidationError({"date": "Ce jour est passé : des visites ont pu s’y tenir."})
    ajoute = connu or JourFerie(date=date)
    ajoute.libelle, ajoute.source, ajoute.nature = libelle, source, NatureJour.CHOME
    ajoute.retire_parce_que = ""
    ajoute.version += connu is not None
    ajoute.full_clean()
    ajoute.save()
    record_act(acteur=acteur, acte="referentiel.add_jour", objet=ajoute)
    return ajoute


@transaction.atomic
def withdraw_jour(*, acteur: Any, jour: datetime.date, pk: int, version: int, raison: str) -> JourFerie:
    """Withdraw a day off to come; the row stays with the reason.

    Raises PermissionDenied, VersionPerimee, ValidationError for a day that has come or is withdrawn.
    """
    refuse_change(acteur, Domaine.METIER)
    retire = JourFerie.objects.select_for_update(of=("self",)).get(pk=pk)
    check_version(retire, version)
    if has_begun(retire.date, jour):
        raise ValidationError("Ce jour est venu : il explique des dates et ne change plus.")
    if retire.retire_parce_que:
        raise ValidationError("Ce jour est déjà retiré.")
    retire.retire_parce_que = raison
    retire.version += 1
    retire.save()
    record_act(acteur=acteur, acte="referentiel.withdraw_jour", objet=retire, libelle=f"{retire} ; {raison}")
    return retire


@transaction.atomic
def load_jours(
    *, acteur: Any, jour: datetime.date, crees: Any, modifies: Any, contexte: Any, progress: Any
) -> dict[str, int]:
    """Write the days off that a file brings, past ones included: they explain old dates.

    Raises PermissionDenied.
    """
    if acteur is not None:
        refuse_change(acteur, Domaine.METIER)
    JourFerie.objects.bulk_create(
        JourFerie(
            date=ligne.valeurs["date"],
            libelle=ligne.valeurs["libelle"],
            nature=ligne.valeurs.get("nature") or NatureJour.FERIE,
            source="Import",
        )
        for ligne in crees
    )
    changes = {ligne.pk: ligne.changements for ligne in modifies}
    jours = list(JourFerie.objects.select_for_update(of=("self",)).filter(pk__in=changes).order_by("pk"))
    for connu in jours:
        for nom, (_, nouveau) in changes[connu.pk].items():
            setattr(connu, nom, nouveau)
        connu.version += 1
    JourFerie.objects.bulk_update(jours, ["libelle", "nature", "version"])
    progress(len(crees) + len(modifies))
    libelle = f"{len(crees)} créés, {len(modifies)} modifiés"
    record_act(acteur=acteur, acte="referentiel.load_jours", libelle=libelle)
    return {}
