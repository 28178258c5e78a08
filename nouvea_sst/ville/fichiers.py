"""Writes the demonstration city as the former software would hand it over: one file per table (sirh.md §9.1).

UTF-8, semicolons, header with the old column names, ISO dates. Nothing clinical: free texts stay empty. Each
life is drawn, written and forgotten before the next one: a large city needs little memory.
"""

import csv
import datetime
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from agents.models import Collectivite, TypeAbsence, TypePosition
from nouvea_sst.referentiel.enums import NatureJour
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.comptes import PERSONNES
from nouvea_sst.ville.lignes import (
    LigneAbsence,
    LigneAgent,
    LigneCarriere,
    LigneContrat,
    LignePosition,
    LigneStructure,
    LigneVisite,
)
from nouvea_sst.ville.tirage_absences import ACCIDENT, TirageAbsences
from nouvea_sst.ville.tirage_agents import TirageAgents
from nouvea_sst.ville.tirage_carrieres import TirageCarrieres
from nouvea_sst.ville.tirage_visites import CONCLUSIONS, TirageVisites
from visites.enums import Conclusion
from visites.models import Motif, TypeRestriction

# The day on which an agent left (DATE_DEPART) stands at the end of his row, beside what his position says.
COLONNES = {
    "agents.csv": "ID_AGENT;NOMATR;NOM_USAGE;PRENOM_USAGE;NOM_PATRONYMIQUE;CIVILITE;SEXE;DATE_NAISSANCE;"
    "DATE_PREMIERE_EMBAUCHE;DATE_DERNIERE_EMBAUCHE;DATE_DECES;NUM_CAFAT;NUM_RUAMM;ID_COLLECTIVITE;ID_TIARHE;"
    "EMAIL;TEL;DATE_DEPART",
    "entites.csv": "ID_ENTITE;SIGLE;LABEL;ID_ENTITE_PARENT;ID_TYPE_ENTITE;ID_REF_STATUT_ENTITE;"
    "ID_ENTITE_REMPLACEE;CODE_SERVI;NFA",
    "affectations.csv": "ID_AGENT;ID_FICHE_POSTE;DATE_DEBUT_AFF;DATE_FIN_AFF;TEMPS_TRAVAIL;NUM_FP;"
    "LIB_TITRE_POSTE;ID_SERVICE_ADS;ID_RESPONSABLE;LILIEU;LIB_BUDGET",
    "carrieres.csv": "NOMATR;DATDEB;DATFIN;CDCATE;CDGRAD;LIGRAD;CDCADR;CDFILI",
    "positions.csv": "NOMATR;DATDEB;DATFIN;CDPADM;LIPADM;POSIT",
    "contrats.csv": "ID_AGENT;ID_TYPE_CONTRAT;DATDEB;DATE_FIN;DATE_FIN_PERIODE_ESS",
    "absences_maladies.csv": "ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT;DUREE;"
    "DATE_DEBUT_AM;DATE_DEBUT_PM;DATE_FIN_AM;DATE_FIN_PM;PROLONGATION;PRESCRIPTEUR;DATE_DECLARATION;"
    "DATE_ACCIDENT_TRAVAIL;SANS_AT;NOMBRE_ITT;ID_REF_ACCIDENT_TRAVAIL;ID_REF_SIEGE_LESION;ID_REF_MALADIE_PRO;"
    "ID_AT_REFERENCE;DATE_TRANSMISSION_CAFAT;DATE_DECISION_CAFAT;TAUX_CAFAT;DATE_COMMISSION_APTITUDE;"
    "AVIS_COMMISSION_APTITUDE;NOMBRE_JOUR_COUPE_PS;NOMBRE_JOUR_COUPE_DS;COMMENTAIRE",
    "visites.csv": "ID_VISITE;ID_AGENT;DATE_DERNIERE_VISITE;DUREE_VALIDITE;ID_MEDECIN;ID_RECOMMANDATION;APTE;"
    "ID_MOTIF_VM;ID_SUIVI_MED;COMMENTAIRE",
    "medecins.csv": "ID_MEDECIN;TITRE;PRENOM;NOM",
    "recommandations.csv": "ID_RECOMMANDATION;LIB_RECOMMANDATION",
    "motifs_vm.csv": "ID_MOTIF_VM;LIB_MOTIF_VM",
    "ref_type_absence.csv": "ID_REF_TYPE_ABSENCE;LABEL;ID_REF_GROUPE_ABSENCE;IS_ACTIF",
    "jours_feries.csv": "DATE_JOUR;ID_TYPE_JOUR_FERIE;DESCRIPTION",
    "types_restriction.csv": "ID_TYPE_RESTRICTION;LIB_TYPE_RESTRICTION;PRECISION_ATTENDUE",
    "sites.csv": "CDLIEU;LILIEU",
}
GROUPE_MALADIES, FERIE, CHOME = 6, 1, 2
ENTITE_ACTIVE = 1
TYPES_ENTITE = {"ville": 30, "direction": 27, "service": 28, "section": 29}
CIVILITES = {"m": 0, "mme": 1}
PRISE, VALIDEE = 6, 8
TYPES_CONTRAT = {"cdd": 1, "cdi": 2}
EN_ACTIVITE, FIN_DE_SERVICE = "AC", "FS"
# The first row stands for a visit that is asked for and not yet placed.
A_RENSEIGNER = {"ID_MEDECIN": 1, "PRENOM": "A", "NOM": "RENSEIGNER"}
MEDECINS = {"medecin": 2, "infirmier": 3}
AVIS = {code: rang for rang, code in enumerate([*(c for c, _ in CONCLUSIONS), "attestation"], start=1)}
# The payroll numbers its agents on five digits.
MATRICULE_MAX = 99_999


