"""Takes a file in, reads it, applies it, gives it up."""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from nouvea_sst.comptes.contexte import requete_en_cours
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.imports.actions.partants import propose_leavers, write_leavers
from nouvea_sst.imports.actions.valeurs import keep_values
from nouvea_sst.imports.actions.verrou import ImportClos, lock_open_import
from nouvea_sst.imports.cibles import target, targets_of
from nouvea_sst.imports.enums import EffetLigne, EtatImport
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.genre import check_name
from nouvea_sst.imports.models import CorrespondanceValeur, Import, LigneImport, Profil
from nouvea_sst.imports.moteur.analyse import Analyse, Reglages, analyse_file
from nouvea_sst.imports.moteur.apercu import count_unseen, describe_analyse, describe_counts, describe_row
from nouvea_sst.imports.moteur.plan import ColonnesManquantes, LignePlan, Plan, build_plan, plan_rows
from nouvea_sst.imports.moteur.reconnaissance import guess_target, has_ready_columns, ready_name
from nouvea_sst.imports.rules.cible import Cible
from nouvea_sst.imports.rules.cles import hash_key
from nouvea_sst.imports.rules.colonnes import as_profile, find_origin
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.lib.versions import check_version
from nouvea_sst.travaux.actions import defer_once, heed_stop, open_travail
from nouvea_sst.travaux.models import Travail

Suivi = Callable[[str, int, int], None]
TACHE_APPLICATION = "imports.apply_import"
TACHE_ATTENTES = "imports.resume_waiting"
NOM_MAX = 200
PAR_LOT = 2000


class RefusRestants(Exception):
    """Rows would be refused, and whoever applies wants none; the message says how many in French."""

    def __init__(self, nombre: int) -> None:
        reste = count_of(nombre, "ligne refusée,lignes refusées")
        super().__init__(
            f"Rien n’est appliqué : il reste {reste}, et vous avez demandé qu’il n’en reste aucune."
        )


class ApercuDepasse(Exception):
    """What would be overwritten is no longer what the preview showed; the message says so in French."""

    def __init__(self, nombre: int) -> None:
        lignes = count_of(nombre, "ligne écraserait,lignes écraseraient")
        super().__init__(
            f"Rien n’est appliqué : {lignes} une valeur écrite depuis l’aperçu. L’aperçu est refait : "
            "relisez-le dans l’historique, puis appliquez."
        )


def _say_nothing(etape: str, fait: int = 0, total: int = 0) -> None:
    """Progress that nobody follows."""


@transaction.atomic
def deposit_import(
    *,
    acteur: Any,
    jour: datetime.date,
    cible: str = "",
    nom_fichier: str,
    contenu: bytes,
    profil: str = "",
    complet: bool = False,
) -> Import:
    """Keep a file with what it would change; nothing of it is applied.

    Without a target, the one that its headers and its name tell is taken, of those that the account may use;
    without a profile, the ready one of which the file has every column.
    complet: it holds everybody, so that whoever it leaves out is proposed to have left.
    Raises FichierIllisible, in one French sentence, and keeps nothing then; Profil.DoesNotExist.
    """
    check_name(nom_fichier)
    fichier = read_file(contenu, settings.IMPORT_TAILLE_MAX)
    decrite = target(cible) if cible else guess_target(targets_of(acteur), fichier, nom_fichier)
    retenues = CorrespondanceValeur.objects.by_field(decrite.code)
    reglages = Profil.objects.get(cible=decrite.code, nom=profil).reglages if profil else Reglages()
    analyse = analyse_file(decrite, contenu, reglages, retenues, fichier)
    if not profil and (origine := _origin(decrite.code, analyse)):
        reglages = origine.reglages_lus
        analyse = analyse_file(decrite, contenu, reglages, retenues, fichier)
    elif not profil and has_ready_columns(decrite, analyse):
        profil = ready_name(decrite)
    depose = Import.objects.create(
        cible=decrite.code,
        nom_fichier=nom_fichier[:NOM_MAX],
        contenu=contenu,
        sha256=hashlib.sha256(contenu).hexdigest(),
        reglages=reglages.as_json(),
        profil=profil,
        complet=complet,
        depose_par=acteur,
    )
    _keep_preview(depose, decrite, analyse, jour, acteur)
    record_act(acteur=acteur, acte="imports.deposit_import", objet=depose)
    return depose


