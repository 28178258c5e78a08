"""A later file says waiting rows anew: taken back, it leaves them waiting as they were."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.models import Affectation
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import drop_waiting
from nouvea_sst.imports.actions.depots import TACHE_ATTENTES
from nouvea_sst.imports.models import Import, LigneImport
from nouvea_sst.imports.tasks import resume_waiting
from tests.agents.factories import StructureFactory
from tests.fabriques import compte, log_in
from tests.imports.chargement import load, take_back

pytestmark = pytest.mark.django_db
ENTETE = "ID_AFFECTATION;ID_AGENT;DATE_DEBUT_AFF;DATE_FIN_AFF;ID_SERVICE_ADS;LIB_TITRE_POSTE"
AGENTS = "ID_AGENT;NOM_USAGE;PRENOM_USAGE"
GONY = "9004127;GONY;Paul"
ANCIENNE, NOUVELLE, DERNIERE = (f"11;9004127;2024-12-{jour};;27;" for jour in ("03", "10", "17"))


@pytest.fixture(autouse=True)
def structure(db):
    return StructureFactory(sigle="SEV", cle_import="id_entite=27")


def bring(*lignes):
    return load("affectations", ENTETE, *lignes)


def waiting():
    """The rows that wait, by the import of theirs."""
    return sorted(LigneImport.objects.waiting().values_list("fichier", "numero"))


def begins():
    return [f"{a.date_debut}" for a in Affectation.objects.order_by("date_debut")]


def test_taken_back_the_later_file_gives_the_older_row_back_as_it_waited():
    ancien = bring(ANCIENNE)
    avant = list(LigneImport.objects.values())
    nouveau = bring(NOUVELLE)
    assert waiting() == [(nouveau.pk, 2)]
    take_back(nouveau)
    assert list(LigneImport.objects.values()) == avant
    page = log_in(compte(Role.RH)).get(reverse("imports:bilan", args=[ancien.pk])).content.decode()
    assert "1 ligne attend encore" in page
    load("agents", AGENTS, GONY)
    resume_waiting()
    assert begins() == ["2024-12-03"]


def test_a_row_said_anew_is_on_no_page_and_is_not_taken_up():
    ancien = bring(ANCIENNE)
    bring(NOUVELLE)
    client = log_in(compte(Role.RH))
    assert "attend encore" not in client.get(reverse("imports:bilan", args=[ancien.pk])).content.decode()
    assert list(Import.objects.with_waiting()) == [Import.objects.latest("pk")]
    assert drop_waiting(acteur=None, import_id=ancien.pk, raison="Partis") == 0
    load("agents", AGENTS, GONY)
    resume_waiting()
    assert begins() == ["2024-12-10"]


def test_brought_and_taken_back_again_it_is_the_same():
    ancien = bring(ANCIENNE)
    for _ in range(2):
        nouveau = bring(NOUVELLE)
        assert waiting() == [(nouveau.pk, 2)]
        take_back(nouveau)
        assert waiting() == [(ancien.pk, 2)]


def test_of_three_files_the_row_waits_in_the_last_one_that_stands():
    un, deux, trois = bring(ANCIENNE), bring(NOUVELLE), bring(DERNIERE)
    take_back(deux)
    assert waiting() == [(trois.pk, 2)]
    take_back(trois)
    assert waiting() == [(un.pk, 2)]
    take_back(un)
    assert not LigneImport.objects.exists()


def test_the_first_file_taken_back_has_nothing_given_back_later():
    ancien, nouveau = bring(ANCIENNE), bring(NOUVELLE)
    take_back(ancien)
    take_back(nouveau)
    assert not LigneImport.objects.exists()


def test_what_the_later_file_had_written_goes_and_the_older_row_is_looked_at_again():
    bring(ANCIENNE)
    load("agents", AGENTS, GONY)
    nouveau = bring(NOUVELLE)
    assert begins() == ["2024-12-10"]
    ProcrastinateJob.objects.filter(task_name=TACHE_ATTENTES).delete()
    take_back(nouveau)
    assert begins() == []
    assert ProcrastinateJob.objects.filter(task_name=TACHE_ATTENTES).count() == 1
    resume_waiting()
    assert begins() == ["2024-12-03"]


def test_a_row_taken_up_since_stands_for_the_older_one():
    bring(ANCIENNE)
    nouveau = bring(NOUVELLE)
    load("agents", AGENTS, GONY)
    resume_waiting()
    take_back(nouveau)
    resume_waiting()
    assert begins() == ["2024-12-10"]
    # Whoever takes the row taken up back wants none of it: nothing older comes in its place.
    take_back(Import.objects.get(suite_de=nouveau))
    resume_waiting()
    assert (begins(), LigneImport.objects.waiting().count()) == ([], 0)
