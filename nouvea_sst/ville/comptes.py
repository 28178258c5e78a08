"""The twelve accounts of the demonstration, one per role."""

import datetime
import secrets
from typing import Any

from django.utils import timezone

from agents.models import Agent, Responsabilite, Structure
from nouvea_sst.comptes.actions import create_compte
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.texte import fold
from nouvea_sst.ville.lignes import LigneAgent, LigneVisite, Ville
from nouvea_sst.ville.tirage_prevention import EQUIPE

MOTS = (
    "niaouli corail lagon cagou banian pirogue alize mangrove igname santal kaori flamboyant tortue bougna "
    "nautile dugong fougere colline horizon rivage"
).split()
MATIN = datetime.time(8, tzinfo=timezone.get_default_timezone())
# role: (identifiant, prénom, nom, fonction)
PERSONNES: dict[Role, tuple[str, str, str, str]] = {
    Role.COORDINATEUR: ("coordinateur", "Claire", "Hnaweongo", "Coordinatrice médico-sociale"),
    Role.CHEF: ("chef", "Thierry", "Lassalle", "Chef de section"),
    Role.MEDECIN: ("medecin", "Anne", "Le Goff", "Médecin du travail"),
    Role.INFIRMIER: ("infirmier", "Lucie", "Wamejo", "Infirmière de santé au travail"),
    Role.PSYCHOLOGUE: ("psychologue", "Éric", "Delmas", "Psychologue du travail"),
    Role.PREVENTEUR: ("preventeur", "Gaston", "Wadrenges", "Conseiller de prévention"),
    Role.RH: ("rh", "Nadège", "Ixeko", "Gestionnaire des carrières"),
    Role.ENCADRANT: ("encadrant", "Marie-Hélène", "Poithily", "Responsable des espaces verts"),
    Role.AGENT: ("agent", "Joseph", "Kaloi", "Jardinier"),
    Role.CHCT: ("chct", "Rosalie", "Waheo", "Membre du CHCT"),
    Role.AUDITEUR: ("auditeur", "Bernard", "Tiaou", "Délégué à la protection des données"),
    Role.ADMINISTRATEUR: ("administrateur", "Tamatoa", "Faua", "Administrateur technique"),
}


# The accounts that have an agent's file: his post, his sex.
PORTEURS = {Role.AGENT: ("Jardinier", "M"), Role.ENCADRANT: ("Chef d’équipe", "F")}


class DemoAccounts:
    """Makes the accounts, keeps their passwords until they are written to var/."""

    def __init__(self) -> None:
        self.comptes: dict[str, Any] = {}
        self.mots_de_passe: dict[str, dict[str, str]] = {}

    def create(self, *, acteur: Any, ville: Ville, structures: dict[str, Structure]) -> None:
        """Create the accounts; the manager answers for the gardens, the agent works there."""
        for role, (identifiant, prenom, nom, fonction) in PERSONNES.items():
            mot_de_passe = f"{'-'.join(secrets.choice(MOTS) for _ in range(3))}-{secrets.randbelow(90) + 10}"
            self.comptes[role.value] = create_compte(
                acteur=acteur,
                maintenant=datetime.datetime.combine(ville.jour, MATIN),
                identifiant=identifiant,
                role=role,
                mot_de_passe=mot_de_passe,
                prenom=prenom,
                nom=nom,
                fonction=fonction,
            )
            self.mots_de_passe[role.value] = {"identifiant": identifiant, "mot_de_passe": mot_de_passe}
        Responsabilite.objects.create(
            compte=self.comptes[Role.ENCADRANT.value],
            structure=structures[EQUIPE],
            date_debut=ville.jour - datetime.timedelta(days=700),
        )
        vecus = {v.matricule for v in ville.visites if has_lived(v, ville.jour)}
        for matricule, role in bearers(ville.agents, vecus, ville.jour).items():
            self._give_file(role, matricule)

    def _give_file(self, role: Role, matricule: str) -> None:
        """Link the account to the agent, who takes its name."""
        agent, compte = Agent.objects.get(matricule=matricule), self.comptes[role.value]
        agent.compte, agent.nom, agent.prenom = compte, compte.last_name, compte.first_name
        agent.nom_cle = fold(f"{agent.nom} {agent.prenom}")
        agent.save(update_fields=["compte", "nom", "prenom", "nom_cle"])


def bearers(agents: list[LigneAgent], vecus: set[str], jour: datetime.date) -> dict[str, Role]:
    """Return, by matricule, the agents of the team who bear the name of an account.

    Of those whose post is the account's, the first who has something to show.
    """
    equipe = [a for a in agents if a.structure == EQUIPE and (a.date_depart is None or a.date_depart >= jour)]
    choisis: dict[str, Role] = {}
    for role, (poste, sexe) in PORTEURS.items():
        siens = [a for a in equipe if a.sexe == sexe]
        siens.sort(key=lambda a: (a.poste != poste, a.poste != poste or a.matricule not in vecus))
        if siens:
            choisis[siens[0].matricule] = role
    return choisis


def has_lived(visite: LigneVisite, jour: datetime.date) -> bool:
    """Whether a visit is placed, or leaves a restriction in force."""
    return visite.etat == "placee" or any(r.fin >= jour for r in visite.restrictions)
