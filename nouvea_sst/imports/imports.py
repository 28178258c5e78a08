"""What the reference data may take from a file: days off, small lists."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from django.db.models import IntegerField

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
from nouvea_sst.lib.texte import fold
from nouvea_sst.referentiel.actions import load_entrees, load_jours
from nouvea_sst.referentiel.catalogue import ListeEditable, catalogue
from nouvea_sst.referentiel.enums import Domaine, NatureJour
from nouvea_sst.referentiel.models import JourFerie
from nouvea_sst.referentiel.perms import DROITS

NATURES = {
    **dict.fromkeys(("1", "ferie", "jour ferie"), NatureJour.FERIE.value),
    **dict.fromkeys(("2", "chome", "jour chome"), NatureJour.CHOME.value),
}
CHAMPS_JOUR = (
    Champ("date", "Jour", Nature.DATE, synonymes=("date jour", "date", "jour")),
    Champ("libelle", "Nom", synonymes=("description", "libelle", "nom", "intitule"), longueur=100),
    Champ(
        "nature",
        "Nature",
        Nature.CHOIX,
        synonymes=("id type jour ferie", "nature", "type"),
        choix=NATURES,
        attendu="1 (férié) ou 2 (chômé)",
        libelles=dict(NatureJour.choices),
    ),
)


def confront_jours(lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """By the day. A day that somebody withdrew stays so; capitals and accents alone rename nothing."""
    connus = {jour.date: jour for jour in JourFerie.objects.order_by("pk")}
    return Confrontation([_find_jour(ligne.valeurs, connus) for ligne in lignes])


def _find_jour(valeurs: Valeurs, connus: dict[Any, JourFerie]) -> Rapprochement:
    connu = connus.get(valeurs["date"])
    if connu is None:
        return Rapprochement()
    if connu.retire_parce_que:
        motif = f"Ce jour a été retiré du calendrier : {connu.retire_parce_que}"
        return Rapprochement(faute=Faute("date", f"{connu.date:%d/%m/%Y}", motif))
    if fold(valeurs["libelle"]) == fold(connu.libelle):
        valeurs["libelle"] = connu.libelle
    return Rapprochement(connu.pk, {"libelle": connu.libelle, "nature": connu.nature, "date": connu.date})


def _shown(nom: str, valeurs: Valeurs) -> str:
    return str(valeurs.get(nom) or "")


CIBLE_JOURS = Cible(
    code="jours_feries",
    libelle="Jours fériés et chômés",
    nom="jour",
    champs=CHAMPS_JOUR,
    obligatoires=("date", "libelle"),
    resume=("date", "nature"),
    cles=(Cle(("date",), identifiante=True),),
    cle_secours=Cle(("date",)),
    nommer=partial(_shown, "libelle"),
    titrer=partial(_shown, "libelle"),
    reperer=lambda v: f"{v['date']:%d/%m/%Y}" if v.get("date") else "",
    completer=lambda valeurs: None,
    controler=lambda jour: lambda valeurs: [],
    confronter=confront_jours,
    appliquer=load_jours,
    modele=JourFerie,
    accueil="referentiel:jours",
    voir="Voir les jours fériés",
    lecture="referentiel.view_parametre",
    qui="Jour",
    numero="Date",
    meme="ce jour",
    droit=DROITS[Domaine.METIER],
    fichier="jours_feries.csv",
    entetes="DATE_JOUR;ID_TYPE_JOUR_FERIE;DESCRIPTION",
)


@lru_cache(maxsize=1)
def cibles_des_listes() -> tuple[Cible, ...]:
    """A target for each small list of which entries bear the former software's number."""
    return tuple(_target(liste) for liste in catalogue().listes.values() if liste.fichier)


def _target(liste: ListeEditable) -> Cible:
    """Entries by the former software's number, else by label; nothing is put aside or renamed."""
    code, libelle = liste.entetes
    colonne = liste.modele._meta.get_field(liste.ancien)
    entier = isinstance(colonne, IntegerField)
    ancien = Champ(
        liste.ancien,
        "Code de l’ancien logiciel",
        Nature.ENTIER if entier else Nature.TEXTE,
        synonymes=(code, "code", "code ancien"),
        longueur=0 if entier else colonne.max_length,
    )
    nom = Champ(
        "libelle",
        "Libellé",
        synonymes=(libelle, "libelle", "label"),
        longueur=liste.modele._meta.get_field("libelle").max_length,
    )
    cle = Cle((liste.ancien,), identifiante=True)
    return Cible(
        code=f"liste_{liste.cle}",
        libelle=f"Liste : {liste.titre}",
        nom=liste.nom,
        champs=(ancien, nom),
        obligatoires=(liste.ancien, "libelle"),
        resume=(liste.ancien,),
        cles=(cle,),
        cle_secours=cle,
        nommer=partial(_shown, "libelle"),
        titrer=partial(_shown, "libelle"),
        reperer=partial(_shown, liste.ancien),
        completer=lambda valeurs: None,
        controler=lambda jour: lambda valeurs: [],
        confronter=partial(confront_entrees, liste),
        appliquer=load_entrees,
        modele=liste.modele,
        fiche="referentiel:entree",
        rubrique=(liste.cle,),
        accueil="referentiel:entrees",
        voir="Voir la liste",
        lecture="referentiel.view_parametre",
        qui=f"{liste.nom[:1].upper()}{liste.nom[1:]}",
        numero="Ancien code",
        meme="cette entrée",
        droit=DROITS[Domaine(liste.domaine)],
        fichier=liste.fichier,
        entetes=f"{code};{libelle}".upper().replace(" ", "_"),
    )


def confront_entrees(liste: ListeEditable, lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """By the former software's number, else by the label of an entry that has none.

    The words of the house stay: an entry that is known is not renamed.
    """
    entrees = list(liste.modele._default_manager.order_by("pk"))
    par_code = {
        str(getattr(e, liste.ancien)): e for e in entrees if getattr(e, liste.ancien) not in {None, ""}
    }
    par_nom = {fold(e.libelle): e for e in entrees}
    rapprochements, nouvelles = [], set()
    for ligne in lignes:
        code, nom = str(ligne.valeurs[liste.ancien]), ligne.valeurs["libelle"]
        meme = par_nom.get(fold(nom))
        entree = par_code.get(code) or meme
        if entree is None:
            double = Faute("libelle", nom, "Une autre ligne du fichier porte ce libellé.")
            rapprochements.append(Rapprochement(faute=double if fold(nom) in nouvelles else None))
            nouvelles.add(fold(nom))
            continue
        tenu = getattr(entree, liste.ancien)
        if code not in par_code and tenu not in {None, ""}:
            motif = f"« {entree.libelle} » porte déjà l’ancien code {tenu}."
            rapprochements.append(Rapprochement(faute=Faute(liste.ancien, code, motif)))
            continue
        ligne.valeurs["libelle"] = entree.libelle
        rapprochements.append(Rapprochement(entree.pk, {liste.ancien: tenu, "libelle": entree.libelle}))
    return Confrontation(rapprochements, contexte=liste)
