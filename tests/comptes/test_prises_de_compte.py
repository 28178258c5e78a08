"""One administrator alone takes nobody's account over, and the person concerned is told."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.actions import ask_agent, unlink_agent
from agents.models import Agent
from nouvea_sst.comptes.actions import (
    apply_due,
    approve_demandes,
    ask_reset,
    ask_role,
    make_lien,
    oppose_demande,
    refuse_demande,
    send_avis,
)
from nouvea_sst.comptes.enums import EtatCompte, EtatDemande, Role
from nouvea_sst.comptes.models import AvisCompte, DemandeCompte, LienCompte, LigneJournal, SessionCompte
from nouvea_sst.comptes.rules.approbation import A_UN, SOIGNANTS, needs_two
from nouvea_sst.comptes.rules.etats import DEMANDE
from nouvea_sst.comptes.tasks import send
from nouvea_sst.lib.transitions import next_states
from tests.agents.factories import AgentFactory
from tests.comptes.gestes import HEURE, JOUR, approve, close, correct, reopen, told
from tests.fabriques import MOT_DE_PASSE, compte, log_in

pytestmark = pytest.mark.django_db
BON = "tortue bleue sous la pluie fine"
A_DEUX = sorted(set(Role) - A_UN)
SOIGNE = sorted(SOIGNANTS)


@pytest.fixture
def courriel(settings, monkeypatch):
    """An installation that sends messages; a test commits nothing: what follows is done at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda suite, **reglages: suite())
    settings.COURRIEL, settings.ADRESSE_SITE = True, "https://sst.exemple.nc"


def send_all():
    """Send what waits, as the worker does; return the messages."""
    for tache in ProcrastinateJob.objects.filter(task_name="comptes.send_avis").order_by("pk"):
        send(**tache.args)
    return mail.outbox


def test_roles_are_those_that_decision_0005_names():
    assert sorted(A_UN) == ["agent", "chct", "encadrant"]
    assert SOIGNE == ["infirmier", "medecin", "psychologue"]
    assert all(needs_two(role) for role in SOIGNANTS)


@pytest.mark.parametrize("role", Role.values)
def test_a_file_is_read_by_no_account_before_a_second_person_agrees(role):
    cible, agent = compte(role), AgentFactory(nom="Kaloi", matricule="4127", courriel="j.kaloi@exemple.nc")
    administrateur, maintenant = compte("administrateur"), timezone.now()
    demande = ask_agent(
        acteur=administrateur, maintenant=maintenant, compte_id=cible.pk, matricule="4127", nom="Kaloi"
    )
    agent.refresh_from_db()
    assert agent.compte is None
    assert [a.adresse for a in AvisCompte.objects.order_by("pk")] == ["", "j.kaloi@exemple.nc"]
    with pytest.raises(PermissionDenied):
        approve_demandes(acteur=administrateur, maintenant=maintenant, demandes=[demande.pk])
    approve(demande, quand=maintenant)
    apply_due(acteur=None, maintenant=maintenant + JOUR)
    agent.refresh_from_db()
    assert agent.compte == cible


@pytest.mark.parametrize("role", A_DEUX)
def test_who_reads_many_keeps_his_own_file_until_a_second_person_agrees(role):
    cible = compte(role)
    AgentFactory(compte=cible)
    demande = unlink_agent(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)
    assert Agent.objects.filter(compte=cible).exists()
    approve(demande)
    apply_due(acteur=None, maintenant=timezone.now() + JOUR)
    assert not Agent.objects.filter(compte=cible).exists()


def test_an_agent_taken_meanwhile_is_not_given_twice():
    administrateur, agent = compte("administrateur"), AgentFactory(nom="Kaloi", matricule="4127")
    demandes = [
        ask_agent(
            acteur=administrateur,
            maintenant=timezone.now(),
            compte_id=compte("agent").pk,
            matricule="4127",
            nom="Kaloi",
        )
        for _ in range(2)
    ]
    approve(demandes[0])
    with pytest.raises(ValidationError, match="déjà un compte"):
        approve(demandes[1])
    agent.refresh_from_db()
    assert agent.compte_id == demandes[0].compte_id


