"""The screens of parameters: form, preview, confirmation; who may."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse

from nouvea_sst.referentiel.actions import load_parametres
from nouvea_sst.referentiel.models import Parametre, Texte
from tests.fabriques import compte, log_in
from tests.referentiel.factories import JOUR

pytestmark = pytest.mark.django_db
CODE = "visites.periodicite.adapte"


@pytest.fixture(autouse=True)
def jour():
    with mock.patch("django.utils.timezone.localdate", return_value=JOUR):
        yield


@pytest.fixture
def chef(client_de):
    load_parametres(acteur=None)
    return client_de("chef")


def address(vue, *args):
    return reverse(f"referentiel:{vue}", args=args)


def typed(**champs):
    return {
        "version": "1",
        "valeur": "24",
        "date_effet": "01/01/2027",
        "fiabilite": "usage",
        "texte": "",
        "source": "Décision de la section du 20/11/2026",
    } | champs


def test_list_shows_the_value_in_force_and_the_next_one(chef):
    page = chef.get(address("parametres") + "?sujet=Échéances de visite")
    assert page.context["total"] == 9
    assert "Texte publié" in page.content.decode()
    chef.post(address("changer", CODE), typed(confirmer="1"))
    page = chef.get(address("parametres") + "?q=adapté").content.decode()
    assert "36 mois" in page
    assert "24 mois le 01/01/2027" in page


def test_page_of_a_parameter_says_source_uses_and_history(chef):
    page = chef.get(address("parametre", CODE)).content.decode()
    for mots in ("Modèle métropolitain", "Échéance de chaque agent suivi", "Rien n’a changé"):
        assert mots in page
    assert "ne se présente pas comme la loi" in page
    assert chef.get(address("parametre", "nulle.part")).status_code == 404


def test_preview_writes_nothing_and_confirmation_writes_what_it_showed(chef):
    apercu = chef.post(address("changer", CODE), typed())
    page = apercu.content.decode()
    assert "36 mois → 24 mois" in page
    assert "Effet, si elle valait ce jour" in page
    assert Parametre.objects.filter(code=CODE).count() == 1
    retour = chef.post(address("changer", CODE), typed(revenir="1"))
    assert 'value="24"' in retour.content.decode()
    assert Parametre.objects.filter(code=CODE).count() == 1
    reponse = chef.post(address("changer", CODE), typed(confirmer="1"))
    assert reponse.url == address("parametre", CODE)
    nouvelle = Parametre.objects.get(code=CODE, date_effet="2027-01-01")
    assert (nouvelle.valeur, nouvelle.source) == (24, "Décision de la section du 20/11/2026")
    chef.post(address("changer", CODE), typed(confirmer="1"))
    assert Parametre.objects.filter(code=CODE).count() == 2
    page = chef.get(address("parametre", CODE)).content.decode()
    assert "24 mois à partir du 01/01/2027" in page
    assert str(chef.compte) in page


def test_a_new_value_asks_for_its_own_source(chef):
    code = "visites.periodicite.simple"
    page = chef.get(address("changer", code))
    form = page.context["form"]
    assert [form[nom].value() for nom in ("fiabilite", "texte", "source")] == [None, None, None]
    assert "La valeur actuelle vient de" in page.content.decode()
    refus = chef.post(address("changer", code), typed(fiabilite="", source=""))
    assert set(refus.context["form"].errors) == {"fiabilite", "source"}


def test_errors_stand_beside_their_fields_and_typed_text_stays(chef):
    page = chef.post(address("changer", CODE), typed(valeur="beaucoup")).content.decode()
    assert "Tapez un nombre." in page
    assert "Décision de la section" in page
    page = chef.post(address("changer", CODE), typed(date_effet="01/01/2000")).content.decode()
    assert "choisissez un jour qui la suit" in page


def test_second_editor_sees_both_texts(chef):
    chef.post(address("changer", CODE), typed(confirmer="1"))
    autre = log_in(compte("medecin"))
    page = autre.post(address("changer", CODE), typed(valeur="48", date_effet="01/02/2027")).content.decode()
    assert "Quelqu’un d’autre a enregistré" in page
    assert 'value="48"' in page
    assert 'name="version" value="2"' in page
    repris = typed(valeur="48", date_effet="01/02/2027", version="2", confirmer="1")
    assert autre.post(address("changer", CODE), repris).status_code == 302


def test_value_to_come_is_corrected_and_withdrawn_on_screen(chef):
    chef.post(address("changer", CODE), typed(confirmer="1"))
    future = Parametre.objects.get(code=CODE, date_effet="2027-01-01")
    assert "Retirer" in chef.get(address("parametre", CODE)).content.decode()
    corrige = typed(valeur="30", raison="Erreur de saisie")
    assert "24 mois → 30 mois" in chef.post(address("corriger", future.pk), corrige).content.decode()
    chef.post(address("corriger", future.pk), corrige | {"confirmer": "1"})
    future.refresh_from_db()
    assert (future.valeur, future.version) == (30, 2)
    assert "obligatoire" in chef.post(address("retirer", future.pk), {"version": "2"}).content.decode()
    chef.post(address("retirer", future.pk), {"version": "2", "raison": "Décision annulée"})
    future.refresh_from_db()
    assert future.retiree_parce_que == "Décision annulée"
    assert "valeur : 24 → 30" in chef.get(address("parametre", CODE)).content.decode()


def test_second_editor_of_a_value_to_come_sees_both_texts(chef):
    chef.post(address("changer", CODE), typed(confirmer="1"))
    future = Parametre.objects.get(code=CODE, date_effet="2027-01-01")
    raison = {"raison": "Erreur", "confirmer": "1"}
    chef.post(address("corriger", future.pk), typed(valeur="30", **raison))
    autre = log_in(compte("medecin"))
    page = autre.post(address("corriger", future.pk), typed(valeur="18", **raison)).content.decode()
    conflit = page.split("Quelqu’un d’autre a enregistré", 1)[1].split("</table>", 1)[0]
    assert "18" in conflit and "30" in conflit
    assert 'name="version" value="2"' in page
    future.refresh_from_db()
    assert future.valeur == 30


def test_value_in_force_offers_neither(chef):
    actuelle = Parametre.objects.get(code=CODE)
    for vue in ("corriger", "retirer"):
        assert chef.get(address(vue, actuelle.pk)).status_code == 404


@pytest.mark.parametrize(
    "role, code, statut",
    [
        ("medecin", CODE, 200),
        ("preventeur", CODE, 403),
        ("preventeur", "signalements.cotation.faible", 200),
        ("administrateur", "imports.taille_max", 200),
        ("administrateur", CODE, 403),
        ("auditeur", CODE, 403),
        ("coordinateur", CODE, 403),
    ],
)
def test_each_role_changes_its_domain(client_de, role, code, statut):
    load_parametres(acteur=None)
    assert client_de(role).get(address("changer", code)).status_code == statut


def test_who_may_read(client_de):
    load_parametres(acteur=None)
    lisent = {"chef", "medecin", "preventeur", "auditeur", "administrateur"}
    for role in (
        "chef",
        "medecin",
        "preventeur",
        "auditeur",
        "administrateur",
        "coordinateur",
        "rh",
        "agent",
    ):
        client = client_de(role)
        for vue in ("accueil", "parametres", "jours", "textes"):
            assert client.get(address(vue)).status_code == (200 if role in lisent else 403)


def test_text_is_added_corrected_and_shows_its_values(chef):
    saisie = {
        "reference": "Délibération n° 1",
        "titre": "Un titre",
        "nature": "deliberation",
        "date": "01/02/2026",
    }
    chef.post(address("ajouter_texte"), saisie)
    chef.post(address("ajouter_texte"), saisie)
    texte = Texte.objects.get(reference="Délibération n° 1")
    assert texte.date == datetime.date(2026, 2, 1)
    chef.post(address("corriger_texte", texte.pk), saisie | {"titre": "Un autre titre", "version": "1"})
    perimee = chef.post(address("corriger_texte", texte.pk), saisie | {"titre": "Encore", "version": "1"})
    assert "Un autre titre" in perimee.content.decode()
    assert "titre : Un titre → Un autre titre" in chef.get(address("texte", texte.pk)).content.decode()
    fonde = Texte.objects.get(reference="Réforme de la santé au travail de 2020")
    assert "60 mois" in chef.get(address("texte", fonde.pk)).content.decode()
    deja = chef.post(address("ajouter_texte"), saisie | {"titre": "Troisième"}).content.decode()
    assert "existe déjà" in deja
