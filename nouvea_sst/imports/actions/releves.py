"""What the nightly feed writes: its passages, and what became of each file."""

import datetime
import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.depots import apply_import, deposit_import, take_turn
from nouvea_sst.imports.cibles import target
from nouvea_sst.imports.enums import EffetLigne, EtatImport, IssueReleve
from nouvea_sst.imports.models import FichierReleve, Import, Releve
from nouvea_sst.imports.moteur.apercu import describe_counts
from nouvea_sst.imports.parametres import CHANGEMENTS, DEPARTS, MINIMUM, REDUCTION, REFUS
from nouvea_sst.imports.rules.partants import find_day
from nouvea_sst.imports.rules.releve import Exces, Mesure, Seuils, comes_too_late, reasons_to_wait
from nouvea_sst.lib.affichage import count_of, format_date, format_number
from nouvea_sst.referentiel.models import Parametre

EXCES = {
    "refus": "ligne refusée,lignes refusées",
    "changements": "ligne créée ou modifiée,lignes créées ou modifiées",
    "partants": "départ annoncé,départs annoncés",
    "reduction": "ligne de moins que la fois d’avant,lignes de moins que la fois d’avant",
}


TARDIF = (
    "Ce fichier est du {:%d/%m/%Y} et celui du {:%d/%m/%Y} est déjà appliqué : l’appliquer remettrait des "
    "valeurs plus anciennes"
)
# A file that comes late does so by days: names of longer ago are not read again.
NOMS_RELUS = 60


@transaction.atomic
def open_releve(*, acteur: Any) -> Releve:
    """Begin a passage, or go on with the one that was cut short."""
    coupee = Releve.objects.filter(fin=None).order_by("-pk").first()
    if coupee is not None:
        return coupee
    releve = Releve.objects.create(debut=timezone.now())
    record_act(acteur=acteur, acte="imports.open_releve", objet=releve)
    return releve


@transaction.atomic
def close_releve(*, acteur: Any, releve_id: int) -> None:
    """End a passage."""
    releve = Releve.objects.select_for_update().get(pk=releve_id)
    releve.fin = timezone.now()
    releve.save(update_fields=["fin"])
    record_act(acteur=acteur, acte="imports.close_releve", objet=releve)


@transaction.atomic
def refuse_fichier(*, acteur: Any, releve_id: int, nom: str, motif: str, cible: str = "") -> FichierReleve:
    """Note that a file was not taken in, and why."""
    fichier = FichierReleve.objects.create(
        releve_id=releve_id,
        nom=nom,
        cible=cible,
        issue=IssueReleve.REFUSE,
        motif=motif,
        pris_le=timezone.now(),
    )
    record_act(acteur=acteur, acte="imports.refuse_fichier", objet=fichier)
    return fichier


@transaction.atomic
def settle_fichier(*, fichier_id: int) -> None:
    """Note that a file has left the watched folder: nothing more happens to it. No act of its own."""
    FichierReleve.objects.filter(pk=fichier_id).update(deplace=True)


@transaction.atomic
def take_fichier(
    *,
    acteur: Any,
    jour: datetime.date,
    releve_id: int,
    nom: str,
    cible: str,
    profil: str,
    contenu: bytes,
    retenu: str = "",
) -> FichierReleve:
    """Deposit a file and apply its accepted rows, or leave it to a person; all of it or nothing.

    A file that was the last one applied changes nothing, nor does one that waits already. One that comes
    after a file that waits, waits behind it; one that its name says older than one applied, waits.
    retenu: why it is to wait whatever it holds.
    Raises FichierIllisible.
    """
    take_turn(cible=target(cible))
    sha256 = hashlib.sha256(contenu).hexdigest()
    fichier = FichierReleve(releve_id=releve_id, nom=nom, cible=cible, sha256=sha256, pris_le=timezone.now())
    if deja := _known(cible, sha256):
        fichier.issue, fichier.motif = IssueReleve.DEJA, deja
    else:
        sien, dernier = find_day(nom, jour), _last_day(cible, jour)
        tardif = comes_too_late(sien, dernier)
        attendus = _waits_before(cible, jour, dernier)
        depose = deposit_import(
            acteur=acteur, jour=jour, cible=cible, nom_fichier=nom, contenu=contenu, profil=profil
        )
        raisons = [retenu] if retenu else _find_reasons(depose, jour, attendus)
        raisons = [TARDIF.format(sien, dernier)] + raisons if tardif else raisons
        fichier.depot, fichier.issue, fichier.motif = depose, IssueReleve.ATTENTE, " ; ".join(raisons)
        if not raisons:
            applique = apply_import(acteur=acteur, jour=jour, import_id=depose.pk, sans_avertis=True)
            fichier.issue, fichier.motif = IssueReleve.APPLIQUE, describe_counts(applique.bilan)
            fichier.depot = applique
    fichier.save()
    record_act(acteur=acteur, acte="imports.take_fichier", objet=fichier)
    return fichier


