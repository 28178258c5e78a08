"""Who decides with whom about accounts."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from nouvea_sst.comptes.enums import NatureAvis, NatureDemande, NatureLien, Role

# They reach their own file, their teams or published figures: one administrator may hand out a new way in,
# and the person is told. Every other role reads many people's data, or decides about accounts.
A_UN = frozenset({Role.AGENT, Role.ENCADRANT, Role.CHCT})
# Their accounts open what is most secret: what is approved takes effect later, so that they may refuse.
SOIGNANTS = frozenset({Role.MEDECIN, Role.INFIRMIER, Role.PSYCHOLOGUE})
# Requests without which the account opens to nobody.
OUVERTURES = frozenset({NatureDemande.CREATION, NatureDemande.REOUVERTURE})
# Decided about an account that is open: its holder reads it there and may refuse.
A_OUVRIR_AVANT = frozenset(
    {NatureDemande.ROLE, NatureDemande.ADRESSE, NatureDemande.REINITIALISATION, NatureDemande.PORTEE}
)
# Several of them may wait for one account, each about something else: one structure, then another.
PLUSIEURS = frozenset({NatureDemande.PORTEE})
# What gives an account more to read: whoever approves is told of a way in that one administrator gave it.
DONNENT_A_LIRE = frozenset({NatureDemande.ROLE, NatureDemande.PORTEE})
DUREES = {
    NatureLien.INVITATION: datetime.timedelta(hours=72),
    NatureLien.REINITIALISATION: datetime.timedelta(hours=1),
}
# An approved request for a new password serves this long.
ACCORD = datetime.timedelta(hours=24)
DORMANCE = datetime.timedelta(days=90)


class Etapes(NamedTuple):
    """What the person is told when something is asked, approved for later, done; None: nothing."""

    demande: NatureAvis | None = None
    accord: NatureAvis | None = None
    effet: NatureAvis | None = None


AVIS = {
    NatureDemande.CREATION: Etapes(),
    NatureDemande.REINITIALISATION: Etapes(
        NatureAvis.REINITIALISATION_DEMANDEE, NatureAvis.REINITIALISATION_ACCORDEE
    ),
    NatureDemande.ROLE: Etapes(NatureAvis.ROLE_DEMANDE, NatureAvis.ROLE_ACCORDE, NatureAvis.ROLE_CHANGE),
    NatureDemande.ADRESSE: Etapes(
        NatureAvis.ADRESSE_DEMANDEE, NatureAvis.ADRESSE_ACCORDEE, NatureAvis.ADRESSE_CHANGEE
    ),
    NatureDemande.FICHE: Etapes(
        NatureAvis.FICHE_DEMANDEE, NatureAvis.FICHE_ACCORDEE, NatureAvis.FICHE_CHANGEE
    ),
    NatureDemande.PORTEE: Etapes(
        NatureAvis.PORTEE_DEMANDEE, NatureAvis.PORTEE_ACCORDEE, NatureAvis.PORTEE_CHANGEE
    ),
    NatureDemande.REOUVERTURE: Etapes(NatureAvis.REOUVERTURE_DEMANDEE, None, NatureAvis.ROUVERT),
}


def needs_two(role: str) -> bool:
    """Whether a new password or address for this role, or its reopening, needs a second person."""
    return role not in A_UN


def delay_of(nature: str, roles: Iterable[str], delai: datetime.timedelta) -> datetime.timedelta:
    """Return how long after its approval a request takes effect: `delai` where care staff have an account.

    `roles` are the one that the account has and the one that is asked (securite.md, T-04).
    """
    attend = nature not in OUVERTURES and any(role in SOIGNANTS for role in roles)
    return delai if attend else datetime.timedelta()


def lifetime_of(nature: str) -> datetime.timedelta:
    """Return how long a link opens: 72 h to join, 1 h to choose a new password (ASVS 6.4.1)."""
    return DUREES[NatureLien(nature)]
