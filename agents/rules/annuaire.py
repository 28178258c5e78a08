"""Finds the person whom a row of a register speaks of, and refuses to take one for another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nouvea_sst.imports.rules.cible import Cle, Faute, Rapprochement
from nouvea_sst.imports.rules.cles import is_complete, key_text
from nouvea_sst.lib.texte import fold

UNIQUES = {
    "matricule": "le même matricule",
    "num_cafat": "le même numéro CAFAT",
    "num_ruamm": "le même numéro RUAMM",
}
NUMEROS = ("matricule", "id_tiarhe")
IDENTITE = Cle(("nom", "prenom", "date_naissance"))


@dataclass(frozen=True)
class Fiche:
    """An agent whom the database knows: his values by field, the key that brought him.

    propres: the values of a file that was merged into his, by which he is found as well.
    """

    pk: int
    cle_import: str
    valeurs: Mapping[str, Any]
    propres: Mapping[str, Any] | None = None

    @property
    def cherchees(self) -> Mapping[str, Any]:
        """The values by which one finds him here."""
        return self.valeurs if self.propres is None else self.propres

    @property
    def nom(self) -> str:
        """« Prénom Nom »."""
        return full_name(self.valeurs)


@dataclass
class Annuaire:
    """All agents known, findable by key; remembers the numbers that rows of the file have claimed."""

    fiches: list[Fiche]
    _par_valeur: dict[Cle, dict[str, list[Fiche]]] = field(default_factory=dict)
    _pris: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._par_cle: dict[str, list[Fiche]] = {}
        self._fondues: dict[int, list[Fiche]] = {}
        for fiche in self.fiches:
            if fiche.cle_import:
                _add(self._par_cle.setdefault(fiche.cle_import, []), fiche)
            if fiche.propres is not None:
                self._fondues.setdefault(fiche.pk, []).append(fiche)

    def find(self, numero: int, valeurs: Mapping[str, Any], texte: str) -> Rapprochement:
        """Return who a row is, that nobody is he, or why one cannot say.

        texte: the key of the row, « nom+prenom=boula|eva ».
        """
        cle = Cle(tuple(texte.partition("=")[0].split("+")))
        seule = len(cle.champs) == 1
        trouve = self._by_number(cle, valeurs) if seule else self._by_key(cle, texte, valeurs)
        if trouve.faute is None:
            faute = self._claim(numero, valeurs, trouve)
            if faute is not None:
                return Rapprochement(faute=faute)
        return trouve

    def forgive(self, trouve: Rapprochement, valeurs: Mapping[str, Any]) -> Rapprochement:
        """Of a row about a merged file, take what that file held for known: the choice was made then."""
        if trouve.pk is None or trouve.faute is not None:
            return trouve
        connu = dict(trouve.connu)
        for fiche in self._fondues.get(trouve.pk, []):
            connu |= merged_values(trouve.connu, fiche.cherchees, valeurs)
        return Rapprochement(trouve.pk, connu)

    def _by_number(self, cle: Cle, valeurs: Mapping[str, Any]) -> Rapprochement:
        """By the number itself, else the same person who had no such number yet."""
        (champ,) = cle.champs
        numero = valeurs[champ]
        fiches = self._index(cle).get(key_text(cle, valeurs), [])
        if fiches:
            if is_somebody_else(fiches[0].cherchees, valeurs):
                return Rapprochement(faute=taken(champ, numero, fiches[0].nom))
            return _found(fiches[0])
        memes = self._index(IDENTITE).get(key_text(IDENTITE, valeurs), [])
        if not is_complete(IDENTITE, valeurs) or not memes:
            return Rapprochement()
        if autre := next((f for f in memes if f.valeurs.get(champ)), None):
            motif = (
                f"{autre.nom}, de même date de naissance, existe déjà sous le numéro {autre.valeurs[champ]}. "
                "Si ce sont deux personnes, ajoutez celle-ci à la main."
            )
            return Rapprochement(faute=Faute(champ, str(numero), motif))
        return _found(memes[0])

    def _by_key(self, cle: Cle, texte: str, valeurs: Mapping[str, Any]) -> Rapprochement:
        """By the key that brought the agent; else by his values, if another kind of file brought him."""
        fiches = self._par_cle.get(texte, [])
        if not fiches and is_complete(cle, valeurs):
            propres = f"{cle.nom}="
            memes = self._index(cle).get(texte, [])
            fiches = [f for f in memes if not f.cle_import.startswith(propres)]
        if len(fiches) > 1:
            motif = f"{len(fiches)} agents portent déjà cette clé : ajoutez une colonne qui les distingue."
            return Rapprochement(faute=Faute(cle.champs[0], str(valeurs.get(cle.champs[0]) or ""), motif))
        if fiches:
            return _found(fiches[0])
        return self._by_matricule(valeurs)

    def _by_matricule(self, valeurs: Mapping[str, Any]) -> Rapprochement:
        """A row whose key nobody has, but whose matricule is that of the same person."""
        cle = Cle(("matricule",))
        fiches = self._index(cle).get(key_text(cle, valeurs), []) if valeurs.get("matricule") else []
        if fiches and not is_somebody_else(fiches[0].cherchees, valeurs):
            return _found(fiches[0])
        return Rapprochement()

    def _index(self, cle: Cle) -> dict[str, list[Fiche]]:
        """Agents by the text of this key; those whose key is not complete are left out."""
        if cle not in self._par_valeur:
            index: dict[str, list[Fiche]] = {}
            for fiche in self.fiches:
                if is_complete(cle, fiche.cherchees):
                    _add(index.setdefault(key_text(cle, fiche.cherchees), []), fiche)
            self._par_valeur[cle] = index
        return self._par_valeur[cle]

    def _claim(self, numero: int, valeurs: Mapping[str, Any], trouve: Rapprochement) -> Faute | None:
        """Refuse a number that another agent has, or that an earlier row of the file took."""
        for champ in UNIQUES:
            valeur = valeurs.get(champ)
            if not valeur:
                continue
            cle = Cle((champ,))
            for fiche in self._index(cle).get(key_text(cle, valeurs), []):
                if fiche.pk != trouve.pk:
                    return taken(champ, valeur, fiche.nom)
            ligne, qui = self._pris.setdefault((champ, str(valeur)), (numero, full_name(valeurs)))
            if ligne != numero:
                return taken(champ, valeur, f"{qui}, ligne {ligne}")
        return None


def _add(fiches: list[Fiche], fiche: Fiche) -> None:
    """Keep an agent once, by his own values before those of a file that became his."""
    if all(autre.pk != fiche.pk for autre in fiches):
        fiches.append(fiche)


def merged_values(
    connu: Mapping[str, Any], propres: Mapping[str, Any], lu: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values of a row that are those of a merged file, whose number or name the row bears."""
    numeros = [champ for champ in NUMEROS if lu.get(champ)]
    sienne = any(lu[champ] == propres.get(champ) != connu.get(champ) for champ in numeros)
    champs = propres if sienne else IDENTITE.champs if not numeros else ()
    return {champ: lu[champ] for champ in champs if lu.get(champ) and lu[champ] == propres.get(champ)}


