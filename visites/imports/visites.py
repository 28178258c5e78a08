"""visites.csv: visits of the former software (sirh.md §2.1, §9.1); held, unless a column says otherwise.

ETAT_VISITE, NATURE_VISITE and HEURE_VISITE are columns of ours: its table holds only visits that were held.
Its free text is clinical and is not read. The number of its opinion points at a list of free words: an entry
is a conclusion of ours where a person, or its own words, say which. Nothing here was signed in the house.
"""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from agents.imports.connues import Connue, LigneDatee
from agents.imports.lexiques import Lexique, read_lexique
from agents.imports.lignes import ORIGINE_MAX, Declaration, make_target
from nouvea_sst.imports.rules.cible import Champ, Faute, Nature, Reference, Valeurs
from nouvea_sst.lib.texte import fold
from visites.actions import refresh_suivis
from visites.enums import Conclusion, EtatVisite, NatureVisite
from visites.models import MedecinRepris, Motif, Recommandation, Visite
from visites.rules.echeance import RegleInconnue
from visites.rules.reprise import complete, conclude, is_nobody, read_hour, refuse_date

PAS_TENUE = "Visite demandée et pas encore placée dans l’ancien logiciel : aucun médecin ne l’a tenue."
INAPTE = "Inapte dans l’ancien logiciel, sans durée : à vérifier. La conclusion reste vide."
TENUE_ICI = "Une visite de ce jour est déjà dans la maison : un import ne la change pas."
ANNULEE_ICI = "Cette visite a été annulée dans la maison : un import ne la rétablit pas."
DEJA_PLACEE = "Une visite de ce motif est déjà placée pour cet agent : tenez ou annulez l’une des deux."
OUVERTES = {EtatVisite.A_PLACER.value, EtatVisite.PLACEE.value}
ETATS = {
    **dict.fromkeys(("realisee", "effectuee", "tenue", "e"), EtatVisite.REALISEE.value),
    **dict.fromkeys(("placee", "planifiee", "prevue", "p"), EtatVisite.PLACEE.value),
    **dict.fromkeys(("absent", "manquee", "ratee"), EtatVisite.ABSENT.value),
    **dict.fromkeys(("excuse", "excusee"), EtatVisite.EXCUSE.value),
}
NATURES = {
    **dict.fromkeys(("examen", "examen d aptitude"), NatureVisite.EXAMEN.value),
    **dict.fromkeys(("vip", "visite d information et de prevention"), NatureVisite.VIP.value),
}
CHAMPS = (
    Champ(
        "id_visite",
        "Numéro de la visite",
        synonymes=("id visite", "numero visite", "numero de la visite"),
        longueur=ORIGINE_MAX,
    ),
    Champ(
        "date",
        "Date de la visite",
        Nature.DATE,
        synonymes=("date derniere visite", "date de la visite", "date visite", "date", "derniere visite"),
    ),
    Champ(
        "validite_mois",
        "À revoir dans, en mois",
        Nature.ENTIER,
        synonymes=("duree validite", "duree de validite", "validite", "validite mois"),
        longueur=3,
    ),
    Champ(
        "nom_professionnel",
        "Médecin",
        synonymes=("id medecin", "medecin", "nom medecin", "nom du medecin", "professionnel"),
        longueur=120,
        offrir=lambda: {m.libelle: m.libelle for m in MedecinRepris.objects.order_by("ordre", "libelle")},
    ),
    Champ("apte", "Apte", Nature.OUI_NON, synonymes=("apte", "aptitude")),
    # « Recommandations », in the plural, is the clinical text of the former screen: no header that says it.
    Champ(
        "recommandation",
        "Avis",
        synonymes=("id recommandation", "avis", "lib recommandation"),
        longueur=200,
        offrir=lambda: {r.libelle: r.libelle for r in Recommandation.objects.order_by("ordre", "libelle")},
    ),
    Champ(
        "etat",
        "État",
        Nature.CHOIX,
        synonymes=("etat visite", "etat de la visite"),
        choix=ETATS,
        attendu="réalisée, placée ou absent",
        libelles={etat.value: etat.label for etat in EtatVisite},
    ),
    Champ(
        "nature",
        "Nature",
        Nature.CHOIX,
        synonymes=("nature visite", "nature de la visite"),
        choix=NATURES,
        attendu="examen ou VIP",
        libelles=dict(NatureVisite.choices),
    ),
    Champ(
        "heure",
        "Heure",
        synonymes=("heure visite", "heure de la visite", "heure prochaine visite"),
        lire=read_hour,
    ),
    # No column is proposed for these two: they are calculated, or chosen by a person.
    Champ("prochaine_visite", "Prochaine visite", Nature.DATE),
    Champ(
        "conclusion",
        "Conclusion",
        Nature.CHOIX,
        choix={fold(libelle): code for code, libelle in Conclusion.choices},
        attendu="une conclusion de la maison, en toutes lettres",
        libelles=dict(Conclusion.choices),
        vide_efface=True,
    ),
    Champ(
        "motif",
        "Motif",
        synonymes=("id motif vm", "motif", "motif de la visite", "motif vm", "lib motif vm"),
        longueur=100,
        offrir=lambda: dict(Motif.objects.order_by("ordre", "libelle").values_list("code", "libelle")),
    ),
)


