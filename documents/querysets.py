"""Questions about issued documents and letters."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from agents.models import Agent
from documents.enums import DomaineLettre, EtatCourriel, EtatVersion
from nouvea_sst.travaux.models import Travail

FINIS_SANS_ENVOI = (EtatCourriel.REFUSE, EtatCourriel.NON_DISTRIBUE)


class DocumentQuerySet(models.QuerySet):
    """Issued documents."""

    def visible_to(self, user: Any) -> Self:
        """Documents of the agents whom this account sees, if its role opens documents."""
        if not user.has_perm("documents.view_document"):
            return self.none()
        return self.filter(agent__in=Agent.objects.visible_to(user))


class LettreTypeQuerySet(models.QuerySet):
    """Letters that the section writes once."""

    def visible_to(self, user: Any) -> Self:
        """All of them for whoever reads letters: they say nothing of anybody."""
        return self.all() if user.has_perm("documents.view_modele") else self.none()

    def with_published(self) -> Self:
        """Those that may be sent."""
        return self.filter(versions__etat=EtatVersion.PUBLIEE)


class SignataireQuerySet(models.QuerySet):
    """Who may sign."""

    def visible_to(self, user: Any) -> Self:
        """All of them for whoever reads letters."""
        return self.all() if user.has_perm("documents.view_modele") else self.none()

    def on(self, jour: datetime.date) -> Self:
        """Those whose delegation stands on this day, the latest first."""
        return self.filter(date_debut__lte=jour).filter(Q(date_fin__isnull=True) | Q(date_fin__gte=jour))


class LotLettresQuerySet(models.QuerySet):
    """Lots of letters."""

    def visible_to(self, user: Any) -> Self:
        """One's own: the file holds what the lot's author saw."""
        return self.filter(demandeur=user) if user.has_perm("documents.issue_lettre") else self.none()

    def under_way(self, objet_cle: str) -> Self:
        """Lots for this object whose job has not ended."""
        return self.filter(objet_cle=objet_cle, travail__in=Travail.objects.unfinished())


class LettreEmiseQuerySet(models.QuerySet):
    """Letters that went."""

    def visible_to(self, user: Any) -> Self:
        """Those to the agents whom this account sees; a psychologist's are nobody else's."""
        if not user.has_perm("documents.view_lettre"):
            return self.none()
        vues = self.filter(agent__in=Agent.objects.visible_to(user))
        return vues.exclude(~Q(emise_par=user) & Q(modele__type__domaine=DomaineLettre.PSYCHOLOGUE))


class CourrielQuerySet(models.QuerySet):
    """Messages on their way."""

    def visible_to(self, user: Any) -> Self:
        """All of them for whoever watches over what leaves; what they say is on no page."""
        return self.all() if user.has_perm("documents.view_courriel") else self.none()

    def without_content(self) -> Self:
        """The rows as a list shows them."""
        attend = models.Case(models.When(etat=EtatCourriel.EN_ATTENTE, then="prochain_le"))
        renvoi = Q(contenu__isnull=False, etat__in=FINIS_SANS_ENVOI)
        return self.defer("contenu").annotate(a_renvoyer=renvoi, essai_le=attend)

    def last_refused(self) -> Self:
        """Of each address, its last message, where that one was refused or came back."""
        siens = self.model._default_manager.filter(adresse__iexact=models.OuterRef("adresse"))
        finis = siens.exclude(etat=EtatCourriel.EN_ATTENTE).order_by("-cree_le", "-pk")
        dernier = finis.values("pk")[:1]
        refusees = self.filter(etat__in=(EtatCourriel.REFUSE, EtatCourriel.REVENU))
        return refusees.filter(pk=models.Subquery(dernier))

    def refusal_of(self, adresse: str) -> Any:
        """The last message to this address, if it was refused or came back; nothing without an address."""
        return self.last_refused().filter(adresse__iexact=adresse).first() if adresse else None

    def due_at(self, maintenant: datetime.datetime) -> Self:
        """Those to be tried now."""
        return self.filter(etat=EtatCourriel.EN_ATTENTE, prochain_le__lte=maintenant)

    def count_states(self) -> list[tuple[EtatCourriel, int]]:
        """How many in each state that is met."""
        comptes = dict(self.order_by().values_list("etat").annotate(n=models.Count("pk")))
        return [(etat, comptes[etat]) for etat in EtatCourriel if etat in comptes]
