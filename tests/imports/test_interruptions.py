"""An import under way is stopped by a person: nothing of it stays, or it was too late and all of it does."""

import datetime
import functools
import os
import time

import pytest
from django.db import connections
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import (
    ImportClos,
    apply_import,
    deposit_import,
    interrupt_import,
    request_application,
    request_undo,
)
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.tasks import apply, undo
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from tests.fabriques import compte
from tests.imports.fichiers import BOULA, ENTETE, SAO, make_csv

JOUR = datetime.date(2026, 11, 24)
ESSAIS, LIGNES = 12, 150


def deposit(lignes=(BOULA, SAO)):
    contenu = make_csv(list(lignes), entete=ENTETE)
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="r.csv", contenu=contenu)


def asked(acteur=None, lignes=(BOULA, SAO)):
    depot = deposit(lignes)
    return depot, request_application(acteur=acteur or compte("rh"), import_id=depot.pk)


def bilan(client, depot):
    return client.get(reverse("imports:bilan", args=[depot.pk])).content.decode()


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


@pytest.mark.django_db
def test_a_queued_import_is_stopped_from_its_page_and_its_job_writes_nothing(rh):
    depot, travail = asked(rh.compte)
    page = rh.get(reverse("travaux:travail", args=[travail.pk])).content.decode()
    adresse = reverse("imports:interrompre", args=[depot.pk])
    assert adresse in page and adresse in bilan(rh, depot)
    assert "Réparer" not in bilan(rh, depot)
    reponse = rh.post(adresse, follow=True)
    assert "C’est interrompu, rien n’a changé." in reponse.content.decode()
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.DEPOSE
    apply(travail_id=travail.pk, import_id=depot.pk)
    arrete = Travail.objects.get(pk=travail.pk)
    assert (arrete.etat, Agent.objects.count()) == (EtatTravail.INTERROMPU, 0)
    assert arrete.message == f"Interrompu par {rh.compte} : rien n’a été écrit."
    texte = rh.get(reverse("travaux:travail", args=[travail.pk])).content.decode()
    assert f"Interrompu par {rh.compte}" in texte and "échec" not in texte and adresse not in texte
    assert LigneJournal.objects.filter(acte="imports.interrupt_import").count() == 1


@pytest.mark.django_db
def test_what_is_stopped_may_be_applied_afterwards(rh):
    depot, _ = asked(rh.compte)
    rh.post(reverse("imports:interrompre", args=[depot.pk]))
    encore = request_application(acteur=rh.compte, import_id=depot.pk)
    apply(travail_id=encore.pk, import_id=depot.pk)
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE and Agent.objects.count() == 2


@pytest.mark.django_db
def test_a_stop_asked_while_it_writes_is_heeded_before_all_is_settled(rh, monkeypatch):
    depot, travail = asked(rh.compte)

    def ask(**_):
        Travail.objects.filter(pk=travail.pk).update(arret_par=rh.compte, arret_le=depot.depose_le)
        return []

    monkeypatch.setattr("nouvea_sst.imports.actions.depots.write_leavers", ask)
    apply(travail_id=travail.pk, import_id=depot.pk)
    assert (Agent.objects.count(), Import.objects.get(pk=depot.pk).etat) == (0, EtatImport.DEPOSE)
    assert Travail.objects.get(pk=travail.pk).etat == EtatTravail.INTERROMPU


@pytest.mark.django_db
def test_too_late_it_says_so_and_leaves_what_was_written(rh):
    depot, travail = asked(rh.compte)
    apply(travail_id=travail.pk, import_id=depot.pk)
    reponse = rh.post(reverse("imports:interrompre", args=[depot.pk]), follow=True)
    assert "Trop tard pour interrompre" in reponse.content.decode()
    assert Agent.objects.count() == 2 and Travail.objects.get(pk=travail.pk).etat == EtatTravail.TERMINE
    assert reverse("imports:interrompre", args=[depot.pk]) not in bilan(rh, depot)


@pytest.mark.django_db
def test_an_undo_is_stopped_too_and_the_import_stays_applied(rh):
    depot, travail = asked(rh.compte)
    apply(travail_id=travail.pk, import_id=depot.pk)
    retour = request_undo(acteur=rh.compte, import_id=depot.pk, raison="Mauvais fichier")
    rh.post(reverse("imports:interrompre", args=[depot.pk]))
    undo(travail_id=retour.pk, import_id=depot.pk)
    reste = Import.objects.get(pk=depot.pk)
    assert (reste.etat, "raison" in reste.bilan, Agent.objects.count()) == (EtatImport.APPLIQUE, False, 2)
    assert Travail.objects.get(pk=retour.pk).message.endswith("l’import reste appliqué.")


@pytest.mark.django_db
def test_repair_is_offered_and_done_only_of_a_job_that_is_dead(rh):
    depot, travail = asked(rh.compte)
    reprendre = reverse("imports:reprendre", args=[depot.pk])
    assert reprendre not in bilan(rh, depot)
    reponse = rh.post(reprendre, follow=True)
    assert "L’import est toujours au travail" in reponse.content.decode()
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.EN_COURS
    ProcrastinateJob.objects.filter(args__travail_id=travail.pk)._raw_delete("default")
    page = bilan(rh, depot)
    assert reprendre in page and "L’application s’est arrêtée sans finir" in page
    assert reverse("imports:interrompre", args=[depot.pk]) not in page
    rh.post(reprendre)
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.DEPOSE


def many():
    return [
        [
            str(2000 + n),
            f"NOM{n}",
            "Paul",
            "M",
            "12/03/1980",
            "01/02/2010",
            "C",
            f"S{n % 7} – Service {n % 7}",
        ]
        for n in range(LIGNES)
    ]


def run_apart(acte):
    """Do an act in a process of its own; return the process."""
    connections.close_all()
    enfant = os.fork()
    if not enfant:
        try:
            with acting(None):
                acte()
        finally:
            os._exit(0)
    return enfant


@pytest.mark.django_db(transaction=True)
@pytest.mark.sans_n_plus_1
def test_stopped_at_any_moment_it_leaves_nothing_or_all_and_says_which(decompte):
    depot = deposit(many())
    debut = time.monotonic()
    with acting(None):
        apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    duree = 1.3 * (time.monotonic() - debut)
    for rang in range(ESSAIS):
        retour = request_undo(acteur=None, import_id=depot.pk, raison="Essai") if ecrit(depot) else None
        if retour is not None:
            undo(travail_id=retour.pk, import_id=depot.pk)
        depot, travail = asked(lignes=many())
        enfant = run_apart(functools.partial(apply, travail_id=travail.pk, import_id=depot.pk))
        time.sleep(duree * rang / (ESSAIS - 1))
        try:
            interrupt_import(acteur=None, import_id=depot.pk)
            demande = True
        except ImportClos:
            demande = False
        os.waitpid(enfant, 0)
        assert Agent.objects.count() == (0 if demande else LIGNES)
        assert ecrit(depot) != demande
        fin = EtatTravail.INTERROMPU if demande else EtatTravail.TERMINE
        assert Travail.objects.get(pk=travail.pk).etat == fin
        decompte["imports stopped, nothing written" if demande else "imports written, stopped too late"] += 1
    assert decompte["imports stopped, nothing written"]


def ecrit(depot):
    return Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE
