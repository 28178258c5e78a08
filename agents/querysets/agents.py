"""Questions about agents and what surrounds them."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Length, Now, Substr, TruncDate

from agents.enums import NiveauStructure
from agents.rules.matricule import search_matricule, typed_words
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.texte_base import Plie
from nouvea_sst.referentiel.querysets import EntreeQuerySet

# visible_to knows no day: the database gives the one of Nouméa (settings.TIME_ZONE).
CE_JOUR = TruncDate(Now())
MOTS_CHERCHES = 12  # no name has more words: a longer text is none


def open_on(jour: Any, prefixe: str = "") -> Q:
    """Rows whose period date_debut–date_fin holds this day."""
    return Q(**{f"{prefixe}date_debut__lte": jour}) & (
        Q(**{f"{prefixe}date_fin__isnull": True}) | Q(**{f"{prefixe}date_fin__gte": jour})
    )


def present_on(jour: Any, prefixe: str = "") -> Q:
    """Agents hired and not left on this day; an unknown hire date counts as hired."""
    embauche = Q(**{f"{prefixe}date_embauche__isnull": True}) | Q(**{f"{prefixe}date_embauche__lte": jour})
    depart = Q(**{f"{prefixe}date_depart__isnull": True}) | Q(**{f"{prefixe}date_depart__gte": jour})
    return embauche & depart


def rows_of(modele: Any, champ: str) -> Any:
    """Rows of the model that a relation leads to: models import this file, not the reverse."""
    return modele._meta.get_field(champ).related_model.objects


def held_collectivites(user: Any) -> models.QuerySet:
    """Responsibilities in force today by which this account answers for a collectivité.

    With one of them a role that reaches everybody reaches its collectivités only.
    """
    return user.responsabilites.filter(open_on(CE_JOUR), collectivite__isnull=False).order_by()


def of_held_collectivites(user: Any, prefixe: str = "") -> Q:
    """Rows of agents of the collectivités that this account answers for today."""
    return Q(**{f"{prefixe}collectivite__in": held_collectivites(user).values("collectivite")})


def reach_of(user: Any) -> Portee:
    """How far an account sees the places of the personnel file: nowhere without the right to see agents."""
    return user.portee if user.has_perm("agents.view_agent") else Portee.AUCUNE


def used_keys(modele: Any, champ: str, agents: Any = None) -> list[models.QuerySet]:
    """Keys of the rows of a model where these agents (all when None) stand, and of those where they stood.

    `champ` is the agent's column. No key is null: one would make « not in » unknown for every row.
    """
    lignes, plein = rows_of(modele, "affectation"), {f"{champ}__isnull": False}
    if agents is None:
        agents = rows_of(lignes.model, "agent")
    else:
        lignes = lignes.filter(agent__in=agents)
    return [agents.filter(**plein).values(champ), lignes.filter(**plein).values(champ)]


def followed_seen(user: Any, jour: datetime.date, agents: Any) -> Q:
    """Of the agents of a row, those followed on this day whom the account sees."""
    return present_on(jour, "agents__") & Q(agents__est_elu=False, agents__in=agents.visible_to(user))


class _Lieux(models.QuerySet):
    """What agents hold or where they work: it is of a collectivité by its agents only."""

    champ: str

    def visible_to(self, user: Any) -> Self:
        """Where the agents whom this account sees stand or stood.

        A role that reaches everybody also sees what nobody holds; held to its collectivités, not the rest.
        """
        portee = reach_of(user)
        if portee == Portee.AUCUNE:
            return self.none()
        if user.atteint_tous:
            return self.all()
        agents = rows_of(rows_of(self.model, "affectation").model, "agent")
        siens = self._of(used_keys(self.model, self.champ, agents.visible_to(user)))
        if portee != Portee.TOUS:
            return self.filter(siens)
        return self.filter(siens | ~self._of(used_keys(self.model, self.champ)))

    def _of(self, cles: list[models.QuerySet]) -> Q:
        return Q(*(("pk__in", lues) for lues in cles), _connector=Q.OR)


class _Chemin(models.Func):
    """Keys of a path: a node and all those above it, a row each."""

    template = "unnest(string_to_array(rtrim(%(expressions)s, '/'), '/')::bigint[])"
    set_returning = True
    output_field = models.BigIntegerField()


class _UnionPeriodes(models.Aggregate):
    """PostgreSQL joins periods into one set, gaps kept."""

    function = "range_agg"
    output_field = models.CharField()


def _periode(debut: Any, fin: Any) -> models.Func:
    """A period of days for PostgreSQL, both ends included."""
    return models.Func(debut, fin, Value("[]"), function="daterange", output_field=models.CharField())


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

    def visible_to(self, user: Any) -> Self:
        """The whole tree, or the structures that this account answers for.

        A collectivité's agents stand anywhere in the tree: who answers for one sees where they stand or stood
        and what is above, and, if his role reaches everybody, what holds nobody. Who gives responsibilities
        chooses among all.
        """
        if user.has_perm("comptes.change_compte"):
            return self.all()
        portee = reach_of(user)
        if portee in {Portee.AUCUNE, Portee.SOI}:
            return self.none()
        if user.atteint_tous:
            return self.all()
        siennes = self._held(user)
        if user.est_restreint:
            agents = rows_of(self.model, "agents").filter(of_held_collectivites(user))
            siennes |= self._above(used_keys(self.model, "structure", agents))
        if portee != Portee.TOUS:
            return self.filter(siennes)
        return self.filter(siennes | ~self._above(used_keys(self.model, "structure")))

    def _above(self, cles: list[models.QuerySet]) -> Q:
        """Structures of these keys, and all those above them."""
        noeuds = (self.model._default_manager.filter(pk__in=lues) for lues in cles)
        chemins = (n.order_by().values(noeud=_Chemin("chemin")) for n in noeuds)
        return Q(*(("pk__in", chemin) for chemin in chemins), _connector=Q.OR)

    def with_effectif(self, user: Any, jour: datetime.date) -> Self:
        """Adds effectif: agents followed on this day in the structure itself, as far as the account sees."""
        vus = followed_seen(user, jour, rows_of(self.model, "agents"))
        return self.annotate(effectif=models.Count("agents", filter=vus))

    def directions(self) -> Self:
        """The directions of the city."""
        return self.filter(niveau=NiveauStructure.DIRECTION)

    def held_by(self, user: Any) -> Self:
        """Structures that this account answers for today, with all those below them."""
        return self.filter(self._held(user))

    def _held(self, user: Any) -> Q:
        tenues = user.responsabilites.filter(open_on(CE_JOUR)).filter(
            structure__chemin=Substr(OuterRef("chemin"), 1, Length("structure__chemin"))
        )
        return Q(Exists(tenues))


class ResponsabiliteQuerySet(models.QuerySet):
    """Who answers for what."""

    def open_on(self, jour: datetime.date) -> Self:
        """Responsibilities held on this day."""
        return self.filter(open_on(jour))

    def over(self, structure: Any) -> Self:
        """Who answers for this structure, the nearest first."""
        au_dessus = self.alias(cible=Value(structure.chemin)).filter(cible__startswith=F("structure__chemin"))
        return au_dessus.order_by("-structure__chemin", "pk")


class AgentQuerySet(models.QuerySet):
    """Agents."""

    def visible_to(self, user: Any) -> Self:
        """Everybody, oneself or nobody, by the role's scope; oneself always.

        A manager sees the agents of his structures and collectivités as long as they have not left. Who
        may see everybody and answers for a collectivité sees its agents only, and himself.
        """
        portee = user.portee
        if not user.has_perm("agents.view_agent") or portee == Portee.AUCUNE:
            return self.none()
        soi, siens = Q(compte=user), of_held_collectivites(user)
        if portee == Portee.TOUS:
            return self.filter(~Exists(held_collectivites(user)) | siens | soi)
        if portee == Portee.SOI:
            return self.filter(soi)
        siens |= Q(structure__in=rows_of(self.model, "structure").held_by(user))
        restes = Q(date_depart__isnull=True) | Q(date_depart__gte=CE_JOUR)
        return self.filter(soi | (restes & siens))

    def of_key(self, cle: Any) -> Self:
        """The agent of this key, or whom the file of this key became."""
        alias = rows_of(self.model, "alias").filter(cle=cle)
        return self.filter(Q(pk=cle) | Q(pk__in=alias.order_by().values("agent")))

    def of_account(self, user: Any) -> Self:
        """The agent whom this account is, whatever its role: everybody reads his own file."""
        return self.filter(compte=user)

    def present_on(self, jour: datetime.date) -> Self:
        """Hired and not left on this day; an unknown hire date counts as hired."""
        return self.filter(present_on(jour))

    def followed_on(self, jour: datetime.date) -> Self:
        """Those whom the medical follow-up concerns: present, and not elected."""
        return self.present_on(jour).filter(est_elu=False)

    def gone_on(self, jour: datetime.date) -> Self:
        """Left before this day."""
        return self.filter(date_depart__lt=jour)

    def expected_on(self, jour: datetime.date) -> Self:
        """Known on this day, hired later."""
        return self.filter(date_embauche__gt=jour)

    def search(self, texte: str, numeros: bool = True) -> Self:
        """By name and first name in any order, a structure’s sigle, the birth name, or any number.

        Every word typed must be found; accents and case are ignored. `numeros` is False for roles that see
        neither matricule nor birth name: what one may not read one may not find.
        """
        mots = typed_words(texte)
        if len(mots) > MOTS_CHERCHES:
            return self.none()
        trouves = self.alias(naissance_cle=Plie("nom_naissance")) if numeros else self
        for saisi in mots:
            plies = fold(saisi).split()
            if not plies:
                continue
            condition = Q(*(Q(nom_cle__contains=mot) for mot in plies))
            condition |= Q(structure__sigle__iexact=saisi) | Q(structure__direction__sigle__iexact=saisi)
            if numeros:
                condition |= Q(*(Q(naissance_cle__contains=mot) for mot in plies))
                condition |= Q(matricule__iexact=search_matricule(saisi) or saisi)
                condition |= Q(id_tiarhe__iexact=saisi)
                condition |= Q(pk__in=self._merged(saisi, plies))
            trouves = trouves.filter(condition)
        return trouves

    def _merged(self, saisi: str, plies: list[str]) -> models.QuerySet:
        """Keys of agents whom one finds by a file that became theirs."""
        numeros = Q(matricule__iexact=search_matricule(saisi) or saisi) | Q(id_tiarhe__iexact=saisi)
        nomme = Q(*(Q(nom_cle__contains=mot) for mot in plies))
        return rows_of(self.model, "alias").filter(numeros | nomme).order_by().values("agent")

    def homonyms(self, nom_cle: str, date_naissance: datetime.date | None) -> Self:
        """Same name and first name, and the same birth date as far as both are known."""
        memes = self.filter(nom_cle=nom_cle)
        if date_naissance is None:
            return memes
        return memes.filter(Q(date_naissance=date_naissance) | Q(date_naissance__isnull=True))

    def absent_on(self, jour: datetime.date) -> Self:
        """Absent on this day, be it half of it."""
        return self.filter(Exists(self._absences(jour)))

    def with_absence_on(self, jour: datetime.date) -> Self:
        """Adds absent_depuis and absent_jusqu: the absence of this day, empty without one."""
        absences = self._absences(jour).order_by("-date_fin", "pk")
        return self.annotate(
            absent_depuis=Subquery(absences.values("date_debut")[:1]),
            absent_jusqu=Subquery(absences.values("date_fin")[:1]),
        )

    def absent_throughout(self, debut: datetime.date, fin: datetime.date) -> Self:
        """Absent on each day from debut to fin, by one absence or by several that follow on."""
        couverte = models.Func(
            _UnionPeriodes(_periode(F("date_debut"), F("date_fin"))),
            _periode(Value(debut), Value(fin)),
            template="(%(expressions)s)",
            arg_joiner=" @> ",
            output_field=models.BooleanField(),
        )
        absences = rows_of(self.model, "absences").overlapping(debut, fin).order_by()
        couverts = absences.values("agent").annotate(couverte=couverte).filter(couverte=True)
        # Grouped once, not asked agent by agent: the list counts this view each time it opens.
        return self.filter(pk__in=couverts.values("agent"))

    def _absences(self, jour: datetime.date) -> models.QuerySet:
        """The absences of an agent of this queryset on this day."""
        return rows_of(self.model, "absences").overlapping(jour, jour).filter(agent=OuterRef("pk"))

    def under(self, structure: Any) -> Self:
        """Agents of a structure and of all those below it."""
        return self.filter(structure__chemin__startswith=structure.chemin)


class CollectiviteQuerySet(EntreeQuerySet):
    """Employers."""

    def visible_to(self, user: Any) -> Self:
        """Every employer, or those that this account answers for."""
        tenues = held_collectivites(user)
        return self.filter(~Exists(tenues) | Q(pk__in=tenues.values("collectivite")))


class SiteQuerySet(EntreeQuerySet, _Lieux):  # type: ignore[override]
    """Places where agents work."""

    champ = "site"


class PosteQuerySet(_Lieux):
    """Posts."""

    champ = "poste"

    def with_effectif(self, user: Any, jour: datetime.date) -> Self:
        """Adds effectif: agents followed on this day whom the account sees, as their list counts them."""
        vus = followed_seen(user, jour, rows_of(self.model, "agents"))
        return self.annotate(effectif=models.Count("agents", filter=vus))


class AffectationQuerySet(models.QuerySet):
    """Affectations."""

    def open_on(self, jour: datetime.date) -> Self:
        """Affectations of this day."""
        return self.filter(open_on(jour))


class HeuresTravailleesQuerySet(models.QuerySet):
    """Hours worked."""

    def of_city(self) -> Self:
        """Rows of the whole city."""
        return self.filter(structure__isnull=True)
