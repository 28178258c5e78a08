"""A collectivité as scope: who answers for one reaches its agents only, wherever a list or a page leads."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agents.actions import ask_agent
from agents.models import Absence, Agent, Structure
from documents.models import Document
from nouvea_sst.comptes.actions import approve_demandes
from reporting.indicateurs.collecte import collect, perimeter_of
from reporting.rules.periodes import Periode
from signalements.models import Accident, Action, Signalement
from tests.agents.factories import (
    AbsenceFactory,
    AgentFactory,
    CollectiviteFactory,
    ResponsabiliteFactory,
    StructureFactory,
)
from tests.fabriques import compte
from tests.signalements.factories import AccidentFactory, ActionFactory, SignalementFactory
from tests.visites.factories import RestrictionFactory, held
from tests.visites.remplissage import PREUVE
from visites.models import Restriction, Suivi, Visite

pytestmark = pytest.mark.django_db
UN_JOUR = datetime.timedelta(days=1)
MODELES = (Agent, Absence, Visite, Restriction, Suivi, Accident, Signalement, Action, Document)


def make_file(collectivite):
    """One of everything about an agent of a collectivité."""
    agent = AgentFactory(collectivite=collectivite)
    signalement = SignalementFactory()
    signalement.agents.add(agent)
    realisee = held(agent=agent)
    return {
        Agent: agent,
        Absence: AbsenceFactory(agent=agent),
        Visite: realisee,
        Restriction: RestrictionFactory(agent=agent, visite=realisee),
        Suivi: Suivi.objects.create(
            agent=agent, categorie="simple", regle="periodique", preuve=PREUVE, calcule_le=timezone.now()
        ),
        Accident: AccidentFactory(agent=agent),
        Signalement: signalement,
        Action: ActionFactory(signalement=signalement, origine="signalement"),
        Document: Document.objects.create(
            categorie="certificat", agent=agent, nom_fichier="d.pdf", contenu=b"%PDF", sha256="0" * 64
        ),
    }


@pytest.fixture
def ville():
    """Two employers, each with a file; a third file of nobody's."""
    cde, vdn = CollectiviteFactory(code="CDE"), CollectiviteFactory(code="VDN")
    return {"cde": cde, "vdn": vdn, "dans": make_file(cde), "hors": make_file(vdn), "sans": make_file(None)}


@pytest.mark.parametrize("modele", MODELES)
@pytest.mark.parametrize("role", ["coordinateur", "chef", "medecin", "infirmier", "preventeur", "rh"])
def test_whoever_may_see_everybody_is_held_to_his_collectivite(ville, role, modele):
    personne = compte(role)
    avant = set(modele.objects.visible_to(personne))
    ResponsabiliteFactory(compte=personne, collectivite=ville["cde"])
    personne = type(personne).objects.get(pk=personne.pk)
    apres = set(modele.objects.visible_to(personne))
    if avant:
        assert {ville[ou][modele] for ou in ("dans", "hors", "sans")} <= avant
        assert apres == {ville["dans"][modele]}
    else:
        assert not apres


@pytest.mark.parametrize(
    "debut, fin, tenu", [(0, None, True), (1, None, False), (-9, -1, False), (-9, 0, True)]
)
def test_it_holds_from_its_first_to_its_last_day(ville, debut, fin, tenu):
    personne, jour = compte("rh"), timezone.localdate()
    ResponsabiliteFactory(
        compte=personne,
        collectivite=ville["cde"],
        date_debut=jour + debut * UN_JOUR,
        date_fin=None if fin is None else jour + fin * UN_JOUR,
    )
    assert (ville["hors"][Agent] in Agent.objects.visible_to(personne)) is not tenu


def test_a_structure_alone_does_not_hold_whoever_may_see_everybody(ville):
    personne = compte("rh")
    ResponsabiliteFactory(compte=personne, structure=StructureFactory())
    assert Agent.objects.visible_to(personne).count() == 3


def test_a_manager_reaches_his_structures_and_his_collectivites(ville):
    encadrant = compte("encadrant")
    parti = AgentFactory(collectivite=ville["cde"], date_depart=timezone.localdate() - UN_JOUR)
    autre = AgentFactory(collectivite=ville["vdn"])
    ResponsabiliteFactory(compte=encadrant, collectivite=ville["cde"])
    ResponsabiliteFactory(compte=encadrant, structure=autre.structure)
    vus = set(Agent.objects.visible_to(encadrant))
    assert {ville["dans"][Agent], autre} <= vus
    assert not {parti, ville["hors"][Agent], ville["sans"][Agent]} & vus


