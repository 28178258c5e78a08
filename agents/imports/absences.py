"""absences_maladies.csv: sick leaves and leaves of accidents of the former software (sirh.md §5, §9.1).

What it holds beside the leave itself (the child's name, comments, doctor, commission) is not read: the house
has no business with it, or no place for it yet.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agents.enums import FamilleAbsence
from agents.imports.connues import Connue, LigneDatee
from agents.imports.lexiques import Lexique, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from agents.imports.rapprochement import Demi, refuse_overlaps
from agents.models import Absence, TypeAbsence
from agents.rules.absences import Arret
from agents.rules.demandes import ANNULEE, refuse_annulee, refuse_etat
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Valeurs

CHEVAUCHE = (
    "L’agent est déjà absent ces jours-là, par l’absence du {} : corrigez les dates de l’une des deux."
)
REMPLACEE = "Accident annulé dans l’ancien logiciel, et remplacé par l’absence du {}."
DEMI_VIDE = "Une absence qui commence l’après-midi ne finit pas le même jour à midi."
CHAMPS = (
    Champ(
        "id_demande",
        "Numéro de la demande",
        synonymes=("id demande", "numero demande", "numero de la demande"),
        longueur=ORIGINE_MAX,
    ),
    Champ(
        "type",
        "Type d’absence",
        synonymes=("id type demande", "type absence", "type d’absence", "id type absence", "type", "motif"),
        longueur=100,
        offrir=lambda: {str(t.code): t.libelle for t in TypeAbsence.objects.order_by("ordre", "libelle")},
    ),
    Champ(
        "date_debut",
        "Début",
        Nature.DATE,
        synonymes=("date debut", "date de debut", "debut", "du", "premier jour"),
    ),
    Champ(
        "date_fin",
        "Fin, dernier jour",
        Nature.DATE,
        synonymes=("date fin", "date de fin", "fin", "au", "dernier jour"),
    ),
    Champ(
        "etat_demande",
        "État de la demande",
        Nature.ENTIER,
        synonymes=("id ref etat", "id etat", "etat"),
        longueur=2,
    ),
    Champ("debut_matin", "Commence le matin", Nature.OUI_NON, synonymes=("date debut am",)),
    Champ(
        "debut_apres_midi",
        "Commence l’après-midi",
        Nature.OUI_NON,
        synonymes=("date debut pm", "commence l’après-midi"),
    ),
    Champ("fin_matin", "Finit à midi", Nature.OUI_NON, synonymes=("date fin am", "finit à midi")),
    Champ("fin_apres_midi", "Finit le soir", Nature.OUI_NON, synonymes=("date fin pm",)),
    Champ("prolongation", "Prolongation", Nature.OUI_NON, synonymes=("prolongation",)),
)


def read_types() -> Lexique:
    """Every kind of absence, by the former software's number or by its name."""
    return read_lexique(
        "type d’absence",
        TypeAbsence.objects.all(),
        "libelle",
        "code",
        "libelle",
        inconnu="Type d’absence {} inconnu",
    )


def complete(valeurs: Valeurs) -> None:
    """Say of each end whether half of its day is worked: a day of which both halves are named is whole."""
    debut_matin, fin_soir = valeurs.pop("debut_matin", None), valeurs.pop("fin_apres_midi", None)
    if valeurs.get("debut_apres_midi") and debut_matin:
        valeurs["debut_apres_midi"] = False
    if valeurs.get("fin_matin") and fin_soir:
        valeurs["fin_matin"] = False


def check(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """Leave aside what is no leave; refuse one that has no half day."""
    etat = valeurs.get("etat_demande")
    if motif := refuse_etat(etat):
        return [Faute("etat_demande", str(etat), motif, ecarte=True)]
    if valeurs.get("date_debut") and valeurs.get("date_fin") and _arret(valeurs).jours <= 0:
        return [Faute("fin_matin", "", DEMI_VIDE)]
    return []


def _arret(valeurs: Valeurs) -> Arret:
    demis = (bool(valeurs.get("debut_apres_midi")), bool(valeurs.get("fin_matin")))
    return Arret(valeurs["date_debut"], valeurs["date_fin"], *demis)


def verify(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Refuse what overlaps another absence; leave aside what was cancelled, but for an accident alone."""
    accidents = set(TypeAbsence.objects.filter(famille=FamilleAbsence.ACCIDENT).values_list("pk", flat=True))
    fautes: dict[int, Faute] = {}
    for ligne in lignes:
        etat = ligne.valeurs.get("etat_demande")
        if motif := refuse_annulee(etat, accident=ligne.valeurs["type"].cle in accidents):
            fautes[ligne.numero] = Faute("etat_demande", str(etat), motif, ecarte=True)
    gardees = [ligne for ligne in lignes if ligne.numero not in fautes]
    annulees = [ligne for ligne in gardees if ligne.valeurs.get("etat_demande") == ANNULEE]
    certaines = [ligne for ligne in gardees if ligne.valeurs.get("etat_demande") != ANNULEE]
    fautes |= refuse_overlaps(certaines, connues, CHEVAUCHE, _ends)
    if not annulees:
        return fautes
    autour = _standing(certaines, connues, fautes)
    remplacees = refuse_overlaps(annulees, autour, REMPLACEE, _ends)
    return fautes | {numero: replace(faute, ecarte=True) for numero, faute in remplacees.items()}


def _ends(valeurs: Valeurs) -> tuple[Demi, Demi]:
    """First and last half day."""
    debut = (valeurs["date_debut"], int(bool(valeurs.get("debut_apres_midi"))))
    return debut, (valeurs["date_fin"], int(not valeurs.get("fin_matin")))


def _standing(
    certaines: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]], fautes: Mapping[int, Faute]
) -> dict[int, list[Connue]]:
    """By agent, the absences as they will stand once these rows are written."""
    changees = {ligne.connue.pk for ligne in certaines if ligne.connue is not None}
    restent = {agent: [c for c in siennes if c.pk not in changees] for agent, siennes in connues.items()}
    for ligne in certaines:
        if ligne.numero not in fautes:
            restent.setdefault(ligne.agent, []).append(Connue(-ligne.numero, ligne.agent, "", ligne.resultat))
    return restent


CIBLE_ABSENCES = make_target(
    Declaration(
        code="absences_maladies",
        libelle="Absences et maladies",
        nom="absence",
        meme="cette absence",
        modele=Absence,
        champs=CHAMPS,
        stockes=("type", "date_debut", "date_fin", "debut_apres_midi", "fin_matin", "prolongation"),
        obligatoires=("type", "date_debut", "date_fin"),
        origine="id_demande",
        lexiques={"type": read_types},
        resume=("type", "date_debut", "date_fin"),
        completer=complete,
        controler=check,
        verifier=verify,
        droit="agents.change_absence",
        fichier="absences_maladies.csv",
        entetes="ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT",
        acte="agents.load_absences",
        annulation="agents.undo_absences",
    )
)
