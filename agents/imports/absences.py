"""absences_maladies.csv: sick leaves and leaves of accidents of the former software (sirh.md §5, §9.1).

What it holds beside the leave itself (the child's name, comments, doctor, commission) is not read: the house
has no business with it, or no place for it yet.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from agents.enums import FamilleAbsence
from agents.imports.connues import Connue, LigneDatee, find_counted_on
from agents.imports.lexiques import Lexique, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from agents.imports.rapprochement import Demi, refuse_overlaps
from agents.models import Absence, TypeAbsence
from agents.rules.absences import Arret, follows
from agents.rules.demandes import ANNULEE, REPRISES, refuse_annulee, refuse_etat
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Reference, Valeurs
from nouvea_sst.lib.texte import fold

CHEVAUCHE = (
    "L’agent est déjà absent ces jours-là, par l’absence du {} : corrigez les dates de l’une des deux."
)
REMPLACEE = "Accident annulé dans l’ancien logiciel, et remplacé par l’absence du {}."
COMPTEE = (
    "Annulée dans la paie, mais elle reste ici : une fiche ({}) compte sur elle. Détachez-la d’abord, puis "
    "redonnez ce fichier."
)
PROLONGEE = (
    "Annulée dans la paie, mais elle reste ici : l’absence du {} la prolonge. Corrigez d’abord celle-ci."
)
DEUX_ACCIDENTS = "Un autre accident de cet agent porte cette date : n’est-ce pas le même ?"
ACCIDENT_APRES = "L’accident est à venir, ou suit le début de son arrêt : corrigez sa date."
AUTRE_AGENT = "Cet accident n’est pas celui de cet agent : corrigez son numéro."
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
    Champ(
        "accident",
        "Accident d’origine, son numéro de demande",
        synonymes=("id at reference", "at de reference", "accident d’origine", "accident de reference"),
        longueur=ORIGINE_MAX,
    ),
    Champ(
        "date_accident",
        "Date de l’accident",
        Nature.DATE,
        synonymes=("date accident travail", "date de l’accident", "date accident"),
    ),
    Champ(
        "sans_arret",
        "Sans arrêt de travail",
        Nature.OUI_NON,
        synonymes=("sans at", "sans arret", "sans arrêt de travail"),
    ),
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


def read_accidents() -> Lexique:
    """Every accident by the former software's number; that of what follows from one leads to it."""
    lignes = Absence.objects.filter(type__famille=FamilleAbsence.ACCIDENT).order_by("pk")
    lues = list(lignes.values_list("pk", "cle_import", "date_debut", "accident"))
    par_pk = {pk: Reference(pk, f"arrêt du {debut:%d/%m/%Y}") for pk, _, debut, _ in lues}
    connus = {fold(cle.partition("=")[2]): par_pk[origine or pk] for pk, cle, _, origine in lues if cle}
    return Lexique("accident", connus, inconnu="Accident {} inconnu", par_pk=par_pk)


def complete(valeurs: Valeurs) -> None:
    """Say of each end whether half of its day is worked: a day of which both halves are named is whole.

    What belongs to an accident has no date of its own; an accident may be said to belong to itself.
    """
    if valeurs.get("accident") and valeurs["accident"] == valeurs.get("id_demande"):
        valeurs["accident"] = None
    if valeurs.get("accident"):
        valeurs["date_accident"] = None
    debut_matin, fin_soir = valeurs.pop("debut_matin", None), valeurs.pop("fin_apres_midi", None)
    if valeurs.get("debut_apres_midi") and debut_matin:
        valeurs["debut_apres_midi"] = False
    if valeurs.get("fin_matin") and fin_soir:
        valeurs["fin_matin"] = False


