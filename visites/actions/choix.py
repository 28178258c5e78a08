"""What a person decides about a visit due: another day, or that it is not to be held."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from agents.perms import is_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.versions import check_version
from visites.actions.mots import keep_words, read_words
from visites.actions.suivis import hold_agents, refresh_agent
from visites.enums import ChampPartage, Cloture, EtatDue
from visites.faits import read_valeurs
from visites.models import VisiteDue
from visites.rules.echeance import refuse_day


@transaction.atomic
def choose_date(
    *,
    acteur: Any,
    due: VisiteDue,
    version: int,
    jour: datetime.date,
    choisie: datetime.date | None,
    raison_choix: str,
    confirmes: Collection[str] = (),
) -> VisiteDue:
    """Set another day than the rule's, with its reason, or give the rule's back when `choisie` is None.

    Raises ValidationError by field, VersionPerimee, PermissionDenied for one's own file.
    """
    due = _locked(acteur, due.pk, version)
    if due.etat != EtatDue.OUVERTE:
        raise ValidationError("Cette visite n’est plus due : sa date ne change plus.")
    if choisie is not None and choisie < jour:
        raise ValidationError({"choisie": "Choisissez un jour à venir."})
    if choisie is not None and (refus := refuse_day(choisie, due.calculee, jour, read_valeurs(jour))):
        raise ValidationError({"choisie": refus})
    if choisie is not None and not raison_choix.strip():
        raise ValidationError({"raison_choix": "Dites pourquoi la date change : la raison reste avec elle."})
    mots = read_words(texte=raison_choix if choisie else "", confirmes=confirmes, champ="raison_choix")
    due.choisie, due.proposee = choisie, due.calculee if choisie else None
    due.raison_choix = raison_choix.strip() if choisie else ""
    due.choisie_par = str(acteur) if choisie else ""
    due.echeance = choisie or due.calculee
    due.save()
    keep_words(acteur=acteur, champ=ChampPartage.CHOIX, marques=mots, due=due)
    refresh_agent(agent_id=due.agent_id, jour=jour)
    record_act(acteur=acteur, acte="visites.choose_date", objet=due, agent=due.agent, champs=["echeance"])
    return due


@transaction.atomic
def set_aside_due(
    *,
    acteur: Any,
    due: VisiteDue,
    version: int,
    jour: datetime.date,
    raison: str,
    confirmes: Collection[str] = (),
) -> VisiteDue:
    """Put a visit due aside for this occasion, with its reason; the calculation does not bring it back."""
    due = _locked(acteur, due.pk, version)
    if due.etat != EtatDue.OUVERTE:
        raise ValidationError("Cette visite n’est plus due.")
    if not raison.strip():
        raise ValidationError({"raison": "Dites pourquoi cette visite n’est pas à faire."})
    mots = read_words(texte=raison, confirmes=confirmes, champ="raison")
    due.etat, due.cloture, due.close_le = EtatDue.ECARTEE, Cloture.ECARTEE, jour
    due.ecartee_parce_que = raison.strip()
    due.save()
    keep_words(acteur=acteur, champ=ChampPartage.ECART, marques=mots, due=due)
    refresh_agent(agent_id=due.agent_id, jour=jour)
    record_act(acteur=acteur, acte="visites.set_aside_due", objet=due, agent=due.agent)
    return due


@transaction.atomic
def take_up_due(*, acteur: Any, due: VisiteDue, version: int, jour: datetime.date) -> VisiteDue:
    """Take up again a visit that was put aside. Raises ValidationError when it was not."""
    due = _locked(acteur, due.pk, version)
    if due.etat != EtatDue.ECARTEE:
        raise ValidationError("Cette visite n’est pas écartée.")
    due.etat, due.cloture, due.close_le, due.ecartee_parce_que = EtatDue.OUVERTE, "", None, ""
    due.save()
    refresh_agent(agent_id=due.agent_id, jour=jour)
    record_act(acteur=acteur, acte="visites.take_up_due", objet=due, agent=due.agent)
    return due


def _locked(acteur: Any, due_id: int, version: int) -> VisiteDue:
    """Return the row, locked, its version raised. Raises VersionPerimee, PermissionDenied for one's own."""
    agent_id = VisiteDue.objects.values_list("agent_id", flat=True).get(pk=due_id)
    hold_agents(cles=[agent_id])
    due = VisiteDue.objects.select_related("agent").get(pk=due_id)
    if is_own_file(acteur, due.agent):
        raise PermissionDenied
    check_version(due, version)
    due.version += 1
    return due
