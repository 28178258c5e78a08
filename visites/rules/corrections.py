"""What a correction of a signed conclusion keeps, withdraws and adds, and what it refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from visites.enums import EtatVisite
from visites.rules.avis import Avis, Mesure

RAISON_MAX = 200
PAS_SIGNEE = "Seule une conclusion signée se corrige."
SANS_RAISON = "Dites pourquoi vous corrigez cette conclusion."
SANS_CHANGEMENT = "Rien n’a changé\u202f: la conclusion signée reste telle quelle."


@dataclass(frozen=True)
class Partage:
    """Measures of a new version set against those of the former: keys kept, keys withdrawn, those to add."""

    gardees: list[int] = field(default_factory=list)
    retirees: list[int] = field(default_factory=list)
    ajoutees: list[Mesure] = field(default_factory=list)


def refuse_correction(depart: str, arrivee: str) -> str:
    """Sentence that refuses to correct what was not held; empty when it may."""
    return "" if depart == arrivee == EtatVisite.REALISEE else PAS_SIGNEE


def share_measures(anciennes: Mapping[int, Mesure], nouvelles: Sequence[Mesure]) -> Partage:
    """Tell what stays from what goes and what comes: same type, precision, post and days, same measure."""
    partage = Partage(ajoutees=list(nouvelles))
    for cle, ancienne in anciennes.items():
        meme = next((m for m in partage.ajoutees if _same(m, ancienne)), None)
        if meme is None:
            partage.retirees.append(cle)
        else:
            partage.gardees.append(cle)
            partage.ajoutees.remove(meme)
    return partage


def changes_shared(ancien: Avis, nouveau: Avis, partage: Partage) -> bool:
    """Whether a new version changes what others than the agent and care staff read; both are settled."""
    return (
        bool(partage.retirees)
        or bool(partage.ajoutees)
        or ancien.conclusion != nouveau.conclusion
        or ancien.prochaine_visite != nouveau.prochaine_visite
        or ancien.message_employeur.strip() != nouveau.message_employeur.strip()
        or set(ancien.finies) != set(nouveau.finies)
    )


def changes_nothing(ancien: Avis, nouveau: Avis, partage: Partage) -> bool:
    """Whether a new version would say what the former one says; both are settled."""
    return ancien.orientation_id == nouveau.orientation_id and not changes_shared(ancien, nouveau, partage)


def _same(une: Mesure, autre: Mesure) -> bool:
    return _bare(une) == _bare(autre)


def _bare(mesure: Mesure) -> Mesure:
    return replace(mesure, precision=mesure.precision.strip(), confirmes=())
