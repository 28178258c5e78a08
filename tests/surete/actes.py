"""How each view that changes a state is asked: where its button stands, on what, what is typed."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model
from django.urls import reverse
from django.utils import timezone

from commissions.actions import move_point
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.enums import EffetLigne
from nouvea_sst.imports.models import LigneImport
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import JourFerie
from reporting.models import ContradictionEcartee
from signalements.enums import EtatSignalement
from tests.agents.factories import AgentFactory, AlerteFactory, StructureFactory
from tests.agents.fusions import merge
from tests.commissions.factories import SeanceFactory, agenda
from tests.documents.factories import CourrielFactory, VersionFactory, published
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, make_csv
from tests.referentiel.factories import valeur
from tests.signalements.factories import ActionFactory, SignalementFactory, qualified
from tests.surete.creations import day, next_monday
from tests.visites.factories import (
    AbsenceProfessionnelFactory,
    DemandeVisiteFactory,
    DemiJourneeFactory,
    EngagementFactory,
    EssaiRegleFactory,
    MotifFactory,
    RegleVisiteFactory,
    VisiteFactory,
    held,
)
from visites.actions import load_listes, load_regles, refresh_suivis, set_aside_due
from visites.models import VisiteDue


@dataclass
class Acte:
    """An act on a record: the page that offers it, the record whose version it reads, what one types."""

    page: str
    objet: Model
    saisie: dict[str, Any] = field(default_factory=dict)
    role: Role = Role.COORDINATEUR
    compte: Any = None
    adresse: str = ""

    def change_meanwhile(self) -> None:
        """Somebody else saves the record."""
        type(self.objet)._default_manager.filter(pk=self.objet.pk).update(version=F("version") + 1)

    def row(self) -> dict[str, Any]:
        """The row as it stands."""
        return type(self.objet)._default_manager.filter(pk=self.objet.pk).values().get()


class Deplacement(Acte):
    """A point on an agenda that somebody else orders otherwise meanwhile."""

    def change_meanwhile(self) -> None:
        """The point goes down to the end."""
        seance: Any = self.objet.seance  # type: ignore[attr-defined]
        move_point(acteur=None, pk=seance.pk, point=self.objet.pk, depuis=2, rang=3)


def _report(etat: str, texte: str = "", **champs: Any) -> Acte:
    ligne = SignalementFactory(**champs) if etat == "nouveau" else qualified(etat=etat, **champs)
    page = reverse("signalements:signalement", args=[ligne.pk])
    return Acte(page, ligne, {"texte": texte} if texte else {})


def _report_page(nom: str, etat: str, texte: str, **champs: Any) -> Acte:
    acte = _report(etat, texte, **champs)
    acte.page = reverse(f"signalements:{nom}", args=[acte.objet.pk])
    return acte


def _action(nom: str = "", **saisie: Any) -> Acte:
    ligne = ActionFactory()
    return Acte(reverse(f"signalements:{nom or 'action'}", args=[ligne.pk]), ligne, saisie)


def _visite(nom: str, decalage: int = 0, **saisie: Any) -> Acte:
    load_parametres(acteur=None)
    jour = timezone.localdate() + datetime.timedelta(days=decalage)
    ligne = VisiteFactory(date=jour)
    medecin = nom == "conclure"
    return Acte(
        reverse(f"visites:{nom}", args=[ligne.pk]),
        ligne,
        saisie,
        Role.MEDECIN if medecin else Role.COORDINATEUR,
        ligne.professionnel if medecin else None,
    )


def _demande_visite(nom: str, role: Role = Role.COORDINATEUR, **saisie: Any) -> Acte:
    demandeur = compte(role)
    ligne = DemandeVisiteFactory(demandeur=demandeur)
    return Acte(reverse(f"visites:demande_{nom}", args=[ligne.pk]), ligne, saisie, role, demandeur)


def _signee() -> Acte:
    """A conclusion signed today by its doctor."""
    load_parametres(acteur=None)
    medecin = compte(Role.MEDECIN)
    ligne = held(date=timezone.localdate(), professionnel=medecin)
    saisie = {"raison": "Mal notée.", "message_employeur": "Prévoir un chariot."}
    return Acte(reverse("visites:corriger", args=[ligne.pk]), ligne, saisie, Role.MEDECIN, medecin)


def _engagement(nom: str, **saisie: Any) -> Acte:
    ligne = EngagementFactory()
    return Acte(reverse(f"visites:engagement_{nom}", args=[ligne.pk]), ligne, saisie)


def _transfere() -> Acte:
    """The agent works elsewhere than where the commitment was opened."""
    ligne = EngagementFactory(structure=StructureFactory())
    return Acte(reverse("visites:engagement", args=[ligne.pk]), ligne)


def _demi_journee() -> Acte:
    ligne = DemiJourneeFactory(date=timezone.localdate())
    return Acte(reverse("visites:demi_journee", args=[ligne.pk]), ligne, {"vers": "close"})


def _presence(nom: str, decalage: int = 0, **saisie: Any) -> Acte:
    load_parametres(acteur=None)
    demi = DemiJourneeFactory(date=timezone.localdate() + datetime.timedelta(days=decalage))
    ligne = VisiteFactory(demi_journee=demi, date=demi.date, heure=demi.debut, duree=15)
    return Acte(reverse("visites:presence", args=[demi.pk]), ligne, saisie)


def _absence_professionnel() -> Acte:
    jour = timezone.localdate()
    ligne = AbsenceProfessionnelFactory(date_debut=jour, date_fin=jour)
    saisie = {"nature": "formation", "date_debut": f"{jour:%d/%m/%Y}"}
    return Acte(reverse("visites:absence_corriger", args=[ligne.pk]), ligne, saisie)


def make_due() -> VisiteDue:
    """A visit that the rules find, due later: the calculation that follows an act keeps it."""
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)
    agent = AgentFactory(date_embauche=timezone.localdate())
    refresh_suivis(acteur=None, jour=timezone.localdate(), agents=[agent.pk])
    return VisiteDue.objects.get(agent=agent)


def _due(nom: str, **saisie: Any) -> Acte:
    ligne = make_due()
    return Acte(reverse(f"visites:{nom}", args=[ligne.pk]), ligne, saisie)


def _due_ecartee() -> Acte:
    ligne, jour = make_due(), timezone.localdate()
    set_aside_due(acteur=None, due=ligne, version=ligne.version, jour=jour, raison="Vu ailleurs.")
    ligne.refresh_from_db()
    return Acte(reverse("visites:due_reprendre", args=[ligne.pk]), ligne)


def _seance(nom: str) -> Acte:
    ligne = SeanceFactory(date=timezone.localdate())
    return Acte(reverse(f"commissions:{nom}", args=[ligne.pk]), ligne)


def _point() -> Acte:
    seance = agenda("A", "B", "C")
    point = seance.points.get(ordre=2)
    monter = reverse("commissions:deplacer_point", args=[seance.pk, point.pk, 1])
    return Deplacement(reverse("commissions:seance", args=[seance.pk]), point, adresse=monter)


def _import() -> Acte:
    contenu, jour = make_csv([BOULA]), next_monday()
    depot = deposit_import(acteur=None, jour=jour, cible="agents", nom_fichier="r.csv", contenu=contenu)
    return Acte(reverse("imports:apercu", args=[depot.pk]), depot)


def _abandon() -> Acte:
    acte = _import()
    page = reverse("imports:abandonner", args=[acte.objet.pk])
    return Acte(page, acte.objet, {"raison": "Mauvais fichier"})


def _leavers() -> Acte:
    AgentFactory.create_batch(20)
    contenu, jour = make_csv([BOULA]), next_monday()
    depot = deposit_import(
        acteur=None, jour=jour, cible="agents", nom_fichier="r.csv", contenu=contenu, complet=True
    )
    partant = depot.partants.order_by("pk").first()
    return Acte(reverse("imports:partants", args=[depot.pk]), depot, {f"parti_{partant.pk}": "on"})


def _undo() -> Acte:
    acte = _import()
    with acting(None):
        applique = apply_import(acteur=None, jour=next_monday(), import_id=acte.objet.pk)
    return Acte(reverse("imports:annuler", args=[applique.pk]), applique, {"raison": "Mauvais fichier"})


def _waiting() -> Acte:
    applique = _undo().objet
    LigneImport.objects.create(
        fichier=applique, numero=9, effet=EffetLigne.ATTENTE, libelle="4999", motif="Agent inconnu."
    )
    return Acte(reverse("imports:renoncer", args=[applique.pk]), applique, {"raison": "Partis"})


def _entree(nom: str, actif: bool) -> Acte:
    ligne = MotifFactory(actif=actif)
    return Acte(reverse(f"referentiel:{nom}", args=["motifs", ligne.pk]), ligne, role=Role.CHEF)


def _valeur_a_venir() -> Acte:
    jour = timezone.localdate() + datetime.timedelta(days=30)
    ligne = valeur("agents.absence_longue", 45, jour.isoformat())
    page = reverse("referentiel:retirer", args=[ligne.pk])
    return Acte(page, ligne, {"raison": "Décision annulée"}, Role.CHEF)


def _regle_a_venir() -> Acte:
    jour = timezone.localdate() + datetime.timedelta(days=30)
    ligne = RegleVisiteFactory(date_effet=jour)
    page = reverse("visites:retirer_regle", args=[ligne.pk])
    return Acte(page, ligne, {"raison": "Décision annulée"}, Role.CHEF)


def _essai() -> Acte:
    ligne = EssaiRegleFactory(jour=timezone.localdate())
    return Acte(reverse("visites:essai", args=[ligne.pk]), ligne, role=Role.CHEF)


def _jour_chome() -> Acte:
    ligne = JourFerie.objects.create(date=next_monday(), libelle="Pont")
    page = reverse("referentiel:retirer_jour", args=[ligne.pk])
    return Acte(page, ligne, {"raison": "Annulé"}, Role.CHEF)


def _role() -> Acte:
    ligne = compte(Role.RH)
    page = reverse("comptes:role", args=[ligne.pk])
    return Acte(page, ligne, {"role": "preventeur"}, Role.ADMINISTRATEUR)


def _delier() -> Acte:
    ligne = compte(Role.AGENT)
    AgentFactory(compte=ligne)
    return Acte(reverse("agents:portee", args=[ligne.pk]), ligne, role=Role.ADMINISTRATEUR)


def _reprendre() -> Acte:
    agent = AgentFactory(date_embauche=None)
    ligne = ContradictionEcartee.objects.create(
        code="sans-embauche",
        cle=agent.pk,
        raison="Vérifié",
        ecartee_par=compte(Role.RH),
        ecartee_le=timezone.now(),
    )
    return Acte(reverse("qualite:reprendre", args=["sans-embauche", agent.pk]), ligne)


def _fusion() -> Acte:
    garde, fondu = (AgentFactory(nom="Kaloi", telephone=telephone) for telephone in ("12", "34"))
    return Acte(reverse("agents:fusion", args=[garde.pk, fondu.pk]), garde)


def _defaire() -> Acte:
    alias = merge(AgentFactory(), AgentFactory())
    return Acte(reverse("agents:fusion_defaire", args=[alias.agent_id, alias.pk]), alias.agent)


def _alerte(nom: str, **champs: Any) -> Acte:
    ligne = AlerteFactory(**champs)
    saisie = {"motif": "sans_objet"} if nom == "alerte_ecarter" else {}
    return Acte(reverse(f"agents:{nom}", args=[ligne.pk]), ligne, saisie)


def _decidee() -> Acte:
    return _alerte("alerte", etat="traitee", decidee_le=timezone.now())


def _version(nom: str) -> Acte:
    ligne = VersionFactory() if nom == "publier" else published()
    return Acte(reverse(f"documents:{nom}", args=[ligne.pk]), ligne, role=Role.CHEF)


def _renvoyer() -> Acte:
    return Acte(reverse("documents:courriels"), CourrielFactory(), role=Role.ADMINISTRATEUR)


ACTES: dict[str, Callable[[], Acte]] = {
    "documents:renvoyer": _renvoyer,
    "documents:publier": lambda: _version("publier"),
    "documents:retirer_modele": lambda: _version("retirer_modele"),
    "comptes:role": _role,
    "agents:portee_delier": _delier,
    "agents:alerte_traiter": lambda: _alerte("alerte"),
    "agents:alerte_ecarter": lambda: _alerte("alerte_ecarter"),
    "agents:alerte_rouvrir": _decidee,
    "agents:fusion": _fusion,
    "agents:fusion_defaire": _defaire,
    "signalements:commencer": lambda: _report(EtatSignalement.QUALIFIE),
    "signalements:mesures": lambda: _report_page("mesures", EtatSignalement.EN_TRAITEMENT, "Sol refait."),
    "signalements:clore": lambda: _report_page("clore", EtatSignalement.MESURES_PRISES, "Plus de chute."),
    "signalements:rejeter": lambda: _report_page("rejeter", "nouveau", "Déjà signalé."),
    "signalements:commencer_action": _action,
    "signalements:terminer_action": lambda: _action("terminer_action", faite_le=day(), preuve="Facture."),
    "signalements:abandonner_action": lambda: _action("abandonner_action", texte="Site fermé."),
    "visites:annuler": lambda: _visite("annuler", 3, raison="Service fermé."),
    "visites:absence": lambda: _visite("absence"),
    "visites:absence_corriger": _absence_professionnel,
    "visites:demi_journee_etat": _demi_journee,
    "visites:dire": lambda: _presence("dire", presence="absent"),
    "visites:repondre": lambda: _presence("repondre", 3, reponse="confirmee", voie="telephone"),
    "visites:retirer_regle": _regle_a_venir,
    "visites:adopter_essai": _essai,
    "visites:abandonner_essai": _essai,
    "visites:due_regle": lambda: _due("due_regle"),
    "visites:due_ecarter": lambda: _due("due_ecarter", raison="Vu par un confrère."),
    "visites:due_reprendre": _due_ecartee,
    "visites:conclure": lambda: _visite("conclure", conclusion="apte", validite_mois=None),
    "visites:corriger": _signee,
    "visites:engagement_clore": lambda: _engagement("clore", raison="Autre équipe."),
    "visites:engagement_rouvrir": _transfere,
    "visites:demande_retenir": lambda: _demande_visite("retenir"),
    "visites:demande_refuser": lambda: _demande_visite("refuser", reponse="Vu la semaine passée."),
    "visites:demande_retirer": lambda: _demande_visite("retirer", Role.MEDECIN),
    "commissions:tenir": lambda: _seance("seance"),
    "commissions:annuler": lambda: _seance("annuler"),
    "commissions:deplacer_point": _point,
    "qualite:reprendre": _reprendre,
    "imports:appliquer": _import,
    "imports:partants": _leavers,
    "imports:abandonner": _abandon,
    "imports:annuler": _undo,
    "imports:renoncer": _waiting,
    "referentiel:mettre_de_cote": lambda: _entree("mettre_de_cote", True),
    "referentiel:proposer": lambda: _entree("entree", False),
    "referentiel:retirer": _valeur_a_venir,
    "referentiel:retirer_jour": _jour_chome,
}
