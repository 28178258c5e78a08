"""The menu and the tabs of the agent page: only what exists and what this user may open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from nouvea_sst.comptes.enums import Portee


@dataclass(frozen=True)
class Entree:
    """One entry: label, icon, URL name, rights any of which opens it."""

    libelle: str
    icone: str
    url: str
    droits: tuple[str, ...]


# What the list of agents is to somebody who sees only himself.
MON_DOSSIER = "Mon dossier"
LIRE_LE_JOURNAL = ("comptes.view_journal", "comptes.view_journal_section")
MENU = (
    Entree("Aujourd’hui", "house", "accueil", ()),
    Entree("Agents", "people", "agents:liste", ("agents.view_agent",)),
    Entree("Visites", "calendar2-check", "visites:liste", ("visites.view_suivi",)),
    Entree("Commissions", "person-lines-fill", "commissions:seances", ("commissions.view_seance",)),
    Entree("Signalements", "megaphone", "signalements:liste", ("signalements.view_signalement",)),
    Entree("Pilotage", "bar-chart-line", "reporting:tableau", ("reporting.view_tableau",)),
    Entree("Journal", "journal-text", "journal:liste", LIRE_LE_JOURNAL),
    Entree("Dossiers CHCT", "file-earmark-text", "reporting:editions", ("reporting.view_edition",)),
)

ONGLETS_AGENT = (
    Entree("Identité et postes", "person", "agents:agent", ("agents.view_agent",)),
    Entree("Absences", "calendar-x", "agents:absences", ("agents.view_absence",)),
    Entree("Visites", "calendar2-check", "visites:agent", ("visites.view_visite",)),
    Entree("Restrictions", "sliders", "visites:restrictions_agent", ("visites.view_mesures",)),
    Entree("Accidents", "bandaid", "signalements:accidents_agent", ("signalements.view_accident",)),
    Entree("Historique", "clock-history", "agents:historique", ("agents.change_agent",)),
    Entree("Consultations", "eye", "agents:consultations", ("agents.view_consultations",)),
)


def may_open(user: Any, entree: Entree) -> bool:
    """Whether one of the entry's rights is held; an entry without rights is everybody's."""
    return not entree.droits or any(user.has_perm(droit) for droit in entree.droits)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, name and function at its foot, tabs of the agent page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "menu": [],
            "onglets_agent": [],
            "compte_nom": "",
            "compte_fonction": "",
            "recherche_url": "",
            "mode_demo": settings.DEMONSTRATION,
            "liste_montree": False,
        }
    vue = request.resolver_match.view_name if request.resolver_match else ""
    espace = vue.partition(":")[0]
    seul = user.portee == Portee.SOI
    return {
        "menu": [
            {
                "libelle": MON_DOSSIER if seul and e.url == "agents:liste" else e.libelle,
                "icone": "person" if seul and e.url == "agents:liste" else e.icone,
                "url": f"{reverse(e.url)}{default_view(user, e.url)}",
                "actif": vue == e.url or is_in_space(e, vue, espace),
                "compte": None,
                "compte_etat": "",
                "compte_mot": "",
            }
            for e in MENU
            if may_open(user, e)
        ],
        "onglets_agent": [e for e in ONGLETS_AGENT if may_open(user, e)],
        "compte_nom": str(user),
        "compte_fonction": user.fonction_affichee,
        "recherche_url": reverse("agents:liste") if not seul and user.has_perm("agents.view_agent") else "",
        "mode_demo": settings.DEMONSTRATION,
        "liste_montree": False,
    }


def default_view(user: Any, liste: str) -> str:
    """Return what follows the address of a list that this account has the menu open on one of its views."""
    requete = user.vues_par_defaut.get(liste, "")
    return f"?{requete}" if requete else ""


def is_in_space(entree: Entree, vue: str, espace: str) -> bool:
    """Whether the page shown is of this entry: same app; imports stand under agents; reporting has two."""
    if espace == "reporting":
        return entree.url == "reporting:editions" and not vue.startswith(
            ("reporting:tableau", "reporting:vue")
        )
    if espace == "imports":
        return entree.url == "agents:liste"
    return bool(espace) and entree.url.partition(":")[0] == espace
