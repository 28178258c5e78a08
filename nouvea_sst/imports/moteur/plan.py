"""What each row of a file would do: create, change, leave alone, or nothing because it is refused."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.moteur.analyse import Analyse, LigneFichier, Reglages, analyse_file
from nouvea_sst.imports.rules.cible import (
    Ajouts,
    Cible,
    Faute,
    LigneLue,
    Rapprochement,
    Valeurs,
)
from nouvea_sst.imports.rules.cles import row_key
from nouvea_sst.imports.rules.ecarts import find_changes, is_blank
from nouvea_sst.imports.rules.valeurs import Inconnue, Retenues, count_unknown


class ColonnesManquantes(ValueError):
    """The columns chosen do not give what a row needs; the message says so in French."""


@dataclass(slots=True)
class LignePlan:
    """A row and its effect."""

    numero: int
    effet: EffetLigne
    valeurs: Valeurs
    cle: str = ""
    pk: int | None = None
    changements: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faute: Faute | None = None
    avertissements: list[Faute] = field(default_factory=list)
    inconnue: bool = False
    cellules: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """All rows of a file with their effects."""

    analyse: Analyse
    lignes: list[LignePlan]
    ajouts: list[Ajouts]
    contexte: Any = None
    inconnues: list[Inconnue] = field(default_factory=list)

    def of(self, effet: EffetLigne) -> list[LignePlan]:
        """The rows that have this effect."""
        return [ligne for ligne in self.lignes if ligne.effet == effet]

    def refuse_warned(self, cible: Cible) -> None:
        """Refuse the rows that would write something and carry a warning, with what it says."""
        for lue, ligne in zip(self.analyse.lignes, self.lignes, strict=True):
            if ligne.avertissements and ligne.effet in (EffetLigne.CREE, EffetLigne.MODIFIE):
                premier = ligne.avertissements[0]
                motif = " ".join(avertissement.motif for avertissement in ligne.avertissements)
                ligne.faute = Faute(cible.label(premier.colonne), premier.valeur, motif)
                ligne.effet, ligne.changements, ligne.avertissements = EffetLigne.REFUSE, {}, []
                ligne.cellules = self.analyse.read_cells(lue)

    def counts(self) -> dict[str, int]:
        """Rows in all and by effect; those that wait or are left aside, only where there are some."""
        nombres = Counter(ligne.effet for ligne in self.lignes)
        attentes, ignores = nombres[EffetLigne.ATTENTE], nombres[EffetLigne.IGNORE]
        return {
            "lignes": len(self.lignes),
            "crees": nombres[EffetLigne.CREE],
            "modifies": nombres[EffetLigne.MODIFIE],
            "inchanges": nombres[EffetLigne.INCHANGE],
            "refuses": nombres[EffetLigne.REFUSE],
            "avertis": sum(bool(ligne.avertissements) for ligne in self.lignes),
            **({"attentes": attentes} if attentes else {}),
            **({"ignores": ignores} if ignores else {}),
        }

    def left_aside(self) -> list[tuple[str, int]]:
        """Why rows are left aside, and how many for each reason, the most frequent first."""
        motifs = Counter(ligne.faute.motif for ligne in self.of(EffetLigne.IGNORE) if ligne.faute is not None)
        return sorted(motifs.items(), key=lambda un: (-un[1], un[0]))

    def refusals(self) -> list[dict[str, Any]]:
        """The refused rows as the command prints them."""
        return [
            {"ligne": n.numero, "colonne": n.faute.colonne, "valeur": n.faute.valeur, "motif": n.faute.motif}
            for n in self.of(EffetLigne.REFUSE)
            if n.faute is not None
        ]

    def without_waiting(self) -> "Plan":
        """The rows that can be settled now."""
        return replace(self, lignes=[n for n in self.lignes if n.effet != EffetLigne.ATTENTE])


def build_plan(
    cible: Cible,
    contenu: bytes,
    reglages: Reglages,
    jour: datetime.date,
    acteur: Any = None,
    retenues: Retenues | None = None,
) -> Plan:
    """Read the file and say what each row would do. Raises FichierIllisible, ColonnesManquantes."""
    return plan_rows(cible, analyse_file(cible, contenu, reglages, retenues), jour, acteur)


def plan_rows(cible: Cible, analyse: Analyse, jour: datetime.date, acteur: Any = None) -> Plan:
    """Say what each row of a recognised file would do for this account. Raises ColonnesManquantes."""
    manquants = analyse.missing(cible)
    if manquants:
        noms = " et ".join(f"« {cible.label(nom)} »" for nom in manquants)
        raise ColonnesManquantes(f"Aucune colonne du fichier ne donne {noms}.")
    en_tetes = analyse.en_tetes
    cles = _check_rows(cible, analyse, jour)
    acceptees = [
        LigneLue(ligne.numero, ligne.valeurs, cles[ligne.numero])
        for ligne in analyse.lignes
        if not ligne.fautes
    ]
    confrontation = cible.confronter(acceptees, acteur)
    par_numero = dict(zip((a.numero for a in acceptees), confrontation.rapprochements, strict=True))
    # What the database knows of a row is let go with it: a long file would hold all of it twice.
    confrontation.rapprochements.clear()
    lignes = [
        _effect(cible, ligne, cles.get(ligne.numero, ""), par_numero.pop(ligne.numero, None), en_tetes)
        for ligne in analyse.lignes
    ]
    _refuse_second_claims(cible, lignes)
    _warn(cible, lignes, jour)
    for lue, ligne in zip(analyse.lignes, lignes, strict=True):
        if ligne.effet == EffetLigne.REFUSE:
            ligne.cellules = analyse.read_cells(lue)
        elif ligne.effet == EffetLigne.ATTENTE:
            ligne.cellules = analyse.keep_cells(lue)
    attentes = ([n.faute] for n in lignes if n.effet == EffetLigne.ATTENTE and n.faute is not None)
    fautes = (lue.fautes + ligne.avertissements for lue, ligne in zip(analyse.lignes, lignes, strict=True))
    inconnues = count_unknown([*fautes, *attentes])
    return Plan(analyse, lignes, confrontation.ajouts, confrontation.contexte, inconnues)


def _check_rows(cible: Cible, analyse: Analyse, jour: datetime.date) -> dict[int, str]:
    """Add to each row the faults that it shows by itself or beside the others; return the keys by row."""
    cles: dict[int, str] = {}
    premieres: dict[str, LigneFichier] = {}
    check = cible.controler(jour)
    for ligne in analyse.lignes:
        vides = [c for c in cible.obligatoires if is_blank(ligne.valeurs.get(c))]
        en_faute = {f.colonne for f in ligne.fautes}
        ligne.fautes += [_empty(cible, analyse, champ, en_faute) for champ in vides]
        ligne.fautes = [f for f in ligne.fautes if f.motif]
        ligne.fautes += check(ligne.valeurs)
        if ligne.fautes:
            continue
        cle = row_key(analyse.cle, cible.cle_secours, ligne.valeurs)
        premiere = premieres.setdefault(cle, ligne)
        if premiere is ligne:
            cles[ligne.numero] = cle
        else:
            ligne.fautes.append(_doubled(cible, analyse, ligne, premiere))
    return cles


def _empty(cible: Cible, analyse: Analyse, champ: str, en_faute: set[str]) -> Faute:
    """The fault of an empty required field; silent when the cell itself was already refused."""
    sources = [source for source, obtenus in cible.obtenus.items() if champ in obtenus]
    entetes = [entete for nom, entete in analyse.en_tetes.items() if nom in {champ, *sources}]
    if en_faute & set(entetes):
        return Faute("", "", "")
    libelle = cible.label(champ)
    return Faute(entetes[0] if entetes else libelle, "", f"Le champ « {libelle} » est vide.")


def _doubled(cible: Cible, analyse: Analyse, ligne: LigneFichier, premiere: LigneFichier) -> Faute:
    champ = analyse.cle.champs[0]
    valeur = cible.champ(champ).show(ligne.valeurs.get(champ))
    if ligne.valeurs == premiere.valeurs:
        return Faute(champ, valeur, f"Cette ligne répète la ligne {premiere.numero}.")
    qui = cible.nommer(premiere.valeurs)
    return Faute(
        champ,
        valeur,
        f"Déjà dans le fichier, ligne {premiere.numero} : {qui}. "
        f"Deux lignes ne peuvent pas porter la même clé ({cible.describe_key(analyse.cle)}).",
    )


def _effect(
    cible: Cible,
    ligne: LigneFichier,
    cle: str,
    rapprochement: Rapprochement | None,
    en_tetes: Mapping[str, str],
) -> LignePlan:
    """Put a row and what the database knows together."""
    if rapprochement is not None and rapprochement.faute is not None:
        ligne.fautes.append(rapprochement.faute)
    if ecart := next((faute for faute in ligne.fautes if faute.ecarte), None):
        ligne.fautes = [ecart]
        faute = _as_one(cible, ligne, en_tetes)
        return LignePlan(ligne.numero, EffetLigne.IGNORE, ligne.valeurs, cle, faute=faute)
    if ligne.fautes or rapprochement is None:
        faute = _as_one(cible, ligne, en_tetes)
        inconnue = any(f.inconnu for f in ligne.fautes)
        return LignePlan(ligne.numero, EffetLigne.REFUSE, ligne.valeurs, cle, faute=faute, inconnue=inconnue)
    if rapprochement.attente is not None:
        attente = replace(rapprochement.attente, colonne=_header(cible, rapprochement.attente, en_tetes))
        inconnue = bool(attente.inconnu)
        return LignePlan(
            ligne.numero, EffetLigne.ATTENTE, ligne.valeurs, cle, faute=attente, inconnue=inconnue
        )
    if rapprochement.pk is None:
        avertissements = list(rapprochement.avertissements)
        return LignePlan(ligne.numero, EffetLigne.CREE, ligne.valeurs, cle, avertissements=avertissements)
    changements = find_changes(
        rapprochement.connu, ligne.valeurs, cible.virtuels, cible.sans_casse, cible.effacables
    )
    effet = EffetLigne.MODIFIE if changements else EffetLigne.INCHANGE
    return LignePlan(
        ligne.numero,
        effet,
        ligne.valeurs,
        cle,
        rapprochement.pk,
        changements,
        avertissements=list(rapprochement.avertissements),
    )


def _as_one(cible: Cible, ligne: LigneFichier, en_tetes: Mapping[str, str]) -> Faute:
    """Return the first fault of a row under its header as the file writes it; the others follow it."""
    premiere, *autres = ligne.fautes
    entete = _header(cible, premiere, en_tetes)
    suite = "".join(f" De plus, {_in_sentence(cible, autre, en_tetes)}" for autre in autres)
    return Faute(entete, premiere.valeur, premiere.motif + suite)


def _header(cible: Cible, faute: Faute, en_tetes: Mapping[str, str]) -> str:
    """The header of the column that a fault names, as the file writes it; else the field's label."""
    sources = (faute.colonne, *(s for s, obtenus in cible.obtenus.items() if faute.colonne in obtenus))
    return next((en_tetes[s] for s in sources if s in en_tetes), cible.label(faute.colonne))