def _found(fiche: Fiche) -> Rapprochement:
    return Rapprochement(fiche.pk, dict(fiche.valeurs))


def taken(champ: str, valeur: Any, qui: str) -> Faute:
    """The fault of a number that is somebody else's."""
    quoi = UNIQUES.get(champ, "le même numéro")
    return Faute(champ, str(valeur), f"Déjà celui de {qui}. Deux personnes ne peuvent pas porter {quoi}.")


def full_name(valeurs: Mapping[str, Any]) -> str:
    """« Prénom Nom », or « Sans nom »."""
    return " ".join(str(valeurs[c]) for c in ("prenom", "nom") if valeurs.get(c)) or "Sans nom"


def list_name(valeurs: Mapping[str, Any]) -> str:
    """« NOM Prénom », as in lists, or « Sans nom »."""
    nom, prenom = str(valeurs.get("nom") or "").upper(), valeurs.get("prenom") or ""
    return f"{nom} {prenom}".strip() if nom else f"Sans nom {prenom}".strip()


def is_somebody_else(connu: Mapping[str, Any], lu: Mapping[str, Any]) -> bool:
    """Whether two sets of values cannot be one person's: name and first name both differ, and births do too.

    A marriage changes the name, a correction the first name; both at once only with the same birth date.
    """
    naissances = connu.get("date_naissance"), lu.get("date_naissance")
    if all(naissances) and naissances[0] == naissances[1]:
        return False
    return not share_word(_names(connu), _names(lu)) and not share_word(
        fold(str(connu.get("prenom") or "")), fold(str(lu.get("prenom") or ""))
    )


def _names(valeurs: Mapping[str, Any]) -> str:
    return fold(f"{valeurs.get('nom') or ''} {valeurs.get('nom_naissance') or ''}")


def share_word(un: str, autre: str) -> bool:
    """Whether two folded texts share a word of three letters or are equal; an empty one fits any."""
    if not un or not autre or un == autre:
        return True
    return any(len(mot) > 2 for mot in set(un.split()) & set(autre.split()))
