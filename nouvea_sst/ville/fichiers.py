"""Writes the demonstration city as the former software would hand it over: one file per table (sirh.md §9.1).

UTF-8, semicolons, header with the old column names, ISO dates. Nothing clinical: free texts stay empty. Each
life is drawn, written and forgotten before the next one: a large city needs little memory. What the former
software had no place for stands in columns after its own, and in files of ours.
"""

import csv
import datetime
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from agents.models import Collectivite, TypePosition
from nouvea_sst.ville.calendrier import Calendrier, days
from nouvea_sst.ville.comptes import PERSONNES, bearers, has_lived
from nouvea_sst.ville.fichiers_listes import AVIS, MEDECINS, restriction_numbers, small_lists
from nouvea_sst.ville.histoires import Histoires
from nouvea_sst.ville.lignes import (
    LigneAbsence,
    LigneAgent,
    LigneCarriere,
    LigneContrat,
    LignePosition,
    LigneRestriction,
    LigneStructure,
    LigneVisite,
)
from nouvea_sst.ville.tirage_absences import TirageAbsences
from nouvea_sst.ville.tirage_agents import TirageAgents
from nouvea_sst.ville.tirage_carrieres import TirageCarrieres
from nouvea_sst.ville.tirage_visites import TirageVisites
from visites.models import Motif

# Columns of ours stand at the end: the day on which an agent left; how a visit ended, its nature and hour.
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
    "ID_MOTIF_VM;ID_SUIVI_MED;COMMENTAIRE;ETAT_VISITE;NATURE_VISITE;HEURE_VISITE",
    "restrictions.csv": "ID_VISITE;ID_AGENT;ID_TYPE_RESTRICTION;PRECISION_RESTRICTION;DATE_DEBUT_RESTRICTION;"
    "DATE_FIN_RESTRICTION;ETENDUE_RESTRICTION",
    "postes.csv": "LIB_TITRE_POSTE;CATEGORIE_SUIVI",
    "medecins.csv": "ID_MEDECIN;TITRE;PRENOM;NOM",
    "recommandations.csv": "ID_RECOMMANDATION;LIB_RECOMMANDATION",
    "types_inaptitude.csv": "ID_TYPE_INAPTITUDE;LIB_TYPE_INAPTITUDE",
    "motifs_vm.csv": "ID_MOTIF_VM;LIB_MOTIF_VM",
    "ref_at.csv": "ID_REF_ACCIDENT_TRAVAIL;LIBELLE",
    "ref_siege.csv": "ID_REF_SIEGE_LESION;LIBELLE",
    "ref_mp.csv": "CODE;LIBELLE",
    "ref_type_absence.csv": "ID_REF_TYPE_ABSENCE;LABEL;ID_REF_GROUPE_ABSENCE;IS_ACTIF",
    "droits_maladies.csv": "ID_REF_DROITS_MALADIES;F;C;CC;DROITS_PS;DROITS_DS;ANNEE_ANCIENNETE",
    "jours_feries.csv": "DATE_JOUR;ID_TYPE_JOUR_FERIE;DESCRIPTION",
    "types_restriction.csv": "ID_TYPE_RESTRICTION;LIB_TYPE_RESTRICTION;PRECISION_ATTENDUE",
    "sites.csv": "CDLIEU;LILIEU",
}
ENTITE_ACTIVE, ENTITE_INACTIVE = 1, 3
TYPES_ENTITE = {"ville": 30, "direction": 27, "service": 28, "section": 29}
CIVILITES = {"m": 0, "mme": 1}
PRISE, VALIDEE = 6, 8
TYPES_CONTRAT = {"cdd": 1, "cdi": 2}
EN_ACTIVITE, FIN_DE_SERVICE = "AC", "FS"
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
        for nom, lignes in small_lists(agents).items():
            for ligne in lignes:
                plumes.write(nom, ligne)
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
    """Write each agent with his affectation, his career, his absences, the visits he had and those placed.

    Who bears the name of an account is known once every visit is drawn: the agents come last.
    """
    histoires = Histoires(graine=graine, calendrier=calendrier, agents=agents)
    absences = TirageAbsences(graine=graine, calendrier=calendrier, histoires=histoires)
    carrieres = TirageCarrieres(graine=graine, calendrier=calendrier, histoires=histoires)
    types = {t.code: t for t in TypePosition.objects.all()}
    visites = TirageVisites(graine=graine, calendrier=calendrier, histoires=histoires)
    codes = dict(Collectivite.objects.values_list("code", "code_ancien"))
    cles = {a.matricule: f"{codes[a.collectivite]}{int(a.matricule):05d}" for a in agents}
    tenues = PlumeVisites(plumes, cles, calendrier.jour)
    for rang, agent in enumerate(agents, start=1):
        cle = cles[agent.matricule]
        plumes.write("affectations.csv", _affectation(agent, cle, rang, structures))
        siennes = absences.of_agent(agent)
        for carriere in carrieres.careers_of(agent):
            plumes.write("carrieres.csv", _carriere(carriere))
        for position in carrieres.positions_of(agent, siennes):
            plumes.write("positions.csv", _position(position, types[position.code]))
        for contrat in carrieres.contracts_of(agent):
            plumes.write("contrats.csv", _contrat(contrat, cle))
        _write_absences(plumes, siennes, cle, calendrier.jour)
        for visite in visites.of_agent(agent, siennes):
            tenues.write(visite)
    for visite in visites.placed():
        tenues.write(visite)
    porteurs = bearers(agents, tenues.vecus, calendrier.jour)
    for agent in agents:
        if role := porteurs.get(agent.matricule):
            _, prenom, nom, _ = PERSONNES[role]
            agent = replace(agent, nom=nom, prenom=prenom)
        plumes.write("agents.csv", _agent(agent, cles[agent.matricule], codes[agent.collectivite]))


