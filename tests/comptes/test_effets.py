"""What is done when its time has come, and under whose name it stands in the journal."""

import pytest
from django.utils import timezone

from agents.actions import ask_agent
from nouvea_sst.comptes.actions import (
    apply_due,
    ask_reset,
    ask_role,
    effets,
    send_avis,
)
from nouvea_sst.comptes.enums import EtatDemande
from nouvea_sst.comptes.models import LienCompte, LigneJournal, Utilisateur
from nouvea_sst.comptes.tasks import apply_demandes
from tests.agents.factories import AgentFactory
from tests.comptes.gestes import JOUR, approve
from tests.fabriques import compte

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role, par", [("rh", "chef"), ("medecin", "systeme")])
def test_a_link_sent_by_an_approval_is_the_act_of_who_approved(settings, role, par):
    settings.COURRIEL, settings.ADRESSE_SITE = True, "https://sst.exemple.nc"
    administrateur, chef, maintenant = compte("administrateur"), compte("chef"), timezone.now()
    cible = compte(role, email="moi@exemple.nc")
    demande = ask_reset(acteur=administrateur, maintenant=maintenant, compte_id=cible.pk)
    approve(demande, quand=maintenant, par=chef)
    apply_due(acteur=None, maintenant=maintenant + JOUR)
    ligne = LigneJournal.objects.get(acte="comptes.make_lien")
    assert ligne.acteur_cle == (chef.username if par == "chef" else par)
    assert f"demandé par {administrateur}" in ligne.objet_libelle
    assert LienCompte.objects.get().cree_par == (chef if par == "chef" else None)


@pytest.mark.parametrize("role, par", [("agent", "chef"), ("infirmier", "systeme")])
def test_a_file_linked_by_an_approval_is_the_act_of_who_approved(role, par):
    administrateur, chef, maintenant = compte("administrateur"), compte("chef"), timezone.now()
    AgentFactory(nom="Kaloi", matricule="4127")
    demande = ask_agent(
        acteur=administrateur,
        maintenant=maintenant,
        compte_id=compte(role).pk,
        matricule="4127",
        nom="Kaloi",
    )
    approve(demande, quand=maintenant, par=chef)
    apply_due(acteur=None, maintenant=maintenant + JOUR)
    ligne = LigneJournal.objects.get(acte="agents.link_agent")
    assert ligne.acteur_cle == (chef.username if par == "chef" else par)
    assert f"demandé par {administrateur}" in ligne.objet_libelle


def test_what_the_worker_does_has_a_request_and_no_author():
    cible, hier = compte("medecin"), timezone.now() - JOUR
    demande = ask_role(acteur=compte("administrateur"), maintenant=hier, compte_id=cible.pk, role="infirmier")
    approve(demande, quand=hier)
    apply_demandes()
    trace = cible.histoire.order_by("pgh_id").last()
    ligne = LigneJournal.objects.get(acte="comptes.apply_demande")
    assert trace.pgh_context["acteur"] == "systeme"
    assert trace.pgh_context["requete"] == ligne.requete != ""


def test_the_worker_carries_out_what_is_due():
    cible, hier = compte("medecin"), timezone.now() - JOUR
    demande = ask_role(acteur=compte("administrateur"), maintenant=hier, compte_id=cible.pk, role="agent")
    approve(demande, quand=hier)
    apply_demandes()
    cible.refresh_from_db()
    assert cible.role == "agent"


def test_what_can_no_longer_be_done_is_cancelled_and_said():
    cible, maintenant = compte("medecin"), timezone.now()
    demande = ask_reset(acteur=compte("administrateur"), maintenant=maintenant, compte_id=cible.pk)
    approve(demande, quand=maintenant)
    Utilisateur.objects.filter(pk=cible.pk).update(
        is_active=False, ferme_le=maintenant, motif_fermeture="decision"
    )
    assert apply_due(acteur=None, maintenant=maintenant + JOUR) == 0
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.ANNULEE
    assert "Annulée" in LigneJournal.objects.get(acte="comptes.apply_demande").objet_libelle


def test_one_that_fails_does_not_hold_up_the_next(monkeypatch):
    administrateur, maintenant = compte("administrateur"), timezone.now()
    cibles = [compte("medecin"), compte("medecin")]
    demandes = [
        ask_role(acteur=administrateur, maintenant=maintenant, compte_id=cible.pk, role="infirmier")
        for cible in cibles
    ]
    approve(*demandes, quand=maintenant)
    faire = effets.carry_out

    def fail_first(**quoi):
        if quoi["compte"] == cibles[0]:
            raise RuntimeError
        faire(**quoi)

    monkeypatch.setattr(effets, "carry_out", fail_first)
    assert apply_due(acteur=None, maintenant=maintenant + JOUR) == 1
    demandes[0].refresh_from_db()
    assert demandes[0].etat == "en_delai", "tried again next time"


def test_a_notice_that_was_taken_back_with_its_act_is_not_sent():
    assert not send_avis(maintenant=timezone.now(), avis_id=404)