class DossierRefuse(ValueError):
    """The set cannot be written there, or not for so many agents; the message says why in French."""


class Plumes:
    """One open file per table, each with its header; counts the rows written."""

    def __init__(self, dossier: Path, pile: ExitStack) -> None:
        self.lignes = Counter(dict.fromkeys(COLONNES, 0))
        self._plumes: dict[str, csv.DictWriter] = {}
        for nom, colonnes in COLONNES.items():
            fichier = pile.enter_context((dossier / nom).open("x", encoding="utf-8", newline=""))
            self._plumes[nom] = csv.DictWriter(fichier, colonnes.split(";"), delimiter=";")
            self._plumes[nom].writeheader()

    def write(self, nom: str, ligne: dict[str, Any]) -> None:
        """Add a row to a file; a column without a value stays empty."""
        self._plumes[nom].writerow(ligne)
        self.lignes[nom] += 1


def write_files(
    *, dossier: Path, jour: datetime.date, nombre: int, annees: int, graine: int
) -> dict[str, int]:
    """Write the city of draw_city in this folder; return how many rows each file has.

    Visits placed or missed are not written: the former software kept none of them among its visits.
    Raises DossierRefuse, OSError.
    """
    if not Motif.objects.exists():
        raise DossierRefuse("Le référentiel n’est pas chargé : lancez d’abord « charger_referentiel ».")
    calendrier = Calendrier(jour, annees)
    tirage = TirageAgents(graine=graine, nombre=nombre, calendrier=calendrier, annees=annees)
    agents = tirage.draw()
    if int(agents[-1].matricule) > MATRICULE_MAX:
        raise DossierRefuse(
            "L’ancien logiciel n’a que des matricules à cinq chiffres : demandez moins d’agents ou d’années."
        )
    _open_folder(dossier)
    with ExitStack() as pile:
        plumes = Plumes(dossier, pile)
        _write_lists(plumes, agents)
        structures = {s.sigle: rang for rang, s in enumerate(tirage.structures, start=1)}
        for structure in tirage.structures:
            plumes.write("entites.csv", _structure(structure, structures))
        _write_lives(plumes, agents, structures, calendrier, graine)
    return dict(plumes.lignes)


def _open_folder(dossier: Path) -> None:
    """Make the folder. Raises DossierRefuse when something is there already, OSError."""
    if dossier.exists() and not dossier.is_dir():
        raise DossierRefuse(f"{dossier} n’est pas un dossier : rien n’a été écrit.")
    dossier.mkdir(parents=True, exist_ok=True)
    if any(dossier.iterdir()):
        raise DossierRefuse(f"Le dossier {dossier} n’est pas vide : rien n’a été écrit.")


