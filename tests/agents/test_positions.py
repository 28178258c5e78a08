"""Administrative positions typed by hand: entered, corrected, taken away and back, one at a time."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agents.actions import create_position, delete_position, restore_position, update_position
from agents.models import PositionAdministrative
from nouvea_sst.comptes.corbeille import RetablissementRefuse, put_back
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal, Retrait
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, PositionFactory, TypePositionFactory
from tests.fabriques import compte, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour")]


def day(annee, mois, numero):
    return datetime.date(annee, mois, numero)


@pytest.fixture
def agent():
    return AgentFactory(nom="Kaloi", prenom="Eva")


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.CHEF, Role.RH])
def test_a_position_is_typed_corrected_taken_away_and_back(agent, role):
    client, genre = log_in(compte(role)), TypePositionFactory(code="35", libelle="Disponibilité")
    onglet = reverse("agents:carriere", args=[agent.pk])
    ajouter = reverse("agents:position_ajouter", args=[agent.pk])
    assert ajouter in client.get(onglet).content.decode()
    reponse = client.post(ajouter, {"type": genre.pk, "date_debut": "2025-01-01", "date_fin": ""})
    assert reponse.status_code == 302 and reponse.url == onglet
    ligne = PositionAdministrative.objects.get()
    assert (ligne.agent, ligne.type, ligne.date_debut, ligne.date_fin) == (
        agent,
        genre,
        day(2025, 1, 1),
        None,
    )
    corriger = reverse("agents:position_corriger", args=[agent.pk, ligne.pk])
    assert corriger in client.get(onglet).content.decode()
    saisie = {"type": genre.pk, "date_debut": "2025-01-01", "date_fin": "2025-06-30", "version": 1}
    assert client.post(corriger, saisie).status_code == 302
    ligne.refresh_from_db()
    assert (ligne.date_fin, ligne.version) == (day(2025, 6, 30), 2)
    # Somebody who read it before is told what stands there now.
    texte = client.post(corriger, saisie | {"date_fin": "2025-07-31"}).content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte
    supprimer = reverse("agents:position_supprimer", args=[agent.pk, ligne.pk])
    assert "30/06/2025" in client.get(supprimer).content.decode()
    page = client.post(supprimer, {"version": 2}, follow=True).content.decode()
    assert "La position est supprimée." in page and "Rétablir la position" in page
    assert not PositionAdministrative.objects.exists()
    client.post(reverse("comptes:retablir", args=[Retrait.objects.get().pk]), {})
    assert PositionAdministrative.objects.get().date_fin == day(2025, 6, 30)
    actes = LigneJournal.objects.filter(agent_cle=str(agent.pk), acte__endswith="_position")
    assert sorted(actes.values_list("acte", flat=True)) == [
        f"agents.{verbe}_position" for verbe in ("create", "delete", "restore", "update")
    ]
    assert not any("Disponibilité" in str(ligne) for ligne in actes.values_list("objet_libelle", "champs"))


@pytest.mark.parametrize(
    ("debut", "fin", "phrase"),
    [
        ("2025-03-31", "2025-05-01", "L’agent a déjà une position du 01/01/2025 au 31/03/2025"),
        ("2024-01-01", "", "L’agent a déjà une position du 01/01/2025 au 31/03/2025"),
        ("2027-01-01", "", "L’agent a déjà une position depuis le 01/01/2026"),
        ("2025-06-01", "2025-05-01", "La fin précède le début."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(client_de, agent, debut, fin, phrase):
    genre = TypePositionFactory()
    PositionFactory(agent=agent, type=genre, date_debut=day(2025, 1, 1), date_fin=day(2025, 3, 31))
    PositionFactory(agent=agent, type=genre, date_debut=day(2026, 1, 1))
    adresse = reverse("agents:position_ajouter", args=[agent.pk])
    saisie = {"type": genre.pk, "date_debut": debut, "date_fin": fin}
    reponse = client_de("rh").post(adresse, saisie)
    assert reponse.status_code == 200 and phrase in reponse.content.decode()
    assert agent.positions.count() == 2
    # Between the two, and of somebody else, there is room.
    client_de("rh").post(adresse, saisie | {"date_debut": "2025-04-01", "date_fin": "2025-12-31"})
    assert agent.positions.count() == 3


def test_nobody_types_in_his_own_file(client_de):
    client = client_de("rh")
    sien = AgentFactory(compte=client.compte)
    ligne = PositionFactory(agent=sien, date_debut=day(2025, 1, 1))
    for nom, cles in (
        ("position_ajouter", [sien.pk]),
        ("position_corriger", [sien.pk, ligne.pk]),
        ("position_supprimer", [sien.pk, ligne.pk]),
    ):
        assert client.get(reverse(f"agents:{nom}", args=cles)).status_code == 403
    assert "positions/" not in client.get(reverse("agents:carriere", args=[sien.pk])).content.decode()
    champs = {"type": ligne.type, "date_debut": day(2020, 1, 1), "date_fin": None}
    for acte in (
        lambda: create_position(acteur=client.compte, agent_id=sien.pk, **champs),
        lambda: update_position(acteur=client.compte, position_id=ligne.pk, version=1, **champs),
        lambda: delete_position(acteur=client.compte, position_id=ligne.pk, version=1),
        lambda: restore_position(acteur=client.compte, objet=ligne),
    ):
        with pytest.raises(PermissionDenied):
            acte()


def test_a_position_is_not_put_back_on_days_that_another_took(agent):
    genre, rh = TypePositionFactory(), compte(Role.RH)
    ligne = create_position(acteur=rh, agent_id=agent.pk, type=genre, date_debut=day(2025, 1, 1))
    with pytest.raises(VersionPerimee):
        delete_position(acteur=rh, position_id=ligne.pk, version=9)
    retrait = delete_position(acteur=rh, position_id=ligne.pk, version=1)
    autre = create_position(acteur=rh, agent_id=agent.pk, type=genre, date_debut=day(2025, 6, 1))
    with pytest.raises(RetablissementRefuse, match="a maintenant une autre position depuis le 01/06/2025"):
        put_back(acteur=rh, retrait_id=retrait.pk, maintenant=datetime.datetime.now(datetime.UTC))
    assert list(agent.positions.all()) == [autre]


def test_the_position_of_another_agent_is_unknown_here(client_de, agent):
    ligne = PositionFactory(agent=AgentFactory(), date_debut=day(2025, 1, 1))
    for nom in ("position_corriger", "position_supprimer"):
        assert client_de("rh").get(reverse(f"agents:{nom}", args=[agent.pk, ligne.pk])).status_code == 404
