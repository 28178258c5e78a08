"""The walk: every address of the URLconf, for every record of the city, as one role."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from agents.models import Agent
from tests.architecture.verifs_urls import Route, routes
from tests.fuites.canaris import PLACES
from tests.fuites.communs import CONTRADICTION
from tests.fuites.ville import Dossier, Ville
from visites.models import EtapeEchange, MembreAccompagnement

# What an address calls pk is a record of this model: by the full name of the route, else by its app.
# Other parameters say it by their own names.
MODELES = {
    "agents:structure_corriger": "structure",
    "agents:structure_historique": "structure",
    "agents:poste_corriger": "poste",
    "agents:poste_exigences": "poste",
    "agents:poste_historique": "poste",
    "agents": "agent",
    "agents:alerte": "agents.AlerteAbsence",
    "agents:alerte_ecarter": "agents.AlerteAbsence",
    "agents:alerte_rouvrir": "agents.AlerteAbsence",
    "agents:alerte_traiter": "agents.AlerteAbsence",
    "agents:portee": "comptes.Utilisateur",
    "agents:portee_ajouter": "comptes.Utilisateur",
    "agents:portee_finir": "comptes.Utilisateur",
    "agents:portee_relier": "comptes.Utilisateur",
    "agents:portee_delier": "comptes.Utilisateur",
    "visites:agent": "agent",
    "visites:restrictions_agent": "agent",
    "visites:postes_compatibles": "agent",
    "visites:placer": "agent",
    "visites:demander": "agent",
    "visites:engagement": "visites.Engagement",
    "visites:engagement_suite": "visites.Engagement",
    "visites:engagement_suivre": "visites.Engagement",
    "visites:engagement_clore": "visites.Engagement",
    "visites:engagement_rouvrir": "visites.Engagement",
    "visites:engagement_renouveler": "visites.Engagement",
    "visites:demande": "visites.DemandeVisite",
    "visites:demande_refuser": "visites.DemandeVisite",
    "visites:demande_retenir": "visites.DemandeVisite",
    "visites:demande_retirer": "visites.DemandeVisite",
    "visites:demande_historique": "visites.DemandeVisite",
    "visites:due": "visites.VisiteDue",
    "visites:due_date": "visites.VisiteDue",
    "visites:due_regle": "visites.VisiteDue",
    "visites:due_ecarter": "visites.VisiteDue",
    "visites:due_reprendre": "visites.VisiteDue",
    "visites": "visites.Visite",
    "visites:notes": "agent",
    "visites:note_ecrire": "agent",
    "visites:notes_remettre": "agent",
    "visites:note": "notes",
    "visites:note_amender": "notes",
    "visites:note_partager": "notes",
    "visites:note_joindre": "notes",
    "visites:note_piece": "pieces",
    "visites:note_partage_retirer": "partages",
    "visites:accompagnements_agent": "agent",
    "visites:accompagnement_ouvrir": "agent",
    "visites:echanges_remettre": "agent",
    "visites:accompagnement": "accompagnements",
    "visites:accompagnement_nommer": "accompagnements",
    "visites:accompagnement_retirer": "membres",
    "visites:accompagnement_reserver": "accompagnements",
    "visites:accompagnement_fermer": "accompagnements",
    "visites:echange_ecrire": "accompagnements",
    "visites:etape_finir": "etapes_echanges",
    "visites:echange": "echanges",
    "visites:echange_amender": "echanges",
    "visites:echange_montrer": "echanges",
    "visites:echange_joindre": "echanges",
    "visites:echange_piece": "pieces_echanges",
    "visites:echange_partage_retirer": "partages_echanges",
    "visites:absence_corriger": "visites.AbsenceProfessionnel",
    "visites:creneau_occupe": "visites.DemiJournee",
    "visites:demi_journee": "visites.DemiJournee",
    "visites:demi_journee_etat": "visites.DemiJournee",
    "visites:lettres_demi_journee": "visites.DemiJournee",
    "visites:remplir": "visites.DemiJournee",
    "visites:presence": "visites.DemiJournee",
    "visites:tous_presents": "visites.DemiJournee",
    "visites:remplacer": "visites.DemiJournee",
    "visites:regle": "visites.RegleVisite",
    "visites:nouvelle_regle": "visites.RegleVisite",
    "visites:corriger_regle": "visites.RegleVisite",
    "visites:retirer_regle": "visites.RegleVisite",
    "visites:essai": "visites.EssaiRegle",
    "visites:essai_visites": "visites.EssaiRegle",
    "visites:adopter_essai": "visites.EssaiRegle",
    "visites:abandonner_essai": "visites.EssaiRegle",
    "signalements:accident": "signalements.Accident",
    "signalements:modifier_accident": "signalements.Accident",
    "signalements:accidents_agent": "agent",
    "signalements:accident_historique": "signalements.Accident",
    "signalements:action_historique": "signalements.Action",
    "signalements:action": "signalements.Action",
    "signalements:modifier_action": "signalements.Action",
    "signalements:commencer_action": "signalements.Action",
    "signalements:terminer_action": "signalements.Action",
    "signalements:abandonner_action": "signalements.Action",
    "signalements": "signalements.Signalement",
    "commissions": "commissions.Seance",
    "documents": "documents.Document",
    "documents:agent": "agent",
    "documents:ecrire": "agent",
    "documents:lot": "documents.LotLettres",
    "documents:lot_fichier": "documents.LotLettres",
    "documents:modele": "documents.LettreType",
    "documents:rediger": "documents.LettreType",
    "documents:apercu": "documents.VersionLettre",
    "documents:publier": "documents.VersionLettre",
    "documents:retirer_modele": "documents.VersionLettre",
    "documents:renvoyer": "documents.Courriel",
    "documents:signataire_corriger": "documents.Signataire",
    "imports": "imports.Import",
    "imports:correspondance": "imports.CorrespondanceValeur",
    "imports:retirer_correspondance": "imports.CorrespondanceValeur",
    "comptes": "comptes.Utilisateur",
    "comptes:opposer": "comptes.DemandeCompte",
    "comptes:refuser": "comptes.DemandeCompte",
    "comptes:saisie_abandonner": "comptes.SaisieGardee",
    "comptes:retablir": "comptes.Retrait",
    "comptes:lien": "comptes.LienCompte",
    "soi": "documents.Document",
    "aide": "comptes.LienCompte",
    "referentiel": "visites.Motif",
    "referentiel:parametre": "referentiel.Parametre",
    "referentiel:changer": "referentiel.Parametre",
    "referentiel:corriger": "referentiel.Parametre",
    "referentiel:retirer": "referentiel.Parametre",
    "referentiel:retirer_jour": "referentiel.JourFerie",
    "referentiel:texte": "referentiel.Texte",
    "referentiel:corriger_texte": "referentiel.Texte",
    "journal": "comptes.LigneJournal",
    "journal:examen": "comptes.ExamenConsultations",
    "journal:clore_examen": "comptes.ExamenConsultations",
    "journal:consultation": "comptes.LigneExamen",
    "travaux": "travaux.Travail",
    "reporting": "reporting.Edition",
    "qualite": "visites.Visite",
    "rendez_vous": "visites.Visite",
}
PAGES_AIDEES = ["agents:liste", "visites:liste"]
GUIDES = ["coordinateur", "agent"]


def addresses(ville: Ville) -> Iterator[str]:
    """Return every address: without parameter once, else one a record; unknown routes are refused."""
    for route in routes():
        if not route.parametres:
            yield route.adresse
            continue
        for dossier in (*(ville.dossiers[place] for place in PLACES), ville.communs):
            yield from addresses_of(route, dossier)


def addresses_of(route: Route, dossier: Dossier) -> Iterator[str]:
    """Return the addresses of a route for the records of a file."""
    espace = route.nom.partition(":")[0]
    nom = MODELES.get(route.nom) or MODELES.get(espace)
    assert nom, f"say in tests/fuites/parcours.py which record {route.nom} shows"
    for objet in records(nom, dossier):
        for parametres in arguments(route, objet, dossier):
            yield reverse(route.nom, kwargs=parametres)


def records(nom: str, dossier: Dossier) -> list[Any]:
    """Return the records of this name in a file."""
    directs = {"agent": dossier.agent, "structure": dossier.structure, "poste": dossier.agent.poste}
    return [directs[nom]] if nom in directs else dossier.objets.get(nom, [])


def holder_of(objet: Any) -> Any:
    """Return the record whose key stands in the address: the note of an attachment; a step has its own."""
    if isinstance(objet, EtapeEchange):
        return objet
    if isinstance(objet, MembreAccompagnement):
        return objet.accompagnement
    return getattr(objet, "note", objet)


def arguments(route: Route, objet: Any, dossier: Dossier) -> list[dict[str, Any]]:
    """Return the parameters of the route for a record, as its pattern names them."""
    autres = {
        "agent": [dossier.agent],
        "affectation": dossier.objets.get("agents.Affectation", []),
        # Not whom a report names: the journal says whose files were compared, and nobody reads it there.
        "autre": list(Agent.objects.exclude(pk=dossier.agent.pk).exclude(prenom="X").order_by("-pk")[:1]),
        "alias": dossier.objets.get("agents.Alias", []),
        "position": dossier.objets.get("agents.PositionAdministrative", []),
        "absence": dossier.objets.get("agents.Absence", []),
        "responsabilite": dossier.objets.get("agents.Responsabilite", []),
        "exposition": dossier.objets.get("agents.ExpositionPoste", []),
        "point": dossier.objets.get("commissions.PointOrdreDuJour", []),
    }
    sortes: dict[str, list[Any]] = {"pk": [objet.pk], "rang": [1], "jeton": [getattr(objet, "jeton", "x")]}
    sortes |= {"code": [getattr(objet, "code", "")], "cle": ["motifs"], "annee": [2031], "page": PAGES_AIDEES}
    if isinstance(cle := getattr(holder_of(objet), "cle", None), uuid.UUID):
        sortes["cle"] = [cle]
    sortes |= {"declencheur": [getattr(objet, "declencheur", "")]}
    sortes |= {"nom": GUIDES, "contradiction": [CONTRADICTION], "ligne": [objet.pk]}
    sortes |= {nom: [autre.pk for autre in liste] for nom, liste in autres.items()}
    noms = [partie.split(">")[0].split(":")[-1] for partie in route.motif.split("<")[1:]]
    combinaisons: list[dict[str, Any]] = [{}]
    for nom in noms:
        combinaisons = [c | {nom: valeur} for c in combinaisons for valeur in sortes[nom]]
    return combinaisons
