"""Sessions and packs by number or day; the visits of a day; files brought in."""

import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from commissions.models import Seance
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.lib.etats import member_of
from reporting.indicateurs.liens import address_of
from reporting.models import Edition
from reporting.recherche.elements import Genre, Resultat, first_rows, make_genre
from reporting.rules.recherche import Saisie

MOT_FICHIER = 3  # letters of a file's name that are asked for, at least


def find_sessions(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Sessions and their packs: « CHCT n° 12 », « séance », « 10/12/2026 »."""
    jour_dit = saisie.jour
    if jour_dit is None and not saisie.parle_de_seance:
        return []
    rang = saisie.rang
    seances: Any = Seance.objects.visible_to(user)
    editions: Any = Edition.objects.visible_to(user).without_bytes().select_related("seance")
    url, url_editions = address_of("commissions:seances", vue="toutes"), reverse("reporting:editions")
    if jour_dit is not None:
        seances = seances.filter(date=jour_dit)
        editions = editions.filter(Q(seance__date=jour_dit) | Q(debut__lte=jour_dit, fin__gte=jour_dit))
        url = address_of("commissions:seances", vue="toutes", du=jour_dit, au=jour_dit)
        url_editions = ""
    elif rang is not None:
        seances, editions = seances.filter(numero=rang), editions.filter(seance__numero=rang)
        url = url_editions = ""
    lues, total = first_rows(seances.order_by("-date", "-pk"), limite)
    resultats = [
        Resultat(
            str(s), reverse("commissions:seance", args=[s.pk]), f"{s.heure:%H:%M}, {s.lieu}", member_of(s)
        )
        for s in lues
    ]
    faites, total_editions = first_rows(editions.order_by("-faite_le", "-pk"), limite)
    dossiers = [
        Resultat(
            f"{e.nom_seance}, édition {e.rang}",
            reverse("reporting:edition", args=[e.pk]),
            f"Période du {format_date(e.debut)} au {format_date(e.fin)} · {count_of(e.pages, 'page')}",
        )
        for e in faites
    ]
    return [
        *make_genre("seances", "Séances", "person-lines-fill", (resultats, total), url),
        *make_genre(
            "dossiers", "Dossiers CHCT", "file-earmark-text", (dossiers, total_editions), url_editions
        ),
    ]


def find_days(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """The visits of a day, for those who hold or place them."""
    if saisie.jour is None or not user.has_perm("visites.plan_visite"):
        return []
    page = address_of("visites:journee", jour=saisie.jour)
    resultat = Resultat(f"Visites du {format_date(saisie.jour, 'long')}", page, "Ouvrir la journée")
    return make_genre("journees", "Journées", "calendar2-check", ([resultat], 1))


def find_imports(user: Any, saisie: Saisie, jour: datetime.date, limite: int) -> list[Genre]:
    """Files brought in, by a piece of their name."""
    if len(saisie.texte) < MOT_FICHIER or not saisie.a_des_lettres:
        return []
    fichiers = Import.objects.visible_to(user).without_bytes().filter(nom_fichier__icontains=saisie.texte)
    lus, total = first_rows(fichiers.order_by("-depose_le", "-pk"), limite)
    resultats = [
        Resultat(i.nom_fichier, _page(i), f"déposé le {format_date(i.depose_le, 'moment')}", member_of(i))
        for i in lus
    ]
    return make_genre("imports", "Imports", "upload", (resultats, total))


def _page(fichier: Import) -> str:
    """What an import did, or would do."""
    vue = "imports:apercu" if fichier.etat == EtatImport.DEPOSE else "imports:bilan"
    return reverse(vue, args=[fichier.pk])
