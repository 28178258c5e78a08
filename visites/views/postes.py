"""Posts that go with the restrictions of an agent: found from his file, nothing of them in the address."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agents.models import Agent, ExigencePoste, Poste
from agents.perms import refuse_own_file
from agents.querysets import grade_posts
from agents.rules.exigences import Contrainte, read_limit
from agents.views.cadre import agent_frame
from nouvea_sst.comptes.acces import require_perm
from nouvea_sst.lib.listes import Liste, liste, render_list
from visites.enums import EtendueMesure
from visites.filters import PosteCompatibleFilter
from visites.models import Engagement, Restriction
from visites.tables_postes import PosteCompatibleTable


@require_perm("visites.find_poste")
@require_safe
@liste
def postes_compatibles(request: HttpRequest, pk: int) -> HttpResponse:
    """List the posts, those that go with the measures in force first, each clash named."""
    contexte = agent_frame(request, pk, "visites:restrictions_agent")
    user: Any = request.user
    refuse_own_file(user, contexte["agent"])
    lues = Restriction.objects.visible_to(user).filter(agent_id=pk).open_on(contexte["jour"])
    toutes = list(lues.select_related("type__exigence", "engagement").order_by("type__ordre", "pk"))
    au_poste = [mesure for mesure in toutes if mesure.etendue == EtendueMesure.POSTE]
    mesures = [mesure for mesure in toutes if mesure.etendue == EtendueMesure.TOUT]
    contraintes = constraints_of(mesures)
    postes = Poste.objects.visible_to(user).with_effectif(user, timezone.localdate())
    occupes = [post_of(mesure, contexte["agent"]) for mesure in au_poste]
    postes = postes.exclude(pk__in=[occupe for occupe in occupes if occupe is not None])
    types = [contrainte.type for contrainte in contraintes]
    definition = Liste(
        queryset=grade_posts(postes, contraintes).prefetch_related(needs(types)),
        table=PosteCompatibleTable,
        modele="visites/postes_compatibles.html",
        nom_fichier="postes",
        filtre=PosteCompatibleFilter,
        contexte=contexte
        | {
            "contraintes": contraintes,
            "au_poste": au_poste,
            "sans_exigence": [mesure for mesure in mesures if mesure.type.exigence_id is None],
        },
        options_table={"contraintes": contraintes},
    )
    return render_list(request, definition)


def post_of(mesure: Restriction, agent: Agent) -> int | None:
    """Return the post at which a measure holds: the one of its follow-up, else the agent's."""
    suivi: Engagement | None = getattr(mesure, "engagement", None)
    return agent.poste_id if suivi is None else suivi.poste_id


def needs(types: list[int]) -> Any:
    """Return the demands of these kinds, read for all the posts of a page at once."""
    lignes = ExigencePoste.objects.filter(type__in=types)
    return Prefetch("exigences", queryset=lignes, to_attr="lues")


def constraints_of(mesures: list[Restriction]) -> list[Contrainte]:
    """Return what must be avoided, once for each kind of demand: the strictest limit counts."""
    trouvees: dict[int, Contrainte] = {}
    for mesure in mesures:
        exigence = mesure.type.exigence
        if exigence is None:
            continue
        limite = read_limit(mesure.precision, exigence.unite)
        connue = trouvees.get(exigence.pk)
        if connue is not None:
            limites = [connue.limite, limite]
            limite = None if None in limites else min(limites)  # type: ignore[type-var]
        trouvees[exigence.pk] = Contrainte(exigence.pk, exigence.libelle, exigence.unite, limite)
    return list(trouvees.values())
