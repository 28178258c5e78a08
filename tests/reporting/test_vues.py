"""Saved views: kept under a name, opened from the menu, taken away and back; one's own only."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from nouvea_sst.comptes.models import LigneJournal
from reporting.models import VueEnregistree
from reporting.rules.vues import keep_parameters
from tests.agents.remplissage import fill_agents

pytestmark = pytest.mark.django_db
LISTE = "agents:liste"
REQUETE = "absence=oui&colonnes=matricule,poste&sort=-agent"


def save(client, nom="Absents", requete=REQUETE, liste=LISTE, **autres):
    corps = {"liste": liste, "requete": requete, "nom": nom} | autres
    return client.post(reverse("reporting:vue_enregistrer"), corps)


def only_view(client):
    return VueEnregistree.objects.visible_to(client.compte).get()


def test_a_view_keeps_filters_sort_and_columns_but_not_the_page():
    paires = [
        ("sort", "-a"),
        ("page", "3"),
        ("q", " x "),
        ("colonnes", "b"),
        ("colonnes", "a,b"),
        ("vide", ""),
    ]
    assert keep_parameters([*paires, ("format", "xlsx")]) == [("colonnes", "b,a"), ("q", "x"), ("sort", "-a")]


def test_the_list_shows_the_view_and_says_which_one_is_shown(client_de):
    client = client_de()
    fill_agents(3)
    reponse = save(client)
    assert reponse.status_code == 302
    html = client.get(reponse.url).content.decode()
    assert "La vue « Absents » est enregistrée." in html
    assert 'aria-current="page"><svg' in html and "Supprimer la vue" in html
    autre = client.get(reverse(LISTE)).content.decode()
    assert "Absents</a>" in autre.replace(" </a>", "</a>") and "Enregistrer la vue" in autre
    assert LigneJournal.objects.get(acte="reporting.save_vue").objet_libelle == LISTE


def test_nobody_else_sees_or_touches_it(client_de):
    client, autre = client_de(), client_de()
    save(client, nom="Pour moi seul")
    vue = only_view(client)
    assert "Pour moi seul" not in autre.get(reverse(LISTE)).content.decode()
    for nom in ("vue_renommer", "vue_defaut", "vue_deplacer", "vue_supprimer", "vue_retablir"):
        assert autre.post(reverse(f"reporting:{nom}", args=[vue.pk]), {"nom": "x"}).status_code == 404


@pytest.mark.parametrize("liste", ["agents:absences", "accueil", "inconnue", "imports:historique", ""])
def test_only_a_list_that_one_may_open_has_views(client_de, liste):
    client = client_de("medecin")
    assert save(client, liste=liste).url == reverse("reporting:vues")
    assert not VueEnregistree.objects.exists()


def test_a_name_already_taken_is_said_and_may_be_replaced(client_de):
    client = client_de()
    save(client)
    html = save(client, requete="elus=avec").content.decode()
    assert "porte déjà ce nom" in html and "Remplacer la vue" in html
    assert only_view(client).requete != "elus=avec"
    save(client, requete="elus=avec", remplacer="on")
    assert only_view(client).requete == "elus=avec"


def test_the_menu_opens_the_list_on_the_default_view(client_de):
    client = client_de()
    save(client, par_defaut="on")
    vue = only_view(client)
    menu = client.get(reverse("accueil")).content.decode()
    assert f'href="{reverse(LISTE)}?{vue.requete.replace("&", "&amp;")}"' in menu
    client.post(reverse("reporting:vue_defaut", args=[vue.pk]), {"par_defaut": "non"})
    assert vue.requete.replace("&", "&amp;") not in client.get(reverse("accueil")).content.decode()


def test_a_deleted_view_comes_back_and_leaves_the_menu_meanwhile(client_de):
    client = client_de()
    save(client, par_defaut="on")
    vue = only_view(client)
    html = client.post(reverse("reporting:vue_supprimer", args=[vue.pk]), follow=True).content.decode()
    assert "Garder la vue" in html
    client.compte.refresh_from_db()
    assert not VueEnregistree.objects.visible_to(client.compte).exists()
    assert client.compte.vues_par_defaut == {}
    for _ in range(2):
        assert client.post(reverse("reporting:vue_retablir", args=[vue.pk])).status_code == 302
    assert only_view(client) == vue


def test_a_deleted_view_whose_name_was_taken_stays_away(client_de):
    client = client_de()
    save(client)
    vue = only_view(client)
    client.post(reverse("reporting:vue_supprimer", args=[vue.pk]))
    save(client, requete="elus=avec")
    html = client.post(reverse("reporting:vue_retablir", args=[vue.pk]), follow=True).content.decode()
    assert "une autre a pris son nom" in html and only_view(client).requete == "elus=avec"


def test_views_are_ordered_and_renamed(client_de):
    client = client_de()
    for nom in ("A", "B", "C"):
        save(client, nom=nom, requete=f"q={nom}")
    dernier = VueEnregistree.objects.get(nom="C")
    client.post(reverse("reporting:vue_deplacer", args=[dernier.pk]), {"sens": "avant", "retour": "vues"})
    assert [v.nom for v in VueEnregistree.objects.visible_to(client.compte)] == ["A", "C", "B"]
    adresse = reverse("reporting:vue_renommer", args=[dernier.pk])
    assert "porte déjà ce nom" in client.post(adresse, {"nom": "A"}).content.decode()
    assert "« D »" in client.post(adresse, {"nom": "D"}, follow=True).content.decode()
    page = client.get(reverse("reporting:vues")).content.decode()
    assert page.index(">A<") < page.index(">D<") < page.index(">B<")


@pytest.mark.parametrize(
    "requete, apres",
    [
        ("avant=01%2F03%2F2027&direction=4", "au=28%2F02%2F2027&direction=4"),
        ("au=01%2F01%2F2027&avant=01%2F03%2F2027", "au=01%2F01%2F2027"),
        ("avant=demain&site=2", "site=2"),
        ("direction=4", "direction=4"),
    ],
)
def test_a_view_kept_with_a_day_before_which_visits_are_due_keeps_its_rows(client_de, requete, apres):
    client = client_de()
    migration = importlib.import_module("reporting.migrations.0005_vues_avant_devient_au")
    client.compte.vues_par_defaut = {"visites:liste": requete, "agents:liste": "avant=x"}
    client.compte.save()
    vue = VueEnregistree.objects.create(
        utilisateur=client.compte, liste="visites:liste", nom="À voir", requete=requete
    )
    migration.convert(apps, None)
    vue.refresh_from_db()
    client.compte.refresh_from_db()
    assert vue.requete == apres
    assert client.compte.vues_par_defaut == {"visites:liste": apres, "agents:liste": "avant=x"}
