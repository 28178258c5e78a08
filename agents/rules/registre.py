"""Reads the cells of a personnel register, and refuses what makes no sense."""

import datetime
from collections.abc import Sequence
from typing import Any

from agents.rules.identite import check_categorie, check_dates
from agents.rules.matricule import Matricule, MatriculeInvalide, parse_matricule
from agents.rules.statut import is_elu, statut_of
from nouvea_sst.imports.rules.cible import Faute, ValeurInconnue
from nouvea_sst.lib.texte import fold

NOM_MAX = 80
# A number of the payroll has four digits, with zeros in front where it is smaller.
ZEROS_DEVANT = 4
SEPARER = "Le nom et le prénom ne se séparent pas. Écrivez « Nom, Prénom », ou deux colonnes."
# By the former software's number: code and name, as agents/donnees/collectivites.json has them.
COLLECTIVITES = {
    "90": ("VDN", "Ville de Nouméa"),
    "40": ("CDE", "Caisse des écoles"),
    "50": ("CCAS", "Centre communal d’action sociale"),
}


def read_matricule(texte: str) -> Matricule | None:
    """Return the matricule, None for the zeros of legacy files. Raises MatriculeInvalide in French."""
    return None if not texte.strip("0 .,'") else parse_matricule(texte)


def describe_matricules(textes: Sequence[str]) -> str:
    """« matricules à 4 et 7 chiffres », and what stands around them that is read past."""
    chiffres = [t for t in textes if t.isdecimal()]
    complets = {t for t in chiffres if len(t) > ZEROS_DEVANT and t.startswith("0")}
    tailles = sorted({len(t) for t in chiffres if t not in complets} & {4, 5, 6, 7})
    mots = [str(n) for n in tailles]
    tete = ", ".join(mots[:-1])
    dits = [f"matricules à {f'{tete} et ' if tete else ''}{mots[-1]} chiffres"] if mots else []
    if complets:
        exemple = min(complets)
        dits.append(f"zéros devant lus sans eux ({exemple} : {_read_number(exemple)})")
    ornes = sorted({t for t in textes if t and not t.isdecimal() and _read_number(t)})
    if ornes:
        dits.append(f"écritures lues comme des nombres ({ornes[0]} : {_read_number(ornes[0])})")
    return ", ".join(dits)


def _read_number(texte: str) -> str:
    try:
        return parse_matricule(texte).numero
    except MatriculeInvalide:
        return ""


def split_full_name(texte: str) -> tuple[str, str]:
    """Return name and first name of « Nom, Prénom », « NOM Prénom » or of two words. Raises ValueError.

    >>> split_full_name("Kam, Kelly A.")
    ('Kam', 'Kelly A.')
    """
    nom, virgule, prenom = (partie.strip() for partie in texte.partition(","))
    if virgule and nom and prenom:
        return check_length(nom), check_length(prenom)
    mots = texte.replace(",", " ").split()
    capitales = 0
    while capitales < len(mots) and mots[capitales].isupper() and len(mots[capitales]) > 1:
        capitales += 1
    if len(mots) == 2:
        capitales = 1
    if not 0 < capitales < len(mots):
        raise ValueError(SEPARER)
    return check_length(" ".join(mots[:capitales])), check_length(" ".join(mots[capitales:]))


def check_length(texte: str) -> str:
    """Return the text. Raises ValueError when a name is too long for its column."""
    if len(texte) > NOM_MAX:
        raise ValueError(f"Ce texte compte {len(texte)} caractères ; le maximum est de {NOM_MAX}.")
    return texte


def read_prenom(texte: str) -> str:
    """Return the first name; one written all in capitals gets its small letters back.

    >>> read_prenom("JEAN-PIERRE")
    'Jean-Pierre'
    """
    texte = check_length(texte)
    return texte.title() if texte.isupper() and len(texte) > 2 else texte


