"""The plain rows of the demonstration city. They name each other by keys, as files would."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LigneStructure:
    """A node of the tree."""

    sigle: str
    libelle: str
    niveau: str
    parent: str
    code: str
    remplace: str = ""
    fermee: bool = False


@dataclass(frozen=True)
class LigneAgent:
    """An agent with his one current affectation."""

    matricule: str
    civilite: str
    nom: str
    prenom: str
    sexe: str
    date_naissance: datetime.date
    date_embauche: datetime.date
    date_depart: datetime.date | None
    statut: str
    code_categorie: int
    est_elu: bool
    collectivite: str
    structure: str
    poste: str
    suivi: str
    site: str
    risque: float
    temps_travail: int = 100

    @property
    def num_cafat(self) -> str:
        """His number as an insured worker, which follows from his matricule: nothing is drawn for it."""
        return f"3{int(self.matricule):06d}"

    @property
    def num_ruamm(self) -> str:
        """His number in the sickness scheme."""
        return f"7{int(self.matricule):06d}"


@dataclass(frozen=True)
class LigneCarriere:
    """A row of a career; both ends included."""

    matricule: str
    debut: datetime.date
    fin: datetime.date | None
    categorie: int
    code_grade: str = ""
    grade: str = ""
    cadre: str = ""
    filiere: str = ""


@dataclass(frozen=True)
class LignePosition:
    """An administrative position; both ends included."""

    matricule: str
    code: str
    debut: datetime.date
    fin: datetime.date | None


@dataclass(frozen=True)
class LigneContrat:
    """A contract; both ends included."""

    matricule: str
    nature: str
    debut: datetime.date
    fin: datetime.date | None
    fin_essai: datetime.date


@dataclass(frozen=True)
class LigneAbsence:
    """An absence; both ends included. What comes from an accident names the first day of its leave."""

    matricule: str
    type: int
    debut: datetime.date
    fin: datetime.date
    prolongation: bool = False
    date_accident: datetime.date | None = None
    accident: datetime.date | None = None
    sans_arret: bool = False


@dataclass(frozen=True)
class LigneAccident:
    """An accident; its leave, of type 77, starts the day after, if any; then comes what follows from it."""

    matricule: str
    nature: str
    date: datetime.date
    heure: datetime.time
    lieu: str
    circonstances: str
    structure: str
    benin: bool
    arrets: tuple[LigneAbsence, ...]


@dataclass(frozen=True)
class LigneRestriction:
    """A restriction of a visit; what is arranged on the spot holds at the post of that day alone."""

    type: str
    precision: str
    debut: datetime.date
    fin: datetime.date

    @property
    def au_poste(self) -> bool:
        """Whether it holds at the post of the day of the visit alone."""
        return self.type == "Aménagement matériel"


@dataclass(frozen=True)
class LigneVisite:
    """A visit, held or placed."""

    matricule: str
    motif: str
    nature: str
    etat: str
    date: datetime.date
    heure: datetime.time | None
    professionnel: str
    conclusion: str = ""
    validite_mois: int | None = None
    prochaine: datetime.date | None = None
    restrictions: tuple[LigneRestriction, ...] = ()


@dataclass(frozen=True)
class LigneDemande:
    """A request for a visit; the former software had none."""

    matricule: str
    origine: str
    etat: str
    demandee_le: datetime.date


@dataclass(frozen=True)
class LigneSignalement:
    """A report."""

    intitule: str
    recit: str
    lieu: str
    structure: str
    categorie: str
    gravite: int
    probabilite: int | None
    survenu_le: datetime.date
    heure: datetime.time
    etat: str
    qualifie_le: datetime.date | None
    clos_le: datetime.date | None
    conclusion: str
    anonyme: bool
    declarant: str


@dataclass(frozen=True)
class LigneAction:
    """An action of the plan."""

    intitule: str
    origine: str
    structure: str
    creee_le: datetime.date
    echeance: datetime.date
    etat: str
    faite_le: datetime.date | None
    preuve: str
    pilote: str


@dataclass(frozen=True)
class LigneSeance:
    """A session of the CHCT with its points: (title, speaker, nature)."""

    numero: int
    date: datetime.date
    heure: datetime.time
    lieu: str
    etat: str
    points: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class LigneHeures:
    """Hours worked by the whole city in a month."""

    annee: int
    mois: int
    heures: int


@dataclass
class Ville:
    """All rows of the city, for a number of agents, of years, a seed and a day."""

    jour: datetime.date
    structures: list[LigneStructure] = field(default_factory=list)
    agents: list[LigneAgent] = field(default_factory=list)
    carrieres: list[LigneCarriere] = field(default_factory=list)
    positions: list[LignePosition] = field(default_factory=list)
    contrats: list[LigneContrat] = field(default_factory=list)
    absences: list[LigneAbsence] = field(default_factory=list)
    accidents: list[LigneAccident] = field(default_factory=list)
    visites: list[LigneVisite] = field(default_factory=list)
    demandes: list[LigneDemande] = field(default_factory=list)
    signalements: list[LigneSignalement] = field(default_factory=list)
    actions: list[LigneAction] = field(default_factory=list)
    seances: list[LigneSeance] = field(default_factory=list)
    heures: list[LigneHeures] = field(default_factory=list)
