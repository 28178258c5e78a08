"""A sealed value opens where it was written, under its key, unchanged; nowhere else."""

import uuid

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from nouvea_sst.lib.chiffrement import seal, unseal
from nouvea_sst.lib.classes import Classe
from nouvea_sst.lib.scelles import (
    ClairRefuse,
    RechercheRefusee,
    ScelleRompu,
    sealed_histories,
    values_without_key,
)
from nouvea_sst.lib.trousseau import CleManquante, add_key, file_of, keep_current, read_ring
from nouvea_sst.management.commands import preparer
from tests.lib.coffre import Pli, columns, compose, make_table

SECRET = "Zqxcanari : lombalgie chronique, arrêt de trois semaines"
PIECE = b"%PDF-1.7 Zqxcanari" + bytes(range(256))


@pytest.fixture(autouse=True)
def dossier(settings, tmp_path):
    """A folder of keys of its own."""
    settings.CLES = tmp_path / "cles"
    return settings.CLES


@pytest.fixture
def coffre(db):
    """The table, empty; it goes with the transaction of the test."""
    make_table()


def copy_of_table():
    """What a dump of the table would hold."""
    with connection.cursor() as curseur, curseur.copy("COPY coffre_pli TO STDOUT") as copie:
        return b"".join(bytes(morceau) for morceau in copie)


def test_what_was_sealed_is_read_again_and_the_table_holds_none_of_it(coffre):
    compose(SECRET, PIECE).save()
    pli = Pli.objects.get()
    assert unseal(pli, "texte") == SECRET and unseal(pli, "octets") == PIECE
    contenu = copy_of_table()
    assert contenu.startswith(b"1\t") and b"v1." in contenu
    for secret in (b"Zqxcanari", b"lombalgie", b"Zqxcanari".hex().encode()):
        assert secret not in contenu
    assert "Zqxcanari" not in repr(pli.__dict__)


@given(st.text(max_size=300), st.binary(max_size=300))
def test_every_text_and_every_bytes_come_back(texte, octets):
    if "\ud800" <= max(texte, default="") <= "\udfff":
        return
    pli = compose(texte, octets)
    assert unseal(pli, "texte") == texte and unseal(pli, "octets") == octets


def test_two_seals_of_the_same_text_differ():
    assert len({compose("Rien à signaler").texte for _ in range(50)}) == 50


def test_value_moved_to_another_row_or_column_does_not_open():
    ici, la = compose(SECRET, b"une"), compose("Autre", b"deux")
    la.texte, la.octets = ici.texte, ici.octets
    for champ in ("texte", "octets"):
        with pytest.raises(ScelleRompu, match="changé ou déplacé"):
            unseal(la, champ)
    ici.suite = ici.texte
    with pytest.raises(ScelleRompu):
        unseal(ici, "suite")
    ici.cle = uuid.uuid4()
    with pytest.raises(ScelleRompu):
        unseal(ici, "texte")


def test_value_moved_to_another_table_does_not_open(monkeypatch):
    pli = compose(SECRET)
    monkeypatch.setattr(Pli._meta, "db_table", "coffre_autre")
    with pytest.raises(ScelleRompu):
        unseal(pli, "texte")


def test_changed_value_does_not_open():
    ouverts = 0
    for rang in range(13, 60):
        pli = compose(SECRET)
        signe = "A" if pli.texte[rang] != "A" else "B"
        pli.texte = pli.texte[:rang] + signe + pli.texte[rang + 1 :]
        try:
            unseal(pli, "texte")
            ouverts += 1
        except ScelleRompu:
            pass
    assert not ouverts


def test_value_of_another_class_asks_for_a_key_that_is_not_there():
    pli = compose(SECRET, b"une")
    with pytest.raises(CleManquante):
        pli.texte = pli.texte.replace(pli.texte[3:11], read_ring(Classe.Y1).courante)
        unseal(pli, "texte")


def test_without_its_key_a_value_says_so_in_a_sentence_and_stays(coffre, monkeypatch):
    compose(SECRET).save()
    perdue = file_of(Classe.M1).read_text()
    nom = read_ring(Classe.M1).courante
    file_of(Classe.M1).unlink()
    with pytest.raises(CleManquante, match=f"La clé {nom} de la classe M1 manque."):
        unseal(Pli.objects.get(), "texte")
    phrase = f"coffre_pli.texte a 1 valeur sous la clé {nom}, qui manque."
    assert values_without_key(columns()) == [phrase]
    monkeypatch.setattr(preparer, "sealed_columns", columns)
    monkeypatch.setattr(preparer, "call_command", lambda *_args, **_options: None)
    with pytest.raises(CommandError, match=phrase):
        preparer.Command().handle(sans_demo=True)
    file_of(Classe.M1).write_text(perdue)
    assert unseal(Pli.objects.get(), "texte") == SECRET
    assert values_without_key(columns()) == []


def test_key_added_by_another_process_is_seen_at_once():
    avant = compose(SECRET)
    nom = add_key(Classe.M1)
    assert compose(SECRET).texte.startswith(f"v1.{nom}.")
    assert unseal(avant, "texte") == SECRET
    keep_current(Classe.M1)
    with pytest.raises(CleManquante):
        unseal(avant, "texte")


def test_clear_text_never_enters_a_sealed_column(coffre):
    for clair in ("en clair", "v1.", "v1.12345678", ""):
        with pytest.raises(ClairRefuse) as refus, transaction.atomic():
            Pli.objects.create(texte=clair)
        assert "en clair" not in str(refus.value)
    with pytest.raises(ClairRefuse), transaction.atomic():
        Pli(texte=compose("x").texte, octets=b"%PDF").save()


def test_sealed_column_is_never_searched(coffre):
    for question in ("texte", "texte__icontains", "texte__startswith", "octets"):
        with pytest.raises((RechercheRefusee, TypeError)):
            Pli.objects.filter(**{question: "v1"}).exists()
    assert not Pli.objects.filter(octets__isnull=False).exists()


def test_no_table_of_the_past_copies_a_sealed_column():
    assert sealed_histories(apps.get_models()) == []


def test_row_without_its_own_key_is_refused():
    pli = Pli(cle=None)
    with pytest.raises(ValueError):
        seal(pli, "texte", SECRET)
