"""The sort key of a name, and entries of identity that make no sense."""

import datetime

from agents.enums import Statut
from agents.rules.statut import is_elu, statut_of
from nouvea_sst.lib.dates import years_between
from nouvea_sst.lib.texte import fold

AGE_MAXIMAL = 100


def name_key(nom: str, prenom: str) -> str:
    """Return the key that names are sorted and searched by: no case, no accents.

    >>> name_key("D’ARTAGNAN-Béa", "Éloi")
    'd artagnan bea eloi'
    """
    return fold(f"{nom} {prenom}")


def check_dates(
    *,
    jour: datetime.date,
    naissance: datetime.date | None,
    embauche: datetime.date | None,
    depart: datetime.date | None,
    age_embauche: int,
) -> dict[str, str]:
    """Return what makes no sense in the dates of an agent, in French by field; nothing when all is well."""
    fautes = {}
    if naissance and naissance > jour:
        fautes["date_naissance"] = "Cette date est dans l’avenir."
    elif naissance and years_between(naissance, jour) > AGE_MAXIMAL:
        fautes["date_naissance"] = f"L’agent aurait plus de {AGE_MAXIMAL} ans : vérifiez l’année."
    if naissance and embauche and years_between(naissance, embauche) < age_embauche:
        fautes["date_embauche"] = f"L’agent n’aurait pas eu {age_embauche} ans."
    if embauche and depart and depart < embauche:
        fautes["date_depart"] = "Le départ précède l’embauche."
    return fautes


def check_categorie(*, categorie: int | None, statut: str, est_elu: bool) -> dict[str, str]:
    """Return where the status or « élu » contradicts the career category, in French by field."""
    if categorie is None:
        return {}
    attendu = statut_of(categorie)
    if is_elu(categorie) and statut:
        return {"statut": f"La catégorie {categorie} est celle d’un élu, qui n’a pas de statut."}
    if attendu and statut and statut != attendu:
        return {"statut": f"La catégorie {categorie} donne le statut « {Statut(attendu).label} »."}
    if est_elu and not is_elu(categorie):
        return {"est_elu": f"La catégorie {categorie} n’est pas celle d’un élu (9, 10 ou 11)."}
    return {}
