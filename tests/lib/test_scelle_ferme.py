"""A page whose sealed content does not open says so in a sentence, and nothing of where or which key."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from nouvea_sst.comptes.acces import acces_public
from nouvea_sst.comptes.journal import record_consultation
from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.scelles import ScelleRompu
from nouvea_sst.lib.trousseau import CleManquante


@acces_public
def sans_cle(request: HttpRequest) -> HttpResponse:
    record_consultation(acteur=None, acte="essai.lu")
    raise CleManquante("La clé 1a2b3c4d de la classe M1 manque.")


@acces_public
def rompu(request: HttpRequest) -> HttpResponse:
    raise ScelleRompu("visites_note.texte de la ligne 12 : il ne s’ouvre pas.")


urlpatterns = [path("sans-cle/", sans_cle), path("rompu/", rompu)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.test_scelle_ferme")]


@pytest.mark.parametrize(
    ("adresse", "phrase", "motif"),
    [
        ("/sans-cle/", "sa clé manque : rien n’a été effacé", "La clé 1a2b3c4d"),
        ("/rompu/", "changé ou déplacé hors de l’application", "de la ligne 12"),
    ],
)
def test_page_says_it_in_a_sentence_and_the_log_says_which(client, caplog, adresse, phrase, motif):
    reponse = client.get(adresse)
    texte = reponse.content.decode()
    assert reponse.status_code == 503 and phrase in texte
    assert "1a2b3c4d" not in texte and "visites_note" not in texte and "ligne 12" not in texte
    assert motif in caplog.text
    assert not LigneJournal.objects.filter(acte="essai.lu").exists(), "what was not read was not consulted"