def _in_sentence(cible: Cible, faute: Faute, en_tetes: Mapping[str, str]) -> str:
    entete = _header(cible, faute, en_tetes)
    valeur = f" ({faute.valeur})" if faute.valeur else ""
    return f"colonne « {entete} »{valeur} : {faute.motif}"


def _refuse_second_claims(cible: Cible, lignes: list[LignePlan]) -> None:
    """Refuse a row that reaches the same record as an earlier one by another way."""
    premieres: dict[int, LignePlan] = {}
    for ligne in lignes:
        if ligne.pk is None or ligne.faute is not None:
            continue
        premiere = premieres.setdefault(ligne.pk, ligne)
        if premiere is not ligne:
            ligne.effet, ligne.changements = EffetLigne.REFUSE, {}
            nom = cible.nommer(ligne.valeurs)
            ligne.faute = Faute("", nom, f"La ligne {premiere.numero} concerne déjà {cible.meme}.")


def _warn(cible: Cible, lignes: list[LignePlan], jour: datetime.date) -> None:
    """Say of each row that writes something what deserves a look."""
    check = cible.avertir(jour) if cible.avertir is not None else None
    for ligne in lignes:
        if ligne.effet in {EffetLigne.CREE, EffetLigne.MODIFIE}:
            propres = check(ligne.valeurs) if check is not None else []
            ligne.avertissements = [*propres, *ligne.avertissements]
            ligne.inconnue = any(a.inconnu for a in ligne.avertissements)
        else:
            ligne.avertissements = []
