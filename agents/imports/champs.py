"""Fields of a personnel register: headers that name them, how their cells are read."""

from agents.enums import Civilite, Sexe, Statut
from agents.models import Poste, Site
from agents.rules.arborescence import are_sigles
from agents.rules.registre import (
    COLLECTIVITES,
    are_addresses,
    are_full_names,
    are_matricules,
    check_length,
    describe_matricules,
    read_collectivite,
    read_courriel,
    read_matricule,
    read_prenom,
    split_full_name,
)
from nouvea_sst.imports.rules.cible import Champ, Nature
from nouvea_sst.lib.texte import fold

SEXES = {
    **dict.fromkeys(("f", "femme", "feminin", "female", "woman"), Sexe.F.value),
    **dict.fromkeys(("m", "h", "homme", "masculin", "male", "man"), Sexe.M.value),
}
CIVILITES = {
    **dict.fromkeys(("m", "mr", "monsieur", "0"), Civilite.M.value),
    **dict.fromkeys(("mme", "mlle", "madame", "mademoiselle", "mrs", "ms", "1", "2"), Civilite.MME.value),
}
STATUTS = {
    **dict.fromkeys(
        (
            "f",
            "fonctionnaire",
            "fonctionnaire communal",
            "fonctionnaire territorial",
            "fonctionnaires",
            "titulaire",
            "stagiaire",
            "fonctionnaire titulaire",
            "fonctionnaire stagiaire",
            "detache",
        ),
        Statut.F.value,
    ),
    **dict.fromkeys(
        ("c", "contractuel", "contractuelle", "contractuels", "agent contractuel", "non titulaire"),
        Statut.C.value,
    ),
    **dict.fromkeys(
        ("cc", "convention collective", "conventions collectives", "agent en convention collective"),
        Statut.CC.value,
    ),
}
LONGUEUR_NUMERO = 15


def _only(choix: dict[str, str], deux: bool = True):
    """Whether a column without a known header holds nothing but these values, at least two of them."""

    def guess(textes) -> bool:
        vus = {fold(t) for t in textes}
        return vus <= set(choix) and len({choix[v] for v in vus}) >= (2 if deux else 1)

    return guess


