"""A value is added from a day on, never edited once it has begun; what is sent twice is written once."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from nouvea_sst.referentiel.actions import add_valeur, correct_valeur, withdraw_valeur
from nouvea_sst.referentiel.actions.valeurs import try_act
from nouvea_sst.referentiel.models import Parametre, Texte
from nouvea_sst.referentiel.rules.valeurs import read_valeur, write_valeur
from tests.fabriques import compte
from tests.referentiel.factories import JOUR, valeur

pytestmark = pytest.mark.django_db
D = datetime.date
CODE = "agents.absence_longue"


def add(acteur=None, **champs):
    faits = {
        "code": CODE,
        "version": 1,
        "valeur": Decimal(45),
        "date_effet": D(2027, 1, 1),
        "source": "Décision de la section",
        "fiabilite": "usage",
    } | champs
    return add_valeur(acteur=acteur or compte("chef"), jour=JOUR, **faits)


def faults(**champs):
    with pytest.raises(ValidationError) as refus:
        add(**champs)
    return set(refus.value.message_dict)


def test_new_value_leaves_the_old_one_as_it_was():
    ancienne = valeur(CODE)
    nouvelle = add()
    ancienne.refresh_from_db()
    assert (ancienne.valeur, ancienne.version, nouvelle.libelle, nouvelle.unite) == (
        30,
        1,
        ancienne.libelle,
        "jours",
    )
    assert [p.valeur for p in Parametre.objects.in_force(JOUR)] == [30]
    assert [p.valeur for p in Parametre.objects.in_force(D(2027, 1, 1))] == [45]
    ligne = LigneJournal.objects.get(acte="referentiel.add_valeur")
    assert ligne.objet_libelle == f"{ancienne.libelle} : 45 jours à partir du 01/01/2027"


def test_the_same_value_sent_twice_is_one():
    valeur(CODE)
    chef = compte("chef")
    assert add(chef) == add(chef)
    assert Parametre.objects.count() == 2
    assert LigneJournal.objects.filter(acte="referentiel.add_valeur").count() == 1


def test_of_two_editors_the_second_is_told():
    valeur(CODE)
    add()
    with pytest.raises(VersionPerimee) as perimee:
        add(valeur=Decimal(60), date_effet=D(2027, 2, 1))
    assert perimee.value.objet.valeur == 45
    assert Parametre.objects.count() == 2
    add(valeur=Decimal(60), date_effet=D(2027, 2, 1), version=2)


@pytest.mark.parametrize(
    "champs, fautes",
    [
        ({"valeur": Decimal(0)}, {"valeur"}),
        ({"valeur": Decimal(400)}, {"valeur"}),
        ({"valeur": Decimal("30.5")}, {"valeur"}),
        ({"date_effet": D(2020, 1, 1)}, {"date_effet"}),
        ({"date_effet": D(2019, 1, 1)}, {"date_effet"}),
        ({"date_effet": D(2027, 6, 1)}, {"date_effet"}),
        ({"fiabilite": "texte"}, {"texte"}),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(champs, fautes):
    valeur(CODE)
    valeur(CODE, 50, "2027-06-01")
    assert faults(version=2, **champs) == fautes


def test_law_needs_its_text():
    valeur(CODE)
    texte = Texte.objects.create(reference="Loi", titre="Une loi", nature="loi")
    assert add(fiabilite="texte", texte=texte).texte == texte


def test_a_limit_is_set_by_the_other_parameter():
    valeur("signalements.cotation.faible", 3)
    valeur("signalements.cotation.moyen", 8)
    assert faults(code="signalements.cotation.faible", valeur=Decimal(8)) == {"valeur"}
    assert faults(code="signalements.cotation.moyen", valeur=Decimal(3)) == {"valeur"}
    assert add(code="signalements.cotation.faible", valeur=Decimal(7)).valeur == 7


def test_value_to_come_is_corrected_with_a_reason_and_one_that_began_is_not():
    valeur(CODE)
    future = valeur(CODE, 45, "2027-01-01")
    chef = compte("chef")
    faits = {
        "valeur": Decimal(50),
        "date_effet": D(2027, 1, 1),
        "source": "Usage",
        "fiabilite": "usage",
    }
    corrigee = correct_valeur(
        acteur=chef, jour=JOUR, pk=future.pk, version=1, raison="Faute de frappe", **faits
    )
    assert (corrigee.valeur, corrigee.version) == (50, 2)
    assert corrigee.corrigee_parce_que == "Faute de frappe"
    assert LigneJournal.objects.latest("pk").objet_libelle.endswith("45 jours → 50 jours")
    with pytest.raises(VersionPerimee):
        correct_valeur(acteur=chef, jour=JOUR, pk=future.pk, version=1, raison="Encore", **faits)
    with pytest.raises(ValidationError, match="a commencé"):
        correct_valeur(acteur=chef, jour=D(2027, 1, 1), pk=future.pk, version=2, raison="Trop tard", **faits)


def test_withdrawn_value_stays_without_effect():
    valeur(CODE)
    future = valeur(CODE, 45, "2027-01-01")
    chef = compte("chef")
    withdraw_valeur(acteur=chef, jour=JOUR, pk=future.pk, version=1, raison="Décision annulée")
    assert [p.valeur for p in Parametre.objects.in_force(D(2027, 6, 1))] == [30]
    assert Parametre.objects.get(pk=future.pk).retiree_parce_que == "Décision annulée"
    assert "Décision" not in LigneJournal.objects.latest("pk").objet_libelle
    with pytest.raises(ValidationError):
        withdraw_valeur(acteur=chef, jour=JOUR, pk=future.pk, version=2, raison="Encore")
    assert add(version=3).date_effet == D(2027, 1, 1)


def test_a_trial_raises_what_the_act_raises_and_writes_nothing():
    valeur(CODE)
    chef = compte("chef")
    faits = {"code": CODE, "version": 1, "date_effet": D(2027, 1, 1), "source": "s", "fiabilite": "usage"}
    try_act(acte=add_valeur)(acteur=chef, jour=JOUR, valeur=Decimal(45), **faits)
    assert Parametre.objects.count() == 1
    assert not LigneJournal.objects.filter(acte="referentiel.add_valeur").exists()
    with pytest.raises(ValidationError):
        try_act(acte=add_valeur)(acteur=chef, jour=JOUR, valeur=Decimal(0), **faits)


@pytest.mark.parametrize(
    "role, code, permis",
    [
        ("chef", CODE, True),
        ("medecin", CODE, False),
        ("administrateur", CODE, False),
        ("medecin", "visites.bientot", True),
        ("preventeur", "visites.bientot", False),
        ("preventeur", "signalements.bientot", True),
        ("medecin", "signalements.bientot", False),
        ("administrateur", "imports.taille_max", True),
        ("chef", "imports.taille_max", False),
        ("auditeur", CODE, False),
        ("coordinateur", CODE, False),
    ],
)
def test_each_domain_has_its_writers(role, code, permis):
    valeur(code, 20)
    if permis:
        assert add(compte(role), code=code, valeur=Decimal(25)).valeur == 25
    else:
        with pytest.raises(PermissionDenied):
            add(compte(role), code=code, valeur=Decimal(25))


@pytest.mark.parametrize(
    "texte, unite, nombre, ecrit",
    [
        ("24", "mois", 24, "24 mois"),
        ("1", "jours", 1, "1 jour"),
        ("13,5", "%", Decimal("13.5"), "13,5 %"),
        ("7:30", "heure du jour", Decimal("7.5"), "7:30"),
        ("7h", "heure du jour", 7, "7:00"),
    ],
)
def test_value_is_read_and_written_as_its_unit_asks(texte, unite, nombre, ecrit):
    assert read_valeur(texte, unite) == nombre
    assert write_valeur(Decimal(nombre), unite) == ecrit


@pytest.mark.parametrize(
    "texte, unite", [("", "mois"), ("deux", "mois"), ("-3", "mois"), ("7:75", "heure du jour")]
)
def test_what_is_no_number_is_refused(texte, unite):
    with pytest.raises(ValueError):
        read_valeur(texte, unite)
