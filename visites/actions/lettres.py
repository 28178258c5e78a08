"""Queues the letters of appointments, with their notices and sheets, and makes them in the worker."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from documents.actions import make_lot, open_lot, print_again, read_cadre, write_courriel
from documents.enums import ModeEnvoi
from documents.models import EnTete, LettreEmise, LotLettres
from nouvea_sst.lib.affichage import format_date
from visites.actions.liens import link_of
from visites.demi_lettres import filed_letters, lot_key
from visites.lettres import Redaction, Tirage, placed, refuse_empty, with_letter_names, write_message
from visites.models import DemiJournee, Visite
from visites.rules.lettres import CONVOCATION

TACHE_LETTRES = "visites.make_lettres"
EN_COURS = "Les lettres de cette demi-journée sont déjà en préparation : attendez qu’elles soient prêtes."
RIEN_A_FAIRE = "Toutes les lettres de cette demi-journée sont établies : il n’y en a aucune à faire."
RIEN_A_REPRENDRE = "Aucune lettre de cette demi-journée n’est établie : il n’y a rien à réimprimer."


@transaction.atomic
def request_lettres(
    *,
    acteur: Any,
    jour: datetime.date,
    visites: Sequence[int],
    avis: bool = True,
    feuilles: bool = True,
    signataire: int | None = None,
) -> LotLettres:
    """Queue the letters of these visits, those that may still be told of. Raises ValidationError for none."""
    vues = list(placed(Visite.objects.visible_to(acteur).filter(pk__in=visites), jour))
    refuse_empty(vues)
    jours = sorted({visite.date for visite in vues if visite.date is not None})
    du, au = format_date(jours[0]), format_date(jours[-1])
    intitule = f"Convocations du {du}" if du == au else f"Convocations du {du} au {au}"
    saisie = {
        "visites": [visite.pk for visite in vues],
        "avis": avis,
        "feuilles": feuilles,
        "signataire": signataire,
    }
    return open_lot(acteur=acteur, intitule=intitule, saisie=saisie, tache=TACHE_LETTRES)


@transaction.atomic
def request_lettres_demi(
    *,
    acteur: Any,
    jour: datetime.date,
    demi_journee: DemiJournee,
    signataire: int | None = None,
    reprendre: bool = False,
) -> LotLettres:
    """Queue every letter of a half-day that did not go yet, or with `reprendre` print those that went again.

    Raises ValidationError when there is none, or when somebody's are under way.
    """
    demi = DemiJournee.objects.select_for_update(of=("self",)).get(pk=demi_journee.pk)
    if LotLettres.objects.under_way(lot_key(demi)).exists():
        raise ValidationError(EN_COURS)
    if reprendre:
        if not filed_letters(acteur, demi):
            raise ValidationError(RIEN_A_REPRENDRE)
    else:
        vues = list(placed(Visite.objects.visible_to(acteur).filter(demi_journee=demi), jour))
        refuse_empty(vues)
        cadre = read_cadre(signataire=signataire, jour=jour)
        if not leave_filed(tirage=Redaction(vues, cadre, nommer=False).write(avis=True, feuilles=True)).plis:
            raise ValidationError(RIEN_A_FAIRE)
    quoi = "Réimpression" if reprendre else "Lettres"
    return open_lot(
        acteur=acteur,
        intitule=f"{quoi} du {format_date(demi.date)}, {demi.debut:%H:%M}",
        saisie={"demi_journee": demi.pk, "signataire": signataire, "reprendre": reprendre},
        tache=TACHE_LETTRES,
        objet_cle=lot_key(demi),
    )


def make_lettres(
    *,
    acteur: Any,
    lot: LotLettres,
    maintenant: datetime.datetime,
    jour: datetime.date,
    progres: Callable[[int, int], None],
) -> LotLettres:
    """Make the letters of a lot; begun again, it goes on. Raises ValidationError, PdfImpossible."""
    saisie = lot.saisie
    cadre = read_cadre(signataire=saisie["signataire"], jour=jour)
    visibles = Visite.objects.visible_to(acteur)

    def lien(visite: Visite) -> str:
        return link_of(visite=visite, maintenant=maintenant)

    if saisie.get("reprendre"):
        demi = DemiJournee.objects.get(pk=saisie["demi_journee"])
        lettres = filed_letters(acteur, demi)
        gardees = {lettre.visite for lettre in lettres}
        visites = list(with_letter_names(visibles.filter(pk__in=gardees)))
        feuilles = Redaction(visites, cadre, nommer=False).write_sheets()
        cles = [lettre.cle for lettre in lettres]
        return print_again(lot=lot, cles=cles, cadre=cadre, devant=feuilles)
    if "demi_journee" in saisie:
        visites = list(placed(visibles.filter(demi_journee=saisie["demi_journee"]), jour))
        tirage = Redaction(visites, cadre, ecrit_le=maintenant, lien=lien).write(avis=True, feuilles=True)
        tirage = leave_filed(tirage=tirage, lot=lot)
    else:
        visites = list(placed(visibles.filter(pk__in=saisie["visites"]), jour))
        redaction = Redaction(visites, cadre, ecrit_le=maintenant, lien=lien)
        tirage = redaction.write(avis=saisie["avis"], feuilles=saisie["feuilles"])
        disparues = len(saisie["visites"]) - len(visites)
        if disparues:
            tirage.ecartees.append(f"{disparues} rendez-vous déplacés ou annulés entre-temps.")
    return make_lot(
        acteur=acteur,
        lot=lot,
        plis=tirage.plis,
        cadre=cadre,
        maintenant=maintenant,
        devant=tirage.devant,
        ecartees=tirage.ecartees,
        progres=progres,
    )


def leave_filed(*, tirage: Tirage, lot: LotLettres | None = None) -> Tirage:
    """Take out of a lot the letters that another one made."""
    faites = LettreEmise.objects.filter(cle__in=[pli.cle for pli in tirage.plis])
    ailleurs = set((faites if lot is None else faites.exclude(lot=lot)).values_list("cle", flat=True))
    tirage.plis = [pli for pli in tirage.plis if pli.cle not in ailleurs]
    return tirage


def tell_cancelled(*, visite: Visite) -> None:
    """Write to the agent whom a message convoked that it is off: his calendar takes it away.

    Its act is the cancelling, in the same transaction.
    """
    lettres = LettreEmise.objects.filter(agent_id=visite.agent_id, mode=ModeEnvoi.COURRIEL)
    convoque = lettres.filter(cle__startswith=f"{CONVOCATION}:{visite.pk}:").exists()
    ecrira = convoque and settings.COURRIEL and visite.agent.courriel
    if ecrira and (entete := EnTete.objects.first()) is not None:
        ecrit = write_message(visite, entete, timezone.now(), annule=True)
        write_courriel(adresse=ecrit.adresse, objet=ecrit.objet, texte=ecrit.texte, pieces=ecrit.pieces)
