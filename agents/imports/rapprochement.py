"""Puts dated rows beside those that the database knows: who, which row, what forbids or delays it."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from agents.actions.lignes import RETRAIT
from agents.imports.connues import (
    Connue,
    DeuxPersonnes,
    LigneDatee,
    Personnes,
    read_known,
    read_people,
)
from agents.imports.lexiques import Lexique, ReferenceAttendue, keep_additions
from agents.perms import PROPRE_FICHE
from nouvea_sst.imports.rules.cible import Confrontation, Faute, LigneLue, Rapprochement, Reference, Valeurs
from nouvea_sst.imports.rules.ecarts import find_changes

# A half day: its day, then 0 for the morning and 1 for the afternoon.
Demi = tuple[datetime.date, int]
Periode = tuple[Demi, Demi, int]
RETIREE = "annulée dans la paie : retirée d’ici"


@dataclass
class Contexte:
    """What load_lignes takes: the declaration, and the tables with what they lack."""

    declaration: Any
    lexiques: Mapping[str, Lexique]


def confront_lignes(declaration: Any, lignes: Sequence[LigneLue], acteur: Any = None) -> Confrontation:
    """Say of each row which one it is; agent and links become references.

    A row about the account that imports is refused if it changes anything. The number of questions put to the
    database does not depend on the rows.
    """
    personnes = read_people()
    lexiques = {champ: lire() for champ, lire in declaration.lexiques.items()}
    reponses: dict[int, Rapprochement] = {}
    offerts = {champ.nom for champ in declaration.champs if champ.offrir is not None}
    presentes = [ligne for ligne in lignes if not ligne.retiree]
    situees = [ligne for ligne in presentes if _is_placed(ligne, personnes, lexiques, offerts, reponses)]
    retirees = _find_cancelled(declaration, lignes, personnes, reponses)
    lues, signalees = _find_rows(declaration, [*situees, *retirees], personnes, lexiques, reponses)
    sienne = None if acteur is None else personnes.par_compte.get(acteur.pk)
    for ligne in lues:
        _take_away(declaration, ligne, reponses)
    for ligne in lues:
        if ligne.agent == sienne and reponses.get(ligne.numero, Rapprochement()).pk is not None:
            reponses[ligne.numero] = Rapprochement(faute=Faute("agent", "", PROPRE_FICHE))
        if ligne.agent == sienne and ligne.numero not in reponses:
            _refuse_own(ligne, reponses)
    retenues = [ligne for ligne in lues if ligne.numero not in reponses]
    for ligne in retenues:
        reponses[ligne.numero] = _answer(ligne, personnes)
        if ligne.numero in signalees:
            avertissements = (signalees[ligne.numero],)
            reponses[ligne.numero] = replace(reponses[ligne.numero], avertissements=avertissements)
        _keep_new(ligne.valeurs, lexiques)
    rapprochements = [reponses[ligne.numero] for ligne in lignes]
    contexte = Contexte(declaration, lexiques)
    return Confrontation(rapprochements, contexte, partial(keep_additions, list(lexiques.values())))


def _find_cancelled(
    declaration: Any,
    lignes: Sequence[LigneLue],
    personnes: Personnes,
    reponses: dict[int, Rapprochement],
) -> list[LigneLue]:
    """Return the rows left aside that may take something away: by a number that no other row has."""
    dites = {ligne.cle for ligne in lignes if not ligne.retiree}
    gardees: dict[str, LigneLue] = {}
    for ligne in lignes:
        if ligne.retiree:
            reponses[ligne.numero] = Rapprochement()
            if ligne.cle.startswith(f"{declaration.origine}=") and ligne.cle not in dites:
                with suppress(ReferenceAttendue, DeuxPersonnes):
                    ligne.valeurs["agent"] = personnes.find(ligne.valeurs)
                    gardees.setdefault(ligne.cle, ligne)
    return list(gardees.values())


def _take_away(declaration: Any, ligne: LigneDatee, reponses: dict[int, Rapprochement]) -> None:
    """Have a row that is cancelled take away the one that its number brought."""
    reponse, connue = reponses.get(ligne.numero), ligne.connue
    if reponse is None or reponse.faute is None or not reponse.faute.retire:
        return
    if connue is None or not ligne.numerotee:
        return
    champs = {champ.nom: champ for champ in declaration.champs}
    dits = (champs[nom].show(connue.valeurs.get(nom)) for nom in declaration.resume)
    ligne.valeurs[RETRAIT] = RETIREE
    reponses[ligne.numero] = Rapprochement(connue.pk, {RETRAIT: ", ".join(filter(None, dits))})


def _is_placed(
    ligne: LigneLue,
    personnes: Personnes,
    lexiques: Mapping[str, Lexique],
    offerts: Set[str],
    reponses: dict[int, Rapprochement],
) -> bool:
    """Turn the agent and the links of a row into references, or keep why they cannot be.

    In the fields `offerts` a person may say once what an unknown value stands for.
    """
    champ = "agent"
    try:
        trouve = personnes.find(ligne.valeurs)
        references: Valeurs = {"agent": trouve}
        for champ, lexique in lexiques.items():
            if ligne.valeurs.get(champ):
                references[champ] = lexique.find(str(ligne.valeurs[champ]))
    except ReferenceAttendue as attente:
        texte, inconnu = str(ligne.valeurs[champ]), champ if champ in offerts else ""
        reponses[ligne.numero] = Rapprochement(attente=Faute(champ, texte, str(attente), inconnu))
        return False
    except DeuxPersonnes as faute:
        reponses[ligne.numero] = Rapprochement(faute=Faute(champ, str(ligne.valeurs[champ]), str(faute)))
        return False
    ligne.valeurs.update(references)
    return True


def _find_rows(
    declaration: Any,
    lignes: Sequence[LigneLue],
    personnes: Personnes,
    lexiques: Mapping[str, Lexique],
    reponses: dict[int, Rapprochement],
) -> tuple[list[LigneDatee], dict[int, Faute]]:
    """Find each row in the database; keep the fault of those that cannot be what they say.

    With them, by number, what deserves a look beside the other rows of the agent.
    """
    prefixe = f"{declaration.origine}="
    propres = {ligne.cle for ligne in lignes if declaration.origine and ligne.cle.startswith(prefixe)}
    agents = {ligne.valeurs["agent"].cle for ligne in lignes}
    connues = read_known(declaration.modele, declaration.stockes, lexiques, agents, propres)
    par_cle = {connue.cle_import: connue for connue in connues if connue.cle_import}
    sans_numero = any(ligne.cle not in par_cle for ligne in lignes)
    par_place = _index(connues, declaration.cle[1:]) if sans_numero else {}
    effacables = {champ.nom for champ in declaration.champs if champ.vide_efface}
    lues = []
    for ligne in lignes:
        agent = ligne.valeurs["agent"].cle
        if ligne.retiree:
            connue = par_cle.get(ligne.cle)
            if connue is not None and connue.agent == agent:
                lues.append(LigneDatee(ligne.numero, agent, ligne.valeurs, connue, effacables, retiree=True))
            continue
        if ligne.cle in propres:
            ligne.valeurs["cle_import"] = Reference(ligne.cle, ligne.cle.removeprefix(prefixe))
        connue = par_cle.get(ligne.cle) if ligne.cle in propres else None
        if connue is not None and connue.agent != agent:
            autre = personnes.references[connue.agent]
            motif = f"Ce numéro est déjà celui d’une ligne de {autre} : corrigez le matricule ou le numéro."
            reponses[ligne.numero] = Rapprochement(
                faute=Faute(declaration.origine, str(ligne.valeurs["cle_import"]), motif)
            )
        memes = par_place.get(_place(agent, ligne.valeurs, declaration.cle[1:]), [])
        # A row that another number brought is another row.
        libres = [m for m in memes if ligne.cle not in propres or not m.cle_import]
        if connue is None and len(libres) > 1:
            motif = f"{len(libres)} lignes de cet agent commencent déjà ainsi : corrigez-les sur sa fiche."
            reponses[ligne.numero] = Rapprochement(faute=Faute("agent", "", motif))
        connue = connue or (libres[0] if libres else None)
        lues.append(LigneDatee(ligne.numero, agent, ligne.valeurs, connue, effacables))
    if declaration.provisoires is not None:
        lues = _claim(lues, connues, declaration.provisoires)
    return lues, _look_beside(declaration, lues, connues, reponses)


def _look_beside(
    declaration: Any,
    lues: Sequence[LigneDatee],
    connues: Iterable[Connue],
    reponses: dict[int, Rapprochement],
) -> dict[int, Faute]:
    """Keep the fault of rows that cannot stand beside the others; return what deserves a look in the rest."""
    autour = _by_agent(connues)
    if declaration.verifier is not None:
        retenues = [ligne for ligne in lues if ligne.retiree or ligne.numero not in reponses]
        fautes = declaration.verifier(retenues, autour)
        reponses.update({numero: Rapprochement(faute=faute) for numero, faute in fautes.items()})
    if declaration.signaler is None:
        return {}
    return declaration.signaler(
        [ligne for ligne in lues if not ligne.retiree and ligne.numero not in reponses], autour
    )


def _claim(
    lignes: Sequence[LigneDatee], connues: Iterable[Connue], provisoires: Callable[[Set[int]], Set[int]]
) -> list[LigneDatee]:
    """Have the last new row of an agent speak of the only row that was written for want of the file."""
    prises = {ligne.connue.pk for ligne in lignes if ligne.connue is not None}
    dernieres: dict[int, LigneDatee] = {}
    for ligne in sorted(lignes, key=lambda n: (n.valeurs["date_debut"], n.numero)):
        if ligne.connue is None:
            dernieres[ligne.agent] = ligne
    libres = [c for c in connues if c.agent in dernieres and not c.cle_import and c.pk not in prises]
    gardees = provisoires({c.pk for c in libres}) if libres else set()
    seules = {
        agent: siennes[0]
        for agent, siennes in _by_agent(libres).items()
        if len(siennes) == 1 and siennes[0].pk in gardees
    }
    return [
        replace(ligne, connue=seules[ligne.agent])
        if ligne.agent in seules and ligne is dernieres[ligne.agent]
        else ligne
        for ligne in lignes
    ]


def _place(agent: int, valeurs: Valeurs, champs: Sequence[str]) -> tuple[Any, ...]:
    return (agent, *(valeurs.get(champ) for champ in champs))


def _index(connues: Iterable[Connue], champs: Sequence[str]) -> dict[tuple[Any, ...], list[Connue]]:
    index: dict[tuple[Any, ...], list[Connue]] = {}
    for connue in connues:
        index.setdefault(_place(connue.agent, connue.valeurs, champs), []).append(connue)
    return index


def _by_agent(connues: Iterable[Connue]) -> dict[int, list[Connue]]:
    index: dict[int, list[Connue]] = {}
    for connue in connues:
        index.setdefault(connue.agent, []).append(connue)
    return index


def _refuse_own(ligne: LigneDatee, reponses: dict[int, Rapprochement]) -> None:
    """Refuse a row about whoever imports, unless it says what is already there."""
    connues = ligne.connue.valeurs if ligne.connue else None
    changements = None if connues is None else find_changes(connues, ligne.valeurs)
    if changements is None or changements:
        champ = next(iter(changements or {}), "agent")
        reponses[ligne.numero] = Rapprochement(faute=Faute(champ, "", PROPRE_FICHE))


def _answer(ligne: LigneDatee, personnes: Personnes) -> Rapprochement:
    connue = ligne.connue
    if connue is None:
        return Rapprochement()
    # In place: a copy for each row of a long file fills the memory.
    connu = connue.valeurs
    connu["agent"] = personnes.references[connue.agent]
    if "cle_import" in ligne.valeurs:
        connu["cle_import"] = (
            Reference(connue.cle_import, connue.cle_import.partition("=")[2]) if connue.cle_import else None
        )
    return Rapprochement(connue.pk, connu)


def _keep_new(valeurs: Valeurs, lexiques: Mapping[str, Lexique]) -> None:
    """Have the entries that a row accepted brings made with it."""
    for champ, lexique in lexiques.items():
        reference = valeurs.get(champ)
        if isinstance(reference, Reference) and reference.nouvelle:
            valeurs[champ] = lexique.resolve(reference.libelle)


def whole_days(valeurs: Valeurs) -> tuple[Demi, Demi]:
    """First and last half day of a row whose ends are whole days, or that has no end."""
    return (valeurs["date_debut"], 0), (valeurs.get("date_fin") or datetime.date.max, 1)


def refuse_overlaps(
    lignes: Sequence[LigneDatee],
    connues: Mapping[int, Sequence[Connue]],
    phrase: str,
    bornes: Callable[[Valeurs], tuple[Demi, Demi]] = whole_days,
) -> dict[int, Faute]:
    """Refuse the rows that share a half day, both ends included, with another row of the same agent.

    `phrase` has a place {} for the other's first day.
    """
    remplacees = {ligne.connue.pk for ligne in lignes if ligne.connue is not None}
    periodes: dict[int, list[Periode]] = {}
    for ligne in lignes:
        periodes.setdefault(ligne.agent, []).append((*bornes(ligne.resultat), ligne.numero))
    fautes: dict[int, Faute] = {}
    for agent, siennes in periodes.items():
        siennes += [(*bornes(c.valeurs), 0) for c in connues.get(agent, ()) if c.pk not in remplacees]
        for numero, debut, autre in _meetings(sorted(siennes)):
            motif = phrase.format(f"{autre:%d/%m/%Y}")
            fautes.setdefault(numero, Faute("date_debut", f"{debut:%d/%m/%Y}", motif))
    return fautes


def _meetings(periodes: Sequence[Periode]) -> Iterator[tuple[int, datetime.date, datetime.date]]:
    """Yield, of each two periods that meet, the row of the file, its first day and the other's.

    Of two rows, the one that begins later; two rows of the database are none of the file's business.
    """
    tenue = periodes[0]
    for periode in periodes[1:]:
        if periode[0] <= tenue[1]:
            if periode[2]:
                yield periode[2], periode[0][0], tenue[0][0]
                continue
            if tenue[2]:
                yield tenue[2], tenue[0][0], periode[0][0]
                tenue = periode
                continue
        tenue = max(tenue, periode, key=lambda p: p[1])
