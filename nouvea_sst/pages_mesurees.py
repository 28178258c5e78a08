"""Which pages are measured, each as the role whose work it is, on the record that has most to show."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from agents.models import Agent
from commissions.models import Seance
from nouvea_sst.comptes.enums import Role
from nouvea_sst.lib.pdf import is_pdf_possible
from nouvea_sst.lib.texte import fold
from reporting.models import Edition
from reporting.pack.fabrique import make_edition
from reporting.rules.periodes import default_period
from signalements.models import Accident, Action, Signalement
from visites.models import Visite

COO, MED = Role.COORDINATEUR, Role.MEDECIN


@dataclass(frozen=True)
class Page:
    """One page: its name, who opens it, where. `fabrique` does something else than asking for an address."""

    nom: str
    role: Role
    adresse: str = ""
    html: bool = True
    tours_max: int = 1000
    fabrique: Callable[[], int] | None = None


def pages(jour: datetime.date) -> list[Page]:
    """Return every page that the database at hand can show."""
    trouvees = [*_homes(), *_lists(jour), *_records(jour), *_agent_pages(), *_others(jour)]
    return [page for page in trouvees if page is not None]


def _page(nom: str, url: str, *cles: Any, role: Role = COO, html: bool = True, **filtres: str) -> Page | None:
    """Return a page by its URL name; none when the house has no such path or no such record."""
    if None in cles:
        return None
    try:
        adresse = reverse(url, args=cles)
    except NoReverseMatch:
        return None
    return Page(nom, role, f"{adresse}?{urlencode(filtres)}".rstrip("?"), html)


def _homes() -> list[Page | None]:
    return [_page("accueil", "accueil")] + [
        _page(f"accueil-{role.value}", "accueil", role=role) for role in Role if role != COO
    ]


def _lists(jour: datetime.date) -> list[Page | None]:
    return [
        _page("agents", "agents:liste"),
        _page("agents-absents", "agents:liste", absence="oui"),
        _page("agents-filtres", "agents:liste", absence="longue", q=_letters()),
        _page("agents-xlsx", "agents:liste", html=False, format="xlsx"),
        _page("agents-imprimes", "agents:liste", html=False, imprimer="1"),
        _page("structures", "agents:structures"),
        _page("postes", "agents:postes"),
        _page("visites", "visites:liste"),
        _page("visites-filtrees", "visites:liste", echeance="retard", q=_letters(suivi__echeance__lt=jour)),
        _page("signalements", "signalements:liste"),
        _page("signalements-filtres", "signalements:liste", vue="tous", q="sol"),
        _page("accidents", "signalements:accidents"),
        _page("actions", "signalements:actions"),
        _page("seances", "commissions:seances"),
        _page("editions", "reporting:editions"),
        _page("imports", "imports:historique"),
        _page("qualite", "qualite:accueil"),
        _page("qualite-lignes", "qualite:lignes", "visite-sans-suite"),
    ]


def _records(jour: datetime.date) -> list[Page | None]:
    signalement = _largest(Signalement, "agents")
    venues = Visite.objects.filter(etat="placee", date__lte=jour)
    placee = venues.order_by("-date", "pk").values_list("pk", flat=True).first()
    return [
        _page("signalement", "signalements:signalement", signalement),
        _page("accident", "signalements:accident", _largest(Accident, "absences")),
        _page(
            "action",
            "signalements:action",
            Action.objects.order_by("pk").values_list("pk", flat=True).first(),
        ),
        _page("visite", "visites:visite", _largest(Visite, "restrictions")),
        _page("conclure", "visites:conclure", placee, role=MED),
        _page("journee", "visites:journee", role=MED),
        _page("seance", "commissions:seance", _largest(Seance, "points")),
    ]


def _agent_pages() -> list[Page | None]:
    agent = _largest(Agent, "absences")
    return [
        _page("agent", "agents:agent", agent),
        _page("agent-corriger", "agents:corriger", agent),
        _page("absences", "agents:absences", agent),
        _page("agent-visites", "visites:agent", agent),
        _page("agent-restrictions", "visites:restrictions_agent", agent),
        _page("agent-accidents", "signalements:accidents_agent", agent),
    ]


def _others(jour: datetime.date) -> list[Page | None]:
    edition = Edition.objects.order_by("-pk").values_list("pk", flat=True).first()
    autres = [
        _page("recherche", "recherche:resultats", q=_letters()),
        _page("suggestions", "recherche:suggestions", q=_letters()),
        _page("mon-dossier", "soi:dossier", role=Role.AGENT),
        _page("mon-equipe", "equipe:liste", role=Role.ENCADRANT),
        _page("journal", "journal:liste", role=Role.AUDITEUR),
        _page("comptes", "comptes:liste", role=Role.ADMINISTRATEUR),
        _page("demandes", "comptes:demandes", role=Role.CHEF),
        _page("corbeille", "comptes:corbeille"),
        _page("referentiel", "referentiel:accueil", role=Role.CHEF),
        _page("parametres", "referentiel:parametres", role=Role.CHEF),
        _page("jours", "referentiel:jours", role=Role.CHEF),
        _page("textes", "referentiel:textes", role=Role.CHEF),
        _page("travaux", "travaux:liste", role=Role.ADMINISTRATEUR),
        _page("tableau", "reporting:tableau"),
        _page("edition", "reporting:edition", edition),
    ]
    if is_pdf_possible():
        autres.append(Page("pack", COO, html=False, tours_max=3, fabrique=lambda: _make_pack(jour)))
    return autres


def _make_pack(jour: datetime.date) -> int:
    """Make the pack of the year to the last whole month, as the worker does; return its size."""
    seance = Seance.objects.coming_on(jour).first()
    edition = make_edition(acteur=None, seance=seance, periode=default_period(jour), jour=jour)
    return len(edition.pdf)


def _largest(modele: type[Model], relation: str) -> int | None:
    """Return the key of the record with most rows of this relation: its page is the longest."""
    lignes: Any = modele._default_manager
    return lignes.annotate(n=Count(relation)).order_by("-n", "-pk").values_list("pk", flat=True).first()


def _letters(**ceux: Any) -> str:
    """Return the first letters of a name that somebody bears, of these agents when said."""
    nom = Agent.objects.filter(**ceux).order_by("pk").values_list("nom", flat=True).first() or "ka"
    return fold(nom)[:3]
