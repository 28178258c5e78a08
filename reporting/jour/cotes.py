"""Side panels: the visits of the day, the team, one's own affairs, the packs."""

import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from agents.models import Absence
from commissions.models import Seance
from nouvea_sst.lib.affichage import count_of, format_date, relative
from nouvea_sst.lib.etats import member_of
from reporting.equipe.lecture import team_on
from reporting.indicateurs.liens import address_of
from reporting.jour.elements import LigneCote, Panneau
from reporting.models import Edition
from signalements.models import Signalement
from visites.enums import EtatVisite
from visites.models import DemandeVisite, Restriction, Visite

LIGNES = 12
DOSSIERS = 6


def visits_of_day(user: Any, jour: datetime.date) -> Panneau:
    """Visits of this day by hour, with their professional and their state."""
    visites = Visite.objects.visible_to(user).filter(date=jour).exclude(etat=EtatVisite.ANNULEE)
    ordre = ("heure", "professionnel_id", "pk")
    lues = list(visites.select_related("agent", "professionnel").order_by(*ordre)[: LIGNES + 1])
    lignes = [
        LigneCote(
            titre=visite.agent.nom_courant,
            url=reverse("visites:visite", args=[visite.pk]),
            quand=f"{visite.heure:%H:%M}" if visite.heure else "",
            texte=str(visite.professionnel or ""),
            membre=member_of(visite),
        )
        for visite in lues[:LIGNES]
    ]
    journee = address_of("visites:journee", jour=jour) if user.has_perm("visites.plan_visite") else ""
    if len(lues) > LIGNES:
        lignes.append(LigneCote("La suite est dans la journée", journee))
    lien = "Voir la journée" if journee else ""
    return Panneau("visites", "Visites de ce jour", lignes, "Aucune visite ce jour.", lien, journee)


def next_visits(user: Any, jour: datetime.date) -> Panneau:
    """The next visits that a professional holds."""
    visites = (
        Visite.objects.visible_to(user)
        .filter(etat=EtatVisite.PLACEE, professionnel=user, date__gt=jour)
        .select_related("agent")
        .order_by("date", "heure", "pk")[:DOSSIERS]
    )
    lignes = [
        LigneCote(
            titre=v.agent.nom_courant,
            url=reverse("visites:visite", args=[v.pk]),
            quand=format_date(v.date, "court"),
            texte=f"{relative(v.date, jour)}{f' à {v.heure:%H:%M}' if v.heure else ''}",
        )
        for v in visites
    ]
    return Panneau("suite", "Ensuite", lignes, "Aucune visite placée.")


def team_absences(user: Any, jour: datetime.date) -> Panneau:
    """Who of the team is absent on this day: dates only."""
    absences = (
        Absence.objects.visible_to(user)
        .overlapping(jour, jour)
        .filter(agent__in=team_on(user, jour))
        .select_related("agent")
        .order_by("agent__nom_cle", "date_debut", "pk")[: LIGNES + 1]
    )
    lignes = [
        LigneCote(
            titre=str(a.agent),
            url=reverse("agents:absences", args=[a.agent_id]),
            texte=f"du {format_date(a.date_debut)} au {format_date(a.date_fin)}",
        )
        for a in absences
    ]
    liste = address_of("equipe:liste", presence="absents")
    return Panneau(
        "absents", "Absents ce jour", lignes[:LIGNES], "Personne n’est absent.", "Voir la liste", liste
    )


def team_measures(user: Any, jour: datetime.date) -> Panneau:
    """Measures in force for the team, in functional words: one row an agent, all of them."""
    mesures = (
        Restriction.objects.visible_to(user)
        .open_on(jour)
        .filter(agent__in=team_on(user, jour))
        .select_related("agent", "type")
        .order_by("agent__nom_cle", "agent_id", "date_debut", "pk")
    )
    lignes = [
        LigneCote(
            titre=str(agent),
            url=reverse("visites:restrictions_agent", args=[agent.pk]),
            texte=" ; ".join(_measure_words(mesure) for mesure in siennes),
        )
        for agent, siennes in groupby(mesures, key=lambda mesure: mesure.agent)
    ]
    return Panneau(
        "mesures",
        "Aménagements à appliquer",
        lignes,
        "Aucun aménagement en cours.",
        "Voir ce qu’il en est",
        reverse("visites:restrictions"),
    )


def _measure_words(mesure: Restriction) -> str:
    """One measure, until when."""
    fin = f"jusqu’au {format_date(mesure.date_fin)}" if mesure.date_fin else "sans fin prévue"
    return f"{mesure}, {fin}"


