"""What is taken away comes back the same, byte for byte; what others count on is not taken away."""

import datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from agents.models import Absence
from commissions.models import Seance
from nouvea_sst.comptes.corbeille import GARDE
from nouvea_sst.comptes.models import LigneJournal, Retrait
from nouvea_sst.comptes.tasks import clear_expired
from tests.agents.factories import AbsenceFactory
from tests.commissions.factories import titles
from tests.fabriques import compte, log_in
from tests.signalements.factories import AccidentFactory
from tests.surete.formulaires import open_form, pick_form
from tests.surete.retraits import RETRAITS

pytestmark = pytest.mark.django_db


def take_away(nom):
    """Take a record away on screen; return it, the client, what it was, and the page that follows."""
    essai = RETRAITS[nom]()
    client = log_in(compte(essai.role))
    avant = essai.bytes()
    formulaire = open_form(client, essai.page, nom, essai.adresse)
    reponse = client.post(formulaire.adresse, formulaire.filled(), follow=True)
    assert essai.bytes() == ""
    return essai, client, avant, reponse


@pytest.mark.parametrize("nom", RETRAITS)
def test_button_of_the_message_puts_it_back_byte_for_byte(nom):
    essai, client, avant, reponse = take_away(nom)
    retour = pick_form(reponse.content.decode(), essai.page, "comptes:retablir")
    for _ in range(2):
        reponse = client.post(retour.adresse, retour.filled(), follow=True)
        assert "L’élément « " in reponse.content.decode() and "est rétabli" in reponse.content.decode()
        assert essai.bytes() == avant
    actes = ["agents.restore_absence", "commissions.restore_point", "imports.restore_value"]
    actes += ["agents.restore_position", "agents.restore_exposition"]
    retablis = LigneJournal.objects.filter(acte__in=actes)
    assert retablis.count() == (nom != "signalements:retirer_agent")


@pytest.mark.parametrize("nom", RETRAITS)
def test_trash_shows_it_and_puts_it_back(nom):
    essai, client, avant, _reponse = take_away(nom)
    retrait = Retrait.objects.get()
    page = client.get(reverse("comptes:corbeille")).content.decode()
    assert str(retrait) in page
    formulaire = open_form(client, reverse("comptes:retablir", args=[retrait.pk]), "comptes:retablir")
    client.post(formulaire.adresse, formulaire.filled())
    assert essai.bytes() == avant
    assert client.get(reverse("comptes:corbeille")).context["total"] == 0
    assert LigneJournal.objects.filter(acte="comptes.corbeille").count() == 2


@pytest.mark.parametrize("nom", RETRAITS)
def test_only_who_may_take_away_sees_it_and_puts_it_back(nom):
    essai, _client, _avant, _reponse = take_away(nom)
    adresse = reverse("comptes:retablir", args=[Retrait.objects.get().pk])
    for role in {"agent", "medecin", "auditeur", "administrateur"} - {essai.role.value}:
        autre = log_in(compte(role))
        assert autre.post(adresse).status_code == 404
        assert autre.get(adresse).status_code == 404
        assert str(Retrait.objects.get()) not in autre.get(reverse("comptes:corbeille")).content.decode()
    assert essai.bytes() == ""


def test_nobody_puts_back_his_own_absence(client_de):
    absence = AbsenceFactory()
    client = log_in(compte("rh"))
    page = reverse("agents:absence_supprimer", args=[absence.agent_id, absence.pk])
    formulaire = open_form(client, page, "agents:absence_supprimer")
    client.post(formulaire.adresse, formulaire.filled())
    lui = client_de("coordinateur")
    type(absence.agent).objects.filter(pk=absence.agent_id).update(compte=lui.compte)
    adresse = reverse("comptes:retablir", args=[Retrait.objects.get().pk])
    assert lui.post(adresse).status_code == 404
    assert lui.get(adresse).status_code == 404
    assert lui.get(reverse("comptes:corbeille")).context["total"] == 0
    assert not Absence.objects.exists()


def test_absence_does_not_come_back_over_another_of_the_same_days():
    essai, client, _avant, reponse = take_away("agents:absence_supprimer")
    AbsenceFactory(agent=essai.objet.agent)
    retour = pick_form(reponse.content.decode(), essai.page, "comptes:retablir")
    reponse = client.post(retour.adresse, retour.filled(), follow=True)
    assert "L’agent est maintenant absent du 20/11/2026 au 27/11/2026" in reponse.content.decode()
    assert Absence.objects.count() == 1


def test_point_comes_back_at_its_rank_unless_the_session_is_over():
    essai, client, _avant, reponse = take_away("commissions:retirer_point")
    seance = Seance.objects.get()
    assert titles(seance) == ["A", "C"]
    retour = pick_form(reponse.content.decode(), essai.page, "comptes:retablir")
    Seance.objects.update(etat="tenue")
    reponse = client.post(retour.adresse, retour.filled(), follow=True)
    assert "n’est pas rétabli" in reponse.content.decode()
    Seance.objects.update(etat="preparee")
    client.post(retour.adresse, retour.filled())
    assert titles(seance) == ["A", "B", "C"]


def test_what_others_count_on_is_not_taken_away(client_de):
    absence = AbsenceFactory()
    accident = AccidentFactory(agent=absence.agent)
    accident.absences.add(absence)
    client = client_de("rh")
    page = reverse("agents:absence_supprimer", args=[absence.agent_id, absence.pk])
    formulaire = open_form(client, page, "agents:absence_supprimer")
    reponse = client.post(formulaire.adresse, formulaire.filled())
    assert reponse.status_code == 200
    assert "Rien n’est retiré : 1 accident en dépend" in reponse.content.decode().replace("\u202f", " ")
    assert Absence.objects.exists()
    assert not Retrait.objects.exists()


def test_after_thirty_days_it_is_gone_for_good():
    essai, client, _avant, reponse = take_away("agents:absence_supprimer")
    retour = pick_form(reponse.content.decode(), essai.page, "comptes:retablir")
    Retrait.objects.update(retire_le=timezone.now() - GARDE - datetime.timedelta(hours=1))
    reponse = client.post(retour.adresse, retour.filled(), follow=True)
    assert "Les trente jours sont passés" in reponse.content.decode()
    clear_expired()
    assert not Retrait.objects.exists()
    assert client.post(retour.adresse).status_code == 404


def test_every_model_that_is_taken_away_names_what_puts_it_back():
    assert all(callable(import_string(chemin)) for chemin in settings.RETABLISSEMENTS.values())
    assert {essai().objet._meta.label_lower for essai in RETRAITS.values()} == set(settings.RETABLISSEMENTS)
