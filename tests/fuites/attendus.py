"""Who may read which field, written by hand from architecture.md §3 and securite.md §2.1 and §3.2.

Never computed from comptes/roles.py: this is what the roles are checked against. A cell names the places:
s = one's own record, e = of one's team, a = elsewhere. « - » is nobody's business, in any form.

The agents concerned by a report are agents: who reads names reads theirs in the list of agents.
Whoever watches over the queue reads what a job is and why it failed, not where its result is.
The day of a session names the pack made for it, which more people read than the agenda.
"""

from tests.fuites.canaris import Canari

SIGLES = {
    "coordinateur": "COO",
    "chef": "CHE",
    "medecin": "MED",
    "infirmier": "INF",
    "psychologue": "PSY",
    "preventeur": "PRE",
    "rh": "RH",
    "encadrant": "ENC",
    "agent": "AGT",
    "chct": "CHC",
    "auditeur": "AUD",
    "administrateur": "ADM",
}

TABLE = """
                 COO CHE MED INF PSY PRE RH  ENC AGT CHC AUD ADM
nom              sea sea sea sea -   sea sea se  s   -   -   -
numeros          sea sea sea sea -   -   sea -   s   -   -   -
fusion           sea -   -   -   -   -   sea -   -   -   -   -
carriere         sea sea sea sea -   sea sea -   s   -   -   -
responsabilite   sea sea -   -   -   -   -   -   -   -   sea sea
absence          sea sea sea sea -   -   sea se  s   -   -   -
position         sea sea sea sea -   -   sea -   s   -   -   -
type_absence     sea sea -   -   -   -   sea -   s   -   -   -
alerte           sea sea -   -   -   -   sea -   -   -   -   -
raison           sea sea sea sea -   -   sea -   s   -   -   -
suivi            sea sea sea sea -   -   sea -   s   -   -   -
essai            -   a   a   -   -   -   -   -   -   -   -   -
due              sea sea sea sea -   -   sea s   s   -   -   -
demande          sea -   sea sea -   -   -   s   s   -   -   -
rendez_vous      sea sea sea sea -   -   sea se  s   -   -   -
professionnel    sea sea sea sea -   -   sea s   s   -   -   -
motif            sea s   sea sea -   -   s   s   s   -   -   -
conclusion       sea sea sea sea -   -   sea s   s   -   -   -
message          sea sea sea sea -   -   sea se  s   -   -   -
corrigee         sea sea sea sea -   -   sea se  s   -   -   -
version          sea sea sea sea -   -   sea s   s   -   -   -
orientation      -   -   sea sea -   -   -   s   s   -   -   -
restriction      sea sea sea sea -   -   sea se  s   -   -   -
engagement       sea sea sea sea -   -   sea se  -   -   -   -
mot_garde        sea -   sea sea -   -   -   -   -   -   -   -
document         sea sea sea sea -   -   -   -   s   -   -   -
lettre           sea sea sea sea -   -   -   -   -   -   -   -
courriel         a   a   -   -   -   -   -   -   -   -   -   a
note_soignant    -   -   ea  -   -   -   -   -   -   -   -   -
note_psychologue -   -   -   -   ea  -   -   -   -   -   -   -
accompagnement   e   ea  -   -   -   -   -   -   -   -   -   -
echange          e   ea  e   -   e   -   -   -   -   -   -   -
echange_montre   e   -   -   -   -   -   -   -   -   -   -   -
brouillon        -   -   ea  -   -   -   -   -   -   -   -   -
lot              -   -   -   -   -   -   -   -   -   -   -   -
signataire       a   a   a   -   a   -   -   -   -   -   -   -
signalement      sea sea -   -   -   sea -   se  s   -   -   -
declarant        sea sea -   -   -   sea -   -   -   -   -   -
concernes        sea sea sea sea -   sea sea -   -   -   -   -
accident         sea sea sea sea -   sea sea se  s   -   -   -
arret            sea sea sea sea -   sea sea se  s   -   -   -
action           sea sea -   -   -   sea -   -   -   a   -   -
date_seance      a   a   a   a   a   a   a   -   -   a   a   -
seance           a   a   -   -   -   a   -   -   -   a   -   -
ecartee          a   a   -   -   -   -   a   -   -   -   -   -
edition          a   a   a   a   a   a   a   -   -   a   a   -
import           a   a   -   -   -   -   a   -   -   -   -   -
vue              s   s   s   s   s   s   s   s   s   s   s   s
travail          s   s   s   s   s   s   s   s   s   s   s   sa
resultat         s   s   s   s   s   s   s   s   s   s   s   s
compte           -   a   -   -   -   -   -   -   -   -   a   a
acces            -   a   -   -   -   -   -   -   -   -   a   a
precision        -   a   -   -   -   -   -   -   -   -   -   -
corbeille        a   -   -   -   -   -   a   -   -   -   -   -
saisie_gardee    s   s   s   s   s   s   s   s   s   s   s   s
journal          -   -   -   -   -   -   -   -   -   -   a   -
examen           -   a   -   -   -   -   -   -   -   -   a   -
jamais           -   -   -   -   -   -   -   -   -   -   -   -
"""

