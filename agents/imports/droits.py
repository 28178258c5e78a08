"""droits_maladies.csv: the scale of sick-leave rights of the former software (sirh.md §5.4 and §9.1)."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from agents.actions.referentiel import load_bareme
from agents.enums import GroupeStatut
from agents.models import DroitMaladie
from nouvea_sst.imports.rules.cible import (
    Champ,
    Cible,
    Cle,
    Confrontation,
    Faute,
    LigneLue,
    Nature,
    Rapprochement,
    Valeurs,
)
from nouvea_sst.referentiel.enums import Domaine
from nouvea_sst.referentiel.perms import DROITS

JOURS_MAX, ANNEES_MAX = 366, 60
ECRITS = ("libelle", "groupe", "annees_moins_de", "jours_plein", "jours_demi", "code_ancien")
# The former software gives no date; a row of a scale that it hands over was always so, as far as one knows.
SANS_DATE = datetime.date(2000, 1, 1)
CHAMPS = (
    Champ(
        "code_ancien",
        "Code de l’ancien logiciel",
        Nature.ENTIER,
        synonymes=("id ref droits maladies", "id abs ref droits maladies", "code"),
    ),
    Champ("fonctionnaire", "Fonctionnaire", Nature.OUI_NON, synonymes=("f", "fonctionnaire")),
    Champ("contractuel", "Contractuel", Nature.OUI_NON, synonymes=("c", "contractuel")),
    Champ("convention", "Convention collective", Nature.OUI_NON, synonymes=("cc", "convention collective")),
    Champ(
        "jours_plein",
        "Jours à plein traitement",
        Nature.ENTIER,
        synonymes=("droits ps", "nombre jours plein salaire", "jours plein traitement"),
    ),
    Champ(
        "jours_demi",
        "Jours à demi-traitement",
        Nature.ENTIER,
        synonymes=("droits ds", "nombre jours demi salaire", "jours demi-traitement"),
    ),
    Champ(
        "annees_moins_de",
        "Moins de tant d’années d’ancienneté",
        Nature.ENTIER,
        synonymes=("annee anciennete", "anciennete"),
    ),
    Champ("groupe", "Statuts", libelles=dict(GroupeStatut.choices)),
    Champ("libelle", "Libellé"),
)
DRAPEAUX = ("fonctionnaire", "contractuel", "convention")


def complete(valeurs: Valeurs) -> None:
    """Turn the three flags into the group that they name together, and name the row."""
    f, c, cc = (bool(valeurs.pop(nom, False)) for nom in DRAPEAUX)
    if f != (c or cc):
        valeurs["groupe"] = (GroupeStatut.F if f else GroupeStatut.C_CC).value
    annees = valeurs.get("annees_moins_de")
    valeurs["annees_moins_de"] = None if annees is None or annees > ANNEES_MAX else annees
    valeurs["libelle"] = _named(valeurs.get("groupe"), valeurs["annees_moins_de"])


def _named(groupe: Any, annees: int | None) -> str:
    nom = "Fonctionnaire" if groupe == GroupeStatut.F else "Contractuel ou convention collective"
    if annees is None:
        return nom if groupe == GroupeStatut.F else f"{nom}, au-delà"
    return f"{nom}, moins de {annees} an{'s' if annees > 1 else ''}"


def checks_on(jour: datetime.date) -> Callable[[Valeurs], list[Faute]]:
    """Return the checks of a row; they depend on no day."""
    return check


def check(valeurs: Valeurs) -> list[Faute]:
    """The flags name one scale, and no right exceeds a year."""
    fautes = []
    if "groupe" not in valeurs:
        motif = "Une ligne vaut pour les fonctionnaires, ou pour les contractuels et conventions collectives."
        fautes.append(Faute("fonctionnaire", "", motif))
    for nom in ("jours_plein", "jours_demi"):
        jours = valeurs.get(nom)
        if jours is not None and not 0 <= jours <= JOURS_MAX:
            fautes.append(Faute(nom, str(jours), f"Un droit va de 0 à {JOURS_MAX} jours."))
    annees = valeurs.get("annees_moins_de")
    if annees is not None and annees < 1:
        fautes.append(Faute("annees_moins_de", str(annees), "L’ancienneté est d’au moins une année."))
    return fautes


def confront(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """By group and years, within the last scale of each group; the label of a known row stays."""
    connus: dict[tuple[str, int | None], DroitMaladie] = {}
    for droit in DroitMaladie.objects.offered().order_by("date_effet", "pk"):
        connus[droit.groupe, droit.annees_moins_de] = droit
    effet = max((droit.date_effet for droit in connus.values()), default=SANS_DATE)
    return Confrontation([_find(ligne.valeurs, connus, effet) for ligne in lignes], contexte=effet)


def _find(
    valeurs: Valeurs, connus: dict[tuple[str, int | None], DroitMaladie], effet: datetime.date
) -> Rapprochement:
    connu = connus.get((valeurs["groupe"], valeurs["annees_moins_de"]))
    if connu is None or connu.date_effet != effet:
        return Rapprochement()
    valeurs["libelle"] = connu.libelle
    return Rapprochement(connu.pk, {nom: getattr(connu, nom) for nom in ECRITS})


def label_of(valeurs: Valeurs) -> str:
    """Name a row."""
    return str(valeurs.get("libelle") or "")


CIBLE_DROITS = Cible(
    code="droits_maladies",
    libelle="Droits à maladie",
    nom="ligne du barème",
    champs=CHAMPS,
    obligatoires=("jours_plein", "jours_demi"),
    obtenus={"groupe": DRAPEAUX},
    resume=("jours_plein", "jours_demi"),
    cles=(Cle(("groupe", "annees_moins_de"), identifiante=True),),
    cle_secours=Cle(("groupe", "annees_moins_de")),
    nommer=label_of,
    titrer=label_of,
    reperer=lambda valeurs: "",
    completer=complete,
    controler=checks_on,
    confronter=confront,
    appliquer=load_bareme,
    modele=DroitMaladie,
    fiche="referentiel:entree",
    rubrique=("droits-maladie",),
    accueil="referentiel:entrees",
    voir="Voir la liste",
    lecture="referentiel.view_parametre",
    qui="Ligne du barème",
    meme="cette ligne du barème",
    droit=DROITS[Domaine.METIER],
    fichier="droits_maladies.csv",
    entetes="ID_REF_DROITS_MALADIES;F;C;CC;DROITS_PS;DROITS_DS;ANNEE_ANCIENNETE",
)
