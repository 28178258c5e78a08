"""Of two people on one record the second sees both texts and loses nothing; without the check he would."""

import re
import sys
from unittest import mock

import pytest

from nouvea_sst.lib import versions
from tests.fabriques import compte, log_in
from tests.surete.actes import ACTES
from tests.surete.editions import EDITIONS
from tests.surete.formulaires import open_form, pick_form

pytestmark = pytest.mark.django_db
PHRASE = re.compile(r"alert-(warning|danger)|invalid-feedback")


@pytest.fixture
def unchecked():
    """The house with every check of a version out of work, wherever it was imported."""
    patches = [
        mock.patch.object(module, "check_version", lambda objet, version: None)
        for nom, module in list(sys.modules.items())
        if getattr(module, "check_version", None) is versions.check_version
    ]
    for patch in patches:
        patch.start()
    assert len(patches) > 5
    yield
    for patch in patches:
        patch.stop()


def edit_twice(nom):
    """Two people open one form and send it one after the other."""
    edition = EDITIONS[nom]()
    clients = [log_in(compte(edition.role)) for _ in range(2)]
    formulaires = [open_form(client, edition.page, nom) for client in clients]
    premier, second = formulaires
    reponse = clients[0].post(premier.adresse, premier.filled(**{edition.champ: edition.un}))
    assert reponse.status_code == 302, reponse.context["form"].errors
    assert edition.stored == edition.un
    reponse = clients[1].post(second.adresse, second.filled(**{edition.champ: edition.deux}))
    return edition, clients[1], reponse


@pytest.mark.parametrize("nom", EDITIONS)
def test_second_editor_sees_both_texts_loses_nothing_and_may_insist(nom):
    edition, client, reponse = edit_twice(nom)
    assert edition.stored == edition.un, "the first editor's text is lost"
    assert reponse.status_code == 200
    page = reponse.content.decode()
    conflit = page.split("Quelqu’un d’autre a enregistré", 1)[1].split("</table>", 1)[0]
    assert edition.un in conflit and edition.deux in conflit
    formulaire = pick_form(page, edition.page, nom)
    assert formulaire.champs[edition.champ] == edition.deux
    reponse = client.post(formulaire.adresse, formulaire.filled())
    assert reponse.status_code == 302
    assert edition.stored == edition.deux


@pytest.mark.parametrize("nom", EDITIONS)
def test_without_the_check_the_first_text_would_be_lost(nom, unchecked):
    edition, _client, reponse = edit_twice(nom)
    assert reponse.status_code == 302
    assert edition.stored == edition.deux


def act_on_an_old_page(nom):
    """Open the page, let somebody else save the record, then press the button."""
    acte = ACTES[nom]()
    client = log_in(acte.compte or compte(acte.role))
    formulaire = open_form(client, acte.page, nom, acte.adresse)
    acte.change_meanwhile()
    avant = acte.row()
    reponse = client.post(formulaire.adresse, formulaire.filled(**acte.saisie), follow=True)
    return avant, acte.row(), reponse


@pytest.mark.parametrize("nom", ACTES)
def test_act_on_an_old_page_changes_nothing_and_says_why(nom):
    avant, apres, reponse = act_on_an_old_page(nom)
    assert apres == avant
    assert reponse.status_code == 200
    assert PHRASE.search(reponse.content.decode())


@pytest.mark.parametrize("nom", [n for n in ACTES if n != "commissions:deplacer_point"])
def test_without_the_check_the_act_would_be_done(nom, unchecked):
    avant, apres, _reponse = act_on_an_old_page(nom)
    assert apres != avant


@pytest.mark.parametrize("nom", ACTES)
def test_act_sent_twice_is_done_once_and_never_fails(nom):
    acte = ACTES[nom]()
    client = log_in(acte.compte or compte(acte.role))
    formulaire = open_form(client, acte.page, nom, acte.adresse)
    donnees = formulaire.filled(**acte.saisie)
    avant = acte.row()
    assert client.post(formulaire.adresse, donnees).status_code == 302
    apres = acte.row()
    assert apres != avant
    assert client.post(formulaire.adresse, donnees, follow=True).status_code == 200
    assert acte.row() == apres
