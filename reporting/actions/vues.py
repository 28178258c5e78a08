"""Acts on one's saved views. The journal names the list, not the view, which says what was looked for."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import Utilisateur
from reporting.models import VueEnregistree

# A deleted view may come back for this long, then its name and words go for good.
GARDE = datetime.timedelta(days=30)


class NomDejaPris(Exception):
    """Another of one's views of this list has the name."""


@transaction.atomic
def save_vue(
    *, acteur: Any, liste: str, nom: str, requete: str, remplacer: bool = False, par_defaut: bool = False
) -> VueEnregistree:
    """Keep the view of a list under a name, last of its list; NomDejaPris unless it is to be replaced."""
    _lock(acteur)
    VueEnregistree.objects.deleted_by(acteur).filter(supprimee_le__lt=timezone.now() - GARDE).delete()
    siennes = VueEnregistree.objects.visible_to(acteur).filter(liste=liste)
    vue = siennes.filter(nom=nom).first()
    if vue is not None and not remplacer:
        raise NomDejaPris
    if vue is None:
        derniere = siennes.order_by("-rang").values_list("rang", flat=True).first()
        rang = 1 if derniere is None else derniere + 1
        vue = VueEnregistree(utilisateur_id=acteur.pk, liste=liste, nom=nom, rang=rang)
    par_defaut = par_defaut or (vue.pk is not None and _is_default(acteur, vue))
    vue.requete = requete
    vue.save()
    if par_defaut:
        _write_default(acteur, liste, requete)
    record_act(acteur=acteur, acte="reporting.save_vue", objet=vue, libelle=liste)
    return vue


@transaction.atomic
def rename_vue(*, acteur: Any, vue_id: int, nom: str) -> None:
    """Give one's view another name; NomDejaPris when another view of the list has it."""
    _lock(acteur)
    vue = VueEnregistree.objects.visible_to(acteur).get(pk=vue_id)
    siennes = VueEnregistree.objects.visible_to(acteur).filter(liste=vue.liste, nom=nom)
    if siennes.exclude(pk=vue_id).exists():
        raise NomDejaPris
    vue.nom = nom
    vue.save(update_fields=["nom"])
    record_act(acteur=acteur, acte="reporting.rename_vue", objet=vue, libelle=vue.liste, champs=["nom"])


@transaction.atomic
def delete_vue(*, acteur: Any, vue_id: int) -> None:
    """Take one's view away; restore_vue puts it back."""
    _lock(acteur)
    vue = VueEnregistree.objects.visible_to(acteur).get(pk=vue_id)
    if _is_default(acteur, vue):
        _write_default(acteur, vue.liste, None)
    vue.supprimee_le = timezone.now()
    vue.save(update_fields=["supprimee_le"])
    record_act(acteur=acteur, acte="reporting.delete_vue", objet=vue, libelle=vue.liste)


@transaction.atomic
def restore_vue(*, acteur: Any, vue_id: int) -> None:
    """Put a deleted view back; NomDejaPris when another took its name meanwhile. Twice changes nothing."""
    _lock(acteur)
    vue = VueEnregistree.objects.get(pk=vue_id, utilisateur=acteur)
    if vue.supprimee_le is None:
        return
    if VueEnregistree.objects.visible_to(acteur).filter(liste=vue.liste, nom=vue.nom).exists():
        raise NomDejaPris
    vue.supprimee_le = None
    vue.save(update_fields=["supprimee_le"])
    record_act(acteur=acteur, acte="reporting.restore_vue", objet=vue, libelle=vue.liste)


@transaction.atomic
def move_vue(*, acteur: Any, vue_id: int, sens: int) -> None:
    """Bring one's view one place to the left (-1) or to the right (1) among those of its list."""
    _lock(acteur)
    vue = VueEnregistree.objects.visible_to(acteur).get(pk=vue_id)
    rangees = list(VueEnregistree.objects.visible_to(acteur).filter(liste=vue.liste))
    place = rangees.index(vue)
    voisine = place + (1 if sens > 0 else -1)
    if not 0 <= voisine < len(rangees):
        return
    rangees[place], rangees[voisine] = rangees[voisine], rangees[place]
    for rang, ligne in enumerate(rangees, start=1):
        ligne.rang = rang
    VueEnregistree.objects.bulk_update(rangees, ["rang"])
    record_act(acteur=acteur, acte="reporting.move_vue", objet=vue, libelle=vue.liste, champs=["rang"])


@transaction.atomic
def change_default_vue(*, acteur: Any, vue_id: int, par_defaut: bool) -> None:
    """Have the menu open the list on this view, or on the list as it is."""
    _lock(acteur)
    vue = VueEnregistree.objects.visible_to(acteur).get(pk=vue_id)
    _write_default(acteur, vue.liste, vue.requete if par_defaut else None)
    record_act(acteur=acteur, acte="reporting.change_default_vue", objet=vue, libelle=vue.liste)


def _lock(acteur: Any) -> None:
    """Have two of one person's acts follow each other, and read his default views as they stand now."""
    acteur.vues_par_defaut = Utilisateur.objects.select_for_update().get(pk=acteur.pk).vues_par_defaut


def _is_default(acteur: Any, vue: VueEnregistree) -> bool:
    """Whether the menu opens the list on this view."""
    return acteur.vues_par_defaut.get(vue.liste) == vue.requete


def _write_default(acteur: Any, liste: str, requete: str | None) -> None:
    """Write on the account what the menu opens."""
    acteur.vues_par_defaut.pop(liste, None)
    if requete:
        acteur.vues_par_defaut[liste] = requete
    Utilisateur.objects.filter(pk=acteur.pk).update(vues_par_defaut=acteur.vues_par_defaut)
