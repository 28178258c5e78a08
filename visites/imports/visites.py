"""visites.csv: visits held under the former software (sirh.md §2.1, §9.1).

Its free text is clinical and is not read. The number of its opinion is read only where a person says that it
is the conclusion: that list has no fixed words. Nothing here was signed in the house.
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
from visites.models import MedecinRepris, Motif, Visite
from visites.rules.echeance import RegleInconnue
from visites.rules.reprise import complete, is_nobody, refuse_date

PAS_TENUE = "Visite demandée et pas encore placée dans l’ancien logiciel : aucun médecin ne l’a tenue."
TENUE_ICI = "Une visite de ce jour est déjà dans la maison : un import ne la change pas."
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
    # No column is proposed for these two: they are calculated, or chosen by a person.
    Champ("prochaine_visite", "Prochaine visite", Nature.DATE),
    Champ(
        "conclusion",
        "Conclusion",
        Nature.CHOIX,
        choix={fold(libelle): code for code, libelle in Conclusion.choices},
        attendu="une conclusion de la maison, en toutes lettres",
        libelles=dict(Conclusion.choices),
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


def check(valeurs: Valeurs, jour: datetime.date) -> list[Faute]:
    """Refuse a visit to come."""
    motif = refuse_date(valeurs.get("date"), jour)
    return [Faute("date", f"{valeurs['date']:%d/%m/%Y}", motif)] if motif else []


def verify(lignes: Sequence[LigneDatee], connues: Mapping[int, Sequence[Connue]]) -> dict[int, Faute]:
    """Leave aside the visits that nobody held; refuse those that the house has by itself."""
    fautes: dict[int, Faute] = {}
    for ligne in lignes:
        medecin = ligne.valeurs.get("nom_professionnel")
        if is_nobody(medecin):
            fautes[ligne.numero] = Faute("nom_professionnel", str(medecin), PAS_TENUE, ecarte=True)
        elif ligne.connue is not None and not ligne.connue.cle_import:
            fautes[ligne.numero] = Faute("date", f"{ligne.valeurs['date']:%d/%m/%Y}", TENUE_ICI)
    return fautes


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
        stockes=("date", "motif", "validite_mois", "prochaine_visite", "conclusion", "nom_professionnel"),
        obligatoires=("id_visite", "date"),
        origine="id_visite",
        cle=("agent", "date", "motif"),
        lexiques={"motif": read_motifs, "nom_professionnel": read_medecins},
        fixes={"etat": EtatVisite.REALISEE, "nature": NatureVisite.EXAMEN},
        resume=("date", "motif", "nom_professionnel"),
        completer=complete,
        controler=check,
        verifier=verify,
        suites=follow,
        droit="visites.plan_visite",
        fichier="visites.csv",
        entetes="ID_VISITE;ID_AGENT;DATE_DERNIERE_VISITE;DUREE_VALIDITE;ID_MEDECIN;ID_RECOMMANDATION;ID_MOTIF_VM",
        acte="visites.load_visites",
        annulation="visites.undo_visites",
    )
)