def test_scope_gives_nothing_to_a_role_that_sees_nobody(ville):
    for role in ("auditeur", "administrateur", "chct", "agent", "psychologue"):
        personne = compte(role)
        ResponsabiliteFactory(compte=personne, collectivite=ville["cde"])
        assert not any(modele.objects.visible_to(personne).exists() for modele in MODELES)


def test_addresses_out_of_scope_answer_as_unknown_ones(client_de, ville):
    client = client_de("coordinateur")
    ResponsabiliteFactory(compte=client.compte, collectivite=ville["cde"])
    pages = {
        "agents:agent": Agent,
        "agents:absences": Agent,
        "agents:corriger": Agent,
        "visites:agent": Agent,
        "visites:visite": Visite,
        "signalements:accident": Accident,
        "signalements:signalement": Signalement,
        "signalements:action": Action,
        "documents:ouvrir": Document,
    }
    for nom, modele in pages.items():
        assert client.get(reverse(nom, args=[ville["dans"][modele].pk])).status_code == 200, nom
        for ou in ("hors", "sans"):
            assert client.get(reverse(nom, args=[ville[ou][modele].pk])).status_code == 404, nom
        assert client.post(reverse(nom, args=[ville["hors"][modele].pk]), {}).status_code in {404, 405}, nom


def test_registers_and_packs_of_the_whole_city_are_closed(client_de, ville):
    client = client_de("coordinateur")
    assert client.get(reverse("imports:historique")).status_code == 200
    ResponsabiliteFactory(compte=client.compte, collectivite=ville["cde"])
    for nom in ("imports:historique", "imports:deposer", "reporting:preparer"):
        assert client.get(reverse(nom)).status_code == 403


def test_figures_are_those_of_the_collectivite(client_de, ville):
    jour = timezone.localdate()
    periode = Periode(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    personne = compte("rh")
    assert collect(periode, jour, perimeter_of(personne)).actuel.effectif == 3
    ResponsabiliteFactory(compte=personne, collectivite=ville["cde"])
    personne = type(personne).objects.get(pk=personne.pk)
    faits = collect(periode, jour, perimeter_of(personne))
    assert (faits.actuel.effectif, faits.situation.suivis, faits.actuel.at_sans) == (1, 1, 1)
    assert (faits.actuel.signalements, faits.situation.actions_ouvertes) == (1, 1)
    client = client_de("rh")
    ResponsabiliteFactory(compte=client.compte, collectivite=ville["cde"])
    assert f"{ville['cde']} seulement" in client.get(reverse("reporting:tableau")).content.decode()


def test_one_answers_for_a_structure_or_a_collectivite_not_both(ville):
    personne, structure = compte("rh"), StructureFactory()
    for champs in ({}, {"structure": structure, "collectivite": ville["cde"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResponsabiliteFactory(compte=personne, **champs)


@pytest.mark.parametrize(
    "matricule, nom, refus",
    [
        ("4127", "kaloi", ""),
        ("904127", "KALOÏ", ""),
        ("4127", "Wamo", "à la fois"),
        ("4128", "Kaloi", "à la fois"),
        ("9999", "Kaloi", "à la fois"),
    ],
)
def test_account_is_linked_by_matricule_and_name_together(matricule, nom, refus):
    agent = AgentFactory(nom="Kaloi", matricule="4127")
    AgentFactory(nom="Autre", matricule="4128")
    cible = compte("agent")
    maintenant = timezone.now()
    lier = {"acteur": compte("administrateur"), "compte_id": cible.pk, "matricule": matricule, "nom": nom}
    if refus:
        with pytest.raises(ValidationError, match=refus):
            ask_agent(maintenant=maintenant, **lier)
    else:
        demande = ask_agent(maintenant=maintenant, **lier)
        assert not Agent.objects.visible_to(cible).exists(), "nobody has approved it"
        approve_demandes(acteur=compte("chef"), maintenant=maintenant, demandes=[demande.pk])
        assert list(Agent.objects.visible_to(cible)) == [agent]


def test_tab_shows_no_agent_to_the_administrator(client_de):
    cible = compte("agent")
    AgentFactory(nom="Kaloinewa", matricule="4127", compte=cible)
    page = client_de("administrateur").get(reverse("agents:portee", args=[cible.pk])).content.decode()
    assert "relié à la fiche" in page and "4127" not in page and "aloinewa" not in page.lower()


def test_whole_tree_is_offered_to_whoever_gives_responsibilities(client_de):
    StructureFactory()
    assert Structure.objects.visible_to(compte("administrateur")).count() == 1
    assert not Structure.objects.visible_to(compte("auditeur")).exists()
