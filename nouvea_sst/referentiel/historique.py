"""What happened to a value, a text, a day or an entry: who, when, and what stood there before."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from nouvea_sst.comptes.enums import NatureJournal
from nouvea_sst.comptes.models import LigneJournal

MONTREES = 50
ACTES = {
    "referentiel.add_valeur": ("Valeur ajoutée", "plus-circle"),
    "referentiel.correct_valeur": ("Valeur à venir corrigée", "pencil"),
    "referentiel.withdraw_valeur": ("Valeur à venir retirée", "slash-circle"),
    "referentiel.add_jour": ("Jour ajouté", "plus-circle"),
    "referentiel.withdraw_jour": ("Jour retiré", "slash-circle"),
    "referentiel.add_texte": ("Texte ajouté", "plus-circle"),
    "referentiel.update_texte": ("Texte corrigé", "pencil"),
    "referentiel.add_entree": ("Entrée ajoutée", "plus-circle"),
    "referentiel.update_entree": ("Entrée corrigée", "pencil"),
    "referentiel.move_entree": ("Ordre changé", "arrow-down-up"),
    "referentiel.put_entree_aside": ("Entrée mise de côté", "pause-circle"),
    "referentiel.offer_entree": ("Entrée proposée de nouveau", "play-circle"),
}


def history_of(objets: Sequence[Model]) -> list[dict[str, Any]]:
    """Return the latest acts on these records of one model, as components/timeline.html reads them.

    Two queries: the journal says who and when, the history kept by the database says what stood before.
    """
    if not objets:
        return []
    modele = type(objets[0])
    lignes = LigneJournal.objects.filter(
        nature=NatureJournal.ACTE,
        objet_type=modele._meta.label_lower,
        objet_cle__in=[str(objet.pk) for objet in objets],
    )[:MONTREES]
    changements = _changes(modele, objets)
    return [
        {
            "jour": ligne.quand,
            "titre": ACTES.get(ligne.acte, (ligne.acte, "pencil"))[0],
            "texte": " · ".join(
                part
                for part in (
                    ligne.acteur_nom,
                    ligne.objet_libelle,
                    changements.get((ligne.requete, ligne.objet_cle), ""),
                )
                if part
            ),
            "icone": ACTES.get(ligne.acte, ("", "pencil"))[1],
            "classe": "is-neutral",
            "url": "",
            "ecart": "",
        }
        for ligne in lignes
    ]


def _changes(modele: type[Any], objets: Sequence[Any]) -> dict[tuple[str, str], str]:
    """« Libellé : Marche → Marché » by request and key: each past row beside the one that follows it."""
    passe = modele.histoire.rel.related_model
    suite: dict[Any, Any] = {objet.pk: objet for objet in objets}
    mots = {}
    anciennes = passe.objects.filter(pgh_obj__in=[objet.pk for objet in objets], pgh_label="modification")
    for ancienne in anciennes.order_by("-pgh_id"):
        apres = suite[ancienne.pgh_obj_id]
        requete = (ancienne.pgh_context or {}).get("requete", "")
        mots[requete, str(ancienne.pgh_obj_id)] = _words(modele, ancienne, apres)
        suite[ancienne.pgh_obj_id] = ancienne
    return mots


def _words(modele: type[Any], avant: Any, apres: Any) -> str:
    """The fields that differ, each with both values."""
    parties = []
    for champ in modele._meta.concrete_fields:
        nom = champ.attname
        if nom in {"id", "version", "ordre"} or not hasattr(avant, nom):
            continue
        if getattr(avant, nom) != getattr(apres, nom):
            avant_mot, apres_mot = (_word(champ, getattr(etat, nom)) for etat in (avant, apres))
            parties.append(f"{champ.verbose_name} : {avant_mot} → {apres_mot}")
    return " ; ".join(parties)


def _word(champ: Any, valeur: Any) -> str:
    """A value as a person reads it."""
    if valeur is None or valeur == "":
        return "(vide)"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if hasattr(valeur, "normalize"):
        return f"{valeur.normalize():f}".replace(".", ",")
    if hasattr(valeur, "strftime"):
        return f"{valeur:%d/%m/%Y}"
    return str(dict(champ.flatchoices).get(valeur, valeur))
