"""Questions about confidential notes: their author, and the professional whom he named, up to a day."""

from typing import Any, ClassVar, Self

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from agents.models import Agent
from agents.querysets import CE_JOUR, held_collectivites, of_held_collectivites
from nouvea_sst.comptes.models import LigneJournal


class NoteQuerySet(QuerySet):
    """Notes of one family of professions; `droit` is the right of that family."""

    droit: ClassVar[str]
    chemin_agent: ClassVar[str] = "agent"

    def visible_to(self, user: Any) -> Self:
        """One's own, written in the profession that one still has, and those shared with one today.

        Nobody reads a note about himself here, nor one about an agent of an employer out of his reach.
        """
        if not user.has_perm(self.droit):
            return self.none()
        lues = Q(auteur=user, profession=user.role) | Q(Exists(self.shares_with(user)))
        return self.filter(lues & self.within_reach(user)).exclude(agent__compte=user)

    def shares_with(self, user: Any) -> QuerySet:
        """The shares of each that hold today for this account."""
        partages: Any = self.model._meta.get_field("partages")
        return partages.related_model.objects.in_force().filter(note=OuterRef("pk"), destinataire=user)

    def within_reach(self, user: Any) -> Q:
        """Of the agents whom the account sees."""
        return Q(agent__in=Agent.objects.visible_to(user))

    def written_by(self, user: Any) -> Self:
        """Those that this account wrote."""
        return self.filter(auteur=user)

    def held_by(self, user: Any) -> Self:
        """Those that this account may amend, join files to and share: a note, its author alone."""
        return self.written_by(user)

    def readings(self, user: Any) -> QuerySet[LigneJournal]:
        """Times that somebody opened a note which this account wrote, each with its note's key and agent."""
        siennes = self.visible_to(user).written_by(user)
        lue = siennes.filter(pk=Cast(OuterRef("objet_cle"), BigIntegerField()))
        return LigneJournal.objects.readings_of(siennes).annotate(
            cle_note=Subquery(lue.values("cle")),
            date_note=Subquery(lue.values("date")),
            nom_agent=Subquery(lue.values(f"{self.chemin_agent}__nom")),
            prenom_agent=Subquery(lue.values(f"{self.chemin_agent}__prenom")),
        )

    def counted(self) -> Self:
        """Each with the number of its versions and attachments, and when it was last signed; latest first.

        A grouping forgets the order of the model: it is said again.
        """
        return self.order_by("-date", "-pk").annotate(
            versions_n=Count("versions", distinct=True),
            pieces_n=Count("pieces", distinct=True),
            derniere=Max("versions__signee_le"),
        )


class NoteSoignantQuerySet(NoteQuerySet):
    """Notes of doctors and nurses."""

    droit = "visites.write_note_soignant"


class NotePsychologueQuerySet(NoteQuerySet):
    """Notes of psychologists."""

    droit = "visites.write_note_psychologue"

    def within_reach(self, user: Any) -> Q:
        """A psychologist sees no list of agents: of the employers he answers for, else of all."""
        return of_employers(user, "agent__")

    def agents(self) -> QuerySet[Agent]:
        """The agents whom these notes are about, by name."""
        return Agent.objects.filter(notes_psychologues__in=self).distinct().order_by("nom_cle", "pk")

    def agents_within_reach(self, user: Any) -> QuerySet[Agent]:
        """The agents about whom a psychologist may write, each found by his own number and name only."""
        return Agent.objects.filter(of_employers(user))


def of_employers(user: Any, prefixe: str = "") -> Q:
    """Of the employers whom this account answers for; of all when it answers for none."""
    return Q(~Exists(held_collectivites(user))) | of_held_collectivites(user, prefixe)


class PartageQuerySet(QuerySet):
    """Shares of notes."""

    def visible_to(self, user: Any) -> Self:
        """Those of the notes that one may share: he alone knows with whom they are."""
        lien: Any = self.model._meta.get_field("note")
        notes = lien.related_model.objects
        return self.filter(note__in=notes.visible_to(user).held_by(user))

    def in_force(self) -> Self:
        """Those that hold today, their last day included."""
        return self.filter(retire_le__isnull=True, jusqu_au__gte=CE_JOUR)


class PieceQuerySet(QuerySet):
    """Attachments of notes."""

    def visible_to(self, user: Any) -> Self:
        """Those of the notes that one reads."""
        lien: Any = self.model._meta.get_field("note")
        notes = lien.related_model.objects
        return self.filter(note__in=notes.visible_to(user))
