"""What each role reads on its first page."""

import datetime
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from reporting.jour import chiffres, cotes, releve, sources, veille
from reporting.jour.elements import Bouton, Journee

Composition = Callable[[Any, datetime.date, bool], Journee]


def compose(user: Any, jour: datetime.date, section: bool) -> Journee:
    """Return the page of this account; `section` shows everybody's actions instead of one's own."""
    return ROLES[Role(user.role)](user, jour, section)


def _segments(section: bool) -> list[dict[str, Any]]:
    """« À moi », « Section »."""
    return [
        {"libelle": "À moi", "url": "?pour=moi", "actif": not section},
        {"libelle": "Section", "url": "?pour=section", "actif": section},
    ]


def _report_button(principal: bool = False) -> Bouton:
    """Declare something."""
    return Bouton("Faire un signalement", reverse("signalements:signaler"), "megaphone", principal)


def _print_button() -> Bouton:
    """Print the day; the script of the layout binds the address."""
    return Bouton("Imprimer la journée", "", "printer")


def coordinate(user: Any, jour: datetime.date, section: bool) -> Journee:
    """Coordinator, chief: late visits, approvals, reports, actions, next session, visits of the day."""
    visites = chiffres.count_visits(user, jour)
    signalements = sources.find_signalements(user, jour)
    questions = sources.action_questions(user, jour, not section) | sources.etape_questions(user, jour)
    maison = chiffres.count_house(user, jour, questions)
    actions = sources.find_actions(user, jour, not section, maison)
    etapes = sources.find_etapes(user, jour, maison)
    panneau = cotes.visits_of_day(user, jour)
    return Journee(
        boutons=[_print_button(), _report_button(True)],
        chiffres=[
            *chiffres.visit_figures(visites),
            *chiffres.house_figures(maison, jour, signalements),
            *chiffres.quality_figures(user, jour),
        ],
        sources=[
            sources.sum_late_visits(
                visites["retard"], visites["plus_ancienne"], place=user.has_perm("visites.plan_visite")
            ),
            sources.sum_demandes(maison.get("demandes", 0), jour),
            etapes,
            signalements,
            actions,
            sources.find_seance(user, jour),
        ],
        panneaux=[panneau, *releve.feed_panel(user, jour)],
        segments=_segments(section),
        sensibles=len(panneau.lignes) + len(etapes.taches),
    )


