"""« Qualité des données »: each contradiction finds its row alone; what is set aside leaves the count."""

import datetime
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agents.models import Affectation, Agent, Structure
from nouvea_sst.comptes.enums import NatureJournal, Role
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.contradictions import Gravite
from nouvea_sst.mesures import Compteur
from reporting.actions import set_aside, take_back
from reporting.models import ContradictionEcartee
from reporting.qualite.lecture import count_all, declared, find, rows_to_treat
from tests.agents import factories as a
from tests.fabriques import compte, log_in
from tests.signalements import factories as s
from tests.visites import factories as v
from visites.enums import EtatVisite
from visites.models import Restriction

pytestmark = pytest.mark.django_db
JOUR = datetime.date(2026, 11, 24)
UN = datetime.timedelta(days=1)


@pytest.fixture
def jour(monkeypatch):
    """The day on which pages are read."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: JOUR)
    return JOUR


def gone(jours=30, **champs):
    """An agent who left so many days ago."""
    return a.AgentFactory(date_depart=JOUR - jours * UN, **champs)


def twin(**champs):
    """A second file of the same name, first name and birth; the later one is the row."""
    premier = a.AgentFactory(nom="Wamo")
    return a.AgentFactory(**{"nom": "Wamo", "date_naissance": premier.date_naissance} | champs)


def by_birth_name():
    a.AgentFactory(nom="Wamo", prenom="Béa")
    return a.AgentFactory(nom="Boula", nom_naissance="WAMO", prenom="Bea")


def same_number(numero):
    a.AgentFactory(**{numero: "123456"})
    return a.AgentFactory(**{numero: "123456", "date_naissance": datetime.date(1980, 1, 1)})


def overlapping_affectations():
    premiere = a.AffectationFactory()
    return a.AffectationFactory(agent=premiere.agent, date_debut=JOUR - UN)


def overlapping_absences():
    premiere = a.AbsenceFactory(date_debut=JOUR - 9 * UN, date_fin=JOUR - 5 * UN)
    # Ends at noon, begins in the afternoon: no overlap.
    a.AbsenceFactory(
        agent=premiere.agent,
        date_debut=JOUR - 20 * UN,
        date_fin=JOUR - 12 * UN,
        fin_matin=True,
    )
    a.AbsenceFactory(
        agent=premiere.agent,
        date_debut=JOUR - 12 * UN,
        date_fin=JOUR - 11 * UN,
        debut_apres_midi=True,
    )
    return a.AbsenceFactory(agent=premiere.agent, date_debut=JOUR - 5 * UN, date_fin=JOUR)


def in_closed_structure():
    agent = a.AgentFactory()
    Structure.objects.filter(pk=agent.structure_id).update(date_fin=JOUR - UN)
    return agent


def orphan_structure():
    mere = a.StructureFactory()
    fille = a.StructureFactory(parent=mere)
    Structure.objects.filter(pk=mere.pk).update(date_fin=JOUR - UN)
    return fille


def held_twice():
    premiere = v.held(date=JOUR - 9 * UN)
    return v.held(agent=premiere.agent, date=premiere.date)


def in_an_absence():
    visite = v.VisiteFactory(date=JOUR + 3 * UN)
    a.AbsenceFactory(agent=visite.agent, date_debut=JOUR, date_fin=JOUR + 9 * UN)
    return visite


def of_another():
    visite = v.held(date=JOUR - UN)
    return v.RestrictionFactory(visite=visite, agent=a.AgentFactory())


def leave_too_early():
    accident = s.AccidentFactory()
    s.arret(accident, -9, -5)
    return accident


def leave_of_another():
    accident = s.AccidentFactory()
    absence = s.arret(accident, 1, 3)
    type(absence).objects.filter(pk=absence.pk).update(agent=a.AgentFactory())
    return accident


# A city with one fault: the record that the contradiction must find.
FAUTES = {
    "meme-identite": twin,
    "meme-cafat": lambda: same_number("num_cafat"),
    "meme-ruamm": lambda: same_number("num_ruamm"),
    "meme-nom": lambda: twin(date_naissance=None),
    "nom-de-naissance": by_birth_name,
    "naissance": lambda: a.AgentFactory(date_naissance=datetime.date(1940, 1, 1)),
    "parti-compte": lambda: gone(compte=compte(Role.AGENT)),
    "sans-service": lambda: a.AgentFactory(structure=None),
    "sans-matricule": lambda: a.AgentFactory(matricule=None),
    "sans-naissance": lambda: a.AgentFactory(date_naissance=None),
    "sans-embauche": lambda: a.AgentFactory(date_embauche=None),
    "sans-statut": lambda: a.AgentFactory(statut=""),
    "affectations-ensemble": overlapping_affectations,
    "affectation-parti": lambda: a.AffectationFactory(agent=gone()),
    "absences-ensemble": overlapping_absences,
    "absence-apres-depart": lambda: a.AbsenceFactory(agent=gone()),
    "structure-fermee": in_closed_structure,
    "structure-orpheline": orphan_structure,
    "visite-apres-depart": lambda: v.VisiteFactory(agent=gone(), date=JOUR + UN),
    "visite-a-venir-realisee": lambda: v.held(date=JOUR + 9 * UN),
    "visite-deux-fois": held_twice,
    "visite-sans-suite": lambda: v.VisiteFactory(date=JOUR - UN),
    "visite-pendant-absence": in_an_absence,
    "mesure-autre-agent": of_another,
    "accident-apres-depart": lambda: s.AccidentFactory(agent=gone(), date=JOUR - UN),
    "arret-avant-accident": leave_too_early,
    "arret-autre-agent": leave_of_another,
}


def without_fault():
    """A city in order: who is there, who has left, visits held and placed, an accident with its leave."""
    for agent in (a.AgentFactory(), gone()):
        fin = agent.date_depart
        a.AffectationFactory(agent=agent, date_debut=agent.date_embauche, date_fin=fin)
        a.AbsenceFactory(agent=agent, date_debut=JOUR - 90 * UN, date_fin=JOUR - 80 * UN)
        visite = v.held(agent=agent, date=JOUR - 60 * UN)
        v.RestrictionFactory(visite=visite)
        s.arret(s.AccidentFactory(agent=agent, date=JOUR - 70 * UN), 1, 3)
    v.VisiteFactory(date=JOUR + 9 * UN)
    v.VisiteFactory(agent=gone(), date=JOUR + 3 * UN, etat=EtatVisite.ANNULEE)
    a.AgentFactory(est_elu=True, matricule=None, statut="", structure=None)


def counts(role=Role.COORDINATEUR):
    """How many rows an account of the role finds, by contradiction."""
    return {c.contradiction.code: c.nombre for c in count_all(compte(role), JOUR) if c.nombre}


def test_a_city_in_order_has_no_row():
    without_fault()
    assert counts() == {}


def test_every_contradiction_has_its_fault():
    assert sorted(FAUTES) == sorted(c.code for c in declared())
    assert len({c.libelle for c in declared()}) == len(declared())


@pytest.mark.parametrize("code", FAUTES)
def test_contradiction_finds_its_row_alone(code):
    without_fault()
    faute = FAUTES[code]()
    user = compte()
    contradiction = find(user, code)
    lignes = list(contradiction.lire(rows_to_treat(contradiction, user, JOUR), user))
    assert [ligne.pk for ligne in lignes] == [faute.pk]
    assert contradiction.dire(lignes[0]) and "None" not in contradiction.dire(lignes[0])
    assert contradiction.reparer(lignes[0]).startswith("/")
    assert contradiction.ouvrir(lignes[0]).startswith("/")


@pytest.mark.parametrize("code", FAUTES)
def test_number_opens_its_rows_and_each_row_its_repair(client_de, jour, code):
    faute, client = FAUTES[code](), client_de(Role.COORDINATEUR)
    adresse = reverse("qualite:lignes", args=[code])
    accueil = client.get(reverse("qualite:accueil"))
    assert f'href="{adresse}"' in accueil.content.decode()
    page = client.get(adresse)
    assert page.context["total"] == page.context["compte"].nombre == 1
    reparer = find(client.compte, code).reparer(page.context["table"].rows[0].record)
    assert f'href="{reparer}"' in page.content.decode()
    assert client.get(reparer).status_code == 200
    assert faute.pk == page.context["table"].rows[0].record.pk


def test_nothing_to_correct_is_said(client_de, jour):
    client = client_de(Role.RH)
    assert "Rien à corriger" in client.get(reverse("qualite:accueil")).content.decode()
    page = client.get(reverse("qualite:lignes", args=["sans-service"])).content.decode()
    assert "Rien à corriger" in page


@pytest.mark.parametrize("role", [Role.COORDINATEUR, Role.RH, Role.CHEF])
def test_home_adds_them_up(client_de, jour, role):
    a.AgentFactory(structure=None, matricule=None)
    v.VisiteFactory(date=JOUR - UN)
    client = client_de(role)
    total = sum(c.nombre for c in count_all(client.compte, JOUR))
    page = re.sub(r"<[^>]+>", " ", client.get(reverse("accueil")).content.decode())
    assert re.search(rf"\b{total}\s+données à revoir", page)
    assert client.get(reverse("qualite:accueil")).context["total"] == total


def test_statements_of_the_page_do_not_depend_on_the_rows(client_de, jour):
    client, adresse = client_de(Role.COORDINATEUR), reverse("qualite:accueil")
    client.get(adresse)
    with Compteur() as vide:
        client.get(adresse)
    for faute in FAUTES.values():
        faute()
    with Compteur() as pleine:
        assert client.get(adresse).context["total"] > len(FAUTES) - 5
    assert len(pleine) == len(vide) <= 15


def test_workbook_and_paper_have_the_rows(client_de, jour):
    agent = a.AgentFactory(nom="Kaloi", structure=None)
    client, adresse = client_de(Role.RH), reverse("qualite:lignes", args=["sans-service"])
    classeur = load_workbook(io.BytesIO(client.get(adresse, {"format": "xlsx"}).content))
    lignes = list(classeur.active.values)
    assert lignes[0] == ("Agent", "Structure", "Constat")
    assert lignes[1][0] == str(agent)
    assert str(agent) in client.get(adresse, {"imprimer": "1"}).content.decode()
    acte = LigneJournal.objects.filter(acte="qualite.lignes").first()
    assert acte.objet_libelle == "Agent présent sans service : 1 agent sur papier"


def ecarter(client, code, ligne, raison="Vérifié avec le service"):
    """Set a row aside by its page."""
    return client.post(reverse("qualite:ecarter", args=[code, ligne.pk]), {"raison": raison}, follow=True)


def test_row_set_aside_leaves_the_count_and_stays_readable(client_de, jour):
    agent, client = a.AgentFactory(structure=None), client_de(Role.RH)
    page = ecarter(client, "sans-service", agent)
    assert page.context["total"] == 0
    ecartee = ContradictionEcartee.objects.get()
    assert (ecartee.raison, ecartee.ecartee_par) == ("Vérifié avec le service", client.compte)
    liste = client.get(reverse("qualite:lignes", args=["sans-service"]), {"ecartees": "oui"})
    assert liste.context["total"] == 1 and "Vérifié avec le service" in liste.content.decode()
    ligne = LigneJournal.objects.get(acte="qualite.set_aside")
    assert (ligne.nature, ligne.agent_cle) == (NatureJournal.ACTE, str(agent.pk))
    assert "service" not in ligne.objet_libelle.replace("sans service", "")

    reprise = reverse("qualite:reprendre", args=["sans-service", agent.pk])
    assert client.get(reprise).status_code == 200
    page = client.post(reprise, {"version": ecartee.version}, follow=True)
    assert page.context["total"] == 1
    ecartee.refresh_from_db()
    assert ecartee.reprise_le is not None
    # It may be set aside again.
    assert ecarter(client, "sans-service", agent).context["total"] == 0


def test_row_needs_a_reason_and_a_contradiction(client_de, jour):
    agent, client = a.AgentFactory(structure=None), client_de(Role.RH)
    assert client.post(reverse("qualite:ecarter", args=["sans-service", agent.pk])).status_code == 200
    assert not ContradictionEcartee.objects.exists()
    sain = reverse("qualite:ecarter", args=["sans-service", a.AgentFactory().pk])
    assert client.get(sain).status_code == 404
    assert client.get(reverse("qualite:lignes", args=["inconnue"])).status_code == 404


def test_set_aside_twice_is_once():
    user, agent = compte(Role.RH), a.AgentFactory(structure=None)
    faits = {"contradiction": find(user, "sans-service"), "ligne": agent, "maintenant": timezone.now()}
    un = set_aside(acteur=user, raison="Un", **faits)
    assert set_aside(acteur=user, raison="Deux", **faits) == un
    take_back(acteur=user, version=un.version, **faits)
    assert ContradictionEcartee.objects.in_force().count() == 0


def test_nobody_judges_his_own_file(client_de, jour):
    client = client_de(Role.RH)
    agent = a.AgentFactory(structure=None, compte=client.compte)
    page = client.get(reverse("qualite:lignes", args=["sans-service"])).content.decode()
    assert "Votre propre fiche" in page
    assert client.get(reverse("qualite:ecarter", args=["sans-service", agent.pk])).status_code == 403


def test_nobody_judges_the_double_of_his_own_file(client_de, jour):
    client, nee = (
        client_de(Role.RH),
        {"nom": "Wamo", "prenom": "Luc", "date_naissance": datetime.date(1980, 3, 2)},
    )
    sienne = a.AgentFactory(compte=client.compte, **nee)
    double, code = a.AgentFactory(**nee), "meme-identite"
    assert sienne.pk < double.pk
    page = client.get(reverse("qualite:lignes", args=[code])).content.decode()
    assert "Votre propre fiche" in page and "pas une erreur" not in page
    adresse = reverse("qualite:ecarter", args=[code, double.pk])
    assert client.post(adresse, {"raison": "Deux personnes"}).status_code == 403
    assert client_de(Role.RH).get(adresse).status_code == 200
    assert not ContradictionEcartee.objects.exists()
    # The acts check it by themselves, on a row that no list has read.
    faits = {"contradiction": find(client.compte, code), "ligne": Agent.objects.get(pk=double.pk)}
    moment = timezone.now()
    with pytest.raises(PermissionDenied):
        set_aside(acteur=client.compte, raison="Deux", maintenant=moment, **faits)
    ecartee = set_aside(acteur=compte(Role.RH), raison="Deux", maintenant=moment, **faits)
    with pytest.raises(PermissionDenied):
        take_back(acteur=client.compte, version=ecartee.version, maintenant=moment, **faits)


def test_chief_reads_and_sets_nothing_aside(client_de, jour):
    agent, chef = a.AgentFactory(structure=None), client_de(Role.CHEF)
    page = chef.get(reverse("qualite:lignes", args=["sans-service"])).content.decode()
    assert str(agent) in page and "pas une erreur" not in page
    assert chef.get(reverse("qualite:ecarter", args=["sans-service", agent.pk])).status_code == 403


def test_a_scope_hides_rows_and_twins():
    """Who answers for one employer learns neither of the other's rows nor that somebody works there too."""
    caisse, ville = a.CollectiviteFactory(), a.CollectiviteFactory()
    rh = compte(Role.RH)
    a.ResponsabiliteFactory(compte=rh, collectivite=caisse)
    a.AgentFactory(nom="Wamo", collectivite=ville)
    a.AgentFactory(nom="Wamo", collectivite=caisse)
    a.AgentFactory(structure=None, collectivite=ville)
    assert {c.contradiction.code: c.nombre for c in count_all(rh, JOUR) if c.nombre} == {}
    assert counts(Role.RH) == {"meme-identite": 1, "sans-service": 1}


def test_a_role_without_a_right_does_not_see_its_rows():
    rh = compte(Role.RH)
    assert find(rh, "structure-orpheline") is not None
    for c in declared():
        assert c.droits and c.gravite in Gravite
    assert find(compte(Role.PREVENTEUR), "absences-ensemble") is None


def test_what_cannot_stand_has_no_row():
    """The page says so: the database refuses an end before a start, and a motive left out."""
    noms = {c.name for m in (Agent, Affectation, a.Absence, Restriction) for c in m._meta.constraints}
    assert {
        "agents_depart_apres_embauche",
        "agents_affectation_periode",
        "agents_absence_periode",
        "visites_restriction_periode",
    } <= noms
    assert not v.Visite._meta.get_field("motif").null
    assert Agent._meta.get_field("matricule").unique


def test_client_of_nobody_is_sent_to_log_in(client):
    assert client.get(reverse("qualite:accueil")).status_code == 302
    assert log_in(compte(Role.MEDECIN)).get(reverse("qualite:accueil")).status_code == 403
