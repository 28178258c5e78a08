"""Questions about the coordinators' follow-ups: who is named on them, what was shown, what comes next."""

import datetime
from typing import Any, Self

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from agents.models import Agent
from visites.enums import EtatAccompagnement
from visites.querysets_notes import NoteQuerySet, of_employers


def _link(modele: Any, nom: str) -> Any:
    """Return the model at the other end of a link."""
    return modele._meta.get_field(nom).related_model


class AccompagnementQuerySet(QuerySet):
    """Follow-ups."""

    def visible_to(self, user: Any) -> Self:
        """Those that one is named on; for the chief, those besides that are not restricted.

        One that nobody named can open any more, every account being closed, goes back to the chief.
        Nobody reads the one about himself, nor one about an agent out of his reach.
        """
        if not user.has_perm("visites.view_accompagnement"):
            return self.none()
        lus = Q(self._named(user))
        if not user.has_perm("visites.write_echange"):
            lus |= Q(restreint=False) | ~Q(self._tenu())
        return self.filter(lus, agent__in=Agent.objects.visible_to(user)).exclude(agent__compte=user)

    def held_by(self, user: Any) -> Self:
        """Those that this coordinator keeps: he is assigned to them."""
        if not user.has_perm("visites.write_echange"):
            return self.none()
        return self.visible_to(user).filter(self._named(user))

    def open(self) -> Self:
        """Those that are not closed."""
        return self.filter(ferme_le__isnull=True)

    def on(self, jour: datetime.date) -> Self:
        """With the day of the next step, the last exchange and the state of the day, in one grouping."""
        return self.annotate(
            prochaine=Min("echanges__etapes__prevue_le", filter=Q(echanges__etapes__fin="")),
            dernier=Max("echanges__date"),
        ).annotate(
            etat=Case(
                When(ferme_le__isnull=False, then=Value(EtatAccompagnement.FERME.value)),
                When(prochaine__lt=jour, then=Value(EtatAccompagnement.RETARD.value)),
                When(prochaine=jour, then=Value(EtatAccompagnement.CE_JOUR.value)),
                When(prochaine__gt=jour, then=Value(EtatAccompagnement.A_VENIR.value)),
                default=Value(EtatAccompagnement.SANS_ETAPE.value),
                output_field=CharField(),
            ),
            est_ferme=Case(When(ferme_le__isnull=False, then=Value(True)), default=Value(False)),
        )

    def with_names(self) -> Self:
        """With what a row writes: the agent, and the people named on it."""
        membres = _link(self.model, "membres").objects.in_force().select_related("compte")
        return self.select_related("agent__structure").prefetch_related(
            Prefetch("membres", queryset=membres, to_attr="nommes")
        )

    def counts(self) -> dict[str, int]:
        """Rows of each view, in one question; `on` came before."""
        etats = {etat.value: Count("pk", filter=Q(etat=etat.value)) for etat in EtatAccompagnement}
        return self.order_by().aggregate(**etats, toutes=Count("pk"))

    def _tenu(self) -> Exists:
        membres = _link(self.model, "membres").objects.in_force()
        return Exists(membres.filter(accompagnement=OuterRef("pk"), compte__is_active=True))

    def _named(self, user: Any) -> Exists:
        membres = _link(self.model, "membres").objects.in_force()
        return Exists(membres.filter(accompagnement=OuterRef("pk"), compte=user))


class MembreQuerySet(QuerySet):
    """People named on follow-ups."""

    def visible_to(self, user: Any) -> Self:
        """Those of the follow-ups that one reads."""
        return self.filter(accompagnement__in=_link(self.model, "accompagnement").objects.visible_to(user))

    def in_force(self) -> Self:
        """Those who are named today."""
        return self.filter(jusqu_au__isnull=True)


class EchangeQuerySet(NoteQuerySet):
    """Exchanges: read with their follow-up, or one by one by whom they are shown to."""

    chemin_agent = "accompagnement__agent"

    def visible_to(self, user: Any) -> Self:
        """Those of the follow-ups that one reads; those shown to a doctor or a psychologist, up to a day."""
        if user.has_perm("visites.read_echange"):
            lus = Q(Exists(self.shares_with(user))) & self.within_reach(user)
        else:
            suivis = _link(self.model, "accompagnement").objects.visible_to(user)
            lus = Q(accompagnement__in=suivis)
        return self.filter(lus).exclude(accompagnement__agent__compte=user)

    def shown_until(self, user: Any) -> Self:
        """Each with the last day on which this account is shown it."""
        partages = self.shares_with(user).order_by("-jusqu_au").values("jusqu_au")
        return self.annotate(montre_jusqu_au=Subquery(partages[:1]))

    def within_reach(self, user: Any) -> Q:
        """Of the agents whom a doctor sees; of the employers whom a psychologist answers for."""
        if user.has_perm("visites.write_note_psychologue"):
            return of_employers(user, "accompagnement__agent__")
        return Q(accompagnement__agent__in=Agent.objects.visible_to(user))

    def held_by(self, user: Any) -> Self:
        """Those that this coordinator may amend, join files to and share: of the follow-ups he keeps.

        Of a closed one he may only withdraw what he shows.
        """
        return self.filter(accompagnement__in=_link(self.model, "accompagnement").objects.held_by(user))


class EtapeQuerySet(QuerySet):
    """Steps."""

    def visible_to(self, user: Any) -> Self:
        """Those of the exchanges that one reads."""
        return self.filter(note__in=_link(self.model, "note").objects.visible_to(user))

    def open(self) -> Self:
        """Those that nobody has done nor given up."""
        return self.filter(fin="")
