"""The menu and the tabs of the agent page: only what exists and what this user may open."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from nouvea_sst.comptes.enums import Portee
from reporting.jour.compteurs import count_menu


@dataclass(frozen=True)
class Entree:
    """One entry: label, icon, URL name, rights any of which opens it."""

    libelle: str
    icone: str
    url: str
    droits: tuple[str, ...]


LIRE_LE_JOURNAL = ("comptes.view_journal", "comptes.view_journal_section")
MENU = (
    Entree("Aujourd’hui", "house", "accueil", ()),
    Entree("Mon équipe", "people", "equipe:liste", ("agents.view_equipe",)),
    Entree("Restrictions", "sliders", "visites:restrictions", ("agents.view_equipe",)),
    Entree("Agents", "people", "agents:liste", ("agents.view_agent",)),
    Entree("Visites", "calendar2-check", "visites:liste", ("visites.view_suivi",)),
    Entree("Planning", "calendar2-check", "visites:planning", ("visites.hold_entretien",)),
    Entree("Mes notes", "journal-text", "visites:mes_notes", ("visites.write_note_psychologue",)),
    Entree("Accompagnements", "chat-left-text", "visites:accompagnements", ("visites.view_accompagnement",)),
    Entree("Échanges montrés", "chat-left-text", "visites:echanges_montres", ("visites.read_echange",)),
    Entree("Commissions", "person-lines-fill", "commissions:seances", ("commissions.view_seance",)),
    Entree("Lettres", "envelope", "documents:lettres", ("documents.view_lettre",)),
    Entree("Lettres types", "envelope", "documents:modeles", ("documents.change_modele_psychologue",)),
    Entree("Messages", "envelope", "documents:courriels", ("documents.send_courriel",)),
    Entree("Signalements", "megaphone", "signalements:liste", ("signalements.view_signalement",)),
    Entree("Pilotage", "bar-chart-line", "reporting:tableau", ("reporting.view_tableau",)),
    Entree("Qualité des données", "clipboard-check", "qualite:accueil", ("reporting.view_qualite",)),
    Entree("Journal", "journal-text", "journal:liste", LIRE_LE_JOURNAL),
    Entree("Dossiers CHCT", "file-earmark-text", "reporting:editions", ("reporting.view_edition",)),
    Entree("Comptes", "person-gear", "comptes:liste", ("comptes.view_compte",)),
    Entree("Mon dossier", "person", "soi:dossier", ()),
    Entree("Référentiel", "sliders2", "referentiel:accueil", ("referentiel.view_parametre",)),
)
# Whose menu has no list of agents: it would hold himself, or his team again.
SANS_LISTE = frozenset({Portee.SOI, Portee.EQUIPE})
# The others find « Mon dossier » in the menu of their account.
ECARTEES = {True: {"agents:liste"}, False: {"soi:dossier"}}
# Pages of other apps that stand under an entry, for those whose menu has none of their own.
SOUS_ENTREES = {Portee.SOI: "soi:dossier", Portee.EQUIPE: "equipe:liste"}
# The rules of visits belong to their app and stand among the reference data.
DU_REFERENTIEL = frozenset(
    f"visites:{nom}"
    for nom in (
        "regles",
        "regle",
        "nouvelle_regle",
        "corriger_regle",
        "retirer_regle",
        "essai",
        "adopter_essai",
        "abandonner_essai",
    )
)
# What a manager applies has an entry of its own in his menu.
DES_MESURES = frozenset(
    {"visites:restrictions", "visites:accuser", "visites:engagement", "visites:engagement_suite"}
)
ESPACES_AGENT = frozenset({"agents", "visites", "documents"})
# Entries of their own within an app, for those whose menu has them: the pages under each, narrowest first.
PROPRES = {
    "visites:mes_notes": re.compile(r"visites:\w*notes?(?:_\w+)?$"),
    "visites:accompagnements": re.compile(r"visites:(?:accompagnement|echange|etape)"),
    "visites:echanges_montres": re.compile(r"visites:echange"),
    "visites:planning": re.compile(r"visites:"),
    "documents:modeles": re.compile(r"documents:"),
    "documents:courriels": re.compile(r"documents:(?:courriels|renvoyer)$"),
}

ONGLETS_AGENT = (
    Entree("Identité et postes", "person", "agents:agent", ("agents.view_agent",)),
    Entree("Carrière", "briefcase", "agents:carriere", ("agents.view_carriere",)),
    Entree("Absences", "calendar-x", "agents:absences", ("agents.view_absence",)),
    Entree("Visites", "calendar2-check", "visites:agent", ("visites.view_visite",)),
    Entree("Restrictions", "sliders", "visites:restrictions_agent", ("visites.view_mesures",)),
    Entree("Notes", "shield-lock", "visites:notes", ("visites.write_note_soignant",)),
    Entree(
        "Accompagnement", "chat-left-text", "visites:accompagnements_agent", ("visites.view_accompagnement",)
    ),
    Entree("Accidents", "bandaid", "signalements:accidents_agent", ("signalements.view_accident",)),
    Entree("Lettres", "envelope", "documents:agent", ("documents.view_lettre",)),
    Entree("Historique", "clock-history", "agents:historique", ("agents.change_agent",)),
    Entree("Consultations", "eye", "agents:consultations", ("agents.view_consultations",)),
)

ONGLETS_COMPTE = (
    Entree("Compte", "person", "comptes:compte", ("comptes.view_compte",)),
    Entree("Portée", "diagram-3", "agents:portee", ("comptes.view_compte",)),
    Entree("Sessions", "laptop", "comptes:sessions", ("comptes.change_compte",)),
    Entree("Historique", "clock-history", "comptes:historique", ("comptes.view_compte",)),
)
# Pages about oneself: they stand in the account's app, and under no entry.
SANS_ENTREE = {
    "comptes:mes_sessions",
    "reporting:resume",
    "comptes:mot_de_passe",
    "comptes:saisies",
    "comptes:corbeille",
    "comptes:deconnexion",
}


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
            "onglets_compte": [],
            "compte_nom": "",
            "compte_fonction": "",
            "recherche_url": "",
            "page_proche": None,
            "mode_demo": settings.DEMONSTRATION,
            "liste_montree": False,
        }
    return {
        "menu": SimpleLazyObject(lambda: make_menu(request, user)),
        "onglets_agent": [e for e in ONGLETS_AGENT if may_open(user, e)],
        "onglets_compte": make_account_tabs(request, user),
        "compte_nom": str(user),
        "compte_fonction": user.fonction_affichee,
        "recherche_url": reverse("recherche:resultats"),
        "page_proche": SimpleLazyObject(lambda: nearest_page(request, user)),
        "mode_demo": settings.DEMONSTRATION,
        "liste_montree": False,
    }


def default_view(user: Any, liste: str) -> str:
    """Return what follows the address of a list that this account has the menu open on one of its views."""
    requete = user.vues_par_defaut.get(liste, "")
    return f"?{requete}" if requete else ""


def nearest_page(request: HttpRequest, user: Any) -> Entree | None:
    """Return the entry, open to this account, under which the page of this request stands; None for none."""
    vue = request.resolver_match.view_name if request.resolver_match else ""
    return choose_entry((e for e in open_entries(user) if e.url != vue), vue, user.portee)


def open_entries(user: Any) -> list[Entree]:
    """The entries of this account's menu, in their order."""
    return [e for e in MENU if may_open(user, e) and e.url not in ECARTEES[user.portee in SANS_LISTE]]


