"""The confidential notes of the city, and who looked: the doctor's, the nurse's, the psychologist's."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from tests.agents.factories import AgentFactory
from tests.fabriques import compte
from tests.journal.factories import make_examen
from tests.visites.echanges import accompagnement_of, echange_of, etape_of
from tests.visites.factories import VisiteFactory, held
from tests.visites.notes import note_of, piece_of, share_of
from visites.actions.liens import open_lien
from visites.models import Motif, Visite


def make_note(monde: Any, fichier: Any) -> None:
    """A note of the colleague shown to the nurse; of the service « Espaces verts », the doctor's own."""
    siennes = fichier.agent.nom == "Dans"
    fichier.note = note_of(monde.comptes[Role.MEDECIN] if siennes else monde.medecin, fichier.agent)
    fichier.piece = piece_of(fichier.note)
    montree_a = monde.medecin if siennes else monde.comptes[Role.INFIRMIER]
    fichier.partage = share_of(fichier.note, montree_a)
    make_accompagnement(monde, fichier)


def other_coordinator() -> Any:
    """Who is assigned where the coordinateur of the city is not."""
    nom = "monde-coordinateur-2"
    return Utilisateur.objects.filter(username=nom).first() or compte(Role.COORDINATEUR, username=nom)


def make_accompagnement(monde: Any, fichier: Any) -> None:
    """Kept by the coordinateur, shown to doctor and psychologist; of « Hors », kept by another one."""
    ailleurs = fichier.agent.nom == "Hors"
    qui = other_coordinator() if ailleurs else monde.comptes[Role.COORDINATEUR]
    montre_a = [monde.medecin] if ailleurs else [monde.comptes[r] for r in (Role.MEDECIN, Role.PSYCHOLOGUE)]
    vars(fichier).update(make_exchange(fichier.agent, qui, *montre_a))


def make_exchange(agent: Any, coordinateur: Any, *montre_a: Any, **champs: Any) -> dict[str, Any]:
    """A follow-up with one of everything that hangs on it."""
    suivi = accompagnement_of(agent, coordinateur, **champs)
    echange = echange_of(coordinateur, suivi)
    return {
        "accompagnement": suivi,
        "membre": suivi.membres.get(),
        "echange": echange,
        "piece_echange": piece_of(echange),
        "partage_echange": [share_of(echange, qui) for qui in montre_a][0],
        "etape": etape_of(echange),
    }


def make_psychologist_note(monde: Any) -> dict[str, Any]:
    """What the psychologist wrote and shows to a colleague."""
    agent = AgentFactory.create(nom="Entretien", structure=monde.livres)
    note = note_of(monde.comptes[Role.PSYCHOLOGUE], agent)
    partage = share_of(note, compte(Role.PSYCHOLOGUE, username="monde-psychologue-2"))
    return {"agent": agent, "note": note, "piece": piece_of(note), "partage": partage}


def make_sample(monde: Any) -> dict[str, Any]:
    """The chief's sample of last year, with one consultation by the coordinateur; a restricted follow-up."""
    agent = AgentFactory.create(nom="Regarde", structure=monde.livres)
    ligne = make_examen(monde.comptes[Role.CHEF], agent, monde.comptes[Role.COORDINATEUR])
    reserve = make_exchange(agent, other_coordinator(), monde.medecin, restreint=True)
    return {"examen": ligne.examen, "ligne_examen": ligne, **reserve}


def make_lien_reponse(monde: Any) -> dict[str, Any]:
    """A link that an agent may answer by, for a week yet."""
    visite = VisiteFactory.create(
        agent=AgentFactory.create(nom="Convoqué", structure=monde.livres),
        motif=Motif.objects.get(code="periodique"),
        professionnel=monde.medecin,
        date=monde.jour + datetime.timedelta(days=7),
    )
    adresse = open_lien(visite=visite, maintenant=timezone.now())
    return {"lien_reponse": SimpleNamespace(jeton=adresse.rstrip("/").rpartition("/")[2])}


def signed_by(monde: Any, agent: Any, role: str) -> Visite:
    """A visit that this account signed: he alone may correct it."""
    motif = monde._motif("periodique")
    faits = {
        "date": monde.jour - datetime.timedelta(days=1),
        "nature": "vip",
        "conclusion": "attestation",
        "motif": motif,
    }
    return held(agent=agent, professionnel=monde.comptes[role], **faits)
