"""A passage of the nightly feed over the watched folder."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from nouvea_sst.comptes.contexte import acting
from nouvea_sst.imports.actions.releves import (
    close_releve,
    open_releve,
    refuse_fichier,
    settle_fichier,
    take_fichier,
)
from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import IssueReleve
from nouvea_sst.imports.lecture.boite import (
    REFUSES,
    TRAITES,
    Boite,
    Entree,
    FichierEcarte,
    FichierMouvant,
    open_boite,
)
from nouvea_sst.imports.lecture.fichier import MO
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.models import FichierReleve
from nouvea_sst.imports.moteur.reconnaissance import recognise
from nouvea_sst.imports.parametres import GARDE, TAILLE
from nouvea_sst.imports.rules.partants import find_day
from nouvea_sst.referentiel.models import Parametre

JOURNAL = logging.getLogger(__name__)
VERROU = "imports-releve"
UN_JOUR = 86400
PANNE = "Une panne a empêché de l’appliquer et rien n’a été écrit : relisez l’aperçu avant d’appliquer"
PERDU = "Une panne a empêché de lire ce fichier : signalez-la, avec la date de la relève."


class ReleveEnCours(Exception):
    """Another passage is at work."""


class ReleveEteinte(Exception):
    """There is no watched folder."""


@dataclass
class Bilan:
    """What a passage did: its files, those still being written, the folders left where they stand."""

    fichiers: list[FichierReleve] = field(default_factory=list)
    en_ecriture: list[str] = field(default_factory=list)
    dossiers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Passage:
    """What every step of a passage needs. A trial reads files where they stand and moves none."""

    boite: Boite
    acteur: Any
    jour: datetime.date
    releve_id: int
    taille: int
    simule: bool

    def read(self, entree: Entree) -> bytes:
        """Return the bytes of a file. Raises FichierEcarte, FichierMouvant."""
        if entree.refus:
            raise FichierEcarte(entree.refus)
        return self.boite.read(entree, self.taille, sur_place=self.simule)

    def put_away(self, entree: Entree, fichier: FichierReleve) -> FichierReleve:
        """Move a file to where it is kept for a while, then note it."""
        if not self.simule:
            if fichier.issue == IssueReleve.REFUSE:
                self.boite.put_away(entree, REFUSES, mot=fichier.motif)
            else:
                self.boite.put_away(entree, TRAITES, jour=f"{self.jour:%Y-%m-%d}")
            settle_fichier(fichier_id=fichier.pk)
        return fichier

    def refuse(self, entree: Entree, motif: str, cible: str = "") -> FichierReleve:
        """Note why a file is not taken in, and put it away."""
        fichier = refuse_fichier(
            acteur=self.acteur, releve_id=self.releve_id, nom=entree.nom_lisible, motif=motif, cible=cible
        )
        return self.put_away(entree, fichier)


def run_releve(*, acteur: Any, jour: datetime.date, simuler: bool = False) -> Bilan:
    """Take every file of the watched folder, each in a transaction of its own; a trial leaves no trace.

    Killed at any moment and begun again, it loses no file and applies none twice.
    Raises ReleveEteinte, ReleveEnCours.
    """
    if not settings.DEPOTS.is_dir():
        raise ReleveEteinte
    with _alone(), open_boite(settings.DEPOTS) as boite:
        if not simuler:
            return _pass_over(boite, acteur, jour, simuler)
        with transaction.atomic():
            bilan = _pass_over(boite, acteur, jour, simuler)
            transaction.set_rollback(True)
            return bilan


@contextmanager
def _alone() -> Iterator[None]:
    """Hold what one passage at a time may hold; a killed process lets go of it with its connection."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [VERROU])
        (libre,) = curseur.fetchone()
    if not libre:
        raise ReleveEnCours
    try:
        yield
    finally:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_unlock(hashtext(%s))", [VERROU])


def _pass_over(boite: Boite, acteur: Any, jour: datetime.date, simule: bool) -> Bilan:
    """Take what is there; what was kept long enough is cleared away even when the passage fails."""
    instant = timezone.now().timestamp()
    limite = instant - Parametre.objects.number_on(jour, GARDE) * UN_JOUR
    try:
        return _take_all(boite, acteur, jour, simule, instant)
    finally:
        if not simule:
            boite.clear(limite)


