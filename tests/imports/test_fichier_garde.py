"""The file of an import stays with it for a while, whole, for whoever may see the import."""

import datetime

import pytest
from django.urls import reverse

from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import abandon_import, apply_import, deposit_import, erase_files
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tasks import clear_files
from nouvea_sst.referentiel.models import Parametre
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
CONTENU = make_csv([BOULA])


def deposit(nom="BOULA Nathalie, arrêts.csv"):
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier=nom, contenu=CONTENU)


def applied(nom="BOULA Nathalie, arrêts.csv"):
    return apply_import(acteur=None, jour=JOUR, import_id=deposit(nom).pk)


def days_after(depot, jours):
    return depot.applique_le + datetime.timedelta(days=jours)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def fichier(client, depot):
    return client.get(reverse("imports:fichier", args=[depot.pk]))


def test_the_file_of_an_applied_import_is_handed_over_byte_for_byte_under_a_neutral_name(rh):
    depot = applied()
    reponse = fichier(rh, depot)
    assert reponse.status_code == 200 and reponse.content == CONTENU
    assert reponse["Content-Disposition"] == f'attachment; filename="import-{depot.pk}.csv"'
    assert reponse["Content-Type"] == "application/octet-stream"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    ligne = LigneJournal.objects.get(acte="imports.fichier")
    assert (ligne.objet_cle, ligne.acteur_cle) == (str(depot.pk), rh.compte.get_username())


def test_a_suffix_that_is_none_of_those_read_is_not_repeated(rh):
    assert fichier(rh, applied("registre.html"))["Content-Disposition"].endswith('.bin"')


def test_history_and_result_lead_to_the_file_and_say_until_when(rh):
    depot = applied()
    adresse = reverse("imports:fichier", args=[depot.pk])
    assert adresse in rh.get(reverse("imports:historique")).content.decode()
    bilan = rh.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert adresse in bilan and "gardé jusqu’au" in bilan


def test_its_time_over_the_file_is_erased_and_the_history_says_so(rh):
    depot = applied()
    assert erase_files(instant=days_after(depot, 89)) == 0
    assert fichier(rh, depot).status_code == 200
    assert erase_files(instant=days_after(depot, 90)) == 1
    assert fichier(rh, depot).status_code == 404
    assert (
        reverse("imports:fichier", args=[depot.pk])
        not in rh.get(reverse("imports:historique")).content.decode()
    )
    bilan = rh.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "Le fichier a été effacé le" in bilan and "Télécharger" not in bilan
    efface = Import.objects.get(pk=depot.pk)
    assert (efface.sha256, efface.nom_fichier) == (depot.sha256, depot.nom_fichier)
    assert LigneJournal.objects.filter(acte="imports.erase_files").count() == 1
    assert erase_files(instant=days_after(depot, 91)) == 0


def test_the_reference_data_of_the_day_says_how_long():
    Parametre.objects.create(
        code="imports.fichier_garde", valeur=10, date_effet=datetime.date(2026, 1, 1), source="Note"
    )
    depot = applied()
    assert erase_files(instant=days_after(depot, 9)) == 0
    assert erase_files(instant=days_after(depot, 10)) == 1


def test_a_file_that_waits_for_a_decision_keeps_until_then_and_one_given_up_goes_at_once(rh):
    depot = deposit()
    erase_files(instant=depot.depose_le + datetime.timedelta(days=400))
    assert fichier(rh, depot).status_code == 200
    abandon_import(acteur=compte("rh"), import_id=depot.pk, raison="Doublon")
    assert fichier(rh, depot).status_code == 404


def test_the_nightly_task_erases():
    depot = applied()
    Import.objects.filter(pk=depot.pk).update(applique_le=days_after(depot, -400))
    clear_files()
    assert bytes(Import.objects.get(pk=depot.pk).contenu) == b""
