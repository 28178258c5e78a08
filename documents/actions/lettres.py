"""Issues letters, once each: its key says which letter it is, whatever starts again."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from procrastinate.contrib.django import app

from agents.models import Agent
from documents.actions.courriels import Piece, write_courriel
from documents.actions.documents import issue_document, issue_documents
from documents.enums import (
    CategorieDocument,
    DomaineLettre,
    EtatVersion,
    GenreLettre,
    ModeEnvoi,
    PopulationLettre,
)
from documents.mise_en_page import Page
from documents.models import Document, EnTete, LettreEmise, LotLettres, VersionLettre
from nouvea_sst.comptes.journal import record_act, record_acts
from nouvea_sst.travaux.actions import open_travail

TACHE_COURRIER = "documents.make_courrier"
SANS_MODELE = "Aucune lettre publiée pour « {} » : publiez-la d’abord dans Lettres types."


@dataclass(frozen=True)
class Message:
    """What goes by e-mail beside a letter."""

    adresse: str
    objet: str
    texte: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Pli:
    """A letter to be made for an agent: `cle` is the same each time it is asked for."""

    agent: Agent
    cle: str
    page: Page
    mode: str = ModeEnvoi.PAPIER
    # Written when the letter goes, in its transaction: what it says may be made for it alone.
    message: Callable[[], Message] | None = None


@transaction.atomic
def issue_lettres(
    *,
    acteur: Any,
    maintenant: datetime.datetime,
    plis: Sequence[tuple[Pli, bytes]],
    lot: LotLettres | None = None,
) -> list[LettreEmise]:
    """Keep letters as they go, and write them in the register with the messages that go beside them.

    One there under its key is left as it is, and is not in what is returned.

    Whoever asks for the same letter at the same moment waits for its agent's row.
    """
    agents = sorted({pli.agent.pk for pli, _ in plis})
    list(Agent.objects.select_for_update(of=("self",)).filter(pk__in=agents).order_by("pk").values("pk"))
    deja = set(LettreEmise.objects.filter(cle__in=[p.cle for p, _ in plis]).values_list("cle", flat=True))
    neufs = [(pli, contenu) for pli, contenu in plis if pli.cle not in deja]
    documents = issue_documents(
        acteur=acteur,
        categorie=CategorieDocument.LETTRE,
        contenus=[(pli.agent, contenu) for pli, contenu in neufs],
    )
    lettres = LettreEmise.objects.bulk_create(
        LettreEmise(
            agent=pli.agent,
            modele=pli.page.modele,
            cle=pli.cle,
            destinataire=(pli.page.destinataire or [str(pli.agent)])[0][:160],
            mode=pli.mode,
            document=document,
            lot=lot,
            emise_par=acteur,
            emise_le=maintenant,
        )
        for (pli, _), document in zip(neufs, documents, strict=True)
    )
    for pli, _ in neufs:
        if pli.message is not None:
            ecrit = pli.message()
            write_courriel(adresse=ecrit.adresse, objet=ecrit.objet, texte=ecrit.texte, pieces=ecrit.pieces)
    record_acts(acteur=acteur, acte="documents.issue_lettre", agents=[(pli.agent, []) for pli, _ in neufs])
    return lettres


@transaction.atomic
def issue_lettre(
    *,
    acteur: Any,
    maintenant: datetime.datetime,
    pli: Pli,
    contenu: bytes,
    categorie: CategorieDocument,
) -> Document:
    """Keep one letter that is a document of its own kind, and write it in the register.

    Its journal line is that of documents.issue_document.
    """
    document = issue_document(acteur=acteur, categorie=categorie, agent=pli.agent, contenu=contenu)
    LettreEmise.objects.create(
        agent=pli.agent,
        modele=pli.page.modele,
        cle=pli.cle,
        destinataire=(pli.page.destinataire or [str(pli.agent)])[0][:160],
        mode=pli.mode,
        document=document,
        emise_par=acteur,
        emise_le=maintenant,
    )
    return document


@transaction.atomic
def open_lot(
    *, acteur: Any, intitule: str, saisie: dict[str, Any], tache: str, objet_cle: str = ""
) -> LotLettres:
    """Queue the making of letters; the page follows the job. The task is given the keys of both.

    `objet_cle` says what they are for: see LotLettres.objects.under_way.
    Raises ValidationError before a head is written.
    """
    if not EnTete.objects.exists():
        raise ValidationError(
            "Aucune lettre ne part sans en-tête\u202f: demandez au chef de section de l’écrire."
        )
    travail = open_travail(acteur=acteur, intitule="Établissement de lettres")
    lot = LotLettres.objects.create(
        intitule=intitule, demandeur=acteur, travail=travail, saisie=saisie, objet_cle=objet_cle
    )
    record_act(acteur=acteur, acte="documents.open_lot", objet=lot)
    app.configure_task(tache).defer(travail_id=travail.pk, lot_id=lot.pk)
    return lot


@transaction.atomic
def close_lot(*, lot_id: int, contenu: bytes, nombre: int, ecartees: Sequence[str]) -> LotLettres:
    """Keep the file of a lot and forget what was asked. The act was written when it was opened."""
    lot = LotLettres.objects.select_for_update().get(pk=lot_id)
    lot.contenu, lot.nombre, lot.ecartees, lot.saisie = contenu, nombre, list(ecartees), {}
    lot.save(update_fields=["contenu", "nombre", "ecartees", "saisie"])
    return lot


@transaction.atomic
def request_courrier(
    *, acteur: Any, agent: Agent, objet: str, texte: str, mode: str, signataire: int | None
) -> LotLettres:
    """Queue a letter of one's own words. Raises ValidationError when no such letter is published."""
    find_modele(genre=GenreLettre.COURRIER)
    saisie = {"agent": agent.pk, "objet": objet, "texte": texte, "mode": mode, "signataire": signataire}
    return open_lot(acteur=acteur, intitule="Courrier libre", saisie=saisie, tache=TACHE_COURRIER)


def read_modeles(*, domaine: DomaineLettre = DomaineLettre.SECTION) -> list[VersionLettre]:
    """Return the published texts of a domain, in one query."""
    publiees = VersionLettre.objects.filter(etat=EtatVersion.PUBLIEE, type__domaine=domaine)
    return list(publiees.select_related("type"))


def pick_modele(*, modeles: Sequence[VersionLettre], genre: GenreLettre, statut: str = "") -> VersionLettre:
    """Return the text of a kind for a status: that of its population, else everybody's.

    Raises ValidationError, a sentence, when none is published.
    """
    population = PopulationLettre.FONCTIONNAIRES if statut == "F" else PopulationLettre.CONTRACTUELS
    par_population = {v.type.population: v for v in modeles if v.type.genre == genre}
    choisie = par_population.get(population) or par_population.get(PopulationLettre.TOUS)
    if choisie is None:
        raise ValidationError(SANS_MODELE.format(GenreLettre(genre).label))
    return choisie


def find_modele(
    *, genre: GenreLettre, statut: str = "", domaine: DomaineLettre = DomaineLettre.SECTION
) -> VersionLettre:
    """Return the published text of a kind for a status. Raises ValidationError when none is."""
    return pick_modele(modeles=read_modeles(domaine=domaine), genre=genre, statut=statut)