def _take_all(boite: Boite, acteur: Any, jour: datetime.date, simule: bool, instant: float) -> Bilan:
    """Take what is whole, once what a passage cut short left is put away."""
    taille = min(Parametre.objects.number_on(jour, TAILLE) * MO, settings.IMPORT_TAILLE_MAX)
    passage = Passage(boite, acteur, jour, open_releve(acteur=acteur).pk, taille, simule)
    if not simule:
        _finish_moves(passage)
    vue = boite.look(instant, settings.DEPOTS_REPOS)
    bilan = Bilan([], vue.en_ecriture, vue.dossiers)
    for cible, profil, entree in _recognise_all(passage, vue.entrees, bilan):
        try:
            bilan.fichiers.append(_bring_in(passage, entree, cible, profil))
        except FichierMouvant:
            bilan.en_ecriture.append(entree.nom_lisible)
    close_releve(acteur=acteur, releve_id=passage.releve_id)
    return bilan


def _finish_moves(passage: Passage) -> None:
    """Move what a passage settled and did not come to move."""
    pris = {entree.nom_lisible: entree for entree in passage.boite.taken()}
    for fichier in FichierReleve.objects.filter(deplace=False).order_by("pk"):
        if fichier.nom in pris:
            passage.put_away(pris[fichier.nom], fichier)
        else:
            settle_fichier(fichier_id=fichier.pk)


def _recognise_all(passage: Passage, entrees: list[Entree], bilan: Bilan) -> list[tuple[str, str, Entree]]:
    """Take the files and tell what they hold: those first that others point at, then the oldest."""
    ordre = list(targets())
    reconnus: list[tuple[str, str, Entree]] = []
    for entree in entrees:
        if not passage.simule and not passage.boite.take(entree):
            continue
        try:
            cible, profil = recognise(entree.nom, passage.read(entree), passage.taille)
            reconnus.append((cible, profil, entree))
        except FichierMouvant:
            bilan.en_ecriture.append(entree.nom_lisible)
        except (FichierIllisible, FichierEcarte) as refus:
            bilan.fichiers.append(passage.refuse(entree, str(refus)))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            JOURNAL.exception("fichier de la relève non reconnu")
            bilan.fichiers.append(passage.refuse(entree, PERDU))
    return sorted(reconnus, key=lambda r: (ordre.index(r[0]), *_age(r[2], passage.jour)))


def _age(entree: Entree, jour: datetime.date) -> tuple[datetime.date, float, str]:
    """Order of the files of one target: the day in the name, else the file's own time; then the name."""
    if dit := find_day(entree.nom, jour):
        return dit, 0, entree.nom
    ecrit_le = datetime.datetime.fromtimestamp(entree.ecrit_le, tz=timezone.get_current_timezone())
    return ecrit_le.date(), entree.ecrit_le, entree.nom


def _bring_in(passage: Passage, entree: Entree, cible: str, profil: str) -> FichierReleve:
    """Take one file in. What fails in it holds no other file back; without a database, everything waits."""
    quoi: dict[str, Any] = {
        "acteur": passage.acteur,
        "jour": passage.jour,
        "releve_id": passage.releve_id,
        "nom": entree.nom_lisible,
        "cible": cible,
        "profil": profil,
    }
    try:
        contenu = passage.read(entree)
        with acting(passage.acteur):
            fichier = _take(contenu, quoi)
    except (FichierIllisible, FichierEcarte) as refus:
        return passage.refuse(entree, str(refus), cible)
    except (FichierMouvant, OperationalError, InterfaceError):
        raise
    except Exception:
        JOURNAL.exception("fichier de la relève non lu")
        return passage.refuse(entree, PERDU, cible)
    return passage.put_away(entree, fichier)


def _take(contenu: bytes, quoi: dict[str, Any]) -> FichierReleve:
    """Apply a file; one whose application fails is left to a person, with its preview."""
    try:
        return take_fichier(contenu=contenu, **quoi)
    except (FichierIllisible, OperationalError, InterfaceError):
        raise
    except Exception:
        JOURNAL.exception("fichier de la relève non appliqué")
        return take_fichier(contenu=contenu, retenu=PANNE, **quoi)