def _known(cible: str, sha256: str) -> str:
    """Say when the same file is the last one applied, or waits already; nothing otherwise."""
    imports = Import.objects.filter(cible=cible).without_bytes()
    # Rows taken up later bear the mark of the file that they come from: they are not a file that came.
    dernier = imports.applied().filter(suite_de=None).order_by("-applique_le", "-pk").first()
    if dernier is not None and dernier.sha256 == sha256:
        return f"Déjà appliqué le {format_date(dernier.applique_le, 'moment')}"
    ouverts = imports.filter(sha256=sha256, etat__in=(EtatImport.DEPOSE, EtatImport.EN_COURS))
    depose = ouverts.order_by("pk").first()
    return f"Attend déjà depuis le {format_date(depose.depose_le, 'moment')}" if depose else ""


def _last_day(cible: str, jour: datetime.date) -> datetime.date | None:
    """Return the latest day that the names of the files applied say; None when they say none."""
    appliques = Import.objects.of_feed().applied().filter(cible=cible).order_by("-applique_le", "-pk")
    noms = appliques.values_list("nom_fichier", flat=True)[:NOMS_RELUS]
    return max((dit for nom in noms if (dit := find_day(nom, jour))), default=None)


def _waits_before(cible: str, jour: datetime.date, dernier: datetime.date | None) -> bool:
    """Whether a file waits that the next ones are to follow: one that came too late holds none back."""
    noms = Import.objects.of_feed().filter(cible=cible).to_decide().values_list("nom_fichier", flat=True)
    return not all(comes_too_late(find_day(nom, jour), dernier) for nom in noms)


def _find_reasons(depose: Import, jour: datetime.date, attendus: bool) -> list[str]:
    """Return why a file just read waits for a person."""
    if manque := depose.apercu["manque"]:
        return [manque]
    derriere = ["Un fichier plus ancien du même contenu attend une décision"] if attendus else []
    return derriere + [_say(exces) for exces in reasons_to_wait(_measure(depose), _thresholds(jour))]


def _say(exces: Exces) -> str:
    """« 24 lignes refusées sur 40, plus de 5 % »."""
    nombre = count_of(exces.nombre, EXCES[exces.quoi])
    return f"{nombre} sur {format_number(exces.sur)}, plus de {exces.seuil} %"


def _measure(depose: Import) -> Mesure:
    anciens = Import.objects.of_feed().applied().filter(cible=depose.cible).without_bytes()
    precedent = anciens.order_by("-applique_le", "-pk").first()
    depart = target(depose.cible).label("date_depart")
    partants = depose.lignes.filter(effet=EffetLigne.MODIFIE, changements__contains=[[depart]])
    nombres = {nom: depose.bilan[nom] for nom in ("lignes", "crees", "modifies")}
    return Mesure(
        **nombres,
        refuses=depose.bilan["refuses"] + depose.bilan["avertis"],
        partants=partants.count(),
        precedentes=precedent.bilan["lignes"] if precedent else 0,
    )


def _thresholds(jour: datetime.date) -> Seuils:
    cles = (MINIMUM, REFUS, CHANGEMENTS, DEPARTS, REDUCTION)
    return Seuils(*(Parametre.objects.number_on(jour, cle) for cle in cles))
