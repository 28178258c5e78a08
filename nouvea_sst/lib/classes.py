"""The class of a field: who may read what it holds, at most. securite.md §2.1 is the source.

Each model says it field by field in CLASSES, beside its columns; a field that no class names fails a test.
A model of history says nothing: it holds copies, and a copy is as secret as what it copies.
"""

from enum import StrEnum
from typing import Any

# pghistory puts its own columns (when, which act, whose request) beside those that it copies.
PREFIXE_HISTORIQUE = "pgh_"


class Classe(StrEnum):
    """From the most to the least secret; the value is the sigle of the source."""

    M2 = "M2"
    M1 = "M1"
    Y1 = "Y1"
    H2 = "H2"
    H1 = "H1"
    A2 = "A2"
    A1 = "A1"
    C2 = "C2"
    C1 = "C1"
    I2 = "I2"
    I1 = "I1"
    B1 = "B1"
    S1 = "S1"
    L1 = "L1"
    # Reference data, keys, states, versions: nothing about a person.
    T0 = "T0"


Classes = dict[Classe, tuple[str, ...]]

# What each class holds, and who reads it at most: a model's own rights may be narrower, never wider.
SENS: dict[Classe, tuple[str, str]] = {
    Classe.M2: ("Notes personnelles d’un médecin", "Leur auteur, lui seul"),
    Classe.M1: ("Contenu médical", "Le médecin du travail et les soignants qu’il nomme"),
    Classe.Y1: ("Notes d’un psychologue", "Leur auteur et le psychologue qu’il nomme"),
    Classe.H2: ("Notes médico-sociales", "Les coordinateurs du dossier, le chef de section"),
    Classe.H1: (
        "Conclusions, restrictions, échéances",
        "La section et les RH ; l’encadrant : la restriction de ses agents ; l’agent",
    ),
    Classe.A2: (
        "Absences, rendez-vous, naissance, numéros privés",
        "La section et les RH ; l’encadrant : les dates de ses agents ; l’agent",
    ),
    Classe.A1: ("Identité et poste", "La section et les RH ; l’encadrant : ses agents ; l’agent"),
    Classe.C2: ("Dossier de commission, partie médicale", "Le médecin du travail"),
    Classe.C1: ("Commission, partie administrative", "La section et les membres de l’instance"),
    Classe.I2: (
        "Nature et suites d’un accident",
        "La section et les RH ; l’encadrant : ses agents ; l’agent",
    ),
    Classe.I1: (
        "Faits d’un signalement, d’un accident, du plan d’actions",
        "La section ; l’encadrant : ses structures, sans le déclarant ; le déclarant et la victime",
    ),
    Classe.B1: ("Budget", "La section et l’auditeur"),
    Classe.S1: ("Statistiques et dossiers publiés", "La section, les membres du CHCT, l’auditeur"),
    Classe.L1: ("Traces : qui a fait quoi, quand", "L’auditeur ; chacun : ce qui le concerne"),
    Classe.T0: ("Référentiel, clés, états techniques", "Qui ouvre la page"),
}


def is_historique(modele: type[Any]) -> bool:
    """Whether the model holds the history of another one, as pghistory writes it."""
    return getattr(modele, "pgh_tracked_model", None) is not None


def declared_classes(modele: type[Any]) -> Classes:
    """Return what the model declares; the history of a model is declared by that model."""
    return getattr(modele.pgh_tracked_model if is_historique(modele) else modele, "CLASSES", {})


def fields_of(modele: type[Any]) -> list[str]:
    """Return the fields that need a class: keys, links and inherited ones, no reverse link."""
    champs = [champ.name for champ in (*modele._meta.fields, *modele._meta.many_to_many)]
    if is_historique(modele):
        return [champ for champ in champs if not champ.startswith(PREFIXE_HISTORIQUE)]
    return champs


def class_by_field(modele: type[Any]) -> dict[str, Classe]:
    """Return the class of each field, in the order of the columns; history's own columns are traces."""
    classes = {champ: classe for classe, champs in declared_classes(modele).items() for champ in champs}
    toutes = [champ.name for champ in (*modele._meta.fields, *modele._meta.many_to_many)]
    return {
        champ: classes.get(champ, Classe.L1) if champ.startswith(PREFIXE_HISTORIQUE) else classes[champ]
        for champ in toutes
    }
