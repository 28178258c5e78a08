"""A register that holds everybody proposes as leavers those whom it leaves out, and removes nobody."""

import datetime
import re

import pytest
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.contexte import acting
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import apply_import, deposit_import
from nouvea_sst.imports.models import Import, Partant
from nouvea_sst.imports.rules.partants import day_of_file, too_many
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory, CollectiviteFactory
from tests.fabriques import compte, log_in
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv
from tests.imports.test_annulation import later, load, take_back
from tests.imports.test_views import FAUTIF, page, seen

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
VEILLE = datetime.date(2026, 11, 20)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def deposit(lignes, complet=True, nom="registre_2026-11-20.csv", entete=ENTETE, acteur=None):
    contenu = make_csv(lignes, entete=entete)
    return deposit_import(
        acteur=acteur, jour=JOUR, cible="agents", nom_fichier=nom, contenu=contenu, complet=complet
    )


def names(depot):
    return list(depot.partants.values_list("libelle", flat=True))


def tick(client, depot, libelle, jour="20/11/2026"):
    partant = depot.partants.get(libelle=libelle)
    saisie = {"vus": [partant.pk], f"parti_{partant.pk}": "on", f"jour_{partant.pk}": jour}
    return client.post(reverse("imports:partants", args=[depot.pk]), saisie | seen(depot))


@pytest.fixture
def ville():
    """Twenty agents whom the file has, and SAO whom it leaves out."""
    lignes = [BOULA, GONY] + [[str(5000 + n), f"NOM{n:02}", "Jean", *GONY[3:]] for n in range(18)]
    load([*lignes, SAO])
    return lignes


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("registre_personnel_2026-11-20.csv", VEILLE),
        ("20-11-2026 agents.xlsx", VEILLE),
        ("agents20261120.csv", VEILLE),
        ("agents_2026-11-31.csv", JOUR),
        ("agents_2027-01-01.csv", JOUR),
        ("agents_1999-01-01.csv", JOUR),
        ("4512345678.csv", JOUR),
    ],
)
def test_day_of_a_file(nom, dit):
    assert day_of_file(nom, JOUR) == dit


def test_share():
    assert too_many(3, 20, 10) and not too_many(2, 20, 10) and too_many(1, 0, 10)


def test_whoever_is_left_out_is_proposed_and_nobody_ticked(ville, rh):
    depot = deposit(ville)
    assert names(depot) == ["SAO Thérèse"]
    assert list(depot.partants.values_list("retenu", "date_depart")) == [(False, VEILLE)]
    assert depot.apercu["effectif"] == 21
    texte = page(rh, "partants", depot.pk)
    assert "SAO Thérèse" in texte and reverse("agents:agent", args=[depot.partants.get().cle]) in texte
    assert not re.search(r"<input[^>]*parti_[^>]* checked", texte)
    assert "0 / 1" in page(rh, "apercu", depot.pk)
    assert not deposit(ville, complet=False).partants.exists()


def test_whoever_left_or_stands_in_a_refused_row_is_not_proposed(ville):
    Agent.objects.filter(matricule="5000").update(date_depart=VEILLE)
    refusee = [*SAO[:5], "31/02/2024", *SAO[6:]]
    depot = deposit([BOULA, refusee, ["", "nom01", "jean", "?", *GONY[4:]]])
    assert depot.apercu["nombres"]["refuses"] == 2
    assert {"SAO Thérèse", "NOM00 Jean", "NOM01 Jean"}.isdisjoint(names(depot))
    assert "NOM02 Jean" in names(depot)


def test_file_of_one_collectivite_says_nothing_of_the_others(rh):
    caisse, ville = CollectiviteFactory(code="CDE"), CollectiviteFactory(code="VDN")
    AgentFactory(nom="Absent", prenom="Un", collectivite=caisse)
    AgentFactory(nom="Absent", prenom="Deux", collectivite=ville)
    entete = ["Matricule", "Nom", "Prénom", "Collectivité"]
    seule = deposit([["3120", "BOULA", "Nathalie", "CDE"]], entete=entete)
    assert names(seule) == ["ABSENT Un"] and "seuls ses agents" in page(rh, "partants", seule.pk)
    deux = deposit([["3120", "BOULA", "N", "CDE"], ["4066", "GONY", "D", "VDN"]], entete=entete)
    assert names(deux) == ["ABSENT Deux", "ABSENT Un"]
    neuve = deposit([["3120", "BOULA", "N", "CCAS"]], entete=entete)
    assert names(neuve) == []
    AgentFactory(nom="Absent", prenom="Trois", collectivite=CollectiviteFactory(code="CCAS"))
    deux = deposit([["3121", "BOULA", "N", "CDE"], ["4067", "GONY", "D", "VDN"]], entete=entete)
    assert names(deux) == ["ABSENT Deux", "ABSENT Un"]


