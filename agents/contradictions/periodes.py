"""Periods that do not go together: affectations, absences, structures that are closed.

An end before a start cannot stand: the database refuses it (models.periodes).
"""

import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from agents.models import Absence, Affectation, Agent, Structure
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.contradictions import Contradiction, Gravite

CARRIERE = ("agents.view_carriere",)
ABSENCES = ("agents.view_absence", "agents.view_carriere")
# An absence that ends at noon leaves the afternoon to the next one.
SE_SUIVENT = Q(date_fin=OuterRef("date_debut"), fin_matin=True, suivante_apres_midi=True)


def _from_to(ligne: Any) -> str:
    """« Du 01/01/2026 au 31/03/2026 », « Depuis le 01/01/2026 »."""
    debut = format_date(ligne.date_debut)
    return f"Du {debut} au {format_date(ligne.date_fin)}" if ligne.date_fin else f"Depuis le {debut}"


def _before(lignes: Any) -> QuerySet:
    """Rows of the same agent that began before, or on the same day under a smaller key."""
    avant = Q(date_debut__lt=OuterRef("date_debut")) | Q(
        date_debut=OuterRef("date_debut"), pk__lt=OuterRef("pk")
    )
    memes = lignes.filter(avant, agent=OuterRef("agent"))
    return memes.filter(Q(date_fin__isnull=True) | Q(date_fin__gte=OuterRef("date_debut"))).order_by()


def _read(lignes: Any, user: Any) -> QuerySet:
    return lignes.select_related("agent__structure")


def _read_affectations(lignes: Any, user: Any) -> QuerySet:
    return _read(lignes, user).select_related("structure")


def _affectations(user: Any) -> QuerySet:
    return Affectation.objects.filter(agent__in=Agent.objects.visible_to(user))


def _overlapping_affectations(user: Any, jour: datetime.date) -> QuerySet:
    return _affectations(user).filter(Exists(_before(Affectation.objects.all())))


def _open_after_departure(user: Any, jour: datetime.date) -> QuerySet:
    reste = Q(date_fin__isnull=True) | Q(date_fin__gt=F("agent__date_depart"))
    return _affectations(user).filter(reste, agent__date_depart__lt=jour)


def of_affectations() -> tuple[Contradiction, ...]:
    """What affectations say against each other and against the departure."""
    communs: dict[str, Any] = {
        "nom": "affectation",
        "agent": "agent",
        "lire": _read_affectations,
        "geste": "Corriger l’affectation",
        "droit": "agents.change_agent",
        "reparer": lambda a: reverse("agents:affectation_corriger", args=[a.agent_id, a.pk]),
        "ouvrir": lambda a: reverse("agents:agent", args=[a.agent_id]),
        "droits": CARRIERE,
    }
    return (
        Contradiction(
            code="affectations-ensemble",
            libelle="Deux affectations le même jour",
            pourquoi="Un agent n’est que dans une structure à la fois : l’une des deux finit plus tôt.",
            gravite=Gravite.ERREUR,
            question=_overlapping_affectations,
            dire=lambda a: f"{a.structure.sigle}. {_from_to(a)}, alors qu’une autre court",
            **communs,
        ),
        Contradiction(
            code="affectation-parti",
            libelle="Affectation ouverte d’un agent parti",
            pourquoi="Elle finit au plus tard le jour du départ.",
            gravite=Gravite.ERREUR,
            question=_open_after_departure,
            dire=lambda a: (
                f"{a.structure.sigle}. {_from_to(a)} ; parti le {format_date(a.agent.date_depart)}"
            ),
            **communs,
        ),
    )


def _absences(user: Any) -> Any:
    return Absence.objects.visible_to(user).with_days()


def _overlapping_absences(user: Any, jour: datetime.date) -> QuerySet:
    return _absences(user).filter(Exists(_met(Absence.objects.with_days())))


