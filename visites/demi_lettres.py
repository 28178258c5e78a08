"""The letters of a half-day: which went, which are to be made, for its page and for printing again."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from documents.actions import Pli, mailing_order
from documents.enums import GenreLettre, ModeEnvoi
from documents.mise_en_page import Cadre
from documents.models import LettreEmise, LotLettres
from visites.enums import EtatVisite
from visites.lettres import Redaction, key_of, placed, with_letter_names
from visites.models import DemiJournee, Visite
from visites.rules.lettres import AVIS, CONVOCATION, base_of, read_key


@dataclass(frozen=True)
class LettreClassee:
    """A letter that tells the appointment as it stands."""

    visite: int
    genre: str
    cle: str
    lettre: LettreEmise


@dataclass
class LigneLettres:
    """What went for one appointment; `perimee`: the letter that went tells another day or hour."""

    visite: Visite
    convocation: LettreEmise | None = None
    avis: LettreEmise | None = None
    perimee: bool = False
    a_faire: bool = False


@dataclass
class LettresLues:
    """What the page of a half-day says of its letters."""

    lignes: list[LigneLettres] = field(default_factory=list)
    en_cours: bool = False
    lots: Sequence[LotLettres] = ()

    @property
    def a_faire(self) -> int:
        """How many appointments still have no letter that tells them."""
        return sum(ligne.a_faire for ligne in self.lignes)

    @property
    def convocations(self) -> int:
        """How many convocations stand."""
        return sum(ligne.convocation is not None for ligne in self.lignes)

    @property
    def avis(self) -> int:
        """How many notices stand."""
        return sum(ligne.avis is not None for ligne in self.lignes)

    @property
    def derniere(self) -> datetime.datetime | None:
        """When the latest was made."""
        return max(
            (li.convocation.emise_le for li in self.lignes if li.convocation is not None), default=None
        )


@dataclass
class ApercuLettres:
    """What the one button would make now, counted before it does."""

    par_genre: list[tuple[str, int]] = field(default_factory=list)
    lignes: list[dict[str, Any]] = field(default_factory=list)
    ecartees: list[str] = field(default_factory=list)
    deja: int = 0
    messages: int = 0
    feuilles: int = 0
    refus: str = ""

    @property
    def a_faire(self) -> int:
        """How many letters would be made."""
        return sum(nombre for _, nombre in self.par_genre)


def lot_key(demi: DemiJournee) -> str:
    """Return what says that a lot is this half-day's."""
    return f"demi_journee:{demi.pk}"


def standing_letters(
    user: Any, visites: Iterable[Visite]
) -> tuple[dict[tuple[str, int], LettreEmise], set[int]]:
    """Return the letters that tell these appointments as they stand, then the visits told otherwise."""
    par_cle = {visite.pk: visite for visite in visites}
    agents = {visite.agent_id for visite in par_cle.values()}
    siennes = LettreEmise.objects.visible_to(user).filter(agent__in=agents).select_related("modele__type")
    dernieres: dict[tuple[str, int], LettreEmise] = {}
    for lettre in siennes.filter(
        modele__type__genre__in=[
            GenreLettre.CONVOCATION,
            GenreLettre.RELANCE,
            GenreLettre.REPORT,
            GenreLettre.AVIS_RESPONSABLE,
            GenreLettre.AVIS_REPORT,
        ]
    ).order_by("emise_le", "pk"):
        dite = read_key(lettre.cle)
        if dite.visite in par_cle:
            dernieres[dite.genre, dite.visite] = lettre
    valables, autres = {}, set()
    for (genre, pk), lettre in dernieres.items():
        visite, dite = par_cle[pk], read_key(lettre.cle)
        meme = base_of(lettre.cle) == key_of(genre, visite)
        if meme or (genre == AVIS and (dite.jour, dite.heure) == (visite.date, visite.heure)):
            valables[genre, pk] = lettre
        else:
            autres.add(pk)
    return valables, autres


def filed_letters(user: Any, demi: DemiJournee) -> list[LettreClassee]:
    """Return the letters of a half-day that went and stand, in mailing order."""
    visites = Visite.objects.visible_to(user).filter(demi_journee=demi, date__isnull=False)
    vues = list(with_letter_names(visites.exclude(etat=EtatVisite.ANNULEE)))
    valables, _ = standing_letters(user, vues)
    vues.sort(key=lambda v: (mailing_order(agent=v.agent), v.heure, v.pk))
    return [
        LettreClassee(visite.pk, genre, valables[genre, visite.pk].cle, valables[genre, visite.pk])
        for visite in vues
        for genre in (CONVOCATION, AVIS)
        if (genre, visite.pk) in valables
    ]


def read_lettres(user: Any, demi: DemiJournee, visites: Sequence[Visite], jour: datetime.date) -> LettresLues:
    """Return what the page of a half-day says of its letters, in three queries."""
    valables, autres = standing_letters(user, visites)
    lots = list(
        LotLettres.objects.visible_to(user)
        .filter(objet_cle=lot_key(demi))
        .select_related("travail")
        .defer("contenu")[:5]
    )
    lignes = [
        LigneLettres(
            visite,
            valables.get((CONVOCATION, visite.pk)),
            valables.get((AVIS, visite.pk)),
            visite.pk in autres,
            visite.etat == EtatVisite.PLACEE
            and not visite.venue
            and demi.date >= jour
            and (CONVOCATION, visite.pk) not in valables,
        )
        for visite in visites
    ]
    return LettresLues(lignes, LotLettres.objects.under_way(lot_key(demi)).exists(), lots)


def preview_lettres(user: Any, demi: DemiJournee, cadre: Cadre) -> ApercuLettres:
    """Count what the one button would make, with the very rules that make it."""
    visites = list(placed(Visite.objects.visible_to(user).filter(demi_journee=demi), cadre.jour))
    redaction = Redaction(visites, cadre, ecrit_le=_instant(cadre.jour), nommer=False)
    try:
        tirage = redaction.write(avis=True, feuilles=True)
    except ValidationError as refus:
        return ApercuLettres(refus=" ".join(refus.messages))
    deja = {cle for cles in redaction.deja.values() for cle in cles}
    plis = [pli for pli in tirage.plis if pli.cle not in deja]
    genres = Counter(pli.page.modele.type.genre for pli in plis)
    return ApercuLettres(
        par_genre=[(str(genre.label), genres[genre]) for genre in GenreLettre if genre in genres],
        lignes=[_row(visite, plis) for visite in sorted(visites, key=lambda v: (v.heure, v.pk))],
        ecartees=tirage.ecartees,
        deja=len(tirage.plis) - len(plis),
        messages=sum(pli.mode == ModeEnvoi.COURRIEL for pli in plis),
        feuilles=len(tirage.devant),
    )


def _instant(jour: datetime.date) -> datetime.datetime:
    """Any moment of a day: a preview sends nothing."""
    return datetime.datetime.combine(jour, datetime.time(12), datetime.UTC)


def _row(visite: Visite, plis: Sequence[Pli]) -> dict[str, Any]:
    """One appointment with the letters that it would get."""
    siens = [pli for pli in plis if read_key(pli.cle).visite == visite.pk]
    return {
        "visite": visite,
        "lettres": [pli.page.modele.type.libelle for pli in siens],
        "message": any(pli.mode == ModeEnvoi.COURRIEL for pli in siens),
    }
