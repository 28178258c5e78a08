"""Refused rows: the workbook that comes back the same, and the wish that none be left."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import RefusRestants, apply_import, deposit_import, request_application
from nouvea_sst.imports.enums import EtatImport
from nouvea_sst.imports.models import Import
from nouvea_sst.imports.rules.cible import Champ
from nouvea_sst.imports.rules.colonnes import find_origin, propose_columns
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import AgentFactory
from tests.imports.fichiers import BOULA, ENTETE, GONY, SAO, make_csv
from tests.imports.test_views import FAUTIF, seen

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


def deposit(contenu, nom="r.csv"):
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier=nom, contenu=contenu)


def send_back(client, depot, corrections=None):
    """Download the refused rows, correct cells, send them again as they are."""
    reponse = client.get(reverse("imports:refus", args=[depot.pk]))
    classeur = load_workbook(io.BytesIO(reponse.content))
    for cellule, valeur in (corrections or {}).items():
        classeur.active[cellule] = valeur
    sortie = io.BytesIO()
    classeur.save(sortie)
    return deposit(sortie.getvalue(), "refus.xlsx")


def motifs(depot):
    return list(depot.lignes.filter(effet="refuse").values_list("libelle", "colonne", "valeur", "motif"))


def test_rows_sent_back_uncorrected_are_refused_for_the_same_reason(rh):
    sans_nom = ["4950", "", *GONY[2:]]
    depot = deposit(make_csv([BOULA, FAUTIF, sans_nom, ["5555", "=1+1", "", *GONY[3:]]]))
    retour = send_back(rh, depot)
    assert motifs(retour) == motifs(depot) and len(motifs(depot)) == 3
    assert retour.apercu["nombres"]["lignes"] == 3


def test_columns_given_by_hand_and_the_order_of_dates_come_back(rh):
    entete = ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6"]
    lignes = [
        ["3120", "BOULA", "Nathalie", "03/12/1980", "02/01/2010", "F"],
        ["4066", "GONY", "Didier", "11/25/1975", "06/07/2005", "?"],
    ]
    depot = deposit(make_csv(lignes, entete=entete))
    champs = ["matricule", "nom", "prenom", "date_naissance", "date_embauche", "sexe"]
    saisie = {f"colonne_{n}": champ for n, champ in enumerate(champs)}
    rh.post(reverse("imports:colonnes", args=[depot.pk]), saisie | seen(depot))
    depot.refresh_from_db()
    assert depot.apercu["nombres"] == {
        "lignes": 2, "crees": 1, "modifies": 0, "inchanges": 0, "refuses": 1, "avertis": 0,
    }  # fmt: skip
    retour = send_back(rh, depot, {"J2": "H"})
    assert retour.apercu["nombres"]["crees"] == 1
    apply_import(acteur=None, jour=JOUR, import_id=retour.pk)
    agent = Agent.objects.get()
    assert (agent.date_naissance, agent.date_embauche) == (
        datetime.date(1975, 11, 25),
        datetime.date(2005, 6, 7),
    )


def test_refusals_of_an_import_applied_come_back_too(rh):
    depot = apply_import(acteur=None, jour=JOUR, import_id=deposit(make_csv([BOULA, FAUTIF])).pk)
    retour = send_back(rh, depot, {"J2": "31/01/2024"})
    assert retour.apercu["nombres"]["crees"] == 1


def test_what_the_workbook_adds_fills_no_field():
    champ = Champ("motif", "Motif", synonymes=("motif",), fragments=("motif", "ligne"))
    entetes = ["Motif du refus", "Ligne du fichier, import 12", "Motif de la visite"]
    assert propose_columns(entetes, [["a"], ["2"], ["b"]], [champ]) == {2: "motif"}
    assert (find_origin(entetes), find_origin(["Ligne"])) == (12, None)


def test_unknown_origin_is_a_file_like_another():
    contenu = make_csv(
        [["x", BOULA[1], BOULA[2]]], entete=["Ligne du fichier, import 999999", "Nom", "Prénom"]
    )
    assert deposit(contenu).apercu["nombres"]["crees"] == 1


def test_whoever_wants_no_refusal_applies_nothing_while_one_is_left(rh):
    depot = deposit(make_csv([BOULA, FAUTIF], entete=ENTETE))
    adresse = reverse("imports:appliquer", args=[depot.pk])
    reponse = rh.post(adresse, seen(depot) | {"sans_refus": "1"}, follow=True)
    assert "il reste 1 ligne refusée" in reponse.content.decode()
    assert not Travail.objects.exists() and Import.objects.get().etat == EtatImport.DEPOSE
    assert rh.post(adresse, seen(depot)).url == reverse("travaux:travail", args=[Travail.objects.get().pk])


def test_refusal_that_comes_before_the_job_stops_it_whole(rh, run_jobs):
    depot = deposit(make_csv([BOULA, SAO], entete=ENTETE))
    rh.post(reverse("imports:appliquer", args=[depot.pk]), seen(depot) | {"sans_refus": "1"})
    AgentFactory(nom="Autre", prenom="Personne", matricule=SAO[0], date_naissance=JOUR.replace(year=1990))
    run_jobs()
    travail = Travail.objects.get()
    assert travail.etat == "echec" and "il reste 1 ligne refusée" in travail.message
    assert Agent.objects.count() == 1 and Import.objects.get().etat == EtatImport.DEPOSE


def test_action_says_how_many_are_left():
    depot = deposit(make_csv([FAUTIF, ["1", "", *GONY[2:]]], entete=ENTETE))
    with pytest.raises(RefusRestants, match="2 lignes refusées"):
        request_application(acteur=None, import_id=depot.pk, sans_refus=True)


def test_file_of_which_no_row_is_accepted_says_so(rh):
    depot = deposit(make_csv([FAUTIF]))
    texte = rh.get(reverse("imports:apercu", args=[depot.pk])).content.decode()
    assert "Aucune ligne n’est acceptée" in texte and "Clore l’import" in texte
