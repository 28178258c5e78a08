"""How each view that edits is asked by two people: where its form stands, which field both change."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from agents.models import Agent
from documents.actions import load_entete
from documents.models import EnTete
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import Texte
from tests.agents.factories import (
    AbsenceFactory,
    AffectationFactory,
    AgentFactory,
    ExpositionFactory,
    PositionFactory,
    PosteFactory,
    StructureFactory,
)
from tests.commissions.factories import PointFactory, SeanceFactory
from tests.documents.factories import SignataireFactory, VersionFactory
from tests.fabriques import compte
from tests.imports.factories import CorrespondanceFactory
from tests.imports.fichiers import BOULA, GONY, make_csv
from tests.signalements.factories import AccidentFactory, ActionFactory, qualified
from tests.surete.actes import make_due
from tests.surete.creations import next_monday
from tests.visites.factories import EngagementFactory, MotifFactory, VisiteFactory


@dataclass(frozen=True)
class Edition:
    """A form that edits a record: the field that two people change, what each types, how it reads stored."""

    page: str
    objet: Model
    champ: str
    un: str
    deux: str
    lu: Callable[[Any], Any]
    role: Role = Role.COORDINATEUR

    @property
    def stored(self) -> str:
        """What stands in the database, in the words of the form."""
        return str(self.lu(type(self.objet)._default_manager.get(pk=self.objet.pk)))


def _agent() -> Edition:
    agent = AgentFactory()
    page = reverse("agents:corriger", args=[agent.pk])
    return Edition(page, agent, "prenom", "Anaïs", "Rosalie", lambda a: a.prenom)


def _affectation() -> Edition:
    ligne = AffectationFactory()
    page = reverse("agents:affectation_corriger", args=[ligne.agent_id, ligne.pk])
    return Edition(page, ligne, "temps_travail", "80", "50", lambda a: a.temps_travail)


def _absence() -> Edition:
    agent: Agent = AgentFactory()
    ligne = AbsenceFactory(agent=agent)
    page = reverse("agents:absence_corriger", args=[agent.pk, ligne.pk])
    return Edition(page, ligne, "date_fin", "28/11/2026", "29/11/2026", lambda a: f"{a.date_fin:%d/%m/%Y}")


def _position() -> Edition:
    ligne = PositionFactory()
    page = reverse("agents:position_corriger", args=[ligne.agent_id, ligne.pk])
    return Edition(page, ligne, "date_fin", "28/11/2026", "29/11/2026", lambda p: f"{p.date_fin:%d/%m/%Y}")


def _structure() -> Edition:
    ligne = StructureFactory()
    page = reverse("agents:structure_corriger", args=[ligne.pk])
    return Edition(page, ligne, "libelle", "Service un", "Service deux", lambda s: s.libelle)


def _poste() -> Edition:
    ligne = PosteFactory()
    page = reverse("agents:poste_corriger", args=[ligne.pk])
    return Edition(page, ligne, "intitule", "Jardinier chef", "Élagueur", lambda p: p.intitule)


def _exposition() -> Edition:
    ligne = ExpositionFactory()
    page = reverse("agents:exposition_corriger", args=[ligne.poste_id, ligne.pk])
    return Edition(page, ligne, "date_fin", "28/11/2026", "29/11/2026", lambda e: f"{e.date_fin:%d/%m/%Y}")


def _qualification() -> Edition:
    ligne = qualified(structure=StructureFactory(), pilote=compte(Role.PREVENTEUR))
    page = reverse("signalements:signalement", args=[ligne.pk])
    return Edition(page, ligne, "intitule", "Sol mouillé", "Sol gras", lambda s: s.intitule)


def _accident() -> Edition:
    ligne = AccidentFactory()
    page = reverse("signalements:modifier_accident", args=[ligne.pk])
    return Edition(page, ligne, "lieu", "Atelier nord", "Atelier sud", lambda a: a.lieu, Role.PREVENTEUR)


def _action() -> Edition:
    ligne = ActionFactory(pilote=compte(Role.PREVENTEUR))
    page = reverse("signalements:modifier_action", args=[ligne.pk])
    return Edition(page, ligne, "intitule", "Poser deux grilles", "Poser trois grilles", lambda a: a.intitule)


def _visite() -> Edition:
    load_parametres(acteur=None)
    ligne = VisiteFactory(motif=MotifFactory(), date=next_monday())
    page = reverse("visites:deplacer", args=[ligne.pk])
    return Edition(page, ligne, "heure", "08:15", "10:30", lambda v: f"{v.heure:%H:%M}")


def _due() -> Edition:
    ligne = make_due()
    page = reverse("visites:due_date", args=[ligne.pk])
    return Edition(page, ligne, "raison_choix", "En mission", "En formation", lambda d: d.raison_choix)


def _engagement() -> Edition:
    ligne = EngagementFactory(restriction__date_debut=timezone.localdate())
    page = reverse("visites:engagement_suivre", args=[ligne.pk])
    jours = [timezone.localdate() + datetime.timedelta(days=n) for n in (20, 30)]
    return Edition(
        page, ligne, "echeance", *(f"{j:%d/%m/%Y}" for j in jours), lambda e: f"{e.echeance:%d/%m/%Y}"
    )


def _suite() -> Edition:
    jour = timezone.localdate()
    ligne = EngagementFactory(suite="appliquee", suite_le=jour, accuse_le=jour)
    page = reverse("visites:engagement_suite", args=[ligne.pk])
    return Edition(page, ligne, "preuve", "Planning changé", "Devis reçu", lambda e: e.preuve)


def _seance() -> Edition:
    ligne = SeanceFactory(date=next_monday())
    page = reverse("commissions:modifier", args=[ligne.pk])
    return Edition(page, ligne, "lieu", "Salle du conseil", "Annexe", lambda s: s.lieu)


def _point() -> Edition:
    ligne = PointFactory(seance=SeanceFactory(date=next_monday()))
    page = reverse("commissions:modifier_point", args=[ligne.seance_id, ligne.pk])
    return Edition(page, ligne, "intitule", "Bilan", "Programme", lambda p: p.intitule)


def _colonnes() -> Edition:
    contenu = make_csv([BOULA, GONY])
    jour = next_monday()
    depot = deposit_import(acteur=None, jour=jour, cible="agents", nom_fichier="r.csv", contenu=contenu)
    page = reverse("imports:colonnes", args=[depot.pk])
    return Edition(page, depot, "nom_profil", "Registre un", "Registre deux", lambda d: d.profil)


def _correspondance() -> Edition:
    ligne = CorrespondanceFactory()
    page = reverse("imports:correspondance", args=[ligne.pk])
    return Edition(page, ligne, "choix", "C", "CC", lambda r: r.choix)


def _compte() -> Edition:
    ligne = compte(Role.RH, last_name="Ixeko", first_name="Nadège")
    page = reverse("comptes:corriger", args=[ligne.pk])
    return Edition(page, ligne, "first_name", "Anne", "Rose", lambda c: c.first_name, Role.ADMINISTRATEUR)


def _texte() -> Edition:
    ligne = Texte.objects.create(reference="Loi", titre="Un titre", nature="loi")
    page = reverse("referentiel:corriger_texte", args=[ligne.pk])
    return Edition(page, ligne, "titre", "Titre un", "Titre deux", lambda t: t.titre, Role.CHEF)


def _entree() -> Edition:
    ligne = MotifFactory()
    page = reverse("referentiel:corriger_entree", args=["motifs", ligne.pk])
    return Edition(page, ligne, "libelle", "Motif un", "Motif deux", lambda m: m.libelle, Role.MEDECIN)


def _brouillon() -> Edition:
    ligne = VersionFactory()
    page = reverse("documents:rediger", args=[ligne.type_id])
    un, deux = "{agent.appel}, bonjour.", "{agent.appel}, bonsoir."
    return Edition(page, ligne, "texte", un, deux, lambda v: v.texte)


def _entete() -> Edition:
    load_entete(acteur=None)
    page = reverse("documents:entete")
    ligne = EnTete.objects.get()
    return Edition(page, ligne, "ville", "Nouméa Nord", "Nouméa Sud", lambda e: e.ville, Role.CHEF)


def _signataire() -> Edition:
    ligne = SignataireFactory()
    page = reverse("documents:signataire_corriger", args=[ligne.pk])
    return Edition(page, ligne, "fonction", "Adjointe", "Directrice", lambda s: s.fonction, Role.CHEF)


EDITIONS: dict[str, Callable[[], Edition]] = {
    "documents:rediger": _brouillon,
    "documents:entete": _entete,
    "documents:signataire_corriger": _signataire,
    "comptes:corriger": _compte,
    "agents:corriger": _agent,
    "agents:affectation_corriger": _affectation,
    "agents:absence_corriger": _absence,
    "agents:position_corriger": _position,
    "agents:structure_corriger": _structure,
    "agents:poste_corriger": _poste,
    "agents:exposition_corriger": _exposition,
    "signalements:qualifier": _qualification,
    "signalements:modifier_accident": _accident,
    "signalements:modifier_action": _action,
    "visites:deplacer": _visite,
    "visites:due_date": _due,
    "visites:engagement_suivre": _engagement,
    "visites:engagement_suite": _suite,
    "commissions:modifier": _seance,
    "commissions:modifier_point": _point,
    "imports:colonnes": _colonnes,
    "imports:correspondance": _correspondance,
    "referentiel:corriger_texte": _texte,
    "referentiel:corriger_entree": _entree,
}