def test_chosen_ones_leave_with_the_import_and_come_back_with_its_undo(ville, rh):
    avant = Agent.objects.get(nom="SAO")
    depot = deposit([*ville, ["9999", "NEUF", "Paul", *GONY[3:]]])
    assert tick(rh, depot, "SAO Thérèse", "18/11/2026").status_code == 302
    assert "1 / 1" in page(rh, "apercu", depot.pk)
    avant.refresh_from_db()
    assert avant.date_depart is None
    with acting(None):
        applique = apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert (applique.bilan["partis"], applique.bilan["crees"]) == (1, 1)
    avant.refresh_from_db()
    assert avant.date_depart == datetime.date(2026, 11, 18)
    assert LigneJournal.objects.filter(acte="agents.leave_registre").count() == 1
    assert not Partant.objects.exists() and "parti</span>" in page(rh, "bilan", depot.pk)
    take_back(applique)
    avant.refresh_from_db()
    assert avant.date_depart is None and not Agent.objects.filter(nom="NEUF").exists()


def test_departure_alone_is_worth_an_import(ville, rh):
    depot = deposit(ville)
    tick(rh, depot, "SAO Thérèse")
    assert "Appliquer les départs" in page(rh, "apercu", depot.pk)
    assert apply_import(acteur=None, jour=JOUR, import_id=depot.pk).bilan["partis"] == 1


def test_too_many_leavers_are_refused_on_the_page_and_by_the_job(ville, rh, run_jobs):
    depot = deposit(ville[:15])
    assert "Plus de 10 % du personnel manque" in page(rh, "partants", depot.pk)
    saisie = {"vus": list(depot.partants.values_list("pk", flat=True))}
    for pk in saisie["vus"]:
        saisie |= {f"parti_{pk}": "on", f"jour_{pk}": "20/11/2026"}
    reponse = rh.post(reverse("imports:partants", args=[depot.pk]), saisie | seen(depot))
    assert "6 personnes partiraient sur 21" in reponse.content.decode()
    assert not depot.partants.filter(retenu=True).exists()
    depot.partants.update(retenu=True)
    rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot))
    run_jobs()
    assert "6 personnes partiraient" in Travail.objects.get().message
    assert not Agent.objects.exclude(date_depart=None).exists()


def test_whoever_comes_back_in_the_file_meanwhile_does_not_leave(ville, rh):
    depot = deposit(ville)
    tick(rh, depot, "SAO Thérèse")
    later(lambda: Agent.objects.filter(nom="SAO").update(date_depart=JOUR.replace(year=2025)))
    assert apply_import(acteur=None, jour=JOUR, import_id=depot.pk).bilan["partis"] == 0


def test_choice_outlives_another_reading_of_the_columns(ville, rh):
    depot = deposit(ville)
    tick(rh, depot, "SAO Thérèse", "18/11/2026")
    champs = ["matricule", "nom", "prenom", "sexe", "date_naissance", "date_embauche", "statut", "service"]
    saisie = {f"colonne_{n}": champ for n, champ in enumerate(champs)}
    rh.post(reverse("imports:colonnes", args=[depot.pk]), saisie | seen(depot) | {"complet": "on"})
    assert list(depot.partants.values_list("retenu", "date_depart")) == [(True, datetime.date(2026, 11, 18))]
    rh.post(reverse("imports:colonnes", args=[depot.pk]), saisie | seen(depot))
    assert not depot.partants.exists() and not Import.objects.get(pk=depot.pk).complet


def test_day_before_the_hire_and_stale_page_are_refused(ville, rh):
    depot = deposit(ville)
    reponse = tick(rh, depot, "SAO Thérèse", "01/01/1990")
    assert "L’embauche est du 01/09/1999." in reponse.content.decode()
    partant = depot.partants.get()
    adresse = reverse("imports:partants", args=[depot.pk])
    saisie = {"vus": partant.pk, f"parti_{partant.pk}": "on", f"jour_{partant.pk}": "20/11/2026"}
    assert "a revu les colonnes" in rh.post(adresse, saisie | {"version": 99}, follow=True).content.decode()
    assert not Partant.objects.filter(retenu=True).exists()


def test_nobody_proposes_himself(ville):
    moi = compte(Role.RH)
    Agent.objects.filter(nom="SAO").update(compte=moi)
    assert names(deposit(ville, acteur=moi)) == []
    assert log_in(moi).get(reverse("imports:historique")).status_code == 200


def test_file_with_no_row_accepted_proposes_nobody_it_names(rh):
    load([SAO])
    depot = deposit([FAUTIF])
    assert depot.apercu["nombres"]["refuses"] == 1 and names(depot) == []
