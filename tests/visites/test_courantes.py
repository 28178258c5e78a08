"""A measure of an earlier visit is left or ended by the next one; what was signed keeps its words."""

import datetime

import pytest
from django.urls import reverse

from agents.models import Agent
from tests.agents.factories import AgentFactory, PosteFactory, ResponsabiliteFactory, StructureFactory
from tests.visites.factories import JOUR, EngagementFactory, RestrictionFactory, VisiteFactory, held
from tests.visites.test_views_conclusion import measure, page, typed
from visites.actions.certificats import visit_values
from visites.enums import EtatEngagement
from visites.models import Engagement, Restriction, TypeRestriction, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]
VEILLE = JOUR - datetime.timedelta(days=1)
AVANT = datetime.date(2026, 5, 24)
MOTS = "Port de charges limité, 10 kg, jusqu’au 24/05/2027"


@pytest.fixture
def medecin(client_de):
    return client_de("medecin")


@pytest.fixture
def visite(medecin):
    poste = PosteFactory(categorie_suivi="adapte", intitule="Jardinier")
    agent = AgentFactory(statut="C", poste=poste, structure=StructureFactory())
    return VisiteFactory(agent=agent, professionnel=medecin.compte)


@pytest.fixture
def courante(visite):
    genre = TypeRestriction.objects.get(libelle="Port de charges limité")
    ancienne = held(agent=visite.agent, date=AVANT)
    posee = RestrictionFactory(visite=ancienne, type=genre, date_debut=AVANT)
    EngagementFactory(restriction=posee)
    return posee


def sign(client, visite, *mesures, **champs):
    return client.post(page(visite), typed(*mesures, **champs))


def read(client, lecteur, visite, saisie):
    adresse = reverse("visites:apercu", args=[visite.pk])
    return client.post(adresse, saisie | {"lecteur": lecteur}).context["lecture"]


def test_apt_is_not_signed_over_a_measure_that_holds(medecin, visite, courante):
    texte = sign(medecin, visite).content.decode()
    assert "Une mesure est encore en cours" in texte and MOTS in texte
    assert Visite.objects.get(pk=visite.pk).etat == "placee"
    assert sign(medecin, visite, finies=courante.pk).status_code == 302
    courante.refresh_from_db()
    assert (courante.date_fin, courante.fin_avant, courante.finie_par) == (
        VEILLE,
        datetime.date(2027, 5, 24),
        visite,
    )
    assert Engagement.objects.on(JOUR, 45).get().etat == EtatEngagement.ECHUE
    lecture = medecin.get(reverse("visites:visite", args=[visite.pk])).context["lecture"]
    assert lecture.finies == [MOTS] and lecture.sans_mesure
    valeurs = visit_values(visite=Visite.objects.get(pk=visite.pk))
    assert f"Ne s’applique plus : {MOTS}" in valeurs["visite.propositions"]


def test_what_is_left_stands_in_every_text_as_the_preview_said(medecin, visite, courante, client_de):
    chef, agent = client_de("encadrant"), client_de("agent")
    ResponsabiliteFactory(compte=chef.compte, structure=visite.agent.structure)
    Agent.objects.filter(pk=visite.agent_id).update(compte=agent.compte)
    saisie = typed(measure("Télétravail", precision=""), conclusion="amenagement")
    lecteurs = {"encadrant": chef, "agent": agent, "section": client_de("chef")}
    apercus = {lecteur: read(medecin, lecteur, visite, saisie) for lecteur in lecteurs}
    assert medecin.post(page(visite), saisie).status_code == 302
    for lecteur, client in lecteurs.items():
        lue = client.get(reverse("visites:visite", args=[visite.pk])).context["lecture"]
        assert lue == apercus[lecteur], lecteur
        assert lue.mesures == ["Télétravail, jusqu’au 24/05/2027", f"{MOTS} (déjà en cours)"]


def test_arrangement_may_rest_on_what_already_holds(medecin, visite, courante):
    assert sign(medecin, visite, conclusion="amenagement").status_code == 302
    courante.refresh_from_db()
    assert courante.finie_par is None and Restriction.objects.count() == 1


def test_same_kind_is_not_set_twice(medecin, visite, courante):
    texte = sign(medecin, visite, measure(precision="5 kg"), conclusion="amenagement").content.decode()
    assert "Mesure 1 : déjà en cours à ces dates" in texte and 'value="5 kg"' in texte
    suite = sign(medecin, visite, measure(precision="5 kg"), conclusion="amenagement", finies=courante.pk)
    assert suite.status_code == 302
    assert set(Restriction.objects.values_list("precision", "date_fin")) == {
        ("10 kg", VEILLE),
        ("5 kg", datetime.date(2027, 5, 24)),
    }


