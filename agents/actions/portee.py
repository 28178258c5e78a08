"""What an account answers for: what lets it read less is done at once, what lets it read more is asked."""

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q

from agents.models import Collectivite, Responsabilite, Structure
from agents.rules.portee import UN_JOUR, Tenue, widens
from nouvea_sst.comptes.actions import ask, lock_compte, notify
from nouvea_sst.comptes.enums import NatureAvis, NatureDemande
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from nouvea_sst.comptes.perms import refuse_own_account
from nouvea_sst.lib.affichage import as_day, format_date

# What a request keeps of the responsibility that it gives.
DONNES = ("structure_id", "collectivite_id", "date_debut", "date_fin")
DEJA = "Le compte en répond déjà à ces dates."
FINIE = "Cette responsabilité a pris fin depuis la demande : refusez-la."
FERMEE = "Cette structure est fermée : refusez la demande."
ROLE_CHANGE = (
    "Le rôle de {} a changé depuis la demande, et ce qu’elle ouvre avec lui : refusez-la, un administrateur "
    "en fera une autre."
)


@transaction.atomic
def give_responsabilite(
    *,
    acteur: Utilisateur,
    maintenant: datetime.datetime,
    compte_id: int,
    date_debut: datetime.date,
    date_fin: datetime.date | None = None,
    structure: Structure | None = None,
    collectivite: Collectivite | None = None,
) -> Responsabilite | DemandeCompte:
    """Make an account answer for a structure or a collectivité, or ask for it where it would read more.

    Raises ValidationError, PermissionDenied.
    """
    compte = lock_compte(compte_id=compte_id)
    refuse_own_account(acteur, compte)
    donnee = Responsabilite(
        compte=compte,
        structure=structure,
        collectivite=collectivite,
        date_debut=date_debut,
        date_fin=date_fin,
    )
    _check(donnee)
    tenues = list(compte.responsabilites.all())
    if not _widens(compte, tenues, [*tenues, donnee], maintenant):
        notify(compte=compte, nature=NatureAvis.PORTEE_CHANGEE, maintenant=maintenant)
        return _write(acteur, donnee)
    cible = {nom: getattr(donnee, nom) for nom in DONNES}
    return _ask(acteur, compte, maintenant, cible, f"répondre de {_describe(donnee)}")


@transaction.atomic
def end_responsabilite(
    *, acteur: Utilisateur, maintenant: datetime.datetime, responsabilite: Responsabilite
) -> Responsabilite | DemandeCompte | None:
    """Let a responsibility end yesterday, drop one that has not begun, or ask where one would read more.

    Return the responsibility as it was, or the request; nothing when it is over. Raises PermissionDenied.
    """
    compte = lock_compte(compte_id=responsabilite.compte_id)
    refuse_own_account(acteur, compte)
    tenue = _hold(responsabilite.pk, as_day(maintenant))
    if tenue is None:
        return None
    tenues = list(compte.responsabilites.all())
    if not _widens(compte, tenues, [t for t in tenues if t != tenue], maintenant):
        notify(compte=compte, nature=NatureAvis.PORTEE_CHANGEE, maintenant=maintenant)
        _end(acteur, tenue, as_day(maintenant))
        return responsabilite
    # Only a limit lets one read more by its end.
    precision = f"ne plus être limité à {_describe(tenue)}"
    return _ask(acteur, compte, maintenant, {"finir": tenue.pk}, precision)


def carry_out_portee(
    *, acteur: Any, demande: DemandeCompte, compte: Utilisateur, maintenant: datetime.datetime
) -> None:
    """Give or end as it was approved, the account being locked. Raises ValidationError when it no longer can.

    What it lets one read depends on the role: another one would make it another request.
    """
    if not compte.is_active:
        raise ValidationError(f"Le compte de {compte} est désactivé : refusez la demande.")
    if demande.role != compte.role:
        raise ValidationError(ROLE_CHANGE.format(compte))
    jour, demandee = as_day(maintenant), json.loads(demande.cible)
    if "finir" in demandee:
        tenue = _hold(demandee["finir"], jour)
        if tenue is None:
            raise ValidationError(FINIE)
        _end(acteur, tenue, jour, demande)
        return
    donnee = Responsabilite(compte=compte, **demandee)
    _check(donnee)
    if donnee.date_fin is not None and donnee.date_fin < jour:
        raise ValidationError(FINIE)
    if donnee.structure and not Structure.objects.open_on(jour).filter(pk=donnee.structure.pk).exists():
        raise ValidationError(FERMEE)
    _write(acteur, donnee, demande)


