"""What an account held to a collectivité may write: nothing beyond it, and it is told so in a sentence."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agents.models import Affectation, Agent, Poste, Structure
from nouvea_sst.comptes.corbeille import put_aside
from nouvea_sst.travaux.models import Travail
from tests.agents.factories import (
    AbsenceFactory,
    AffectationFactory,
    AgentFactory,
    CollectiviteFactory,
    PosteFactory,
    ResponsabiliteFactory,
    SiteFactory,
    StructureFactory,
)
from tests.fabriques import compte
from visites.models import Suivi
from visites.tasks import refresh_on_demand

pytestmark = pytest.mark.django_db
TOUTE_LA_VILLE = "Cette page vaut pour toute la Ville"


@pytest.fixture
def ville():
    """Two employers, each with an agent in a structure of its own."""
    cde = CollectiviteFactory(code="CDE", code_ancien="98")
    vdn = CollectiviteFactory(code="VDN", code_ancien="90")
    dans = AgentFactory(nom="Wamo", collectivite=cde)
    hors = AgentFactory(nom="Kaloi", prenom="Rose", collectivite=vdn, num_cafat="123456")
    return {"cde": cde, "vdn": vdn, "dans": dans, "hors": hors}


@pytest.fixture
def tenu(client_de, ville):
    """tenu("rh") is a client whose account answers for the first employer."""

    def build(role):
        client = client_de(role)
        ResponsabiliteFactory(compte=client.compte, collectivite=ville["cde"])
        return client

    return build


def enter(client, ville, **saisie):
    """Enter an agent; return the answer."""
    champs = {"nom": "Neuf", "prenom": "Jean", "collectivite": ville["cde"].pk} | saisie
    return client.post(reverse("agents:ajouter"), champs)


def test_structures_are_those_of_its_agents_those_above_and_those_that_hold_nobody(ville):
    rh = compte("rh")
    ResponsabiliteFactory(compte=rh, collectivite=ville["cde"])
    mere = StructureFactory(niveau="direction")
    Structure.objects.filter(pk=ville["dans"].structure_id).update(parent=mere)
    libre, ancienne = StructureFactory(parent=mere), StructureFactory()
    AffectationFactory(agent=ville["dans"], structure=ancienne)
    AffectationFactory(agent=ville["hors"], structure=StructureFactory(parent=libre))
    vide = StructureFactory()
    assert set(Structure.objects.visible_to(rh)) == {ville["dans"].structure, mere, ancienne, vide}
    assert set(Poste.objects.visible_to(rh)) == {ville["dans"].poste}
    assert Structure.objects.visible_to(compte("rh")).count() == Structure.objects.count()


def test_agent_is_entered_in_ones_own_collectivite_only(tenu, ville):
    client, ailleurs = tenu("rh"), ville["hors"].structure
    for saisie in (
        {"collectivite": ville["vdn"].pk},
        {"collectivite": ""},
        {"structure": ailleurs.pk, "date_debut": "01/01/2026"},
        {"matricule": "904127"},
    ):
        assert enter(client, ville, **saisie).context["form"].errors, saisie
    assert not Agent.objects.filter(nom="Neuf").exists()
    assert enter(client, ville).status_code == 302
    assert Agent.objects.visible_to(client.compte).filter(nom="Neuf").exists()


def test_unknown_and_hidden_structure_are_refused_alike(tenu, ville):
    client, textes = tenu("rh"), []
    for cle in (ville["hors"].structure_id, 999_999):
        refus = enter(client, ville, structure=cle, date_debut="01/01/2026").context["form"].errors
        textes.append(str(refus["structure"]).replace(str(cle), ""))
    assert textes[0] == textes[1]


def test_homonym_of_another_employer_is_not_told(tenu, ville):
    AgentFactory(nom="Wea", prenom="Luc", collectivite=ville["cde"])
    client = tenu("rh")
    assert enter(client, ville, nom="Kaloi", prenom="Rose", num_cafat="123456").status_code == 302
    assert enter(client, ville, nom="Wea", prenom="Luc").context["homonymes"]


def test_tree_and_posts_are_shared_and_kept_by_who_reaches_everybody(tenu, ville):
    client, libre = tenu("rh"), PosteFactory()
    pages = (
        reverse("agents:structure_ajouter"),
        reverse("agents:structure_corriger", args=[ville["dans"].structure_id]),
        reverse("agents:poste_corriger", args=[ville["dans"].poste_id]),
        reverse("agents:poste_corriger", args=[libre.pk]),
    )
    for page in pages:
        for reponse in (client.get(page), client.post(page, {"intitule": "Volé", "version": 1})):
            assert reponse.status_code == 403
            assert TOUTE_LA_VILLE in reponse.content.decode()
    assert not Poste.objects.filter(intitule="Volé").exists()
    for nom in ("agents:structures", "agents:postes"):
        assert "corriger" not in client.get(reverse(nom)).content.decode()
        assert str(ville["hors"].structure.sigle) not in client.get(reverse(nom)).content.decode()


@pytest.mark.parametrize("page", ["imports:deposer", "reporting:editions", "reporting:preparer"])
def test_what_speaks_of_the_whole_city_is_neither_offered_nor_open(tenu, page):
    client = tenu("coordinateur")
    refus = client.get(reverse(page))
    assert refus.status_code == 403
    assert TOUTE_LA_VILLE in refus.content.decode()
    for nom in ("accueil", "agents:liste", "reporting:tableau"):
        assert reverse(page) not in client.get(reverse(nom)).content.decode()
        rh = tenu("rh").get(reverse(nom)).content.decode()
        assert reverse(page) not in rh and "dossier n’a" not in rh


def test_a_role_that_never_opens_a_page_is_told_of_no_scope(tenu):
    assert TOUTE_LA_VILLE not in tenu("infirmier").get(reverse("imports:deposer")).content.decode()


def test_due_dates_are_calculated_for_those_whom_one_sees(tenu, ville):
    call_command("charger_referentiel", verbosity=0)
    client = tenu("coordinateur")
    client.post(reverse("visites:calculer"))
    refresh_on_demand(travail_id=Travail.objects.get().pk)
    assert list(Suivi.objects.values_list("agent", flat=True)) == [ville["dans"].pk]


def test_trash_holds_what_concerns_agents_in_reach(tenu, ville):
    """Its scope may have changed since it took something away itself."""
    client = tenu("rh")
    for agent, vu in ((ville["dans"], True), (ville["hors"], False)):
        retrait = put_aside(
            acteur=client.compte,
            objet=AbsenceFactory(agent=agent),
            libelle=f"Absence {agent.nom}",
            droit="agents.change_absence",
            adresse="/",
            agent=agent,
        )
        corbeille = client.get(reverse("comptes:corbeille")).content.decode()
        assert (retrait.libelle in corbeille) is vu
        page = reverse("comptes:retablir", args=[retrait.pk])
        assert client.get(page).status_code == (200 if vu else 404)
        assert client.post(page).status_code == (302 if vu else 404)


def test_site_put_aside_is_kept_but_not_chosen_anew(client_de):
    """It stays on the affectation that holds it, whose other fields may be corrected."""
    client, jour = client_de("rh"), timezone.localdate()
    ferme = SiteFactory(libelle="Dépôt fermé", actif=False)
    ligne = AffectationFactory(date_debut=jour - datetime.timedelta(days=90), site=ferme)
    saisie = {"structure": ligne.structure_id, "temps_travail": 80, "libelle_site": "dépôt fermé"}
    ajout = reverse("agents:affectation_ajouter", args=[ligne.agent_id])
    refus = client.post(ajout, saisie | {"date_debut": f"{jour:%d/%m/%Y}"})
    assert "n’est plus proposé à la saisie" in str(refus.context["form"].errors["libelle_site"])
    assert "Dépôt fermé" not in refus.context["sites"]
    garde = reverse("agents:affectation_corriger", args=[ligne.agent_id, ligne.pk])
    dates = {"date_debut": f"{ligne.date_debut:%d/%m/%Y}", "version": ligne.version}
    assert client.post(garde, saisie | dates).status_code == 302
    assert list(Affectation.objects.values_list("site", "temps_travail")) == [(ferme.pk, 80)]
