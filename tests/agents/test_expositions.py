"""What posts expose to: seven risks of the seed, entry on the post, deletion and its way back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agents.actions import add_exposition, delete_exposition, load_types_exposition, update_exposition
from agents.models import ExpositionPoste, TypeExposition
from nouvea_sst.comptes.corbeille import RetablissementRefuse, put_back
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import JOUR, ExpositionFactory, PosteFactory, TypeExpositionFactory
from tests.fabriques import compte

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]
D = datetime.date


def test_seven_risks_are_loaded_once_with_their_source():
    assert load_types_exposition(acteur=None) == 7
    assert load_types_exposition(acteur=None) == 0
    assert set(TypeExposition.objects.values_list("categorie", flat=True)) == {"renforce"}
    assert not TypeExposition.objects.filter(source="").exists()


def test_a_post_exposes_once_to_the_same_risk_on_a_day():
    rh, ligne = compte("rh"), ExpositionFactory(date_fin=D(2026, 6, 30))
    with pytest.raises(ValidationError) as refus:
        add_exposition(
            acteur=rh, poste_id=ligne.poste_id, type=ligne.type, date_debut=D(2026, 6, 30), date_fin=None
        )
    assert set(refus.value.message_dict) == {"type"}
    suite = add_exposition(acteur=rh, poste_id=ligne.poste_id, type=ligne.type, date_debut=D(2026, 7, 1))
    with pytest.raises(ValidationError):
        update_exposition(
            acteur=rh,
            exposition_id=suite.pk,
            version=1,
            type=ligne.type,
            date_debut=D(2026, 7, 1),
            date_fin=D(2026, 6, 1),
        )
    update_exposition(
        acteur=rh,
        exposition_id=suite.pk,
        version=1,
        type=ligne.type,
        date_debut=D(2026, 8, 1),
        date_fin=JOUR,
    )
    with pytest.raises(VersionPerimee):
        update_exposition(
            acteur=rh,
            exposition_id=suite.pk,
            version=1,
            type=ligne.type,
            date_debut=D(2026, 8, 1),
            date_fin=None,
        )


def test_exposures_are_read_and_entered_on_the_post(client_de):
    client, poste, risque = client_de("rh"), PosteFactory(), TypeExpositionFactory(libelle="Amiante")
    page = reverse("agents:poste_corriger", args=[poste.pk])
    adresse = reverse("agents:exposition_ajouter", args=[poste.pk])
    assert adresse in client.get(page).content.decode()
    saisie = {"type": risque.pk, "date_debut": "01/02/2026"}
    assert client.post(adresse, saisie).url == page
    texte = client.get(page).content.decode()
    assert "Amiante" in texte and "Suivi renforcé, depuis le 01/02/2026" in texte
    ligne = ExpositionPoste.objects.get()
    corriger = reverse("agents:exposition_corriger", args=[poste.pk, ligne.pk])
    client.post(corriger, saisie | {"date_fin": "01/11/2026", "version": 1})
    ligne.refresh_from_db()
    assert ligne.date_fin == D(2026, 11, 1)
    assert LigneJournal.objects.filter(acte="agents.update_exposition").count() == 1
    historique = client.get(reverse("agents:poste_historique", args=[poste.pk])).content.decode()
    assert "Amiante" in historique


def test_an_exposure_is_not_reached_through_another_post(client_de):
    ligne = ExpositionFactory()
    adresse = reverse("agents:exposition_corriger", args=[PosteFactory().pk, ligne.pk])
    assert client_de("rh").get(adresse).status_code == 404


def test_exposure_taken_away_asks_for_nothing_and_may_be_put_back():
    rh, ligne = compte("rh"), ExpositionFactory()
    with pytest.raises(VersionPerimee):
        delete_exposition(acteur=rh, exposition_id=ligne.pk, version=9)
    retrait = delete_exposition(acteur=rh, exposition_id=ligne.pk, version=1)
    assert not ExpositionPoste.objects.exists()
    put_back(acteur=rh, retrait_id=retrait.pk, maintenant=timezone.now())
    assert ExpositionPoste.objects.get() == ligne
    retrait = delete_exposition(acteur=rh, exposition_id=ligne.pk, version=1)
    add_exposition(acteur=rh, poste_id=ligne.poste_id, type=ligne.type, date_debut=ligne.date_debut)
    with pytest.raises(RetablissementRefuse, match="déjà"):
        put_back(acteur=rh, retrait_id=retrait.pk, maintenant=timezone.now())
