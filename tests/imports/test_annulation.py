"""An import is taken back whole while nothing rests on it; otherwise it says what does."""

import datetime
from copy import copy

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.urls import reverse

from agents.models import Affectation, Agent, Structure
from nouvea_sst.comptes.contexte import acting, requete_en_cours
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import (
    ImportClos,
    ImportUtilise,
    apply_import,
    deposit_import,
    give_up_undo,
    request_undo,
    undo_import,
)
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.moteur.traces import find_obstacles, read_traces, tracked_models
from nouvea_sst.imports.tasks import undo
from nouvea_sst.travaux.enums import EtatTravail
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AbsenceFactory, AgentFactory
from tests.fabriques import compte, log_in
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv
from tests.signalements.factories import SignalementFactory
from tests.visites.factories import VisiteFactory
from visites.actions import refresh_suivis

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
MUTEE = [*BOULA[:-1], "Magasin général"]


def load(lignes, jour=JOUR):
    contenu = make_csv(lignes, entete=ENTETE)
    depot = deposit_import(acteur=None, jour=jour, cible="agents", nom_fichier="r.csv", contenu=contenu)
    with acting(None):
        return apply_import(acteur=None, jour=jour, import_id=depot.pk)


def later(ecrire):
    """Write as another request does: the triggers keep the last identifier until the transaction ends."""
    with acting(None):
        return ecrire()


def take_back(depot):
    travail = request_undo(acteur=None, import_id=depot.pk, raison="Mauvais fichier")
    with acting(None):
        return undo_import(acteur=None, import_id=depot.pk, travail_id=travail.pk)


def photograph():
    """Every row of what an import may write, but for the count of its versions."""
    lignes = {}
    for modele in apps.get_app_config("agents").get_models():
        if modele in tracked_models():
            for objet in serializers.serialize("python", modele._base_manager.order_by("pk")):
                lignes[objet["model"], objet["pk"]] = {**objet["fields"], "version": None}
    return lignes


def test_what_was_made_is_gone_and_what_was_changed_is_back():
    load([BOULA, GONY])
    avant = photograph()
    autre = load([MUTEE, SAO], jour=JOUR + datetime.timedelta(days=3))
    assert photograph() != avant and (autre.bilan["crees"], autre.bilan["modifies"]) == (1, 1)
    annule = take_back(autre)
    assert photograph() == avant
    assert annule.etat == EtatImport.ANNULE and annule.annule_le is not None
    assert Agent.objects.get(matricule="3120").nom_cle == "boula nathalie"
    ligne = LigneJournal.objects.get(acte="imports.undo_import")
    assert "fiches effacées, " in f"{ligne.objet_libelle} {ligne.precision}"


def test_who_moved_into_a_new_service_comes_back_and_the_service_goes():
    load([BOULA])
    avant = photograph()
    take_back(load([MUTEE], jour=JOUR + datetime.timedelta(days=3)))
    assert photograph() == avant


def test_an_import_of_everything_leaves_an_empty_register():
    take_back(load([BOULA, GONY, SAO]))
    assert not Agent.objects.exists() and not Affectation.objects.exists() and not Structure.objects.exists()


def test_calculated_due_dates_forbid_nothing_and_go_too():
    depot = load([BOULA])
    later(lambda: call_command("charger_referentiel", verbosity=0))
    later(lambda: refresh_suivis(acteur=None, jour=JOUR))
    assert Agent.objects.get().suivi is not None
    take_back(depot)
    assert not Agent.objects.exists()


@pytest.mark.parametrize(
    ("ecrire", "mots"),
    [
        (lambda agent: VisiteFactory.create(agent=agent), "1 visite :"),
        (lambda agent: AbsenceFactory.create(agent=agent), "1 absence :"),
        (lambda agent: SignalementFactory.create().agents.add(agent), "1 signalement :"),
        (lambda agent: AgentFactory.create(structure=agent.structure), "Ajouté depuis l’import : 1 agent"),
        (
            lambda agent: Agent.objects.filter(pk=agent.pk).update(prenom="Anne"),
            "Changé depuis l’import : 1 agent",
        ),
        (
            lambda agent: agent.affectations.update(poste=None, date_fin=JOUR),
            "Changé depuis l’import : 1 affectation",
        ),
    ],
    ids=["visite", "absence", "signalement", "collègue", "corrigé", "affectation"],
)
def test_what_came_after_is_said_and_nothing_is_undone(ecrire, mots):
    depot = load([BOULA])
    later(lambda: ecrire(Agent.objects.get()))
    avant = photograph()
    with pytest.raises(ImportUtilise):
        request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    obstacles = find_obstacles(read_traces(depot.requete), compte(Role.CHEF))
    assert mots in " ; ".join(map(str, obstacles))
    assert photograph() == avant
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE


