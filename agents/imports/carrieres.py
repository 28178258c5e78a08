"""carrieres.csv, positions.csv, contrats.csv: what the payroll says of an agent (sirh.md §9.1).

DATFIN of SPCARR and SPADMN is the first day that is no longer in the row: two rows that follow on share it
(sirh.md §1.5). The end of a contract is its last day.
"""

import datetime
import re

from agents.actions.carrieres import align_careers_touched
from agents.enums import Cadre, NatureContrat
from agents.imports.lexiques import Lexique, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from agents.imports.rapprochement import refuse_overlaps
from agents.models import Carriere, Contrat, PositionAdministrative, TypePosition
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Valeurs
from nouvea_sst.lib.texte import fold

DEBUT = Champ(
    "date_debut",
    "Début",
    Nature.DATE,
    synonymes=("datdeb", "date debut", "date de debut", "debut"),
    fragments=("debut",),
)
FIN_EXCLUE = Champ(
    "fin_exclue", "Fin, premier jour hors de la ligne", Nature.DATE, synonymes=("datfin",), fin_exclue=True
)
FIN = Champ(
    "date_fin",
    "Fin, dernier jour",
    Nature.DATE,
    synonymes=("date fin", "date de fin", "fin", "dernier jour"),
    vide_efface=True,
)
CHEVAUCHE = "Ces jours sont déjà ceux de la ligne qui commence le {} : corrigez les dates de l’une des deux."
CADRES = {fold(cadre.value): cadre.value for cadre in Cadre} | {
    fold(cadre.label): cadre.value for cadre in Cadre
}
NATURES = {
    **dict.fromkeys(("1", "cdd", "contrat a duree determinee"), NatureContrat.CDD.value),
    **dict.fromkeys(("2", "cdi", "contrat a duree indeterminee"), NatureContrat.CDI.value),
}
CATEGORIE_MAX = 99


def complete(valeurs: Valeurs) -> None:
    """Keep one end, the last day."""
    if "fin_exclue" in valeurs:
        valeurs["date_fin"] = valeurs.pop("fin_exclue")


