"""Rows of the journal for the guard of the lists."""

from typing import Any

from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneExamen, LigneJournal, Utilisateur
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.journal.factories import make_examen
from tests.visites.notes import note_of


def make_lignes(nombre: int, agent_cle: str = "") -> None:
    """Consultations of a file by a coordinateur."""
    LigneJournal.objects.bulk_create(
        LigneJournal(
            nature=NatureJournal.CONSULTATION,
            acteur_cle=f"coo{rang}",
            acteur_nom="Ana Wabete",
            role=Role.COORDINATEUR,
            acte="agents.agent",
            objet_type="agents.agent",
            objet_cle=agent_cle or str(rang),
            objet_libelle="KALOI Joseph",
            agent_cle=agent_cle or str(rang),
            requete=f"r-{rang}",
        )
        for rang in range(nombre)
    )


def fill_consultations(nombre: int) -> dict[str, Any]:
    """A file opened so many times."""
    agent = AgentFactory.create()
    make_lignes(nombre, str(agent.pk))
    return {"pk": agent.pk}


def fill_examen(nombre: int) -> dict[str, Any]:
    """A sample of so many consultations, drawn by the chief who looks at it."""
    chef = Utilisateur.objects.filter(role=Role.CHEF).latest("pk")
    premiere = make_examen(chef, AgentFactory.create(), compte(Role.COORDINATEUR))
    make_lignes(nombre - 1, premiere.ligne.agent_cle)
    autres = LigneJournal.objects.exclude(pk=premiere.ligne_id).filter(agent_cle=premiere.ligne.agent_cle)
    LigneExamen.objects.bulk_create(
        LigneExamen(examen=premiere.examen, ligne=ligne, rang=rang)
        for rang, ligne in enumerate(autres.order_by("pk"), start=2)
    )
    return {"pk": premiere.examen_id}


def fill_lectures(nombre: int) -> dict[str, Any]:
    """A note of the doctor who looks, opened so many times by others."""
    medecin = Utilisateur.objects.filter(role=Role.MEDECIN).latest("pk")
    note = note_of(medecin, AgentFactory.create())
    LigneJournal.objects.bulk_create(
        LigneJournal(
            nature=NatureJournal.CONSULTATION,
            acteur_cle=f"medecin-{rang}",
            acteur_nom="Marie Boula",
            role=Role.MEDECIN,
            acte="visites.note",
            objet_type=note._meta.label_lower,
            objet_cle=str(note.pk),
            agent_cle=str(note.agent_id),
        )
        for rang in range(nombre)
    )
    return {}
