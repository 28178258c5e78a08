"""visites.csv: visits of the former software, without a word of their free text nor an invented signature."""

import datetime

import pytest
from django.urls import reverse

from nouvea_sst.imports.actions import deposit_import
from nouvea_sst.imports.models import Import
from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import Parametre
from tests.agents.factories import AgentFactory
from tests.imports.chargement import JOUR, load, take_back
from tests.visites.factories import VisiteFactory
from visites.actions import load_listes, load_regles, refresh_suivis
from visites.models import MedecinRepris, Motif, Recommandation, Suivi, Visite

pytestmark = pytest.mark.django_db
ENTETE = (
    "ID_VISITE;ID_AGENT;DATE_DERNIERE_VISITE;DUREE_VALIDITE;ID_MEDECIN;ID_RECOMMANDATION;APTE;ID_MOTIF_VM;"
    "ID_SUIVI_MED;COMMENTAIRE"
)


@pytest.fixture
def gony(db):
    load_parametres(acteur=None)
    load_listes(acteur=None)
    load_regles(acteur=None)
    MedecinRepris.objects.create(code_ancien="1", libelle="A RENSEIGNER")
    MedecinRepris.objects.create(code_ancien="2", libelle="Anne Le Goff")
    Recommandation.objects.create(code_ancien="5", libelle="VU, RAS")
    return AgentFactory(matricule="4127", nom="GONY", prenom="Paul", date_embauche=datetime.date(2010, 1, 4))


def row(numero, date, *, mois=24, medecin=2, apte="", motif=2, avis=5):
    return f"{numero};9004127;{date};{mois};{medecin};{avis};{apte};{motif};77;Diabète"


def bring(*lignes):
    depot = load("visites", ENTETE, *lignes)
    noms = ("crees", "modifies", "inchanges", "refuses", "ignores")
    return tuple(depot.bilan.get(nom, 0) for nom in noms)


def load_only(compte, *lignes):
    contenu = "\n".join((ENTETE, *lignes)).encode()
    return deposit_import(acteur=compte, jour=JOUR, cible="visites", nom_fichier="f.csv", contenu=contenu)


def test_a_visit_is_taken_over_without_a_signature(gony):
    assert bring(row(1, "2024-03-12")) == (1, 0, 0, 0, 0)
    visite = Visite.objects.get()
    assert (visite.agent, visite.date, visite.motif.code) == (gony, datetime.date(2024, 3, 12), "periodique")
    assert (visite.validite_mois, visite.prochaine_visite) == (24, datetime.date(2026, 3, 12))
    assert (visite.nom_professionnel, visite.professionnel) == ("Anne Le Goff", None)
    assert (visite.etat, visite.conclusion, visite.signee_le) == ("realisee", "", None)
    assert visite.reprise and visite.cle_import == "id_visite=1"


def test_the_same_file_twice_changes_nothing(gony):
    bring(row(1, "2024-03-12"), row(2, "2022-03-14", apte=1))
    assert bring(row(1, "2024-03-12"), row(2, "2022-03-14", apte=1)) == (0, 0, 2, 0, 0)


def test_a_visit_that_nobody_held_is_left_aside(gony):
    assert bring(row(1, "2024-03-12", medecin=1, mois=0, motif=4)) == (0, 0, 0, 0, 1)
    assert "pas encore placée" in Import.objects.get().apercu["ecartees"][0][0]
    assert not Visite.objects.exists()


def test_apte_is_a_conclusion_and_the_rest_is_none(gony):
    bring(row(1, "2020-03-12", apte=1), row(2, "2021-03-12", apte=0), row(3, "2022-03-14"))
    assert list(Visite.objects.order_by("date").values_list("conclusion", flat=True)) == ["apte", "", ""]


AVIS = "ID_RECOMMANDATION;LIB_RECOMMANDATION"


def test_an_opinion_is_the_conclusion_that_a_person_says_and_its_words_stay(gony, client_de):
    load("liste_recommandations", AVIS, "6;APTE AVEC AMENAGEMENT DE POSTE", "7;APTE")
    assert bring(row(1, "2024-03-12", avis=6), row(2, "2022-03-12", avis=7)) == (2, 0, 0, 0, 0)
    libre = Visite.objects.get(cle_import="id_visite=1")
    assert (libre.conclusion, libre.recommandation.code_ancien) == ("", "6")
    assert Visite.objects.get(cle_import="id_visite=2").conclusion == "apte"
    page = client_de("medecin").get(reverse("visites:agent", args=[gony.pk])).content.decode()
    assert "APTE AVEC AMENAGEMENT DE POSTE" in page
    cachee = client_de("psychologue").get(reverse("visites:agent", args=[gony.pk])).content.decode()
    assert "AMENAGEMENT" not in cachee
    Recommandation.objects.filter(code_ancien="6").update(conclusion="amenagement")
    assert bring(row(1, "2024-03-12", avis=6), row(2, "2022-03-12", avis=7)) == (0, 1, 1, 0, 0)
    libre.refresh_from_db()
    assert libre.conclusion == "amenagement"


