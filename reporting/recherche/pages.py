"""Pages by their name: those whose view lets this account in."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import resolve, reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.texte import fold
from reporting.recherche.elements import Genre, Resultat, make_genre
from reporting.rules.recherche import Saisie


@dataclass(frozen=True)
class Page:
    """A page without parameter: its name, what else people call it, what it shows."""

    libelle: str
    vue: str
    mots: str
    texte: str


SIEN = "soi:dossier"
PAGES = (
    Page("Aujourd’hui", "accueil", "accueil jour", "Ce qui est dû, en retard ou vous attend"),
    Page("Mon dossier", SIEN, "ma fiche mes visites mes documents", "Ce que la section sait de vous"),
    Page("Mon équipe", "equipe:liste", "mes agents", "Présences, visites et aménagements de vos agents"),
    Page("Agents", "agents:liste", "personnel annuaire effectif", "La liste des agents"),
    Page("Ajouter un agent", "agents:ajouter", "nouvel nouveau", "Saisir un agent à la main"),
    Page("Structures", "agents:structures", "directions services sections organigramme", "L’arborescence"),
    Page("Postes", "agents:postes", "metiers suivi medical", "Les postes et le suivi que chacun demande"),
    Page("Importer un registre", "imports:deposer", "excel fichier", "Déposer un fichier du personnel"),
    Page("Historique des imports", "imports:historique", "fichiers registre", "Les fichiers déposés"),
    Page("Visites", "visites:liste", "echeances suivi medical retard", "Les échéances de visite"),
    Page("Journée de visites", "visites:journee", "demi-journee agenda planning", "Les visites d’un jour"),
    Page("Signalements", "signalements:liste", "registre dinou", "Les signalements que vous pouvez lire"),
    Page("Faire un signalement", "signalements:signaler", "declarer danger", "Déclarer une situation"),
    Page("Accidents", "signalements:accidents", "at mp travail trajet", "Les accidents et maladies"),
    Page("Plan d’actions", "signalements:actions", "prevention mesures", "Les actions et leurs échéances"),
    Page("Commissions", "commissions:seances", "chct seances", "Les séances"),
    Page("Pilotage", "reporting:tableau", "tableau de bord indicateurs statistiques", "Les indicateurs"),
    Page("Dossiers CHCT", "reporting:editions", "pack editions pdf", "Les dossiers déjà faits"),
    Page("Préparer un dossier CHCT", "reporting:preparer", "pack edition", "Faire le dossier d’une séance"),
    Page("Journal", "journal:liste", "traces acces consultations refus", "Qui a fait ou lu quoi"),
    Page("Travaux en arrière-plan", "travaux:liste", "jobs file echec calculs", "Ce que la machine fait"),
    Page("Comptes", "comptes:liste", "utilisateurs acces invites desactives", "Qui peut se connecter"),
    Page("Inviter une personne", "comptes:ajouter", "nouveau compte ajouter", "Créer un compte et son lien"),
    Page("Demandes de comptes", "comptes:demandes", "approuver accord", "Les comptes et rôles à approuver"),
    Page("Référentiel", "referentiel:accueil", "reglages", "Valeurs, jours, textes et listes"),
    Page("Paramètres", "referentiel:parametres", "delais seuils periodicites", "Les valeurs en vigueur"),
    Page(
        "Jours fériés et chômés", "referentiel:jours", "calendrier conges", "Les jours sans visite ni séance"
    ),
    Page("Textes", "referentiel:textes", "lois deliberations regles", "Les textes et ce qu’ils fondent"),
    Page("Corbeille", "comptes:corbeille", "supprimes retires retablir", "Ce qui peut être rétabli"),
    Page("Mes sessions", "comptes:mes_sessions", "postes connectes", "Où votre compte est ouvert"),
    Page("Changer mon mot de passe", "comptes:mot_de_passe", "compte secret", "Votre mot de passe"),
)


def may_open(user: Any, vue: str) -> bool:
    """Whether the view itself lets this account in: its own declaration, not a second list of rights."""
    if vue == "agents:liste" and user.portee == Portee.SOI:
        return False  # it would only lead him to himself
    fonction = resolve(reverse(vue)).func
    if getattr(fonction, "acces_connecte", False):
        return True
    return any(user.has_perm(droit) for droit in getattr(fonction, "droit_requis", ()))


def find_pages(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Pages whose name holds every typed word at the beginning of one of its own; one's own file if any."""
    trouvees = [page for page in PAGES if _answers(page, saisie) and may_open(user, page.vue)]
    if any(page.vue == SIEN for page in trouvees) and not Agent.objects.of_account(user).exists():
        trouvees = [page for page in trouvees if page.vue != SIEN]
    resultats = [Resultat(page.libelle, reverse(page.vue), page.texte) for page in trouvees]
    return make_genre("pages", "Pages", "window", (resultats[:limite], len(resultats)))


def _answers(page: Page, saisie: Saisie) -> bool:
    """Whether each typed word begins a word of the page; one letter alone asks nothing."""
    siens = fold(f"{page.libelle} {page.mots}").split()
    mots = [mot for mot in saisie.mots if len(mot) > 1]
    return bool(mots) and all(any(sien.startswith(mot) for sien in siens) for mot in mots)
