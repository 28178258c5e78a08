"""What one types in each form of the house so that it is taken; the rest is as the page shows it."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agents.models import TypeExigence, TypeExposition
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LienCompte, Utilisateur
from nouvea_sst.lib.dates import next_working_day
from nouvea_sst.referentiel.models import JourFerie
from tests.fabriques import MOT_DE_PASSE
from tests.imports.fichiers import BOULA, make_csv
from tests.permissions.monde import HIER, Monde
from tests.visites.notes import PNG
from visites.actions.regles import series_of
from visites.models import Motif, RegleVisite

MARDI = "04/03/2031"  # a Tuesday, no holiday
TEXTE = {"texte": "Revu sur place."}
NOUVEAU = "une-phrase-longue-et-sans-rapport-42"


def update(objet: Any, **colonnes: Any) -> None:
    """Put a record in the state that an act needs."""
    type(objet)._default_manager.filter(pk=objet.pk).update(**colonnes)


def qualified(monde: Monde, **colonnes: Any) -> None:
    """Put the report past its qualification."""
    faits = {"qualifie_le": monde.jour, "categorie": "situation", "probabilite": 3}
    update(monde.dans.signalement, **(faits | colonnes))


def current(objet: Any) -> dict[str, Any]:
    """The version of a record, as its page would send it."""
    return {"version": type(objet)._default_manager.values_list("version", flat=True).get(pk=objet.pk)}


def soon(monde: Monde) -> str:
    """A day on which visits are held, within the month."""
    depuis = monde.jour + 7 * HIER
    feries = JourFerie.objects.between(depuis, depuis + 30 * HIER)
    return f"{next_working_day(depuis, feries):%d/%m/%Y}"


def leaver(depot: Any) -> dict[str, Any]:
    """The first of those proposed, ticked."""
    partant = depot.partants.first()
    return {"vus": partant.pk, f"parti_{partant.pk}": "on", f"jour_{partant.pk}": "01/11/2026"}


def make_lien(personne: Any) -> None:
    """A link that waits for somebody."""
    maintenant = timezone.now()
    LienCompte.objects.create(
        compte=personne,
        nature="invitation",
        empreinte="e" * 64,
        cree_le=maintenant,
        expire_le=maintenant + 3 * HIER,
    )


def accompany(monde: Monde) -> None:
    """A second coordinator, so that the first may be taken off."""
    membres = monde.dans.accompagnement.membres
    membres.create(compte=Utilisateur.objects.get(username="monde-coordinateur-2"), depuis=monde.jour)


PREPARES: dict[str, Callable[[Monde], None]] = {
    "agents:portee_delier": lambda m: update(m.dans.agent, compte=m.medecin),
    "visites:accompagnement_ouvrir": lambda m: update(m.dans.accompagnement, ferme_le=m.jour),
    "visites:accompagnement_fermer": lambda m: update(m.dans.etape, fin="faite", finie_le=m.jour),
    "visites:accompagnement_retirer": accompany,
    "agents:alerte_rouvrir": lambda m: update(m.dans.alerte, etat="traitee", decidee_le=timezone.now()),
    "comptes:creer_lien": lambda m: update(m.medecin, password="!"),
    "comptes:retirer_lien": lambda m: make_lien(m.medecin),
    "comptes:reactiver": lambda m: update(
        m.medecin, is_active=False, ferme_le=timezone.now(), motif_fermeture="decision"
    ),
    "commissions:tenir": lambda m: update(m.un.seance, date=m.jour - HIER),
    "referentiel:proposer": lambda m: update(m.un.entree, actif=False),
    "journal:clore_examen": lambda m: update(m.un.ligne_examen, avis="justifiee"),
    "reporting:vue_retablir": lambda m: update(m.soi[Role.COORDINATEUR].vue, supprimee_le=timezone.now()),
    "signalements:commencer": lambda m: qualified(m, etat="qualifie"),
    "signalements:mesures": lambda m: qualified(m, etat="en_traitement", commence_le=m.jour),
    "signalements:clore": lambda m: qualified(m, etat="mesures_prises", mesures="Oui", mesures_le=m.jour),
    "visites:certificat": lambda m: update(m.dans.realisee, certificat=None),
    "visites:lettres": lambda m: update(m.dans.visite, date=m.jour),
    "visites:lettres_demi_journee": lambda m: update(
        m.dans.visite, date=m.jour, demi_journee=m.un.demi_journee
    ),
    "visites:repondre": lambda m: update(m.dans.visite, date=m.jour),
}

SAISIES: dict[str, Callable[[Monde], dict[str, Any]]] = {
    "agents:portee_ajouter": lambda m: {
        "structure": m.livres.pk,
        "collectivite": "",
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "date_fin": "",
    },
    "agents:portee_relier": lambda m: {"matricule": m.dans.agent.matricule, "nom": m.dans.agent.nom},
    "comptes:ajouter": lambda m: {
        "identifiant": "904999",
        "last_name": "Wanakaja",
        "first_name": "Lise",
        "role": "rh",
    },
    "comptes:approuver": lambda m: {"demande": m.un.demande.pk},
    "comptes:corriger": lambda m: {"fonction": "Remplaçante"},
    "comptes:role": lambda m: {"role": "rh"},
    "agents:ajouter": lambda m: {"nom": "Nouveau", "prenom": "Louis"},
    "agents:structure_ajouter": lambda m: {"sigle": "NEUF", "libelle": "Neuve", "niveau": "direction"},
    "agents:structure_corriger": lambda m: {"libelle": "Espaces verts et plages"},
    "agents:poste_corriger": lambda m: {"intitule": "Jardinière"},
    "agents:poste_exigences": lambda m: {f"niveau_{TypeExigence.objects.get(code='bruit').pk}": "souvent"},
    "agents:exposition_ajouter": lambda m: {
        "type": TypeExposition.objects.get(code="plomb").pk,
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "date_fin": "",
    },
    "agents:exposition_corriger": lambda m: {"date_fin": f"{m.jour:%d/%m/%Y}"},
    "agents:corriger": lambda m: {"prenom": "Louis"},
    "agents:affectation_ajouter": lambda m: {
        "structure": m.livres.pk,
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "poste": "Jardinière",
        "site": "Dépôt",
        "date_fin": "",
    },
    "agents:affectation_corriger": lambda m: {"poste": "Jardinière"},
    "agents:absence_ajouter": lambda m: {
        "type": m.dans.absence.type_id,
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "date_fin": f"{m.jour:%d/%m/%Y}",
    },
    "agents:absence_corriger": lambda m: {"date_fin": f"{m.dans.absence.date_fin + HIER:%d/%m/%Y}"},
    "agents:position_ajouter": lambda m: {
        "type": m.dans.position.type_id,
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "date_fin": "",
    },
    "agents:position_corriger": lambda m: {"date_fin": f"{m.dans.position.date_fin + HIER:%d/%m/%Y}"},
    "agents:alerte_traiter": lambda m: {"version": "1"},
    "agents:alerte_ecarter": lambda m: {"motif": "sans_objet"},
    "agents:alerte_rouvrir": lambda m: {"version": "1"},
    "reporting:resume": lambda m: {"recoit": "non"},
    "journal:examens": lambda m: {"annee": m.jour.year},
    "journal:consultation": lambda m: {"avis": "justifiee", "motif": ""},
    "commissions:ajouter": lambda m: {"date": MARDI},
    "commissions:modifier": lambda m: {"lieu": "Salle du haut"},
    "commissions:ajouter_point": lambda m: {
        "intitule": "Bilan",
        "nature": "information",
        "rapporteur": "",
        "jeton": "",
        "version": "",
    },
    "commissions:deplacer_point": lambda m: {"depuis": "1"},
    "commissions:modifier_point": lambda m: {"intitule": "Autrement"},
    "comptes:mot_de_passe": lambda m: {
        "oldpassword": MOT_DE_PASSE,
        "password1": NOUVEAU,
        "password2": NOUVEAU,
    },
    "documents:renvoyer": lambda m: current(m.un.courriel),
    "documents:ecrire": lambda m: {"objet": "Équipement", "texte": "Il est arrivé.", "mode": "papier"},
    "documents:rediger": lambda m: {"texte": "{agent.appel}, bonjour."},
    "documents:entete": lambda m: {"ville": "Dumbéa"},
    "documents:signataire_ajouter": lambda m: {
        "nom": "Lise Wanakaja",
        "fonction": "Adjointe",
        "date_debut": f"{m.jour:%d/%m/%Y}",
        "date_fin": "",
    },
    "documents:signataire_corriger": lambda m: {"fonction": "Adjointe"},
    "imports:abandonner": lambda m: current(m.un.depot) | {"raison": "Mauvais fichier"},
    "imports:annuler": lambda m: current(m.un.applique) | {"raison": "Mauvais fichier"},
    "imports:renoncer": lambda m: current(m.un.applique) | {"raison": "Partis"},
    "imports:appliquer": lambda m: current(m.un.depot),
    "imports:partants": lambda m: current(m.un.complet) | leaver(m.un.complet),
    "imports:correspondance": lambda m: current(m.un.correspondance) | {"choix": "C"},
    "imports:retirer_correspondance": lambda m: current(m.un.correspondance),
    "imports:deposer": lambda m: {
        "cible": "agents",
        "fichier": SimpleUploadedFile("r.csv", make_csv([BOULA], titres=["Registre"], encodage="cp1252")),
    },
    "referentiel:changer": lambda m: {
        "fiabilite": "usage",
        "valeur": "50",
        "date_effet": f"{m.jour + 9 * HIER:%d/%m/%Y}",
        "source": "Essai",
        "confirmer": "1",
    },
    "referentiel:corriger": lambda m: {"valeur": "47", "raison": "Essai", "confirmer": "1"},
    "referentiel:retirer": lambda m: {"raison": "Essai"},
    "visites:nouvelle_regle": lambda m: {
        "priorite": "33",
        "fiabilite": "usage",
        "source": "Avis du médecin",
        "essayer": "1",
    },
    "visites:corriger_regle": lambda m: {"priorite": "33", "raison": "Essai", "confirmer": "1"},
    "visites:retirer_regle": lambda m: {"raison": "Essai"},
    "visites:adopter_essai": lambda m: {
        "serie": str(series_of(lignes=list(RegleVisite.objects.filter(declencheur="maladie"))))
    },
    "referentiel:ajouter_jour": lambda m: {"date": MARDI, "libelle": "Pont", "source": "", "confirmer": "1"},
    "referentiel:retirer_jour": lambda m: {"raison": "Essai"},
    "referentiel:ajouter_texte": lambda m: {"reference": "Essai", "titre": "Un titre", "nature": "loi"},
    "referentiel:corriger_texte": lambda m: {"titre": "Un autre titre"},
    "referentiel:ajouter_entree": lambda m: {"code": "neuf", "libelle": "Neuf", "libelle_public": "Neuf"},
    "referentiel:corriger_entree": lambda m: {"libelle": "Périodique"},
    "reporting:vue_enregistrer": lambda m: {"liste": "commissions:seances", "nom": "Neuve", "requete": ""},
    "qualite:ecarter": lambda m: {"raison": "Vérifié."},
    "reporting:vue_renommer": lambda m: {"nom": "Autre nom"},
    "reporting:vue_defaut": lambda m: {"par_defaut": "oui"},
    "signalements:signaler": lambda m: {
        "categorie": "situation",
        "recit": "Le sol glisse.",
        "gravite": "2",
        "lieu": "Halle",
        "survenu_le": f"{m.jour:%Y-%m-%d}",
    },
    "signalements:qualifier": lambda m: {
        "version": "1",
        "intitule": "Sol glissant",
        "categorie": "situation",
        "structure": m.verts.pk,
        "site": "",
        "risque": "2-3",
        "pilote": m.comptes[Role.PREVENTEUR].pk,
    },
    "signalements:commencer": lambda m: {"version": "1"},
    "signalements:mesures": lambda m: TEXTE,
    "signalements:clore": lambda m: TEXTE,
    "signalements:rejeter": lambda m: TEXTE,
    "signalements:ajouter_agent": lambda m: {"agent": m.hors.agent.matricule},
    "signalements:ajouter_accident": lambda m: {
        "nature": "service",
        "date": f"{m.jour:%d/%m/%Y}",
        "lieu": "Halle",
        "circonstances": "Chute.",
    },
    "signalements:modifier_accident": lambda m: {"lieu": "Autre halle"},
    "signalements:ajouter_action": lambda m: {
        "intitule": "Poser une rampe",
        "pilote": m.comptes[Role.PREVENTEUR].pk,
        "echeance": MARDI,
    },
    "signalements:modifier_action": lambda m: {"pilote": m.comptes[Role.PREVENTEUR].pk},
    "signalements:commencer_action": lambda m: {"version": "1"},
    "signalements:terminer_action": lambda m: {"preuve": "Photo du 4 mars."},
    "signalements:abandonner_action": lambda m: TEXTE,
    "agents:fusion": lambda m: {"raison": "Même personne, selon la paie.", "certain": "on"},
    "visites:lettres": lambda m: {"du": f"{m.jour:%d/%m/%Y}", "au": f"{m.jour:%d/%m/%Y}"},
    "visites:lettres_demi_journee": lambda m: {"signataire": ""},
    "visites:ouvrir_demi_journee": lambda m: {
        "professionnel": m.medecin.pk,
        "lieu": m.un.demi_journee.lieu_id,
        "date": soon(m),
    },
    "visites:creneau_occupe": lambda m: {"heure": "13:00", "occupe": "on"},
    "visites:absence_ajouter": lambda m: {
        "professionnel": m.medecin.pk,
        "nature": "conge",
        "date_debut": soon(m),
    },
    "visites:absence_corriger": lambda m: {"nature": "formation"},
    "visites:demi_journee_etat": lambda m: {"vers": "close"},
    "visites:remplacer": lambda m: {"due": m.dans.due.pk, "heure": "13:00"},
    "visites:dire": lambda m: {
        "presence": "absent",
        "arrivee": "",
        "excuse": "",
        "excuse_precision": "",
    },
    "visites:repondre": lambda m: {"reponse": "confirmee", "voie": "telephone"},
    "visites:remplir": lambda m: {
        "due": m.dans.due.pk,
        "heure": [f"{heure:%H:%M}" for heure in m.un.demi_journee.heures],
        "confirmer": "1",
    },
    "visites:placer": lambda m: {
        "date": soon(m),
        "heure": "08:00",
        "professionnel": m.medecin.pk,
        "motif": Motif.objects.get(code="demande_agent").pk,
    },
    "visites:demander": lambda m: {"raison": "Le poste change.", "origine": "agent"},
    "visites:accuser": lambda m: {"cles": [m.dans.engagement.pk], "recu_le": m.jour.isoformat()},
    "visites:engagement_suite": lambda m: {
        "suite": "partielle",
        "suite_le": m.jour.isoformat(),
        "raison": "Un seul chariot pour deux.",
    },
    "visites:engagement_suivre": lambda m: {
        "echeance": m.jour.isoformat(),
        "revue_le": m.jour.isoformat(),
    },
    "visites:engagement_clore": lambda m: {"raison": "Autre équipe."},
    "visites:demande_refuser": lambda m: {"reponse": "Vu la semaine passée."},
    "rendez_vous:repondre": lambda m: {"reponse": "confirmee"},
    "visites:deplacer": lambda m: {"date": soon(m), "heure": "08:00"},
    "visites:annuler": lambda m: {"raison": "Agent muté."},
    "visites:due_date": lambda m: {"choisie": soon(m), "raison_choix": "Agent en mission."},
    "visites:due_ecarter": lambda m: {"raison": "Vu par un confrère."},
    "visites:conclure": lambda m: {"conclusion": "attestation"},
    "visites:corriger": lambda m: {"conclusion": "attestation", "raison": "Date mal notée."},
    "visites:brouillon": lambda m: {"conclusion": "attestation"},
    "visites:note_ecrire": lambda m: {"date": f"{m.jour:%d/%m/%Y}", "texte": "Vu ce jour."},
    "visites:premiere_note": lambda m: {
        "matricule": m.dans.agent.matricule,
        "nom": m.dans.agent.nom,
        "date": f"{m.jour:%d/%m/%Y}",
        "texte": "Vu ce jour.",
    },
    "visites:note_amender": lambda m: {"texte": "Revu ce jour."},
    "visites:note_partager": lambda m: {
        "destinataire": m.comptes[Role.INFIRMIER].pk,
        "jusqu_au": f"{m.jour + 9 * HIER:%d/%m/%Y}",
    },
    "visites:note_joindre": lambda m: {"fichier": SimpleUploadedFile("vue.png", PNG)},
    "visites:notes_remettre": lambda m: {"demande": "on", "mains": "on"},
    "visites:accompagnement_nommer": lambda m: {"compte": m.comptes[Role.CHEF].pk},
    "visites:echange_ecrire": lambda m: {
        "texte": "Vu ce jour.",
        "etape": "Rappeler.",
        "prevue_le": f"{m.jour + 9 * HIER:%d/%m/%Y}",
    },
    "visites:echange_amender": lambda m: {"texte": "Revu ce jour.", "raison": "Jour mal dit."},
    "visites:echange_montrer": lambda m: {
        "destinataire": m.medecin.pk,
        "jusqu_au": f"{m.jour + 9 * HIER:%d/%m/%Y}",
    },
    "visites:echange_joindre": lambda m: {"fichier": SimpleUploadedFile("vue.png", PNG)},
    "visites:echanges_remettre": lambda m: {"demande": "on", "mains": "on"},
    "visites:etape_finir": lambda m: {"fin": "faite"},
}

# What writes nothing, here or at all.
SANS_ECRITURE = {
    "comptes:fermer_mienne": "only the one in use is open",
    "comptes:fermer_session": "the account has no session",
    "account_change_password": "the page of comptes:mot_de_passe under another name",
    "account_login": "somebody logged in is sent home",
    "comptes:connexion": "somebody logged in is sent home",
    "imports:reprendre": "the import is not under way",
    "imports:interrompre": "the import is not under way",
    "reporting:vue_defaut": "a view without filter is what the menu opens anyhow",
    "reporting:vue_deplacer": "the account has one view",
    "travaux:relancer": "the job has not failed",
    "travaux:vu": "the job is not over",
    "visites:tous_presents": "nobody is expected in the half-day",
    "visites:engagement_renouveler": "a request of the service waits already",
    "visites:apercu": "shows what would be written",
    "visites:envoyer_lien": "no server of messages is set: it says so",
    "visites:echanges_remettre": "hands over a copy that nothing keeps, and leaves its line",
    "visites:notes_remettre": "hands over a copy that nothing keeps, and leaves its line",
}
