"""The frame of the agent page: who he is, what stands out today, the tabs. Other apps' tabs call it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from agents.models import Absence, Agent
from agents.rules.exclusion import describe_exclusion, exclusion_on
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.lib.affichage import count_of, format_date, format_number, relative
from nouvea_sst.lib.dates import Periode, join_periods, years_between

AN = datetime.timedelta(days=365)


class AgentFondu(Http404):
    """The file asked for was merged into another one (agents.middleware sends the page on)."""

    def __init__(self, ancien: int, nouveau: int) -> None:
        super().__init__()
        self.ancien, self.nouveau = ancien, nouveau


def agent_frame(
    request: HttpRequest, pk: int, onglet: str = "", permise: Callable[[Any, Agent], bool] | None = None
) -> dict[str, Any]:
    """Return the context of agents/base_agent.html, under « agent » the agent himself; 404 out of scope.

    Reading a tab leaves a consultation line. `onglet` is the URL name of the tab to mark when the page
    is not itself a tab: a form under « Absences » gives "agents:absences". Whoever does not pass
    `permise(user, agent)` is refused before anything is read, and leaves no consultation line.
    """
    agents = Agent.objects.visible_to(request.user).select_related(
        "structure__direction", "poste", "site", "collectivite"
    )
    agent = agents.filter(pk=pk).first() or _sent_on(request.user, pk)
    if permise is not None and not permise(request.user, agent):
        raise PermissionDenied
    jour = timezone.localdate()
    vue = request.resolver_match.view_name if request.resolver_match else ""
    if request.method in {"GET", "HEAD"}:
        record_consultation(acteur=request.user, acte=vue.replace(":", "."), objet=agent, agent=agent)
    exclusion = exclusion_on(
        est_elu=agent.est_elu, date_embauche=agent.date_embauche, date_depart=agent.date_depart, jour=jour
    )
    voit_carriere = request.user.has_perm("agents.view_carriere")
    dates = {"date_embauche": agent.date_embauche, "date_depart": agent.date_depart}
    return {
        "agent": agent,
        "jour": jour,
        "onglet_courant": onglet or vue,
        "resume": describe_agent(request.user, agent, jour),
        "exclusion": describe_exclusion(exclusion, **dates) if exclusion and voit_carriere else "",
        "chiffres_agent": figures_of(request.user, agent, jour),
    }


def _sent_on(user: Any, pk: int) -> Agent:
    """Raise AgentFondu for the key of a file that became one that the account sees, else Http404."""
    garde = Agent.objects.visible_to(user).of_key(pk).values_list("pk", flat=True).first()
    if garde is None:
        raise Http404
    raise AgentFondu(pk, garde)


def describe_agent(user: Any, agent: Agent, jour: datetime.date) -> str:
    """Write the line under the name, as far as the role may read: post · structure · status · age."""
    parties = [str(agent.poste or ""), _place(agent)]
    if user.has_perm("agents.view_carriere"):
        statut = agent.get_statut_display().lower()
        depuis = f"depuis le {format_date(agent.date_embauche)}" if agent.date_embauche else ""
        parties.append(" ".join(filter(None, [statut or ("à la Ville" if depuis else ""), depuis])))
    if user.has_perm("agents.view_identite") and agent.date_naissance:
        parties.append(count_of(years_between(agent.date_naissance, jour), "an"))
    return " · ".join(filter(None, parties))


def _place(agent: Agent) -> str:
    """Write where he works: « DECV, Espaces verts »."""
    structure = agent.structure
    if structure is None:
        return ""
    if structure.direction_id in {None, structure.pk}:
        return structure.libelle
    return f"{structure.direction.sigle}, {structure.libelle}"  # type: ignore[union-attr]


def figures_of(user: Any, agent: Agent, jour: datetime.date) -> list[dict[str, Any]]:
    """Return the figures of the strip: only what exists and what the role may see, each with its rows."""
    depuis = jour - AN
    absences = Absence.objects.visible_to(user).filter(agent=agent)
    arrets = absences.overlapping(depuis - AN, jour + AN).values_list("date_debut", "date_fin")
    suites = join_periods(Periode(*arret) for arret in arrets.order_by("date_debut", "pk"))
    if not suites:
        return []
    adresse = reverse("agents:absences", args=[agent.pk])
    chiffres = []
    if en_cours := next((s for s in suites if s.debut <= jour <= s.fin), None):
        fin = f"Absent jusqu’au {format_date(en_cours.fin)}, {relative(en_cours.fin, jour)}"
        chiffres.append({"valeur": f"{format_number(en_cours.jours)} j", "libelle": fin, "url": adresse})
    sur_un_an = sum(c.days_in(depuis, jour) for c in suites)
    libelle = "Absence, sur douze mois"
    chiffres.append({"valeur": f"{format_number(sur_un_an)} j", "libelle": libelle, "url": adresse})
    return [{"classe": "", **chiffre} for chiffre in chiffres]