CHAMPS = {
    "nom": "agents.Agent: nom prenom courriel telephone",
    "numeros": """agents.Agent: matricule id_tiarhe num_cafat num_ruamm nom_naissance date_naissance;
        agents.Alias: nom prenom matricule id_tiarhe fondu_le""",
    "fusion": "agents.Alias: fondu_par",
    "carriere": """agents.Agent: date_embauche date_depart; agents.Affectation: date_debut date_fin;
        agents.Carriere: date_debut date_fin code_grade grade filiere;
        agents.Contrat: date_debut date_fin fin_essai""",
    "responsabilite": "agents.Responsabilite: date_fin",
    "absence": "agents.Absence: date_debut date_fin",
    "position": "agents.PositionAdministrative: date_debut date_fin",
    "type_absence": "agents.Absence: type date_accident; agents.PositionAdministrative: type",
    "alerte": "agents.AlerteAbsence: occasion limite levee_le preuve commentaire decidee_par decidee_le",
    "raison": "agents.RaisonSuivi: date_debut date_fin",
    "suivi": "visites.Suivi: echeance preuve derniere_visite",
    "essai": "visites.EssaiRegle: resultat demandeur",
    "rendez_vous": "visites.Visite: date annulee_parce_que",
    "professionnel": "visites.Visite: professionnel nom_professionnel",
    "motif": "visites.Visite: motif; visites.VisiteDue: motif",
    "due": """visites.VisiteDue: fait_le calculee choisie proposee raison_choix choisie_par echeance preuve
        ecartee_parce_que close_le""",
    "demande": """visites.DemandeVisite: nom_demandeur demandee_le avant_le raison reponse traitee_par
        traitee_le""",
    "conclusion": """visites.Visite: prochaine_visite recommandation signee_le excuse excuse_precision
        dite_le repondu_par repondu_le""",
    "message": "visites.Visite: message_employeur",
    "corrigee": "visites.Visite: corrigee_le",
    "version": """visites.ConclusionCorrigee: signee_le nom_professionnel prochaine_visite message_employeur
        mesures corrigee_le corrigee_par raison""",
    "orientation": "visites.Visite: orientation; visites.ConclusionCorrigee: orientation",
    "mot_garde": "visites.MotConfirme: mot confirme_par confirme_le",
    "restriction": """visites.Restriction: type precision date_debut date_fin fin_avant;
        visites.Visite: signee_lue""",
    "engagement": """visites.Engagement: ouvert_le echeance accuse_le accuse_par raison preuve suite_le
        suite_par chct_le revue_le clos_le clos_parce_que""",
    "document": "documents.Document: contenu emis_par",
    "lettre": "documents.LettreEmise: destinataire emise_par",
    "courriel": "documents.Courriel: adresse cree_le",
    "note_soignant": """visites.NoteSoignant: nom_auteur date;
        visites.VersionNoteSoignant: texte nom_signataire signee_le;
        visites.PieceNoteSoignant: nom contenu jointe_le;
        visites.PartageNoteSoignant: destinataire jusqu_au""",
    "note_psychologue": """visites.NotePsychologue: nom_auteur date;
        visites.VersionNotePsychologue: texte nom_signataire signee_le;
        visites.PieceNotePsychologue: nom contenu jointe_le;
        visites.PartageNotePsychologue: destinataire jusqu_au""",
    "accompagnement": "visites.Accompagnement: ouvert_le ferme_le; visites.MembreAccompagnement: depuis",
    "echange": """visites.Echange: nom_auteur date;
        visites.VersionEchange: texte raison nom_signataire signee_le;
        visites.PieceEchange: nom contenu jointe_le;
        visites.EtapeEchange: texte prevue_le finie_le finie_par""",
    "echange_montre": "visites.PartageEchange: destinataire jusqu_au",
    "brouillon": "visites.BrouillonConclusion: contenu",
    "lot": "documents.LotLettres: intitule saisie ecartees contenu",
    "signataire": "documents.Signataire: nom",
    "signalement": """signalements.Signalement: numero survenu_le lieu intitule recit mesures_immediates
        recu_le qualifier_avant pilote qualifie_le commence_le mesures mesures_le clos_le conclusion""",
    "declarant": "signalements.Signalement: declarant",
    "concernes": "signalements.Signalement: agents",
    "accident": "signalements.Accident: numero date declare_le lieu circonstances",
    "arret": "signalements.Accident: absences",
    "action": "signalements.Action: numero intitule creee_le echeance faite_le preuve pilote",
    "date_seance": "commissions.Seance: date",
    "seance": "commissions.Seance: lieu; commissions.PointOrdreDuJour: intitule rapporteur",
    "ecartee": "reporting.ContradictionEcartee: raison ecartee_par ecartee_le",
    "edition": "reporting.Edition: chiffres faite_par",
    "import": """imports.Import: contenu apercu bilan depose_par applique_le annule_le efface_le;
        imports.LigneImport: libelle repere changements valeur motif avertissement cellules;
        imports.Partant: libelle repere situation date_depart;
        imports.CorrespondanceValeur: valeur retenue_par retenue_le""",
    "vue": "reporting.VueEnregistree: nom requete",
    "travail": "travaux.Travail: intitule message arret_par",
    "resultat": "travaux.Travail: adresse_resultat",
    "compte": "comptes.Utilisateur: username first_name last_name email fonction",
    "acces": """comptes.Utilisateur: approuve_le ferme_le revenu_le;
        comptes.DemandeCompte: demandeur demandee_le; comptes.LienCompte: cree_par cree_le expire_le;
        comptes.SessionCompte: navigateur adresse ouverte_le vue_le expire_date""",
    "precision": "comptes.DemandeCompte: precision",
    "corbeille": "comptes.Retrait: libelle retire_par donnees",
    "saisie_gardee": "comptes.SaisieGardee: champs adresse fichiers",
    "examen": """comptes.ExamenConsultations: graine debut fin tire_le tire_par;
        comptes.LigneExamen: motif examinee_le""",
    "journal": """comptes.LigneJournal: acteur_cle acteur_nom role acte objet_type objet_cle objet_libelle
        agent_cle requete champs""",
    "jamais": """documents.Courriel: contenu depuis_le prochain_le;
        agents.Agent: cle_import; agents.Alias: cle_import retour;
        agents.Affectation: cle_import; agents.Absence: cle_import; agents.Contrat: cle_import;
        visites.Visite: cle_import; comptes.Utilisateur: password;
        comptes.EssaiConnexion: empreinte dernier_le reussi_le; comptes.DemandeCompte: cible;
        comptes.AvisCompte: adresse; imports.CorrespondanceValeur: cle;
        imports.LigneImport: cle; imports.Partant: pas_avant""",
}


def rows() -> dict[str, dict[str, str]]:
    """Return the table: group → role → places."""
    roles = {sigle: role for role, sigle in SIGLES.items()}
    entete, *lignes = (ligne.split() for ligne in TABLE.strip().splitlines())
    return {
        groupe: {roles[s]: places.strip("-") for s, places in zip(entete, cellules, strict=True)}
        for groupe, *cellules in lignes
    }


def groups() -> dict[str, str]:
    """Return the group of each field « app.Modele.champ »; a field written twice is refused."""
    trouves: dict[str, str] = {}
    for groupe, texte in CHAMPS.items():
        for partie in texte.split(";"):
            modele, _, champs = partie.partition(":")
            for champ in champs.split():
                cle = f"{modele.strip()}.{champ}"
                assert cle not in trouves, f"{cle} stands in two groups"
                trouves[cle] = groupe
    return trouves


LIGNES = rows()
GROUPES = groups()


def may_read(role: str | None, canari: Canari) -> bool:
    """Whether this role may read this canary on a page; a visitor reads none."""
    if role is None:
        return False
    return canari.place[0] in LIGNES[GROUPES[canari.champ]][role]
