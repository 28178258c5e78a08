"""Questions about agents and what surrounds them."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr

from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.texte import fold


def open_on(jour: datetime.date, prefixe: str = "") -> Q:
    """Rows whose period date_debut–date_fin holds this day."""
    return Q(**{f"{prefixe}date_debut__lte": jour}) & (
        Q(**{f"{prefixe}date_fin__isnull": True}) | Q(**{f"{prefixe}date_fin__gte": jour})
    )


class StructureQuerySet(models.QuerySet):
    """The tree. A node's path is its ancestors' keys, each closed by a slash: « 1/4/12/ »."""

    def open_on(self, jour: datetime.date) -> Self:
        """Structures that exist on this day."""
        return self.filter(Q(date_debut__isnull=True) | Q(date_debut__lte=jour)).filter(
            Q(date_fin__isnull=True) | Q(date_fin__gte=jour)
        )

    def below(self, structure: Any) -> Self:
        """The structure and all those under it."""
        return self.filter(chemin__startswith=structure.chemin)

    def held_by(self, user: Any) -> Self:
        """Structures that this account answers for, with all those below them."""
        tenues = user.responsabilites.filter(date_fin__isnull=True).filter(
            structure__chemin=Substr(OuterRef("chemin"), 1, Length("structure__chemin"))
        )
        return self.filter(Exists(tenues))


class ResponsabiliteQuerySet(models.QuerySet):
    """Who answers for what."""

    def open_on(self, jour: datetime.date) -> Self:
        """Responsibilities held on this day."""
        return self.filter(open_on(jour))


class AgentQuerySet(models.QuerySet):
    """Agents."""

    def visible_to(self, user: Any) -> Self:
        """Everybody, one's structures' agents, oneself or nobody, by the role's scope; oneself always."""
        portee = user.portee
        if not user.has_perm("agents.view_agent") or portee == Portee.AUCUNE:
            return self.none()
        if portee == Portee.TOUS:
            return self.all()
        soi = Q(compte=user)
        if portee == Portee.SOI:
            return self.filter(soi)
        structures = self.model._meta.get_field("structure").related_model.objects
        return self.filter(soi | Q(structure__in=structures.held_by(user)))

    def present_on(self, jour: datetime.date) -> Self:
        """Hired and not left on this day; an unknown hire date counts as hired."""
        return self.filter(
            Q(date_embauche__isnull=True) | Q(date_embauche__lte=jour),
            Q(date_depart__isnull=True) | Q(date_depart__gte=jour),
        )

    def followed_on(self, jour: datetime.date) -> Self:
        """Those whom the medical follow-up concerns: present, and not elected."""
        return self.present_on(jour).filter(est_elu=False)

    def search(self, texte: str) -> Self:
        """By name, first name in any order, or any form of the matricule; accents and case ignored."""
        trouves = self
        for mot in fold(texte).split():
            chiffres = mot if mot.isdigit() else ""
            condition = Q(nom_cle__contains=mot) | Q(matricule=mot.upper())
            if chiffres and len(chiffres) in {6, 7} and chiffres.startswith("90"):
                condition |= Q(matricule=chiffres[-4:])
            trouves = trouves.filter(condition)
        return trouves

    def under(self, structure: Any) -> Self:
        """Agents of a structure and of all those below it."""
        return self.filter(structure__chemin__startswith=structure.chemin)


class AffectationQuerySet(models.QuerySet):
    """Affectations."""

    def open_on(self, jour: datetime.date) -> Self:
        """Affectations of this day."""
        return self.filter(open_on(jour))


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def visible_to(self, user: Any) -> Self:
        """Absences of the agents whom this account sees, if its role sees absences."""
        if not user.has_perm("agents.view_absence"):
            return self.none()
        vus = self.model._meta.get_field("agent").related_model.objects.visible_to(user)
        return self.filter(agent__in=vus)

    def overlapping(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Absences with at least one day from debut to fin."""
        return self.filter(date_debut__lte=fin, date_fin__gte=debut)


class HeuresTravailleesQuerySet(models.QuerySet):
    """Hours worked."""

    def of_city(self) -> Self:
        """Rows of the whole city."""
        return self.filter(structure__isnull=True)