def _met(absences: Any) -> QuerySet:
    """Absences that a later one of the same agent begins in, half days counted."""
    apres_midi = ExpressionWrapper(OuterRef("debut_apres_midi"), output_field=BooleanField())
    return _before(absences.alias(suivante_apres_midi=apres_midi)).exclude(SE_SUIVENT)


def _read_absences(lignes: Any, user: Any) -> QuerySet:
    autres = _met(Absence.objects.with_days()).order_by("date_debut", "pk")
    return _read(lignes, user).annotate(
        autre_debut=Subquery(autres.values("date_debut")[:1]),
        autre_fin=Subquery(autres.values("date_fin")[:1]),
    )


def of_absences() -> tuple[Contradiction, ...]:
    """What absences say against each other and against hire and departure."""
    communs: dict[str, Any] = {
        "nom": "absence",
        "agent": "agent",
        "gravite": Gravite.ERREUR,
        "geste": "Corriger l’absence",
        "droit": "agents.change_absence",
        "reparer": lambda a: reverse("agents:absence_corriger", args=[a.agent_id, a.pk]),
        "ouvrir": lambda a: reverse("agents:absences", args=[a.agent_id]),
        "droits": ABSENCES,
    }
    return (
        Contradiction(
            code="absences-ensemble",
            libelle="Absences qui se chevauchent",
            pourquoi="Les mêmes jours comptent deux fois dans les droits et dans les indicateurs.",
            question=_overlapping_absences,
            lire=_read_absences,
            dire=lambda a: (
                f"{_from_to(a)}, et déjà du {format_date(a.autre_debut)} au {format_date(a.autre_fin)}"
            ),
            **communs,
        ),
        Contradiction(
            code="absence-apres-depart",
            libelle="Absence après le départ",
            pourquoi="Une absence finit au plus tard le jour du départ, ou la date de départ est fausse.",
            question=lambda user, jour: _absences(user).filter(date_fin__gt=F("agent__date_depart")),
            lire=_read,
            dire=lambda a: f"{_from_to(a)} ; parti le {format_date(a.agent.date_depart)}",
            **communs,
        ),
    )


def _in_closed(user: Any, jour: datetime.date) -> QuerySet:
    return Agent.objects.visible_to(user).present_on(jour).filter(structure__date_fin__lt=jour)


def _orphans(user: Any, jour: datetime.date) -> QuerySet:
    ouvertes = Structure.objects.visible_to(user).open_on(jour)
    return ouvertes.filter(parent__date_fin__lt=jour)


def of_structures() -> tuple[Contradiction, ...]:
    """What stands in or under a structure that is closed."""
    return (
        Contradiction(
            code="structure-fermee",
            libelle="Agent présent dans une structure fermée",
            nom="agent",
            pourquoi="La structure n’existe plus : l’agent a une autre affectation, ou elle reste ouverte.",
            gravite=Gravite.ERREUR,
            question=_in_closed,
            lire=lambda lignes, user: lignes.select_related("structure"),
            dire=lambda a: f"{a.structure}, fermée depuis le {format_date(a.structure.date_fin)}",
            geste="Donner une affectation",
            droit="agents.change_agent",
            reparer=lambda a: reverse("agents:affectation_ajouter", args=[a.pk]),
            ouvrir=lambda a: reverse("agents:agent", args=[a.pk]),
            droits=CARRIERE,
        ),
        Contradiction(
            code="structure-orpheline",
            libelle="Structure ouverte sous une structure fermée",
            nom="structure",
            pourquoi="Elle change de structure mère, ou ferme avec elle.",
            gravite=Gravite.ERREUR,
            question=_orphans,
            lire=lambda lignes, user: lignes.select_related("parent"),
            dire=lambda s: f"Sous {s.parent.sigle}, fermée depuis le {format_date(s.parent.date_fin)}",
            geste="Corriger la structure",
            droit="agents.change_structure",
            reparer=lambda s: reverse("agents:structure_corriger", args=[s.pk]),
            ouvrir=lambda s: f"{reverse('agents:liste')}?structure={s.pk}",
            droits=("agents.change_structure",),
            agent=None,
        ),
    )
