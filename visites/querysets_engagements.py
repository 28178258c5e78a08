"""Questions about commitments to apply a measure."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, Count, F, Q, Value, When

from agents.models import Agent, Responsabilite
from agents.querysets import open_on
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import Utilisateur
from visites.enums import EtatEngagement, SuiteEngagement
from visites.rules.engagements import A_DIRE_AU_CHCT, EN_ATTENTE, FINIS


def _left(champ: str) -> Q:
    """Agents who no longer stand where they stood when the commitment was opened."""
    place = f"restriction__agent__{champ}"
    ailleurs = Q(**{f"{place}__isnull": True}) | ~Q(**{place: F(champ)})
    return Q(**{f"{champ}__isnull": False}) & ailleurs


def addressees_of(agent: Agent, jour: datetime.date) -> list[Utilisateur]:
    """Managers who answer for this agent on this day and see him, the nearest first; never himself."""
    chemin = agent.structure.chemin if agent.structure is not None else ""
    tenues = Responsabilite.objects.filter(
        open_on(jour), compte__role=Role.ENCADRANT, compte__is_active=True
    ).select_related("compte", "structure")
    siennes = [
        tenue
        for tenue in tenues.order_by("-date_debut", "pk")
        if (tenue.structure is not None and chemin.startswith(tenue.structure.chemin))
        or (tenue.collectivite_id is not None and tenue.collectivite_id == agent.collectivite_id)
    ]
    siennes.sort(key=lambda tenue: -len(tenue.structure.chemin) if tenue.structure is not None else 0)
    comptes = {tenue.compte_id: tenue.compte for tenue in siennes if tenue.compte_id != agent.compte_id}
    vus = Agent.objects.filter(pk=agent.pk)
    return [compte for compte in comptes.values() if vus.visible_to(compte).exists()]


class EngagementQuerySet(models.QuerySet):
    """Commitments."""

    def visible_to(self, user: Any) -> Self:
        """Those of the agents whom this account sees, if its role follows measures."""
        if not user.has_perm("visites.view_engagement"):
            return self.none()
        return self.filter(restriction__agent__in=Agent.objects.visible_to(user))

    def on(self, jour: datetime.date, rappel_jours: int) -> Self:
        """With the state of the day and what is to be done about it, as rules/engagements.py says."""
        fin = "restriction__date_fin"
        parti = Q(restriction__agent__date_depart__lte=jour)
        ailleurs = _left("structure") | _left("poste")
        vivant = Q(clos_le__isnull=True) & (Q(**{f"{fin}__isnull": True}) | Q(**{f"{fin}__gte": jour}))
        attente = [etat.value for etat in EN_ATTENTE]
        horizon = jour + datetime.timedelta(days=rappel_jours)
        return self.annotate(
            etat=Case(
                When(clos_le__isnull=False, then=Value(EtatEngagement.CLOSE.value)),
                When(**{f"{fin}__lt": jour}, then=Value(EtatEngagement.ECHUE.value)),
                *(When(suite=s.value, then=Value(EtatEngagement(s.value).value)) for s in SuiteEngagement),
                When(accuse_le__isnull=True, then=Value(EtatEngagement.A_ACCUSER.value)),
                default=Value(EtatEngagement.A_APPLIQUER.value),
                output_field=CharField(),
            )
        ).annotate(
            fini=Case(When(etat__in=[etat.value for etat in FINIS], then=Value(True)), default=Value(False)),
            en_retard=Case(
                When(Q(etat__in=attente, echeance__lt=jour), then=Value(True)), default=Value(False)
            ),
            chct_a_dire=Case(
                When(vivant & Q(suite__in=list(A_DIRE_AU_CHCT), chct_le__isnull=True), then=Value(True)),
                default=Value(False),
            ),
            finit_bientot=Case(
                When(vivant & Q(**{f"{fin}__lte": horizon}), then=Value(True)), default=Value(False)
            ),
            a_revoir=Case(
                When(vivant & (parti | ailleurs | Q(revue_le__lte=jour)), then=Value(True)),
                default=Value(False),
            ),
        )

    def with_names(self) -> Self:
        """With what a row writes."""
        return self.select_related(
            "restriction__type",
            "restriction__agent__structure",
            "restriction__agent__poste",
            "restriction__visite",
            "destinataire",
        )

    def counts(self) -> dict[str, int]:
        """Rows of each view, in one question; `on` came before."""
        return self.order_by().aggregate(
            a_accuser=Count("pk", filter=Q(etat=EtatEngagement.A_ACCUSER)),
            a_appliquer=Count("pk", filter=Q(etat=EtatEngagement.A_APPLIQUER)),
            retard=Count("pk", filter=Q(en_retard=True)),
            chct=Count("pk", filter=Q(chct_a_dire=True)),
            fin=Count("pk", filter=Q(finit_bientot=True)),
            revoir=Count("pk", filter=Q(a_revoir=True)),
            en_cours=Count("pk", filter=Q(fini=False)),
            toutes=Count("pk"),
        )
