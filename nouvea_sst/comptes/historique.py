"""The past of a record in words: before and after by field, who, when, by what act."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nouvea_sst.comptes.actes import word_act
from nouvea_sst.comptes.contexte import SYSTEME
from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from nouvea_sst.lib.affichage import VIDE, format_date, format_number
from nouvea_sst.lib.histoire import CREATION, MODIFICATION, SUPPRESSION

PLAFOND = 200
ICONES = {"Ajout": "plus-circle", "Modification": "pencil", "Suppression": "slash-circle"}
FAITS = {CREATION: "Ajout", MODIFICATION: "Modification", SUPPRESSION: "Suppression"}
# Keys: of the record, and of the file that brought it. They tell nobody anything.
SANS_MOTS = frozenset({"id", "cle_import"})


@dataclass(frozen=True)
class Piste:
    """A model whose past is read: by which column, without which fields, its creation without who or when.

    `cle` is the column of the past that holds the record's key: its own, or that of the record it hangs on.
    """

    modele: type[Model]
    cle: str = "pgh_obj_id"
    caches: Collection[str] = ()
    tait_auteur: bool = False
    tait_heure: bool = False

    @property
    def champs(self) -> list[Field]:
        """Fields that the reader may see, in the order of the columns; the way to the record left out."""
        gardes = {c.name for c in self.histoire._meta.local_fields}
        tus = {*SANS_MOTS, self.cle.removesuffix("_id"), *self.caches}
        return [c for c in self.modele._meta.local_fields if c.name in gardes and c.name not in tus]

    @property
    def histoire(self) -> type[Model]:
        """Table of the past."""
        return self.modele._meta.get_field("histoire").related_model  # type: ignore[return-value]


@dataclass(frozen=True)
class Changement:
    """One field before and after, in words."""

    libelle: str
    avant: str
    apres: str


@dataclass(frozen=True)
class Origine:
    """What made a change, in words, and its page."""

    texte: str
    url: str


@dataclass(frozen=True)
class Etape:
    """One change of one row; a later app may say what made it."""

    quand: datetime
    forme: str
    rang: int
    fait: str
    quoi: str
    requete: str
    qui: str
    role: str
    acte: str
    precision: str
    changements: list[Changement]
    origine: Origine | None = None


@dataclass(frozen=True)
class _Pas:
    """One change as the database tells it: the row before and after, either of them absent."""

    piste: Piste
    trace: Any
    avant: Any
    apres: Any

    def changed(self) -> list[tuple[Field, Any, Any]]:
        """Return the readable fields that differ, with both raw values."""
        paires = [(c, _raw(self.avant, c), _raw(self.apres, c)) for c in self.piste.champs]
        # A box left unticked says nothing of a row that is new or gone.
        muets = ("", None) if self.avant is not None and self.apres is not None else ("", None, False)
        return [(c, a, b) for c, a, b in paires if a != b and not (a in muets and b in muets)]


def read_history(pistes: Iterable[Piste], *pks: Any, requetes: Collection[str] = ()) -> list[Etape]:
    """Return what changed, latest first, at most PLAFOND steps of each model; some requests only if named."""
    pas = [p for piste in pistes for p in _steps(piste, pks)]
    if requetes:
        pas = [p for p in pas if _context(p.trace).get("requete") in requetes]
    mots = _words_of_keys(pas)
    noms, lignes = _names(pas), _lines(pas)
    etapes = [_tell(p, mots, noms, lignes) for p in pas]
    lues = [e for e in etapes if e.changements]
    return sorted(lues, key=lambda e: (e.quand, e.rang), reverse=True)


def render_history(
    request: HttpRequest,
    *,
    objet: Any,
    titre: str,
    retour: tuple[str, str],
    pistes: Iterable[Piste],
    dire: Callable[[list[Etape], Any], list[Etape]] | None = None,
) -> HttpResponse:
    """Answer the history page of a record that stands alone; `retour` is the address and name of its page.

    dire: a later app says there what made each step, as far as the reader may know.
    """
    etapes = read_history(pistes, objet.pk)
    if dire is not None:
        etapes = dire(etapes, request.user)
    contexte = {"objet": objet, "titre": titre, "retour": retour, "etapes": etapes}
    return render(request, "historique.html", contexte)


def read_events(objets: Sequence[Model]) -> list[dict[str, Any]]:
    """Return the past of records of one model as components/timeline.html reads it.

    What stood before anybody changed it is no event: an addition outside a request is left out.
    """
    if not objets:
        return []
    etapes = read_history([Piste(type(objets[0]))], *(objet.pk for objet in objets))
    return [
        {
            "jour": etape.quand,
            "titre": etape.acte or etape.fait,
            "texte": " · ".join(part for part in (etape.qui, etape.precision, _both(etape)) if part),
            "icone": ICONES[etape.fait],
            "classe": "is-neutral",
            "url": "",
            "ecart": "",
        }
        for etape in etapes
        if etape.requete or etape.fait != FAITS[CREATION]
    ]


def _both(etape: Etape) -> str:
    """« Libellé : Marche → Marché » for each field of a change; nothing for an addition."""
    if etape.fait != FAITS[MODIFICATION]:
        return ""
    return " ; ".join(f"{c.libelle} : {c.avant} → {c.apres}" for c in etape.changements)


def _steps(piste: Piste, pks: Collection[Any]) -> list[_Pas]:
    """Pair each trace with the row that followed it: the next trace, else the row as it stands."""
    siennes = piste.histoire._default_manager.filter(**{f"{piste.cle}__in": pks})
    traces = list(siennes.order_by("-pgh_id")[:PLAFOND])
    lignees: dict[Any, list[Any]] = defaultdict(list)
    trace: Any
    for trace in reversed(traces):
        lignees[trace.pgh_obj_id].append(trace)
    presentes = piste.modele._base_manager.in_bulk([cle for cle in lignees])
    return [p for cle, lignee in lignees.items() for p in _pair(piste, lignee, presentes.get(cle))]


def _pair(piste: Piste, lignee: list[Any], presente: Any) -> list[_Pas]:
    """Return the steps of one row. An insertion keeps the new row, the others the old one."""
    pas = []
    for trace, suivante in zip(lignee, [*lignee[1:], presente], strict=True):
        if trace.pgh_label == CREATION:
            pas.append(_Pas(piste, trace, None, trace))
        else:
            pas.append(_Pas(piste, trace, trace, suivante if trace.pgh_label == MODIFICATION else None))
    return pas


def _raw(ligne: Any, champ: Field) -> Any:
    """Value of a field as the table holds it; a key for a link."""
    return None if ligne is None else getattr(ligne, champ.attname)


def _context(trace: Any) -> Mapping[str, str]:
    """Who acted, as the trigger noted it; nothing for SQL typed by hand and for commands."""
    return trace.pgh_context or {}


def _words_of_keys(pas: list[_Pas]) -> dict[tuple[type[Model], Any], str]:
    """Name what the changed links lead to: one query for each model."""
    cles: dict[type[Model], set[Any]] = defaultdict(set)
    for p in pas:
        for champ, avant, apres in p.changed():
            if isinstance(champ, ForeignKey):
                cles[champ.related_model] |= {avant, apres} - {None}
    return {
        (modele, pk): str(objet)
        for modele, cles_du_modele in cles.items()
        for pk, objet in modele._base_manager.in_bulk(list(cles_du_modele)).items()
    }


def _names(pas: list[_Pas]) -> dict[str, str]:
    """Names of the accounts that acted."""
    cles = {_context(p.trace).get("acteur", "") for p in pas} - {"", SYSTEME}
    return {c.username: str(c) for c in Utilisateur.objects.filter(username__in=cles).order_by("pk")}


def _lines(pas: list[_Pas]) -> dict[str, list[LigneJournal]]:
    """Lines that the journal keeps of the acts of each request."""
    requetes = {_context(p.trace).get("requete", "") for p in pas} - {""}
    actes = LigneJournal.objects.filter(requete__in=requetes, nature=NatureJournal.ACTE).order_by("pk")
    lignes: dict[str, list[LigneJournal]] = defaultdict(list)
    for ligne in actes:
        lignes[ligne.requete].append(ligne)
    return lignes


def _tell(
    p: _Pas,
    mots: Mapping[tuple[type[Model], Any], str],
    noms: Mapping[str, str],
    lignes: Mapping[str, list[LigneJournal]],
) -> Etape:
    """Put one step in words."""
    contexte = _context(p.trace)
    actes = lignes.get(contexte.get("requete", ""), [])
    sien = (p.piste.modele._meta.label_lower, str(p.trace.pgh_obj_id))
    siens = [li for li in actes if (li.objet_type, li.objet_cle) == sien]
    cle = "" if p.piste.tait_auteur and p.trace.pgh_label == CREATION else contexte.get("acteur", SYSTEME)
    return Etape(
        quand=p.trace.pgh_created_at,
        forme="" if p.piste.tait_heure and p.trace.pgh_label == CREATION else "moment",
        rang=p.trace.pgh_id,
        fait=FAITS[p.trace.pgh_label],
        quoi=str(p.piste.modele._meta.verbose_name),
        requete=contexte.get("requete", ""),
        qui="Système" if cle == SYSTEME else noms.get(cle, cle),
        role=Role(contexte["role"]).label if cle and contexte.get("role") in Role.values else "",
        acte=", ".join(dict.fromkeys(word_act(ligne.acte) for ligne in actes)),
        precision=", ".join(dict.fromkeys(ligne.objet_libelle for ligne in siens)),
        changements=[
            Changement(str(c.verbose_name), _word(c, avant, mots), _word(c, apres, mots))
            for c, avant, apres in p.changed()
        ],
    )


def _word(champ: Field, valeur: Any, mots: Mapping[tuple[type[Model], Any], str]) -> str:
    """Write one value as a person reads it."""
    if valeur is None or valeur == "":
        return VIDE
    if isinstance(champ, ForeignKey):
        return mots.get((champ.related_model, valeur), f"n° {valeur}")
    if champ.choices:
        return str(dict(champ.flatchoices).get(valeur, valeur))
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime):
        return format_date(valeur, "moment")
    if isinstance(valeur, date):
        return format_date(valeur)
    if isinstance(valeur, time):
        return f"{valeur:%H:%M}"
    if isinstance(valeur, Decimal):
        return format_number(valeur.normalize())
    return str(valeur)