class Medecins(Lexique):
    """Doctors by the former software's number; a text that is no number is a name."""

    def find(self, texte: str) -> Reference:
        """Return the name. Raises ReferenceAttendue for a number that the list lacks."""
        if fold(texte) in self.connus or texte.isdecimal():
            return super().find(texte)
        return Reference(texte, texte)


class Noms(dict[Any, Reference]):
    """Names by themselves."""

    def __missing__(self, nom: Any) -> Reference:
        return Reference(nom, str(nom))


def read_medecins() -> Lexique:
    """The doctors' names by number: what is written of one is his name."""
    lus = MedecinRepris.objects.order_by("pk").values_list("code_ancien", "libelle")
    connus = {fold(code): Reference(nom, nom) for code, nom in lus}
    return Medecins("médecin", connus, inconnu="Médecin {} inconnu", par_pk=Noms())


def read_motifs() -> Lexique:
    """Every motive, by the former software's number, its code or its name."""
    return read_lexique(
        "motif",
        Motif.objects.all(),
        "libelle",
        "code_ancien",
        "code",
        "libelle",
        inconnu="Motif {} inconnu",
    )


def read_recommandations() -> Lexique:
    """Every opinion, by the former software's number or in its words."""
    return read_lexique(
        "avis",
        Recommandation.objects.all(),
        "libelle",
        "code_ancien",
        "libelle",
        inconnu="Avis {} inconnu",
    )


def warn(valeurs: Valeurs) -> list[Faute]:
    """Say of a visit that found somebody unfit that it does not say until when."""
    return [Faute("apte", "non", INAPTE)] if valeurs.get("apte") is False else []


