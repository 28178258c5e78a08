"""An account closed, then asked for anew: what is approved is what is read, and no door stays behind it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import (
    apply_due,
    ask_reset,
    ask_role,
    refuse_demande,
)
from nouvea_sst.comptes.enums import EtatCompte, EtatDemande, NatureDemande
from nouvea_sst.comptes.models import DemandeCompte, Utilisateur
from tests.comptes.gestes import JOUR, approve, close, correct, invite, reopen
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


def waiting(cible):
    return {d.nature: d for d in cible.demandes.waiting()}


def test_two_openings_never_wait_together(administrateur):
    """Closed and asked for twice: the chef has one request to read, the last one."""
    cible = compte("coordinateur", email="avant@exemple.nc")
    for _ in range(3):
        close(cible, administrateur)
        reopen(cible, administrateur)
    assert [d.nature for d in cible.demandes.unfinished()] == ["reouverture"]
    ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="medecin")
    correct(cible, administrateur, email="pirate@exemple.nc")
    approve(waiting(cible)["reouverture"])
    cible.refresh_from_db()
    assert (cible.role, cible.email) == ("coordinateur", "avant@exemple.nc"), "what the chef has read"


def test_closing_an_account_ends_what_was_asked_for_it(administrateur):
    cible = compte("medecin")
    approve(ask_reset(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk))
    ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="agent")
    close(cible, administrateur)
    assert set(cible.demandes.values_list("etat", flat=True)) == {EtatDemande.ANNULEE}


@pytest.mark.parametrize("champs", [{"role": "medecin"}, {"email": "pirate@exemple.nc"}])
def test_an_opening_is_approved_as_it_was_read_or_not_at_all(administrateur, champs):
    cible = invite(administrateur, role="coordinateur", email="avant@exemple.nc")
    Utilisateur.objects.filter(pk=cible.pk).update(**champs)
    with pytest.raises(ValidationError, match="a changé"):
        approve(cible.demandes.get())
    cible.refresh_from_db()
    assert cible.etat == EtatCompte.A_APPROUVER


@pytest.mark.parametrize("detour", ["une fois", "deux fois", "refusée"])
def test_a_closed_doctor_s_account_is_not_taken_over_by_reopening_it(administrateur, detour):
    """Closed, asked for, given another role and address: each waits, and the day to refuse is left."""
    cible = compte("medecin", email="soin@exemple.nc")
    close(cible, administrateur)
    reopen(cible, administrateur)
    if detour == "deux fois":
        close(cible, administrateur)
        reopen(cible, administrateur)
    elif detour == "refusée":
        refuse_demande(
            acteur=compte("chef"),
            maintenant=timezone.now(),
            demande_id=waiting(cible)["reouverture"].pk,
        )
        reopen(cible, administrateur)
    ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="coordinateur")
    assert correct(cible, administrateur, email="pirate@exemple.nc") == []
    cible.refresh_from_db()
    assert (cible.role, cible.email) == ("medecin", "soin@exemple.nc")
    attente = waiting(cible)
    assert set(attente) == {"reouverture", "role", "adresse"}
    with pytest.raises(ValidationError, match="n’est pas ouvert"):
        approve(attente["role"])
    approve(*attente.values())
    cible.refresh_from_db()
    assert (cible.etat, cible.role, cible.email) == (EtatCompte.OUVERT, "medecin", "soin@exemple.nc")
    assert {d.nature for d in DemandeCompte.objects.may_be_opposed_by(cible)} == {"role", "adresse"}
    assert apply_due(acteur=None, maintenant=timezone.now() + JOUR) == 2


def test_a_new_account_is_corrected_at_once_and_its_request_says_so(administrateur):
    cible = invite(administrateur, role="rh", email="avant@exemple.nc")
    correct(cible, administrateur, email="apres@exemple.nc")
    ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="chef")
    demande = cible.demandes.waiting().get()
    assert (demande.nature, demande.role, demande.precision) == (
        NatureDemande.CREATION,
        "chef",
        "apres@exemple.nc",
    )
    approve(demande)
    cible.refresh_from_db()
    assert cible.etat == EtatCompte.INVITE


def test_the_chef_takes_back_what_is_approved_and_not_in_effect(client_de, administrateur):
    cible, client = compte("medecin"), client_de("chef")
    demande = ask_reset(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    approve(demande)
    adresse = reverse("comptes:refuser", args=[demande.pk])
    assert adresse in client.get(reverse("comptes:demandes")).content.decode()
    client.post(adresse)
    demande.refresh_from_db()
    assert (demande.etat, demande.decideur) == (EtatDemande.REFUSEE, client.compte)
    assert adresse not in client.get(reverse("comptes:demandes")).content.decode()
    assert apply_due(acteur=None, maintenant=timezone.now() + JOUR) == 0


@pytest.mark.parametrize("approuve, dit", [(None, False), (timezone.now(), True)])
def test_nobody_is_said_to_be_told_of_an_account_that_never_opened(client_de, approuve, dit):
    ferme = {"is_active": False, "ferme_le": timezone.now(), "motif_fermeture": "refus"}
    cible = compte("rh", approuve_le=approuve, **ferme)
    page = client_de("administrateur").post(reverse("comptes:reactiver", args=[cible.pk]), follow=True)
    assert "attend l’accord" in page.content.decode()
    assert ("en est avertie" in page.content.decode()) is dit