def _write_lives(
    plumes: Plumes, agents: list[LigneAgent], structures: dict[str, int], calendrier: Calendrier, graine: int
) -> None:
    """Write each agent with his affectation, his career, his absences and the visits he had."""
    absences = TirageAbsences(graine=graine, calendrier=calendrier)
    carrieres = TirageCarrieres(graine=graine, calendrier=calendrier)
    types = {t.code: t for t in TypePosition.objects.all()}
    visites = TirageVisites(graine=graine, calendrier=calendrier)
    codes = dict(Collectivite.objects.values_list("code", "code_ancien"))
    motifs = dict(Motif.objects.values_list("code", "code_ancien"))
    for rang, agent in enumerate(agents, start=1):
        cle = f"{codes[agent.collectivite]}{int(agent.matricule):05d}"
        plumes.write("agents.csv", _agent(agent, cle, codes[agent.collectivite]))
        plumes.write("affectations.csv", _affectation(agent, cle, rang, structures))
        siennes = absences.of_agent(agent)
        for carriere in carrieres.careers_of(agent):
            plumes.write("carrieres.csv", _carriere(carriere))
        for position in carrieres.positions_of(agent, siennes):
            plumes.write("positions.csv", _position(position, types[position.code]))
        for contrat in carrieres.contracts_of(agent):
            plumes.write("contrats.csv", _contrat(contrat, cle))
        for absence in siennes:
            numero = plumes.lignes["absences_maladies.csv"] + 1
            plumes.write("absences_maladies.csv", _absence(absence, cle, numero, calendrier.jour))
        for visite in visites.of_agent(agent, siennes):
            if visite.etat == "realisee":
                numero = plumes.lignes["visites.csv"] + 1
                plumes.write("visites.csv", _visite(visite, cle, numero, motifs))


def _structure(ligne: LigneStructure, rangs: dict[str, int]) -> dict[str, Any]:
    return {
        "ID_ENTITE": rangs[ligne.sigle],
        "SIGLE": ligne.sigle,
        "LABEL": ligne.libelle,
        "ID_ENTITE_PARENT": rangs.get(ligne.parent, ""),
        "ID_TYPE_ENTITE": TYPES_ENTITE[ligne.niveau],
        "ID_REF_STATUT_ENTITE": ENTITE_ACTIVE,
        "CODE_SERVI": ligne.code,
    }


def _agent(ligne: LigneAgent, cle: str, collectivite: str) -> dict[str, Any]:
    return {
        "ID_AGENT": cle,
        "NOMATR": ligne.matricule,
        "NOM_USAGE": ligne.nom,
        "PRENOM_USAGE": ligne.prenom,
        "CIVILITE": CIVILITES[ligne.civilite],
        "SEXE": ligne.sexe,
        "DATE_NAISSANCE": ligne.date_naissance,
        "DATE_PREMIERE_EMBAUCHE": ligne.date_embauche,
        "DATE_DERNIERE_EMBAUCHE": ligne.date_embauche,
        "ID_COLLECTIVITE": collectivite,
        "DATE_DEPART": ligne.date_depart,
    }


def _affectation(ligne: LigneAgent, cle: str, rang: int, structures: dict[str, int]) -> dict[str, Any]:
    """Return the row of an affectation: its end is the first day that is no longer in it."""
    return {
        "ID_AGENT": cle,
        "ID_FICHE_POSTE": rang,
        "DATE_DEBUT_AFF": ligne.date_embauche,
        "DATE_FIN_AFF": ligne.date_depart and ligne.date_depart + days(1),
        "TEMPS_TRAVAIL": ligne.temps_travail,
        "NUM_FP": f"{ligne.date_embauche.year}/{rang}",
        "LIB_TITRE_POSTE": ligne.poste,
        "ID_SERVICE_ADS": structures[ligne.structure],
        "LILIEU": ligne.site,
    }


def _yyyymmdd(jour: datetime.date | None) -> str:
    """Write a day as the payroll does; 0 for none."""
    return f"{jour:%Y%m%d}" if jour else "0"