def choose_entry(ouvertes: Iterable[Entree], vue: str, portee: Portee) -> Entree | None:
    """The one entry under which this page stands: itself, else what its name tells, else its app's first."""
    ouvertes = list(ouvertes)
    siennes = (
        [e for e in ouvertes if e.url == vue]
        or [e for url in PROPRES for e in ouvertes if e.url == url and is_under(e, vue)]
        or [e for e in ouvertes if is_in_space(e, vue, portee)]
    )
    return siennes[0] if siennes else None


def is_under(entree: Entree, vue: str) -> bool:
    """Whether the name of the page says that it belongs to this entry of an app that has several."""
    return vue not in DU_REFERENTIEL and PROPRES[entree.url].match(vue) is not None


def make_account_tabs(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """Return the tabs of an account's page, on its pages only; a refused act stays on its tab."""
    vue = request.resolver_match.view_name if request.resolver_match else ""
    if not vue.startswith(("comptes:", "agents:portee")):
        return []
    return [
        {"libelle": e.libelle, "url": e.url, "actif": vue == e.url or vue.startswith(f"{e.url}_")}
        for e in ONGLETS_COMPTE
        if may_open(user, e)
    ]


def make_menu(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """Return the entries with their counters, for a page that shows them: a fragment asks nothing."""
    vue = request.resolver_match.view_name if request.resolver_match else ""
    compteurs = count_menu(user)
    ouvertes, entrees = open_entries(user), []
    active = choose_entry(ouvertes, vue, user.portee)
    for e in ouvertes:
        vue_choisie = default_view(user, e.url)
        # A counter is the number of rows of the list that opens: not of a view of one's own.
        compteur = None if vue_choisie else compteurs.get(e.url)
        entrees.append(
            {
                "libelle": e.libelle,
                "icone": e.icone,
                "url": compteur.url if compteur else f"{reverse(e.url)}{vue_choisie}",
                "actif": e == active,
                "compte": compteur.nombre if compteur else None,
                "compte_etat": compteur.etat if compteur else "",
                "compte_mot": compteur.mot if compteur else "",
            }
        )
    return entrees


def is_in_space(entree: Entree, vue: str, portee: Portee) -> bool:
    """Whether the page shown is of this entry: same app; imports stand under agents; reporting has two."""
    if vue.startswith("agents:portee"):
        return entree.url == "comptes:liste"
    if vue in SANS_ENTREE:
        return False
    if vue in DU_REFERENTIEL:
        return entree.url == "referentiel:accueil"
    if vue in DES_MESURES and portee == Portee.EQUIPE:
        return entree.url == "visites:restrictions"
    espace = vue.partition(":")[0]
    if espace in ESPACES_AGENT and portee in SOUS_ENTREES:
        return entree.url == SOUS_ENTREES[portee]
    if espace == "reporting":
        return entree.url == "reporting:editions" and not vue.startswith(
            ("reporting:tableau", "reporting:vue")
        )
    if espace == "imports":
        return entree.url == "agents:liste"
    return bool(espace) and entree.url.partition(":")[0] == espace