@pytest.mark.parametrize("role", A_DEUX)
def test_address_of_who_reads_many_waits_for_a_second_person(role):
    cible = compte(role, email="avant@exemple.nc")
    assert correct(cible, email="pirate@exemple.nc") == []
    cible.refresh_from_db()
    assert cible.email == "avant@exemple.nc"
    approve(cible.demandes.get())
    apply_due(acteur=None, maintenant=timezone.now() + JOUR)
    cible.refresh_from_db()
    assert cible.email == "pirate@exemple.nc"
    assert {avis.adresse for avis in AvisCompte.objects.filter(compte=cible)} == {"avant@exemple.nc"}


def test_address_of_an_agent_changes_at_once_and_he_is_told_where_he_was_known(courriel):
    cible = compte("agent", email="avant@exemple.nc")
    assert correct(cible, email="apres@exemple.nc") == ["email"]
    assert told(cible) == ["adresse_changee"]
    send_all()
    assert [m.to for m in send_all()] == [["avant@exemple.nc"]], "once"


def test_nobody_changes_his_own_address(client_de):
    client = client_de("administrateur", email="moi@exemple.nc")
    with pytest.raises(PermissionDenied):
        correct(client.compte, acteur=client.compte, email="ailleurs@exemple.nc")
    page = client.get(reverse("comptes:corriger", args=[client.compte.pk])).content.decode()
    assert 'name="last_name"' in page and 'name="email"' not in page


def test_an_address_corrected_before_approval_is_read_by_who_approves(client_de):
    cible = compte("medecin", approuve_le=None, password=None)
    lue = DemandeCompte.objects.create(
        compte=cible,
        nature="creation",
        role="medecin",
        demandeur=compte("administrateur"),
        demandee_le=timezone.now(),
    )
    correct(cible, email="neuve@exemple.nc")
    assert approve(lue) == []
    assert "neuve@exemple.nc" in client_de("chef").get(reverse("comptes:demandes")).content.decode()
    assert (
        "neuve@exemple.nc"
        not in client_de("administrateur").get(reverse("comptes:demandes")).content.decode()
    )


@pytest.mark.parametrize("role", SOIGNE)
def test_care_staff_are_left_a_day_to_refuse_a_new_password(role, courriel):
    cible, administrateur = compte(role, email="soin@exemple.nc"), compte("administrateur")
    maintenant = timezone.now()
    demande = ask_reset(acteur=administrateur, maintenant=maintenant, compte_id=cible.pk)
    approve(demande, quand=maintenant)
    demande.refresh_from_db()
    assert (demande.etat, demande.effet_le) == (EtatDemande.EN_DELAI, maintenant + JOUR)
    assert told(cible) == ["reinit_accordee", "reinit_demandee"]
    with pytest.raises(ValidationError, match="approuver"):
        make_lien(acteur=administrateur, maintenant=maintenant + 23 * HEURE, compte_id=cible.pk)
    assert apply_due(acteur=None, maintenant=maintenant + 23 * HEURE) == 0
    assert not LienCompte.objects.exists()
    assert apply_due(acteur=None, maintenant=maintenant + 24 * HEURE) == 1
    assert LienCompte.objects.get().compte == cible
    assert [m.to for m in send_all()] == [["soin@exemple.nc"]] * 3


@pytest.mark.parametrize("avant, apres", [("medecin", "agent"), ("agent", "psychologue")])
def test_role_of_care_staff_changes_a_day_later(avant, apres):
    cible, maintenant = compte(avant), timezone.now()
    demande = ask_role(acteur=compte("administrateur"), maintenant=maintenant, compte_id=cible.pk, role=apres)
    approve(demande, quand=maintenant)
    cible.refresh_from_db()
    assert cible.role == avant
    apply_due(acteur=None, maintenant=maintenant + JOUR)
    cible.refresh_from_db()
    assert (cible.role, cible.groups.get().name) == (apres, apres)
    assert told(cible)[0] == "role_change"


