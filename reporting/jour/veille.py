"""Side panels of those who watch over the house: refusals, the machine, one's own file."""

import datetime
from typing import Any

from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.affichage import format_date, relative
from nouvea_sst.travaux.veille import read_database, read_disk
from reporting.indicateurs.liens import address_of
from reporting.jour.elements import EtatService, LigneCote, Panneau
from reporting.jour.releve import feed_state
from visites.enums import EtatVisite
from visites.models import Visite

REFUS = 8


def latest_refusals(user: Any) -> Panneau:
    """The latest refusals: who, when, what was asked."""
    refus = LigneJournal.objects.visible_to(user).filter(nature=NatureJournal.REFUS)[:REFUS]
    lignes = [
        LigneCote(
            titre=ligne.acteur_nom,
            url=reverse("journal:ligne", args=[ligne.pk]),
            texte=f"{Role(ligne.role).label if ligne.role else 'Sans rôle'} · {ligne.precision}",
            quand=format_date(ligne.quand, "court"),
        )
        for ligne in refus
    ]
    liste = address_of("journal:liste", vue=NatureJournal.REFUS.value)
    vide = "Aucun accès n’a été refusé."
    return Panneau("refus", "Derniers accès refusés", lignes, vide, "Voir la liste", liste)


def machine_state(jour: datetime.date) -> Panneau:
    """Database, worker and disk, as the supervisor asks them; the nightly feed where it is on."""
    base, worker = read_database()
    disque = read_disk()
    parties = (
        ("Base de données", base, "Elle répond"),
        ("Travaux en arrière-plan", worker, "Le programme qui les fait a signé il y a moins d’une minute"),
        ("Disque", disque, "Il reste de la place"),
    )
    pannes = {
        "absent": "Le programme qui les fait ne signe plus : relancez-le",
        "plein": "Moins de 200 Mo libres : faites de la place",
        "panne": "Elle ne répond pas comme prévu",
        "inconnu": "Sans la base, on ne peut le dire",
    }
    lignes = [
        LigneCote(
            titre=titre,
            texte=bien if etat == "ok" else pannes[etat],
            membre=EtatService.OK if etat == "ok" else EtatService.PANNE,
        )
        for titre, etat, bien in parties
    ]
    return Panneau("machine", "État de l’application", [*lignes, *feed_state(jour)], "")


def own_file(user: Any, jour: datetime.date) -> list[Panneau]:
    """One's own next visit, for an account that an agent holds; nothing otherwise."""
    agent = Agent.objects.of_account(user).select_related("suivi").first()
    if agent is None:
        return []
    placees = Visite.objects.filter(agent=agent, etat=EtatVisite.PLACEE, date__gte=jour)
    visite = placees.order_by("date", "heure", "pk").first()
    suivi = getattr(agent, "suivi", None)
    page = reverse("soi:dossier")
    lignes = []
    if visite is not None:
        heure = f" à {visite.heure:%H:%M}" if visite.heure else ""
        quand = f"{relative(visite.date, jour)}{heure}"
        lignes.append(LigneCote(format_date(visite.date, "long"), page, texte=quand))
    elif suivi is not None and suivi.echeance:
        lignes.append(LigneCote(f"À revoir avant le {format_date(suivi.echeance)}", page))
    vide = "Aucune visite n’est placée pour vous."
    return [Panneau("dossier", "Ma prochaine visite médicale", lignes, vide, "Mon dossier", page)]
