"""What somebody wrote since the preview is not overwritten by who never saw it."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.travaux.models import Travail
from tests.imports.fichiers import BOULA, GONY, make_csv

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
ENTETE = ["Matricule", "Nom", "Prénom", "Téléphone"]


def deposit(telephone, *gens):
    lignes = [[*ligne[:3], telephone] for ligne in gens or (BOULA, GONY)]
    contenu = make_csv(lignes, entete=ENTETE)
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def press(client, depot):
    version = Import.objects.get(pk=depot.pk).version
    return client.post(reverse("imports:appliquer", args=[depot.pk]), {"version": version})


@pytest.fixture
def rh(client_de):
    apply_import(acteur=None, jour=JOUR, import_id=deposit("").pk)
    return client_de(Role.RH)


def phones():
    return dict(Agent.objects.order_by("nom").values_list("nom", "telephone"))


def test_second_of_two_rival_imports_is_read_again_before_it_overwrites(rh, client_de, run_jobs):
    autre = client_de(Role.COORDINATEUR)
    premier, second = deposit("241000"), deposit("252000")
    press(rh, premier)
    press(autre, second)
    run_jobs()
    assert phones() == {"BOULA": "241000", "GONY": "241000"}
    second.refresh_from_db()
    assert (second.etat, second.travail) == (EtatImport.DEPOSE, None)
    echec = Travail.objects.latest("pk")
    assert (echec.etat, echec.message[:70]) == (
        "echec",
        "Rien n’est appliqué : 2 lignes écraseraient une valeur écrite depuis l",
    )
    (changement,) = second.lignes.get(numero=2).changements
    assert changement[1:] == ["241000", "252000"]
    press(autre, second)
    run_jobs()
    assert phones() == {"BOULA": "252000", "GONY": "252000"}


def test_hand_written_value_is_shown_before_it_goes(rh, run_jobs):
    depot = deposit("241000")
    Agent.objects.filter(nom="GONY").update(telephone="777777")
    press(rh, depot)
    run_jobs()
    assert phones() == {"BOULA": "", "GONY": "777777"}


def test_row_that_changed_nothing_at_the_preview_is_shown_too(rh, run_jobs):
    apply_import(acteur=None, jour=JOUR, import_id=deposit("241000").pk)
    depot = deposit("241000", BOULA)
    Agent.objects.filter(nom="BOULA").update(telephone="777777")
    press(rh, depot)
    run_jobs()
    assert phones()["BOULA"] == "777777"


def test_what_takes_nothing_away_asks_nothing_again(rh, run_jobs):
    """The same file by two people, and a value that somebody erased since: nothing of it is lost."""
    apply_import(acteur=None, jour=JOUR, import_id=deposit("111111").pk)
    premier, second = deposit("241000"), deposit("241000")
    troisieme = deposit("252000", GONY)
    press(rh, premier)
    press(rh, second)
    run_jobs()
    assert Import.objects.get(pk=second.pk).bilan["inchanges"] == 2
    Agent.objects.filter(nom="GONY").update(telephone="")
    press(rh, troisieme)
    run_jobs()
    assert phones()["GONY"] == "252000"