def test_what_had_not_begun_is_withdrawn_and_a_correction_gives_it_back(medecin, visite, courante):
    Restriction.objects.update(date_debut=datetime.date(2027, 1, 1))
    assert sign(medecin, visite, finies=courante.pk).status_code == 302
    assert not Restriction.objects.exists() and Engagement.objects.get().clos_le == JOUR
    signee = Visite.objects.get(pk=visite.pk)
    corriger = reverse("visites:corriger", args=[visite.pk])
    assert "checked" in medecin.get(corriger).content.decode().partition('name="finies"')[2][:200]
    envoi = {"version": signee.version, "conclusion": "amenagement", "raison": "Elle reste utile."}
    assert medecin.post(corriger, typed(**envoi)).status_code == 302
    rendue = Restriction.objects.get()
    assert (rendue.date_fin, rendue.finie_par) == (datetime.date(2027, 5, 24), None)
    assert Engagement.objects.get().clos_le is None
    versions = medecin.get(reverse("visites:visite", args=[visite.pk])).context["versions"]
    assert versions[0]["lecture"].finies == ["Port de charges limité, 10 kg, du 01/01/2027 au 24/05/2027"]


def test_draft_keeps_what_is_to_end(medecin, visite, courante):
    brouillon = reverse("visites:brouillon", args=[visite.pk])
    medecin.post(brouillon, typed(finies=courante.pk, brouillon=0), HTTP_HX_REQUEST="true")
    assert "checked" in medecin.get(page(visite)).content.decode().partition('name="finies"')[2][:200]


def test_nurse_reads_what_holds_and_ends_nothing(visite, courante, client_de):
    infirmier = client_de("infirmier")
    Visite.objects.filter(pk=visite.pk).update(nature="vip", professionnel=infirmier.compte)
    texte = infirmier.get(page(visite)).content.decode()
    assert MOTS in texte and 'name="finies"' not in texte
    saisie = typed(conclusion="attestation")
    assert infirmier.post(page(visite), saisie | {"finies": courante.pk}).status_code == 403
    assert infirmier.post(page(visite), saisie).status_code == 302
    courante.refresh_from_db()
    assert courante.finie_par is None


def test_measures_of_another_agent_cannot_be_ended(medecin, visite, courante):
    autre = RestrictionFactory(visite=held(date=AVANT), date_debut=AVANT)
    texte = sign(medecin, visite, conclusion="amenagement", finies=autre.pk).content.decode()
    assert "invalid-feedback" in texte
    autre.refresh_from_db()
    assert autre.finie_par is None


def test_two_conclusions_at_once_are_refused(medecin, visite):
    reponse = medecin.post(page(visite), typed() | {"conclusion": ["apte", "inapte_poste"]})
    assert "Choisissez une seule conclusion." in reponse.content.decode()
    assert Visite.objects.get().etat == "placee"


def test_what_was_signed_keeps_its_words(medecin, visite):
    assert sign(medecin, visite, measure(), conclusion="amenagement").status_code == 302
    Agent.objects.filter(pk=visite.agent_id).update(poste=PosteFactory(intitule="Comptable"))
    TypeRestriction.objects.filter(libelle="Port de charges limité").update(libelle="Charges")
    type(visite.motif).objects.update(libelle="Autre motif", libelle_public="Autre motif")
    fiche = reverse("visites:visite", args=[visite.pk])
    lue = medecin.get(fiche).context["lecture"]
    assert ("Poste", "Jardinier") in lue.lignes and lue.mesures == [MOTS]
    assert "Autre motif" not in dict(lue.lignes).values()
    signee = Visite.objects.get()
    envoi = {"version": signee.version, "conclusion": "amenagement", "raison": "Poids mal noté."}
    corriger = reverse("visites:corriger", args=[visite.pk])
    assert medecin.post(corriger, typed(measure("Charges", precision="5 kg"), **envoi)).status_code == 302
    contexte = medecin.get(fiche).context
    assert ("Poste", "Jardinier") in contexte["lecture"].lignes
    assert contexte["versions"][0]["lecture"].mesures == [MOTS]
    assert ("Poste", "Jardinier") in contexte["versions"][0]["lecture"].lignes
