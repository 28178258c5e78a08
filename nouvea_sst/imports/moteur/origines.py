"""Which import brought a record, which one changed it: read in the tables of the past alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse

from nouvea_sst.comptes.historique import Etape, Origine
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.traces import past_of, rows_seen_by
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.histoire import CREATION

# Of the imports that brought the rows of a page, so many are named.
CITES = 5


def find_origin_of(objet: Model, lecteur: Any) -> Import | None:
    """Return the import that brought a record, for whoever may see imports; None when a person entered it."""
    ajout = past_of(type(objet))._base_manager.filter(pgh_obj_id=objet.pk, pgh_label=CREATION)
    requetes = (
        ajout.order_by().annotate(requete=Cast(KT("pgh_context__requete"), CharField())).values("requete")
    )
    return (
        Import.objects.visible_to(lecteur)
        .without_bytes()
        .exclude(requete="")
        .filter(requete__in=requetes)
        .first()
    )


def find_origins(lots: Iterable[QuerySet], lecteur: Any) -> list[Import]:
    """Return the imports that brought the rows of several tables, the latest first; in one question."""
    apportes = Q(pk__in=())
    for lot in lots:
        ajouts = past_of(lot.model)._base_manager.filter(
            pgh_label=CREATION, pgh_obj_id__in=lot.order_by().values("pk")
        )
        requetes = ajouts.order_by().annotate(requete=Cast(KT("pgh_context__requete"), CharField()))
        apportes |= Q(requete__in=requetes.values("requete"))
    imports = Import.objects.visible_to(lecteur).without_bytes().exclude(requete="")
    return list(imports.filter(apportes).order_by("-pk")[:CITES])


def name_import(depot: Import) -> str:
    """« l’import n° 12 du 24/09/2026 (registre.csv) »."""
    return f"l’import n° {depot.pk} du {format_date(depot.applique_le)} ({depot.nom_fichier})"


def tell_origins(etapes: Sequence[Etape], lecteur: Any) -> list[Etape]:
    """Say of each step of a past which import made it, for whoever may see imports; one question in all."""
    requetes = {etape.requete for etape in etapes} - {""}
    imports = {
        depot.requete: Origine(f"Par {name_import(depot)}", reverse("imports:bilan", args=[depot.pk]))
        for depot in Import.objects.visible_to(lecteur)
        .without_bytes()
        .filter(requete__in=requetes)
        .order_by("pk")
    }
    return [replace(etape, origine=imports.get(etape.requete)) for etape in etapes]


def records_of(depot: Import, modele: type[Model], fait: str, lecteur: Any) -> QuerySet:
    """Return the records that an import made, changed or had leave, as far as this person may see them."""
    ecrites = past_of(modele)._base_manager.filter(pgh_context__requete=depot.requete).order_by()
    crees = ecrites.filter(pgh_label=CREATION).values("pgh_obj_id")
    partis = depot.bilan.get("partants", [])
    lots = {
        "crees": crees,
        "modifies": ecrites.exclude(pgh_obj_id__in=crees).exclude(pgh_obj_id__in=partis).values("pgh_obj_id"),
        "partis": partis,
    }
    return rows_seen_by(modele._base_manager.filter(pk__in=lots[fait]), lecteur)
