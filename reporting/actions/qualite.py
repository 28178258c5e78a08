"""« Ce n’est pas une erreur »: sets a row of a contradiction aside, and takes it back."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agents.perms import refuse_own_file
from nouvea_sst.comptes.journal import record_act
from nouvea_sst.lib.contradictions import Contradiction
from nouvea_sst.lib.versions import check_version
from reporting.models import ContradictionEcartee


@transaction.atomic
def set_aside(
    *, acteur: Any, contradiction: Contradiction, ligne: Any, raison: str, maintenant: datetime.datetime
) -> ContradictionEcartee:
    """Say that a row of this contradiction, which the account sees, is no error; asked twice, one stays.

    Raises PermissionDenied for one's own file.
    """
    agent = contradiction.agent_of(ligne)
    if agent is not None:
        refuse_own_file(acteur, agent)
    ecartee, neuve = ContradictionEcartee.objects.get_or_create(
        code=contradiction.code,
        cle=ligne.pk,
        reprise_le=None,
        defaults={"raison": raison, "ecartee_par": acteur, "ecartee_le": maintenant},
    )
    if neuve:
        record_act(
            acteur=acteur,
            acte="qualite.set_aside",
            objet=ecartee,
            agent=agent,
            libelle=f"{contradiction.libelle} (n° {ligne.pk})",
        )
    return ecartee


@transaction.atomic
def take_back(
    *, acteur: Any, contradiction: Contradiction, ligne: Any, version: int, maintenant: datetime.datetime
) -> ContradictionEcartee:
    """Count a row again among those to treat.

    Raises VersionPerimee, ValidationError when it is not set aside, PermissionDenied for one's own file.
    """
    agent = contradiction.agent_of(ligne)
    if agent is not None:
        refuse_own_file(acteur, agent)
    siennes = ContradictionEcartee.objects.select_for_update(of=("self",)).in_force()
    ecartee = siennes.filter(code=contradiction.code, cle=ligne.pk).first()
    if ecartee is None:
        raise ValidationError("Cette ligne n’est plus écartée.")
    check_version(ecartee, version)
    ecartee.reprise_le = maintenant
    ecartee.version += 1
    ecartee.save(update_fields=["reprise_le", "version"])
    record_act(
        acteur=acteur,
        acte="qualite.take_back",
        objet=ecartee,
        agent=agent,
        libelle=f"{contradiction.libelle} (n° {ligne.pk})",
    )
    return ecartee
