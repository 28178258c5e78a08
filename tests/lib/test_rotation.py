"""A change of key killed twenty times at random finishes; nothing is lost, nothing stays behind."""

import functools
import io
import random

import pytest
from django.core.management import CommandError, call_command

from nouvea_sst.comptes.models import LigneJournal
from nouvea_sst.lib.chiffrement import unseal
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.trousseau import add_key, file_of, read_ring
from nouvea_sst.management.commands import changer_cle
from tests.imports.test_coupures import run_apart
from tests.lib.coffre import Pli, columns, compose, table

LIGNES, COUPURES = 1500, 20


@pytest.fixture(autouse=True)
def coffre(transactional_db, settings, tmp_path, monkeypatch):
    """The table, its keys in a folder of their own, and the command that knows them."""
    settings.CLES = tmp_path / "cles"
    monkeypatch.setattr(changer_cle, "sealed_columns", columns)
    with table():
        yield


def change(*mots):
    """Run the command; return what it said."""
    dit, refus = io.StringIO(), io.StringIO()
    try:
        call_command("changer_cle", *mots, stdout=dit, stderr=refus)
    except CommandError as erreur:
        raise CommandError(f"{refus.getvalue()}{erreur}") from None
    return dit.getvalue()


def fill(nombre):
    """Write rows; return what each must say."""
    Pli.objects.bulk_create([compose(f"Note {n}", b"piece %d" % n) for n in range(nombre)])
    return {pli.pk: unseal(pli, "texte") for pli in Pli.objects.all()}


def texts():
    return {pli.pk: unseal(pli, "texte") for pli in Pli.objects.all()}


def on_current():
    """How many texts the key in use has sealed."""
    en_cours = read_ring(Classe.M1).courante
    return columns(classe="M1")[0].keys_in_use().get(en_cours, 0)


@pytest.mark.sans_n_plus_1
def test_change_killed_twenty_times_finishes(decompte):
    attendu = fill(LIGNES)
    duree = run_apart(functools.partial(change, "M1", "--nouvelle"))
    assert on_current() == LIGNES
    hasard, tues = random.Random(7), 0
    while tues < COUPURES:
        add_key(Classe.M1)
        avant = on_current()
        for _essai in range(COUPURES):
            run_apart(functools.partial(change, "M1"), tue_apres=hasard.uniform(0.1, 0.9) * duree)
            assert on_current() >= avant, "a kill undid what stood"
            avant, fini = on_current(), on_current() == LIGNES
            tues += not fini
            decompte[
                "changes killed, some values behind" if not fini else "changes that a kill came too late for"
            ] += 1
            assert texts() == attendu
            if fini:
                break
    change("M1")
    assert on_current() == LIGNES and texts() == attendu
    anciennes = list(read_ring(Classe.M1).cles)[:-1]
    assert "clés ôtées" in change("M1", "--retirer")
    assert not set(anciennes) & set(read_ring(Classe.M1).cles) and texts() == attendu
    decompte["values that opened after all kills"] = len(attendu)
    decompte["keys taken away"] = len(anciennes)


@pytest.mark.sans_n_plus_1
def test_only_the_class_asked_for_changes_its_key():
    fill(30)
    avant = Pli.objects.first()
    assert "30 valeurs sous la clé" in change("M1", "--nouvelle")
    apres = Pli.objects.first()
    assert apres.texte != avant.texte and bytes(apres.octets) == bytes(avant.octets)
    assert "octets" in change("Y1", "--nouvelle")
    assert bytes(Pli.objects.first().octets) != bytes(avant.octets)
    assert unseal(Pli.objects.first(), "octets") == b"piece 0"


@pytest.mark.sans_n_plus_1
def test_second_run_does_nothing_and_leaves_no_line():
    fill(3)
    change("M1", "--nouvelle")
    lignes = [ligne.acte for ligne in LigneJournal.objects.order_by("pk")]
    assert lignes == ["comptes.open_key", "comptes.bring_under_key"]
    avant = list(Pli.objects.order_by("pk").values_list("texte", flat=True))
    change("M1")
    assert list(Pli.objects.order_by("pk").values_list("texte", flat=True)) == avant
    assert LigneJournal.objects.count() == 2


@pytest.mark.sans_n_plus_1
def test_value_that_does_not_open_is_told_left_as_it_is_and_keeps_its_key():
    fill(3)
    premier, second = Pli.objects.order_by("pk")[:2]
    Pli.objects.filter(pk=second.pk).update(texte=premier.texte)
    with pytest.raises(CommandError, match=f"la ligne {second.pk} .*\n1 défaut. Elles sont restées"):
        change("M1", "--nouvelle")
    assert Pli.objects.get(pk=second.pk).texte == premier.texte
    assert on_current() == 2
    with pytest.raises(CommandError, match="Aucune clé n’a été ôtée"):
        change("M1", "--retirer")
    assert len(read_ring(Classe.M1).cles) == 2
    with pytest.raises(CommandError, match="Rien n’a été changé"):
        change("M1", "--verifier")


@pytest.mark.sans_n_plus_1
def test_old_keys_stay_while_a_value_needs_them():
    fill(3)
    add_key(Classe.M1)
    with pytest.raises(CommandError, match=" : 3.\n1 défaut. Aucune clé"):
        change("M1", "--retirer")
    assert len(read_ring(Classe.M1).cles) == 2


def test_wrong_class_and_lost_keys_are_each_a_sentence(settings):
    with pytest.raises(CommandError, match="« A1 » n’est pas une classe chiffrée : M2, M1, Y1, H2."):
        change("A1")
    fill(1)
    settings.MODE = "production"
    file_of(Classe.M1).unlink()
    with pytest.raises(CommandError, match="ne se lit pas : ce chemin n’existe pas"):
        change("M1")