def _origin(cible: str, analyse: Analyse) -> Import | None:
    """Return the import whose refused rows this file brings back: they are read as they were."""
    numero = find_origin(analyse.entetes)
    if numero is None:
        return None
    connus = Import.objects.filter(pk=numero, cible=cible).exclude(etat=EtatImport.ABANDONNE)
    return connus.without_file().first()


@transaction.atomic
def change_reglages(
    *,
    acteur: Any,
    jour: datetime.date,
    import_id: int,
    reglages: Reglages,
    nom_profil: str = "",
    valeurs: Mapping[tuple[str, str], str] | None = None,
    cible: str = "",
    complet: bool | None = None,
    version: int | None = None,
) -> Import:
    """Read a file again with other columns, key or date order; keep them as a profile if it is named.

    cible: what the file holds, when it was taken for something else.

    valeurs: by field and value of the file, the value of the house that it stands for, from now on.
    complet: whether it holds everybody; None leaves what was said.
    Raises ImportClos when it is no longer to be read, VersionPerimee when somebody chose other columns since
    the page of this version.
    """
    depose = lock_open_import(import_id=import_id, version=version)
    if cible and cible != depose.cible:
        depose.cible, depose.profil = cible, ""
    lue = target(depose.cible)
    keep_values(acteur=acteur, cible=lue.code, choix=valeurs or {})
    retenues = CorrespondanceValeur.objects.by_field(lue.code)
    analyse = analyse_file(lue, bytes(depose.contenu), reglages, retenues)
    depose.reglages = reglages.as_json()
    depose.complet = depose.complet if complet is None else complet
    if nom_profil:
        depose.profil = nom_profil
        Profil.objects.update_or_create(
            cible=lue.code,
            nom=nom_profil,
            defaults={
                "colonnes": as_profile(analyse.entetes, analyse.choix),
                "cle": reglages.cle or analyse.cle.nom,
                "ordre_date": reglages.ordre_date,
                "assemblages": reglages.assemblages.as_json(),
            },
        )
    _keep_preview(depose, lue, analyse, jour, acteur)
    record_act(acteur=acteur, acte="imports.change_reglages", objet=depose)
    return depose


def renew_preview(*, depose: Import, jour: datetime.date, acteur: Any) -> None:
    """Read the file of an import again, inside the act of the caller, against what the house holds by now."""
    cible = target(depose.cible)
    retenues = CorrespondanceValeur.objects.by_field(cible.code)
    analyse = analyse_file(cible, bytes(depose.contenu), Reglages.from_json(depose.reglages), retenues)
    _keep_preview(depose, cible, analyse, jour, acteur)


def _keep_preview(depose: Import, cible: Cible, analyse: Analyse, jour: datetime.date, acteur: Any) -> None:
    """Replace what the import keeps of its preview."""
    depose.lignes.all().delete()
    plan: Plan | None = None
    try:
        plan = plan_rows(cible, analyse, jour, acteur)
    except ColonnesManquantes as manque:
        depose.bilan = {}
        depose.apercu = describe_analyse(cible, analyse) | {"manque": str(manque)}
    else:
        depose.bilan = plan.counts()
        depose.apercu = describe_analyse(cible, analyse, plan)
        _keep_rows(depose, cible, plan.lignes)
    depose.apercu |= propose_leavers(depose=depose, cible=cible, plan=plan, jour=jour, acteur=acteur)
    depose.version += 1
    depose.save(update_fields=["cible", "reglages", "profil", "complet", "apercu", "bilan", "version"])


