"""Placing, moving, cancelling on screen; the half-day."""

import datetime

import pytest
from django.urls import reverse

from nouvea_sst.comptes.models import LigneJournal, Utilisateur
from tests.agents.factories import AbsenceFactory, AgentFactory, PosteFactory
from tests.fabriques import compte
from tests.visites.factories import JOUR, VisiteFactory, held
from visites.models import Motif, Visite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jour", "regles")]


def typed(medecin, **champs):
    return {
        "motif": Motif.objects.get(code="periodique").pk,
        "nature": "examen",
        "date": "26/11/2026",
        "heure": "08:15",
        "professionnel": medecin.pk,
    } | champs


def test_visit_is_placed_and_announced(client_de):
    agent, medecin = AgentFactory(), compte("medecin")
    adresse = reverse("visites:placer", args=[agent.pk])
    reponse = client_de().post(adresse, typed(medecin), follow=True)
    assert "Visite placée le jeudi 26 novembre 2026 à 08:15." in reponse.content.decode()
    assert Visite.objects.get().heure == datetime.time(8, 15)


def test_refusal_stands_beside_its_field_and_nothing_is_lost(client_de):
    agent, medecin = AgentFactory(), compte("medecin")
    reponse = client_de().post(reverse("visites:placer", args=[agent.pk]), typed(medecin, date="29/11/2026"))
    form = reponse.context["form"]
    assert form.errors == {"date": ["Le 29/11/2026 est un dimanche."]}
    texte = reponse.content.decode()
    assert 'value="29/11/2026"' in texte and "Le 29/11/2026 est un dimanche." in texte
    assert not Visite.objects.exists()


def test_absence_offers_a_box_that_nothing_else_shows(client_de):
    absence, medecin = AbsenceFactory(date_debut=JOUR, date_fin=datetime.date(2026, 12, 4)), compte("medecin")
    client, adresse = client_de(), reverse("visites:placer", args=[absence.agent_id])
    assert "malgré cette absence" not in client.get(adresse).content.decode()
    texte = client.post(adresse, typed(medecin)).content.decode()
    assert "absent jusqu’au 04/12/2026" in texte and "Placer malgré cette absence" in texte
    assert absence.type.libelle not in texte and not Visite.objects.exists()
    client.post(adresse, typed(medecin, malgre_absence="on"))
    assert Visite.objects.get().date == datetime.date(2026, 11, 26)


@pytest.mark.parametrize("role, page", [("coordinateur", "deplacer"), ("medecin", "visite")])
def test_visit_placed_already_leads_to_it(client_de, role, page):
    visite = VisiteFactory(motif=Motif.objects.get(code="periodique"))
    client = client_de(role)
    professionnel = client.compte if role == "medecin" else visite.professionnel
    adresse = reverse("visites:placer", args=[visite.agent_id])
    texte = client.post(adresse, typed(professionnel)).content.decode()
    assert "déplacez-la" in texte and f'href="{reverse(f"visites:{page}", args=[visite.pk])}"' in texte
    assert "Une visite est déjà placée" not in client.get(adresse).content.decode()


@pytest.mark.parametrize("categorie, nature", [("simple", "vip"), ("renforce", "examen")])
def test_form_proposes_what_the_follow_up_asks(client_de, categorie, nature):
    agent = AgentFactory(poste=PosteFactory(categorie_suivi=categorie))
    initial = client_de().get(reverse("visites:placer", args=[agent.pk])).context["form"].initial
    assert (initial["nature"], initial["motif"].code) == (nature, "nouvel_arrivant")


def test_care_staff_place_with_themselves_only(client_de):
    compte("medecin")
    client = client_de("medecin")
    form = client.get(reverse("visites:placer", args=[AgentFactory().pk])).context["form"]
    assert list(form.fields["professionnel"].queryset) == [client.compte]


def test_loser_of_two_editors_sees_both_texts(client_de):
    visite = VisiteFactory()
    adresse = reverse("visites:deplacer", args=[visite.pk])
    saisie = typed(visite.professionnel, version=1)
    Visite.objects.update(version=2, date=datetime.date(2026, 12, 1))
    reponse = client_de().post(adresse, saisie)
    texte = reponse.content.decode()
    assert "Quelqu’un d’autre a enregistré" in texte
    assert "26/11/2026" in texte and "01/12/2026" in texte
    assert Visite.objects.get().date == datetime.date(2026, 12, 1)
    assert 'name="version" value="2"' in texte


def test_moved_cancelled_missed(client_de):
    client = client_de()
    visite = VisiteFactory()
    client.post(reverse("visites:deplacer", args=[visite.pk]), typed(visite.professionnel, version=1))
    assert Visite.objects.get().date == datetime.date(2026, 11, 26)
    client.post(reverse("visites:annuler", args=[visite.pk]), {"version": 2, "raison": "Agent en mission"})
    assert Visite.objects.get().etat == "annulee"
    manquee = VisiteFactory()
    client.post(reverse("visites:absence", args=[manquee.pk]), {"version": 1})
    assert Visite.objects.get(pk=manquee.pk).etat == "absent"