def read_courriel(texte: str) -> str:
    """Return the address in small letters. Raises ValueError when it is none."""
    adresse = texte.lower().removeprefix("mailto:")
    avant, arobase, domaine = adresse.partition("@")
    if not (avant and arobase and "." in domaine) or " " in adresse or len(adresse) > 254 or "@" in domaine:
        raise ValueError("Ce n’est pas une adresse de courriel.")
    return adresse


def are_full_names(textes: Sequence[str]) -> bool:
    """Whether nearly all texts read « Nom, Prénom »."""
    coupes = sum(1 for t in textes if t.count(",") == 1 and all(p.strip() for p in t.split(",")))
    lettres = sum(1 for t in textes if not any(c.isdecimal() for c in t))
    return bool(textes) and min(coupes, lettres) >= 0.9 * len(textes)


def are_matricules(textes: Sequence[str]) -> bool:
    """Whether a column without a known header holds matricules: digits of the three forms, none twice."""
    formes = sum(1 for t in textes if t.isdecimal() and (len(t) == 4 or (len(t) in {6, 7} and t[:2] == "90")))
    return len(textes) > 2 and formes == len(textes) and len(set(textes)) == len(textes)


def are_addresses(textes: Sequence[str]) -> bool:
    """Whether nearly all texts are e-mail addresses."""
    return bool(textes) and sum("@" in t and " " not in t for t in textes) >= 0.9 * len(textes)


def complete(valeurs: dict[str, Any]) -> None:
    """Derive from the cells what follows from them, in place."""
    couple = valeurs.pop("nom_complet", None)
    if couple:
        valeurs["nom"] = valeurs.get("nom") or couple[0]
        valeurs["prenom"] = valeurs.get("prenom") or couple[1]
    if not valeurs.get("nom") and valeurs.get("nom_naissance"):
        valeurs["nom"] = valeurs["nom_naissance"]
    if not valeurs.get("sexe") and valeurs.get("civilite"):
        valeurs["sexe"] = {"m": "M", "mme": "F"}[valeurs["civilite"]]
    numero = valeurs.get("matricule")
    if isinstance(numero, Matricule):
        valeurs["matricule"] = numero.numero
        if numero.prefixe and not valeurs.get("collectivite"):
            valeurs["collectivite"] = COLLECTIVITES[numero.prefixe][0]
    if "date_deces" in valeurs:
        deces = valeurs.pop("date_deces")
        valeurs["date_depart"] = valeurs.get("date_depart") or deces
    categorie = valeurs.get("code_categorie")
    if categorie is not None:
        valeurs["est_elu"] = is_elu(categorie)
        valeurs["statut"] = valeurs.get("statut") or statut_of(categorie)


def check_row(valeurs: dict[str, Any], jour: datetime.date, age_embauche: int) -> list[Faute]:
    """Return what makes no sense in a row, by field; nobody is hired before `age_embauche` years."""
    naissance, embauche = valeurs.get("date_naissance"), valeurs.get("date_embauche")
    fautes = check_dates(
        jour=jour,
        naissance=naissance,
        embauche=embauche,
        depart=valeurs.get("date_depart"),
        age_embauche=age_embauche,
    )
    if naissance and embauche and embauche <= naissance:
        fautes["date_embauche"] = f"L’embauche précède la naissance, le {naissance:%d/%m/%Y}."
    fautes |= check_categorie(
        categorie=valeurs.get("code_categorie"),
        statut=valeurs.get("statut") or "",
        est_elu=bool(valeurs.get("est_elu")),
    )
    return [Faute(champ, _shown(valeurs.get(champ)), motif) for champ, motif in fautes.items()]


def _shown(valeur: Any) -> str:
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, datetime.date) else str(valeur or "")


def read_collectivite(texte: str) -> str:
    """Return the code of a collectivité named by code, name or legacy number. Raises ValeurInconnue."""
    for ancien, (code, libelle) in COLLECTIVITES.items():
        if fold(texte) in {ancien, fold(code), fold(libelle)}:
            return code
    raise ValeurInconnue("Collectivité inconnue. Attendu : VDN, CDE ou CCAS.")