def _structure(ligne: LigneStructure, rangs: dict[str, int]) -> dict[str, Any]:
    return {
        "ID_ENTITE": rangs[ligne.sigle],
        "SIGLE": ligne.sigle,
        "LABEL": ligne.libelle,
        "ID_ENTITE_PARENT": rangs.get(ligne.parent, ""),
        "ID_TYPE_ENTITE": TYPES_ENTITE[ligne.niveau],
        "ID_REF_STATUT_ENTITE": ENTITE_INACTIVE if ligne.fermee else ENTITE_ACTIVE,
        "ID_ENTITE_REMPLACEE": rangs.get(ligne.remplace, ""),
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
        "NUM_CAFAT": ligne.num_cafat,
        "NUM_RUAMM": ligne.num_ruamm,
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


def _write_absences(plumes: Plumes, siennes: list[LigneAbsence], cle: str, jour: datetime.date) -> None:
    """Write the absences of an agent; what comes from an accident repeats its day and names its request."""
    accidents: dict[datetime.date, dict[str, Any]] = {}
    for absence in siennes:
        ligne = _absence(absence, cle, plumes.lignes["absences_maladies.csv"] + 1, jour)
        if absence.date_accident is not None:
            accidents[absence.debut] = ligne
        if absence.accident is not None:
            accident = accidents[absence.accident]
            ligne["ID_AT_REFERENCE"] = accident["ID_DEMANDE"]
            ligne["DATE_ACCIDENT_TRAVAIL"] = accident["DATE_ACCIDENT_TRAVAIL"]
        plumes.write("absences_maladies.csv", ligne)


def _absence(ligne: LigneAbsence, cle: str, numero: int, jour: datetime.date) -> dict[str, Any]:
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
        "PROLONGATION": int(ligne.prolongation),
        "DATE_DECLARATION": ligne.date_accident,
        "DATE_ACCIDENT_TRAVAIL": ligne.date_accident,
        "SANS_AT": int(ligne.sans_arret),
    }


class PlumeVisites:
    """Writes visits with their restrictions; remembers who has something to show."""

    def __init__(self, plumes: Plumes, cles: dict[str, str], jour: datetime.date) -> None:
        self.plumes, self.cles, self.jour = plumes, cles, jour
        self.motifs = {m.code: m.code_ancien or m.code for m in Motif.objects.all()}
        self.restrictions = restriction_numbers()
        self.vecus: set[str] = set()

    def write(self, visite: LigneVisite) -> None:
        """Add a visit, held, missed or placed, and what it asked for."""
        cle, numero = self.cles[visite.matricule], self.plumes.lignes["visites.csv"] + 1
        self.plumes.write("visites.csv", _visite(visite, cle, numero, self.motifs))
        for restriction in visite.restrictions:
            ligne = _restriction(restriction, cle, numero, self.restrictions)
            self.plumes.write("restrictions.csv", ligne)
        if has_lived(visite, self.jour):
            self.vecus.add(visite.matricule)


def _visite(ligne: LigneVisite, cle: str, numero: int, motifs: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a visit; « apte » is empty, as the former software left it since 2016."""
    return {
        "ID_VISITE": numero,
        "ID_AGENT": cle,
        "DATE_DERNIERE_VISITE": ligne.date,
        "DUREE_VALIDITE": ligne.validite_mois,
        "ID_MEDECIN": MEDECINS[ligne.professionnel],
        "ID_RECOMMANDATION": AVIS.get(ligne.conclusion),
        "ID_MOTIF_VM": motifs[ligne.motif],
        "ETAT_VISITE": ligne.etat,
        "NATURE_VISITE": ligne.nature,
        "HEURE_VISITE": ligne.heure and f"{ligne.heure:%H:%M}",
    }


def _restriction(ligne: LigneRestriction, cle: str, visite: int, numeros: dict[str, str]) -> dict[str, Any]:
    """Return the row of a restriction; its end is the last day that is in it."""
    return {
        "ID_VISITE": visite,
        "ID_AGENT": cle,
        "ID_TYPE_RESTRICTION": numeros[ligne.type],
        "PRECISION_RESTRICTION": ligne.precision,
        "DATE_DEBUT_RESTRICTION": ligne.debut,
        "DATE_FIN_RESTRICTION": ligne.fin,
        "ETENDUE_RESTRICTION": int(ligne.au_poste),
    }