def _widens(
    compte: Utilisateur,
    avant: Iterable[Responsabilite],
    apres: Iterable[Responsabilite],
    maintenant: datetime.datetime,
) -> bool:
    """Whether the account would read more, now or on a later day."""
    avant_tenues, apres_tenues = (
        [Tenue(r.date_debut, r.date_fin, r.structure_id, r.collectivite_id) for r in lignes]
        for lignes in (avant, apres)
    )
    return widens(compte.portee, avant_tenues, apres_tenues, as_day(maintenant))


def _ask(
    acteur: Utilisateur,
    compte: Utilisateur,
    maintenant: datetime.datetime,
    cible: dict[str, Any],
    precision: str,
) -> DemandeCompte:
    """Ask the chef de section, in the place of the same request."""
    record_act(acteur=acteur, acte="agents.ask_portee", objet=compte, libelle=f"{compte} : {precision}")
    return ask(
        acteur=acteur,
        compte=compte,
        nature=NatureDemande.PORTEE,
        maintenant=maintenant,
        cible=json.dumps(cible, cls=DjangoJSONEncoder),
        precision=precision,
    )


def _describe(responsabilite: Responsabilite) -> str:
    """Say what for and how long; who approves reads it."""
    debut, fin = format_date(responsabilite.date_debut), responsabilite.date_fin
    duree = f" au {format_date(fin)}" if fin else ", sans fin"
    return f"{str(responsabilite.objet)[:200]} (du {debut}{duree})"


def _hold(pk: int, jour: datetime.date) -> Responsabilite | None:
    """Return this responsibility, held until the end of the transaction, unless it is over."""
    courent = Responsabilite.objects.filter(Q(date_fin__isnull=True) | Q(date_fin__gte=jour))
    return courent.select_for_update().filter(pk=pk).first()


def _check(donnee: Responsabilite) -> None:
    """Raise ValidationError when it does not hold, or when the account answers for it at these dates."""
    donnee.full_clean()
    memes = Responsabilite.objects.filter(
        compte=donnee.compte, structure=donnee.structure, collectivite=donnee.collectivite
    )
    suit = Q() if donnee.date_fin is None else Q(date_debut__lte=donnee.date_fin)
    if memes.filter(suit & (Q(date_fin__isnull=True) | Q(date_fin__gte=donnee.date_debut))).exists():
        raise ValidationError(DEJA)


def _write(acteur: Any, donnee: Responsabilite, demande: DemandeCompte | None = None) -> Responsabilite:
    """Write what the account answers for from now on."""
    donnee.save()
    _record(acteur, "agents.give_responsabilite", donnee, demande)
    return donnee


def _end(
    acteur: Any, tenue: Responsabilite, jour: datetime.date, demande: DemandeCompte | None = None
) -> None:
    """Let it end the day before; one that has not begun leaves no row but in its history."""
    _record(acteur, "agents.end_responsabilite", tenue, demande)
    if tenue.date_debut >= jour:
        tenue.delete()
        return
    tenue.date_fin = jour - UN_JOUR
    tenue.save(update_fields=["date_fin"])


def _record(acteur: Any, acte: str, tenue: Responsabilite, demande: DemandeCompte | None) -> None:
    """Leave the journal's line, with who had asked for it."""
    suite = "" if demande is None else f", demandé par {demande.demandeur}"
    record_act(acteur=acteur, acte=acte, objet=tenue.compte, libelle=f"{tenue}{suite}")
