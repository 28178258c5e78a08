"""How each list of the house is filled, so that its SQL can be counted on few and on many rows.

A key is the URL name of a view marked @liste; a list found in the URLconf and absent here fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nouvea_sst.comptes.enums import Role
from tests.agents.remplissage import fill_absences, fill_agents, fill_alertes, fill_postes
from tests.commissions.factories import make_seances
from tests.comptes.remplissage import fill_comptes, fill_corbeille
from tests.documents.factories import fill_courriels, fill_lettres
from tests.imports.remplissage import (
    fill_a_corriger,
    fill_apercu,
    fill_attentes,
    fill_correspondances,
    fill_fiches,
    fill_imports,
    fill_partants,
    fill_releves,
)
from tests.journal.remplissage import fill_consultations, fill_examen, fill_lectures, make_lignes
from tests.referentiel.factories import fill_entrees, fill_jours, fill_parametres, fill_textes
from tests.reporting.remplissage import fill_contradictions, fill_editions, fill_team
from tests.signalements.factories import make_accidents, make_actions, make_signalements
from tests.travaux.remplissage import fill_travaux
from tests.visites.remplissage import (
    fill_accompagnements,
    fill_charge,
    fill_demandes,
    fill_engagements,
    fill_essai,
    fill_postes_compatibles,
    fill_regles,
    fill_suivis,
)

Fabrique = Callable[[int], Mapping[str, Any] | None]


@dataclass(frozen=True)
class ListeTestee:
    """A list under test, when the coordinateur's screen and xlsx do not suffice.

    `fabrique(n)` makes n rows that the role sees in the list; it may return the arguments of the URL. Let it
    use bulk_create: it is called with 5 and with 500, each time on an empty house.
    """

    fabrique: Fabrique
    role: str = Role.COORDINATEUR
    formats: tuple[str, ...] = ("", "?format=xlsx")


# "agents:liste": make_agents, or "agents:liste": ListeTestee(make_agents, role="rh")
LISTES: dict[str, Fabrique | ListeTestee] = {
    "agents:absences": ListeTestee(fill_absences, formats=("",)),
    "agents:consultations": ListeTestee(fill_consultations, role=Role.CHEF, formats=("",)),
    "journal:examen": ListeTestee(fill_examen, role=Role.CHEF),
    "visites:postes_compatibles": fill_postes_compatibles,
    "visites:lectures_notes": ListeTestee(fill_lectures, role=Role.MEDECIN, formats=("",)),
    "journal:liste": ListeTestee(
        make_lignes,
        role=Role.AUDITEUR,
        formats=("", "?format=xlsx", "?agent=kaloi", "?compte=ana&du=01/01/2026&vue=consultation"),
    ),
    "agents:liste": ListeTestee(fill_agents, formats=("", "?format=xlsx", "?absence=longue&q=kaloi")),
    "agents:alertes": ListeTestee(
        fill_alertes,
        formats=("", "?format=xlsx", "?etat=toutes&regle=seuil&q=kaloi&trimestre=2026t4", "?pourquoi=1"),
    ),
    "agents:postes": fill_postes,
    "documents:courriels": ListeTestee(
        fill_courriels,
        role="administrateur",
        formats=("", "?format=xlsx", "?etat=refuse&q=exemple&du=01/01/2026"),
    ),
    "documents:lettres": ListeTestee(
        fill_lettres,
        formats=("", "?format=xlsx", "?q=kaloi&genre=courrier&mode=papier&du=01/01/2026&au=31/12/2030"),
    ),
    "comptes:corbeille": ListeTestee(fill_corbeille, formats=("",)),
    "visites:liste": ListeTestee(
        fill_suivis,
        formats=(
            "",
            "?format=xlsx",
            "?echeance=retard&q=kaloi",
            "?echeance=exclus",
            "?retard=12&cdd=non&manques=non&conclusion=apte&du=01/01/2020&au=31/12/2025",
        ),
    ),
    "visites:accompagnements": ListeTestee(
        fill_accompagnements,
        formats=("", "?format=xlsx", "?etat=retard&q=kaloi&reserve=non", "?sort=-personnes"),
    ),
    "visites:charge": fill_charge,
    "visites:restrictions": ListeTestee(
        fill_engagements, formats=("", "?format=xlsx", "?etat=revoir&q=kaloi&fin_sous=400")
    ),
    "visites:demandes": ListeTestee(
        fill_demandes, formats=("", "?format=xlsx", "?etat=deposee&q=kaloi&du=01/01/2026")
    ),
    "visites:regles": ListeTestee(fill_regles, role="chef"),
    "visites:essai_visites": ListeTestee(
        fill_essai,
        role="chef",
        formats=("", "?format=xlsx", "?effet=toutes&apres=2026-12", "?effet=avancees&ampleur=7"),
    ),
    "commissions:seances": make_seances,
    "comptes:liste": ListeTestee(
        fill_comptes, role="administrateur", formats=("", "?format=xlsx", "?etat=dormants&q=nom")
    ),
    "reporting:editions": fill_editions,
    "equipe:liste": ListeTestee(
        fill_team, role=Role.ENCADRANT, formats=("", "?format=xlsx", "?presence=absents&mesures=avec&q=kaloi")
    ),
    "signalements:accidents": ListeTestee(
        make_accidents, formats=("", "?format=xlsx", "?arret=avec&du=01/01/2026&au=31/12/2026")
    ),
    "signalements:actions": make_actions,
    "signalements:liste": ListeTestee(make_signalements, formats=("", "?format=xlsx", "?vue=tous&q=sol")),
    "qualite:lignes": ListeTestee(
        fill_contradictions, formats=("", "?format=xlsx", "?ecartees=oui", "?sort=-structure")
    ),
    "travaux:liste": ListeTestee(fill_travaux, role="administrateur"),
    "imports:apercu": fill_apercu,
    "imports:attentes": fill_attentes,
    "referentiel:parametres": ListeTestee(fill_parametres, role="chef"),
    "referentiel:jours": ListeTestee(fill_jours, role="chef"),
    "referentiel:textes": ListeTestee(fill_textes, role="chef"),
    "referentiel:entrees": ListeTestee(fill_entrees, role="chef", formats=("", "?format=xlsx", "?actif=oui")),
    "imports:historique": ListeTestee(
        fill_imports, formats=("", "?format=xlsx", "?origine=releve&etat=depose&nuit=2026-11-24")
    ),
    "imports:releves": ListeTestee(
        fill_releves, formats=("", "?format=xlsx", "?issue=applique&nuit=2026-11-24")
    ),
    "imports:a_corriger": ListeTestee(fill_a_corriger, formats=("", "?format=xlsx", "?nuit=2026-11-24")),
    "imports:correspondances": fill_correspondances,
    "imports:partants": fill_partants,
    "imports:fiches": ListeTestee(fill_fiches, formats=("",)),
}


def listes_testees() -> dict[str, ListeTestee]:
    """The registry, each entry in its long form."""
    return {nom: d if isinstance(d, ListeTestee) else ListeTestee(d) for nom, d in LISTES.items()}