def check(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """Leave aside what is no leave; refuse one that has no half day."""
    etat = valeurs.get("etat_demande")
    if motif := refuse_etat(etat):
        return [Faute("etat_demande", str(etat), motif, ecarte=True, retire=etat in REPRISES)]
    if valeurs.get("date_debut") and valeurs.get("date_fin") and _arret(valeurs).jours <= 0:
        return [Faute("fin_matin", "", DEMI_VIDE)]
    accident, debut = valeurs.get("date_accident"), valeurs.get("date_debut")
    if accident and (accident > jour or (debut and accident > debut)):
        return [Faute("date_accident", f"{accident:%d/%m/%Y}", ACCIDENT_APRES)]
    return []


def _arret(valeurs: Valeurs) -> Arret:
    demis = (bool(valeurs.get("debut_apres_midi")), bool(valeurs.get("fin_matin")))
    return Arret(valeurs["date_debut"], valeurs["date_fin"], *demis)


def verify(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Refuse what overlaps another absence; leave aside what was cancelled, but for an accident alone.

    What an earlier file brought and this one cancels is taken away, and no longer stands in the way of what
    replaces it, unless something counts on it.
    """
    accidents = set(TypeAbsence.objects.filter(famille=FamilleAbsence.ACCIDENT).values_list("pk", flat=True))
    mal_liees = _tie(lignes, connues, accidents)
    liees = [ligne for ligne in lignes if ligne.numero not in mal_liees]
    return mal_liees | _verify_days(liees, connues, accidents)


def _verify_days(
    lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]], accidents: Set[int]
) -> dict[int, Faute]:
    """Compare the days of the rows; those of an accident without leave are nobody's."""
    fautes: dict[int, Faute] = {}
    for ligne in lignes:
        etat = ligne.valeurs.get("etat_demande")
        if ligne.retiree:
            fautes[ligne.numero] = Faute("etat_demande", str(etat), "", ecarte=True, retire=True)
        elif motif := refuse_annulee(etat, accident=ligne.valeurs["type"].cle in accidents):
            fautes[ligne.numero] = Faute("etat_demande", str(etat), motif, ecarte=True, retire=True)
    gardees = [ligne for ligne in lignes if ligne.numero not in fautes]
    annulees = [ligne for ligne in gardees if ligne.valeurs.get("etat_demande") == ANNULEE]
    certaines = [ligne for ligne in gardees if ligne.valeurs.get("etat_demande") != ANNULEE]
    retirees = [ligne for ligne in lignes if ligne.numero in fautes]
    tenues = _refuse_removals([*retirees, *annulees], certaines, connues)
    fautes |= {ligne.numero: tenues[ligne.numero] for ligne in retirees if ligne.numero in tenues}
    partent = {n.connue.pk for n in (*retirees, *annulees) if n.connue and n.numero not in tenues}
    partent |= {n.connue.pk for n in certaines if n.connue and n.resultat.get("sans_arret")}
    certaines = [ligne for ligne in certaines if not ligne.resultat.get("sans_arret")]
    restent = {
        agent: [c for c in siennes if c.pk not in partent and not c.valeurs["sans_arret"]]
        for agent, siennes in connues.items()
    }
    fautes |= refuse_overlaps(certaines, restent, CHEVAUCHE, _ends)
    if not annulees:
        return fautes
    autour = _standing(certaines, restent, fautes)
    remplacees = refuse_overlaps(annulees, autour, REMPLACEE, _ends)
    for numero, faute in remplacees.items():
        fautes[numero] = replace(faute, ecarte=True, retire=True)
    gardees = [ligne for ligne in annulees if ligne.numero in tenues]
    voulues = _standing(certaines, restent, {})
    return fautes | {numero: tenues[numero] for numero in refuse_overlaps(gardees, voulues, "{}", _ends)}


def _tie(
    lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]], accidents: Set[int]
) -> dict[int, Faute]:
    """Drop what only an accident has from the other rows; refuse the accident of somebody else."""
    fautes: dict[int, Faute] = {}
    for ligne in (ligne for ligne in lignes if not ligne.retiree):
        nature, origine = ligne.valeurs["type"], ligne.valeurs.get("accident")
        if nature.cle not in accidents:
            vides = {"accident": None, "date_accident": None, "sans_arret": False}
            ligne.valeurs.update((nom, vide) for nom, vide in vides.items() if nom in ligne.valeurs)
        elif origine and all(origine.cle != connue.pk for connue in connues.get(ligne.agent, ())):
            fautes[ligne.numero] = Faute("accident", str(origine), AUTRE_AGENT)
    return fautes


def warn_twice(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Point at an accident of the day of another one of the agent: most often one and the same."""
    comptes = Counter(
        (agent, debut)
        for agent, siennes in _standing(lignes, connues, {}).items()
        for debut in (_accident_day(connue.valeurs) for connue in siennes)
        if debut is not None
    )
    return {
        ligne.numero: Faute("date_accident", f"{jour:%d/%m/%Y}", DEUX_ACCIDENTS)
        for ligne in lignes
        if (jour := _accident_day(ligne.resultat)) is not None and comptes[ligne.agent, jour] > 1
    }


def _accident_day(valeurs: Valeurs) -> datetime.date | None:
    """The day of an accident itself; None for what comes from one."""
    return None if valeurs.get("accident") or valeurs.get("prolongation") else valeurs.get("date_accident")


def _refuse_removals(
    lignes: Sequence[LigneDatee], certaines: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]
) -> dict[int, Faute]:
    """Say of cancelled rows why the absence that they speak of stays: a record or a prolongation needs it."""
    visees = {ligne.connue.pk: ligne for ligne in lignes if ligne.connue is not None and ligne.numerotee}
    comptees = find_counted_on(Absence, visees.keys())
    fautes = {visees[pk].numero: _held(visees[pk], COMPTEE.format(nom)) for pk, nom in comptees.items()}
    restent = _standing(certaines, connues, {})
    for pk, ligne in visees.items():
        if pk in comptees or ligne.connue is None:
            continue
        autres = [c.valeurs for c in restent.get(ligne.agent, ()) if c.pk not in visees or c.pk in comptees]
        fin = ligne.connue.valeurs["date_fin"]
        suite = next((v for v in autres if v.get("prolongation") and follows(v["date_debut"], fin)), None)
        if suite and not any(follows(suite["date_debut"], v["date_fin"]) for v in autres if v is not suite):
            fautes[ligne.numero] = _held(ligne, PROLONGEE.format(f"{suite['date_debut']:%d/%m/%Y}"))
    return fautes


def _held(ligne: LigneDatee, motif: str) -> Faute:
    return Faute("etat_demande", str(ligne.valeurs.get("etat_demande")), motif)


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
        stockes=(
            "type",
            "date_debut",
            "date_fin",
            "debut_apres_midi",
            "fin_matin",
            "prolongation",
            "accident",
            "date_accident",
            "sans_arret",
        ),
        obligatoires=("type", "date_debut", "date_fin"),
        origine="id_demande",
        lexiques={"type": read_types, "accident": read_accidents},
        resume=("type", "date_debut", "date_fin"),
        completer=complete,
        controler=check,
        verifier=verify,
        signaler=warn_twice,
        retrait="agents.delete_absence",
        droit="agents.change_absence",
        fichier="absences_maladies.csv",
        entetes="ID_DEMANDE;ID_AGENT;ID_TYPE_DEMANDE;DATE_DEBUT;DATE_FIN;ID_REF_ETAT",
        acte="agents.load_absences",
        annulation="agents.undo_absences",
    )
)
