"""Who fills a half-day: whom to propose, in which order, and whom to pass over, each with why."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agents.rules.absences import Arret
from nouvea_sst.comptes.enums import Role
from visites.enums import NatureVisite
from visites.rules.placement import absence_at

REMPLACANTS = 4


@dataclass(frozen=True)
class Candidat:
    """A visit due and what is known of its agent."""

    due: int
    agent: int
    nom: str
    motif: str
    nature: str
    priorite: int
    echeance: datetime.date | None
    site: str = ""
    manques: int = 0
    embauche: datetime.date | None = None
    depart: datetime.date | None = None
    placee_le: datetime.date | None = None
    propre_dossier: bool = False
    absences: Sequence[Arret] = ()
    excuse: bool = False


@dataclass(frozen=True)
class Cadre:
    """The half-day to fill: its day, its free hours, where and with whom."""

    jour: datetime.date
    date: datetime.date
    heures: Sequence[datetime.time]
    lieu: str
    role_professionnel: str


@dataclass(frozen=True)
class Remplissage:
    """Who is proposed, in the order of the hours; who stands in reserve; who is passed over, and why."""

    proposes: list[Candidat] = field(default_factory=list)
    reserve: list[Candidat] = field(default_factory=list)
    ecartes: list[tuple[Candidat, str]] = field(default_factory=list)


def fill(cadre: Cadre, candidats: Sequence[Candidat]) -> Remplissage:
    """Return the most urgent for the free hours, those of one site one after the other, and a reserve.

    The most urgent comes by priority, then by due date; at the same rank who works at the place goes first.
    """
    resultat, vus = Remplissage(), set()
    retenus = []
    for candidat in sorted(candidats, key=lambda c: rank(c, cadre.lieu)):
        raison = refuse_candidate(cadre, candidat)
        if candidat.agent in vus:
            continue
        vus.add(candidat.agent)
        if raison:
            resultat.ecartes.append((candidat, raison))
        else:
            retenus.append(candidat)
    places = len(cadre.heures)
    resultat.proposes.extend(join_sites(retenus[:places]))
    resultat.reserve.extend(retenus[places : places + REMPLACANTS])
    return resultat


def rank(candidat: Candidat, lieu: str) -> tuple[int, datetime.date, bool, str, int]:
    """Smaller is more urgent: priority, due date, another site than the place, name."""
    return (
        candidat.priorite,
        candidat.echeance or datetime.date.max,
        candidat.site != lieu,
        candidat.nom,
        candidat.due,
    )


def join_sites(candidats: Sequence[Candidat]) -> list[Candidat]:
    """The same people, those of a site one after the other; sites come as their most urgent agent does."""
    sites = list(dict.fromkeys(c.site for c in candidats))
    return sorted(candidats, key=lambda c: sites.index(c.site))


def refuse_candidate(cadre: Cadre, candidat: Candidat) -> str:
    """Why this agent is passed over, in French; empty when he may be proposed."""
    date = cadre.date
    if candidat.propre_dossier:
        return "C’est votre propre dossier, ou celui du professionnel."
    if candidat.excuse:
        return "S’est excusé pour ce jour-là."
    if candidat.placee_le is not None:
        return f"Une visite est déjà placée le {candidat.placee_le:%d/%m/%Y}."
    if candidat.embauche is not None and date < candidat.embauche:
        return f"L’agent n’arrive que le {candidat.embauche:%d/%m/%Y}."
    if candidat.depart is not None and date > candidat.depart:
        return f"L’agent part le {candidat.depart:%d/%m/%Y}."
    if cadre.role_professionnel == Role.INFIRMIER and candidat.nature != NatureVisite.VIP:
        return "Un examen d’aptitude se tient avec le médecin du travail."
    heures = cadre.heures or (datetime.time(8),)
    if any(absence_at(date, heure, candidat.absences) for heure in (heures[0], heures[-1])):
        fin = max(a.fin for a in candidat.absences)
        return f"Absent ce jour-là, jusqu’au {fin:%d/%m/%Y}."
    return ""


def tell_why(cadre: Cadre, candidat: Candidat) -> str:
    """Why this agent is proposed, in a few French words: lateness, missed appointments, site."""
    raisons = []
    if candidat.echeance is None:
        raisons.append("échéance à compléter")
    elif candidat.echeance < cadre.jour:
        retard = (cadre.jour - candidat.echeance).days
        raisons.append(f"{retard} {'jour' if retard == 1 else 'jours'} de retard")
    else:
        raisons.append(f"due le {candidat.echeance:%d/%m/%Y}")
    if candidat.manques:
        pluriel = "s" if candidat.manques > 1 else ""
        raisons.append(f"{candidat.manques} rendez-vous manqué{pluriel}")
    if candidat.site and candidat.site == cadre.lieu:
        raisons.append("travaille sur place")
    return ", ".join(raisons)


def move(ordre: Sequence[int], geste: str, cle: int, cible: int = 0) -> list[int]:
    """The list after a gesture on this key: « monter », « descendre », « retirer », « prendre », « poser ».

    Put down on another of the list, it takes that rank; of two of whom one is in reserve, the other comes.
    """
    liste = list(ordre)
    if geste == "poser":
        return _put(liste, cle, cible)
    if geste == "prendre" and cle not in liste:
        return [*liste, cle]
    if cle not in liste:
        return liste
    rang = liste.index(cle)
    autre = {"monter": rang - 1, "descendre": rang + 1}.get(geste, rang)
    if geste == "retirer":
        del liste[rang]
    elif 0 <= autre < len(liste):
        liste[rang], liste[autre] = liste[autre], liste[rang]
    return liste


def _put(liste: list[int], cle: int, cible: int) -> list[int]:
    if cle in liste and cible in liste:
        rang = liste.index(cible)
        liste.remove(cle)
        liste.insert(rang, cle)
        return liste
    return [{cle: cible, cible: cle}.get(autre, autre) for autre in liste]


def tell_gesture(avant: Sequence[int], apres: Sequence[int], cle: int, noms: Mapping[int, str]) -> str:
    """What a gesture on this key did, in French, for who does not see the list."""
    nom = noms.get(cle, "")
    if list(avant) == list(apres) or not nom:
        return "Rien n’a changé."
    venus = [noms[c] for c in apres if c not in avant and c in noms]
    partis = [noms[c] for c in avant if c not in apres and c in noms]
    if venus and partis:
        return f"{venus[0]} remplace {partis[0]}."
    if venus:
        return f"{venus[0]} prend le rang {len(apres)}."
    if partis:
        return f"{partis[0]} n’est plus dans la liste."
    return f"{nom} passe au rang {list(apres).index(cle) + 1} sur {len(apres)}."