def check(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """Refuse a visit to come, but one that is placed."""
    motif = "" if valeurs["etat"] == EtatVisite.PLACEE else refuse_date(valeurs.get("date"), jour)
    return [Faute("date", f"{valeurs['date']:%d/%m/%Y}", motif)] if motif else []


def verify(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Leave aside the visits that nobody held; refuse those that the house has by itself, or settled since.

    What each concluded is said here, where its opinion is known.
    """
    fautes: dict[int, Faute] = {}
    signees = _signed(lignes)
    prises = _placed(lignes, connues)
    avis = dict(Recommandation.objects.exclude(conclusion="").values_list("pk", "conclusion"))
    for ligne in lignes:
        _conclude(ligne.valeurs, avis)
        medecin = ligne.valeurs.get("nom_professionnel")
        if is_nobody(medecin):
            fautes[ligne.numero] = Faute("nom_professionnel", str(medecin), PAS_TENUE, ecarte=True)
            continue
        connue = ligne.connue
        if connue is not None and (not connue.cle_import or connue.pk in signees):
            fautes[ligne.numero] = Faute("date", f"{ligne.valeurs['date']:%d/%m/%Y}", TENUE_ICI)
        elif connue is not None and connue.valeurs["etat"] == EtatVisite.ANNULEE:
            fautes[ligne.numero] = Faute("date", f"{ligne.valeurs['date']:%d/%m/%Y}", ANNULEE_ICI)
        elif ligne.valeurs["etat"] == EtatVisite.PLACEE:
            place = (ligne.agent, ligne.valeurs["motif"].cle)
            if place in prises:
                fautes[ligne.numero] = Faute("motif", str(ligne.valeurs["motif"]), DEJA_PLACEE)
            prises.add(place)
    return fautes


def _signed(lignes: Sequence[LigneDatee]) -> set[int]:
    """Which of the visits that the rows speak of were concluded here since."""
    pks = [ligne.connue.pk for ligne in lignes if ligne.connue is not None]
    signees = Visite.objects.filter(pk__in=pks, signee_le__isnull=False)
    return set(signees.order_by().values_list("pk", flat=True))


def _placed(
    lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]
) -> set[tuple[int, int | str]]:
    """Agent and motive of the visits still to be held, beside those that the rows speak of."""
    dites = {ligne.connue.pk for ligne in lignes if ligne.connue is not None}
    return {
        (agent, connue.valeurs["motif"].cle)
        for agent, siennes in connues.items()
        for connue in siennes
        if connue.valeurs["etat"] in OUVERTES and connue.pk not in dites
    }


def _conclude(valeurs: Valeurs, avis: Mapping[Any, str]) -> None:
    """Write what the row says of the conclusion: none of a visit not held; nothing where no column speaks."""
    if valeurs["etat"] != EtatVisite.REALISEE:
        valeurs["conclusion"] = None
        return
    if valeurs.keys() & {"conclusion", "recommandation", "apte"}:
        reference = valeurs.get("recommandation")
        sens = avis.get(reference.cle, "") if isinstance(reference, Reference) else ""
        valeurs["conclusion"] = conclude(valeurs.get("conclusion"), sens, valeurs.get("apte"))


def follow(*, acteur: Any, jour: datetime.date, agents: Sequence[int]) -> None:
    """Bring the due dates of the agents touched up to date.

    A value that the reference data lacks stops the calculation that follows every import, which says so; it
    does not stop the import.
    """
    with suppress(RegleInconnue):
        refresh_suivis(acteur=acteur, jour=jour, agents=agents)


CIBLE_VISITES = make_target(
    Declaration(
        code="visites",
        libelle="Visites de l’ancien logiciel",
        nom="visite",
        meme="cette visite",
        modele=Visite,
        champs=CHAMPS,
        stockes=(
            "date",
            "motif",
            "validite_mois",
            "prochaine_visite",
            "conclusion",
            "recommandation",
            "nom_professionnel",
            "etat",
            "nature",
            "heure",
        ),
        obligatoires=("id_visite", "date"),
        origine="id_visite",
        cle=("agent", "date", "motif"),
        lexiques={
            "motif": read_motifs,
            "nom_professionnel": read_medecins,
            "recommandation": read_recommandations,
        },
        fixes={"etat": EtatVisite.REALISEE, "nature": NatureVisite.EXAMEN},
        resume=("date", "motif", "nom_professionnel"),
        completer=complete,
        controler=check,
        verifier=verify,
        avertir=warn,
        suites=follow,
        droit="visites.plan_visite",
        fichier="visites.csv",
        entetes="ID_VISITE;ID_AGENT;DATE_DERNIERE_VISITE;DUREE_VALIDITE;ID_MEDECIN;ID_RECOMMANDATION;ID_MOTIF_VM",
        acte="visites.load_visites",
        annulation="visites.undo_visites",
    )
)
