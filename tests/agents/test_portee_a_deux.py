"""One administrator alone lets no account read more; what lets it read less is done at once, and told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agents.actions import end_responsabilite, give_responsabilite
from agents.models import Agent, Responsabilite, Structure
from nouvea_sst.comptes.actions import (
    apply_due,
    approve_demandes,
    ask_role,
    oppose_demande,
)
from nouvea_sst.comptes.corbeille import RetablissementRefuse, put_aside, put_back
from nouvea_sst.comptes.enums import EtatDemande
from nouvea_sst.comptes.models import AvisCompte, DemandeCompte, LigneJournal, Utilisateur
from tests.agents.factories import (
    AgentFactory,
    CollectiviteFactory,
    ResponsabiliteFactory,
    StructureFactory,
)
from tests.comptes.gestes import HEURE, JOUR, approve, close, told
from tests.fabriques import compte, log_in
from tests.surete.formulaires import pick_form

pytestmark = pytest.mark.django_db


def give(administrateur, cible, *, debut=0, fin=None, **objet):
    """Give or ask, from so many days on; the day is the real one."""
    jour = timezone.localdate()
    return give_responsabilite(
        acteur=administrateur,
        maintenant=timezone.now(),
        compte_id=cible.pk,
        date_debut=jour + debut * JOUR,
        date_fin=None if fin is None else jour + fin * JOUR,
        **objet,
    )


def end(administrateur, tenue):
    return end_responsabilite(acteur=administrateur, maintenant=timezone.now(), responsabilite=tenue)


def reached(cible):
    """How many agents the account reaches, its scope read anew."""
    return Agent.objects.visible_to(Utilisateur.objects.get(pk=cible.pk)).count()


def test_a_structure_is_answered_for_once_a_second_person_agrees(administrateur):
    cible, agent = compte("encadrant"), AgentFactory()
    demande = give(administrateur, cible, structure=agent.structure)
    assert (demande.nature, demande.etat, reached(cible)) == ("portee", "en_attente", 0)
    assert str(agent.structure) in demande.precision and "sans fin" in demande.precision
    with pytest.raises(PermissionDenied):
        approve_demandes(acteur=administrateur, maintenant=timezone.now(), demandes=[demande.pk])
    approve(demande)
    assert reached(cible) == 1
    assert told(cible) == ["portee_changee", "portee_demandee"]
    lignes = LigneJournal.objects.filter(acte__startswith="agents.").order_by("pk")
    assert [ligne.acte for ligne in lignes] == ["agents.ask_portee", "agents.give_responsabilite"]
    assert (lignes[0].acteur_cle, f"demandé par {administrateur}" in lignes[1].objet_libelle) == (
        administrateur.username,
        True,
    )


def test_an_end_is_at_once_and_told(administrateur):
    cible, agent = compte("encadrant"), AgentFactory()
    tenue = ResponsabiliteFactory(compte=cible, structure=agent.structure)
    assert end(administrateur, tenue) == tenue
    tenue.refresh_from_db()
    assert tenue.date_fin == timezone.localdate() - JOUR
    assert (reached(cible), told(cible)) == (0, ["portee_changee"])
    assert end(administrateur, tenue) is None, "it is over"
    assert LigneJournal.objects.filter(acte="agents.end_responsabilite").count() == 1


def test_a_limit_is_set_by_one_and_lifted_by_two(administrateur):
    cible, ccas = compte("rh"), CollectiviteFactory()
    AgentFactory(collectivite=ccas), AgentFactory()
    limite = give(administrateur, cible, collectivite=ccas)
    assert (isinstance(limite, Responsabilite), reached(cible), told(cible)) == (True, 1, ["portee_changee"])
    demande = end(administrateur, limite)
    assert (demande.nature, reached(cible)) == ("portee", 1)
    approve(demande)
    assert reached(cible) == 2
    assert not cible.responsabilites.exists(), "begun and lifted the same day"


def test_a_second_limit_lets_one_read_more_and_ends_alone(administrateur):
    cible = compte("rh")
    ccas, cde = CollectiviteFactory.create_batch(2)
    give(administrateur, cible, collectivite=ccas)
    demande = give(administrateur, cible, collectivite=cde)
    assert isinstance(demande, DemandeCompte)
    approve(demande)
    assert isinstance(end(administrateur, cible.responsabilites.get(collectivite=cde)), Responsabilite)


def test_care_staff_are_left_a_day_to_refuse_that_their_limit_be_lifted(administrateur):
    medecins = [compte("medecin"), compte("medecin")]
    demandes = [
        end(administrateur, ResponsabiliteFactory(compte=medecin, collectivite=CollectiviteFactory()))
        for medecin in medecins
    ]
    maintenant = timezone.now()
    approve(*demandes, quand=maintenant)
    page = log_in(medecins[0]).get(reverse("comptes:mes_sessions")).content.decode()
    assert f"Portée du compte, {demandes[0].precision}" in page and "Refuser ce changement" in page
    assert told(medecins[0]) == ["portee_accordee", "portee_demandee"]
    assert oppose_demande(acteur=medecins[1], maintenant=maintenant, demande_id=demandes[1].pk)
    assert apply_due(acteur=None, maintenant=maintenant + 23 * HEURE) == 0
    assert apply_due(acteur=None, maintenant=maintenant + 24 * HEURE) == 1
    tenues = Responsabilite.objects.open_on(timezone.localdate() + JOUR)
    assert [tenue.compte for tenue in tenues] == [medecins[1]]


def test_several_wait_and_the_same_one_once(administrateur):
    cible, structures = compte("encadrant"), StructureFactory.create_batch(2)
    demandes = [give(administrateur, cible, structure=s) for s in (*structures, structures[0])]
    etats = [DemandeCompte.objects.get(pk=d.pk).etat for d in demandes]
    assert etats == [EtatDemande.ANNULEE, EtatDemande.EN_ATTENTE, EtatDemande.EN_ATTENTE]
    with pytest.raises(IntegrityError), transaction.atomic():
        DemandeCompte.objects.filter(pk=demandes[0].pk).update(etat=EtatDemande.EN_ATTENTE, decidee_le=None)
    approve(*demandes)
    assert Structure.objects.held_by(cible).count() == 2


def change_role(cible, administrateur):
    approve(ask_role(acteur=administrateur, maintenant=timezone.now(), compte_id=cible.pk, role="chct"))


def close_structure(cible, administrateur):
    Structure.objects.update(date_fin=timezone.localdate() - JOUR)


def give_the_same(cible, administrateur):
    ResponsabiliteFactory(compte=cible, structure=Structure.objects.get())


@pytest.mark.parametrize(
    "entretemps, refus",
    [
        (change_role, "Le rôle de .* a changé"),
        (close_structure, "structure est fermée"),
        (give_the_same, "en répond déjà"),
    ],
)
def test_what_was_read_must_still_be_true_when_it_is_approved(administrateur, entretemps, refus):
    cible = compte("encadrant")
    demande = give(administrateur, cible, structure=StructureFactory())
    entretemps(cible, administrateur)
    with pytest.raises(ValidationError, match=refus):
        approve(demande)
    assert Responsabilite.objects.filter(compte=cible).count() == (entretemps is give_the_same)


def test_closing_the_account_ends_what_was_asked(administrateur):
    cible = compte("encadrant")
    demande = give(administrateur, cible, structure=StructureFactory())
    close(cible, administrateur)
    assert approve(demande) == []
    demande.refresh_from_db()
    assert (demande.etat, cible.responsabilites.count()) == (EtatDemande.ANNULEE, 0)


@pytest.mark.parametrize("jours", [0, 1, 2])
def test_what_is_over_before_it_is_approved_is_not_given(administrateur, jours):
    cible = compte("encadrant")
    demande = give(administrateur, cible, structure=StructureFactory(), fin=1)
    if jours > 1:
        with pytest.raises(ValidationError, match="pris fin"):
            approve(demande, quand=timezone.now() + jours * JOUR)
    else:
        approve(demande, quand=timezone.now() + jours * JOUR)
    assert cible.responsabilites.count() == (jours < 2)


def test_a_limit_that_is_over_is_not_lifted(administrateur):
    limite = ResponsabiliteFactory(compte=compte("rh"), collectivite=CollectiviteFactory())
    demande = end(administrateur, limite)
    Responsabilite.objects.update(date_fin=timezone.localdate() - JOUR)
    with pytest.raises(ValidationError, match="pris fin"):
        approve(demande)


def test_a_delay_that_outlives_the_account_has_no_effect(administrateur):
    limite = ResponsabiliteFactory(compte=compte("medecin"), collectivite=CollectiviteFactory())
    demande = end(administrateur, limite)
    approve(demande)
    Utilisateur.objects.filter(pk=limite.compte_id).update(
        is_active=False, ferme_le=timezone.now(), motif_fermeture="decision"
    )
    assert apply_due(acteur=None, maintenant=timezone.now() + 2 * JOUR) == 0
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.ANNULEE


def test_nobody_changes_or_approves_his_own_scope(administrateur):
    structure = StructureFactory()
    with pytest.raises(PermissionDenied):
        give(administrateur, administrateur, structure=structure)
    with pytest.raises(PermissionDenied):
        end(administrateur, ResponsabiliteFactory(compte=administrateur, structure=structure))
    chef = compte("chef")
    demande = give(administrateur, chef, structure=structure)
    with pytest.raises(PermissionDenied):
        approve_demandes(acteur=chef, maintenant=timezone.now(), demandes=[demande.pk])


def test_the_tab_asks_the_chef_approves_and_the_way_back_is_asked_too(client_de):
    client, cible, agent = client_de("administrateur"), compte("encadrant"), AgentFactory()
    page = reverse("agents:portee", args=[cible.pk])
    adresse = reverse("agents:portee_ajouter", args=[cible.pk])
    jour = timezone.localdate()
    rien = client.post(adresse, {"date_debut": f"{jour:%d/%m/%Y}"}).content.decode()
    assert "Choisissez une structure ou une collectivité." in rien
    saisie = {"structure": agent.structure_id, "date_debut": f"{jour - 9 * JOUR:%d/%m/%Y}"}
    fin = {"date_fin": f"{jour + 9 * JOUR:%d/%m/%Y}"}
    reponse = client.post(adresse, saisie | fin, follow=True).content.decode()
    assert "attend l’accord" in reponse and f"Répondre de {agent.structure}" in reponse
    chef = client_de("chef")
    assert f"répondre de {agent.structure}" in chef.get(reverse("comptes:demandes")).content.decode()
    chef.post(reverse("comptes:approuver"), {"demande": cible.demandes.get().pk})
    assert reached(cible) == 1
    assert "en répond déjà" in client.post(adresse, saisie).content.decode()
    tenue = cible.responsabilites.get()
    reponse = client.post(reverse("agents:portee_finir", args=[cible.pk, tenue.pk]), follow=True)
    retour = pick_form(reponse.content.decode(), page, "agents:portee_ajouter")
    assert reached(cible) == 0
    for _ in range(2):
        assert client.post(retour.adresse, retour.filled()).status_code == 302
    demande = cible.demandes.waiting().get()
    assert (reached(cible), f"au {jour + 9 * JOUR:%d/%m/%Y}" in demande.precision) == (0, True)
    chef.post(reverse("comptes:approuver"), {"demande": demande.pk})
    assert (reached(cible), cible.responsabilites.first().date_fin) == (1, tenue.date_fin)


def test_an_end_that_waits_is_said_and_asked_no_more(client_de):
    client, cible = client_de("administrateur"), compte("rh")
    tenue = ResponsabiliteFactory(compte=cible, collectivite=CollectiviteFactory(libelle="Caisse"))
    adresse = reverse("agents:portee_finir", args=[cible.pk, tenue.pk])
    page = client.post(adresse, follow=True).content.decode()
    assert "attend l’accord" in page and "Fin demandée" in page and adresse not in page
    assert "Ne plus être limité à Caisse" in page


@pytest.mark.parametrize("role", ["chef", "administrateur", "auditeur"])
def test_who_sees_requests_reads_what_is_asked_and_of_a_way_in(client_de, administrateur, role):
    cible, structure = compte("encadrant", email="a@exemple.nc"), StructureFactory()
    AvisCompte.objects.create(compte=cible, nature="lien", cree_le=timezone.now())
    give(administrateur, cible, structure=structure)
    page = client_de(role).get(reverse("comptes:demandes")).content.decode()
    assert f"répondre de {structure}" in page and "appelez la personne avant d’approuver" in page


def test_what_the_trash_still_holds_is_asked_for_anew(administrateur):
    tenue = ResponsabiliteFactory(compte=compte("encadrant"), structure=StructureFactory())
    retrait = put_aside(
        acteur=administrateur, objet=tenue, libelle="x", droit="comptes.change_compte", adresse="/"
    )
    with pytest.raises(RetablissementRefuse, match="de nouveau"):
        put_back(acteur=administrateur, retrait_id=retrait.pk, maintenant=timezone.now())