def team_visits(user: Any, jour: datetime.date) -> Panneau:
    """Visits to come of the team: day and hour, so that the work may be arranged."""
    visites = (
        Visite.objects.visible_to(user)
        .filter(etat=EtatVisite.PLACEE, date__gte=jour, agent__in=team_on(user, jour))
        .select_related("agent")
        .order_by("date", "heure", "pk")[:LIGNES]
    )
    lignes = [
        LigneCote(
            titre=str(v.agent),
            url=reverse("visites:agent", args=[v.agent_id]),
            quand=format_date(v.date, "court"),
            texte=f"à {v.heure:%H:%M}" if v.heure else "",
        )
        for v in visites
    ]
    liste = address_of("equipe:liste", visite="placee")
    return Panneau("visites", "Visites de l’équipe", lignes, "Aucune visite placée.", "Voir la liste", liste)


def own_reports(user: Any) -> Panneau:
    """Reports that this account declared, latest first."""
    siens = Signalement.objects.visible_to(user).filter(declarant=user).order_by("-recu_le", "-pk")[:DOSSIERS]
    lignes = [
        LigneCote(
            titre=s.intitule,
            url=reverse("signalements:signalement", args=[s.pk]),
            texte=f"{s.numero} · faits du {format_date(s.survenu_le)}",
            membre=member_of(s),
        )
        for s in siens
    ]
    return Panneau(
        "signalements",
        "Mes signalements",
        lignes,
        "Vous n’avez rien signalé.",
        "Voir la liste",
        reverse("signalements:liste"),
    )


def own_requests(user: Any) -> Panneau:
    """Requests for a visit that this account made, or that are about himself, with what they become."""
    demandes = DemandeVisite.objects.visible_to(user).select_related("agent")[:DOSSIERS]
    lignes = [
        LigneCote(
            titre=str(d.agent) if d.agent.compte_id != user.pk else d.get_origine_display(),
            url=reverse("visites:demande", args=[d.pk]),
            quand=format_date(d.demandee_le, "court"),
            texte="avec une réponse" if d.reponse else "",
            membre=member_of(d),
        )
        for d in demandes
    ]
    return Panneau(
        "demandes",
        "Demandes de visite",
        lignes,
        "Aucune visite n’est demandée.",
        "Demander une visite",
        reverse("visites:demander_qui"),
    )


def own_visits(user: Any, jour: datetime.date) -> Panneau:
    """The agent's own next visit."""
    visites = (
        Visite.objects.visible_to(user)
        .filter(agent__compte=user, etat=EtatVisite.PLACEE, date__gte=jour)
        .order_by("date", "heure", "pk")[:DOSSIERS]
    )
    lignes = [
        LigneCote(
            titre=format_date(v.date, "long"),
            url=reverse("visites:agent", args=[v.agent_id]),
            texte=f"{f'à {v.heure:%H:%M} · ' if v.heure else ''}{relative(v.date, jour)}",
            membre=member_of(v),
        )
        for v in visites
    ]
    return Panneau("visite", "Ma prochaine visite médicale", lignes, "Aucune visite n’est placée pour vous.")


def own_measures(user: Any, jour: datetime.date) -> Panneau:
    """Measures in force for this agent."""
    mesures = (
        Restriction.objects.visible_to(user)
        .open_on(jour)
        .filter(agent__compte=user)
        .select_related("agent", "type")
        .order_by("date_debut", "pk")
    )
    lignes = [
        LigneCote(
            titre="Aménagement de mon poste",
            url=reverse("visites:restrictions_agent", args=[mesure.agent_id]),
            texte=_measure_words(mesure),
        )
        for mesure in mesures
    ]
    return Panneau("mesures", "Mes aménagements", lignes, "Aucun aménagement en cours.")


def latest_packs(user: Any) -> Panneau:
    """The latest packs."""
    editions = Edition.objects.visible_to(user).without_bytes().select_related("seance")[:DOSSIERS]
    lignes = [
        LigneCote(
            titre=f"{e.nom_seance}, édition {e.rang}",
            url=reverse("reporting:edition", args=[e.pk]),
            texte=f"Période du {format_date(e.debut)} au {format_date(e.fin)} · {count_of(e.pages, 'page')}",
            acte="Ouvrir le PDF",
            url_acte=reverse("reporting:pdf", args=[e.pk]),
        )
        for e in editions
    ]
    return Panneau(
        "dossiers",
        "Dossiers du CHCT",
        lignes,
        "Aucun dossier n’a encore été fait.",
        "Voir la liste",
        reverse("reporting:editions"),
    )


def next_sessions(user: Any, jour: datetime.date) -> Panneau:
    """Sessions to come."""
    seances = Seance.objects.visible_to(user).coming_on(jour)[:DOSSIERS]
    lignes = [
        LigneCote(
            titre=f"{s.get_instance_display()} n° {s.numero}, {format_date(s.date, 'long')}",
            url=reverse("commissions:seance", args=[s.pk]),
            texte=f"{s.heure:%H:%M}, {s.lieu} · {relative(s.date, jour)}",
            membre=member_of(s),
        )
        for s in seances
    ]
    return Panneau(
        "seances",
        "Prochaines séances",
        lignes,
        "Aucune séance n’est en préparation.",
        "Voir les séances",
        reverse("commissions:seances"),
    )
