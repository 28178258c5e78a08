"""A version of a rule of visits in words: what it says, what it changes, which values it reads."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from agents.models import TypeAbsence, TypePosition
from nouvea_sst.lib.affichage import count_of
from nouvea_sst.referentiel.enums import EtatValeur, Fiabilite
from nouvea_sst.referentiel.models import Parametre
from nouvea_sst.referentiel.rules.valeurs import has_begun, write_valeur
from visites.dossiers import make_regle
from visites.enums import NatureVisite
from visites.models import RegleVisite
from visites.parametres import LUES_PAR
from visites.rules.regles import Regle, word_offset
from visites.rules.versions import reads, warn_version, word_rule


@dataclass(frozen=True)
class Noms:
    """The kinds of absence and the positions by their code."""

    types: Mapping[int, str]
    positions: Mapping[str, str]

    @classmethod
    def read(cls) -> "Noms":
        """Those of the reference data, put aside ones too: an old version may name them."""
        types = TypeAbsence.objects.order_by().annotate(genre=Value("type"), cle=Cast("code", CharField()))
        positions = TypePosition.objects.order_by().annotate(genre=Value("position"), cle=F("code"))
        champs = ("genre", "cle", "libelle")
        lus = list(types.values_list(*champs).union(positions.values_list(*champs), all=True))
        return cls(
            {int(cle): libelle for genre, cle, libelle in lus if genre == "type"},
            {cle: libelle for genre, cle, libelle in lus if genre == "position"},
        )

    def types_of(self, regle: RegleVisite) -> str:
        """« Maladie, Longue maladie », or that all count."""
        return ", ".join(self.types.get(c, f"n° {c}") for c in regle.types_absence) or "tous"

    def positions_of(self, regle: RegleVisite) -> str:
        """« Congé de longue durée », or that all count."""
        return ", ".join(self.positions.get(c, f"n° {c}") for c in regle.positions) or "toutes"


def condition_of(regle: RegleVisite) -> str:
    """The thresholds in words."""
    return word_rule(make_regle(regle))


def offset_of(regle: RegleVisite) -> str:
    """When the visit is due, in words."""
    return word_offset(make_regle(regle))


def describe(regle: RegleVisite, noms: Noms) -> list[tuple[str, str]]:
    """The columns that count for this rule, each with its words."""
    recul = regle.recul_mois
    mots = {
        "libelle": ("Ce que dit la règle", regle.libelle),
        "motif": ("Motif de la visite", str(regle.motif)),
        "active": ("Appliquée", "oui" if regle.active else "non"),
        "seuil": ("Condition", condition_of(regle)),
        "types_absence": ("Types d’absence", noms.types_of(regle)),
        "positions": ("Positions", noms.positions_of(regle)),
        "natures": (
            "Visites qui servent",
            ", ".join(str(NatureVisite(nature).label) for nature in regle.natures) or "toutes",
        ),
        "decalage": ("La visite est due", offset_of(regle)),
        "priorite": ("Priorité", str(regle.priorite)),
        "recul_mois": (
            "Remonte",
            f"aux faits des {count_of(recul, 'mois,mois')} passés" if recul else "sans limite",
        ),
        "fiabilite": ("Fiabilité", str(Fiabilite(regle.fiabilite).label)),
        "source": ("Source", regle.source),
    }
    lues = reads(regle.declencheur)
    return [couple for champ, couple in mots.items() if champ in lues]


def differences(avant: RegleVisite, apres: RegleVisite, noms: Noms) -> list[tuple[str, str, str]]:
    """Label, words before and after of each column that differs."""
    paires = zip(describe(avant, noms), describe(apres, noms), strict=True)
    return [(nom, un, autre) for (nom, un), (_, autre) in paires if un != autre]


def warnings_of(regle: RegleVisite, avant: RegleVisite | None = None) -> list[str]:
    """What a person should read before adopting this version, beside the other rules of its first day."""
    autres: dict[str, Regle] = {
        ligne.declencheur: make_regle(ligne)
        for ligne in RegleVisite.objects.in_force(regle.date_effet)
        if ligne.active and ligne.declencheur != regle.declencheur
    }
    phrases = warn_version(make_regle(regle), regle.active, autres)
    if avant and regle.libelle == avant.libelle and condition_of(regle) != condition_of(avant):
        phrases.append(f"La condition change et la phrase reste « {regle.libelle} » : relisez-la.")
    return phrases


def current_of(lignes: Sequence[RegleVisite], jour: datetime.date) -> RegleVisite | None:
    """The version in force on a day, of rows latest first."""
    return next((v for v in lignes if not v.retiree_parce_que and has_begun(v.date_effet, jour)), None)


def state_of(ligne: RegleVisite, actuelle: RegleVisite | None, jour: datetime.date) -> EtatValeur:
    """Where a version stands."""
    if ligne.retiree_parce_que:
        return EtatValeur.RETIREE
    if not has_begun(ligne.date_effet, jour):
        return EtatValeur.A_VENIR
    return EtatValeur.EN_VIGUEUR if ligne == actuelle else EtatValeur.PASSEE


def values_read(jour: datetime.date, declencheur: str = "") -> list[tuple[Parametre, str]]:
    """The dated values that a rule reads, or all rules, each with its words."""
    cles = {
        cle.code: cle for code, lues in LUES_PAR.items() if declencheur in ("", code) for cle in lues
    }.values()
    lues = {valeur.code: valeur for valeur in Parametre.objects.of(cles).in_force(jour)}
    return [
        (lues[cle.code], write_valeur(lues[cle.code].valeur, lues[cle.code].unite))
        for cle in cles
        if cle.code in lues
    ]