def _keep_rows(depose: Import, cible: Cible, lignes: list[LignePlan]) -> None:
    for debut in range(0, len(lignes), PAR_LOT):
        lot = lignes[debut : debut + PAR_LOT]
        LigneImport.objects.bulk_create(
            LigneImport(fichier=depose, **describe_row(cible, ligne)) for ligne in lot
        )


@transaction.atomic
def request_application(
    *, acteur: Any, import_id: int, version: int | None = None, sans_refus: bool = False
) -> Travail:
    """Queue the writing of the accepted rows; the page follows the job.

    sans_refus: nothing at all is written as long as a row is refused, now or when the job comes to it.
    Raises ImportClos, RefusRestants, or VersionPerimee when the preview seen is no longer the one there is.
    Asked twice, the second one gets the job of the first.
    """
    depose = Import.objects.select_for_update(of=("self",)).select_related("travail").get(pk=import_id)
    if depose.etat == EtatImport.EN_COURS and depose.travail is not None:
        return depose.travail
    if depose.etat != EtatImport.DEPOSE or depose.apercu["manque"]:
        raise ImportClos
    if version is not None:
        check_version(depose, version)
    if sans_refus and depose.bilan["refuses"]:
        raise RefusRestants(depose.bilan["refuses"])
    arret = reverse("imports:interrompre", args=[depose.pk])
    travail = open_travail(acteur=acteur, intitule="Application de l’import", adresse_arret=arret)
    depose.etat, depose.travail, depose.sans_refus = EtatImport.EN_COURS, travail, sans_refus
    depose.save(update_fields=["etat", "travail", "sans_refus"])
    app.configure_task(TACHE_APPLICATION).defer(travail_id=travail.pk, import_id=depose.pk)
    record_act(acteur=acteur, acte="imports.request_application", objet=depose)
    return travail


@transaction.atomic
def apply_import(
    *,
    acteur: Any,
    jour: datetime.date,
    import_id: int,
    travail_id: int | None = None,
    sans_avertis: bool = False,
    progress: Suivi = _say_nothing,
) -> Import:
    """Write the accepted rows of an import, all or none; refused rows are kept with their reason.

    sans_avertis: nobody is there to weigh warnings, the rows that carry one are refused.

    The file is read anew: what counts is the state of the database now, not at the preview. A job gives its
    own key: it writes only if it is still the one asked for; begun again after it wrote, it writes no more.
    It overwrites no value that the preview did not show to whoever asked for it.
    The file is kept for a while (erase_files), of the refused rows only the columns read are.
    Raises ImportClos when the import was applied, given up or taken back meanwhile, RefusRestants when rows
    are refused and none may be, ApercuDepasse when others wrote since the preview, TropDePartants when too
    many would leave, TravailArrete when somebody asked the job to stop before all was written.
    """
    depose = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if travail_id is not None and (depose.etat, depose.travail_id) == (EtatImport.APPLIQUE, travail_id):
        return depose
    attendu = EtatImport.DEPOSE if travail_id is None else EtatImport.EN_COURS
    if depose.etat != attendu or depose.travail_id != travail_id:
        raise ImportClos
    cible = target(depose.cible)
    take_turn(cible=cible)
    reglages = Reglages.from_json(depose.reglages)

    def say(etape: str, fait: int = 0, total: int = 0) -> None:
        heed_stop(travail_id=travail_id)
        progress(etape, fait, total)

    say("Lecture du fichier et comparaison")
    retenues = CorrespondanceValeur.objects.by_field(cible.code)
    plan = build_plan(cible, bytes(depose.contenu), reglages, jour, acteur, retenues)
    heed_stop(travail_id=travail_id)
    if sans_avertis:
        plan.refuse_warned(cible)
    if depose.sans_refus and (refuses := plan.of(EffetLigne.REFUSE)):
        raise RefusRestants(len(refuses))
    if travail_id is not None and (ecrasees := count_unseen(cible, plan, depose.lignes.seen_changes())):
        raise ApercuDepasse(ecrasees)
    settle(depose=depose, cible=cible, plan=plan, acteur=acteur, jour=jour, progress=say)
    heed_stop(travail_id=travail_id, last=True)
    record_act(
        acteur=acteur, acte="imports.apply_import", objet=depose, libelle=describe_counts(depose.bilan)
    )
    return depose


