"""Two files that do not say the same person are merged only by whoever says why, and never by one click."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agents.models import Agent, Alias
from agents.rules.fusion import find_disagreements, is_serious
from nouvea_sst.comptes.enums import Role
from nouvea_sst.comptes.models import LigneJournal
from tests.agents import factories as a
from tests.agents.fusions import merge

NEE = datetime.date(1980, 3, 12)
EVA = {"nom": "Wamo", "nom_naissance": "", "prenom": "Eva", "sexe": "F", "date_naissance": NEE}


@pytest.mark.parametrize(
    ("autre", "attendus"),
    [
        ({}, []),
        ({"date_naissance": None, "sexe": ""}, []),
        ({"nom": "WAMO", "prenom": "Éva"}, []),
        ({"nom": "Boula-Wamo"}, []),
        ({"nom": "Kaloi", "nom_naissance": "Wamo"}, []),
        ({"nom": "Kaloi"}, ["nom"]),
        ({"prenom": "Didier", "sexe": "M"}, ["prenom", "sexe"]),
        ({"date_naissance": datetime.date(1980, 3, 13)}, ["date_naissance"]),
    ],
)
def test_what_two_files_say_against_each_other(autre, attendus):
    assert find_disagreements(EVA, EVA | autre) == attendus


def test_a_name_or_a_birth_makes_two_people_a_date_of_hire_does_not():
    assert is_serious(["sexe", "date_naissance"]) and is_serious(["prenom"])
    assert not is_serious(["sexe", "date_embauche"]) and not is_serious([])


@pytest.fixture
def deux(db):
    embauche = {"date_embauche": datetime.date(2010, 2, 1)}
    garde = a.AgentFactory(nom="Wamo", prenom="Eva", sexe="F", date_naissance=NEE, **embauche)
    autre = {"date_naissance": datetime.date(1975, 11, 5), "date_embauche": datetime.date(2005, 6, 15)}
    return garde, a.AgentFactory(nom="Gony", prenom="Didier", sexe="M", **autre)


def adresse(garde, fondu):
    return reverse("agents:fusion", args=[garde.pk, fondu.pk])


def filled(client, page):
    """What the page sends when one clicks without typing anything."""
    form = client.get(page).context["form"]
    return {nom: champ for nom in form.fields if (champ := form[nom].value()) not in (None, "", False)}


def test_each_fact_is_shown_in_plain_words_and_one_click_does_nothing(client_de, deux):
    client, (garde, fondu) = client_de(Role.RH), deux
    page = adresse(garde, fondu)
    texte = " ".join(client.get(page).content.decode().split())
    assert "Ces deux fiches ne disent pas la même personne" in texte and "vont ensemble" not in texte
    for fait, une, autre in (
        ("Nom d’usage", "Wamo", "Gony"),
        ("Prénom", "Eva", "Didier"),
        ("Sexe", "Femme", "Homme"),
        ("Date de naissance", "12/03/1980", "05/11/1975"),
        ("Dernière embauche", "01/02/2010", "15/06/2005"),
    ):
        assert f"{fait} : <b>{une}</b> dans la fiche gardée, <b>{autre}</b> dans la fiche fondue" in texte
    reponse = client.post(page, filled(client, page))
    assert reponse.status_code == 200 and "Cochez pour confirmer" in reponse.content.decode()
    for seul in ({"raison": "Erreur de saisie"}, {"certain": "on"}):
        assert client.post(page, filled(client, page) | seul).status_code == 200
    assert Agent.objects.count() == 2 and not Alias.objects.exists()


def test_with_a_reason_and_a_confirmation_it_is_done_and_undone(client_de, deux):
    client, (garde, fondu) = client_de(Role.RH), deux
    page = adresse(garde, fondu)
    saisie = {"raison": "Acte d’état civil du 3 mars.", "certain": "on"}
    assert client.post(page, filled(client, page) | saisie).status_code == 302
    alias = Alias.objects.get()
    defaire = reverse("agents:fusion_defaire", args=[garde.pk, alias.pk])
    assert "Raison donnée alors : Acte d’état civil du 3 mars." in client.get(defaire).content.decode()
    assert not LigneJournal.objects.filter(objet_libelle__contains="état civil").exists()
    garde.refresh_from_db()
    client.post(defaire, {"version": garde.version})
    assert Agent.objects.count() == 2 and Agent.objects.get(pk=fondu.pk).nom == "Gony"


def test_the_act_itself_asks_why(deux):
    with pytest.raises(ValidationError, match="ne disent pas la même personne"):
        merge(*deux, raison="  ")
    assert Agent.objects.count() == 2


def test_files_that_agree_go_together_without_a_word(client_de, db):
    client = client_de(Role.RH)
    garde, fondu = (
        a.AgentFactory(nom="Wamo", prenom="Eva", date_naissance=NEE, matricule=None) for _ in "ab"
    )
    Agent.objects.update(date_embauche=None, sexe="", num_cafat="", num_ruamm="")
    page = adresse(garde, fondu)
    texte = client.get(page).content.decode()
    assert "Rien : les deux fiches vont ensemble." in texte and 'name="certain"' not in texte
    assert client.post(page, filled(client, page)).status_code == 302
