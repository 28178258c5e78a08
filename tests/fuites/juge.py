"""What may stand where: the verdict on each canary that the net caught."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nouvea_sst.lib.classes import Classe
from tests.fuites.attendus import SIGLES, may_read
from tests.fuites.canaris import SAISIE, Canari, Voliere
from tests.fuites.filet import catch, channels_of

# Read on screen or on paper by the person who asked: the table of attendus.py decides.
LARGES = {"corps", "classeur", "pdf"}
NUMEROS = {f"signalements.{m}.numero" for m in ("Signalement", "Accident", "Action")}
NOMS = {"agents.Agent.nom", "agents.Agent.prenom"}
COMPTES_NOMMES = {"visites.Visite.professionnel"}
SEANCE = {"commissions.Seance.date"}
# Elsewhere no content: what each narrow channel may hold all the same, to whom may read it.
ETROITS: dict[str, set[str]] = {
    "titre": NOMS
    | NUMEROS
    | {"travaux.Travail.intitule", "comptes.Utilisateur.first_name", "comptes.Utilisateur.last_name"},
    # The session keeps the message of an act until it is shown: it names what the act was done on.
    "session": NOMS
    | NUMEROS
    | SEANCE
    | {
        "signalements.Signalement.agents",
        "comptes.Retrait.libelle",
        "reporting.VueEnregistree.nom",
        "travaux.Travail.intitule",
    },
    "temoins": set(),
    # A day of an agenda, of nobody in particular; one's own views, the result of one's own job; keys.
    "liens": {"visites.Visite.date", "reporting.VueEnregistree.requete", "travaux.Travail.adresse_resultat"}
    | {"comptes.SaisieGardee.adresse"}
    | {f"comptes.LigneJournal.{champ}" for champ in ("acteur_cle", "objet_type", "objet_cle", "agent_cle")},
    "proprietes": SEANCE,
    "adresse": {"visites.Visite.date"},
    "fichier": set(),
    "etiquette": set(),
    "entetes": set(),
    "erreur": set(),
    "courriel": set(),
    "file": set(),
    "travail": set(),
    "trace": set(),
}
# The journal names persons, records by their number, sessions and packs; never what a record says.
JOURNAL = NOMS | COMPTES_NOMMES | NUMEROS | SEANCE | {"commissions.PointOrdreDuJour.intitule"}
CLASSES_JOURNAL = {Classe.A1, Classe.L1, Classe.T0}

# Whoever opens his own visit is given there the text that its agent receives.
SA_VISITE = re.compile(r"/visites/\d+/")
# What is typed is repeated out of the page where it is no secret: names of structures, points, views.
SAISIES = {
    "journal": ("/agents/structures/", "/commissions/", "/referentiel/"),
    "session": ("/agents/structures/", "/commissions/", "/referentiel/", "/pilotage/vues/"),
}

# A pack is published with what it prints: its readers are not those of the records.
PUBLIE = {f"signalements.Action.{c}" for c in ("numero", "intitule", "echeance")} | {
    "commissions.Seance.date",
    "commissions.Seance.lieu",
    "commissions.PointOrdreDuJour.intitule",
    "commissions.PointOrdreDuJour.rapporteur",
}
LECTEURS_DOSSIER = {"medecin", "infirmier", "psychologue", "preventeur", "rh", "chct", "auditeur"}
# Whoever holds the address given on sending follows his report, name or not.
SUIVI = {f"signalements.Signalement.{c}" for c in "numero recu_le qualifier_avant conclusion".split()} | {
    f"signalements.Signalement.{c}" for c in "qualifie_le commence_le mesures_le clos_le".split()
}
DECLARANTS = {"coordinateur", "chef", "preventeur", "encadrant", "agent"}
# Who manages accounts reads everybody's name, which does not say what he did.
PERSONNES = {
    *(f"signalements.{champ}" for champ in ("Signalement.declarant", "Signalement.pilote", "Action.pilote")),
    *(
        "documents.Document.emis_par",
        "documents.LettreEmise.emise_par",
        "agents.Alias.fondu_par",
        "comptes.ExamenConsultations.tire_par",
        "reporting.ContradictionEcartee.ecartee_par",
        "imports.Import.depose_par",
        "travaux.Travail.arret_par",
        "imports.CorrespondanceValeur.retenue_par",
        "reporting.Edition.faite_par",
        "agents.AlerteAbsence.decidee_par",
        "visites.EssaiRegle.demandeur",
        "visites.MotConfirme.confirme_par",
        "visites.PartageNoteSoignant.destinataire",
        "visites.PartageNotePsychologue.destinataire",
        "visites.PartageEchange.destinataire",
    ),
    *("visites.Visite.professionnel", "comptes.Retrait.retire_par"),
    *("comptes.DemandeCompte.demandeur", "comptes.LienCompte.cree_par"),
}
GERANTS = {"chef", "auditeur", "administrateur"}
# The word of a small list is no secret: that it was said of somebody is.
LIBELLES = {
    "visites.Visite.motif",
    "visites.Visite.excuse",
    "visites.Visite.orientation",
    "visites.VisiteDue.motif",
    "visites.Restriction.type",
    "agents.Absence.type",
}

# Beginning of the address (with « ? », this page alone), fields that it shows besides, and to which roles.
EXCEPTIONS: tuple[tuple[str, set[str], set[str]], ...] = (
    ("/compte/", PERSONNES, GERANTS),
    ("/agents/comptes/", PERSONNES, GERANTS),
    ("/journal/", PERSONNES, GERANTS),
    ("/referentiel/", LIBELLES, set(SIGLES)),
    # A rule and its form name the words of small lists, of nobody; the page of a trial, which names agents,
    # is no exception.
    ("/visites/regles/?", LIBELLES, set(SIGLES)),
    ("/visites/regles/maladie/", LIBELLES, set(SIGLES)),
    ("/visites/regles/versions/", LIBELLES, set(SIGLES)),
    ("/pilotage/dossiers/", PUBLIE, LECTEURS_DOSSIER),
    ("/signalements/envoye/", SUIVI, DECLARANTS),
    # A psychologist names the agents whom he wrote about, and sees no list of the others.
    ("/visites/notes/", NOMS, {"psychologue"}),
    # Nor of those about whom a coordinator shows him an exchange.
    ("/visites/echanges/", NOMS, {"psychologue"}),
    ("/visites/agent/", NOMS, {"psychologue"}),
    # The form that shares a note offers every colleague: that one was chosen before is on the note's page.
    ("/visites/notes/", {"visites.PartageNoteSoignant.destinataire"}, {"medecin"}),
    ("/visites/notes/", {"visites.PartageNotePsychologue.destinataire"}, {"psychologue"}),
)


@dataclass(frozen=True)
class Fuite:
    """A canary where it may not be."""

    role: str | None
    canal: str
    canari: Canari
    lieu: str

    def __str__(self) -> str:
        return f"{self.role or 'visiteur'} reads {self.canari} in « {self.canal} » of {self.lieu}"


def is_allowed(role: str | None, canal: str, canari: Canari, lieu: str) -> bool:
    """Whether this canary may stand in this channel of this place when this role asks."""
    if canari.champ == SAISIE:
        return canal in LARGES or lieu.startswith(SAISIES.get(canal, ("?",)))
    if lieu.startswith("/referentiel/") and canari.champ in LIBELLES and canal in {"journal", "session"}:
        return True
    if canal == "journal":
        return canari.classe in CLASSES_JOURNAL or canari.champ in JOURNAL
    if canal in ETROITS and canari.champ not in ETROITS[canal]:
        return False
    if canal not in ETROITS and canal not in LARGES:
        raise LookupError(f"unknown channel {canal}")
    if may_read(role, canari) or reads_own(role, canari, lieu):
        return True
    return any(
        f"{lieu}?".startswith(debut) and canari.champ in champs and role in roles
        for debut, champs, roles in EXCEPTIONS
    )


def reads_own(role: str | None, canari: Canari, lieu: str) -> bool:
    """Whether this stands in one's own file, visit or first page: one reads of oneself what an agent does."""
    chez_soi = (
        lieu.startswith("/mon-dossier/")
        or lieu.partition("?")[0] == "/"
        or SA_VISITE.fullmatch(lieu) is not None
    )
    return role is not None and chez_soi and canari.place.startswith("soi") and may_read("agent", canari)


def leaks_of(role: str | None, lieu: str, canaux: dict[str, str], voliere: Voliere) -> Iterator[Fuite]:
    """Return the leaks of an answer, or of anything cut into channels."""
    for canal, texte in canaux.items():
        for canari in catch(voliere, texte):
            if not is_allowed(role, canal, canari, lieu):
                yield Fuite(role, canal, canari, lieu)


def judge(role: str | None, lieu: str, reponse: Any, voliere: Voliere) -> tuple[list[Fuite], set[Canari]]:
    """Return the leaks of an answer, and everything that was caught in it."""
    canaux = channels_of(reponse)
    if reponse.status_code >= 400:
        canaux["erreur"] = canaux.pop("corps", "")
    vus = {canari for texte in canaux.values() for canari in catch(voliere, texte)}
    return list(leaks_of(role, lieu, canaux, voliere)), vus


def describe(fuites: Iterable[Fuite]) -> str:
    """Write leaks one a line, each once."""
    return "\n".join(sorted({str(fuite) for fuite in fuites}))
