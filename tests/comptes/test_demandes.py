"""An administrator asks, the chef de section approves; nobody decides for himself."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.actions import (
    ask_reset,
    ask_role,
    disable_compte,
    enable_compte,
    make_lien,
    refuse_demande,
)
from nouvea_sst.comptes.actions.liens import LienRefuse, read_lien
from nouvea_sst.comptes.enums import EtatCompte, EtatDemande, Role
from nouvea_sst.comptes.models import DemandeCompte, LigneJournal, Utilisateur
from tests.comptes.gestes import approve, invite
from tests.fabriques import compte, log_in

pytestmark = pytest.mark.django_db


def test_invited_account_waits_and_has_no_password():
    nouveau = invite(compte("administrateur"))
    assert nouveau.etat == EtatCompte.A_APPROUVER and not nouveau.has_usable_password()
    assert nouveau.groups.get().name == "medecin"
    approve(*nouveau.demandes.all(), par=compte("chef"))
    nouveau.refresh_from_db()
    assert nouveau.etat == EtatCompte.INVITE


def test_several_are_approved_at_once_on_the_page(client_de):
    administrateur, client = compte("administrateur"), client_de("chef")
    demandes = [invite(administrateur, identifiant=f"90{n}").demandes.get().pk for n in (1001, 1002)]
    reponse = client.post(reverse("comptes:approuver"), {"demande": [*demandes, "x", 10**30]})
    assert reponse.status_code == 302
    assert Utilisateur.objects.in_state(EtatCompte.INVITE).count() == 2
    assert LigneJournal.objects.filter(acte="comptes.demande_approuvee").count() == 2
    deux_fois = client.post(reverse("comptes:approuver"), {"demande": demandes}, follow=True)
    assert "qui attend encore" in deux_fois.content.decode()
    assert LigneJournal.objects.filter(acte="comptes.demande_approuvee").count() == 2


def test_nobody_approves_what_he_asked_or_what_is_about_himself():
    chef, administrateur = compte("chef"), compte("administrateur")
    sienne = DemandeCompte.objects.create(
        compte=compte("rh"), nature="role", role="chef", demandeur=chef, demandee_le=timezone.now()
    )
    sur_lui = ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=chef.pk, role="medecin")
    for demande in (sienne, sur_lui):
        with pytest.raises(PermissionDenied):
            approve(demande, par=chef)
        with pytest.raises(PermissionDenied):
            refuse_demande(acteur=chef, maintenant=timezone.now(), demande_id=demande.pk)
    with pytest.raises(PermissionDenied):
        approve(sur_lui, par=administrateur)
    assert DemandeCompte.objects.waiting().count() == 2


def test_database_refuses_one_person_for_both():
    chef = compte("chef")
    with pytest.raises(IntegrityError), transaction.atomic():
        DemandeCompte.objects.create(
            compte=compte("rh"),
            nature="role",
            role="chef",
            demandeur=chef,
            decideur=chef,
            etat=EtatDemande.APPROUVEE,
            demandee_le=timezone.now(),
            decidee_le=timezone.now(),
        )


def test_role_changes_with_its_group_once_approved_and_rights_follow_at_the_next_request():
    administrateur, chef, cible = compte("administrateur"), compte("chef"), compte("agent")
    client = log_in(cible)
    demande = ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="rh")
    assert client.get(reverse("imports:historique")).status_code == 403
    approve(demande, par=chef)
    cible.refresh_from_db()
    assert (cible.role, cible.groups.get().name) == ("rh", "rh")
    assert client.get(reverse("imports:historique")).status_code == 302, "the session of the old role is over"
    assert log_in(cible).get(reverse("imports:historique")).status_code == 200


def test_link_made_for_a_role_does_not_open_the_next_one():
    administrateur, chef, cible = compte("administrateur"), compte("chef"), compte("agent")
    demande = ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="rh")
    _, jeton = make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    approve(demande, par=chef)
    with pytest.raises(LienRefuse):
        read_lien(signe=jeton, maintenant=timezone.now())


def test_an_old_page_does_not_approve_another_role():
    administrateur, chef = compte("administrateur"), compte("chef")
    nouveau = invite(administrateur, role=Role.AGENT)
    lue = nouveau.demandes.get()
    _, jeton = make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=nouveau.pk)
    ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=nouveau.pk, role="medecin")
    assert approve(lue, par=chef) == []
    nouveau.refresh_from_db()
    assert nouveau.etat == EtatCompte.A_APPROUVER
    with pytest.raises(LienRefuse):
        read_lien(signe=jeton, maintenant=timezone.now())


def test_a_second_question_takes_the_place_of_the_first():
    administrateur, cible = compte("administrateur"), compte("agent")
    for role in ("rh", "encadrant"):
        ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role=role)
    assert [d.role for d in DemandeCompte.objects.waiting()] == ["encadrant"]


def test_role_of_an_account_not_yet_approved_is_corrected_and_still_waits():
    nouveau = invite(compte("administrateur"))
    autre = compte("administrateur")
    ask_role(acteur=autre, maintenant=timezone.now(), compte_id=nouveau.pk, role="rh")
    demande = nouveau.demandes.waiting().get()
    nouveau.refresh_from_db()
    assert (nouveau.role, demande.role, demande.demandeur) == ("rh", "rh", autre)
    assert nouveau.etat == EtatCompte.A_APPROUVER


def test_refused_account_is_closed_and_waits_anew_when_reopened():
    administrateur, chef = compte("administrateur"), compte("chef")
    nouveau = invite(administrateur)
    refuse_demande(acteur=chef, maintenant=timezone.now(), demande_id=nouveau.demandes.get().pk)
    nouveau.refresh_from_db()
    assert nouveau.etat == EtatCompte.DESACTIVE and nouveau.motif_fermeture == "refus"
    enable_compte(acteur=administrateur, maintenant=timezone.now(), compte_id=nouveau.pk)
    assert nouveau.demandes.waiting().count() == 1


@pytest.mark.parametrize("geste", ["role", "desactiver", "reactiver", "creer_lien", "demander_mot_de_passe"])
def test_nobody_acts_on_his_own_account(client_de, geste):
    client = client_de("administrateur")
    avant = Utilisateur.objects.filter(pk=client.compte.pk).values().get()
    reponse = client.post(reverse(f"comptes:{geste}", args=[client.compte.pk]), {"role": "medecin"})
    assert reponse.status_code == 403
    assert Utilisateur.objects.filter(pk=client.compte.pk).values().get() == avant


def test_last_administrator_stays():
    """Nobody closes or demotes himself: here the system tries."""
    seul = compte("administrateur")
    compte("administrateur", password=None)  # invited only: cannot administer yet
    with pytest.raises(ValidationError, match="dernier administrateur"):
        disable_compte(acteur=None, maintenant=timezone.now(), compte_id=seul.pk)
    with pytest.raises(ValidationError, match="dernier administrateur"):
        ask_role(acteur=compte("chef"), maintenant=timezone.now(), compte_id=seul.pk, role="rh")
    autre = compte("administrateur")
    demande = ask_role(acteur=autre, maintenant=timezone.now(), compte_id=seul.pk, role="rh")
    autre_ferme = compte("administrateur")
    disable_compte(acteur=autre_ferme, maintenant=timezone.now(), compte_id=autre.pk)
    disable_compte(acteur=seul, maintenant=timezone.now(), compte_id=autre_ferme.pk)
    with pytest.raises(ValidationError, match="dernier administrateur"):
        approve(demande, par=compte("chef"))
    seul.refresh_from_db()
    assert seul.role == "administrateur" and seul.is_active


@pytest.mark.parametrize("role", ["chef", "coordinateur", "rh", "preventeur", "auditeur", "administrateur"])
def test_new_password_of_who_reads_many_needs_a_second_person(role):
    administrateur, cible = compte("administrateur"), compte(role)
    with pytest.raises(ValidationError, match="approuver"):
        make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    demande = ask_reset(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    approve(demande, par=compte("chef"))
    make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    with pytest.raises(ValidationError, match="approuver"):  # one approval, one link
        make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)


def test_list_searches_without_accents(client_de):
    compte("rh", last_name="Né-Goèp", first_name="Éloïse")
    page = client_de("administrateur").get(reverse("comptes:liste"), {"q": "neg eloi"}).content.decode()
    assert "Aucun compte" in page
    page = client_de("administrateur").get(reverse("comptes:liste"), {"q": "ne goep eloi"}).content.decode()
    assert "NÉ-GOÈP Éloïse" in page


def test_history_of_an_account_tells_role_and_state(client_de):
    client, cible = client_de("administrateur"), compte("rh")
    chef = client_de("chef")
    client.post(reverse("comptes:role", args=[cible.pk]), {"role": "preventeur", "version": cible.version})
    chef.post(reverse("comptes:approuver"), {"demande": cible.demandes.get().pk})
    client.post(reverse("comptes:desactiver", args=[cible.pk]))
    page = client_de("auditeur").get(reverse("comptes:historique", args=[cible.pk]))
    lus = {(c.libelle, c.avant, c.apres) for e in page.context["etapes"] for c in e.changements}
    assert ("rôle", Role("rh").label, Role("preventeur").label) in lus
    assert any(libelle.startswith("motif de la d") for libelle, _, _ in lus)
    assert {str(client.compte), str(chef.compte)} <= {e.qui for e in page.context["etapes"]}
    assert "password" not in page.content.decode()
