"""How each view that creates is asked: where its form stands, as whom, what is typed, what it makes."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from agents.models import Absence, Affectation, Agent, ExpositionPoste, PositionAdministrative, Structure
from commissions.models import PointOrdreDuJour, Seance
from documents.actions import load_entete, load_modeles
from documents.models import LotLettres, Signataire
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import DemandeCompte, ExamenConsultations, Utilisateur
from nouvea_sst.imports.models import Import
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import JourFerie, Parametre, Texte
from nouvea_sst.travaux.models import Travail
from reporting.models import ContradictionEcartee
from signalements.models import Accident, Action, Signalement
from tests.agents.factories import (
    AffectationFactory,
    AgentFactory,
    PosteFactory,
    SiteFactory,
    StructureFactory,
    TypeAbsenceFactory,
    TypeExpositionFactory,
    TypePositionFactory,
)
from tests.commissions.factories import SeanceFactory
from tests.documents.factories import published
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, GONY, make_csv
from tests.visites.echanges import accompagnement_of
from tests.visites.factories import DemiJourneeFactory, RegleVisiteFactory, VisiteFactory, held
from visites.actions import load_listes
from visites.models import (
    AbsenceProfessionnel,
    Accompagnement,
    DemandeVisite,
    DemiJournee,
    EssaiRegle,
    Motif,
    NotePsychologue,
    TypeRestriction,
    VersionEchange,
    VersionNoteSoignant,
    Visite,
)

JOUR = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Creation:
    """A form that creates: the page that shows it, what one types, the model of what it makes."""

    page: str
    saisie: dict[str, Any]
    modele: type[Model]
    role: Role = Role.COORDINATEUR
    compte: Any = None  # who sends it, when not any account of the role


def day(decalage: int = 0) -> str:
    """A day as one types it."""
    return f"{timezone.localdate() + decalage * JOUR:%d/%m/%Y}"


def next_monday() -> datetime.date:
    """A working day of the week after next."""
    jour = timezone.localdate() + 8 * JOUR
    return jour + ((7 - jour.weekday()) % 7) * JOUR


def _agent() -> Creation:
    page = reverse("agents:ajouter")
    return Creation(page, {"nom": "Kaloi", "prenom": "Anaïs", "nom_naissance": "Wamo"}, Agent)


def _structure() -> Creation:
    saisie = {"sigle": "NEUF", "libelle": "Service neuf", "niveau": "service"}
    return Creation(reverse("agents:structure_ajouter"), saisie, Structure)


def _affectation() -> Creation:
    agent = AffectationFactory().agent
    structure = StructureFactory(sigle="AILLEURS")
    page = reverse("agents:affectation_ajouter", args=[agent.pk])
    return Creation(page, {"structure": structure.pk, "date_debut": day(-9)}, Affectation)


def _absence() -> Creation:
    agent, genre = AgentFactory(), TypeAbsenceFactory()
    page = reverse("agents:absence_ajouter", args=[agent.pk])
    return Creation(page, {"type": genre.pk, "date_debut": day(-9), "date_fin": day(-5)}, Absence)


def _position() -> Creation:
    page = reverse("agents:position_ajouter", args=[AgentFactory().pk])
    return Creation(page, {"type": TypePositionFactory().pk, "date_debut": day(-9)}, PositionAdministrative)


def _exposition() -> Creation:
    page = reverse("agents:exposition_ajouter", args=[PosteFactory().pk])
    return Creation(page, {"type": TypeExpositionFactory().pk, "date_debut": day(-9)}, ExpositionPoste)


def _ecarter() -> Creation:
    agent = AgentFactory(date_embauche=None)
    page = reverse("qualite:ecarter", args=["sans-embauche", agent.pk])
    return Creation(page, {"raison": "Vérifié"}, ContradictionEcartee)


def _import() -> Creation:
    fichier = SimpleUploadedFile("registre.csv", make_csv([BOULA, GONY]))
    return Creation(reverse("imports:deposer"), {"cible": "agents", "fichier": fichier}, Import)


def _signalement() -> Creation:
    load_parametres(acteur=None)
    saisie = {
        "categorie": "situation",
        "recit": "Le sol est glissant.",
        "gravite": "3",
        "danger_immediat": "non",
        "survenu_le": timezone.localdate().isoformat(),
        "survenu_a": "07:50",
        "lieu": "Halle 2",
        "nom": "avec",
    }
    return Creation(reverse("signalements:signaler"), saisie, Signalement, Role.AGENT)


def _accident() -> Creation:
    page = reverse("signalements:ajouter_accident", args=[AgentFactory().pk])
    saisie = {"nature": "service", "date": day(-3), "lieu": "Atelier", "circonstances": "En descendant."}
    return Creation(page, saisie, Accident, Role.PREVENTEUR)


def _action() -> Creation:
    pilote = compte(Role.PREVENTEUR)
    saisie = {"intitule": "Poser des caillebotis", "echeance": day(30), "pilote": pilote.pk}
    return Creation(reverse("signalements:ajouter_action"), saisie, Action)


def _visite() -> Creation:
    load_parametres(acteur=None)
    load_listes(acteur=None)
    agent, medecin = AgentFactory(), compte(Role.MEDECIN)
    saisie = {
        "motif": Motif.objects.get(code="periodique").pk,
        "nature": "examen",
        "date": f"{next_monday():%d/%m/%Y}",
        "heure": "08:15",
        "professionnel": medecin.pk,
    }
    return Creation(reverse("visites:placer", args=[agent.pk]), saisie, Visite)


def _absence_professionnel() -> Creation:
    saisie = {
        "professionnel": compte(Role.MEDECIN).pk,
        "nature": "conge",
        "date_debut": f"{next_monday():%d/%m/%Y}",
    }
    return Creation(reverse("visites:absence_ajouter"), saisie, AbsenceProfessionnel)


def _demi_journee() -> Creation:
    load_parametres(acteur=None)
    saisie = {
        "professionnel": compte(Role.MEDECIN).pk,
        "lieu": SiteFactory().pk,
        "date": f"{next_monday():%d/%m/%Y}",
    }
    return Creation(reverse("visites:ouvrir_demi_journee"), saisie, DemiJournee)


def _demande_visite() -> Creation:
    load_parametres(acteur=None)
    page = reverse("visites:demander", args=[AgentFactory().pk])
    return Creation(page, {"raison": "Le poste change."}, DemandeVisite, Role.MEDECIN)


def _note() -> Creation:
    page = reverse("visites:note_ecrire", args=[AgentFactory().pk])
    return Creation(page, {"texte": "Vu ce jour."}, VersionNoteSoignant, Role.MEDECIN)


def _accompagnement() -> Creation:
    return Creation(reverse("visites:accompagnements_agent", args=[AgentFactory().pk]), {}, Accompagnement)


def _echange() -> Creation:
    qui = compte(Role.COORDINATEUR)
    page = reverse("visites:echange_ecrire", args=[accompagnement_of(AgentFactory(), qui).cle])
    return Creation(page, {"texte": "Vu ce jour."}, VersionEchange, compte=qui)


def _premiere_note() -> Creation:
    agent = AgentFactory()
    saisie = {"matricule": agent.matricule, "nom": agent.nom, "texte": "Vu ce jour."}
    return Creation(reverse("visites:premiere_note"), saisie, NotePsychologue, Role.PSYCHOLOGUE)


def _echantillon() -> Creation:
    load_parametres(acteur=None)
    agent = AgentFactory()
    record_consultation(acteur=compte(Role.RH), acte="agents.agent", objet=agent, agent=agent)
    record_consultation(acteur=compte(Role.COORDINATEUR), acte="agents.agent", objet=agent, agent=agent)
    saisie = {"annee": timezone.localdate().year}
    return Creation(reverse("journal:examens"), saisie, ExamenConsultations, Role.CHEF)


def _calcul() -> Creation:
    load_parametres(acteur=None)
    return Creation(reverse("visites:liste"), {}, Travail)


def _certificat() -> Creation:
    load_parametres(acteur=None)
    visite = held(date=timezone.localdate() - 9 * JOUR)
    return Creation(reverse("visites:visite", args=[visite.pk]), {}, Travail)


def _seance() -> Creation:
    saisie = {"numero": 41, "date": f"{next_monday():%d/%m/%Y}", "heure": "08:30", "lieu": "Salle du conseil"}
    return Creation(reverse("commissions:ajouter"), saisie, Seance)


def _point() -> Creation:
    page = reverse("commissions:seance", args=[SeanceFactory(date=next_monday()).pk])
    return Creation(page, {"intitule": "Procès-verbal", "nature": "avis"}, PointOrdreDuJour)


def _dossier() -> Creation:
    SeanceFactory(date=next_monday())
    return Creation(reverse("reporting:preparer"), {}, Travail)


def _valeur() -> Creation:
    load_parametres(acteur=None)
    page = reverse("referentiel:changer", args=["agents.absence_longue"])
    saisie = {"valeur": "45", "date_effet": day(30), "source": "Décision", "confirmer": "1"}
    saisie["fiabilite"] = "usage"
    return Creation(page, saisie, Parametre, Role.CHEF)


def _regle() -> Creation:
    RegleVisiteFactory(operateur="gt", seuil=30)
    page = reverse("visites:nouvelle_regle", args=["maladie"])
    saisie = {"date_effet": day(30), "seuil": "45", "fiabilite": "usage", "source": "Décision"}
    return Creation(page, saisie | {"essayer": "1"}, EssaiRegle, Role.CHEF)


def _jour_chome() -> Creation:
    saisie = {"date": day(40), "libelle": "Pont", "confirmer": "1"}
    return Creation(reverse("referentiel:ajouter_jour"), saisie, JourFerie, Role.CHEF)


def _texte() -> Creation:
    saisie = {"reference": "Délibération n° 7", "titre": "Un titre", "nature": "deliberation"}
    return Creation(reverse("referentiel:ajouter_texte"), saisie, Texte, Role.CHEF)


def _entree() -> Creation:
    page = reverse("referentiel:ajouter_entree", args=["types-restriction"])
    return Creation(page, {"libelle": "Pas de chambre froide"}, TypeRestriction, Role.MEDECIN)


def _compte() -> Creation:
    saisie = {"identifiant": "904998", "last_name": "Wanakaja", "first_name": "Lise", "role": "rh"}
    return Creation(reverse("comptes:ajouter"), saisie, Utilisateur, Role.ADMINISTRATEUR)


def _responsabilite() -> Creation:
    page = reverse("agents:portee", args=[compte(Role.ENCADRANT).pk])
    saisie = {"structure": StructureFactory().pk, "date_debut": day(-9)}
    return Creation(page, saisie, DemandeCompte, Role.ADMINISTRATEUR)


def _signataire() -> Creation:
    saisie = {"nom": "Marc Martin", "fonction": "Chef de la section", "date_debut": day(-9)}
    return Creation(reverse("documents:signataire_ajouter"), saisie, Signataire, Role.CHEF)


def _courrier() -> Creation:
    published()
    page = reverse("documents:ecrire", args=[AgentFactory().pk])
    return Creation(page, {"objet": "Équipement", "texte": "Il est arrivé."}, LotLettres)


def _convocations() -> Creation:
    load_entete(acteur=None)
    published()
    VisiteFactory(date=next_monday(), agent=AgentFactory())
    saisie = {"du": day(), "au": day(30)}
    return Creation(reverse("visites:lettres"), saisie, LotLettres)


def _lettres_demi() -> Creation:
    load_entete(acteur=None)
    load_modeles(acteur=None, maintenant=timezone.now())
    demi = DemiJourneeFactory(date=next_monday())
    VisiteFactory(date=demi.date, agent=AgentFactory(), demi_journee=demi, professionnel=demi.professionnel)
    return Creation(reverse("visites:lettres_demi_journee", args=[demi.pk]), {"signataire": ""}, LotLettres)


CREATIONS: dict[str, Callable[[], Creation]] = {
    "journal:examens": _echantillon,
    "visites:lettres": _convocations,
    "visites:lettres_demi_journee": _lettres_demi,
    "documents:signataire_ajouter": _signataire,
    "documents:ecrire": _courrier,
    "comptes:ajouter": _compte,
    "agents:portee_ajouter": _responsabilite,
    "agents:ajouter": _agent,
    "agents:structure_ajouter": _structure,
    "agents:affectation_ajouter": _affectation,
    "agents:absence_ajouter": _absence,
    "agents:position_ajouter": _position,
    "agents:exposition_ajouter": _exposition,
    "qualite:ecarter": _ecarter,
    "imports:deposer": _import,
    "signalements:signaler": _signalement,
    "signalements:ajouter_accident": _accident,
    "signalements:ajouter_action": _action,
    "visites:placer": _visite,
    "visites:absence_ajouter": _absence_professionnel,
    "visites:ouvrir_demi_journee": _demi_journee,
    "agents:alertes_calculer": lambda: Creation(reverse("agents:alertes"), {}, Travail),
    "visites:demander": _demande_visite,
    "visites:accompagnement_ouvrir": _accompagnement,
    "visites:echange_ecrire": _echange,
    "visites:note_ecrire": _note,
    "visites:premiere_note": _premiere_note,
    "visites:calculer": _calcul,
    "visites:certificat": _certificat,
    "visites:nouvelle_regle": _regle,
    "commissions:ajouter": _seance,
    "commissions:ajouter_point": _point,
    "reporting:preparer": _dossier,
    "referentiel:changer": _valeur,
    "referentiel:ajouter_jour": _jour_chome,
    "referentiel:ajouter_texte": _texte,
    "referentiel:ajouter_entree": _entree,
}
