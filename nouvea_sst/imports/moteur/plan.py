"""What each row of a file would do: create, change, leave alone, or nothing because it is refused."""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import Truncator

from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.moteur.analyse import Analyse, LigneFichier, Reglages, analyse_file
from nouvea_sst.imports.moteur.renvois import Renvoi, find_returns
from nouvea_sst.imports.rules.cible import (
    Ajouts,
    Cible,
    Faute,
    LigneLue,
    Nature,
    Rapprochement,
    Reference,
    Valeurs,
)
from nouvea_sst.imports.rules.cles import is_complete, row_key
from nouvea_sst.imports.rules.ecarts import find_changes, is_blank
from nouvea_sst.imports.rules.textes import cell_text
from nouvea_sst.imports.rules.valeurs import Inconnue, Retenues, count_unknown

# Of a text too long to be kept, the beginning says whose row it is.
TITRE = 30


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
    titre: str = ""


@dataclass
class Plan:
    """All rows of a file with their effects."""

    analyse: Analyse
    lignes: list[LignePlan]
    contexte: Any = None
    retenir: Callable[[Set[int | str]], list[Ajouts]] | None = None
    inconnues: list[Inconnue] = field(default_factory=list)
    ajouts: list[Ajouts] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keep_named()

    def of(self, effet: EffetLigne) -> list[LignePlan]:
        """The rows that have this effect."""
        return [ligne for ligne in self.lignes if ligne.effet == effet]

    def refuse_warned(self, cible: Cible) -> None:
        """Refuse the rows that would write something and carry a warning, with what it says.

        What points at a record that one of them would have made is refused with it.
        """
        perdues: set[str] = set()
        for lue, ligne in zip(self.analyse.lignes, self.lignes, strict=True):
            if ligne.avertissements and ligne.effet in (EffetLigne.CREE, EffetLigne.MODIFIE):
                premier = ligne.avertissements[0]
                motif = " ".join(avertissement.motif for avertissement in ligne.avertissements)
                ligne.faute = Faute(cible.label(premier.colonne), premier.valeur, motif)
                perdues |= {ligne.cle} if ligne.effet == EffetLigne.CREE else set()
                ligne.effet, ligne.changements, ligne.avertissements = EffetLigne.REFUSE, {}, []
                ligne.cellules = self.analyse.read_cells(lue)
        self._refuse_pointing_at(cible, perdues)
        self.keep_named()

    def _refuse_pointing_at(self, cible: Cible, perdues: set[str]) -> None:
        """Refuse the rows that name a record of the file that will not be made, one after the other."""
        while perdues:
            suivantes: set[str] = set()
            for lue, ligne in zip(self.analyse.lignes, self.lignes, strict=True):
                if ligne.effet not in (EffetLigne.CREE, EffetLigne.MODIFIE):
                    continue
                nomme = next(
                    ((nom, v) for nom, v in ligne.valeurs.items() if _names_one_of(v, ligne, perdues)), None
                )
                if nomme is not None:
                    suivantes |= {ligne.cle} if ligne.effet == EffetLigne.CREE else set()
                    motif = "La ligne que celle-ci désigne est refusée."
                    ligne.faute = Faute(cible.label(nomme[0]), str(nomme[1]), motif)
                    ligne.effet, ligne.changements, ligne.avertissements = EffetLigne.REFUSE, {}, []
                    ligne.cellules = self.analyse.read_cells(lue)
            perdues = suivantes

    def keep_named(self) -> None:
        """Add beside the rows only what a row that will be written names."""
        if self.retenir is not None:
            ecrites = [
                *(valeur for ligne in self.of(EffetLigne.CREE) for valeur in ligne.valeurs.values()),
                *(v for ligne in self.of(EffetLigne.MODIFIE) for _, v in ligne.changements.values()),
            ]
            nommees = {v.cle for v in ecrites if isinstance(v, Reference) and v.nouvelle}
            self.ajouts = self.retenir(nommees)

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


