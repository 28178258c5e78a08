"""Reads what the clock of sick-leave rights and the alerts need: facts in few queries, scale, settings."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import F, PositiveSmallIntegerField, Value

from agents.models import Absence, Agent, Carriere, Contrat, DroitMaladie, PositionAdministrative
from agents.parametres import (
    AVANT_EPUISEMENT,
    FENETRE_MALADIE,
    PERTE_TOTALE,
    REGLAGES_ALERTES,
    REPETEES_JOURS,
    REPETEES_MOIS,
    REPETEES_NOMBRE,
    SEUILS,
)
from agents.rules.absences import Arret
from agents.rules.alertes import Reglage, Reglages
from agents.rules.bareme import (
    POSITION_OTEE,
    DroitsDuJour,
    EtapeCarriere,
    FaitsDroits,
    LigneBareme,
    rights_on,
)
from agents.rules.droits_maladie import ArretMaladie, Compte, Droits, Solde, balance_on, count_rights
from nouvea_sst.lib.dates import Periode
from nouvea_sst.referentiel.models import Parametre

CARRIERE, ESSAI, OTEE = 1, 2, 3


class Fiche(NamedTuple):
    """What the rights read of an agent's own row."""

    statut: str
    est_elu: bool
    date_embauche: datetime.date | None


@dataclass(frozen=True)
class Bareme:
    """What the reference data says of sick-leave rights on a day."""

    lignes: tuple[LigneBareme, ...]
    perte_totale: int
    mois: int


@dataclass(frozen=True)
class Horloge:
    """The sick-leave rights of an agent on a day: his balance, and each stop with what it took.

    `du_jour`: his rights that day, those of its first day while a stop lasts.
    """

    du_jour: DroitsDuJour
    solde: Solde
    comptes: list[Compte] = field(default_factory=list)
    droits: dict[int, DroitsDuJour] = field(default_factory=dict)


def read_bareme(jour: datetime.date) -> Bareme:
    """Return the scale, rows put aside left out, from how many days a stop is not paid, over which months."""
    lignes = tuple(
        LigneBareme(
            d.groupe,
            d.annees_moins_de,
            Droits(d.jours_plein, d.jours_demi),
            d.date_effet,
            d.libelle,
            d.source,
            d.fiabilite,
            d.pk,
        )
        for d in DroitMaladie.objects.offered()
    )
    nombres = Parametre.objects.numbers_on(jour, (PERTE_TOTALE, FENETRE_MALADIE))
    return Bareme(lignes, int(nombres[PERTE_TOTALE.code]), int(nombres[FENETRE_MALADIE.code]))


def read_reglages(jour: datetime.date) -> Reglages:
    """Return the numbers of the alerts in force on a day, each with its source."""
    nombres = Parametre.objects.numbers_on(jour, REGLAGES_ALERTES)
    lignes = {p.code: p for p in Parametre.objects.in_force(jour).of(REGLAGES_ALERTES)}

    def make(cle: Any) -> Reglage:
        nombre, ligne = int(nombres[cle.code]), lignes.get(cle.code)
        if ligne is None:
            return Reglage(nombre)
        return Reglage(nombre, ligne.date_effet.isoformat(), ligne.source, ligne.fiabilite)

    return Reglages(
        make(AVANT_EPUISEMENT),
        tuple(make(cle) for cle in SEUILS),
        make(REPETEES_NOMBRE),
        make(REPETEES_MOIS),
        make(REPETEES_JOURS),
    )


def read_faits(agents: Collection[int], fiches: Mapping[int, Fiche] | None = None) -> dict[int, FaitsDroits]:
    """Return what the rights of these agents follow from, in two queries however many they are.

    `fiches` spares one of them: what is read already of each agent.
    """
    carrieres: dict[int, list[EtapeCarriere]] = {}
    essais: dict[int, list[Periode]] = {}
    otees: dict[int, list[Periode]] = {}
    for genre, agent, debut, fin, categorie in _periods(agents):
        if genre == CARRIERE:
            carrieres.setdefault(agent, []).append(EtapeCarriere(debut, fin, categorie))
        else:
            periodes = essais if genre == ESSAI else otees
            periodes.setdefault(agent, []).append(Periode(debut, fin or datetime.date.max))
    if fiches is None:
        lues = Agent.objects.filter(pk__in=agents).order_by("pk")
        champs = ("pk", "statut", "est_elu", "date_embauche")
        fiches = {pk: Fiche(*reste) for pk, *reste in lues.values_list(*champs)}
    return {
        pk: FaitsDroits(
            *fiche, tuple(carrieres.get(pk, ())), tuple(essais.get(pk, ())), tuple(otees.get(pk, ()))
        )
        for pk, fiche in fiches.items()
    }


def _periods(agents: Collection[int]) -> Any:
    """Careers, trial periods and positions that take off seniority, by agent and day: one question."""

    def of(modele: Any, genre: int, fin: str, categorie: Any) -> Any:
        return (
            modele.objects.filter(agent__in=agents)
            .order_by()
            .annotate(genre=Value(genre), terme=F(fin), categorie=categorie)
        )

    champs = ("genre", "agent_id", "date_debut", "terme", "categorie")
    rien = Value(0, output_field=PositiveSmallIntegerField())
    carrieres = of(Carriere, CARRIERE, "date_fin", F("code_categorie")).values_list(*champs)
    essais = of(Contrat, ESSAI, "fin_essai", rien).filter(fin_essai__isnull=False).values_list(*champs)
    otees = of(PositionAdministrative, OTEE, "date_fin", rien).filter(type__code=POSITION_OTEE)
    return carrieres.union(essais, otees.values_list(*champs), all=True).order_by("agent_id", "date_debut")


def read_horloges(
    agents: Collection[int],
    jour: datetime.date,
    bareme: Bareme,
    fiches: Mapping[int, Fiche] | None = None,
) -> dict[int, Horloge]:
    """Return the clock of each of these agents on a day, in three queries however many they are."""
    absences = Absence.objects.filter(agent__in=agents, type__compte_droits=True)
    arrets = _gather(absences.order_by("agent_id", "date_debut", "pk"), lambda a: (a.pk, a.arret))
    return {
        pk: make_horloge(faits, arrets.get(pk, []), jour, bareme)
        for pk, faits in read_faits(agents, fiches).items()
    }


def make_horloge(
    faits: FaitsDroits, arrets: Sequence[tuple[int, Arret]], jour: datetime.date, bareme: Bareme
) -> Horloge:
    """Return the clock of an agent on a day from his stops that count; each has its first day’s rights."""
    droits = {pk: rights_on(faits, arret.debut, bareme.lignes) for pk, arret in arrets}
    comptes = count_rights(
        [ArretMaladie(a.debut, a.fin, a.jours, droits[pk].droits, pk) for pk, a in arrets],
        bareme.perte_totale,
        bareme.mois,
    )
    du_jour = rights_on(faits, jour, bareme.lignes)
    solde = balance_on(jour, comptes, du_jour.droits, bareme.mois)
    if solde.arret is not None:
        du_jour = droits[solde.arret.cle]
    return Horloge(du_jour, solde, comptes, droits)


def _gather(lignes: Any, make: Any) -> dict[int, list[Any]]:
    """Return what is made of each row, by agent."""
    par_agent: dict[int, list[Any]] = {}
    for ligne in lignes:
        par_agent.setdefault(ligne.agent_id, []).append(make(ligne))
    return par_agent