def test_an_opinion_corrected_takes_its_conclusion_away(gony):
    load("liste_recommandations", AVIS, "7;APTE")
    bring(row(1, "2024-03-12", avis=7))
    assert bring(row(1, "2024-03-12")) == (0, 1, 0, 0, 0)
    assert Visite.objects.get().conclusion == ""


def test_an_unknown_opinion_waits(gony):
    assert bring(row(1, "2024-03-12", avis=44)) == (0, 0, 0, 0, 0)
    assert Import.objects.get().lignes.get().motif.startswith("Avis 44 inconnu")


def test_unfit_is_said_and_no_conclusion_is_made_up(gony):
    load("liste_recommandations", AVIS, "7;APTE")
    lignes = (row(1, "2024-03-12", apte=0, avis=7), row(2, "2022-03-12", apte=1))
    depot = load_only(None, *lignes)
    (avertie,) = depot.lignes.exclude(avertissement="")
    assert "inapte dans l’ancien logiciel, sans durée : à vérifier" in avertie.avertissement
    assert bring(*lignes) == (2, 0, 0, 0, 0)
    assert Visite.objects.get(cle_import="id_visite=1").conclusion == ""
    assert bring(*lignes) == (0, 0, 2, 0, 0)


def test_no_validity_and_no_motive(gony):
    bring(row(1, "2011-03-14", mois=0, motif=""))
    visite = Visite.objects.get()
    assert (visite.validite_mois, visite.prochaine_visite, visite.motif.code) == (None, None, "sans_motif")


def test_due_date_follows_and_goes_back(gony):
    refresh_suivis(acteur=None, jour=JOUR)
    depot = load("visites", ENTETE, row(1, "2026-03-12", mois=12))
    suivi = Suivi.objects.get(agent=gony)
    assert (suivi.derniere_visite, suivi.echeance) == (datetime.date(2026, 3, 12), datetime.date(2027, 3, 12))
    take_back(depot)
    assert not Visite.objects.exists()


def test_a_rule_without_a_value_does_not_stop_the_import(gony):
    Parametre.objects.all().delete()
    assert bring(row(1, "2026-03-12")) == (1, 0, 0, 0, 0)
    assert not Suivi.objects.exists()


def test_a_visit_to_come_is_refused(gony):
    assert bring(row(1, "2027-03-12")) == (0, 0, 0, 1, 0)


def test_a_doctor_by_his_name(gony):
    bring(row(1, "2024-03-12", medecin="Dr Paul Wapae"))
    assert Visite.objects.get().nom_professionnel == "Dr Paul Wapae"


def test_an_unknown_doctor_or_motive_waits(gony):
    assert bring(row(1, "2024-03-12", medecin=9), row(2, "2024-04-12", motif=44)) == (0, 0, 0, 0, 0)
    motifs = list(Import.objects.get().lignes.order_by("numero").values_list("motif", flat=True))
    assert Import.objects.get().bilan["attentes"] == 2
    assert motifs[0].startswith("Médecin 9 inconnu") and motifs[1].startswith("Motif 44 inconnu")


def test_a_visit_of_the_house_is_never_changed(gony):
    placee = VisiteFactory(agent=gony, date=JOUR, motif=Motif.objects.get(code="periodique"))
    assert bring(row(1, JOUR.isoformat())) == (0, 0, 0, 1, 0)
    placee.refresh_from_db()
    assert (placee.etat, placee.cle_import) == ("placee", "")


def test_free_text_is_not_kept(gony):
    bring(row(1, "2024-03-12"), row(2, "31/02/2024"))
    depot = Import.objects.get()
    assert {"COMMENTAIRE", "ID_SUIVI_MED"} <= set(depot.apercu["ignorees"])
    assert "Diabète" not in f"{depot.apercu} {depot.bilan} {list(depot.lignes.values())}"


def test_preview_says_what_is_ignored(client_de, gony):
    client = client_de("coordinateur")
    depot = load_only(client.compte, row(1, "2024-03-12", medecin=1), row(2, "2024-03-13"))
    page = client.get(reverse("imports:apercu", args=[depot.pk])).content.decode()
    assert "1 ligne ignorée" in page and "pas encore placée" in page
    lignes = client.get(reverse("imports:apercu", args=[depot.pk]) + "?vue=ignores").content.decode()
    assert "pas encore placée" in lignes


def test_doctors_by_number(db):
    entete = "ID_MEDECIN;TITRE;PRENOM;NOM"
    load("medecins", entete, "1;;A;RENSEIGNER", "2;DR;ANNE;LE GOFF")
    assert dict(MedecinRepris.objects.values_list("code_ancien", "libelle")) == {
        "1": "A RENSEIGNER",
        "2": "DR ANNE LE GOFF",
    }
    depot = load("medecins", entete, "1;;A;RENSEIGNER", "2;DR;ANNA;LE GOFF", "3;;;")
    assert [depot.bilan[nom] for nom in ("crees", "modifies", "inchanges", "refuses")] == [0, 1, 1, 1]
    take_back(depot)
    assert MedecinRepris.objects.get(code_ancien="2").libelle == "DR ANNE LE GOFF"
