"""The nightly feed on the first page: what it did, whether it still passes."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.imports.cibles import targets
from nouvea_sst.imports.enums import EtatImport, IssueReleve
from nouvea_sst.imports.models import FichierReleve, Import, LigneImport, Releve
from nouvea_sst.imports.parametres import SILENCE
from nouvea_sst.lib.affichage import count_of, format_date
from nouvea_sst.referentiel.models import Parametre
from reporting.indicateurs.liens import address_of
from reporting.jour.compteurs import as_number
from reporting.jour.elements import EtatService, LigneCote, Panneau


def feed_panel(user: Any, jour: datetime.date) -> list[Panneau]:
    """The last night of the feed, for who may import; nothing where the feed is off."""
    if not settings.DEPOTS.is_dir() or not user.has_perm("imports.import_registre"):
        return []
    questions: dict[str, Any] = {cle: as_number(lignes) for cle, lignes in _questions(user).items()}
    attendus = Import.objects.visible_to(user).of_feed().to_decide().order_by("cible", "pk")
    questions["attendus"] = ArraySubquery(attendus.values("cible"))
    releve = Releve.objects.with_ages().annotate(**questions).first()
    lignes = [*feed_alerts(releve, jour), *_night(releve)]
    vide = "La relève n’est pas encore passée."
    return [Panneau("releve", "Relève de nuit", lignes, vide, "Les relèves", reverse("imports:releves"))]


def _questions(user: Any) -> dict[str, QuerySet]:
    """The rows behind each number, of the last night that brought some files."""
    jours = FichierReleve.objects.order_by("-pris_le").values(jour=TruncDate("pris_le"))
    nuit = Subquery(jours[:1])
    imports = Import.objects.visible_to(user).of_feed()
    return {
        "appliques": imports.taken_on(nuit).applied(),
        "lignes": LigneImport.objects.visible_to(user).of_feed().to_correct().taken_on(nuit),
        "refuses": FichierReleve.objects.visible_to(user).refused().taken_on(nuit),
    }


def _night(releve: Any) -> list[LigneCote]:
    """What became of the files of that night, each number with its rows."""
    if releve is None or releve.dernier_fichier is None:
        return []
    nuit = timezone.localtime(releve.dernier_fichier).date()
    applique = EtatImport.APPLIQUE.value
    mots = {
        "appliques": (
            "fichier appliqué,fichiers appliqués",
            address_of("imports:historique", origine="releve", etat=applique, nuit=nuit),
        ),
        "lignes": ("ligne à corriger,lignes à corriger", address_of("imports:a_corriger", nuit=nuit)),
        "refuses": (
            "fichier refusé,fichiers refusés",
            address_of("imports:releves", issue=IssueReleve.REFUSE.value, nuit=nuit),
        ),
    }
    date = format_date(nuit, "court")
    lignes = [
        LigneCote(count_of(getattr(releve, cle), nom), url, quand=date)
        for cle, (nom, url) in mots.items()
        if getattr(releve, cle) or cle == "appliques"
    ]
    return lignes + _to_decide(releve.attendus)


def _to_decide(cibles: Iterable[str]) -> list[LigneCote]:
    """The files that wait for a person, one line for each target, the nights before included."""
    connues, depose = targets(), EtatImport.DEPOSE.value
    return [
        LigneCote(
            count_of(nombre, f"fichier à relire : {libelle},fichiers à relire : {libelle}"),
            address_of("imports:historique", origine="releve", etat=depose, cible=code),
        )
        for code, nombre in Counter(cibles).items()
        if code in connues and (libelle := connues[code].libelle.replace(",", ""))
    ]


def feed_alerts(releve: Any, jour: datetime.date) -> list[LigneCote]:
    """Say that the feed did not pass, or that nothing comes any more; it names no file."""
    if releve is None:
        return []
    debut = timezone.localtime(releve.debut).date()
    recu = timezone.localtime(releve.dernier_fichier or releve.premiere).date()
    phrases = []
    if debut < jour and releve.fin is None:
        phrases.append(f"La relève du {format_date(debut)} n’est pas allée au bout")
    elif (jour - debut).days > 1:
        phrases.append(f"La relève n’est pas passée depuis le {format_date(debut)}")
    if (jour - recu).days >= Parametre.objects.number_on(jour, SILENCE):
        phrases.append(f"Aucun fichier reçu depuis {count_of((jour - recu).days, 'jour')}")
    return [LigneCote(phrase, membre=EtatService.PANNE) for phrase in phrases]


def feed_state(jour: datetime.date) -> list[LigneCote]:
    """The feed as a part of the machine, for who looks after it: neither file nor number."""
    if not settings.DEPOTS.is_dir():
        return []
    releve = Releve.objects.with_ages().first()
    alertes = feed_alerts(releve, jour)
    if alertes:
        textes = " ; ".join(alerte.titre for alerte in alertes)
        return [LigneCote("Relève des fichiers du SIRH", texte=textes, membre=EtatService.PANNE)]
    passee = f"Passée le {format_date(releve.debut, 'moment')}" if releve else "Pas encore passée"
    return [LigneCote("Relève des fichiers du SIRH", texte=passee, membre=EtatService.OK)]
