"""Values that the house does not know: shown, matched once by a person, known from then on."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agents.models import Agent
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.imports.actions import apply_import, change_value, deposit_import, restore_value
from nouvea_sst.imports.models import CorrespondanceValeur, Import
from nouvea_sst.imports.rules.cible import Faute
from nouvea_sst.imports.rules.valeurs import count_unknown, resembling
from nouvea_sst.lib.versions import VersionPerimee
from tests.imports.factories import CorrespondanceFactory
from tests.imports.fichiers import BOULA, GONY, SAO, make_csv
from tests.imports.test_views import page, seen

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
TITULAIRES = [[*ligne[:6], "Fonctionaire", ligne[7]] for ligne in (BOULA, GONY)] + [SAO]
SAISIE = {f"colonne_{n}": champ for n, champ in enumerate(
    ["matricule", "nom", "prenom", "sexe", "date_naissance", "date_embauche", "statut", "service"]
)}  # fmt: skip


def deposit(lignes, nom="r.csv"):
    return deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier=nom, contenu=make_csv(lignes))


@pytest.fixture
def rh(client_de):
    return client_de(Role.RH)


@pytest.fixture
def depot(rh):
    """A file whose status two rows write as no one does; its column is given by hand."""
    depot = deposit(TITULAIRES)
    rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | seen(depot))
    return Import.objects.get(pk=depot.pk)


def test_spellings_of_a_value_are_one_and_the_most_frequent_comes_first():
    fautes = [[Faute("Statut", mot, "?", "statut")] for mot in ("X", "Tit.", "tit", "TIT")]
    assert [(i.valeur, i.nombre) for i in count_unknown(fautes)] == [("Tit.", 3), ("X", 1)]
    assert count_unknown([[Faute("Statut", "y" * 101, "?", "statut"), Faute("Nom", "Z", "?")]]) == []


def test_what_resembles_is_proposed_the_closest_first():
    maison = {"F": "Fonctionnaire", "C": "Contractuel", "CC": "Convention collective"}
    assert resembling("Fonctionaire", maison) == ["F"]
    assert resembling("conv", maison) == ["CC"]
    assert resembling("zzz", maison) == []


def test_unknown_values_are_shown_with_their_rows_and_what_resembles(rh, depot):
    assert depot.apercu["inconnues"] == [{"champ": "statut", "valeur": "Fonctionaire", "nombre": 2}]
    texte = page(rh, "colonnes", depot.pk)
    assert "Valeurs inconnues" in texte and '<optgroup label="Ressemble à">' in texte
    assert "Dire ce qu’elle veut dire" in page(rh, "apercu", depot.pk, "?vue=refuses")
    assert "Dire ce qu’elle veut dire" in page(rh, "apercu", depot.pk, "?vue=crees")


def test_value_matched_once_is_known_for_this_file_and_the_next(rh, depot):
    reponse = rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | seen(depot) | {"valeur_0": "F"})
    assert reponse.url == reverse("imports:apercu", args=[depot.pk])
    depot.refresh_from_db()
    assert (depot.apercu["nombres"]["refuses"], depot.apercu["inconnues"]) == (0, [])
    retenue = CorrespondanceValeur.objects.get()
    assert (retenue.champ, retenue.valeur, retenue.cle, retenue.choix) == (
        "statut", "Fonctionaire", "fonctionaire", "F",
    )  # fmt: skip
    assert retenue.retenue_par == rh.compte
    assert LigneJournal.objects.filter(acte="imports.keep_values").count() == 1
    assert "1 correspondance de valeur</a>" in page(rh, "apercu", depot.pk)
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert Agent.objects.filter(statut="F").count() == 2
    # Recognised now without any help: the column suits its field.
    suite = deposit([[*ligne[:6], "FONCTIONAIRE", ligne[7]] for ligne in (BOULA, GONY, SAO)])
    assert suite.apercu["nombres"]["refuses"] == 0 and "statut" in suite.apercu["colonnes"].values()


def test_collectivite_that_no_one_knows_is_matched_too(rh):
    contenu = make_csv([["BOULA", "Nathalie", "Mairie"]], entete=["Nom", "Prénom", "Collectivité"])
    CorrespondanceFactory(champ="collectivite", valeur="mairie", choix="VDN")
    depot = deposit_import(acteur=None, jour=JOUR, cible="agents", nom_fichier="c.csv", contenu=contenu)
    assert depot.apercu["nombres"]["crees"] == 1
    apply_import(acteur=None, jour=JOUR, import_id=depot.pk)
    assert Agent.objects.get().collectivite.code == "VDN"


def test_page_shows_those_that_a_file_met_and_all_of_them(rh):
    CorrespondanceFactory(valeur="Fonctionaire")
    CorrespondanceFactory(valeur="Stag.", choix="C")
    depot = deposit(TITULAIRES)
    toutes = page(rh, "correspondances")
    assert "Fonctionaire" in toutes and "Stag." in toutes and "Contractuel" in toutes
    siennes = page(rh, "correspondances", suite=f"?import={depot.pk}")
    assert "Fonctionaire" in siennes and "Stag." not in siennes
    assert rh.get(reverse("imports:correspondances") + "?format=xlsx").status_code == 200
    assert rh.get(reverse("imports:correspondances") + "?import=999").status_code == 404


def test_another_choice_counts_for_the_files_to_come(rh):
    retenue = CorrespondanceFactory(valeur="Stag.")
    rh.post(reverse("imports:correspondance", args=[retenue.pk]), {"choix": "C", "version": 1})
    retenue.refresh_from_db()
    assert (retenue.choix, retenue.version, retenue.retenue_par) == ("C", 2, rh.compte)
    with pytest.raises(VersionPerimee):
        change_value(acteur=None, correspondance_id=retenue.pk, choix="F", version=1)
    faux = rh.post(reverse("imports:correspondance", args=[retenue.pk]), {"choix": "Z", "version": 2})
    assert faux.status_code == 200 and "invalid" in faux.content.decode()


def test_value_taken_away_is_unknown_again_and_another_forbids_its_return(rh, depot):
    retenue = CorrespondanceFactory(valeur="Fonctionaire")
    rh.post(reverse("imports:retirer_correspondance", args=[retenue.pk]), {"version": 1})
    assert not CorrespondanceValeur.objects.exists()
    rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | seen(depot))
    depot.refresh_from_db()
    assert depot.apercu["nombres"]["refuses"] == 2
    CorrespondanceFactory(valeur="Fonctionaire", choix="C")
    with pytest.raises(ValidationError):
        restore_value(acteur=None, objet=retenue)


def test_choice_that_the_house_has_no_more_is_unknown_again(rh, depot):
    CorrespondanceFactory(valeur="Fonctionaire", choix="disparu")
    rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | seen(depot))
    depot.refresh_from_db()
    assert depot.apercu["nombres"]["refuses"] == 2
    assert "n’existe plus" in page(rh, "correspondance", CorrespondanceValeur.objects.get().pk)


def test_two_people_on_the_same_page_lose_nothing(rh, depot):
    avant = seen(depot)
    rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | avant)
    conflit = rh.post(reverse("imports:colonnes", args=[depot.pk]), SAISIE | avant | {"valeur_0": "F"})
    assert conflit.status_code == 200
    assert not CorrespondanceValeur.objects.exists()
