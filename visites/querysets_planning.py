"""Questions about half-days and about the absences of who gives them."""

import datetime
from collections.abc import Collection
from typing import Any, Self

from django.db import models

from visites.enums import EtatDemiJournee


class DemiJourneeQuerySet(models.QuerySet):
    """Half-days of the professionals."""

    def visible_to(self, user: Any) -> Self:
        """Every one for who reads due dates; a psychologist's own for him."""
        if user.has_perm("visites.view_suivi"):
            return self.all()
        return self.filter(professionnel=user) if user.has_perm("visites.hold_entretien") else self.none()

    def between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Those that are kept, from debut to fin, both included, in their order."""
        gardees = self.exclude(etat=EtatDemiJournee.ANNULEE).filter(date__range=(debut, fin))
        return gardees.select_related("professionnel", "lieu").order_by("date", "debut", "pk")

    def holding(self, professionnel: Any, date: datetime.date, heure: datetime.time) -> Self:
        """The open one of this professional in which this hour lies."""
        ouvertes = self.filter(etat=EtatDemiJournee.OUVERTE, professionnel=professionnel, date=date)
        return ouvertes.filter(debut__lte=heure, fin__gt=heure)


class AbsenceProfessionnelQuerySet(models.QuerySet):
    """Absences of doctors, nurses and psychologists."""

    def visible_to(self, user: Any) -> Self:
        """Every one for who reads the planning that they empty; a psychologist's own for him."""
        if user.has_perm("visites.view_suivi"):
            return self.all()
        return self.filter(professionnel=user) if user.has_perm("visites.hold_entretien") else self.none()

    def kept(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(annulee=False)

    def between(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Those kept that touch debut to fin, both included, in their order."""
        touchent = self.kept().filter(date_debut__lte=fin, date_fin__gte=debut)
        return touchent.select_related("professionnel").order_by("date_debut", "debut", "pk")

    def of(self, professionnels: Collection[Any], debut: datetime.date, fin: datetime.date) -> Self:
        """Those of these professionals."""
        return self.between(debut, fin).filter(professionnel__in=professionnels)


class CreneauOccupeQuerySet(models.QuerySet):
    """Slots of psychologists that are taken."""

    def visible_to(self, user: Any) -> Self:
        """His own for a psychologist, all for who plans for the section; care staff and others: none."""
        if user.has_perm("visites.hold_entretien"):
            return self.filter(demi_journee__professionnel=user)
        planifie = user.has_perm("visites.plan_visite") and not user.has_perm("visites.record_attestation")
        return self.all() if planifie else self.none()