def test_the_person_refuses_on_his_own_page_and_nobody_else_does(client_de):
    client, maintenant = client_de("medecin"), timezone.now()
    demande = ask_reset(acteur=compte("administrateur"), maintenant=maintenant, compte_id=client.compte.pk)
    adresse = reverse("comptes:opposer", args=[demande.pk])
    assert client.post(adresse).status_code == 302
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.EN_ATTENTE, "nothing is approved yet: there is nothing to refuse"
    approve(demande, quand=maintenant)
    assert not oppose_demande(acteur=compte("chef"), maintenant=maintenant, demande_id=demande.pk)
    assert client_de("medecin").post(adresse).status_code == 404
    page = client.get(reverse("comptes:mes_sessions")).content.decode()
    assert "Refuser ce changement" in page and "Un nouveau mot de passe a été demandé" in page
    assert client.post(adresse).status_code == 302
    demande.refresh_from_db()
    assert (demande.etat, demande.decideur) == (EtatDemande.REFUSEE, client.compte)
    assert apply_due(acteur=None, maintenant=maintenant + JOUR) == 0
    assert "Refuser ce changement" not in client.get(reverse("comptes:mes_sessions")).content.decode()
    assert LigneJournal.objects.filter(acte="comptes.demande_refusee").count() == 1


@pytest.mark.parametrize("jours, averti", [(None, False), (1, True), (31, False)])
def test_who_approves_a_role_sees_that_somebody_may_hold_the_account(client_de, jours, averti):
    cible, administrateur, maintenant = compte("agent"), compte("administrateur"), timezone.now()
    if jours:
        make_lien(acteur=administrateur, maintenant=maintenant - jours * JOUR, compte_id=cible.pk)
    ask_role(acteur=administrateur, maintenant=maintenant, compte_id=cible.pk, role="coordinateur")
    page = client_de("chef").get(reverse("comptes:demandes")).content.decode()
    assert ("appelez la personne avant d’approuver" in page) is averti


@pytest.mark.parametrize("etat", [EtatDemande.APPROUVEE, EtatDemande.REFUSEE, EtatDemande.ANNULEE])
def test_a_request_decided_for_good_changes_no_more(etat):
    assert next_states(DEMANDE, etat) == frozenset()
    assert EtatDemande.EN_DELAI in next_states(DEMANDE, EtatDemande.EN_ATTENTE)
    assert EtatDemande.EN_ATTENTE not in next_states(DEMANDE, EtatDemande.EN_DELAI)


@pytest.mark.parametrize("attend", [True, False])
def test_who_may_refuse_is_told_when_he_logs_in(attend):
    cible, client = compte("medecin", username="anne"), Client()
    if attend:
        approve(ask_reset(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk))
    saisie = {"login": "anne", "password": MOT_DE_PASSE}
    page = client.post(reverse("comptes:connexion"), saisie, follow=True).content.decode()
    assert ("S’il n’est pas de vous, refusez-le" in page) is attend


@pytest.mark.parametrize("qui", ["demandeur", "compte", None])
@pytest.mark.parametrize("etat", [EtatDemande.APPROUVEE, EtatDemande.EN_DELAI])
def test_database_wants_a_second_person_behind_each_approval(etat, qui):
    maintenant, demande = timezone.now(), DemandeCompte(compte=compte("medecin"), demandeur=compte("chef"))
    demande.nature, demande.role, demande.demandee_le = "fiche", "medecin", maintenant
    demande.etat, demande.decidee_le, demande.effet_le = etat, maintenant, maintenant
    demande.decideur = getattr(demande, qui) if qui else None
    with pytest.raises(IntegrityError), transaction.atomic():
        demande.save()
    demande.decideur = compte("chef")
    demande.save()


def test_the_link_goes_to_the_person_and_nobody_else_sees_it(client_de, courriel):
    client, cible = client_de("administrateur"), compte("medecin", password=None, email="soin@exemple.nc")
    page = client.post(reverse("comptes:creer_lien", args=[cible.pk]), follow=True).content.decode()
    assert "personne d’autre ne le voit" in page and "/compte/lien/" not in page
    assert "envoyé" in LigneJournal.objects.get(acte="comptes.make_lien").objet_libelle
    (message,) = send_all()
    assert message.to == ["soin@exemple.nc"] and "Médecin" not in message.body
    adresse = next(ligne for ligne in message.body.splitlines() if ligne.startswith("https://"))
    chemin = adresse.removeprefix("https://sst.exemple.nc")
    assert chemin.split("/")[3].split(":")[0] not in str(list(LienCompte.objects.values()))
    saisie = {"new_password1": BON, "new_password2": BON}
    assert Client().post(chemin, saisie).status_code == 302
    cible.refresh_from_db()
    assert cible.check_password(BON)
    assert told(cible) == ["choisi", "lien"]
    avis = AvisCompte.objects.get(nature="lien")
    assert not send_avis(maintenant=timezone.now(), avis_id=avis.pk), "once"