def hold_visits(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Doctor, nurse: the visits of the day to conclude, those left behind, the next ones."""
    du_jour, passees = sources.find_day_visits(user, jour), sources.find_past_visits(user, jour)
    suite = cotes.next_visits(user, jour)
    return Journee(
        boutons=[
            _print_button(),
            Bouton("Ouvrir ma demi-journée", reverse("visites:journee"), "calendar2-check", True),
        ],
        chiffres=[
            chiffres.day_figure(user, jour),
            *chiffres.visit_figures(chiffres.count_visits(user, jour)),
            *chiffres.request_figures(user),
        ],
        sources=[passees, du_jour],
        panneaux=[suite],
        sensibles=len(du_jour.taches) + len(suite.lignes) + len(passees.taches),
    )


def prevent(user: Any, jour: datetime.date, section: bool) -> Journee:
    """Prevention adviser: reports, actions, recent accidents."""
    signalements = sources.find_signalements(user, jour)
    actions = sources.find_actions(user, jour, not section)
    return Journee(
        boutons=[_print_button(), _report_button(True)],
        chiffres=chiffres.prevention_figures(user, jour, signalements),
        sources=[signalements, actions],
        panneaux=[cotes.next_sessions(user, jour)],
        segments=_segments(section),
    )


def manage_staff(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Staff manager: agents, absences, files to read over."""
    return Journee(
        boutons=[
            Bouton("Importer un registre", reverse("imports:deposer"), "upload", True)
            if user.has_perm("imports.import_registre")
            else Bouton("Voir les agents", reverse("agents:liste"), "people", True)
        ],
        chiffres=[
            *chiffres.agent_figures(user, jour),
            *chiffres.alert_figures(user),
            *chiffres.visit_figures(chiffres.count_visits(user, jour))[:2],
            *chiffres.quality_figures(user, jour),
        ],
        sources=[sources.find_imports(user, jour)],
        panneaux=[
            *releve.feed_panel(user, jour),
            *([cotes.latest_packs(user)] if user.has_perm("reporting.view_edition") else []),
        ],
    )


def lead_team(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Manager: who is absent (dates), which measures apply, which visits are placed."""
    absents, mesures = cotes.team_absences(user, jour), cotes.team_measures(user, jour)
    visites, demandes = cotes.team_visits(user, jour), cotes.own_requests(user)
    return Journee(
        boutons=[Bouton("Voir mon équipe", reverse("equipe:liste"), "people"), _report_button(True)],
        chiffres=chiffres.team_figures(user, jour),
        panneaux=[absents, mesures, visites, demandes, cotes.own_reports(user)],
        a_des_taches=False,
        sensibles=sum(len(p.lignes) for p in (absents, mesures, visites, demandes)),
    )


def be_agent(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Agent: his own visit, requests, measures and reports."""
    visites, mesures = cotes.own_visits(user, jour), cotes.own_measures(user, jour)
    demandes = cotes.own_requests(user)
    return Journee(
        boutons=[Bouton("Voir mon dossier", reverse("soi:dossier"), "person"), _report_button(True)],
        panneaux=[visites, demandes, cotes.own_reports(user), mesures],
        a_des_taches=False,
        sensibles=len(visites.lignes) + len(demandes.lignes) + len(mesures.lignes),
    )


def sit_in_committee(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Member of the committee: packs and sessions, his own next visit."""
    sessions = cotes.next_sessions(user, jour)
    return Journee(
        panneaux=[cotes.latest_packs(user), sessions, *veille.own_file(user, jour)],
        a_des_taches=False,
        avec_pages=True,
    )


def advise(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Psychologist: the figures, the packs, his own next visit; the house holds no appointment of his yet."""
    return Journee(
        boutons=[Bouton("Ouvrir le tableau de bord", reverse("reporting:tableau"), "bar-chart-line", True)],
        panneaux=[cotes.latest_packs(user), *veille.own_file(user, jour)],
        a_des_taches=False,
        avec_pages=True,
    )


def audit(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Auditor: what was refused, read and done this week."""
    return Journee(
        boutons=[Bouton("Ouvrir le journal", reverse("journal:liste"), "journal-text", True)],
        chiffres=chiffres.journal_figures(user, jour),
        panneaux=[veille.latest_refusals(user), cotes.latest_packs(user), *veille.own_file(user, jour)],
        a_des_taches=False,
        avec_pages=True,
    )


def administer(user: Any, jour: datetime.date, _section: bool) -> Journee:
    """Administrator: accounts to look after, whether the machine works, and what its queue holds."""
    return Journee(
        boutons=[Bouton("Inviter une personne", reverse("comptes:ajouter"), "person-plus", True)],
        chiffres=[*chiffres.account_figures(user, jour), *chiffres.job_figures(user)],
        panneaux=[veille.machine_state(jour), *veille.own_file(user, jour)],
        a_des_taches=False,
        avec_pages=True,
    )


ROLES: dict[Role, Composition] = {
    Role.COORDINATEUR: coordinate,
    Role.CHEF: coordinate,
    Role.MEDECIN: hold_visits,
    Role.INFIRMIER: hold_visits,
    Role.PREVENTEUR: prevent,
    Role.RH: manage_staff,
    Role.ENCADRANT: lead_team,
    Role.AGENT: be_agent,
    Role.CHCT: sit_in_committee,
    Role.PSYCHOLOGUE: advise,
    Role.AUDITEUR: audit,
    Role.ADMINISTRATEUR: administer,
}
