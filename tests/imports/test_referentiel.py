"""Days off and small lists as files bring them."""

import datetime

import pytest
from django.core.management import call_command

from agents.models import Site, TypeAbsence
from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.cibles import targets, targets_of
from nouvea_sst.imports.models import Profil
from nouvea_sst.referentiel.models import JourFerie
from signalements.models import MaladieProfessionnelle, SiegeLesion, TypeAccident
from tests.fabriques import compte
from tests.imports.chargement import load, take_back
from visites.models import Motif, Recommandation, TypeInaptitude, TypeRestriction

pytestmark = pytest.mark.django_db
JOURS = "DATE_JOUR;ID_TYPE_JOUR_FERIE;DESCRIPTION"


def test_days_off_are_made_changed_left_alone_refused_and_taken_back():
    lignes = ("2026-09-24;1;FETE DE LA CITOYENNETE", "2026-09-25;2;PONT")
    assert load("jours_feries", JOURS, *lignes).bilan["crees"] == 2
    assert load("jours_feries", JOURS, *lignes).bilan["inchanges"] == 2
    change = load(
        "jours_feries", JOURS, "2026-09-24;1;Fête de la citoyenneté", "2026-09-25;1;Pont de septembre"
    )
    assert (change.bilan["inchanges"], change.bilan["modifies"]) == (1, 1)
    pont = JourFerie.objects.get(date=datetime.date(2026, 9, 25))
    assert (pont.nature, pont.libelle) == ("ferie", "Pont de septembre")
    take_back(change)
    pont.refresh_from_db()
    assert (pont.nature, pont.libelle) == ("chome", "PONT")
    JourFerie.objects.filter(pk=pont.pk).update(retire_parce_que="Délibération retirée")
    refus = load("jours_feries", JOURS, "2026-09-25;2;PONT", "2026-13-25;2;PONT").lignes.order_by("numero")
    assert "a été retiré du calendrier" in refus[0].motif and "n’existe pas" in refus[1].motif


LISTES = [
    ("liste_types-absence", "ID_REF_TYPE_ABSENCE;LABEL", "71;HOSPITALISATION", TypeAbsence, "code", 71),
    ("liste_motifs", "ID_MOTIF_VM;LIB_MOTIF_VM", "7;MALADIE > 30JOURS", Motif, "code_ancien", 7),
    ("liste_types-restriction", "ID_TYPE_RESTRICTION;LIB_TYPE_RESTRICTION", "3;CHARGES", TypeRestriction,
     "code_ancien", "3"),
    ("liste_sites", "CDLIEU;LILIEU", "12;SERRES MUNICIPALES", Site, "code_ancien", "12"),
    ("liste_recommandations", "ID_RECOMMANDATION;LIB_RECOMMANDATION", "4;APTE", Recommandation,
     "code_ancien", "4"),
    ("liste_types-inaptitude", "ID_TYPE_INAPTITUDE;LIB_TYPE_INAPTITUDE", "4;TEMPORAIRE", TypeInaptitude,
     "code_ancien", "4"),
    ("liste_types-accident", "ID_REF_ACCIDENT_TRAVAIL;LIBELLE", "9;ELECTRICITE", TypeAccident,
     "code_ancien", "9"),
    ("liste_sieges-lesion", "ID_REF_SIEGE_LESION;LIBELLE", "9;CERVICALES", SiegeLesion, "code_ancien", "9"),
    ("liste_maladies-professionnelles", "CODE;LIBELLE", "57;EPAULE", MaladieProfessionnelle, "code", "57"),
]  # fmt: skip


@pytest.mark.parametrize(("cible", "entete", "ligne", "modele", "champ", "code"), LISTES)
def test_an_entry_is_made_left_alone_and_taken_back(cible, entete, ligne, modele, champ, code):
    depot = load(cible, entete, ligne)
    entree = modele.objects.get()
    assert getattr(entree, champ) == code and entree.actif and depot.bilan["crees"] == 1
    assert load(cible, entete, ligne).bilan["inchanges"] == 1
    take_back(depot)
    assert not modele.objects.exists()


def test_an_entry_known_by_its_label_takes_the_number_and_keeps_its_words():
    site = Site.objects.create(libelle="Serres municipales", actif=False)
    depot = load("liste_sites", "CDLIEU;LILIEU", "12;SERRES MUNICIPALES")
    site.refresh_from_db()
    assert depot.bilan["modifies"] == 1
    assert (site.code_ancien, site.libelle, site.actif) == ("12", "Serres municipales", False)
    assert load("liste_sites", "CDLIEU;LILIEU", "12;AUTRE NOM").bilan["inchanges"] == 1


def test_an_entry_is_refused_with_a_sentence():
    load("liste_sites", "CDLIEU;LILIEU", "12;SERRES")
    depot = load("liste_sites", "CDLIEU;LILIEU", "13;SERRES", "14;DEPOT", "15;DEPOT", "16;")
    motifs = [n.motif for n in depot.lignes.order_by("numero")]
    assert "« SERRES » porte déjà l’ancien code 12." in motifs[0]
    assert "Une autre ligne du fichier porte ce libellé." in motifs[1]
    assert "Le champ « Libellé » est vide." in motifs[2]


def test_each_role_brings_in_what_it_may_write():
    rh, chef = targets_of(compte(Role.RH)), targets_of(compte(Role.CHEF))
    assert "agents" in rh and "jours_feries" not in rh and "liste_motifs" not in rh
    assert {"jours_feries", "liste_motifs", "liste_sites"} <= chef.keys()


def test_each_target_has_its_ready_profile():
    call_command("charger_referentiel", verbosity=0)
    noms = set(Profil.objects.values_list("cible", "nom"))
    for cible in targets().values():
        assert (cible.code, f"SIRH – {cible.fichier}") in noms, "declare fichier and entetes"
    assert Profil.objects.get(cible="entites").colonnes["id entite parent"] == "parent"
