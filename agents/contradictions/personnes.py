"""Agents whose own file does not hold together, or lacks what each one has."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from agents.models import Agent
from agents.parametres import AGE, AGE_PRESENT
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.contradictions import Contradiction, Gravite
from nouvea_sst.lib.dates import add_months
from nouvea_sst.referentiel.models import Parametre


def _read(lignes: Any, user: Any) -> QuerySet:
    return lignes.select_related("structure")


def _since(agent: Any) -> str:
    """« À la Ville depuis le 03/03/2011 »."""
    if agent.date_embauche is None:
        return "Sans date d’embauche"
    return f"À la Ville depuis le {format_date(agent.date_embauche)}"


def _present(condition: Q) -> Callable[[Any, datetime.date], QuerySet]:
    """Return the question for agents present, and not elected, of whom this holds."""
    return lambda user, jour: Agent.objects.visible_to(user).followed_on(jour).filter(condition)


def _unlikely_birth(user: Any, jour: datetime.date) -> QuerySet:
    """Born after this day, hired as a child, or still here at an age at which nobody works."""
    ages = Parametre.objects.numbers_on(jour, (AGE, AGE_PRESENT))
    trop_vieux = add_months(jour, -12 * int(ages[AGE_PRESENT.code]))
    jeune = datetime.timedelta(days=365 * int(ages[AGE.code]))
    faute = Q(date_naissance__gt=jour) | Q(date_naissance__lt=trop_vieux)
    faute |= Q(date_embauche__isnull=False, date_naissance__gt=F("date_embauche") - jeune)
    return Agent.objects.visible_to(user).followed_on(jour).filter(faute)


def _left_with_account(user: Any, jour: datetime.date) -> QuerySet:
    """Gone, with an account that still opens."""
    return Agent.objects.visible_to(user).gone_on(jour).filter(compte__is_active=True)


def _make(
    code: str, libelle: str, pourquoi: str, gravite: Gravite, question: Any, **autres: Any
) -> Contradiction:
    """A contradiction whose rows are agents, put right on their file unless something else is said."""
    defauts: dict[str, Any] = {
        "dire": _since,
        "geste": "Corriger la fiche",
        "reparer": lambda agent: reverse("agents:corriger", args=[agent.pk]),
        "droits": ("agents.view_carriere",),
    }
    return Contradiction(
        code=code,
        libelle=libelle,
        nom="agent",
        pourquoi=pourquoi,
        gravite=gravite,
        question=question,
        lire=_read,
        droit="agents.change_agent",
        ouvrir=lambda agent: reverse("agents:agent", args=[agent.pk]),
        **(defauts | autres),
    )


def of_agents() -> tuple[Contradiction, ...]:
    """What the file of one agent shows by itself."""
    return (*_wrong(), *_missing())


def _wrong() -> tuple[Contradiction, ...]:
    return (
        _make(
            "naissance",
            "Date de naissance improbable",
            "Dans l’avenir, trop proche de l’embauche, ou d’un âge auquel personne ne travaille plus.",
            Gravite.DOUTE,
            _unlikely_birth,
            dire=lambda agent: f"Naissance le {format_date(agent.date_naissance)}. {_since(agent)}",
            droits=("agents.view_identite", "agents.view_carriere"),
        ),
        _make(
            "parti-compte",
            "Agent parti, compte encore ouvert",
            "Le compte se ferme de lui-même le lendemain du départ ; celui-ci est resté ouvert. Si le départ "
            "est juste, l’administrateur technique ferme le compte.",
            Gravite.ERREUR,
            _left_with_account,
            dire=lambda agent: f"Parti le {format_date(agent.date_depart)}",
        ),
    )


def _missing() -> tuple[Contradiction, ...]:
    corriger = {"geste": "Compléter la fiche"}
    return (
        _make(
            "sans-service",
            "Agent présent sans service",
            "Sans structure, il n’a pas d’encadrant et ne compte dans aucun service.",
            Gravite.MANQUE,
            _present(Q(structure__isnull=True)),
            geste="Donner une affectation",
            reparer=lambda agent: reverse("agents:affectation_ajouter", args=[agent.pk]),
        ),
        _make(
            "sans-matricule",
            "Agent présent sans matricule",
            "Sans matricule, un import ne le retrouve que par son nom, et peut le saisir une seconde fois.",
            Gravite.MANQUE,
            _present(Q(matricule__isnull=True)),
            droits=("agents.view_identite", "agents.view_carriere"),
            **corriger,
        ),
        _make(
            "sans-naissance",
            "Agent présent sans date de naissance",
            "Elle distingue deux homonymes, et sert aux tranches d’âge des indicateurs.",
            Gravite.MANQUE,
            _present(Q(date_naissance__isnull=True)),
            droits=("agents.view_identite", "agents.view_carriere"),
            **corriger,
        ),
        _make(
            "sans-embauche",
            "Agent présent sans date d’embauche",
            "Sans elle, la première visite n’a pas d’échéance.",
            Gravite.MANQUE,
            _present(Q(date_embauche__isnull=True)),
            **corriger,
        ),
        _make(
            "sans-statut",
            "Agent présent sans statut",
            "Fonctionnaire, contractuel ou convention collective : le statut décide des règles qui valent.",
            Gravite.MANQUE,
            _present(Q(statut="")),
            **corriger,
        ),
    )
