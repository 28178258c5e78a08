"""Requests for a visit: who asks, who reads, who answers, and what becomes of what the agent is due."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.versions import VersionPerimee
from tests.agents.factories import AgentFactory, ResponsabiliteFactory, StructureFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, DemandeVisiteFactory, VisiteFactory
from visites.actions import (
    ask_visite,
    keep_demande,
    plan_visite,
    record_avis,
    refresh_agent,
    refuse_visite,
    withdraw_demande,
)
from visites.enums import EtatDemande, EtatDue, OrigineDemande
from visites.models import DemandeVisite, Motif, VisiteDue
from visites.perms import can_keep, can_refuse, can_withdraw, origins_for
from visites.rules.avis import Avis
from visites.rules.demandes import refuse_wish
from visites.rules.etats import DEMANDE, PHRASES_DEMANDE, refuse_demande

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("regles")]
UN = datetime.timedelta(days=1)
ROLES = ["coordinateur", "chef", "medecin", "infirmier", "rh", "encadrant", "agent"]


def manager():
    """A manager and an agent of his structure."""
    structure = StructureFactory.create()
    chef = compte("encadrant")
    ResponsabiliteFactory.create(compte=chef, structure=structure)
    return chef, AgentFactory.create(structure=structure)


def ask(acteur, agent, origine="agent", **autres):
    return ask_visite(
        **{"acteur": acteur, "jour": JOUR, "agent": agent, "origine": origine, "raison": "Le poste."} | autres
    )


def test_every_state_says_what_may_follow_and_why_not():
    assert set(DEMANDE) == set(PHRASES_DEMANDE) == set(EtatDemande)
    for depart, suites in DEMANDE.items():
        assert not refuse_demande(depart, next(iter(suites))) if suites else True
        assert refuse_demande(depart, EtatDemande.DEPOSEE) == PHRASES_DEMANDE[depart]
    assert refuse_demande(EtatDemande.RETENUE, EtatDemande.RETIREE)


@pytest.mark.parametrize(
    "avant, refusee",
    [(None, False), (JOUR, False), (JOUR - UN, True), (datetime.date(2027, 11, 24), False)]
    + [(datetime.date(2027, 11, 25), True)],
)
def test_a_wish_is_neither_past_nor_beyond_twelve_months(avant, refusee):
    assert bool(refuse_wish(avant, JOUR, 12)) == refusee


@pytest.mark.parametrize(
    "role, origines",
    [
        ("coordinateur", {"agent", "service"}),
        ("chef", set()),
        ("medecin", {"medecin"}),
        ("infirmier", {"agent"}),
        ("rh", set()),
        ("preventeur", set()),
        ("encadrant", {"service"}),
    ],
)
def test_in_whose_name_each_role_asks(role, origines):
    assert set(origins_for(compte(role), AgentFactory.create())) == origines


@pytest.mark.parametrize("role", ["coordinateur", "medecin", "infirmier", "encadrant", "agent"])
def test_of_himself_everybody_asks_as_the_agent(role):
    soi = compte(role)
    agent = AgentFactory.create(compte=soi)
    assert origins_for(soi, agent) == (OrigineDemande.AGENT,)
    demande = ask(soi, agent)
    assert (demande.demandeur, demande.nom_demandeur) == (soi, str(soi))
    assert not can_keep(soi, demande) and not can_refuse(soi, demande)


def test_an_origin_that_is_not_ones_own_is_refused():
    with pytest.raises(PermissionDenied):
        ask(compte("medecin"), AgentFactory.create(), "service")
    assert not DemandeVisite.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_which_requests(role):
    chef, dans = manager()
    lecteur = chef if role == "encadrant" else compte(role)
    autre = DemandeVisiteFactory(agent=dans)
    de_soi = DemandeVisiteFactory(agent=AgentFactory.create(compte=lecteur), origine="service")
    faite = DemandeVisiteFactory(agent=dans, demandeur=lecteur, origine="service")
    if role == "encadrant":
        DemandeVisiteFactory(demandeur=lecteur, origine="service")  # of an agent who left his structures
    vues = set(DemandeVisite.objects.visible_to(lecteur))
    attendues = {
        "coordinateur": {autre, de_soi, faite},
        "medecin": {autre, de_soi, faite},
        "infirmier": {autre, de_soi, faite},
        "encadrant": {de_soi, faite},
        "agent": {de_soi},
    }
    assert vues == attendues.get(role, set())


def test_who_answers_a_request_of_the_doctor():
    demande = DemandeVisiteFactory(origine="medecin")
    coordinateur, medecin = compte("coordinateur"), compte("medecin")
    assert can_keep(coordinateur, demande) and not can_refuse(coordinateur, demande)
    assert can_keep(medecin, demande) and can_refuse(medecin, demande)
    assert not any(can_keep(compte(role), demande) for role in ("infirmier", "chef", "rh", "encadrant"))


def test_who_takes_a_request_back():
    chef, agent = manager()
    agent.compte = compte("agent")
    agent.save()
    service, sienne = ask(chef, agent, "service"), ask(compte("coordinateur"), agent)
    assert can_withdraw(chef, service) and not can_withdraw(agent.compte, service)
    assert can_withdraw(agent.compte, sienne) and can_withdraw(sienne.demandeur, sienne)
    keep_demande(acteur=compte("medecin"), jour=JOUR, demande=service, version=1)
    service.refresh_from_db()
    assert not can_withdraw(chef, service)
    with pytest.raises(ValidationError, match="déjà retenue"):
        withdraw_demande(acteur=chef, jour=JOUR, demande=service, version=2)


def test_a_request_makes_a_visit_due_at_once_and_a_refusal_takes_it_away():
    chef, agent = manager()
    demande = ask(chef, agent, "service", avant_le=JOUR + 6 * UN)
    due = VisiteDue.objects.get(agent=agent, cle=f"demande:{demande.pk}")
    assert (due.etat, due.echeance, due.motif.code) == (
        EtatDue.OUVERTE,
        JOUR + 6 * UN,
        "demande_service",
    )
    assert DemandeVisite.objects.with_due().get().echeance == JOUR + 6 * UN
    refuse_visite(
        acteur=compte("coordinateur"), jour=JOUR, demande=demande, version=1, reponse="Vu la semaine passée."
    )
    due.refresh_from_db()
    demande.refresh_from_db()
    assert due.etat == EtatDue.CLOSE
    assert (demande.etat, demande.traitee_le, demande.version) == (EtatDemande.REFUSEE, JOUR, 2)
    assert DemandeVisite.objects.with_due().get().echeance is None
    assert ask(chef, agent, "service").pk != demande.pk


def test_one_request_waits_for_an_agent_and_an_origin():
    chef, agent = manager()
    ask(chef, agent, "service")
    with pytest.raises(ValidationError, match="attend déjà"):
        ask(compte("coordinateur"), agent, "service")
    ask(compte("coordinateur"), agent, "agent")
    assert DemandeVisite.objects.waiting().count() == 2


@pytest.mark.parametrize("champs", [{"est_elu": True}, {"date_depart": JOUR - UN}])
def test_nobody_asks_for_whom_the_follow_up_leaves_out(champs):
    with pytest.raises(ValidationError):
        ask(compte("medecin"), AgentFactory.create(**champs), "medecin")


def test_a_refusal_says_why():
    demande = DemandeVisiteFactory()
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        refuse_visite(acteur=compte("medecin"), jour=JOUR, demande=demande, version=1, reponse="  ")


def test_an_old_page_changes_nothing():
    demande = DemandeVisiteFactory(version=3)
    with pytest.raises(VersionPerimee):
        keep_demande(acteur=compte("medecin"), jour=JOUR, demande=demande, version=2)


def test_nobody_answers_about_his_own_file():
    soi = compte("medecin")
    demande = DemandeVisiteFactory(agent=AgentFactory.create(compte=soi), origine="service")
    with pytest.raises(PermissionDenied):
        keep_demande(acteur=soi, jour=JOUR, demande=demande, version=1)
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.DEPOSEE


def test_placing_the_visit_keeps_the_request_and_holding_it_serves_it():
    medecin, agent = compte("medecin"), AgentFactory.create()
    demande = ask(medecin, agent, "medecin")
    visite = plan_visite(
        acteur=medecin,
        jour=JOUR,
        agent=agent,
        motif=Motif.objects.get(code="demande_medecin"),
        nature="examen",
        date=JOUR,
        heure=datetime.time(8, 15),
        professionnel=medecin,
    )
    demande.refresh_from_db()
    assert (demande.etat, demande.traitee_par) == (EtatDemande.RETENUE, str(medecin))
    record_avis(
        acteur=medecin, jour=JOUR, visite=visite, version=visite.version, avis=Avis(conclusion="apte")
    )
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.SATISFAITE
    assert not VisiteDue.objects.open().filter(cle=f"demande:{demande.pk}").exists()


def test_a_visit_of_another_motive_leaves_the_request_as_it_is():
    demande = DemandeVisiteFactory()
    refresh_agent(agent_id=demande.agent_id, jour=JOUR)
    VisiteFactory(agent=demande.agent, motif=Motif.objects.get(code="periodique"))
    demande.refresh_from_db()
    assert demande.etat == EtatDemande.DEPOSEE


def test_the_journal_names_the_act_and_none_of_the_words():
    chef, agent = manager()
    demande = ask(chef, agent, "service", raison="ZIBELINE")
    refuse_visite(acteur=compte("coordinateur"), jour=JOUR, demande=demande, version=1, reponse="MANDRAGORE")
    lignes = LigneJournal.objects.filter(objet_type="visites.demandevisite").order_by("pk")
    assert [ligne.acte for ligne in lignes] == ["visites.ask_visite", "visites.refuse_visite"]
    assert {ligne.objet_libelle for ligne in lignes} == {f"Demande de visite n° {demande.pk}"}
    assert {ligne.agent_cle for ligne in lignes} == {str(agent.pk)}
    for ligne in LigneJournal.objects.all():
        assert not {"ZIBELINE", "MANDRAGORE"} & set(str(vars(ligne)).replace("'", " ").split())
