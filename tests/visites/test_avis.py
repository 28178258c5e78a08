"""Signing a conclusion closes the visit, opens its restrictions and sets the due date."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, PosteFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, TypeRestrictionFactory, VisiteFactory
from visites.actions import record_avis
from visites.models import Restriction, Suivi, Visite
from visites.rules.avis import Avis, Mesure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
D = datetime.date


def sign(visite, avis, **champs):
    arguments = {"acteur": visite.professionnel, "jour": JOUR, "visite": visite, "version": visite.version}
    return record_avis(avis=avis, **arguments | champs)


def test_signed_conclusion_closes_the_visit_and_refreshes_the_due_date():
    visite = VisiteFactory(agent=AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="renforce")))
    mesure = Mesure(TypeRestrictionFactory().pk, "10 kg", JOUR, D(2027, 5, 24))
    avant = LigneJournal.objects.count()
    sign(visite, Avis("amenagement", 12, None, " Éviter les vitres. ", [mesure]))
    visite.refresh_from_db()
    assert (visite.etat, visite.conclusion, visite.validite_mois) == ("realisee", "amenagement", 12)
    assert visite.prochaine_visite == D(2027, 11, 24) and visite.signee_le is not None
    assert (visite.nom_professionnel, visite.message_employeur) == ("Anne Le Goff", "Éviter les vitres.")
    restriction = Restriction.objects.get()
    assert (restriction.agent, restriction.date_fin) == (visite.agent, D(2027, 5, 24))
    suivi = Suivi.objects.get()
    assert (suivi.regle, suivi.echeance) == ("professionnel", D(2027, 11, 24))
    assert LigneJournal.objects.count() == avant + 1
    assert visite.certificat is None


def test_without_choice_the_rule_gives_the_next_visit():
    visite = VisiteFactory(agent=AgentFactory(statut="C", poste=PosteFactory(categorie_suivi="adapte")))
    sign(visite, Avis("apte"))
    visite.refresh_from_db()
    assert (visite.validite_mois, visite.prochaine_visite) == (36, D(2029, 11, 24))
    assert Suivi.objects.get().regle == "periodique"


@pytest.mark.parametrize("conclusion", ["inapte_temporaire", "differe"])
def test_temporary_conclusion_needs_a_day_closer_than_the_rule(conclusion):
    visite = VisiteFactory()
    with pytest.raises(ValidationError, match="plus proche"):
        sign(visite, Avis(conclusion, 24))
    with pytest.raises(ValidationError, match="revoir"):
        sign(visite, Avis(conclusion))
    assert sign(visite, Avis(conclusion, None, D(2026, 12, 24)))
    assert Suivi.objects.get().echeance == D(2026, 12, 24)


def test_refused_conclusion_writes_nothing():
    visite = VisiteFactory()
    with pytest.raises(ValidationError):
        sign(visite, Avis("amenagement"))
    visite.refresh_from_db()
    assert (visite.etat, visite.version) == ("placee", 1)
    assert not Suivi.objects.exists()


def test_conclusion_is_signed_once():
    visite = VisiteFactory()
    sign(visite, Avis("apte"))
    with pytest.raises(ValidationError, match="ne change plus"):
        sign(visite, Avis("inapte_poste"))
    assert Visite.objects.get().conclusion == "apte"


def test_page_older_than_the_visit_signs_nothing():
    visite = VisiteFactory()
    Visite.objects.update(version=2)
    with pytest.raises(VersionPerimee):
        sign(visite, Avis("apte"))


def test_visit_of_tomorrow_is_not_signed_today():
    visite = VisiteFactory(date=JOUR + datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="25/11/2026"):
        sign(visite, Avis("apte"))


def test_nurse_signs_an_attestation_and_no_examination():
    infirmier = compte("infirmier")
    visite = VisiteFactory(professionnel=infirmier)
    with pytest.raises(PermissionDenied):
        sign(visite, Avis("apte"))
    vip = VisiteFactory(professionnel=infirmier, nature="vip", heure=datetime.time(10, 0))
    assert sign(vip, Avis("attestation")).conclusion == "attestation"


@pytest.mark.parametrize("role", ["coordinateur", "chef", "rh", "psychologue", "medecin"])
def test_nobody_else_signs(role):
    with pytest.raises(PermissionDenied):
        sign(VisiteFactory(), Avis("apte"), acteur=compte(role))


def test_doctor_never_signs_for_himself():
    medecin = compte("medecin")
    visite = VisiteFactory(professionnel=medecin, agent=AgentFactory(compte=medecin))
    with pytest.raises(ValidationError, match="propre dossier"):
        sign(visite, Avis("apte"))