def settle(
    *,
    depose: Import,
    cible: Cible,
    plan: Plan,
    acteur: Any,
    jour: datetime.date,
    progress: Suivi = _say_nothing,
) -> None:
    """Write a plan inside the act of the caller, and leave of the import what stays of one applied.

    Rows that waited from an earlier file and stand in this one wait no more, as long as it is not taken back:
    this one says them anew. What still waits, here or elsewhere, is looked at again once this is written.
    """
    ajouts = write_plan(cible=cible, plan=plan, acteur=acteur, jour=jour, progress=progress)
    partants = write_leavers(acteur=acteur, jour=jour, depose=depose, cible=cible, plan=plan)
    depose.bilan = plan.counts() | {"ajouts": ajouts, "partis": len(partants), "partants": partants}
    # Columns that fill nothing may hold what the house has no business with: their samples go, the file stays
    # for the time that the reference data says.
    depose.apercu = describe_analyse(cible, plan.analyse, plan) | {"exemples": []}
    depose.etat, depose.applique_le = EtatImport.APPLIQUE, timezone.now()
    # What the tables of the past hold under this identifier is what the import wrote.
    depose.requete = requete_en_cours.get()
    depose.save(update_fields=["bilan", "apercu", "etat", "applique_le", "requete"])
    depose.lignes.all().delete()
    depose.partants.all().delete()
    dites = [hash_key(ligne.cle) for ligne in plan.lignes if ligne.effet != EffetLigne.REFUSE]
    LigneImport.objects.filter(fichier__cible=cible.code).waiting().filter(cle__in=dites).update(
        redite_par=depose
    )
    _keep_rows(depose, cible, [*plan.of(EffetLigne.REFUSE), *plan.of(EffetLigne.ATTENTE)])
    defer_once(tache=TACHE_ATTENTES)


def write_plan(
    *,
    cible: Cible,
    plan: Plan,
    acteur: Any,
    jour: datetime.date,
    progress: Suivi = _say_nothing,
) -> dict[str, int]:
    """Have the target write the created and changed rows inside the act of the caller."""
    crees, modifies = plan.of(EffetLigne.CREE), plan.of(EffetLigne.MODIFIE)
    total = len(crees) + len(modifies)
    if not total:
        return {}

    def say(fait: int) -> None:
        progress("Écriture", fait, total)

    return cible.appliquer(
        acteur=acteur, jour=jour, crees=crees, modifies=modifies, contexte=plan.contexte, progress=say
    )


def take_turn(*, cible: Cible) -> None:
    """Two imports of the same target take turns until the end of the transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import-{cible.code}"])


@transaction.atomic
def abandon_import(*, acteur: Any, import_id: int, raison: str, version: int | None = None) -> Import:
    """Give an import up: its file and its preview go, its line in the history stays with the reason.

    Raises ImportClos or VersionPerimee.
    """
    depose = lock_open_import(import_id=import_id, version=version)
    depose.lignes.all().delete()
    depose.partants.all().delete()
    depose.etat, depose.contenu = EtatImport.ABANDONNE, b""
    depose.apercu, depose.bilan = {}, {"raison": raison}
    depose.save(update_fields=["etat", "contenu", "apercu", "bilan"])
    record_act(acteur=acteur, acte="imports.abandon_import", objet=depose)
    return depose
