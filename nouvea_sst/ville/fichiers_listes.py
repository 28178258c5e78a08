"""The small tables that the files of the demonstration city point at, with the former software's numbers."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from agents.enums import GroupeStatut
from agents.models import DroitMaladie, TypeAbsence
from nouvea_sst.referentiel.enums import NatureJour
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.ville.comptes import PERSONNES
from nouvea_sst.ville.lignes import LigneAgent
from nouvea_sst.ville.tirage_visites import CONCLUSIONS
from signalements.models import MaladieProfessionnelle, SiegeLesion, TypeAccident
from visites.enums import Conclusion
from visites.models import Motif, TypeInaptitude, TypeRestriction

GROUPE_MALADIES, FERIE, CHOME = 6, 1, 2
# The first row stands for a visit that is asked for and not yet placed.
A_RENSEIGNER = {"ID_MEDECIN": 1, "PRENOM": "A", "NOM": "RENSEIGNER"}
MEDECINS = {"medecin": 2, "infirmier": 3}
AVIS = {code: rang for rang, code in enumerate([*(c for c, _ in CONCLUSIONS), "attestation"], start=1)}


def restriction_numbers() -> dict[str, str]:
    """The number of each kind of restriction, by its words."""
    types = TypeRestriction.objects.order_by("ordre", "libelle")
    return {entree.libelle: numero for numero, entree in _numbered(types)}


def _numbered(entrees: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each entry with the former software's number; one that has none gets the next free one."""
    entrees = list(entrees)
    pris = {entree.code_ancien for entree in entrees}
    libres = (numero for rang in count(1) if (numero := str(rang)) not in pris)
    for entree in entrees:
        yield entree.code_ancien or next(libres), entree


def _named(modele: Any, numero: str, libelle: str) -> Iterator[dict[str, Any]]:
    for code, entree in _numbered(modele.objects.order_by("ordre", "libelle")):
        yield {numero: code, libelle: entree.libelle}


def small_lists(agents: list[LigneAgent]) -> dict[str, Iterator[dict[str, Any]]]:
    """Return the rows of each table, by the name of its file."""
    soignants = {role.value: personne for role, personne in PERSONNES.items()}
    natures = {NatureJour.FERIE: FERIE, NatureJour.CHOME: CHOME}
    return _medical_lists() | {
        "medecins.csv": iter(
            [
                A_RENSEIGNER,
                *(
                    {"ID_MEDECIN": rang, "PRENOM": soignants[role][1], "NOM": soignants[role][2]}
                    for role, rang in MEDECINS.items()
                ),
            ]
        ),
        "recommandations.csv": (
            {"ID_RECOMMANDATION": rang, "LIB_RECOMMANDATION": Conclusion(code).label.upper()}
            for code, rang in AVIS.items()
        ),
        "motifs_vm.csv": (
            {"ID_MOTIF_VM": m.code_ancien, "LIB_MOTIF_VM": m.libelle}
            for m in Motif.objects.exclude(code_ancien=None).order_by("code_ancien")
        ),
        "ref_type_absence.csv": (
            {
                "ID_REF_TYPE_ABSENCE": t.code,
                "LABEL": t.libelle,
                "ID_REF_GROUPE_ABSENCE": GROUPE_MALADIES,
                "IS_ACTIF": int(t.actif),
            }
            for t in TypeAbsence.objects.order_by("code")
        ),
        "droits_maladies.csv": _rights(),
        "jours_feries.csv": (
            {
                "DATE_JOUR": j.date,
                "ID_TYPE_JOUR_FERIE": natures[NatureJour(j.nature)],
                "DESCRIPTION": j.libelle,
            }
            for j in JourFerie.objects.filter(retire_parce_que="").order_by("date")
        ),
        "postes.csv": (
            {"LIB_TITRE_POSTE": intitule, "CATEGORIE_SUIVI": suivi}
            for intitule, suivi in sorted({a.poste: a.suivi for a in agents}.items())
        ),
        "sites.csv": (
            {"CDLIEU": rang, "LILIEU": site}
            for rang, site in enumerate(sorted({a.site for a in agents}), start=1)
        ),
    }


def _medical_lists() -> dict[str, Iterator[dict[str, Any]]]:
    return {
        "types_restriction.csv": (
            {
                "ID_TYPE_RESTRICTION": numero,
                "LIB_TYPE_RESTRICTION": t.libelle,
                "PRECISION_ATTENDUE": t.precision_attendue,
            }
            for numero, t in _numbered(TypeRestriction.objects.order_by("ordre", "libelle"))
        ),
        "types_inaptitude.csv": _named(TypeInaptitude, "ID_TYPE_INAPTITUDE", "LIB_TYPE_INAPTITUDE"),
        "ref_at.csv": _named(TypeAccident, "ID_REF_ACCIDENT_TRAVAIL", "LIBELLE"),
        "ref_siege.csv": _named(SiegeLesion, "ID_REF_SIEGE_LESION", "LIBELLE"),
        "ref_mp.csv": (
            {"CODE": m.code, "LIBELLE": m.libelle} for m in MaladieProfessionnelle.objects.order_by("code")
        ),
    }


def _rights() -> Iterator[dict[str, Any]]:
    """Yield the scale of sick-leave rights as the former software holds it: flags, and years « below »."""
    for rang, droit in enumerate(DroitMaladie.objects.offered(), start=1):
        fonctionnaire = int(droit.groupe == GroupeStatut.F)
        yield {
            "ID_REF_DROITS_MALADIES": rang,
            "F": fonctionnaire,
            "C": 1 - fonctionnaire,
            "CC": 1 - fonctionnaire,
            "DROITS_PS": droit.jours_plein,
            "DROITS_DS": droit.jours_demi,
            "ANNEE_ANCIENNETE": droit.annees_moins_de,
        }
