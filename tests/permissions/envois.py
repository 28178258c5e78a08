"""What one types in each form of the house so that it is taken; the rest is as the page shows it."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LienCompte
from nouvea_sst.lib.dates import next_working_day
from nouvea_sst.referentiel.models import JourFerie
from tests.fabriques import MOT_DE_PASSE
from tests.imports.fichiers import BOULA, make_csv
from tests.permissions.monde import HIER, Monde
from visites.models import Motif

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


PREPARES: dict[str, Callable[[Monde], None]] = {
    "agents:portee_delier": lambda m: update(m.dans.agent, compte=m.medecin),
    "comptes:creer_lien": lambda m: update(m.medecin, password="!"),
    "comptes:retirer_lien": lambda m: make_lien(m.medecin),
    "comptes:reactiver": lambda m: update(
        m.medecin, is_active=False, ferme_le=timezone.now(), motif_fermeture="decision"
    ),
    "commissions:tenir": lambda m: update(m.un.seance, date=m.jour - HIER),
    "referentiel:proposer": lambda m: update(m.un.entree, actif=False),
    "reporting:vue_retablir": lambda m: update(m.soi[Role.COORDINATEUR].vue, supprimee_le=timezone.now()),
    "signalements:commencer": lambda m: qualified(m, etat="qualifie"),
    "signalements:mesures": lambda m: qualified(m, etat="en_traitement", commence_le=m.jour),
    "signalements:clore": lambda m: qualified(m, etat="mesures_prises", mesures="Oui", mesures_le=m.jour),
    "visites:certificat": lambda m: update(m.dans.realisee, certificat=None),
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
    "visites:placer": lambda m: {
        "date": soon(m),
        "heure": "08:00",
        "professionnel": m.medecin.pk,
        "motif": Motif.objects.get(code="demande_agent").pk,
    },
    "visites:deplacer": lambda m: {"date": soon(m), "heure": "08:00"},
    "visites:annuler": lambda m: {"raison": "Agent muté."},
    "visites:conclure": lambda m: {"conclusion": "attestation"},
}

# What writes nothing, here or at all.
SANS_ECRITURE = {
    "comptes:fermer_mienne": "only the one in use is open",
    "comptes:fermer_session": "the account has no session",
    "account_change_password": "the page of comptes:mot_de_passe under another name",
    "account_login": "somebody logged in is sent home",
    "comptes:connexion": "somebody logged in is sent home",
    "imports:reprendre": "the import is not under way",
    "reporting:vue_defaut": "a view without filter is what the menu opens anyhow",
    "reporting:vue_deplacer": "the account has one view",
    "travaux:relancer": "the job has not failed",
    "travaux:vu": "the job is not over",
    "visites:apercu": "shows what would be written",
}
