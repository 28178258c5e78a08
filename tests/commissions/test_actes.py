"""Acts on sessions and their agenda."""

import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError

from commissions import actions
from commissions.enums import EtatSeance
from commissions.models import Seance
from commissions.rules.ordre import moved
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.transitions import TransitionRefusee
from nouvea_sst.lib.versions import VersionPerimee
from tests.commissions.factories import JOUR, SeanceFactory, agenda, titles
from tests.fabriques import compte

FAITS = {
    "numero": 4,
    "date": datetime.date(2026, 12, 8),
    "heure": datetime.time(8, 30),
    "lieu": "Salle du conseil",
}


@pytest.mark.parametrize(
    "point, rang, ordre",
    [
        (1, 1, [1, 2, 3]),
        (1, 2, [2, 1, 3]),
        (1, 3, [2, 3, 1]),
        (1, 9, [2, 3, 1]),
        (3, 1, [3, 1, 2]),
        (3, 0, [3, 1, 2]),
        (2, 2, [1, 2, 3]),
    ],
)
def test_a_point_is_moved_to_a_rank_and_twice_is_once(point, rang, ordre):
    assert moved([1, 2, 3], point, rang) == ordre
    assert moved(ordre, point, rang) == ordre


def test_a_point_of_another_agenda_is_not_moved():
    with pytest.raises(ValueError, match="pas à l’ordre du jour"):
        moved([1, 2], 3, 1)


@pytest.mark.django_db
def test_same_session_sent_twice_is_made_once_and_a_number_serves_once():
    acteur = compte("chef")
    deux = [actions.create_seance(acteur=acteur, jour=JOUR, faits=FAITS) for _ in range(2)]
    assert deux[0] == deux[1]
    with pytest.raises(ValidationError, match="existe déjà"):
        actions.create_seance(acteur=acteur, jour=JOUR, faits=FAITS | {"lieu": "Ailleurs"})
    assert Seance.objects.count() == LigneJournal.objects.count() == 1


@pytest.mark.django_db
def test_correction_checks_version_and_state():
    seance, acteur = SeanceFactory.create(), compte("chef")
    actions.update_seance(acteur=acteur, pk=seance.pk, version=1, faits={"lieu": "Ailleurs"})
    with pytest.raises(VersionPerimee):
        actions.update_seance(acteur=acteur, pk=seance.pk, version=1, faits={"lieu": "Ici"})
    with pytest.raises(VersionPerimee):
        actions.cancel_seance(acteur=acteur, pk=seance.pk, version=1, jour=JOUR)
    actions.cancel_seance(acteur=acteur, pk=seance.pk, version=2, jour=JOUR)
    with pytest.raises(TransitionRefusee, match="annulée"):
        actions.update_seance(acteur=acteur, pk=seance.pk, version=3, faits={"lieu": "Ici"})


@pytest.mark.django_db
@pytest.mark.parametrize("ecart, tenue", [(-1, False), (0, True), (1, True)])
def test_a_session_is_held_from_its_day_on(ecart, tenue):
    seance, acteur = SeanceFactory.create(), compte("chef")
    jour = seance.date + datetime.timedelta(days=ecart)
    if not tenue:
        with pytest.raises(TransitionRefusee, match="pas encore tenue"):
            actions.hold_seance(acteur=acteur, pk=seance.pk, version=seance.version, jour=jour)
        return
    tenue = actions.hold_seance(acteur=acteur, pk=seance.pk, version=seance.version, jour=jour)
    assert tenue.etat == EtatSeance.TENUE
    with pytest.raises(TransitionRefusee, match="définitif"):
        actions.cancel_seance(acteur=acteur, pk=seance.pk, version=seance.version, jour=jour)


@pytest.mark.django_db
def test_points_are_added_once_moved_and_removed_without_gap():
    seance, acteur, jeton = agenda("A", "B", "C"), compte("chef"), uuid.uuid4()
    suite = {"acteur": acteur, "pk": seance.pk}
    for _ in range(2):
        actions.add_point(jeton=jeton, faits={"intitule": "D", "nature": "avis", "rapporteur": ""}, **suite)
    assert titles(seance) == ["A", "B", "C", "D"]
    dernier = seance.points.get(intitule="D").pk
    assert actions.move_point(point=dernier, depuis=4, rang=1, **suite)
    assert not actions.move_point(point=dernier, depuis=4, rang=1, **suite)
    with pytest.raises(VersionPerimee):
        actions.move_point(point=dernier, depuis=4, rang=3, **suite)
    assert titles(seance) == ["D", "A", "B", "C"]
    milieu = seance.points.get(intitule="A").pk
    assert actions.remove_point(point=milieu, version=1, **suite)
    assert actions.remove_point(point=milieu, version=1, **suite) is None
    assert titles(seance) == ["D", "B", "C"]
    assert LigneJournal.objects.count() == 3


@pytest.mark.django_db
def test_a_point_is_worded_otherwise_by_one_editor_at_a_time():
    seance, acteur = agenda("A"), compte("chef")
    point = seance.points.get().pk
    suite = {"acteur": acteur, "pk": seance.pk, "point": point, "version": 1}
    actions.update_point(faits={"intitule": "Approbation"}, **suite)
    with pytest.raises(VersionPerimee):
        actions.update_point(faits={"intitule": "Autre"}, **suite)
    assert titles(seance) == ["Approbation"]


@pytest.mark.django_db
@pytest.mark.parametrize("etat", [EtatSeance.TENUE, EtatSeance.ANNULEE])
def test_agenda_of_a_finished_session_does_not_change(etat):
    seance, acteur = agenda("A", "B"), compte("chef")
    Seance.objects.filter(pk=seance.pk).update(etat=etat)
    point = seance.points.get(ordre=2).pk
    suite = {"acteur": acteur, "pk": seance.pk}
    for act in (
        lambda: actions.add_point(jeton=uuid.uuid4(), faits={"intitule": "C"}, **suite),
        lambda: actions.move_point(point=point, depuis=2, rang=1, **suite),
        lambda: actions.remove_point(point=point, version=1, **suite),
        lambda: actions.update_point(point=point, version=1, faits={"intitule": "C"}, **suite),
    ):
        with pytest.raises(TransitionRefusee, match="ne change plus"):
            act()
    assert titles(seance) == ["A", "B"]
