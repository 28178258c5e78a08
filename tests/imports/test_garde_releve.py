"""What the feed keeps of the files that it took, and for how long; what is said of it."""

import datetime
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from nouvea_sst.comptes.enums import Role
from nouvea_sst.imports.actions import abandon_import, passages, run_releve
from nouvea_sst.imports.models import Import
from nouvea_sst.lib.pannes import MOTIFS, word_failure
from tests.imports.chargement import JOUR, load
from tests.imports.fichiers import BOULA, make_csv
from tests.imports.test_releve import depots, drop, there  # noqa: F401

pytestmark = pytest.mark.django_db
GARDE = "Le dossier de la relève garde"


def lose_database(*args, **kwargs):
    raise OperationalError("connexion perdue")


@pytest.fixture
def en_panne(depots, monkeypatch):  # noqa: F811
    """A file kept for more than its time, another to take, and a database that fails at it."""
    drop(depots, "agents.csv", make_csv([BOULA]))
    run_releve(acteur=None, jour=JOUR)
    assert there(depots) == ["traites/2026-11-24/agents.csv"]
    plus_tard = timezone.now() + datetime.timedelta(days=8)
    monkeypatch.setattr("django.utils.timezone.now", lambda: plus_tard)
    drop(depots, "agents_2.csv", make_csv([BOULA]))
    monkeypatch.setattr(passages, "take_fichier", lose_database)
    return depots


def test_what_is_old_goes_even_when_the_passage_fails(en_panne):
    with pytest.raises(OperationalError):
        run_releve(acteur=None, jour=JOUR)
    assert there(en_panne) == ["en_cours/agents_2.csv"]


def test_a_trial_that_fails_clears_nothing(en_panne):
    with pytest.raises(OperationalError):
        run_releve(acteur=None, jour=JOUR, simuler=True)
    assert there(en_panne) == ["agents_2.csv", "traites/2026-11-24/agents.csv"]


def test_giving_up_a_file_of_the_feed_promises_no_more_than_what_goes(depots, client_de):  # noqa: F811
    drop(depots, "agents.csv", make_csv([["3120", "F"]], entete=["Matricule", "Sexe"]))
    run_releve(acteur=None, jour=JOUR)
    depot = Import.objects.get()
    client = client_de(Role.RH)
    texte = client.get(reverse("imports:abandonner", args=[depot.pk])).content.decode()
    assert "La copie lue et sa ligne lue seront effacés" in texte and f"{GARDE} 7" in texte
    abandon_import(acteur=None, import_id=depot.pk, raison="Doublon")
    assert there(depots) == ["traites/2026-11-24/agents.csv"]
    texte = client.get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "La relève garde celui qu’elle a pris quelques jours" in texte


def test_the_file_that_somebody_sent_is_kept_in_the_history_alone(client_de):
    depot = load("agents", "Matricule;Nom;Prénom", "3120;BOULA;Nathalie")
    texte = client_de(Role.RH).get(reverse("imports:bilan", args=[depot.pk])).content.decode()
    assert "Télécharger le fichier" in texte and "La relève garde" not in texte


def test_a_folder_that_is_refused_is_said_in_french(depots, capsys):  # noqa: F811
    (depots / "traites").symlink_to(depots)
    with pytest.raises(SystemExit):
        call_command("relever_depots")
    assert "ne se lit ou ne s’écrit pas : ce chemin passe par un" in capsys.readouterr().err


def test_a_folder_of_the_demonstration_too(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nouvea_sst.management.commands.peupler.write_files", refuse)
    with pytest.raises(CommandError, match="l’accès est refusé."):
        call_command("peupler", fichiers=tmp_path)


def test_every_reason_is_french_and_one_without_words_gives_its_number():
    for numero, motif in MOTIFS.items():
        assert word_failure(OSError(numero, os.strerror(numero))) == motif != os.strerror(numero)
    assert word_failure(OSError(9999, "Weird")) == "erreur 9999 du système"
