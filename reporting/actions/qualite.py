"""« Ce n’est pas une erreur »: sets a row of a contradiction aside, and takes it back."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from agents.perms import PROPRE_FICHE, is_own_row
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
    agent = _refuse_own(acteur, contradiction, ligne)
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


def _refuse_own(acteur: Any, contradiction: Contradiction, ligne: Any) -> Any:
    """Return the agent of a row. Raises PermissionDenied for one's own file, or the double of it.

    What a list has found of the row beside it is asked anew: it may come from anywhere.
    """
    agent = contradiction.agent_of(ligne)
    relue = contradiction.lire(type(ligne)._base_manager.filter(pk=ligne.pk), acteur).first()
    if is_own_row(acteur, agent, relue):
        raise PermissionDenied(PROPRE_FICHE)
    return agent


@transaction.atomic
def take_back(
    *, acteur: Any, contradiction: Contradiction, ligne: Any, version: int, maintenant: datetime.datetime
) -> ContradictionEcartee:
    """Count a row again among those to treat.

    Raises VersionPerimee, ValidationError when it is not set aside, PermissionDenied for one's own file.
    """
    agent = _refuse_own(acteur, contradiction, ligne)
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
