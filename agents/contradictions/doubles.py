"""Two files of one person: the row is the later file, beside the earliest that it is alike to."""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Concat
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.contradictions import Contradiction, Gravite
from nouvea_sst.lib.texte_base import Plie

MEME_NOM = Q(nom_cle=OuterRef("nom_cle"))
MEME_NAISSANCE = Q(date_naissance=OuterRef("date_naissance"))
SANS_NAISSANCE = Q(date_naissance__isnull=True) | Q(sa_naissance__isnull=True)
SOUS_LE_NOM = Q(cle_naissance=OuterRef("nom_cle")) | Q(nom_cle=OuterRef("cle_naissance"))


def _files(agents: Any) -> QuerySet:
    """Agents with the key of their birth name."""
    return agents.alias(cle_naissance=Plie(Concat(F("nom_naissance"), Value(" "), F("prenom"))))


def _earlier(agents: Any, condition: Q) -> QuerySet:
    """Those of these agents whose file is the older of two."""
    sienne = ExpressionWrapper(OuterRef("date_naissance"), output_field=DateField())
    return _files(agents).alias(sa_naissance=sienne).filter(condition, pk__lt=OuterRef("pk")).order_by()


def _read(condition: Q) -> Callable[[QuerySet, Any], QuerySet]:
    """Return what adds `autre`, the key of the file beside each row, seen by the account too.

    `est_sien` says that a file beside the row is the account's own.
    """

    def read(lignes: Any, user: Any) -> QuerySet:
        groupe = _earlier(Agent.objects.visible_to(user), condition).annotate(un=Value(1)).values("un")
        premier = Subquery(groupe.annotate(premier=Min("pk")).values("premier"))
        sienne = Exists(_earlier(Agent.objects.filter(compte=user), condition))
        return _files(lignes).select_related("structure").annotate(autre=premier, est_sien=sienne)

    return read


def _numbers(agent: Any) -> str:
    """What tells the two files apart."""
    naissance = (
        f"naissance le {format_date(agent.date_naissance)}" if agent.date_naissance else "sans naissance"
    )
    matricule = f"matricule {agent.matricule}" if agent.matricule else "sans matricule"
    return f"Cette fiche : {matricule}, {naissance}"


def _alike(code: str, libelle: str, pourquoi: str, gravite: Gravite, condition: Q, garde: Q) -> Contradiction:
    def ask(user: Any, jour: Any) -> QuerySet:
        vus = Agent.objects.visible_to(user)
        return _files(vus).filter(garde).filter(Exists(_earlier(vus, condition)))

    return Contradiction(
        code=code,
        libelle=libelle,
        nom="agent",
        pourquoi=pourquoi,
        gravite=gravite,
        question=ask,
        lire=_read(condition),
        dire=_numbers,
        geste="Comparer les deux fiches",
        droit="agents.merge_agent",
        reparer=lambda agent: reverse("agents:fusion", args=[agent.autre, agent.pk]),
        ouvrir=lambda agent: reverse("agents:agent", args=[agent.pk]),
        droits=("agents.view_identite",),
    )


def alike() -> tuple[Contradiction, ...]:
    """Agents who are one person twice, surely or perhaps."""
    nee = Q(date_naissance__isnull=False)
    return (
        _alike(
            "meme-identite",
            "Deux fiches pour la même personne",
            "Même nom, même prénom et même date de naissance : sans doute une personne saisie deux fois.",
            Gravite.ERREUR,
            MEME_NOM & MEME_NAISSANCE,
            nee,
        ),
        _alike(
            "meme-cafat",
            "Même numéro CAFAT sur deux fiches",
            "Un numéro CAFAT n’est qu’à une personne : les fiches sont la même, ou un des numéros est faux.",
            Gravite.ERREUR,
            Q(num_cafat=OuterRef("num_cafat")),
            ~Q(num_cafat=""),
        ),
        _alike(
            "meme-ruamm",
            "Même numéro RUAMM sur deux fiches",
            "Un numéro RUAMM n’est qu’à une personne : les fiches sont la même, ou un des numéros est faux.",
            Gravite.ERREUR,
            Q(num_ruamm=OuterRef("num_ruamm")),
            ~Q(num_ruamm=""),
        ),
        _alike(
            "meme-nom",
            "Même nom, une date de naissance manque",
            "Même nom et même prénom, mais une des deux naissances manque : une personne, ou deux homonymes.",
            Gravite.DOUTE,
            MEME_NOM & SANS_NAISSANCE,
            Q(),
        ),
        _alike(
            "nom-de-naissance",
            "Sous son nom d’usage et sous son nom de naissance",
            "Le nom de naissance et le prénom de l’une sont le nom de l’autre, née le même jour.",
            Gravite.DOUTE,
            MEME_NAISSANCE & SOUS_LE_NOM & ~MEME_NOM,
            nee,
        ),
    )
