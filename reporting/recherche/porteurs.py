"""What carries the house: accounts, and the reference data (parameters, texts, small lists)."""

import datetime
from typing import Any

from django.urls import reverse

from nouvea_sst.comptes.models import Utilisateur
from nouvea_sst.comptes.tables import list_name
from nouvea_sst.lib.affichage import format_date
from nouvea_sst.lib.texte import fold
from nouvea_sst.referentiel.catalogue import catalogue
from nouvea_sst.referentiel.models import Parametre, Texte
from nouvea_sst.referentiel.rules.valeurs import write_valeur
from reporting.indicateurs.liens import address_of
from reporting.recherche.elements import Genre, Resultat, first_rows, make_genre
from reporting.rules.recherche import Saisie


def find_comptes(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Accounts by name, function or account name, as their list finds them."""
    if not user.has_perm("comptes.view_compte"):
        return []
    trouves = Utilisateur.objects.visible_to(user).search(saisie.texte)
    lus, total = first_rows(trouves.order_by("last_name", "first_name", "pk"), limite)
    resultats = [
        Resultat(
            list_name(c),
            reverse("comptes:compte", args=[c.pk]),
            f"{c.get_role_display()} · {c.username}",
            c.etat,
        )
        for c in lus
    ]
    url = address_of("comptes:liste", q=saisie.texte)
    return make_genre("comptes", "Comptes", "person-gear", (resultats, total), url)


def find_reference(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Values in force, texts and small lists, for those who may open the reference data."""
    if not user.has_perm("referentiel.view_parametre") or not saisie.a_des_lettres:
        return []
    return [
        *_parametres(user, saisie, jour, limite),
        *_textes(user, saisie, limite),
        *_listes(saisie, limite),
    ]


def _parametres(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Parameters by the words of their label, source or text, with the value of the day."""
    trouves = Parametre.objects.visible_to(user).listed_on(jour).search(saisie.texte)
    lus, total = first_rows(trouves.in_order(), limite)
    resultats = [
        Resultat(
            f"{p.libelle} {write_valeur(p.valeur, p.unite)}",
            reverse("referentiel:parametre", args=[p.code]),
            f"depuis le {format_date(p.date_effet)}",
        )
        for p in lus
    ]
    url = address_of("referentiel:parametres", q=saisie.texte)
    return make_genre("parametres", "Paramètres", "sliders2", (resultats, total), url)


def _textes(user: Any, saisie: Saisie, limite: int) -> list[Genre]:
    """Texts by the words of their reference, title or what they found."""
    trouves = Texte.objects.visible_to(user).search(saisie.texte)
    lus, total = first_rows(trouves.order_by("reference", "pk"), limite)
    resultats = [Resultat(t.reference, reverse("referentiel:texte", args=[t.pk]), t.titre) for t in lus]
    url = address_of("referentiel:textes", q=saisie.texte)
    return make_genre("textes", "Textes", "journal-text", (resultats, total), url)


def _listes(saisie: Saisie, limite: int) -> list[Genre]:
    """Small lists whose title holds the beginning of every typed word."""
    trouvees = [
        liste
        for liste in catalogue().listes.values()
        if all(any(sien.startswith(mot) for sien in fold(liste.titre).split()) for mot in saisie.mots)
    ]
    resultats = [
        Resultat(li.titre, reverse("referentiel:entrees", args=[li.cle]), li.texte) for li in trouvees
    ]
    return make_genre("listes", "Petites listes", "list-ul", (resultats[:limite], len(resultats)))
