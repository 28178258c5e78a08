"""What each reader of a conclusion receives. One text, for the preview and for the real pages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from visites.enums import Conclusion, EtendueMesure, NatureVisite

AU_POSTE = "au poste occupé"


class Lecteur(Enum):
    """Who reads: the key goes in the form, the words on the segment."""

    AGENT = ("agent", "L’agent")
    ENCADRANT = ("encadrant", "L’encadrant")
    SECTION = ("section", "La section")
    COORDINATEUR = ("coordinateur", "Le coordinateur")

    @property
    def cle(self) -> str:
        """Key of the reader."""
        return self.value[0]

    @property
    def libelle(self) -> str:
        """Words of the reader."""
        return self.value[1]

    @classmethod
    def of(cls, cle: str) -> "Lecteur":
        """Reader of this key; the manager for any other."""
        return next((lecteur for lecteur in cls if lecteur.cle == cle), cls.ENCADRANT)


@dataclass(frozen=True)
class MesureLue:
    """A restriction in functional wording; no end means until further notice, `etendue` where it holds."""

    libelle: str
    precision: str
    date_debut: datetime.date | None
    date_fin: datetime.date | None
    etendue: str = EtendueMesure.TOUT


@dataclass(frozen=True)
class ConclusionLue:
    """Everything that a conclusion holds, before it is cut for a reader.

    Its measures are in words: those it sets, those of earlier visits that it leaves, those that it ends.
    """

    agent: str
    poste: str
    date: datetime.date | None
    nature: str
    motif: str
    motif_public: str
    professionnel: str
    conclusion: str
    mesures: Sequence[str] = ()
    gardees: Sequence[str] = ()
    finies: Sequence[str] = ()
    message: str = ""
    validite_mois: int | None = None
    prochaine_visite: datetime.date | None = None
    corrigee_le: datetime.date | None = None
    orientation: str = ""


@dataclass(frozen=True)
class Lecture:
    """What one reader receives."""

    titre: str
    lignes: list[tuple[str, str]]
    mesures: list[str]
    sans_mesure: str
    message: str
    pied: str
    finies: list[str] = field(default_factory=list)


def word_measure(mesure: MesureLue, dite_le: datetime.date | None = None) -> str:
    """Write a restriction: « Port de charges limité, 10 kg, au poste occupé, jusqu’au 24/05/2027 ».

    Its first day is told when it has no last one, and when it comes after the day on which it is told.
    """
    parties = [mesure.libelle]
    if mesure.precision:
        parties.append(mesure.precision)
    if mesure.etendue == EtendueMesure.POSTE:
        parties.append(AU_POSTE)
    debut, fin = mesure.date_debut, mesure.date_fin
    if fin is not None and debut is not None and dite_le is not None and debut > dite_le:
        parties.append(f"du {debut:%d/%m/%Y} au {fin:%d/%m/%Y}")
    elif mesure.date_fin is not None:
        parties.append(f"jusqu’au {mesure.date_fin:%d/%m/%Y}")
    elif mesure.date_debut is not None:
        parties.append(f"à partir du {mesure.date_debut:%d/%m/%Y}")
    return ", ".join(parties)


def word_next(validite_mois: int | None, prochaine: datetime.date | None) -> str:
    """Write when to come again: « dans 36 mois, le 24/11/2029 », « le 24/11/2029 », or nothing."""
    if prochaine is None:
        return f"dans {validite_mois} mois" if validite_mois else ""
    quand = f"le {prochaine:%d/%m/%Y}"
    return f"dans {validite_mois} mois, {quand}" if validite_mois else quand


def compose(lecteur: Lecteur, lue: ConclusionLue, *, motif_en_clair: bool = False) -> Lecture:
    """Cut a conclusion for a reader (architecture.md §3).

    The manager receives identity, post, day and measures: no opinion, no motive, no next visit. The section
    reads the public motive unless `motif_en_clair`. The agent reads all of it, and he alone to whom he is
    sent on. Everybody reads on which day it was corrected, the manager never why.
    """
    tout = lecteur is not Lecteur.ENCADRANT
    lignes = [("Agent", lue.agent), ("Poste", lue.poste), ("Visite du", _day(lue.date))]
    lignes.append(("Corrigée le", _day(lue.corrigee_le)))
    if tout:
        clair = motif_en_clair or lecteur in (Lecteur.AGENT, Lecteur.COORDINATEUR)
        lignes += [
            ("Motif", lue.motif if clair else lue.motif_public),
            ("Professionnel", lue.professionnel),
            ("Avis", Conclusion(lue.conclusion).label if lue.conclusion else "à choisir"),
        ]
    revoir = word_next(lue.validite_mois, lue.prochaine_visite)
    if tout and revoir:
        lignes.append(("À revoir", revoir))
    if lecteur is Lecteur.AGENT:
        lignes.append(("Orientation", lue.orientation))
    return Lecture(
        titre=_title(tout, lue.nature),
        lignes=[(terme, valeur) for terme, valeur in lignes if valeur],
        mesures=[*lue.mesures, *(f"{mesure} (déjà en cours)" for mesure in lue.gardees)],
        sans_mesure="" if lue.mesures or lue.gardees else "Aucune mesure à mettre en place.",
        message=lue.message.strip(),
        pied=_PIEDS[lecteur],
        finies=list(lue.finies),
    )


_PIEDS = {
    Lecteur.AGENT: "L’agent reçoit la conclusion entière et le message adressé à l’employeur.",
    Lecteur.ENCADRANT: "L’encadrant ne voit ni le motif, ni l’avis, ni la date de la prochaine visite.",
    Lecteur.SECTION: (
        "La section lit tout, sauf l’orientation\u202f; seul le coordinateur voit qui a demandé la visite."
    ),
    Lecteur.COORDINATEUR: "Le coordinateur lit qui a demandé la visite\u202f; l’orientation, jamais.",
}


def readers_of(motif: str, motif_public: str) -> list[Lecteur]:
    """Who is shown in the preview: the coordinator besides the section when they read another motive."""
    return [lu for lu in Lecteur if lu is not Lecteur.COORDINATEUR or motif != motif_public]


def _title(tout: bool, nature: str) -> str:
    if not tout:
        return "Mesures à mettre en place"
    return "Attestation de suivi" if nature == NatureVisite.VIP else "Conclusion de visite médicale"


def _day(jour: datetime.date | None) -> str:
    return "" if jour is None else f"{jour:%d/%m/%Y}"
