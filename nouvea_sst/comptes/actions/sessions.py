"""Closes sessions and links, and changes passwords."""

import datetime

from django.db import transaction

from nouvea_sst.comptes.actions.avis import notify
from nouvea_sst.comptes.enums import NatureAvis
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.comptes.models import SessionCompte, Utilisateur


def end_sessions(*, compte: Utilisateur, sauf: str | None = None) -> int:
    """Delete the sessions of an account, one excepted; return how many were open."""
    sessions = SessionCompte.objects.filter(compte=compte)
    if sauf is not None:
        sessions = sessions.exclude(session_key=sauf)
    return sessions.delete()[0]


def end_liens(*, compte: Utilisateur, maintenant: datetime.datetime) -> int:
    """Close the link of an account, if it has one that is open; return how many were."""
    return compte.liens.filter(fini_le=None).update(fini_le=maintenant)


@transaction.atomic
def close_session(*, acteur: Utilisateur, compte: Utilisateur, session_key: str) -> bool:
    """Close one session; return whether it was there."""
    supprimees = SessionCompte.objects.filter(compte=compte, session_key=session_key).delete()[0]
    if supprimees:
        record_act(acteur=acteur, acte="comptes.close_session", objet=compte)
    return bool(supprimees)


@transaction.atomic
def close_all_sessions(*, acteur: Utilisateur, compte: Utilisateur, sauf: str | None = None) -> int:
    """Close the sessions of an account, one excepted; return how many."""
    nombre = end_sessions(compte=compte, sauf=sauf)
    if nombre:
        record_act(
            acteur=acteur, acte="comptes.close_all_sessions", objet=compte, libelle=f"{compte} : {nombre}"
        )
    return nombre


@transaction.atomic
def close_oldest_sessions(
    *, compte: Utilisateur, maintenant: datetime.datetime, sauf: str | None, garder: int
) -> int:
    """Close the sessions beyond the latest `garder`, one excepted; return how many."""
    Utilisateur.objects.select_for_update().get(pk=compte.pk)
    ouvertes = SessionCompte.objects.filter(compte=compte).open_at(maintenant).exclude(session_key=sauf)
    cles = ouvertes.order_by("-ouverte_le", "session_key").values_list("session_key", flat=True)
    nombre = SessionCompte.objects.filter(session_key__in=list(cles)[garder:]).delete()[0]
    if nombre:
        record_act(acteur=compte, acte="comptes.close_oldest_sessions", objet=compte)
    return nombre


@transaction.atomic
def change_password(
    *, compte: Utilisateur, maintenant: datetime.datetime, mot_de_passe: str, sauf: str | None
) -> None:
    """Give an account the password that its owner chose, and close its other sessions and its link."""
    compte.set_password(mot_de_passe)
    compte.save(update_fields=["password"])
    end_sessions(compte=compte, sauf=sauf)
    end_liens(compte=compte, maintenant=maintenant)
    notify(compte=compte, nature=NatureAvis.CHANGE, maintenant=maintenant)
    record_act(acteur=compte, acte="comptes.change_password", objet=compte)
