"""What the personnel file may take from a file, declared as data."""

import datetime
from collections.abc import Callable

from agents.actions.registre import leave_registre, load_registre, undo_registre
from agents.imports.absences import CIBLE_ABSENCES
from agents.imports.absents import find_absents
from agents.imports.affectations import CIBLE_AFFECTATIONS
from agents.imports.carrieres import CIBLE_CARRIERES, CIBLE_CONTRATS, CIBLE_POSITIONS
from agents.imports.champs import CALCULES, CHAMPS
from agents.imports.confrontation import VIRTUELS, confront
from agents.imports.droits import CIBLE_DROITS
from agents.imports.entites import CIBLE_ENTITES
from agents.imports.postes import CIBLE_POSTES
from agents.imports.reprises import find_retaken
from agents.models import Agent
from agents.parametres import AGE, AGE_PRESENT
from agents.rules.annuaire import full_name, list_name
from agents.rules.registre import check_row, complete
from agents.rules.ressemblances import warn_dates
from nouvea_sst.imports.rules.cible import Cible, Cle, Faute, Valeurs
from nouvea_sst.referentiel.models import Parametre

__all__ = [
    "CIBLE_ABSENCES",
    "CIBLE_AFFECTATIONS",
    "CIBLE_AGENTS",
    "CIBLE_CARRIERES",
    "CIBLE_CONTRATS",
    "CIBLE_DROITS",
    "CIBLE_ENTITES",
    "CIBLE_POSITIONS",
    "CIBLE_POSTES",
]


def checks_on(jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """Return the checks of a row on this day, with the values in force."""
    age = Parametre.objects.number_on(jour, AGE)
    return lambda valeurs: check_row(valeurs, jour, age)


def warnings_on(jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """Return what deserves a look in a row on this day, with the values in force."""
    age = Parametre.objects.number_on(jour, AGE_PRESENT)
    return lambda valeurs: warn_dates(valeurs, jour, age)


CIBLE_AGENTS = Cible(
    code="agents",
    libelle="Registre du personnel",
    nom="agent",
    champs=CHAMPS,
    calcules=CALCULES,
    obligatoires=("nom", "prenom"),
    obtenus={"nom_complet": ("nom", "prenom"), "nom_naissance": ("nom",), "civilite": ("sexe",)},
    virtuels=VIRTUELS,
    sans_casse=frozenset({"nom", "prenom", "nom_naissance"}),
    resume=("date_naissance", "structure", "poste"),
    # In order of preference: numbers, legal identity, then what a poorer register still has.
    cles=(
        Cle(("matricule",), identifiante=True),
        Cle(("id_tiarhe",), identifiante=True),
        Cle(("nom", "prenom", "date_naissance"), identifiante=True),
        Cle(("nom", "prenom", "date_embauche")),
        Cle(("nom", "prenom")),
        Cle(("nom", "prenom", "sexe")),
        Cle(("nom", "prenom", "direction")),
        Cle(("nom", "prenom", "service")),
        Cle(("nom", "prenom", "date_embauche", "sexe")),
        Cle(("nom", "prenom", "date_embauche", "direction")),
        Cle(("nom", "prenom", "date_embauche", "service")),
        Cle(("nom", "prenom", "date_embauche", "service", "poste")),
    ),
    cle_secours=Cle(("nom", "prenom", "date_naissance")),
    nommer=full_name,
    titrer=list_name,
    reperer=lambda valeurs: str(valeurs.get("matricule") or ""),
    completer=complete,
    controler=checks_on,
    confronter=confront,
    appliquer=load_registre,
    reprendre=undo_registre,
    heurter=find_retaken,
    fichier="agents.csv",
    entetes="NOMATR;NOM_USAGE;PRENOM_USAGE;NOM_PATRONYMIQUE;CIVILITE;SEXE;DATE_NAISSANCE;"
    "DATE_DERNIERE_EMBAUCHE;DATE_DECES;NUM_CAFAT;NUM_RUAMM;ID_COLLECTIVITE;ID_TIARHE;EMAIL;TEL",
    avertir=warnings_on,
    chercher_absents=find_absents,
    faire_partir=leave_registre,
    modele=Agent,
    fiche="agents:agent",
    porteur="structure",
    accueil="agents:liste",
    voir="Voir les agents",
    qui="Agent",
    numero="Matricule",
)