def test_cancelling_asks_for_a_reason(client_de):
    visite = VisiteFactory()
    reponse = client_de().post(reverse("visites:annuler", args=[visite.pk]), {"version": 1, "raison": ""})
    assert reponse.context["form"].errors["raison"] and Visite.objects.get().etat == "placee"


@pytest.mark.parametrize("nom", ["deplacer", "annuler", "absence"])
@pytest.mark.parametrize(
    "role, statut", [("coordinateur", 200), ("medecin", 403), ("rh", 403), ("agent", 403)]
)
def test_who_handles_a_visit(client_de, nom, role, statut):
    visite = VisiteFactory()
    assert client_de(role).get(reverse(f"visites:{nom}", args=[visite.pk])).status_code == statut


def test_own_visit_is_not_for_oneself(client_de):
    client = client_de("coordinateur")
    agent = AgentFactory(compte=client.compte)
    assert client.get(reverse("visites:placer", args=[agent.pk])).status_code == 403


def test_half_day_shows_ones_own_visits_by_hour(client_de):
    client = client_de("medecin")
    VisiteFactory()
    tard = VisiteFactory(professionnel=client.compte, heure=datetime.time(14, 0))
    tot = VisiteFactory(professionnel=client.compte, heure=datetime.time(8, 0))
    VisiteFactory(professionnel=client.compte, etat="annulee", heure=datetime.time(8, 30))
    demain = VisiteFactory(professionnel=client.compte, date=JOUR + datetime.timedelta(days=1))
    contexte = client.get("/visites/journee/").context
    moities = [(nom, [ligne["visite"] for ligne in lignes]) for nom, lignes in contexte["demi_journees"]]
    assert moities == [("Matin", [tot]), ("Après-midi", [tard])]
    assert (contexte["total"], contexte["reste"], contexte["choisit_qui"]) == (2, 2, False)
    contexte = client.get("/visites/journee/?jour=2026-11-25").context
    [(_, [ligne])] = contexte["demi_journees"]
    assert ligne["visite"] == demain and not ligne["peut_signer"]


def test_coordinator_chooses_whose_half_day(client_de):
    visite = VisiteFactory(professionnel=compte("medecin", last_name="Zola"))
    compte("infirmier", last_name="Abel")
    client = client_de()
    assert client.get("/visites/journee/").context["professionnel"] == visite.professionnel
    autre = Utilisateur.objects.get(last_name="Abel").pk
    assert client.get(f"/visites/journee/?professionnel={autre}").context["total"] == 0
    adresse = f"/visites/journee/?professionnel={visite.professionnel_id}&jour=24/11/2026"
    reponse = client.get(adresse)
    assert reponse.context["total"] == 1 and "Conclure" not in reponse.content.decode()


@pytest.mark.parametrize(
    "ecarts, ouvert", [([-9, -2, 3, 8], 3), ([-9, -2], -2), ([-2, 0, 3], 0), ([], 0)], ids=str
)
def test_half_day_opens_on_the_nearest_with_visits(client_de, ecarts, ouvert):
    client = client_de("medecin")
    jours = [JOUR + datetime.timedelta(days=ecart) for ecart in ecarts]
    for jour in jours:
        VisiteFactory(professionnel=client.compte, date=jour)
    VisiteFactory(date=JOUR)
    VisiteFactory(professionnel=client.compte, etat="annulee", date=JOUR + datetime.timedelta(days=1))
    contexte = client.get("/visites/journee/").context
    assert contexte["jour"] == JOUR + datetime.timedelta(days=ouvert)
    avant = [jour for jour in jours if jour < contexte["jour"]]
    apres = [jour for jour in jours if jour > contexte["jour"]]
    assert contexte["autour"] == {"avant": max(avant, default=None), "apres": min(apres, default=None)}


def test_coordinator_opens_on_whoever_still_has_visits_to_conclude(client_de):
    held(professionnel=compte("medecin", last_name="Abel"), heure=datetime.time(7, 0))
    visite = VisiteFactory(professionnel=compte("medecin", last_name="Zola"))
    for adresse in ("/visites/journee/", "/visites/journee/?jour=2026-11-24"):
        assert client_de().get(adresse).context["professionnel"] == visite.professionnel


@pytest.mark.parametrize("lu", ["hier", "2026-02-30", "99/99/9999"])
def test_unreadable_day_is_today(client_de, lu):
    assert client_de("medecin").get(f"/visites/journee/?jour={lu}").context["jour"] == JOUR


def test_half_day_without_visit_says_where_to_go(client_de):
    assert "Aucune visite ce jour-là" in client_de("infirmier").get("/visites/journee/").content.decode()


def test_half_day_leaves_one_line(client_de):
    client_de("medecin").get("/visites/journee/")
    assert LigneJournal.objects.filter(acte="visites.journee").count() == 1