CHAMPS = (
    Champ(
        "matricule",
        "Matricule",
        synonymes=(
            "matricule", "nomatr", "no matricule", "n° matricule", "numero matricule", "numero de matricule",
            "matr", "mat", "matricule agent", "code agent", "id agent", "employeenumber", "employee number",
            "employee id", "numero agent", "n° agent",
        ),
        fragments=("matricule",),
        lire=read_matricule,
        devine=are_matricules,
        decrire=describe_matricules,
    ),
    Champ(
        "id_tiarhe",
        "Matricule Tiarhé",
        synonymes=("id tiarhe", "matricule tiarhe", "tiarhe"),
        fragments=("tiarhe",),
        longueur=LONGUEUR_NUMERO,
    ),
    Champ(
        "num_cafat",
        "N° CAFAT",
        synonymes=("num cafat", "n° cafat", "no cafat", "numero cafat", "cafat"),
        fragments=("cafat",),
        longueur=LONGUEUR_NUMERO,
    ),
    Champ(
        "num_ruamm",
        "N° RUAMM",
        synonymes=("num ruamm", "n° ruamm", "no ruamm", "numero ruamm", "ruamm"),
        fragments=("ruamm",),
        longueur=LONGUEUR_NUMERO,
    ),
    Champ(
        "nom_complet",
        "Nom et prénom",
        synonymes=(
            "full name", "nom complet", "nom et prenom", "nom prenom", "nom prenoms", "nom et prenoms",
            "employee name", "name", "nom", "agent",
        ),
        lire=split_full_name,
        convient=are_full_names,
        devine=are_full_names,
    ),
    Champ(
        "nom",
        "Nom d’usage",
        synonymes=(
            "nom", "nom usage", "nom d’usage", "nom de l’elu", "nom de l’agent", "nom agent",
            "nom de famille", "nom marital", "last name", "surname", "lastname", "family name",
        ),
        fragments=("nom usage", "nom d usage"),
        lire=check_length,
    ),
    Champ(
        "prenom",
        "Prénom",
        synonymes=(
            "prenom", "prenoms", "prenom usage", "prenom d’usage", "prenom de l’elu", "prenom de l’agent",
            "first name", "given name", "firstname",
        ),
        fragments=("prenom", "prenoms"),
        lire=read_prenom,
    ),
    Champ(
        "nom_naissance",
        "Nom de naissance",
        synonymes=(
            "nom de naissance", "nom naissance", "nom patronymique", "nom de jeune fille", "maiden name",
        ),
        fragments=("patronymique",),
        lire=check_length,
    ),
    Champ(
        "civilite",
        "Civilité",
        Nature.CHOIX,
        synonymes=("civilite", "titre", "title"),
        choix=CIVILITES,
        attendu="M. ou Mme",
        libelles=dict(Civilite.choices),
    ),
    Champ(
        "sexe",
        "Sexe",
        Nature.CHOIX,
        synonymes=("sexe", "code sexe", "genre", "gender", "sex", "f/h", "h/f", "f/m", "m/f"),
        fragments=("sexe",),
        choix=SEXES,
        attendu="F, M, H, Femme ou Homme",
        libelles=dict(Sexe.choices),
        devine=_only(SEXES),
    ),
    Champ(
        "date_naissance",
        "Date de naissance",
        Nature.DATE,
        synonymes=(
            "date de naissance", "date naissance", "naissance", "ne le", "ne(e) le", "date naiss", "ddn",
            "date of birth", "birth date", "birthdate", "dob",
        ),
        fragments=("naissance", "naiss", "birth"),
        pivot=10,
    ),
    Champ(
        "date_embauche",
        "Dernière embauche",
        Nature.DATE,
        synonymes=(
            "date derniere embauche", "derniere embauche", "date d’embauche", "date embauche", "embauche",
            "date de recrutement", "date d’entree", "date entree", "date d’arrivee", "date first hired",
            "hire date", "date hired", "date premiere embauche", "premiere embauche", "date of hire",
        ),
        fragments=("embauche", "recrutement", "hired", "hire"),
    ),
    Champ(
        "date_depart",
        "Départ",
        Nature.DATE,
        synonymes=(
            "date de depart", "date depart", "depart", "date de sortie", "date sortie", "date fin", "sortie",
            "termination date", "date de fin", "date radiation",
        ),
        fragments=("depart", "sortie"),
    ),
    Champ(
        "date_deces",
        "Décès",
        Nature.DATE,
        synonymes=("date deces", "date de deces", "deces"),
        fragments=("deces",),
    ),
    Champ(
        "statut",
        "Statut",
        Nature.CHOIX,
        synonymes=("statut", "statut agent", "statut rh", "code statut", "status", "type de contrat"),
        fragments=("statut",),
        choix=STATUTS,
        attendu="Fonctionnaire (F), Contractuel (C) ou Convention collective (CC)",
        libelles=dict(Statut.choices),
        devine=_only(STATUTS),
    ),
    Champ(
        "code_categorie",
        "Catégorie de carrière",
        Nature.ENTIER,
        synonymes=("cdcate", "code categorie", "categorie de carriere"),
    ),
    Champ(
        "collectivite",
        "Collectivité",
        synonymes=("collectivite", "id collectivite", "employeur"),
        lire=read_collectivite,
        offrir=lambda: dict(COLLECTIVITES.values()),
    ),
    Champ(
        "direction_sigle",
        "Direction, sigle",
        synonymes=(
            "sigle direction", "direction sigle", "code direction", "dir", "direction", "department",
            "dept",
        ),
        longueur=20,
        convient=are_sigles,
    ),
    Champ(
        "direction",
        "Direction",
        synonymes=(
            "direction", "libelle direction", "nom direction", "department name", "department",
            "direction libelle",
        ),
        longueur=200,
    ),
    Champ(
        "service_sigle",
        "Service, sigle",
        synonymes=("sigle service", "service sigle", "code service", "serv", "service"),
        longueur=20,
        convient=are_sigles,
    ),
    Champ(
        "service",
        "Service",
        synonymes=("service", "libelle service", "nom service", "division", "service libelle"),
        longueur=200,
    ),
    Champ(
        "section",
        "Section",
        synonymes=("section", "libelle section", "cellule", "unite", "equipe"),
        longueur=200,
    ),
    Champ(
        "entite",
        "Structure, sigle ou nom",
        synonymes=("structure", "entite", "affectation", "sigle", "unite organisationnelle"),
        longueur=200,
    ),
    Champ(
        "poste",
        "Poste",
        synonymes=(
            "poste", "intitule du poste", "intitule poste", "lib titre poste", "titre poste", "fonction",
            "emploi", "metier", "employee position title", "position title", "job title", "title",
        ),
        fragments=("titre poste", "intitule du poste"),
        offrir=lambda: {intitule: intitule for intitule in Poste.objects.values_list("intitule", flat=True)},
        longueur=200,
    ),
    Champ(
        "site",
        "Site",
        synonymes=("site", "lieu de travail", "lilieu", "lieu", "lieu d’affectation", "work location"),
        offrir=lambda: {libelle: libelle for libelle in Site.objects.values_list("libelle", flat=True)},
        longueur=120,
    ),
    Champ(
        "courriel",
        "Courriel professionnel",
        synonymes=("courriel", "email", "e-mail", "mail", "adresse mail", "courriel professionnel"),
        fragments=("courriel", "email"),
        lire=read_courriel,
        devine=are_addresses,
    ),
    Champ(
        "telephone",
        "Téléphone professionnel",
        synonymes=("telephone", "tel", "telephone professionnel", "poste telephonique", "phone"),
        fragments=("telephone",),
        longueur=20,
    ),
)  # fmt: skip

CALCULES = (Champ("structure", "Structure"), Champ("est_elu", "Élu"))
