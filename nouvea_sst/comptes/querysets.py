"""Questions about accounts and the journal."""

import datetime
from typing import Any, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.utils import timezone

from nouvea_sst.comptes.enums import NatureJournal, Portee, Role

SECTION = (Role.COORDINATEUR, Role.CHEF, Role.MEDECIN, Role.INFIRMIER, Role.PREVENTEUR)

UN_JOUR = datetime.timedelta(days=1)


class UtilisateurManager(UserManager):
    """Accounts by name of use; a superuser cannot be made."""

    def create_superuser(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: no account is ever superuser."""
        raise ValueError("Aucun compte ne peut être superutilisateur : utilisez creer_compte.")


class JournalQuerySet(models.QuerySet):
    """Lines of the journal."""

    def visible_to(self, user: Any) -> Self:
        """Everything for the auditor, the section's lines for its chief, nothing for the others."""
        if user.has_perm("comptes.view_journal"):
            return self.all()
        return self.of_section() if user.has_perm("comptes.view_journal_section") else self.none()

    def of_section(self) -> Self:
        """Lines of the section's accounts, the psychologist's left out: they would tell whom he receives."""
        return self.filter(role__in=SECTION)

    def between_days(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Lines of these days in Nouméa, both included."""
        depuis = timezone.make_aware(datetime.datetime.combine(debut, datetime.time.min))
        jusqu = timezone.make_aware(datetime.datetime.combine(fin + UN_JOUR, datetime.time.min))
        return self.filter(quand__gte=depuis, quand__lt=jusqu)

    def count_natures(self) -> dict[str, int]:
        """Number of lines of each nature, in one pass."""
        comptes = self.order_by("nature").values_list("nature").annotate(models.Count("pk"))
        return dict(comptes)

    def consultations_of(self, cles: list[str]) -> Self:
        """Times that a file was opened."""
        return self.about_agent(cles).filter(nature=NatureJournal.CONSULTATION)

    def about_agent(self, cles: list[str]) -> Self:
        """Lines that concern an agent under any of his keys."""
        return self.filter(agent_cle__in=cles)


class RetraitQuerySet(models.QuerySet):
    """Records taken away."""

    def visible_to(self, user: Any) -> Self:
        """What the account took away itself, or anybody did where it may do it everywhere."""
        droits = self.values_list("droit", flat=True).order_by().distinct()
        siens = self.filter(droit__in=[droit for droit in droits if user.has_perm(droit)])
        return siens if user.portee == Portee.TOUS else siens.filter(retire_par=user)

    def waiting(self) -> Self:
        """Those that may still be put back."""
        return self.filter(retabli_le=None)