def _names_one_of(valeur: Any, ligne: LignePlan, cles: set[str]) -> bool:
    """Whether a value points at one of the rows of these keys, the row itself left out."""
    return isinstance(valeur, Reference) and valeur.cle in cles and valeur.cle != ligne.cle


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
        LigneLue(ligne.numero, ligne.valeurs, cles[ligne.numero], retiree=bool(ligne.fautes))
        for ligne in analyse.lignes
        if ligne.numero in cles
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
    _heed_returns(lignes, find_returns(cible, analyse))
    _warn(cible, lignes, jour)
    for lue, ligne in zip(analyse.lignes, lignes, strict=True):
        if ligne.effet == EffetLigne.REFUSE:
            ligne.cellules = analyse.read_cells(lue)
            ligne.titre = _title(cible, analyse, lue)
        elif ligne.effet == EffetLigne.ATTENTE:
            ligne.cellules = analyse.keep_cells(lue)
    attentes = ([n.faute] for n in lignes if n.effet == EffetLigne.ATTENTE and n.faute is not None)
    fautes = (lue.fautes + ligne.avertissements for lue, ligne in zip(analyse.lignes, lignes, strict=True))
    inconnues = count_unknown([*fautes, *attentes])
    return Plan(analyse, lignes, confrontation.contexte, confrontation.retenir, inconnues)


def _title(cible: Cible, analyse: Analyse, lue: LigneFichier) -> str:
    """Name a refused row, by what the file says where it could not be read."""
    dits = {
        colonne.champ.nom: Truncator(cell_text(lue.cellules[colonne.rang])).chars(TITRE)
        for colonne in analyse.colonnes
        if colonne.champ.nature == Nature.TEXTE
        and lue.valeurs.get(colonne.champ.nom) is None
        and colonne.rang < len(lue.cellules)
    }
    return cible.titrer(lue.valeurs | dits)


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
        if any(f.retire for f in ligne.fautes) and is_complete(analyse.cle, ligne.valeurs):
            cles[ligne.numero] = row_key(analyse.cle, cible.cle_secours, ligne.valeurs)
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
        return Faute(champ, valeur, f"Cette ligne répète la ligne {premiere.numero}.", rivale=True)
    qui = cible.nommer(premiere.valeurs)
    return Faute(
        champ,
        valeur,
        f"Déjà dans le fichier, ligne {premiere.numero} : {qui}. "
        f"Deux lignes ne peuvent pas porter la même clé ({cible.describe_key(analyse.cle)}).",
        rivale=True,
    )


def _effect(
    cible: Cible,
    ligne: LigneFichier,
    cle: str,
    rapprochement: Rapprochement | None,
    en_tetes: Mapping[str, str],
) -> LignePlan:
    """Put a row and what the database knows together."""
    if rapprochement is not None and (rapprochement.pk is not None or rapprochement.faute is not None):
        # Of a row left aside that takes something away, its other faults count no more.
        ligne.fautes = [rapprochement.faute] if rapprochement.faute is not None else []
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
    rivale = any(faute.rivale for faute in ligne.fautes)
    return Faute(entete, premiere.valeur, premiere.motif + suite, rivale=rivale)


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
            ligne.faute = Faute(
                "", nom, f"La ligne {premiere.numero} concerne déjà {cible.meme}.", rivale=True
            )


def _heed_returns(lignes: list[LignePlan], renvois: Mapping[int, Renvoi]) -> None:
    """Refuse again a row that comes back as it was when only another row of its file had it refused.

    Without that row beside it, it would change in silence what that row wrote. The others deserve a look.
    """
    for ligne in lignes:
        renvoi = renvois.get(ligne.numero)
        if renvoi is None or ligne.effet not in (EffetLigne.CREE, EffetLigne.MODIFIE):
            continue
        if renvoi.rivale and not renvoi.corrige:
            ligne.effet, ligne.changements = EffetLigne.REFUSE, {}
            ligne.faute = Faute("", "", f"{renvoi} sans correction. {renvoi.motif}", rivale=True)
        elif renvoi.rivale and ligne.effet == EffetLigne.MODIFIE:
            motif = f"{renvoi} et change une fiche qu’une autre ligne avait déjà : {renvoi.motif}"
            ligne.avertissements.append(Faute("", "", motif))
        elif not renvoi.rivale and not renvoi.corrige:
            motif = f"{renvoi} sans correction ; elle y était refusée : {renvoi.motif}"
            ligne.avertissements.append(Faute("", "", motif))


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