def _carriere(ligne: LigneCarriere) -> dict[str, Any]:
    """Return the row of a career: its end is the first day that is no longer in it."""
    return {
        "NOMATR": ligne.matricule,
        "DATDEB": _yyyymmdd(ligne.debut),
        "DATFIN": _yyyymmdd(ligne.fin and ligne.fin + days(1)),
        "CDCATE": ligne.categorie,
        "CDGRAD": ligne.code_grade,
        "LIGRAD": ligne.grade,
        "CDCADR": ligne.cadre,
        "CDFILI": ligne.filiere,
    }


def _position(ligne: LignePosition, type_position: TypePosition) -> dict[str, Any]:
    """Return the row of a position, with the words of its code; its end is exclusive too."""
    return {
        "NOMATR": ligne.matricule,
        "DATDEB": _yyyymmdd(ligne.debut),
        "DATFIN": _yyyymmdd(ligne.fin and ligne.fin + days(1)),
        "CDPADM": ligne.code,
        "LIPADM": type_position.libelle.upper(),
        "POSIT": EN_ACTIVITE if type_position.dans_effectif else FIN_DE_SERVICE,
    }


def _contrat(ligne: LigneContrat, cle: str) -> dict[str, Any]:
    return {
        "ID_AGENT": cle,
        "ID_TYPE_CONTRAT": TYPES_CONTRAT[ligne.nature],
        "DATDEB": ligne.debut,
        "DATE_FIN": ligne.fin,
        "DATE_FIN_PERIODE_ESS": ligne.fin_essai,
    }


def _absence(ligne: LigneAbsence, cle: str, numero: int, jour: datetime.date) -> dict[str, Any]:
    accident = ligne.debut - days(1) if ligne.type == ACCIDENT else ""
    return {
        "ID_DEMANDE": numero,
        "ID_AGENT": cle,
        "ID_TYPE_DEMANDE": ligne.type,
        "DATE_DEBUT": ligne.debut,
        "DATE_FIN": ligne.fin,
        "ID_REF_ETAT": PRISE if ligne.debut <= jour else VALIDEE,
        "DUREE": (ligne.fin - ligne.debut).days + 1,
        "DATE_DEBUT_AM": 1,
        "DATE_DEBUT_PM": 0,
        "DATE_FIN_AM": 0,
        "DATE_FIN_PM": 1,
        "PROLONGATION": 0,
        "DATE_DECLARATION": accident,
        "DATE_ACCIDENT_TRAVAIL": accident,
        "SANS_AT": 0,
    }


def _visite(ligne: LigneVisite, cle: str, numero: int, motifs: dict[str, int | None]) -> dict[str, Any]:
    """Return the row of a visit held; « apte » is empty, as the former software left it since 2016."""
    return {
        "ID_VISITE": numero,
        "ID_AGENT": cle,
        "DATE_DERNIERE_VISITE": ligne.date,
        "DUREE_VALIDITE": ligne.validite_mois,
        "ID_MEDECIN": MEDECINS[ligne.professionnel],
        "ID_RECOMMANDATION": AVIS[ligne.conclusion],
        "ID_MOTIF_VM": motifs[ligne.motif],
    }


def _write_lists(plumes: Plumes, agents: list[LigneAgent]) -> None:
    """Write the small tables that the others point at."""
    for nom, lignes in _lists(agents).items():
        for ligne in lignes:
            plumes.write(nom, ligne)


def _lists(agents: list[LigneAgent]) -> dict[str, Iterator[dict[str, Any]]]:
    soignants = {role.value: personne for role, personne in PERSONNES.items()}
    natures = {NatureJour.FERIE: FERIE, NatureJour.CHOME: CHOME}
    return {
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
        "jours_feries.csv": (
            {
                "DATE_JOUR": j.date,
                "ID_TYPE_JOUR_FERIE": natures[NatureJour(j.nature)],
                "DESCRIPTION": j.libelle,
            }
            for j in JourFerie.objects.filter(retire_parce_que="").order_by("date")
        ),
        "types_restriction.csv": (
            {
                "ID_TYPE_RESTRICTION": rang,
                "LIB_TYPE_RESTRICTION": t.libelle,
                "PRECISION_ATTENDUE": t.precision_attendue,
            }
            for rang, t in enumerate(TypeRestriction.objects.order_by("ordre", "libelle"), start=1)
        ),
        "sites.csv": (
            {"CDLIEU": rang, "LILIEU": site}
            for rang, site in enumerate(sorted({a.site for a in agents}), start=1)
        ),
    }
