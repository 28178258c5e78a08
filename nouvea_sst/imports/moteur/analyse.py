"""Recognises a file: header, columns, date order, key."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from nouvea_sst.imports.lecture.feuille import Feuille, Fichier
from nouvea_sst.imports.lecture.fichier import read_file
from nouvea_sst.imports.lecture.genre import Genre
from nouvea_sst.imports.lecture.refus import FichierIllisible
from nouvea_sst.imports.rules.assemblages import (
    Assemblages,
    Lecture,
    describe_assemblages,
    extend_row,
    find_readings,
)
from nouvea_sst.imports.rules.cible import Cible, Cle, Faute, Nature, Valeurs, known_headers
from nouvea_sst.imports.rules.cles import propose_key
from nouvea_sst.imports.rules.colonnes import apply_profile, find_origin, propose_columns
from nouvea_sst.imports.rules.conversion import Colonne, as_iso, convert_row, date_orders
from nouvea_sst.imports.rules.dates import Ordre, find_writings
from nouvea_sst.imports.rules.entete import count_known, find_header, name_columns
from nouvea_sst.imports.rules.textes import cell_text
from nouvea_sst.imports.rules.valeurs import Retenues

ECHANTILLON = 400
NOMS_ORDRE = {Ordre.JMA: "jour/mois/année", Ordre.MJA: "mois/jour/année"}
NOMS_GENRE = {
    Genre.XLSX: "classeur Excel",
    Genre.XLSB: "classeur Excel (.xlsb)",
    Genre.XLS: "classeur Excel (.xls)",
    Genre.ODS: "classeur OpenDocument (.ods)",
}


@dataclass(frozen=True)
class Reglages:
    """What a person or a profile decided; whatever is empty is found in the file.

    colonnes: folded header → field, None to find them. feuille: name of the sheet, even a hidden one.
    """

    colonnes: Mapping[str, str] | None = None
    cle: str = ""
    ordre_date: str = ""
    feuille: str = ""
    assemblages: Assemblages = field(default_factory=Assemblages)

    @classmethod
    def from_json(cls, donnees: Mapping[str, Any]) -> "Reglages":
        """Read what Import.reglages or a profile stores."""
        return cls(
            donnees.get("colonnes"),
            donnees.get("cle", ""),
            donnees.get("ordre_date", ""),
            donnees.get("feuille", ""),
            Assemblages.from_json(donnees.get("assemblages", {})),
        )

    def as_json(self) -> dict[str, Any]:
        """What Import.reglages stores."""
        colonnes = None if self.colonnes is None else dict(self.colonnes)
        return {
            "colonnes": colonnes,
            "cle": self.cle,
            "ordre_date": self.ordre_date,
            "feuille": self.feuille,
            "assemblages": self.assemblages.as_json(),
        }


@dataclass(slots=True)
class LigneFichier:
    """A row that holds something: its number in the file, its cells, its values, what is wrong with it."""

    numero: int
    cellules: list[Any]
    valeurs: Valeurs = field(default_factory=dict)
    fautes: list[Faute] = field(default_factory=list)


@dataclass
class Analyse:
    """A file as it was recognised."""

    fichier: Fichier
    feuille: Feuille
    ligne_entete: int
    entetes: list[str]
    choix: dict[int, str]
    lignes: list[LigneFichier]
    ordre: Ordre = Ordre.JMA
    ordre_prouve: bool = False
    a_des_dates: bool = False
    ecritures: set[str] = field(default_factory=set)
    cle: Cle = Cle(())
    cle_imposee: bool = False
    retenues: Retenues = field(default_factory=dict)
    servies: list[tuple[str, str]] = field(default_factory=list)
    colonnes: list[Colonne] = field(default_factory=list)
    assemblages: Assemblages = field(default_factory=Assemblages)

    @property
    def lectures(self) -> list[Lecture]:
        """Where the value of each field is read."""
        return find_readings(self.entetes, self.choix, self.assemblages)

    @property
    def en_tetes(self) -> dict[str, str]:
        """By field, the header under which the file has it."""
        return {lecture.champ: lecture.name(self.entetes) for lecture in self.lectures}

    @property
    def ordres(self) -> dict[str, str]:
        """By date field, the order of day and month under which its column was read."""
        return {c.champ.nom: c.ordre.value for c in self.colonnes if c.champ.nature == Nature.DATE}

    @property
    def ignorees(self) -> list[str]:
        """Headers of the columns that fill nothing."""
        return [entete for rang, entete in enumerate(self.entetes) if rang not in self.choix]

    def read_cells(self, ligne: LigneFichier) -> list[str]:
        """The texts of the columns that fill a field, from left to right: the others are not kept.

        A real date is written so that it reads the same under the order of the file's texts.
        """
        cellules = (
            ligne.cellules[rang] if rang < len(ligne.cellules) else None for rang in sorted(self.choix)
        )
        return [
            f"{c:%Y-%m-%d}" if isinstance(c, datetime.date) and self.ordre == Ordre.MJA else cell_text(c)
            for c in cellules
        ]

    def keep_cells(self, ligne: LigneFichier) -> list[str]:
        """The same, so that they can be read again without the file: dates in ISO form."""
        jours = {c.rang: c for c in self.colonnes if c.champ.nature == Nature.DATE}
        return [
            as_iso(ligne.cellules[rang], jours[rang]) if texte and rang in jours else texte
            for rang, texte in zip(sorted(self.choix), self.read_cells(ligne), strict=True)
        ]

    def samples(self, rang: int, nombre: int = 3) -> list[str]:
        """The first different texts of a column."""
        vus: dict[str, None] = {}
        for ligne in self.lignes[:ECHANTILLON]:
            texte = cell_text(ligne.cellules[rang]) if rang < len(ligne.cellules) else ""
            if texte:
                vus[texte[:60]] = None
            if len(vus) == nombre:
                break
        return list(vus)

    def missing(self, cible: Cible) -> list[str]:
        """Required fields that no column gives."""
        fournis = cible.supplied(set(self.en_tetes))
        return [champ for champ in cible.obligatoires if champ not in fournis]


def analyse_file(
    cible: Cible,
    contenu: bytes,
    reglages: Reglages,
    retenues: Retenues | None = None,
    fichier: Fichier | None = None,
) -> Analyse:
    """Read the file, unless it was, and recognise it with the values matched so far (CorrespondanceValeur).

    Raises FichierIllisible with one French sentence.
    """
    retenues = retenues or {}
    fichier = fichier or read_file(contenu, settings.IMPORT_TAILLE_MAX)
    feuille, rang_entete = _find_sheet(cible, fichier, reglages.feuille)
    corps = feuille.lignes[rang_entete + 1 :]
    largeur = max((len(ligne) for ligne in [feuille.lignes[rang_entete], *corps]), default=0)
    entetes = name_columns(feuille.lignes[rang_entete], largeur)
    lignes = [
        LigneFichier(rang_entete + 2 + rang, cellules)
        for rang, cellules in enumerate(corps)
        if any(cell_text(cellule) for cellule in cellules)
    ]
    if not lignes:
        raise FichierIllisible("Le fichier n’a aucune ligne sous son en-tête.")
    if find_origin(entetes) is not None:
        for ligne in lignes:
            ligne.cellules = [_as_typed(cellule) for cellule in ligne.cellules]
    if reglages.colonnes is None:
        choix = propose_columns(entetes, _texts(lignes, largeur), cible.champs, retenues)
    else:
        choix = apply_profile(entetes, reglages.colonnes, reglages.assemblages.jointures)
    analyse = Analyse(fichier, feuille, rang_entete + 1, entetes, choix, lignes, retenues=retenues)
    analyse.assemblages = reglages.assemblages
    _convert(analyse, cible, reglages.ordre_date)
    _set_key(analyse, cible, reglages.cle)
    return analyse


def analyse_kept(
    cible: Cible, apercu: Mapping[str, Any], lignes: list[LigneFichier], retenues: Retenues
) -> Analyse:
    """Read anew rows kept by `keep_cells`, with the columns, the key and the date orders that their file had.

    A date that stands alone in its column is kept in ISO form; one of a joined or cut column is as the file
    wrote it, and these rows alone may not prove its order.
    """
    rangs = sorted(map(int, apercu["colonnes"]))
    entetes = [apercu["entetes"][rang] for rang in rangs]
    choix = {place: apercu["colonnes"][str(rang)] for place, rang in enumerate(rangs)}
    analyse = Analyse(Fichier(Genre.TEXTE, []), Feuille(), 0, entetes, choix, lignes, retenues=retenues)
    analyse.assemblages = Assemblages.from_json(apercu.get("assemblages", {}))
    _convert(analyse, cible, apercu["ordre_date"], apercu.get("ordres", {}))
    _set_key(analyse, cible, apercu["cle"])
    return analyse


def _as_typed(cellule: Any) -> Any:
    """Take away the apostrophe that the workbook of refused rows puts before what looks like a formula."""
    texte = isinstance(cellule, str) and cellule[:1] == "'" and cellule[1:2] in set("=+-@")
    return cellule[1:] if texte else cellule


def _find_sheet(cible: Cible, fichier: Fichier, nom: str) -> tuple[Feuille, int]:
    """Return the sheet of this name, else the visible one whose header names most known columns; its header.

    The fullest of equals is taken.
    """
    connus = known_headers(cible.champs)
    nommees = [feuille for feuille in fichier.feuilles if nom and feuille.nom == nom]
    possibles = nommees or [feuille for feuille in fichier.feuilles if not feuille.masquee]
    trouvees = [(f, rang) for f in possibles if (rang := find_header(f.lignes, connus)) is not None]
    if not trouvees:
        raise FichierIllisible(
            "Aucune ligne d’en-tête n’a été trouvée : la première ligne du tableau doit nommer les colonnes."
        )
    return max(trouvees, key=lambda c: (count_known(c[0].lignes[c[1]], connus), sum(map(bool, c[0].lignes))))


def _texts(lignes: Sequence[LigneFichier], largeur: int) -> list[list[str]]:
    """For each column the texts of a sample of rows, spread over the whole file."""
    pas = max(1, len(lignes) // ECHANTILLON)
    tirees = lignes[::pas]
    return [
        [cell_text(ligne.cellules[rang]) if rang < len(ligne.cellules) else "" for ligne in tirees]
        for rang in range(largeur)
    ]


def _convert(
    analyse: Analyse, cible: Cible, ordre_impose: str, connus: Mapping[str, str] | None = None
) -> None:
    """Read every row with the columns chosen; the date order comes from whole columns.

    connus: by field, the order that is known already.
    """
    largeur, derivees = len(analyse.entetes), [lecture for lecture in analyse.lectures if not lecture.simple]
    places = {lecture: largeur + rang for rang, lecture in enumerate(derivees)}
    if derivees:
        for ligne in analyse.lignes:
            ligne.cellules = extend_row(ligne.cellules, largeur, derivees)
    champs = {
        places.get(n, n.rangs[0]): (n.name(analyse.entetes), cible.champ(n.champ)) for n in analyse.lectures
    }
    dates = {
        rang: [ligne.cellules[rang] for ligne in analyse.lignes if rang < len(ligne.cellules)]
        for rang, (_, champ) in champs.items()
        if champ.nature == Nature.DATE
    }
    ordres, analyse.ordre, analyse.ordre_prouve = date_orders(dates, ordre_impose)
    analyse.a_des_dates = bool(dates)
    analyse.ecritures = {e for valeurs in dates.values() for e in find_writings(valeurs)}
    connus = connus or {}
    ordres |= {rang: Ordre(connus[nom]) for rang in dates if (nom := champs[rang][1].nom) in connus}
    colonnes = [
        Colonne(rang, nom, champ, ordres.get(rang, analyse.ordre), analyse.retenues.get(champ.nom, {}))
        for rang, (nom, champ) in champs.items()
    ]
    for ligne in analyse.lignes:
        ligne.valeurs, ligne.fautes = convert_row(ligne.cellules, colonnes)
        cible.completer(ligne.valeurs)
    analyse.colonnes = colonnes
    analyse.servies = sorted((c.champ.nom, cle) for c in colonnes for cle in c.servies)


def _set_key(analyse: Analyse, cible: Cible, nom: str) -> None:
    """Take the key asked for when the file can give it, else propose one."""
    choisis = set(analyse.en_tetes)
    demandee = cible.cle_nommee(nom) if nom else None
    if demandee is not None and set(demandee.champs) <= cible.supplied(choisis):
        analyse.cle, analyse.cle_imposee = demandee, True
    else:
        analyse.cle = propose_key(cible, choisis, [ligne.valeurs for ligne in analyse.lignes])


def _describe_dates(analyse: Analyse) -> str:
    """« dates jour/mois/année », supposed where nothing proves it and some could be read both ways."""
    if "nombres" in analyse.ecritures:
        doute = " (supposé)" if not analyse.ordre_prouve and "ambigus" in analyse.ecritures else ""
        return f"dates {NOMS_ORDRE[analyse.ordre]}{doute}"
    return "dates année-mois-jour" if "iso" in analyse.ecritures else "dates sans ambiguïté"


def describe(cible: Cible, analyse: Analyse) -> list[str]:
    """Words of the line « Reconnu »."""
    if not analyse.ligne_entete:
        return ["lignes gardées d’un import précédent"]
    mots = [f"en-tête ligne {analyse.ligne_entete}"]
    if analyse.feuille.nom and len(analyse.fichier.feuilles) > 1:
        mots.append(f"feuille « {analyse.feuille.nom} »")
    mots += [analyse.fichier.encodage, analyse.fichier.separateur]
    if analyse.fichier.format != Genre.TEXTE:
        mots.append(NOMS_GENRE[Genre(analyse.fichier.format)])
    if analyse.a_des_dates:
        mots.append(_describe_dates(analyse))
    mots += describe_assemblages(analyse.entetes, analyse.lectures)
    for rang, nom in analyse.choix.items():
        if decrire := cible.champ(nom).decrire:
            mots.append(
                decrire([cell_text(n.cellules[rang]) for n in analyse.lignes if rang < len(n.cellules)])
            )
    return [mot for mot in mots if mot]
