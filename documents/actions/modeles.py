"""Writes, publishes and withdraws the versions of a letter; loads those that come with the house."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from documents.enums import EtatVersion
from documents.models import LettreType, VersionLettre
from documents.rules.gabarits import OBJET_MAX, refuse_gabarit
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version

DONNEES = Path(__file__).parents[1] / "donnees"
FIGEE = "Cette version n’est plus un brouillon : elle ne change plus."


@transaction.atomic
def save_version(*, acteur: Any, lettre: LettreType, version: int, objet: str, texte: str) -> VersionLettre:
    """Write the draft of a letter, begun here when it has none (version 0).

    Raises ValidationError by field, a sentence for each fault of the text; VersionPerimee.
    """
    LettreType.objects.select_for_update().get(pk=lettre.pk)
    check_texts(lettre=lettre, objet=objet, texte=texte)
    brouillon = lettre.versions.filter(etat=EtatVersion.BROUILLON).first()
    if brouillon is None:
        if version and (derniere := lettre.versions.first()) is not None:
            check_version(derniere, version)
        brouillon = VersionLettre(
            type=lettre, numero=1 + (lettre.versions.aggregate(n=Max("numero"))["n"] or 0)
        )
    else:
        check_version(brouillon, version)
    champs = [nom for nom, lu in (("objet", objet), ("texte", texte)) if getattr(brouillon, nom) != lu]
    if champs:
        brouillon.objet, brouillon.texte = objet, texte
        brouillon.version += 1
        brouillon.save()
        record_act(acteur=acteur, acte="documents.save_version", objet=brouillon, champs=champs)
    return brouillon


@transaction.atomic
def publish_version(*, acteur: Any, maintenant: datetime.datetime, pk: int, version: int) -> VersionLettre:
    """Publish a draft in the place of the version published. Raises ValidationError, VersionPerimee."""
    brouillon = _locked(pk, version, EtatVersion.BROUILLON)
    check_texts(lettre=brouillon.type, objet=brouillon.objet, texte=brouillon.texte)
    for ancienne in VersionLettre.objects.select_for_update().filter(
        type_id=brouillon.type_id, etat=EtatVersion.PUBLIEE
    ):
        ancienne.etat, ancienne.retiree_le = EtatVersion.RETIREE, maintenant
        ancienne.version += 1
        ancienne.save()
    brouillon.etat, brouillon.publiee_le = EtatVersion.PUBLIEE, maintenant
    brouillon.version += 1
    brouillon.save()
    record_act(acteur=acteur, acte="documents.publish_version", objet=brouillon)
    return brouillon


@transaction.atomic
def withdraw_version(*, acteur: Any, maintenant: datetime.datetime, pk: int, version: int) -> VersionLettre:
    """Withdraw the published version: the letter is sent no more. Raises ValidationError, VersionPerimee."""
    publiee = _locked(pk, version, EtatVersion.PUBLIEE)
    publiee.etat, publiee.retiree_le = EtatVersion.RETIREE, maintenant
    publiee.version += 1
    publiee.save()
    record_act(acteur=acteur, acte="documents.withdraw_version", objet=publiee)
    return publiee


def check_texts(*, lettre: LettreType, objet: str, texte: str) -> None:
    """Raise ValidationError by field when the parser refuses a text."""
    refus = {
        "objet": refuse_gabarit(objet, [c for c in lettre.champs if not c.bloc], OBJET_MAX),
        "texte": refuse_gabarit(texte, lettre.champs) or ([] if texte.strip() else ["La lettre est vide."]),
    }
    fautes = {champ: phrases for champ, phrases in refus.items() if phrases}
    if fautes:
        raise ValidationError(fautes)


@transaction.atomic
def load_modeles(*, acteur: Any, maintenant: datetime.datetime) -> int:
    """Add the letters of the seed that are missing, published; return how many."""
    ajoutees = 0
    for ordre, ligne in enumerate(json.loads((DONNEES / "lettres.json").read_text(encoding="utf8")), start=1):
        cle = {nom: ligne[nom] for nom in ("genre", "population", "domaine")}
        lettre, neuve = LettreType.objects.get_or_create(
            **cle, defaults={"libelle": ligne["libelle"], "ordre": ordre}
        )
        if neuve:
            texte = "\n".join(ligne["texte"])
            check_texts(lettre=lettre, objet=ligne["objet"], texte=texte)
            VersionLettre.objects.create(
                type=lettre,
                numero=1,
                etat=EtatVersion.PUBLIEE,
                objet=ligne["objet"],
                texte=texte,
                publiee_le=maintenant,
            )
            ajoutees += 1
    record_act(acteur=acteur, acte="documents.load_modeles", libelle=f"{ajoutees} lettres ajoutées")
    return ajoutees


def _locked(pk: int, version: int, etat: EtatVersion) -> VersionLettre:
    """Lock a version that must stand in this state."""
    verrouillees = VersionLettre.objects.select_for_update(of=("self",)).select_related("type")
    ligne = verrouillees.get(pk=pk)
    if ligne.etat != etat:
        raise ValidationError(FIGEE if etat == EtatVersion.BROUILLON else "Cette version n’est pas publiée.")
    check_version(ligne, version)
    return ligne
