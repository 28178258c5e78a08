"""affectations.csv: who holds which post in which structure, from when to when."""

import datetime
from collections.abc import Set
from decimal import ROUND_HALF_UP, Decimal

from agents.actions.affectations import align_touched
from agents.imports.lexiques import Lexique, new_poste, new_site, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from agents.imports.rapprochement import refuse_overlaps
from agents.models import Affectation, Poste, Site, Structure
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.traces import past_of
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Reference, Valeurs
from nouvea_sst.lib.histoire import CREATION
from nouvea_sst.lib.texte import fold

CHEVAUCHE = "Ces jours sont déjà ceux de l’affectation du {} : corrigez les dates de l’une des deux."
CHAMPS = (
    Champ(
        "id_affectation",
        "Numéro de l’affectation",
        synonymes=("id affectation", "id aff"),
        longueur=ORIGINE_MAX,
    ),
    Champ(
        "date_debut",
        "Début",
        Nature.DATE,
        synonymes=("date debut aff", "date debut", "date de debut", "debut", "datdeb"),
        fragments=("debut",),
    ),
    Champ(
        "fin_exclue",
        "Fin, premier jour hors de l’affectation",
        Nature.DATE,
        synonymes=("date fin aff", "datfin"),
        fin_exclue=True,
    ),
    Champ(
        "date_fin",
        "Fin, dernier jour",
        Nature.DATE,
        synonymes=("date fin", "date de fin", "fin", "dernier jour"),
        vide_efface=True,
    ),
    Champ(
        "temps_travail",
        "Temps de travail, en %",
        Nature.DECIMAL,
        synonymes=("temps travail", "temps de travail", "taux", "quotite"),
        fragments=("temps travail",),
    ),
    Champ(
        "structure",
        "Structure",
        synonymes=(
            "id service ads", "id entite", "structure", "entite", "service", "sigle", "sigle service",
            "code service",
        ),
        longueur=200,
    ),
    Champ(
        "poste",
        "Poste",
        synonymes=(
            "lib titre poste", "titre poste", "poste", "intitule du poste", "intitule poste", "fonction",
            "emploi",
        ),
        fragments=("titre poste",),
        longueur=200,
    ),
    Champ(
        "site",
        "Site",
        synonymes=("lilieu", "site", "lieu", "lieu de travail", "lieu d’affectation"),
        longueur=120,
    ),
)  # fmt: skip


def read_structures() -> Lexique:
    """Every structure, by the former software's number; the open ones by their sigle too."""
    lexique = Lexique("structure", {}, inconnu="Structure {} inconnue")
    par_pk: dict[int, Reference] = {}
    colonnes = ("pk", "sigle", "libelle", "cle_import", "date_fin")
    for pk, sigle, libelle, cle, fin in Structure.objects.order_by("pk").values_list(*colonnes):
        par_pk[pk] = Reference(pk, f"{sigle} – {libelle}")
        if cle:
            lexique.connus[fold(cle.partition("=")[2])] = par_pk[pk]
        if fin is None:
            lexique.connus.setdefault(fold(sigle), par_pk[pk])
    lexique.par_pk = par_pk
    return lexique


def complete(valeurs: Valeurs) -> None:
    """Keep one end, the last day; a share of working time rounded half up, unless out of bounds."""
    if "fin_exclue" in valeurs:
        valeurs["date_fin"] = valeurs.pop("fin_exclue")
    temps = valeurs.get("temps_travail")
    if temps is not None and _is_share(temps):
        valeurs["temps_travail"] = int(temps.quantize(Decimal(1), ROUND_HALF_UP))


def _is_share(temps: Decimal | int) -> bool:
    return 1 <= temps <= 100


def check(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """The share of working time is one."""
    temps = valeurs.get("temps_travail")
    if temps is None or _is_share(temps):
        return []
    return [Faute("temps_travail", f"{temps:f}".replace(".", ","), "Le temps de travail va de 1 à 100 %.")]


def opened_by_registers(cles: Set[int]) -> set[int]:
    """Which of these affectations an import of the register opened, for want of their dates."""
    registres = Import.objects.filter(cible="agents").exclude(requete="").values_list("requete", flat=True)
    ouvertes = past_of(Affectation)._base_manager.filter(
        pgh_label=CREATION, pgh_obj_id__in=cles, pgh_context__requete__in=list(registres)
    )
    return set(ouvertes.order_by().values_list("pgh_obj_id", flat=True))


CIBLE_AFFECTATIONS = make_target(
    Declaration(
        code="affectations",
        libelle="Affectations",
        nom="affectation",
        meme="cette affectation",
        modele=Affectation,
        champs=CHAMPS,
        stockes=("date_debut", "date_fin", "temps_travail", "structure", "poste", "site"),
        obligatoires=("date_debut", "structure"),
        origine="id_affectation",
        lexiques={
            "structure": read_structures,
            "poste": lambda: read_lexique("poste", Poste.objects.all(), "intitule", fabriquer=new_poste),
            "site": lambda: read_lexique("site", Site.objects.all(), "libelle", fabriquer=new_site),
        },
        resume=("date_debut", "date_fin", "structure", "poste"),
        completer=complete,
        controler=check,
        verifier=lambda lignes, connues: refuse_overlaps(lignes, connues, CHEVAUCHE),
        suites=align_touched,
        provisoires=opened_by_registers,
        fichier="affectations.csv",
        entetes="ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;TEMPS_TRAVAIL;LIB_TITRE_POSTE;ID_SERVICE_ADS;LILIEU",
        acte="agents.load_affectations",
        annulation="agents.undo_affectations",
    )
)
