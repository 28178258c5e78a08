"""Proposes as leavers those whom a full file leaves out, and has those chosen leave with the import."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.verrou import lock_open_import
from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.models import Import, Partant
from nouvea_sst.imports.moteur.plan import Plan
from nouvea_sst.imports.parametres import PARTANTS
from nouvea_sst.imports.rules.cible import Absents, Cible
from nouvea_sst.imports.rules.partants import day_of_file, too_many
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.models import Parametre

PAR_LOT = 2000


class TropDePartants(Exception):
    """More would leave than the house takes for likely; the message says so in French."""

    def __init__(self, nombre: int, effectif: int, part: int) -> None:
        partants = count_of(nombre, "personne partirait,personnes partiraient")
        super().__init__(
            f"{partants} sur {effectif}, plus de {part} % : vérifiez que le fichier est complet. "
            "Gardez moins de partants, ou faites changer ce seuil dans les réglages."
        )


def find_absents(*, cible: Cible, plan: Plan, jour: datetime.date, acteur: Any) -> Absents:
    """Return whom the file leaves out; nobody for a target that nobody leaves."""
    if cible.chercher_absents is None:
        return Absents(0)
    return cible.chercher_absents(
        presents={ligne.pk for ligne in plan.lignes if ligne.pk is not None},
        crees=[ligne.valeurs for ligne in plan.of(EffetLigne.CREE)],
        refuses=[ligne.valeurs for ligne in plan.of(EffetLigne.REFUSE)],
        jour=jour,
        acteur=acteur,
    )


def propose_leavers(
    *, depose: Import, cible: Cible, plan: Plan | None, jour: datetime.date, acteur: Any
) -> dict[str, Any]:
    """Replace those proposed; whoever was chosen stays chosen. Return what the preview says of them."""
    choisis = {p.cle: p.date_depart for p in depose.partants.filter(retenu=True)}
    depose.partants.all().delete()
    if plan is None or not depose.complet:
        return {}
    absents = find_absents(cible=cible, plan=plan, jour=jour, acteur=acteur)
    dit = day_of_file(depose.nom_fichier, jour)
    Partant.objects.bulk_create(
        (
            Partant(
                fichier=depose,
                cle=absent.cle,
                libelle=absent.libelle[:200],
                repere=absent.repere[:40],
                situation=absent.situation[:200],
                pas_avant=absent.pas_avant,
                retenu=absent.cle in choisis,
                date_depart=choisis.get(absent.cle, max(dit, absent.pas_avant or dit)),
            )
            for absent in absents.proposes
        ),
        batch_size=PAR_LOT,
    )
    return {"effectif": absents.effectif, "portee": absents.portee, "partants": len(absents.proposes)}


@transaction.atomic
def choose_leavers(
    *,
    acteur: Any,
    jour: datetime.date,
    import_id: int,
    version: int,
    vus: Collection[int],
    departs: Mapping[int, datetime.date],
) -> Import:
    """Keep who of those seen on the page left, and when; those of the other pages stay as they were.

    Raises ImportClos, VersionPerimee, TropDePartants.
    """
    depose = lock_open_import(import_id=import_id, version=version)
    lignes = list(depose.partants.filter(pk__in=vus).order_by("pk"))
    for ligne in lignes:
        ligne.retenu = ligne.pk in departs
        ligne.date_depart = departs.get(ligne.pk, ligne.date_depart)
    Partant.objects.bulk_update(lignes, ["retenu", "date_depart"], batch_size=PAR_LOT)
    nombre = depose.partants.filter(retenu=True).count()
    check_share(nombre=nombre, effectif=depose.apercu.get("effectif", 0), jour=jour)
    depose.version += 1
    depose.save(update_fields=["version"])
    record_act(acteur=acteur, acte="imports.choose_leavers", objet=depose)
    return depose


def check_share(*, nombre: int, effectif: int, jour: datetime.date) -> None:
    """Raise TropDePartants when more leave than the value in force on this day allows."""
    part = Parametre.objects.number_on(jour, PARTANTS)
    if nombre and too_many(nombre, effectif, part):
        raise TropDePartants(nombre, effectif, part)


def write_leavers(*, acteur: Any, jour: datetime.date, depose: Import, cible: Cible, plan: Plan) -> list[int]:
    """Have those chosen leave, inside the act of the caller; return their keys. Raises TropDePartants.

    Whoever came back in the file, or left since, is not touched.
    """
    choisis = {p.cle: p.date_depart for p in depose.partants.filter(retenu=True)}
    if not choisis or cible.faire_partir is None:
        return []
    absents = find_absents(cible=cible, plan=plan, jour=jour, acteur=acteur)
    departs = {a.cle: choisis[a.cle] for a in absents.proposes if a.cle in choisis}
    check_share(nombre=len(departs), effectif=absents.effectif, jour=jour)
    cible.faire_partir(acteur=acteur, jour=jour, departs=departs)
    return sorted(departs)