def test_a_link_taken_back_is_not_sent(courriel):
    cible, administrateur = compte("agent", email="moi@exemple.nc"), compte("administrateur")
    for _ in range(2):
        make_lien(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk)
    assert len(send_all()) == 1


def test_without_an_address_the_link_is_shown_once_and_the_journal_says_so(client_de, courriel):
    client, cible = client_de("administrateur"), compte("medecin", password=None)
    page = client.post(reverse("comptes:creer_lien", args=[cible.pk])).content.decode()
    assert "/compte/lien/" in page and "remettez-le" in page
    assert "montré à l’écran" in LigneJournal.objects.get(acte="comptes.make_lien").objet_libelle
    assert not ProcrastinateJob.objects.exists()


def test_an_approved_password_of_who_reads_many_goes_to_him_at_once(courriel):
    cible, maintenant = compte("rh", email="rh@exemple.nc"), timezone.now()
    demande = ask_reset(acteur=compte("administrateur"), maintenant=maintenant, compte_id=cible.pk)
    approve(demande, quand=maintenant)
    assert LienCompte.objects.get().compte == cible
    _, jeton = make_lien(acteur=demande.demandeur, maintenant=maintenant + HEURE, compte_id=cible.pk)
    assert jeton == "", "sent again to the same address: nobody else gains by it"


def test_a_server_that_does_not_answer_leaves_the_notice_to_be_sent(courriel, monkeypatch):
    cible = compte("agent", email="moi@exemple.nc")
    lien, _ = make_lien(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)

    def fail(*args):
        raise OSError

    with monkeypatch.context() as panne:
        panne.setattr("nouvea_sst.comptes.actions.avis.send_mail", fail)
        with pytest.raises(OSError), transaction.atomic():
            send_all()
    assert AvisCompte.objects.get().envoye_le is None
    assert len(send_all()) == 1


@pytest.mark.parametrize("role", A_DEUX)
def test_a_disabled_account_of_who_reads_many_opens_with_a_second_person(role):
    cible, administrateur = compte(role), compte("administrateur")
    close(cible, administrateur)
    reopen(cible, administrateur)
    cible.refresh_from_db()
    assert cible.etat == EtatCompte.A_APPROUVER
    demande = cible.demandes.waiting().get()
    assert demande.nature == "reouverture"
    approve(demande)
    cible.refresh_from_db()
    assert cible.etat == EtatCompte.OUVERT
    assert told(cible) == ["rouvert", "rouv_demandee"]


def test_a_reopening_refused_closes_the_account_and_an_agent_needs_none():
    administrateur, maintenant = compte("administrateur"), timezone.now()
    soignant, agent = compte("medecin"), compte("agent")
    for cible in (soignant, agent):
        close(cible, administrateur)
        reopen(cible, administrateur)
        cible.refresh_from_db()
    assert agent.etat == EtatCompte.OUVERT and told(agent) == ["rouvert"]
    refuse_demande(acteur=compte("chef"), maintenant=maintenant, demande_id=soignant.demandes.get().pk)
    soignant.refresh_from_db()
    assert soignant.etat == EtatCompte.DESACTIVE


def test_an_agent_s_new_password_by_one_administrator_closes_his_sessions_and_is_told():
    cible = compte("agent")
    log_in(cible)
    _, jeton = make_lien(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=cible.pk)
    assert told(cible) == ["lien"]
    Client().post(reverse("comptes:lien", args=[jeton]), {"new_password1": BON, "new_password2": BON})
    assert not SessionCompte.objects.filter(compte=cible).exists()
    cible.refresh_from_db()
    page = log_in(cible).get(reverse("comptes:mes_sessions")).content.decode()
    assert "choisi par un lien" in page


def test_ones_own_new_password_is_told_and_closes_the_link_in_hand(client_de):
    client = client_de("agent")
    make_lien(acteur=compte("administrateur"), maintenant=timezone.now(), compte_id=client.compte.pk)
    saisie = {"oldpassword": "un-mot-de-passe-de-test", "password1": BON, "password2": BON}
    assert client.post(reverse("comptes:mot_de_passe"), saisie).status_code == 302
    assert told(client.compte) == ["change", "lien"]
    assert LienCompte.objects.get().fini_le is not None