def test_what_comes_between_the_wish_and_the_job_keeps_the_import_applied():
    depot = load([BOULA])
    travail = request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    later(lambda: VisiteFactory.create(agent=Agent.objects.get()))
    undo(travail_id=travail.pk, import_id=depot.pk)
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.ECHEC and "reposent sur cet import" in travail.message
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE
    assert Agent.objects.count() == 1


def test_asked_twice_it_is_one_job_and_begun_twice_it_writes_once():
    depot = load([BOULA])
    travail = request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    assert request_undo(acteur=None, import_id=depot.pk, raison="Encore") == travail
    assert Travail.objects.count() == 1
    undo(travail_id=travail.pk, import_id=depot.pk)
    undo(travail_id=travail.pk, import_id=depot.pk)
    assert LigneJournal.objects.filter(acte="imports.undo_import").count() == 1
    with pytest.raises(ImportClos):
        request_undo(acteur=None, import_id=depot.pk, raison="Trop tard")


def test_left_applied_it_can_be_asked_for_again():
    depot = load([BOULA])
    travail = request_undo(acteur=None, import_id=depot.pk, raison="Essai")
    give_up_undo(acteur=None, import_id=depot.pk)
    with pytest.raises(ImportClos):
        undo_import(acteur=None, import_id=depot.pk, travail_id=travail.pk)
    take_back(Import.objects.get(pk=depot.pk))
    assert not Agent.objects.exists()


def test_the_same_file_can_come_again_after_an_undo():
    take_back(load([BOULA]))
    assert load([BOULA]).bilan["crees"] == 1


def test_page_says_what_it_would_do_then_does_it():
    depot = load([BOULA, GONY])
    client = log_in(compte(Role.COORDINATEUR))
    page = client.get(reverse("imports:annuler", args=[depot.pk]))
    texte = page.content.decode()
    assert "À effacer : 2 structures, 2 agents, 2 affectations" in texte
    vide = client.post(reverse("imports:annuler", args=[depot.pk]), {"raison": ""})
    assert "Ce champ est obligatoire" in vide.content.decode()
    suite = client.post(
        reverse("imports:annuler", args=[depot.pk]), {"raison": "Mauvais fichier", "version": depot.version}
    )
    travail = Travail.objects.get()
    assert suite["Location"] == reverse("travaux:travail", args=[travail.pk])
    undo(travail_id=travail.pk, import_id=depot.pk)
    bilan = client.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "a été annulé" in bilan and "Mauvais fichier" in bilan


def test_page_names_what_forbids_it():
    depot = load([BOULA])
    later(lambda: VisiteFactory.create(agent=Agent.objects.get()))
    client = log_in(compte(Role.COORDINATEUR))
    adresse = reverse("imports:annuler", args=[depot.pk])
    texte = client.get(adresse).content.decode()
    assert "ne peut plus être annulé" in texte and "1 visite : BOULA Nathalie" in texte
    assert 'name="raison"' not in texte
    assert client.post(adresse, {"raison": "Essai", "version": depot.version}).status_code == 200
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE and not Travail.objects.exists()


def test_page_counts_without_naming_what_its_reader_may_not_see():
    depot = load([BOULA])
    later(lambda: SignalementFactory.create().agents.add(Agent.objects.get()))
    texte = log_in(compte(Role.RH)).get(reverse("imports:annuler", args=[depot.pk])).content.decode()
    assert "1 enregistrement que vous ne voyez pas" in texte
    assert "1 signalement" not in texte and "BOULA" not in texte


def test_rows_erased_by_an_import_of_which_the_past_lacks_columns_forbid_its_undo():
    depot = load([BOULA])
    with acting(None):
        Affectation.objects.all().delete()
        Agent.objects.all().delete()
        Import.objects.filter(pk=depot.pk).update(requete=requete_en_cours.get())
    obstacles = find_obstacles(read_traces(Import.objects.get(pk=depot.pk).requete))
    assert ["Effacé par l’import : 1 agent"] == [str(o) for o in obstacles]


def test_the_one_who_asks_is_not_among_those_given_back():
    load([BOULA])
    demandeur = compte(Role.RH)
    later(lambda: Agent.objects.update(compte=demandeur))
    depot = load([MUTEE], jour=JOUR + datetime.timedelta(days=3))
    travail = request_undo(acteur=demandeur, import_id=depot.pk, raison="Essai")
    undo(travail_id=travail.pk, import_id=depot.pk)
    travail.refresh_from_db()
    assert "votre propre fiche" in travail.message
    assert Import.objects.get(pk=depot.pk).etat == EtatImport.APPLIQUE


def test_traces_are_read_in_one_question_whatever_their_number(django_assert_num_queries):
    depot = load([BOULA, GONY, SAO])
    with django_assert_num_queries(1):
        traces = read_traces(depot.requete)
    with django_assert_num_queries(2):
        assert find_obstacles(copy(traces)) == []
