"""Questions about accounts, what surrounds them, and the journal."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Concat, Lower

from nouvea_sst.comptes.actes_notes import ACTES_SCELLES
from nouvea_sst.comptes.enums import EtatCompte, EtatDemande, MotifFermeture, NatureAvis, NatureJournal, Role
from nouvea_sst.comptes.rules.identifiant import plain_name
from nouvea_sst.lib.affichage import as_day, format_date, start_of
from nouvea_sst.lib.texte import fold

# Accents and what joins two names, as fold() reads them.
_ACCENTS = (models.Value("àâäãéèêëîïôöùûüçñ’'-_."), models.Value("aaaaeeeeiioouuucn     "))
# Asked of an account that may still log in: it has chosen a password and nobody closed it.
_SANS_MOT_DE_PASSE = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(password="")  # noqa: S106
ETATS: dict[str, Q] = {
    EtatCompte.DESACTIVE: Q(is_active=False),
    EtatCompte.A_APPROUVER: Q(is_active=True, approuve_le__isnull=True),
    EtatCompte.INVITE: Q(is_active=True, approuve_le__isnull=False) & _SANS_MOT_DE_PASSE,
    EtatCompte.OUVERT: Q(is_active=True, approuve_le__isnull=False) & ~_SANS_MOT_DE_PASSE,
}

SECTION = (Role.COORDINATEUR, Role.CHEF, Role.MEDECIN, Role.INFIRMIER, Role.PREVENTEUR)

UN_JOUR = datetime.timedelta(days=1)


def keys_of_agents(user: Any, *, siens: bool) -> models.QuerySet:
    """Keys, as text, of the agents whom this account is (`siens`), or of those whom it does not see.

    Agents point at accounts: they are found by that link, not by an import. A file merged into an agent's is
    known under its own key.
    """
    agents = user._meta.get_field("agent").related_model._default_manager.order_by()
    lus = agents.filter(compte=user) if siens else agents.exclude(pk__in=agents.visible_to(user).values("pk"))
    alias = agents.model._meta.get_field("alias").related_model._default_manager.order_by()
    fondus = alias.filter(agent__in=lus.values("pk"))
    cles, anciennes = Cast("pk", models.CharField()), Cast("cle", models.CharField())
    return lus.values(texte=cles).union(fondus.values(texte=anciennes), all=True)


class UtilisateurQuerySet(models.QuerySet):
    """Accounts."""

    def visible_to(self, user: Any) -> Self:
        """Every account for those who may see accounts, none for the others."""
        return self.all() if user.has_perm("comptes.view_compte") else self.none()

    def named(self, identifiant: str) -> Any:
        """Return the account that goes by what was typed, as it is or without accents and spaces, or None."""
        tape = identifiant.replace("\0", "").strip()
        proches: Any = self.filter(Q(username__iexact=tape) | Q(username__iexact=plain_name(tape)))
        return min(proches, key=lambda compte: compte.username.casefold() != tape.casefold(), default=None)

    def in_state(self, etat: str) -> Self:
        """Accounts that stand there."""
        return self.filter(ETATS[etat])

    def dormant_since(self, moment: datetime.datetime) -> Self:
        """Open accounts that nobody has used since this moment, nor been opened since."""
        return self.filter(ETATS[EtatCompte.OUVERT]).filter(
            Q(last_login__lt=moment) | Q(last_login__isnull=True, date_joined__lt=moment)
        )

    def gone(self) -> Self:
        """Accounts disabled because their agent left."""
        return self.filter(is_active=False, motif_fermeture=MotifFermeture.DEPART)

    def returned(self) -> Self:
        """Disabled accounts whose agent has come back."""
        return self.filter(is_active=False, revenu_le__isnull=False)

    def administrators(self) -> Self:
        """Accounts that can administer now: open, password chosen."""
        return self.filter(ETATS[EtatCompte.OUVERT], role=Role.ADMINISTRATEUR)

    def search(self, texte: str) -> Self:
        """By name, first name, function or account name, each word anywhere."""
        blanc = models.Value(" ")
        noms = Concat("last_name", blanc, "first_name", blanc, "username", blanc, "fonction")
        trouves = self.annotate(mots=models.Func(Lower(noms), *_ACCENTS, function="translate"))
        for mot in fold(texte.replace("\0", " ")).split():
            trouves = trouves.filter(mots__contains=mot)
        return trouves


class UtilisateurManager(UserManager.from_queryset(UtilisateurQuerySet)):  # type: ignore[misc]
    """Accounts by name of use; a superuser cannot be made."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Return the account that logs in under what was typed. Raises DoesNotExist."""
        compte = self.named(username or "")
        if compte is None:
            raise self.model.DoesNotExist
        return compte

    def create_superuser(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: no account is ever superuser."""
        raise ValueError("Aucun compte ne peut être superutilisateur : utilisez creer_compte.")


class DemandeQuerySet(models.QuerySet):
    """Requests for approval."""

    def visible_to(self, user: Any) -> Self:
        """Every request for those who may see accounts."""
        return self.all() if user.has_perm("comptes.view_compte") else self.none()

    def waiting(self) -> Self:
        """Requests that nobody has decided."""
        return self.filter(etat=EtatDemande.EN_ATTENTE)

    def to_decide_by(self, user: Any) -> Self:
        """Requests that wait and that this person may decide: neither his own nor about himself."""
        if not user.has_perm("comptes.approve_compte"):
            return self.none()
        return self.waiting().exclude(compte=user).exclude(demandeur=user)

    def unfinished(self) -> Self:
        """Requests that wait for a decision, or for their effect."""
        return self.filter(etat__in=[EtatDemande.EN_ATTENTE, EtatDemande.EN_DELAI])

    def in_delay(self) -> Self:
        """Approved requests not in effect yet."""
        return self.filter(etat=EtatDemande.EN_DELAI)

    def may_be_opposed_by(self, user: Any) -> Self:
        """Approved requests about this person, not in effect yet: he may still refuse them."""
        return self.in_delay().filter(compte=user)

    def due_at(self, moment: datetime.datetime) -> Self:
        """Approved requests whose time has come."""
        return self.in_delay().filter(effet_le__lte=moment)


class AvisQuerySet(models.QuerySet):
    """What people were told of their accounts."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(compte=user)

    def of_ways_in(self) -> Self:
        """What one administrator may have given alone: a link, another address."""
        return self.filter(nature__in=[NatureAvis.LIEN, NatureAvis.ADRESSE_CHANGEE])

    def told_since(self, moment: datetime.datetime) -> Self:
        """What was told after this moment."""
        return self.filter(cree_le__gt=moment)


class LienQuerySet(models.QuerySet):
    """Links by which one chooses a password."""

    def usable_at(self, moment: datetime.datetime) -> Self:
        """Links that still open at this moment."""
        return self.filter(fini_le__isnull=True, expire_le__gt=moment)


class SessionQuerySet(models.QuerySet):
    """Sessions."""

    def open_at(self, moment: datetime.datetime) -> Self:
        """Sessions of somebody that have not ended."""
        return self.filter(compte__isnull=False, expire_date__gt=moment)

    def visible_to(self, user: Any) -> Self:
        """One's own; everybody's for those who change accounts."""
        return self.all() if user.has_perm("comptes.change_compte") else self.filter(compte=user)


class SaisieQuerySet(models.QuerySet):
    """What was typed and not sent."""

    def visible_to(self, user: Any) -> Self:
        """What this person typed, nobody else's."""
        return self.filter(compte=user)

    def kept_since(self, moment: datetime.datetime) -> Self:
        """What was kept after this moment."""
        return self.filter(gardee_le__gt=moment)


@dataclass
class Consultations:
    """One page opened by one person, once or several times in a row."""

    acteur_cle: str
    acteur_nom: str
    role: str
    acte: str
    debut: datetime.datetime
    fin: datetime.datetime
    nombre: int = 1

    @property
    def moment(self) -> str:
        """« 24/11/2026 à 10:14 », or « 3 fois, le 24/11/2026 de 10:02 à 10:14 »."""
        if self.nombre == 1:
            return format_date(self.fin, "moment")
        jours = as_day(self.debut), as_day(self.fin)
        if jours[0] != jours[1]:
            debut, fin = format_date(self.debut, "moment"), format_date(self.fin, "moment")
            return f"{self.nombre} fois, du {debut} au {fin}"
        heures = format_date(self.debut, "heure"), format_date(self.fin, "heure")
        entre = f"à {heures[0]}" if heures[0] == heures[1] else f"de {heures[0]} à {heures[1]}"
        return f"{self.nombre} fois, le {format_date(jours[0])} {entre}"


class JournalQuerySet(models.QuerySet):
    """Lines of the journal."""

    def visible_to(self, user: Any) -> Self:
        """Everything for the auditor, the section's lines for its chief, nothing for the others.

        The chief reads no line about an agent out of his reach.
        """
        if user.has_perm("comptes.view_journal"):
            return self.all()
        if not user.has_perm("comptes.view_journal_section"):
            return self.none()
        return self.of_section().exclude(agent_cle__in=keys_of_agents(user, siens=False))

    def of_section(self) -> Self:
        """Lines of the section's accounts, but those that would tell whom a confidence is kept about.

        The psychologist's are left out, and every act on a note or on a follow-up.
        """
        return self.filter(role__in=SECTION).exclude(acte__in=ACTES_SCELLES)

    def sealed_by(self, *, apres: int, derniere: int) -> Self:
        """Lines after one key up to another, by rising key: those of one seal."""
        return self.filter(pk__gt=apres, pk__lte=derniere).order_by("pk")

    def between_days(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Lines of these days in Nouméa, both included."""
        return self.filter(quand__gte=start_of(debut), quand__lt=start_of(fin + UN_JOUR))

    def to_examine(self, user: Any) -> Self:
        """Consultations of files that this chief may examine: neither his own, nor of his own file."""
        lues = self.visible_to(user).filter(nature=NatureJournal.CONSULTATION).exclude(agent_cle="")
        siennes = Q(acteur_cle=user.get_username()) | Q(agent_cle__in=keys_of_agents(user, siens=True))
        return lues.exclude(siennes)

    def draw(self, graine: str, taille: int) -> list[int]:
        """Return the keys of so many lines, drawn by this seed: the same seed gives the same ones."""
        melange = models.functions.MD5(
            models.functions.Concat(Cast("pk", models.CharField()), models.Value(graine))
        )
        return list(self.order_by(melange, "pk").values_list("pk", flat=True)[:taille])

    def count_natures(self) -> dict[str, int]:
        """Number of lines of each nature, in one pass."""
        comptes = self.order_by("nature").values_list("nature").annotate(models.Count("pk"))
        return dict(comptes)

    def consultations_of(self, cles: list[str]) -> Self:
        """Times that a file was opened."""
        return self.about_agent(cles).filter(nature=NatureJournal.CONSULTATION)

    def group_consultations(self, *, pages: bool) -> Iterator[Consultations]:
        """Yield these lines, latest first, those of one person in a row as one with their count.

        `pages`: each page apart, for whoever is told which.
        """
        suite: Consultations | None = None
        lues = self.order_by("-quand", "-pk").values_list("acteur_cle", "acteur_nom", "role", "acte", "quand")
        for cle, nom, role, acte, quand in lues.iterator():
            if suite and (suite.acteur_cle, suite.role) == (cle, role) and (suite.acte == acte or not pages):
                suite.debut = quand
                suite.nombre += 1
                continue
            if suite:
                yield suite
            suite = Consultations(cle, nom, role, acte, debut=quand, fin=quand)
        if suite:
            yield suite

    def readings_of(self, objets: models.QuerySet) -> Self:
        """Times that one of these records was opened."""
        cles = objets.order_by().annotate(texte=Cast("pk", models.CharField())).values("texte")
        type_objet = objets.model._meta.label_lower
        return self.filter(nature=NatureJournal.CONSULTATION, objet_type=type_objet, objet_cle__in=cles)

    def about_agent(self, cles: list[str]) -> Self:
        """Lines that concern an agent under any of his keys."""
        return self.filter(agent_cle__in=cles)


class SceauQuerySet(models.QuerySet):
    """Seals of the journal."""

    def visible_to(self, user: Any) -> Self:
        """Every seal for who reads the whole journal, none for the others."""
        return self.all() if user.has_perm("comptes.view_journal") else self.none()

    def latest_seal(self) -> Any:
        """Return the head of the chain, or None."""
        return self.order_by("-derniere").first()


class RetraitQuerySet(models.QuerySet):
    """Records taken away."""

    def visible_to(self, user: Any) -> Self:
        """What the account took away itself, or anybody did where it may do it everywhere.

        Nothing about an agent out of its reach, nor what somebody else took away of its own file.
        """
        droits = self.values_list("droit", flat=True).order_by().distinct()
        siens = self.filter(droit__in=[droit for droit in droits if user.has_perm(droit)])
        siens = siens.exclude(agent_cle__in=keys_of_agents(user, siens=False))
        if not user.atteint_tous:
            return siens.filter(retire_par=user)
        return siens.exclude(~Q(retire_par=user), agent_cle__in=keys_of_agents(user, siens=True))

    def waiting(self) -> Self:
        """Those that may still be put back."""
        return self.filter(retabli_le=None)