def check_categorie(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """The category is one of the payroll's numbers."""
    categorie = valeurs.get("code_categorie")
    if categorie is None or 1 <= categorie <= CATEGORIE_MAX:
        return []
    motif = f"La catégorie de carrière va de 1 à {CATEGORIE_MAX}."
    return [Faute("code_categorie", str(categorie), motif)]


def read_types() -> Lexique:
    """Every type of position, by its code or its name; a workbook drops the zero of « 01 »."""
    lexique = read_lexique(
        "type de position",
        TypePosition.objects.all(),
        "libelle",
        "code",
        "libelle",
        inconnu="Type de position administrative {} inconnu",
    )
    for texte in [t for t in lexique.connus if re.fullmatch("0[1-9]", t)]:
        lexique.connus.setdefault(texte[1:], lexique.connus[texte])
    return lexique


def check_contrat(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """A fixed-term contract has an end; a trial period begins with its contract."""
    debut, essai = valeurs.get("date_debut"), valeurs.get("fin_essai")
    fautes = []
    if valeurs.get("nature") == NatureContrat.CDD and valeurs.get("date_fin") is None:
        fautes.append(Faute("date_fin", "", "Un CDD a une date de fin."))
    if debut and essai and essai < debut:
        motif = "La période d’essai finit avant le début du contrat."
        fautes.append(Faute("fin_essai", f"{essai:%d/%m/%Y}", motif))
    return fautes


CIBLE_CARRIERES = make_target(
    Declaration(
        code="carrieres",
        libelle="Carrières",
        nom="ligne de carrière",
        meme="cette ligne de carrière",
        modele=Carriere,
        champs=(
            DEBUT,
            FIN_EXCLUE,
            FIN,
            Champ(
                "code_categorie",
                "Catégorie de carrière",
                Nature.ENTIER,
                synonymes=("cdcate", "code categorie", "categorie de carriere"),
            ),
            Champ("code_grade", "Code du grade", synonymes=("cdgrad", "code grade"), longueur=10),
            Champ("grade", "Grade", synonymes=("ligrad", "grade", "libelle grade"), longueur=100),
            Champ(
                "cadre",
                "Catégorie, de A à D",
                Nature.CHOIX,
                synonymes=("cdcadr", "cadre", "categorie"),
                choix=CADRES,
                attendu="A, B, C ou D",
                libelles=dict(Cadre.choices),
            ),
            Champ("filiere", "Filière", synonymes=("cdfili", "filiere"), longueur=100),
        ),
        stockes=("date_debut", "date_fin", "code_categorie", "code_grade", "grade", "cadre", "filiere"),
        obligatoires=("date_debut", "code_categorie"),
        resume=("date_debut", "date_fin", "code_categorie", "grade"),
        completer=complete,
        controler=check_categorie,
        verifier=lambda lignes, connues: refuse_overlaps(lignes, connues, CHEVAUCHE),
        suites=align_careers_touched,
        acte="agents.load_carrieres",
        annulation="agents.undo_carrieres",
        fichier="carrieres.csv",
        entetes="NOMATR;DATDEB;DATFIN;CDCATE;CDGRAD;LIGRAD;CDCADR;CDFILI",
    )
)
CIBLE_POSITIONS = make_target(
    Declaration(
        code="positions",
        libelle="Positions administratives",
        nom="position",
        meme="cette position",
        modele=PositionAdministrative,
        champs=(
            DEBUT,
            FIN_EXCLUE,
            FIN,
            Champ(
                "type",
                "Type de position",
                synonymes=(
                    "cdpadm", "code position", "position administrative", "type position", "position",
                    "lipadm",
                ),
                longueur=100,
                offrir=lambda: {t.code: t.libelle for t in TypePosition.objects.order_by("ordre", "code")},
            ),
        ),
        stockes=("date_debut", "date_fin", "type"),
        obligatoires=("date_debut", "type"),
        lexiques={"type": read_types},
        resume=("date_debut", "date_fin", "type"),
        completer=complete,
        verifier=lambda lignes, connues: refuse_overlaps(lignes, connues, CHEVAUCHE),
        droit="agents.change_absence",
        acte="agents.load_positions",
        annulation="agents.undo_positions",
        fichier="positions.csv",
        entetes="NOMATR;DATDEB;DATFIN;CDPADM",
    )
)  # fmt: skip
CIBLE_CONTRATS = make_target(
    Declaration(
        code="contrats",
        libelle="Contrats",
        nom="contrat",
        meme="ce contrat",
        modele=Contrat,
        champs=(
            Champ(
                "id_contrat",
                "Numéro du contrat",
                synonymes=("id contrat", "num contrat"),
                longueur=ORIGINE_MAX,
            ),
            Champ(
                "nature",
                "Nature du contrat",
                Nature.CHOIX,
                synonymes=("id type contrat", "type contrat", "type de contrat", "nature"),
                choix=NATURES,
                attendu="CDD (1) ou CDI (2)",
                libelles=dict(NatureContrat.choices),
            ),
            DEBUT,
            FIN,
            Champ(
                "fin_essai",
                "Fin de la période d’essai",
                Nature.DATE,
                synonymes=("date fin période ess", "fin période essai", "fin de période d’essai"),
                fragments=("essai", "période ess"),
                vide_efface=True,
            ),
        ),
        stockes=("nature", "date_debut", "date_fin", "fin_essai"),
        obligatoires=("nature", "date_debut"),
        origine="id_contrat",
        resume=("nature", "date_debut", "date_fin"),
        controler=check_contrat,
        acte="agents.load_contrats",
        annulation="agents.undo_contrats",
        fichier="contrats.csv",
        entetes="ID_AGENT;ID_TYPE_CONTRAT;DATDEB;DATE_FIN;DATE_FIN_PERIODE_ESS",
    )
)  # fmt: skip
