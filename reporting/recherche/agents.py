"""Agents by name, birth name, number; structures, sites and posts, which open the list of their agents."""

import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from agents.models import Agent, Poste, Site, Structure
from agents.rules.matricule import search_matricule, typed_words
from nouvea_sst.comptes.enums import Portee
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.texte import fold
from nouvea_sst.lib.texte_base import Plie
from reporting.indicateurs.liens import address_of
from reporting.recherche.elements import Genre, Resultat, first_rows, make_genre
from reporting.rules.recherche import Saisie


def find_agents(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Agents whom the list of agents would find; those of that matricule, then of that name, first."""
    numeros = user.has_perm("agents.view_identite")
    agents = Agent.objects.visible_to(user).search(saisie.texte, numeros=numeros)
    # Who does not read careers has a list of those present only, and must not learn more here.
    ouverts = {"presence": "tous", "elus": "avec"} if user.has_perm("agents.view_carriere") else {}
    if not ouverts:
        agents = agents.followed_on(jour)
    matricule = _typed_number(saisie.texte) if numeros else ""
    rang = Case(
        When(Q(matricule=matricule) & ~Q(matricule=""), then=Value(0)),
        When(nom_cle__startswith=saisie.plie, then=Value(1)),
        When(nom_cle__startswith=(saisie.mots or ("",))[0], then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    parti = Case(When(date_depart__lt=jour, then=Value(1)), default=Value(0), output_field=IntegerField())
    ordre = (rang, parti, "nom_cle", "pk")
    lus, total = first_rows(
        agents.select_related("structure", "poste").annotate(parti=parti).order_by(*ordre), limite
    )
    trouves = [_agent(user, agent, saisie, matricule) for agent in lus]
    url = "" if user.portee == Portee.SOI else address_of("agents:liste", q=saisie.texte, **ouverts)
    return make_genre("agents", "Agents", "people", (trouves, total), url)


def _typed_number(texte: str) -> str:
    """The stored form of a matricule that was typed alone."""
    mots = typed_words(texte)
    return search_matricule(mots[0]) if len(mots) == 1 else ""


def _agent(user: Any, agent: Any, saisie: Saisie, matricule: str) -> Resultat:
    """One agent, as far as the role may read."""
    parties = []
    if user.has_perm("agents.view_identite"):
        parties.append(agent.matricule or "")
        naissance = fold(agent.nom_naissance)
        cite = any(mot in naissance and mot not in agent.nom_cle for mot in saisie.mots)
        parties.append(f"nom de naissance {agent.nom_naissance.upper()}" if cite else "")
    parties += [str(agent.poste or ""), agent.structure.sigle if agent.structure else ""]
    if agent.parti and user.has_perm("agents.view_carriere"):
        parties.append(f"parti le {format_date(agent.date_depart)}")
    return Resultat(
        str(agent),
        reverse("agents:agent", args=[agent.pk]),
        " · ".join(filter(None, parties)),
        exact=bool(matricule) and agent.matricule == matricule,
    )


def _with_words(lignes: Any, saisie: Saisie, *champs: str) -> QuerySet:
    """Rows that hold every typed word in one of these columns."""
    trouvees = lignes.alias(**{f"cle_{champ}": Plie(champ) for champ in champs})
    for mot in saisie.mots:
        trouvees = trouvees.filter(Q(*((f"cle_{champ}__contains", mot) for champ in champs), _connector=Q.OR))
    return trouvees


def find_structures(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Structures open on the day, by sigle or words; they open the list of their agents."""
    if not saisie.a_des_lettres or not user.has_perm("agents.view_agent"):
        return []
    ouvertes = Structure.objects.visible_to(user).open_on(jour)
    trouvees = _with_words(ouvertes, saisie, "sigle", "libelle").select_related("parent")
    rang = Case(
        When(sigle__iexact=saisie.texte, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    lues, total = first_rows(trouvees.order_by(rang, "chemin", "pk"), limite)
    resultats = [
        Resultat(
            str(s),
            address_of("agents:liste", structure=s.pk),
            f"{s.get_niveau_display()}{f' · {s.parent.sigle}' if s.parent else ''} · voir ses agents",
            premier=s.sigle.casefold() == saisie.texte.casefold(),
        )
        for s in lues
    ]
    return make_genre("structures", "Services et structures", "diagram-3", (resultats, total))


def find_places(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Sites and posts, for those whose role sees the agents of the whole city."""
    if not saisie.a_des_lettres or user.portee != Portee.TOUS or not user.has_perm("agents.view_agent"):
        return []
    return [
        genre
        for cle, titre, icone, lignes, champ in (
            ("site", "Sites", "geo-alt", Site.objects.visible_to(user), "libelle"),
            ("poste", "Postes", "briefcase", Poste.objects.visible_to(user), "intitule"),
        )
        for genre in _places(
            cle, titre, icone, _with_words(lignes, saisie, champ).order_by(champ, "pk"), limite
        )
    ]


def _places(cle: str, titre: str, icone: str, lignes: QuerySet, limite: int) -> list[Genre]:
    """Rows that open the list of agents filtered by them."""
    lues, total = first_rows(lignes, limite)
    resultats = [
        Resultat(str(ligne), address_of("agents:liste", **{cle: ligne.pk}), "Voir ses agents")
        for ligne in lues
    ]
    return make_genre(f"{cle}s", titre, icone, (resultats, total))
