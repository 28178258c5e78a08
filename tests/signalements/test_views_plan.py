"""Pages of the plan of actions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from signalements.models import Action
from tests.fabriques import compte
from tests.signalements.factories import AccidentFactory, ActionFactory, SignalementFactory

pytestmark = pytest.mark.django_db
UN_JOUR = datetime.timedelta(days=1)


def path(nom, *args):
    return reverse(f"signalements:{nom}", args=args)


def saisie(**autres):
    demain = timezone.localdate() + UN_JOUR
    return {
        "intitule": "Poser des caillebotis",
        "origine": "autre",
        "pilote": str(compte("preventeur").pk),
        "echeance": demain.isoformat(),
    } | autres


@pytest.mark.parametrize(
    "role, statut",
    [
        ("coordinateur", 200),
        ("chef", 200),
        ("preventeur", 200),
        ("encadrant", 403),
        ("agent", 403),
        ("rh", 403),
    ],
)
def test_who_sees_the_plan(client_de, role, statut):
    action = ActionFactory.create()
    client = client_de(role)
    for adresse in (
        path("actions"),
        path("action", action.pk),
        path("ajouter_action"),
        path("terminer_action", action.pk),
    ):
        assert client.get(adresse).status_code == statut


@pytest.mark.parametrize("cause", ["signalement", "accident"])
def test_an_action_answers_its_cause(client_de, cause):
    objet = SignalementFactory.create() if cause == "signalement" else AccidentFactory.create()
    client = client_de("preventeur")
    adresse = f"{path('ajouter_action')}?{cause}={objet.pk}"
    form = client.get(adresse).context["form"]
    assert form.initial["origine"] == cause
    donnees = saisie(jeton=str(form.initial["jeton"]), origine=cause)
    for _ in range(2):
        client.post(adresse, donnees)
    action = Action.objects.get()
    assert getattr(action, cause) == objet
    assert action.intitule in client.get(path(cause, objet.pk)).content.decode()


def test_an_action_is_followed_to_its_proof(client_de):
    client = client_de("preventeur")
    action = ActionFactory.create(creee_le=datetime.date(2026, 10, 1))
    client.post(path("commencer_action", action.pk), {"version": "1"})
    preuve = {"version": "2", "faite_le": "2026-09-30", "preuve": "Bon 12."}
    assert (
        "a été décidée le 01/10/2026"
        in client.post(path("terminer_action", action.pk), preuve).content.decode()
    )
    sans = client.post(path("terminer_action", action.pk), preuve | {"preuve": "", "faite_le": "2026-10-02"})
    assert "obligatoire" in sans.content.decode()
    reponse = client.post(
        path("terminer_action", action.pk), preuve | {"faite_le": "2026-10-02"}, follow=True
    )
    assert "Bon 12." in reponse.content.decode()
    action.refresh_from_db()
    assert (action.etat, action.faite_le) == ("faite", datetime.date(2026, 10, 2))
    reponse = client.post(path("commencer_action", action.pk), {"version": "3"}, follow=True)
    assert "définitif" in reponse.content.decode()


def test_an_action_is_given_up_with_its_reason(client_de):
    client = client_de("chef")
    action = ActionFactory.create()
    assert (
        "obligatoire" in client.post(path("abandonner_action", action.pk), {"version": "1"}).content.decode()
    )
    client.post(path("abandonner_action", action.pk), {"version": "1", "texte": "Site fermé."})
    action.refresh_from_db()
    assert (action.etat, action.preuve) == ("abandonnee", "Site fermé.")


def test_a_new_deadline_is_not_past_and_a_kept_one_may_be(client_de):
    client = client_de("chef")
    hier = timezone.localdate() - UN_JOUR
    page = client.post(path("ajouter_action"), saisie(echeance=hier.isoformat())).content.decode()
    assert "déjà passée" in page
    action = ActionFactory.create(echeance=hier)
    donnees = saisie(version="1", intitule="Autre mot", echeance=hier.isoformat())
    assert client.post(path("modifier_action", action.pk), donnees).status_code == 302
    action.refresh_from_db()
    assert action.intitule == "Autre mot"


def test_loser_of_two_editors_sees_both_texts(client_de):
    action = ActionFactory.create(intitule="Mot enregistré", version=3)
    page = client_de("chef").post(
        path("modifier_action", action.pk), saisie(version="1", intitule="Mot du second")
    )
    assert "Mot enregistré" in page.content.decode()
    assert "Mot du second" in page.content.decode()


@pytest.mark.parametrize(
    "parametres, attendus",
    [
        ({}, {"tard", "tot"}),
        ({"vue": "a_faire"}, {"tard", "tot"}),
        ({"vue": "en_retard"}, {"tard"}),
        ({"vue": "faites"}, {"faite"}),
        ({"vue": "toutes"}, {"tard", "tot", "faite", "abandonnee"}),
        ({"origine": "evrp"}, {"faite"}),
        ({"du": "2026-01-01", "au": "31/01/2026"}, {"tard"}),
    ],
)
def test_views_and_filters(client_de, parametres, attendus):
    demain = timezone.localdate() + UN_JOUR
    close = {"faite_le": datetime.date(2026, 11, 1), "preuve": "Vu.", "echeance": demain}
    ActionFactory.create(intitule="tard", echeance=datetime.date(2026, 1, 31))
    ActionFactory.create(intitule="tot", echeance=demain)
    ActionFactory.create(intitule="faite", etat="faite", origine="evrp", **close)
    ActionFactory.create(intitule="abandonnee", etat="abandonnee", **close)
    reponse = client_de("chef").get(path("actions"), parametres)
    assert {ligne.record.intitule for ligne in reponse.context["table"].rows} == attendus


@pytest.mark.parametrize("role", Role.values)
def test_only_those_who_open_the_plan_may_be_put_in_charge(client_de, role):
    qui = compte(role, last_name="Wéa")
    offerts = client_de("chef").get(path("ajouter_action")).context["form"].fields["pilote"].queryset
    assert (qui in offerts) is (role in {"coordinateur", "chef", "preventeur"})
    assert (qui in offerts) is qui.has_perm("signalements.view_action")


def test_header_says_an_action_by_one_badge(client_de):
    jour = timezone.localdate()
    client = client_de("chef")
    cas = [
        ({"etat": "en_cours", "echeance": jour - UN_JOUR}, "1 j de retard"),
        ({"etat": "en_cours", "echeance": jour + 90 * UN_JOUR}, "En cours"),
        ({"etat": "faite", "faite_le": jour, "preuve": "Photo"}, f"Faite le {jour:%d/%m/%Y}"),
    ]
    for champs, mots in cas:
        page = client.get(path("action", ActionFactory.create(**champs).pk)).content.decode()
        entete = page.partition('<header class="page-header">')[2].partition("</header>")[0]
        assert entete.count('class="state ') == 1
        assert mots in entete


@pytest.mark.parametrize("nom, aucun", [("liste", "Aucun"), ("accidents", "Aucun"), ("actions", "Aucune")])
def test_empty_list_says_why_what_is_nearby_and_one_act(client_de, nom, aucun):
    fabrique, vue = {
        "liste": (SignalementFactory, "en_cours"),
        "accidents": (AccidentFactory, "trajet"),
        "actions": (ActionFactory, "faites"),
    }[nom]
    client = client_de("coordinateur")

    def read(**suite):
        page = client.get(path(nom), suite).content.decode()
        return page.partition('<section class="panel empty">')[2].partition("</section>")[0]

    assert f"{aucun} {fabrique._meta.model._meta.verbose_name} pour l’instant" in read()
    assert 'href="/signalements/' in read()
    fabrique.create()
    assert "dans cette vue</h2>" in read(vue=vue)
    assert "en compte 1." in read(vue=vue)
    assert "y répond dans" in read(vue=vue, du="01/01/2020", au="31/12/2099")
    assert "Tout effacer" in read(vue=vue, du="01/01/2020", au="02/01/2020")
