"""restrictions.csv: what a visit brought over asked for, in functional words (our own file)."""

from collections.abc import Mapping, Sequence
from typing import Any

from agents.imports.connues import Connue, LigneDatee
from agents.imports.lexiques import Lexique, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Reference
from nouvea_sst.lib.texte import fold
from visites.enums import EtatVisite, EtendueMesure
from visites.models import Restriction, TypeRestriction, Visite

AUTRE_AGENT = "Cette visite est celle d’un autre agent : corrigez le matricule ou le numéro de la visite."
PAS_TENUE = "Cette visite n’a pas été tenue : elle n’a pas de restriction."
SIGNEE_ICI = "La conclusion de cette visite est signée dans la maison : un import ne la change pas."
ETENDUES = {
    "0": EtendueMesure.TOUT.value,
    "1": EtendueMesure.POSTE.value,
    "tout poste": EtendueMesure.TOUT.value,
    "poste occupe": EtendueMesure.POSTE.value,
}
CHAMPS = (
    Champ(
        "visite", "Numéro de la visite", synonymes=("id visite", "numero de la visite"), longueur=ORIGINE_MAX
    ),
    Champ(
        "type",
        "Restriction",
        synonymes=("id type restriction", "lib type restriction", "type restriction", "restriction"),
        longueur=120,
        offrir=lambda: {t.libelle: t.libelle for t in TypeRestriction.objects.order_by("ordre", "libelle")},
    ),
    Champ(
        "precision",
        "Précision",
        synonymes=("precision restriction", "precision"),
        longueur=120,
        vide_efface=True,
    ),
    Champ("date_debut", "Du", Nature.DATE, synonymes=("date debut restriction", "date debut", "du")),
    Champ(
        "etendue",
        "Étendue",
        Nature.CHOIX,
        synonymes=("etendue restriction", "etendue"),
        choix=ETENDUES,
        attendu="tout poste (0) ou poste occupé (1)",
        libelles=dict(EtendueMesure.choices),
    ),
    Champ(
        "date_fin",
        "Au, dernier jour",
        Nature.DATE,
        synonymes=("date fin restriction", "date fin", "au"),
        vide_efface=True,
    ),
)


class Numeros(dict[Any, Reference]):
    """Visits by their key; no file says which one it is of those that it did not bring."""

    def __missing__(self, pk: Any) -> Reference:
        return Reference(pk, f"Visite n° {pk}")


def read_visites() -> Lexique:
    """The visits brought over, by the former software's number."""
    lues = Visite.objects.exclude(cle_import="").order_by("pk").values_list("pk", "cle_import")
    numeros = {pk: cle.partition("=")[2] for pk, cle in lues}
    connus = {fold(numero): Reference(pk, f"Visite n° {numero}") for pk, numero in numeros.items()}
    return Lexique("visite", connus, inconnu="Visite {} inconnue", par_pk=Numeros())


def read_types() -> Lexique:
    """Every kind of restriction, by the former software's number or in its words."""
    return read_lexique(
        "restriction",
        TypeRestriction.objects.all(),
        "libelle",
        "code_ancien",
        "libelle",
        inconnu="Restriction {} inconnue",
    )


def verify(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Refuse what is said of another's visit, of one that was not held, or of one concluded here."""
    pks = {ligne.valeurs["visite"].cle for ligne in lignes}
    visites = {visite.pk: visite for visite in Visite.objects.filter(pk__in=pks).order_by("pk")}
    fautes: dict[int, Faute] = {}
    for ligne in lignes:
        reference = ligne.valeurs["visite"]
        if motif := _refuse(visites[reference.cle], ligne.agent):
            fautes[ligne.numero] = Faute("visite", str(reference), motif)
    return fautes


def _refuse(visite: Visite, agent: int) -> str:
    if visite.agent_id != agent:
        return AUTRE_AGENT
    if visite.etat != EtatVisite.REALISEE:
        return PAS_TENUE
    return SIGNEE_ICI if visite.signee_le is not None else ""


CIBLE_RESTRICTIONS = make_target(
    Declaration(
        code="restrictions",
        libelle="Restrictions des visites de l’ancien logiciel",
        nom="restriction",
        meme="cette restriction",
        modele=Restriction,
        champs=CHAMPS,
        stockes=("visite", "type", "precision", "etendue", "date_debut", "date_fin"),
        obligatoires=("visite", "type", "date_debut"),
        cle=("agent", "visite", "type"),
        lexiques={"visite": read_visites, "type": read_types},
        resume=("type", "precision", "etendue", "date_debut", "date_fin"),
        verifier=verify,
        droit="visites.plan_visite",
        fichier="restrictions.csv",
        entetes="ID_VISITE;ID_AGENT;ID_TYPE_RESTRICTION;PRECISION_RESTRICTION;DATE_DEBUT_RESTRICTION;"
        "DATE_FIN_RESTRICTION;ETENDUE_RESTRICTION",
        acte="visites.load_restrictions",
        annulation="visites.undo_restrictions",
    )
)
