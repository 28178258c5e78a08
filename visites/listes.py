"""The small lists of visits that the reference data lets one edit."""

from nouvea_sst.referentiel.catalogue import ListeEditable, Page
from nouvea_sst.referentiel.enums import Domaine
from visites.models import (
    MedecinRepris,
    MotClinique,
    Motif,
    MotifExcuse,
    Orientation,
    Recommandation,
    TypeInaptitude,
    TypeRestriction,
)
from visites.rules.reprise import conclusion_named

LISTES = (
    ListeEditable(
        cle="motifs",
        titre="Motifs de visite",
        nom="motif",
        texte="Pourquoi une visite se tient ; le libellé public est ce que lisent les autres et le papier.",
        modele=Motif,
        domaine=Domaine.MEDICAL,
        champs=("code", "libelle", "libelle_public", "code_ancien"),
        fixes=("code",),
        code_propose="code",
        aides={
            "code": "Un nom court pour les échanges de fichiers ; il ne change plus. "
            "Laissez vide : il sera fait à partir du libellé.",
            "libelle": "Ce que lisent les soignants, la section et l’agent.",
            "libelle_public": "Ce que lisent tous les autres, et ce qu’impriment la convocation et le "
            "certificat. N’y mettez rien qui laisse deviner l’état de santé ni qui a demandé la visite : "
            "« À la demande », « Visite de reprise ».",
            "code_ancien": "Son numéro dans l’ancien logiciel, s’il en avait un.",
        },
        droit_nombre="visites.view_suivi",
        emplois=("placement d’une visite", "convocation", "certificat"),
        fichier="motifs_vm.csv",
        entetes=("id motif vm", "lib motif vm"),
        neuves={"libelle_public": "Visite médicale"},
    ),
    ListeEditable(
        cle="types-restriction",
        titre="Restrictions et aménagements",
        nom="restriction",
        texte="Les mesures proposées à la conclusion, en mots de travail.",
        modele=TypeRestriction,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "precision_attendue", "exigence", "code_ancien"),
        aides={
            "exigence": "Ce qu’un poste ne doit pas demander à qui porte cette restriction ; vide pour un "
            "aménagement. La recherche de postes compatibles s’en sert.",
        },
        droit_nombre="visites.view_mesures",
        emplois=("conclusion d’une visite", "certificat", "page des restrictions"),
        fichier="types_restriction.csv",
        entetes=("id type restriction", "lib type restriction"),
    ),
    ListeEditable(
        cle="orientations",
        titre="Orientations",
        nom="orientation",
        texte="Vers qui le médecin ou l’infirmier adresse l’agent en concluant. Les soignants et l’agent "
        "lisent laquelle, personne d’autre.",
        modele=Orientation,
        domaine=Domaine.MEDICAL,
        champs=("libelle",),
        ancien="",
        droit_nombre="visites.record_attestation",
        emplois=("conclusion d’une visite",),
    ),
    ListeEditable(
        cle="motifs-excuse",
        titre="Motifs d’excuse",
        nom="motif d’excuse",
        texte="Pourquoi un agent s’excuse d’un rendez-vous, et depuis quand ce motif se propose.",
        modele=MotifExcuse,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "valable", "date_effet", "date_fin"),
        ancien="",
        droit_nombre="visites.view_conclusion",
        emplois=("présence d’une demi-journée", "réponse de l’agent"),
        aides={
            "valable": "Une excuse sans motif valable compte ou non comme un rendez-vous manqué, "
            "selon la valeur de référence qui le dit.",
            "date_fin": "Vide : le motif se propose toujours.",
        },
    ),
    ListeEditable(
        cle="medecins-repris",
        titre="Médecins de l’ancien logiciel",
        nom="médecin",
        texte="Le nom que portent les visites reprises, d’après le numéro du médecin dans l’ancien logiciel.",
        modele=MedecinRepris,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "code_ancien"),
        fixes=("code_ancien",),
        droit_nombre="visites.view_suivi",
        emplois=("import des visites",),
    ),
    ListeEditable(
        cle="recommandations",
        titre="Avis de l’ancien logiciel",
        nom="avis",
        texte="Les avis que portent les visites reprises, et la conclusion de la maison qu’ils valent.",
        modele=Recommandation,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "conclusion", "code_ancien"),
        droit_nombre="visites.view_conclusion",
        emplois=("import des visites", "visites reprises"),
        aides={
            "conclusion": "Ce que l’avis veut dire ici ; laissez vide s’il n’en dit pas assez. Les visites "
            "déjà reprises la prennent à l’import suivant.",
        },
        fichier="recommandations.csv",
        entetes=("id recommandation", "lib recommandation"),
        deduire=conclusion_named,
    ),
    ListeEditable(
        cle="types-inaptitude",
        titre="Types d’inaptitude de l’ancien logiciel",
        nom="type d’inaptitude",
        texte="Ce que l’ancien logiciel écrivait des inaptitudes, de 2011 à 2016.",
        modele=TypeInaptitude,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "code_ancien"),
        droit_nombre="visites.view_conclusion",
        emplois=("reprise de l’ancien logiciel",),
        fichier="types_inaptitude.csv",
        entetes=("id type inaptitude", "lib type inaptitude"),
    ),
    ListeEditable(
        cle="lexique",
        titre="Lexique des textes partagés",
        nom="mot",
        texte="Les mots qui se relisent avant de partir dans un texte que d’autres lisent, et les mots de "
        "travail qui n’arrêtent rien : main, bras, épaule, dos, peau, voix, soutien lombaire.",
        modele=MotClinique,
        domaine=Domaine.MEDICAL,
        champs=("libelle", "genre", "debut"),
        ancien="",
        ordonnee=False,
        droit_nombre="visites.view_demande",
        emplois=(
            "message à l’employeur",
            "précision d’une mesure",
            "demande de visite et réponse",
            "raison d’une date, d’une mise à l’écart, d’une annulation",
        ),
        aides={
            "libelle": "De un à cinq mots, sans s’occuper des accents, des majuscules ni du pluriel.",
            "genre": "« Mot de travail, admis » n’arrête rien, et couvre le mot qu’il contient\u202f: "
            "« soutien lombaire » laisse passer « lombaire » à cet endroit.",
            "debut": "Cochez pour tous les mots qui commencent ainsi\u202f: « lombalg » trouve "
            "« lombalgies » et « lombalgique ».",
        },
        proposee=("Cherché dans les textes partagés.", "Mis de côté : il n’est plus cherché."),
        de_cote="Il ne sera plus cherché dans les textes partagés.",
    ),
    Page("Règles de visite", "Ce qui rend une visite due, et quand", "visites:regles"),
)
